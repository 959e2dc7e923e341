//! What each artefact weighs, beside its budget. Compressed by Node's zlib: the libraries are there, fast, and
//! nobody has to compile them.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::build::Built;
use crate::inputs::{read, write};
use crate::process::output;
use crate::project::Project;
use crate::setup::Tools;
use crate::site::Definition;

/// The compressed sizes of the files named by the arguments, as JSON. The parts of an artefact travel as responses of their own,
/// so they are compressed one by one.
const MEASURE: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync } = require('node:zlib');
const sizes = process.argv.slice(1).map(path => {
    const bytes = readFileSync(path);
    return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
});
console.log(JSON.stringify(sizes));";

/// Bytes of one artefact: the sum over its files.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Which of the sizes a budget is for.
#[derive(Clone, Copy)]
enum Budget {
    Brotli(u64),
    Gzip(u64),
}

struct Artefact {
    name: &'static str,
    files: Vec<PathBuf>,
    budget: Option<Budget>,
}

/// Prints the table.
pub(crate) fn print(project: &Project, tools: &Tools, built: &Built) -> Result<()> {
    measure(project, tools, built).map(drop)
}

/// Prints the table and fails when an artefact is over its budget. Two hold what was reached and not what was aimed at:
/// docs/decisions/0013.
pub(crate) fn check(project: &Project, tools: &Tools, built: &Built) -> Result<()> {
    let over = measure(project, tools, built)?;
    if !over.is_empty() {
        bail!("Over budget: {}. Make it smaller; the budgets are in xtask/src/sizes.rs.", over.join(", "));
    }
    Ok(())
}

/// Prints the table and gives the names of the artefacts over their budgets.
fn measure(project: &Project, tools: &Tools, built: &Built) -> Result<Vec<&'static str>> {
    println!("\n{:<44} {:>9} {:>9} {:>9}   budget", "bytes", "raw", "gzip -9", "brotli 11");
    let mut over = Vec::new();
    for artefact in artefacts(project, built)? {
        let size = weigh(project, tools, &artefact.files)?;
        let is_over = artefact.budget.is_some_and(|budget| budget.is_exceeded_by(size));
        let verdict = match artefact.budget {
            None => String::new(),
            Some(budget) => format!("{}{}", budget.shown(), if is_over { "   over" } else { "" }),
        };
        println!("{:<44} {:>9} {:>9} {:>9}   {verdict}", artefact.name, size.raw, size.gzip, size.brotli);
        if is_over {
            over.push(artefact.name);
        }
    }
    println!();
    Ok(over)
}

fn artefacts(project: &Project, built: &Built) -> Result<Vec<Artefact>> {
    let published = |name: &String| project.assets().join("nod").join(name);
    let script = project.output().join("nod-demo.js");
    let template = read(&project.assets().join("nod/page.json"))?;
    write(&script, Definition::demo(project, Vec::new())?.script(&template)?.as_bytes())?;
    let tag = vec![published(&built.tag.script), published(&built.tag.wasm)];
    let events = vec![published(&built.events.script), published(&built.events.wasm)];
    let widget = vec![published(&built.widget.script), published(&built.widget.wasm)];
    let www = vec![published(&built.www.script), published(&built.www.wasm)];
    let english = built.centre.texts.iter().filter(|(language, _)| language == "en").map(|(_, file)| file);
    let centre = www.iter().cloned().chain(english.chain([&built.centre.styles]).map(published)).collect();
    let dashboard = [&built.dashboard.script, &built.dashboard.wasm, &built.dashboard_styles].map(published).to_vec();
    let worker = vec![project.path("edge/build/index.js"), project.path("edge/build/index_bg.wasm")];
    let with_tag = [vec![script.clone()], tag.clone()].concat();
    Ok(vec![
        Artefact {
            name: "nod.js (demo site, English)",
            files: vec![script.clone()],
            budget: Some(Budget::Brotli(6_000)),
        },
        Artefact { name: "tag: wasm and glue", files: tag, budget: Some(Budget::Brotli(16_000)) },
        Artefact { name: "events: wasm and glue", files: events, budget: Some(Budget::Brotli(23_500)) },
        Artefact { name: "preferences: wasm, glue and styles", files: widget, budget: Some(Budget::Brotli(40_000)) },
        Artefact {
            name: "first visit until the banner answers",
            files: vec![script],
            budget: Some(Budget::Brotli(22_000)),
        },
        Artefact { name: "first visit with the tag", files: with_tag, budget: None },
        Artefact { name: "transparency centre: wasm and glue", files: www, budget: Some(Budget::Brotli(127_000)) },
        Artefact { name: "transparency centre, whole, English", files: centre, budget: None },
        Artefact { name: "dashboard: wasm, glue and styles", files: dashboard, budget: Some(Budget::Brotli(290_000)) },
        Artefact { name: "Worker", files: worker, budget: Some(Budget::Gzip(1_066_000)) },
    ])
}

fn weigh(project: &Project, tools: &Tools, files: &[PathBuf]) -> Result<Size> {
    let answer = output(tools.node(project)?.args(["--eval", MEASURE, "--"]).args(files))?;
    let sizes: Value = serde_json::from_str(&answer).context("Node printed no sizes.")?;
    let sum = |column: usize| {
        let rows = sizes.as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| row[column].as_u64()).sum()
    };
    Ok(Size { raw: sum(0), gzip: sum(1), brotli: sum(2) })
}

impl Budget {
    fn is_exceeded_by(self, size: Size) -> bool {
        match self {
            Self::Brotli(limit) => size.brotli > limit,
            Self::Gzip(limit) => size.gzip > limit,
        }
    }

    fn shown(self) -> String {
        match self {
            Self::Brotli(limit) => format!("{} KB brotli", limit / 1000),
            Self::Gzip(limit) => format!("{} KB gzip", limit / 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Size};

    #[test]
    fn a_budget_may_be_met_exactly() {
        let size = Size { raw: 9, gzip: 5, brotli: 4 };
        assert!(!Budget::Brotli(4).is_exceeded_by(size));
        assert!(Budget::Gzip(4).is_exceeded_by(size));
        assert_eq!(Budget::Gzip(700_000).shown(), "700 KB gzip");
    }
}
