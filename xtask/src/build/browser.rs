//! A wasm module for the browser: as small as the tools can make it, published under names that carry their
//! content's hash, so that browsers may keep them for ever.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::inputs::{Inputs, read, sha256, walk, write};
use crate::process::{cargo, remove, run, run_quietly};
use crate::project::Project;
use crate::setup::Tools;

/// The standard library rebuilt without what a browser has no use for: panics stop at once and in silence.
const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What rustc emits for wasm32, and nothing newer: binaryen's `--all-features` may write encodings that only the
/// newest browsers read.
const WASM_OPT: [&str; 10] = [
    "-Oz",
    "--converge",
    "--strip-producers",
    "--strip-target-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// How one module is built.
pub(super) struct Recipe {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    /// The JavaScript module that loads it; what it imports lies beside it.
    entry: &'static str,
    /// What the module is made of, besides the manifests.
    sources: &'static [&'static str],
}

pub(super) const TAG: Recipe = Recipe {
    name: "tag",
    package: "nod-tag",
    features: &[],
    entry: "tag/page/engine.mjs",
    sources: &["core/Cargo.toml", "core/src", "tag/Cargo.toml", "tag/build.rs", "tag/src"],
};

pub(super) const WIDGET: Recipe = Recipe {
    name: "widget",
    package: "nod-widget",
    features: &["--no-default-features", "--features", "csr"],
    entry: "widget/entry.mjs",
    sources: &["widget/Cargo.toml", "widget/build.rs", "widget/src", "widget/patches", "widget/styles"],
};

/// The file names of a published module.
pub(crate) struct Module {
    pub(crate) script: String,
    pub(crate) wasm: String,
}

pub(super) fn build(project: &Project, tools: &Tools, recipe: &Recipe) -> Result<Module> {
    let record = project.work(recipe.name).join("published.json");
    inputs(project, recipe)?.unless_same(recipe.name, &published_files(project, &record), || {
        compile(project, tools, recipe)?;
        let module = publish(project, tools, recipe)?;
        write(&record, json!({ "script": module.script, "wasm": module.wasm }).to_string().as_bytes())
    })?;
    published(&record)
}

fn inputs<'a>(project: &'a Project, recipe: &Recipe) -> Result<Inputs<'a>> {
    let common = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "package-lock.json", recipe.entry];
    let inputs = Inputs::new(project).value(RUSTFLAGS).value(&[BUILD_STD.as_slice(), &WASM_OPT].concat().join(" "));
    common.iter().chain(recipe.sources).try_fold(inputs, |inputs, path| inputs.files(path))
}

/// The files of the last build; without them a step is not done.
fn published_files(project: &Project, record: &Path) -> Vec<PathBuf> {
    let folder = project.assets().join("nod");
    match published(record) {
        Ok(module) => vec![folder.join(module.script), folder.join(module.wasm)],
        Err(_) => vec![record.to_path_buf()],
    }
}

fn published(record: &Path) -> Result<Module> {
    let names: Value = serde_json::from_str(&read(record)?)?;
    let name = |key: &str| {
        names[key].as_str().map(str::to_owned).with_context(|| format!("{} has no {key}.", record.display()))
    };
    Ok(Module { script: name("script")?, wasm: name("wasm")? })
}

/// Rust to optimised wasm and its glue, in the step's work folder.
fn compile(project: &Project, tools: &Tools, recipe: &Recipe) -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let mut build = cargo(project, &["build", "--lib", "--profile", "browser", "--target", target]);
    build.args(["--package", recipe.package]).args(recipe.features).args(BUILD_STD);
    // Stable Rust does all that is asked here once it is told that it may.
    run(build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUSTFLAGS))?;

    let library = recipe.package.replace('-', "_");
    let wasm = project.path(&format!("target/{target}/browser/{library}.wasm"));
    let work = project.work(recipe.name);
    remove(&work)?;
    let mut bindgen = tools.wasm_bindgen(project)?;
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--out-name", recipe.name]);
    run_quietly(bindgen.arg("--out-dir").arg(&work).arg(wasm))?;

    let mut optimise = tools.wasm_opt(project)?;
    let bound = work.join(format!("{}_bg.wasm", recipe.name));
    run_quietly(optimise.args(WASM_OPT).arg(bound).arg("-o").arg(work.join("optimised.wasm")))
}

/// Names the wasm after its hash, puts that name into the entry, bundles it with the glue and names that after its
/// hash in turn.
fn publish(project: &Project, tools: &Tools, recipe: &Recipe) -> Result<Module> {
    let work = project.work(recipe.name);
    let wasm = fs::read(work.join("optimised.wasm"))?;
    let wasm_name = hashed(recipe.name, &wasm, "wasm");

    let entry = read(&project.path(recipe.entry))?.replace("__WASM__", &wasm_name);
    write(&work.join("entry.mjs"), entry.as_bytes())?;
    let mut bundle = tools.esbuild(project)?;
    bundle.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    run(bundle.arg(work.join("entry.mjs")).arg(format!("--outfile={}", work.join("bundle.js").display())))?;
    let script = fs::read(work.join("bundle.js"))?;
    let script_name = hashed(recipe.name, &script, "js");

    let folder = project.assets().join("nod");
    write(&folder.join(&wasm_name), &wasm)?;
    write(&folder.join(&script_name), &script)?;
    Ok(Module { script: script_name, wasm: wasm_name })
}

fn hashed(name: &str, bytes: &[u8], extension: &str) -> String {
    let hash = sha256(bytes);
    format!("{name}-{}.{extension}", hash.get(..8).unwrap_or(&hash))
}

/// Removes the modules of earlier builds, once nothing names them any more.
pub(super) fn remove_others(project: &Project, current: &[&Module]) -> Result<()> {
    for file in walk(&project.assets().join("nod"))? {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_current = current.iter().any(|module| module.script == name || module.wasm == name);
        if !is_current && (name.starts_with("tag-") || name.starts_with("widget-")) {
            remove(&file)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::hashed;

    #[test]
    fn names_carry_the_hash_of_their_content() {
        assert_eq!(hashed("tag", b"", "wasm"), "tag-e3b0c442.wasm");
    }
}
