//! The transparency centre's page: its frame with the names of everything that it loads, and the words that the edge puts
//! into it; its styles, and its texts in each language, published under names that carry their content's hash.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use super::Module;
use super::browser::hashed;
use crate::inputs::{Inputs, read, walk, write};
use crate::process::run;
use crate::project::Project;
use crate::setup::Tools;

const SHELL: &str = "www/shell.html";
const STYLES: &str = "www/styles/centre.css";
/// What every page's styles begin with.
const TOKENS: &str = "www/styles/tokens.css";
const LOCALES: &str = "www/locales";

/// The names of the files beside the module's.
pub(crate) struct Centre {
    pub(crate) styles: String,
    /// Each language with the file of its texts.
    pub(crate) texts: Vec<(String, String)>,
}

impl Centre {
    pub(super) fn files(&self) -> Vec<String> {
        self.texts.iter().map(|(_, file)| file).chain([&self.styles]).cloned().collect()
    }
}

/// Publishes all of it.
pub(super) fn build(project: &Project, tools: &Tools, module: &Module) -> Result<Centre> {
    let styles = publish(project, "css", &minified(project, tools, "centre", STYLES)?)?;
    let mut published = Vec::new();
    let mut languages = Map::new();
    for file in walk(&project.path(LOCALES))? {
        let language = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let texts: Map<String, Value> = serde_json::from_str(&read(&file)?)
            .with_context(|| format!("{} is no object of texts", project.shown(&file)))?;
        let name = publish(project, "json", &serde_json::to_string(&texts)?)?;
        let mut words: Map<String, Value> = texts.into_iter().filter(|(key, _)| key.starts_with("shell_")).collect();
        words.insert("texts".to_owned(), address(&name).into());
        published.push((language.clone(), name));
        languages.insert(language, words.into());
    }
    let mut shell = read(&project.path(SHELL))?;
    for (token, name) in [("__STYLES__", &styles), ("__SCRIPT__", &module.script), ("__WASM__", &module.wasm)] {
        if !shell.contains(token) {
            bail!("{SHELL} has no {token}: the build puts the name of a file there.");
        }
        shell = shell.replace(token, &address(name));
    }
    let page = json!({ "shell": shell, "languages": languages });
    write(&project.assets().join("nod/www.json"), page.to_string().as_bytes())?;
    Ok(Centre { styles, texts: published })
}

fn address(name: &str) -> String {
    ["/nod/", name].concat()
}

fn publish(project: &Project, extension: &str, text: &str) -> Result<String> {
    let name = hashed("www", text.as_bytes(), extension);
    write(&project.assets().join("nod").join(&name), text.as_bytes())?;
    Ok(name)
}

/// A page's styles in one file, minified, with what they import from beside them.
pub(super) fn minified(project: &Project, tools: &Tools, step: &str, styles: &str) -> Result<String> {
    let out = project.work(step).join("styles.css");
    let folder = styles.rsplit_once('/').map_or(styles, |(folder, _)| folder);
    let inputs = Inputs::new(project).files(folder)?.files(TOKENS)?.files("package-lock.json")?;
    inputs.unless_same(step, std::slice::from_ref(&out), || {
        let mut minify = tools.esbuild(project)?;
        minify.args(["--bundle", "--minify", "--charset=utf8", "--log-level=warning", styles]);
        run(minify.arg(format!("--outfile={}", out.display())))
    })?;
    read(&out)
}
