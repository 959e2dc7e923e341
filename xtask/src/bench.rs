//! The benchmarks in `tests/bench`: each measures Nod against its peer or its floor in the same run.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::inputs::walk;
use crate::process::run;
use crate::project::Project;
use crate::{build, report, setup, test};

pub(crate) fn command(project: &Project, rest: &[OsString]) -> Result<()> {
    let tools = setup::to_build(project)?;
    let chromium = setup::to_browse(project)?;
    build::everything(project, &tools)?;
    // The first word may name a benchmark; everything else is for the benchmarks themselves.
    let named = rest.first().and_then(|word| word.to_str()).filter(|word| !word.starts_with('-'));
    let benchmarks = benchmarks(project, named)?;
    for benchmark in benchmarks {
        let mut node = tools.node(project)?;
        test::environment(&mut node, &tools, Some(&chromium))?;
        let words = rest.iter().skip(usize::from(named.is_some()));
        report::step(&project.shown(&benchmark), || run(node.arg(&benchmark).args(words)))?;
    }
    Ok(())
}

fn benchmarks(project: &Project, named: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut files = walk(&project.path("tests/bench"))?;
    files.retain(|file| {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        // Helpers of the benchmarks lie in folders.
        let is_benchmark =
            file.parent() == Some(&project.path("tests/bench")) && file.extension().is_some_and(|end| end == "mjs");
        is_benchmark && named.is_none_or(|name| stem.contains(name))
    });
    match (files.is_empty(), named) {
        (false, _) => Ok(files),
        (true, Some(name)) => bail!("tests/bench has no benchmark named {name}."),
        (true, None) => bail!("tests/bench has no benchmark yet."),
    }
}
