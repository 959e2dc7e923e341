//! The Worker: Rust to wasm to one bundle that workerd loads.

use anyhow::Result;

use crate::inputs::Inputs;
use crate::process::run;
use crate::project::Project;
use crate::setup::Tools;

const INPUTS: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "package-lock.json",
    "core/Cargo.toml",
    "core/src",
    "edge/Cargo.toml",
    "edge/src",
];

pub(super) fn build(project: &Project, tools: &Tools) -> Result<()> {
    let outputs = ["edge/build/index.js", "edge/build/index_bg.wasm"].map(|file| project.path(file));
    let inputs = INPUTS.iter().try_fold(Inputs::new(project), |inputs, path| inputs.files(path))?;
    inputs.unless_same("edge", &outputs, || {
        let mut build = tools.worker_build(project)?;
        run(build.args(["--profile", "worker"]).current_dir(project.path("edge")))
    })
}
