//! What must hold before anything is tested: formatting, lints, licences and sources, budgets.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{answer, cargo, command as program, run};
use crate::project::Project;
use crate::report::{note, step};
use crate::{build, setup, sizes};

const WASM: &str = "wasm32-unknown-unknown";

/// What is linted together: packages whose features may be united in one build.
const LINTED: [(&str, &[&str]); 5] = [
    ("core and xtask", &["--package", "nod-core", "--package", "xtask", "--all-targets"]),
    ("widget as the banner", &["--package", "nod-widget", "--features", "ssr", "--all-targets"]),
    ("widget as the preferences", &["--package", "nod-widget", "--features", "csr", "--lib", "--target", WASM]),
    ("tag", &["--package", "nod-tag", "--lib", "--target", WASM]),
    ("edge", &["--package", "nod-edge", "--lib", "--target", WASM]),
];

pub(crate) fn command(project: &Project) -> Result<()> {
    code(project)?;
    let tools = setup::to_build(project)?;
    let built = build::everything(project, &tools)?;
    sizes::check(project, &tools, &built)
}

/// Everything that can be said without building artefacts.
pub(crate) fn code(project: &Project) -> Result<()> {
    let deny = setup::to_lint(project)?;
    step("formatting", || {
        run(&mut cargo(project, &["fmt", "--all", "--check"]))
            .context("Some code is not formatted. Run `cargo fmt --all`")
    })?;
    step("lints", || lints(project))?;
    step("licences, bans and sources of dependencies", || {
        run(program(project, &deny).args([
            "--offline",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ]))
        .context("A dependency breaks a rule of deny.toml. Replace it, or change the rule and say why")
    })?;
    advisories(project, program(project, &deny))
}

/// Clippy over every package, each for the machine that it is for. A warning fails.
fn lints(project: &Project) -> Result<()> {
    for (name, packages) in LINTED {
        let mut clippy = cargo(project, &["clippy", "--quiet"]);
        run(clippy.args(packages).args(["--", "--deny", "warnings"]))
            .with_context(|| format!("Clippy has remarks on {name}"))?;
    }
    Ok(())
}

/// The advisory database is a git repository, which not every machine can reach: without it this says so and goes on.
fn advisories(project: &Project, mut deny: Command) -> Result<()> {
    let mut fetch = Command::new(deny.get_program());
    fetch.current_dir(project.root());
    if answer(fetch.args(["fetch", "db"])).is_none() {
        note("Advisories were NOT checked: the advisory database could not be fetched.");
        return Ok(());
    }
    step("advisories", || {
        run(deny.args(["check", "advisories"]))
            .context("A dependency has a known weakness. Update it, or put the advisory into deny.toml and say why")
    })
}
