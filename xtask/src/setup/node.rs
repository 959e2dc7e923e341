//! Node, new enough for wrangler: the system's, else the binary that npm carries as a package.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{answer, command, run, which};
use crate::project::Project;
use crate::report;

/// The oldest Node that wrangler runs on.
const OLDEST: (u32, u32) = (22, 12);
/// What is installed where the system's is older.
const PACKAGED: &str = "22.23.3";

pub(super) fn set_up(project: &Project) -> Result<PathBuf> {
    if let Some(system) = which("node").filter(|node| is_new_enough(project, node)) {
        return Ok(system);
    }
    let folder = project.tools().join("node");
    let package = package_name()?;
    let node = folder.join("node_modules").join(&package).join("bin/node");
    if !is_new_enough(project, &node) {
        report::step(&format!("Node {PACKAGED}: this system's is missing or older than 22.12"), || {
            install(project, &folder, &package)
        })?;
    }
    Ok(node)
}

fn install(project: &Project, folder: &Path, package: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut npm = command(project, "npm");
    npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
    run(npm.arg(folder).arg(format!("{package}@{PACKAGED}")))
        .context("Node could not be installed from npm. Install Node 22.12 or newer, and run the command again")
}

fn is_new_enough(project: &Project, node: &Path) -> bool {
    answer(command(project, node).arg("--version")).is_some_and(|version| is_recent(&version))
}

fn is_recent(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(major), Some(minor)) if (major, minor) >= OLDEST)
}

/// npm's package with Node's binary for this machine.
fn package_name() -> Result<String> {
    let system = match std::env::consts::OS {
        "linux" => "linux",
        "macos" => "darwin",
        other => bail!("npm has no Node for {other}. Install Node 22.12 or newer."),
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => bail!("npm has no Node for {other}. Install Node 22.12 or newer."),
    };
    Ok(format!("node-{system}-{processor}"))
}

#[cfg(test)]
mod tests {
    use super::is_recent;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_recent("v22.12.0") && is_recent("v22.23.3") && is_recent("v24.1.0"));
        assert!(!is_recent("v22.9.0") && !is_recent("v20.20.2") && !is_recent("nonsense"));
    }
}
