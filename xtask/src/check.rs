//! What must hold before anything is tested: formatting, lints, licences and sources, budgets.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{answer, cargo, command as program, run};
use crate::project::Project;
use crate::report::{note, step};
use crate::{build, setup, sizes};

/// A workspace of its own.
const FUZZ: &str = "fuzz/Cargo.toml";
const WASM: &str = "wasm32-unknown-unknown";

/// What is linted together: packages whose features may be united in one build.
const LINTED: [(&str, &[&str]); 9] = [
    ("core and xtask", &["--package", "nod-core", "--package", "xtask", "--all-targets"]),
    ("widget as the banner", &["--package", "nod-widget", "--features", "ssr", "--all-targets"]),
    ("widget as the preferences", &["--package", "nod-widget", "--features", "csr", "--lib", "--target", WASM]),
    ("www", &["--package", "nod-www", "--features", "csr", "--lib", "--target", WASM]),
    (
        "dashboard",
        &[
            "--package",
            "nod-dashboard",
            "--package",
            "nod-pages",
            "--features",
            "nod-dashboard/csr",
            "--lib",
            "--target",
            WASM,
        ],
    ),
    ("tag", &["--package", "nod-tag", "--lib", "--target", WASM]),
    ("events", &["--package", "nod-events", "--lib", "--target", WASM]),
    ("edge", &["--package", "nod-edge", "--lib", "--target", WASM]),
    ("fuzz targets", &["--manifest-path", FUZZ, "--all-targets", "--target-dir", "target"]),
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
            .and_then(|()| run(&mut cargo(project, &["fmt", "--manifest-path", FUZZ, "--check"])))
            .context(
                "Some code is not formatted. Run `cargo fmt --all`, with `--manifest-path fuzz/Cargo.toml` for fuzz/",
            )
    })?;
    step("lints", || lints(project))?;
    step("licences, bans and sources of dependencies", || {
        let rules = |manifest: &str| {
            // It reads the manifest of every dependency, also of those that only other machines build.
            run(&mut cargo(project, &["fetch", "--quiet", "--locked", "--manifest-path", manifest]))
                .context("The dependencies could not be fetched. Is there a network?")?;
            let mut deny = program(project, &deny);
            deny.args(["--offline", "--config", "deny.toml", "--manifest-path", manifest, "check"]);
            // One file of rules for both workspaces: a rule that only one of them needs is no mistake.
            deny.args(["--hide-inclusion-graph", "--allow", "unused-wrapper"]);
            run(deny.args(["licenses", "bans", "sources"]))
        };
        rules("Cargo.toml")
            .and_then(|()| rules(FUZZ))
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
