//! A Chromium for the browser tests: named by `CHROMIUM`, found on the system, or installed by apt.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{answer, command, run, which};
use crate::project::Project;
use crate::report;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

pub(super) fn set_up(project: &Project) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|name| !name.is_empty()) {
        let path = PathBuf::from(&named);
        return which_or_path(&path).with_context(|| format!("CHROMIUM names {}, which is not there.", path.display()));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    report::step("Chromium, from the system's package manager", || install(project))?;
    find().context("Chromium was installed, but there is no `chromium` on the search path. Set CHROMIUM to its path.")
}

fn which_or_path(path: &std::path::Path) -> Option<PathBuf> {
    if path.exists() { Some(path.to_path_buf()) } else { which(path.to_str()?) }
}

fn find() -> Option<PathBuf> {
    let apps = MAC_APPS.iter().map(PathBuf::from).find(|app| app.exists());
    NAMES.iter().find_map(|name| which(name)).or(apps)
}

fn install(project: &Project) -> Result<()> {
    const HOW: &str = "The browser tests need Chromium. Install it (Debian: `apt-get install chromium`), or set \
                       CHROMIUM to the path of a Chromium or Chrome, and run the command again";
    let prefix: &[&str] = match (which("apt-get"), is_root(project), can_sudo(project)) {
        (Some(_), true, _) => &[],
        (Some(_), false, true) => &["sudo", "--non-interactive"],
        _ => bail!("{HOW}."),
    };
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> = [prefix, &["apt-get"], arguments].concat();
        run(command(project, words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"]).and_then(|()| apt(&["install", "--yes", "--no-install-recommends", "chromium"])).context(HOW)
}

fn is_root(project: &Project) -> bool {
    answer(command(project, "id").arg("-u")).as_deref() == Some("0")
}

fn can_sudo(project: &Project) -> bool {
    answer(command(project, "sudo").args(["--non-interactive", "true"])).is_some()
}
