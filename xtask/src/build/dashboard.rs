//! The dashboard's page: its frame with the names of what it loads, and its styles.

use anyhow::{Result, bail};

use super::Module;
use super::browser::hashed;
use super::centre::minified;
use crate::inputs::{read, write};
use crate::project::Project;
use crate::setup::Tools;

const SHELL: &str = "www/dashboard/shell.html";
const STYLES: &str = "www/dashboard/styles/dashboard.css";

/// Publishes it. Gives the name of its styles.
pub(super) fn build(project: &Project, tools: &Tools, module: &Module) -> Result<String> {
    let text = minified(project, tools, "dashboard-styles", STYLES)?;
    let styles = hashed("dashboard", text.as_bytes(), "css");
    let folder = project.assets().join("nod");
    write(&folder.join(&styles), text.as_bytes())?;
    let mut shell = read(&project.path(SHELL))?;
    for (token, name) in [("__STYLES__", &styles), ("__SCRIPT__", &module.script), ("__WASM__", &module.wasm)] {
        if !shell.contains(token) {
            bail!("{SHELL} has no {token}: the build puts the name of a file there.");
        }
        shell = shell.replace(token, &format!("/nod/{name}"));
    }
    write(&folder.join("dashboard.txt"), shell.as_bytes())?;
    Ok(styles)
}
