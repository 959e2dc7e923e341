//! The template of `nod.js`: the stub with the names of the modules and the banner's styles in it, and the banner
//! as Leptos renders it. The edge fills in what depends on the visit.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Module;
use crate::inputs::{Inputs, read, write};
use crate::process::{cargo, output, run};
use crate::project::Project;
use crate::setup::Tools;

/// What the edge replaces by the configuration of a visit.
const CONFIG: &str = "__NOD_CONFIG__";

/// `modules`: what each is called in the stub.
pub(super) fn build(project: &Project, tools: &Tools, modules: &[(&str, &Module)]) -> Result<()> {
    stub(project, tools)?;
    banner(project)?;
    styles(project, tools)?;
    let styles = read(&project.work("page").join("banner.css"))?;
    let names = modules.iter().map(|(token, module)| (*token, module.script.as_str()));
    let values: Vec<_> = names.chain([("__NOD_CSS__", styles.trim_end())]).collect();
    let stub = fill(&read(&project.output().join("stub.js"))?, &values);
    if stub.matches(CONFIG).count() != 1 {
        bail!(
            "The stub must contain {CONFIG} exactly once: the edge puts the visit's configuration there. See tag/page/."
        );
    }
    let rendered: Value = serde_json::from_str(&read(&project.work("page").join("banner.json"))?)
        .context("The banner's renderer printed no JSON.")?;
    let page = json!({ "stub": stub.trim_end(), "banner": rendered["banner"] });
    write(&project.assets().join("nod/page.json"), page.to_string().as_bytes())
}

/// The stub: one script without exports, for a classic `<script>`.
fn stub(project: &Project, tools: &Tools) -> Result<()> {
    let out = project.output().join("stub.js");
    let inputs = Inputs::new(project).files("tag/page")?.files("package-lock.json")?;
    inputs.unless_same("stub", std::slice::from_ref(&out), || {
        let mut bundle = tools.esbuild(project)?;
        bundle.args([
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2022",
            "--charset=utf8",
            "--log-level=warning",
        ]);
        run(bundle.arg("tag/page/nod.js").arg(format!("--outfile={}", out.display())))
    })
}

/// The banner: rendered natively, by the same component that runs in the browser.
fn banner(project: &Project) -> Result<()> {
    let out = project.work("page").join("banner.json");
    let inputs = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "widget/Cargo.toml", "widget/src"]
        .iter()
        .try_fold(Inputs::new(project), |inputs, path| inputs.files(path))?;
    inputs.unless_same("banner", std::slice::from_ref(&out), || {
        let package = ["--package", "nod-widget", "--features", "ssr", "--bin", "render"];
        run(cargo(project, &["build"]).args(package))?;
        let html = output(cargo(project, &["run", "--quiet"]).args(package))?;
        write(&out, html.as_bytes())
    })
}

/// The banner's styles, minified.
fn styles(project: &Project, tools: &Tools) -> Result<()> {
    let out = project.work("page").join("banner.css");
    let inputs = Inputs::new(project).files("widget/styles/banner.css")?.files("package-lock.json")?;
    inputs.unless_same("styles", std::slice::from_ref(&out), || {
        let mut minify = tools.esbuild(project)?;
        minify.args(["--minify", "--charset=utf8", "--log-level=warning", "widget/styles/banner.css"]);
        run(minify.arg(format!("--outfile={}", out.display())))
    })
}

/// Replaces each token, a name that nothing defines, by a JavaScript string.
fn fill(stub: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(stub.to_owned(), |text, (token, value)| text.replace(token, &Value::from(*value).to_string()))
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn tokens_become_strings() {
        let values = [("__NOD_TAG__", "tag-1.js"), ("__NOD_CSS__", "a{content:\"x\"}")];
        assert_eq!(fill("t=__NOD_TAG__;s=__NOD_CSS__", &values), "t=\"tag-1.js\";s=\"a{content:\\\"x\\\"}\"");
    }
}
