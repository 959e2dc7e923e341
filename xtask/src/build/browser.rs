//! A wasm module for the browser: as small as the tools can make it, published under names that carry their
//! content's hash, so that browsers may keep them for ever.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::glue;
use crate::inputs::{Inputs, read, sha256, walk, write};
use crate::process::{cargo, output, remove, run, run_quietly};
use crate::project::Project;
use crate::setup::Tools;

/// The standard library rebuilt without what a browser has no use for: panics stop at once and in silence.
const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What rustc emits for wasm32, and nothing newer: binaryen's `--all-features` may write encodings that only the
/// newest browsers read.
const FEATURES: [&str; 6] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
];
const OPTIMISE: [&str; 4] = ["-Oz", "--converge", "--strip-producers", "--strip-target-features"];
/// Names that carry hashes would be a tenth of a small module.
const RENAME: &str = "--minify-imports-and-exports-and-modules";

/// How one module is built.
pub(super) struct Recipe {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    /// What the compiler is told besides.
    flags: &'static str,
    /// The JavaScript module that loads it; what it imports lies beside it, or is the glue.
    entry: &'static str,
    /// What the entry imports, besides the glue.
    modules: &'static [&'static str],
    /// What the module is made of, besides the manifests.
    sources: &'static [&'static str],
}

pub(super) const TAG: Recipe = Recipe {
    name: "tag",
    package: "nod-tag",
    features: &[],
    flags: "",
    entry: "tag/page/engine.mjs",
    modules: &[],
    sources: &["core/Cargo.toml", "core/src", "tag/Cargo.toml", "tag/src"],
};

pub(super) const EVENTS: Recipe = Recipe {
    name: "events",
    package: "nod-events",
    features: &[],
    flags: "",
    entry: "tag/page/events.mjs",
    modules: &[
        "tag/page/actions.mjs",
        "tag/page/delivery.mjs",
        "tag/page/handle.mjs",
        "tag/page/interactions.mjs",
        "tag/page/marks.mjs",
        "tag/page/reading.mjs",
        "tag/page/sight.mjs",
        "tag/page/surroundings.mjs",
        "tag/page/tracking.mjs",
        "tag/page/triggers.mjs",
        "tag/page/vendors.mjs",
    ],
    sources: &["core/Cargo.toml", "core/src", "tag/events"],
};

pub(super) const WIDGET: Recipe = Recipe {
    name: "widget",
    package: "nod-widget",
    features: &["--no-default-features", "--features", "csr"],
    flags: "",
    entry: "widget/entry.mjs",
    modules: &[],
    sources: &["widget/Cargo.toml", "widget/build.rs", "widget/src", "widget/patches", "widget/styles"],
};

pub(super) const WWW: Recipe = Recipe {
    name: "www",
    package: "nod-www",
    features: &["--features", "csr"],
    // Many screens: each view of a type of its own would weigh a quarter more.
    flags: " --cfg erase_components",
    entry: "www/entry.mjs",
    modules: &["www/receipt.mjs"],
    sources: &["www/Cargo.toml", "www/src", "www/pages", "widget/patches"],
};

pub(super) const DASHBOARD: Recipe = Recipe {
    name: "dashboard",
    package: "nod-dashboard",
    features: &["--features", "csr"],
    flags: " --cfg erase_components",
    entry: "www/dashboard/entry.mjs",
    modules: &[],
    sources: &["www/dashboard/Cargo.toml", "www/dashboard/src", "www/pages", "widget/patches"],
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
    let options = [BUILD_STD.as_slice(), &OPTIMISE, &FEATURES, &[RENAME]].concat().join(" ");
    let inputs = Inputs::new(project)
        .value(&[RUSTFLAGS, recipe.flags].concat())
        .value(&options)
        .files("xtask/src/build/glue.rs")?;
    common.iter().chain(recipe.modules).chain(recipe.sources).try_fold(inputs, |inputs, path| inputs.files(path))
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
    run(build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", [RUSTFLAGS, recipe.flags].concat()))?;

    let library = recipe.package.replace('-', "_");
    let wasm = project.path(&format!("target/{target}/browser/{library}.wasm"));
    let work = project.work(recipe.name);
    remove(&work)?;
    let mut bindgen = tools.wasm_bindgen(project)?;
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--out-name", recipe.name]);
    run_quietly(bindgen.arg("--out-dir").arg(&work).arg(wasm))?;

    let [bound, optimised, renamed] =
        [&format!("{}_bg.wasm", recipe.name), "optimised.wasm", "renamed.wasm"].map(|file| work.join(file));
    let mut optimise = tools.wasm_opt(project)?;
    run_quietly(optimise.args(OPTIMISE).args(FEATURES).arg(bound).arg("-o").arg(&optimised))?;
    let mut rename = tools.wasm_opt(project)?;
    let names = output(rename.arg(RENAME).args(FEATURES).arg(optimised).arg("-o").arg(renamed))?;
    let glue = work.join(format!("{}.js", recipe.name));
    write(&glue, glue::slim(&read(&glue)?, &names)?.as_bytes())
}

/// Names the wasm after its hash, puts that name into the entry, bundles it with the glue and names that after its
/// hash in turn.
fn publish(project: &Project, tools: &Tools, recipe: &Recipe) -> Result<Module> {
    let work = project.work(recipe.name);
    let wasm = fs::read(work.join("renamed.wasm"))?;
    let wasm_name = hashed(recipe.name, &wasm, "wasm");

    let entry = read(&project.path(recipe.entry))?.replace("__WASM__", &wasm_name);
    write(&work.join("entry.mjs"), entry.as_bytes())?;
    for module in recipe.modules {
        let name = module.rsplit('/').next().unwrap_or(module);
        write(&work.join(name), read(&project.path(module))?.as_bytes())?;
    }
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

pub(super) fn hashed(name: &str, bytes: &[u8], extension: &str) -> String {
    let hash = sha256(bytes);
    format!("{name}-{}.{extension}", hash.get(..8).unwrap_or(&hash))
}

/// Removes the modules of earlier builds, and what came with them, once nothing names them any more.
pub(super) fn remove_others(project: &Project, current: &[&Module], others: &[String]) -> Result<()> {
    for file in walk(&project.assets().join("nod"))? {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_current = current.iter().any(|module| module.script == name || module.wasm == name);
        let is_current = is_current || others.contains(&name);
        if !is_current
            && ["tag-", "events-", "widget-", "www-", "dashboard-"].iter().any(|begin| name.starts_with(begin))
        {
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
