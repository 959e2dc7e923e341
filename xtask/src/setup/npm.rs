//! The npm tools that `package-lock.json` pins: wrangler with workerd, esbuild, binaryen, the browser driver.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::inputs::{Inputs, is_same, write};
use crate::process::run;
use crate::project::Project;
use crate::report;

pub(super) fn set_up(project: &Project, node: &Path) -> Result<()> {
    let lock = Inputs::new(project).files("package-lock.json")?.files("package.json")?.digest();
    // Within node_modules, so that the stamp goes when the folder goes.
    let stamp = project.path("node_modules/.nod-lock");
    if is_same(&stamp, &lock) {
        return Ok(());
    }
    report::step("npm tools: wrangler, workerd, esbuild, binaryen, playwright-core", || {
        run(super::process::command(project, "npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .env("PATH", super::path_with(node)?))
        .context("`npm ci` did not finish. Install npm, see that it reaches its registry, and run the command again")
    })?;
    write(&stamp, lock.as_bytes())
}

/// esbuild's own binary: its script in `.bin` would only start it.
pub(super) fn esbuild(project: &Project) -> PathBuf {
    let system = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    let binary = project.path(&format!("node_modules/@esbuild/{system}-{processor}/bin/esbuild"));
    if binary.exists() { binary } else { project.path("node_modules/esbuild/bin/esbuild") }
}
