//! Tools that cargo builds: each in its pinned version, into `target/tools/bin`.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::inputs::read;
use crate::process::{answer, cargo, command, run};
use crate::project::Project;
use crate::report;

struct CargoTool<'a> {
    package: &'a str,
    binary: &'a str,
    version: &'a str,
    /// How long it takes to build on two cores, for whoever waits.
    minutes: u32,
}

/// wasm-bindgen's command: always the version of the library in `Cargo.lock`, which it must match.
pub(super) fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    let lock = read(&project.path("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .context("Cargo.lock names no wasm-bindgen. Run `cargo generate-lockfile`, and the command again.")?;
    set_up(project, &CargoTool { package: "wasm-bindgen-cli", binary: "wasm-bindgen", version, minutes: 3 })
}

pub(super) fn worker_build(project: &Project) -> Result<PathBuf> {
    let tool = CargoTool { package: "worker-build", binary: "worker-build", version: "0.8.7", minutes: 4 };
    set_up(project, &tool)
}

pub(super) fn cargo_deny(project: &Project) -> Result<PathBuf> {
    let tool = CargoTool { package: "cargo-deny", binary: "cargo-deny", version: "0.20.2", minutes: 5 };
    set_up(project, &tool)
}

pub(super) fn cargo_fuzz(project: &Project) -> Result<PathBuf> {
    let tool = CargoTool { package: "cargo-fuzz", binary: "cargo-fuzz", version: "0.13.2", minutes: 1 };
    set_up(project, &tool)
}

fn set_up(project: &Project, tool: &CargoTool) -> Result<PathBuf> {
    let binary = project.tools().join("bin").join(tool.binary);
    let reported = answer(command(project, &binary).arg("--version"));
    if reported.is_some_and(|reported| reported.split_whitespace().any(|word| word == tool.version)) {
        return Ok(binary);
    }
    let what = format!("{} {}, built once (about {} minutes)", tool.package, tool.version, tool.minutes);
    report::step(&what, || install(project, tool))?;
    Ok(binary)
}

/// Builds with the versions that the tool was released with; where the registry no longer has one of
/// them, with the newest that fit.
fn install(project: &Project, tool: &CargoTool) -> Result<()> {
    let attempt = |locked: bool| {
        let mut install = cargo(project, &["install", "--force", "--root"]);
        install.arg(project.tools()).arg("--target-dir").arg(project.tools().join("build"));
        install.args(locked.then_some("--locked"));
        run(install.arg(format!("{}@{}", tool.package, tool.version)).args(["--bin", tool.binary]))
    };
    attempt(true)
        .or_else(|_| {
            report::note(
                "The registry lacks one of the versions that it was released with: taking the newest that fit.",
            );
            attempt(false)
        })
        .with_context(|| {
            format!(
                "{} could not be built. It needs a C compiler and the crates registry: install `cc` \
             (Debian: build-essential), see that cargo reaches the registry, and run the command again",
                tool.package
            )
        })
}

/// The version of a package in a lock file.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn versions_come_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "other"), None);
    }
}
