//! Every test: what must hold of the code, native tests, fuzzing, then the whole product on workerd and in a browser.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::arguments::Part;
use crate::inputs::walk;
use crate::process::{cargo, run};
use crate::project::Project;
use crate::report::{mark, seconds};
use crate::setup::{self, Tools};
use crate::{build, check, fuzz, sizes};

/// The API as programs use it, and as the platforms' own libraries do.
const API: &[&str] = &["tests/api", "tests/vendors"];
const BROWSER: &[&str] = &["tests/browser"];

/// Stages and how long each took.
#[derive(Default)]
struct Stages(Vec<(&'static str, Duration)>);

pub(crate) fn command(project: &Project, part: Part, rest: &[OsString]) -> Result<()> {
    let mut stages = Stages::default();
    let result = stages.run_all(project, part, rest);
    stages.summarise(result.is_ok());
    result
}

impl Stages {
    fn run_all(&mut self, project: &Project, part: Part, rest: &[OsString]) -> Result<()> {
        if part == Part::All {
            self.stage("setup", || setup::everything(project).map(drop))?;
            self.stage("check", || check::code(project))?;
        }
        if matches!(part, Part::All | Part::Native) {
            self.stage("native tests", || native(project, rest))?;
        }
        if matches!(part, Part::All | Part::Fuzz) {
            let arguments = if part == Part::Fuzz { rest } else { &[] };
            self.stage("fuzzing", || fuzz::command_line(project, arguments))?;
        }
        if matches!(part, Part::Native | Part::Fuzz) {
            return Ok(());
        }
        let tools = setup::to_build(project)?;
        let built = self.stage("build", || build::everything(project, &tools))?;
        if part == Part::All {
            self.stage("budgets", || sizes::check(project, &tools, &built))?;
        }
        if matches!(part, Part::All | Part::Api) {
            self.stage("API tests", || node_tests(project, &tools, API, None, rest))?;
        }
        if matches!(part, Part::All | Part::Browser) {
            let chromium = setup::to_browse(project)?;
            self.stage("browser tests", || node_tests(project, &tools, BROWSER, Some(&chromium), rest))?;
        }
        Ok(())
    }

    fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n{} {name}", mark("==", "1"));
        let started = Instant::now();
        let result = work().with_context(|| format!("The stage `{name}` failed"));
        self.0.push((name, started.elapsed()));
        println!("{} {name}: {}", mark("==", "1"), seconds(started.elapsed()));
        result
    }

    fn summarise(&self, passed: bool) {
        println!("\nsummary");
        for (at, (name, duration)) in self.0.iter().enumerate() {
            let failed = !passed && at + 1 == self.0.len();
            let sign = if failed { mark("✗", "31") } else { mark("✓", "32") };
            println!("  {sign} {name:<16} {}", seconds(*duration));
        }
    }
}

/// The rules, which need no machine but this one.
fn native(project: &Project, rest: &[OsString]) -> Result<()> {
    let united: [&[&str]; 3] = [
        &["test", "--package", "nod-core", "--package", "nod-tag", "--package", "nod-edge", "--package", "xtask"],
        &["test", "--package", "nod-widget", "--features", "ssr"],
        &["test", "--package", "nod-www", "--package", "nod-dashboard"],
    ];
    for packages in united {
        run(cargo(project, packages).arg("--").args(rest))?;
    }
    Ok(())
}

/// Node's runner over the test files of some folders, or those whose names contain one of `names`.
fn node_tests(
    project: &Project,
    tools: &Tools,
    folders: &[&str],
    chromium: Option<&Path>,
    names: &[OsString],
) -> Result<()> {
    let mut node = tools.node(project)?;
    environment(&mut node, tools, chromium)?;
    let files = test_files(project, folders, names)?;
    anyhow::ensure!(!files.is_empty(), "{} has no test file of that name.", folders.join(" or "));
    run(node.arg("tests/run.mjs").args(files.iter().map(|file| project.shown(file))))
}

fn test_files(project: &Project, folders: &[&str], names: &[OsString]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(walk(&project.path(folder))?);
    }
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let is_named = names.is_empty() || names.iter().any(|part| name.contains(&*part.to_string_lossy()));
        name.ends_with(".test.mjs") && is_named
    });
    Ok(files)
}

/// What the tests are told: how to start an instance, and which programs to use.
pub(crate) fn environment(node: &mut Command, tools: &Tools, chromium: Option<&Path>) -> Result<()> {
    let xtask = std::env::current_exe().context("xtask does not know its own path.")?;
    node.env("NOD_XTASK", xtask).env("NOD_NODE", tools.node_path());
    if let Some(chromium) = chromium {
        node.env("CHROMIUM", chromium);
    }
    Ok(())
}
