//! The Worker: Rust to wasm to one bundle that workerd loads.

use std::path::Path;

use anyhow::Result;

use crate::inputs::Inputs;
use crate::process::run;
use crate::project::Project;
use crate::setup::Tools;

const INPUTS: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "package-lock.json",
    "core/Cargo.toml",
    "core/src",
    "edge/Cargo.toml",
    "edge/schema.graphql",
    "edge/src",
    "edge/tables",
];

/// The standard library rebuilt for size, where a panic stops the instance at once: it has no words that anybody could read,
/// and the lints forbid it anyway. What is kept, other than in a browser, is `Debug`: the log of an operator needs it.
const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";
const STANDARD_LIBRARY: [(&str, &str); 2] =
    [("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"), ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")];

/// What worker-build lets its own run of wasm-opt write, and nothing newer.
const WASM_FEATURES: [&str; 7] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
    "--enable-exception-handling",
];

/// worker-build keeps the names of functions, a tenth of the module. Before they go, they bring together what was made of
/// the same generic function: a compressor that looks back 32 KB finds there what it has seen already.
const LAST_PASSES: [&str; 4] = ["-Oz", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"];

pub(super) fn build(project: &Project, tools: &Tools) -> Result<()> {
    let outputs = ["edge/build/index.js", "edge/build/index_bg.wasm"].map(|file| project.path(file));
    let inputs = INPUTS.iter().try_fold(Inputs::new(project).value(&recipe()), |inputs, path| inputs.files(path))?;
    inputs.unless_same("edge", &outputs, || {
        let mut build = tools.worker_build(project)?;
        // Stable Rust does all that is asked here once it is told that it may.
        build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUSTFLAGS).envs(STANDARD_LIBRARY);
        run(build.args(["--profile", "worker"]).current_dir(project.path("edge")))?;
        finish(project, tools, &outputs[1])
    })
}

/// All that decides on the outcome beside the sources.
fn recipe() -> String {
    let library = STANDARD_LIBRARY.map(|(name, value)| format!("{name}={value}")).join(" ");
    format!("{RUSTFLAGS} {library} {} {}", WASM_FEATURES.join(" "), LAST_PASSES.join(" "))
}

fn finish(project: &Project, tools: &Tools, module: &Path) -> Result<()> {
    let mut wasm_opt = tools.wasm_opt(project)?;
    wasm_opt.args(WASM_FEATURES).args(LAST_PASSES).arg("--output");
    run(wasm_opt.arg(module).arg(module))
}
