//! Sets up whatever a command needs and is missing. Everything comes from rustup, the package registries
//! or the system's package manager, and lands in the checkout (`node_modules/`, `target/tools/`)
//! wherever that is possible. What is there already costs a few milliseconds.

mod cargo_tools;
mod chromium;
mod node;
mod npm;
mod rust;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;

/// The programs that were found or installed.
pub(crate) struct Tools {
    node: PathBuf,
    wasm_bindgen: PathBuf,
    worker_build: PathBuf,
}

/// What building and serving need.
pub(crate) fn to_build(project: &Project) -> Result<Tools> {
    rust::set_up(project)?;
    let node = node::set_up(project)?;
    npm::set_up(project, &node)?;
    Ok(Tools {
        node,
        wasm_bindgen: cargo_tools::wasm_bindgen(project)?,
        worker_build: cargo_tools::worker_build(project)?,
    })
}

/// What the lints need beyond the Rust toolchain: cargo-deny.
pub(crate) fn to_lint(project: &Project) -> Result<PathBuf> {
    rust::set_up(project)?;
    cargo_tools::cargo_deny(project)
}

/// What fuzzing needs beyond the Rust toolchain and a C++ compiler: cargo-fuzz.
pub(crate) fn to_fuzz(project: &Project) -> Result<PathBuf> {
    rust::set_up(project)?;
    cargo_tools::cargo_fuzz(project)
}

/// What posts a delivery: Node.
pub(crate) fn to_send(project: &Project) -> Result<PathBuf> {
    node::set_up(project)
}

/// A browser for tests and benchmarks.
pub(crate) fn to_browse(project: &Project) -> Result<PathBuf> {
    chromium::set_up(project)
}

/// What any command needs.
pub(crate) fn everything(project: &Project) -> Result<Tools> {
    let tools = to_build(project)?;
    to_lint(project)?;
    to_browse(project)?;
    crate::report::present("Everything is set up.");
    Ok(tools)
}

impl Tools {
    /// The Node that runs the npm tools and the tests.
    pub(crate) fn node_path(&self) -> &Path {
        &self.node
    }

    /// Node itself, to be given a script.
    pub(crate) fn node(&self, project: &Project) -> Result<Command> {
        self.command(project, &self.node)
    }

    pub(crate) fn wasm_bindgen(&self, project: &Project) -> Result<Command> {
        self.command(project, &self.wasm_bindgen)
    }

    pub(crate) fn wasm_opt(&self, project: &Project) -> Result<Command> {
        let mut command = self.node(project)?;
        command.arg(project.path("node_modules/binaryen/bin/wasm-opt"));
        Ok(command)
    }

    pub(crate) fn esbuild(&self, project: &Project) -> Result<Command> {
        self.command(project, npm::esbuild(project))
    }

    /// Wrangler without its questions, its telemetry and its look-ups on the network.
    pub(crate) fn wrangler(&self, project: &Project) -> Result<Command> {
        let mut command = self.node(project)?;
        command
            .arg(project.path("node_modules/wrangler/bin/wrangler.js"))
            .env("CI", "1")
            .env("NO_UPDATE_NOTIFIER", "1")
            .env("WRANGLER_HIDE_BANNER", "true")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_SEND_ERROR_REPORTS", "false")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        Ok(command)
    }

    /// worker-build, told where its own tools are: it would download those it is not told of.
    pub(crate) fn worker_build(&self, project: &Project) -> Result<Command> {
        let mut command = self.command(project, &self.worker_build)?;
        command
            .env("WASM_BINDGEN_BIN", &self.wasm_bindgen)
            .env("WASM_OPT_BIN", project.path("node_modules/binaryen/bin/wasm-opt"))
            .env("ESBUILD_BIN", npm::esbuild(project));
        Ok(command)
    }

    /// A program that finds the chosen Node first on its search path: npm's tools are scripts for it.
    fn command(&self, project: &Project, program: impl AsRef<std::ffi::OsStr>) -> Result<Command> {
        let mut command = process::command(project, program);
        command.env("PATH", path_with(&self.node)?);
        Ok(command)
    }
}

/// The search path, with a program's folder in front.
fn path_with(program: &Path) -> Result<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let first = program.parent().map(Path::to_path_buf);
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&inherited)))
        .context("The search path (PATH) cannot be extended.")
}
