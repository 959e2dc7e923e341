//! Nod onto the site owner's own account: database, store and key made or found, migrations applied, Worker deployed.
//! Repeating it changes only what changed.

mod account;
mod configuration;

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::arguments::DeployOptions;
use crate::dev::signing_key;
use crate::inputs::{read, walk, write};
use crate::process::{remove, run};
use crate::project::Project;
use crate::setup::{self, Tools};
use crate::site::Definition;
use crate::{build, report};

use account::Account;
use configuration::Resources;

const DATABASE: &str = "nod";
const STORE: &str = "nod-sites";
const KEY: &str = "NOD_SIGNING_KEY";
const CONFIGURATION: &str = "target/nod/wrangler.deploy.toml";

pub(crate) fn command(project: &Project, options: &DeployOptions) -> Result<()> {
    // First of all, so that a mistake in it stops before anything is done.
    let site = options.site.as_deref().map(Definition::of_file).transpose()?;
    let tools = setup::to_build(project)?;
    build::everything(project, &tools)?;
    if options.dry_run { rehearse(project, &tools, site.as_ref()) } else { deploy(project, &tools, site.as_ref()) }
}

/// Says what a deployment would do, and has wrangler check the real bundle. Needs no account.
fn rehearse(project: &Project, tools: &Tools, site: Option<&Definition>) -> Result<()> {
    println!("A deployment would:");
    for step in [
        format!("find the D1 database `{DATABASE}`, or make it"),
        format!("find the KV namespace `{STORE}`, or make it"),
        format!("write {CONFIGURATION} with their ids"),
        "apply the migrations of edge/migrations that the database lacks".to_owned(),
        format!("draw the secret {KEY}, unless the Worker has it"),
        "upload the Worker and its assets".to_owned(),
    ] {
        println!("  - {step}");
    }
    if let Some(Definition { site, .. }) = site {
        println!("  - publish the notice {} of the site `{}`", site.fingerprint, site.key);
    }
    // Ids that no account has: a rehearsal looks none up.
    let unknown = Resources { database: "00000000-0000-0000-0000-000000000000".into(), store: "0".repeat(32) };
    configure(project, &unknown)?;
    report::step("wrangler checks the bundle", || {
        let mut wrangler = wrangler(project, tools, &["deploy", "--dry-run", "--outdir", "target/nod/deploy"])?;
        run(&mut wrangler).context("wrangler does not accept the bundle")
    })
}

fn deploy(project: &Project, tools: &Tools, site: Option<&Definition>) -> Result<()> {
    let account = Account::new(project, tools);
    let resources = report::step("D1 database and KV namespace", || {
        Ok(Resources { database: account.database(DATABASE)?, store: account.store(STORE)? })
    })?;
    configure(project, &resources)?;
    report::step("migrations", || {
        run(&mut wrangler(project, tools, &["d1", "migrations", "apply", "DB", "--remote"])?)
    })?;
    let has_key = account.has_secret(KEY)?;
    report::step("Worker", || upload(project, tools, has_key))?;
    site.map_or(Ok(()), |site| report::step("site", || publish(project, tools, site)))
}

/// Puts the site's rows into the account's database, and takes the earlier ones out of the Worker's cache.
fn publish(project: &Project, tools: &Tools, site: &Definition) -> Result<()> {
    let statements = project.output().join("deploy-site.sql");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    write(&statements, site.seed(now)?.as_bytes())?;
    let mut execute = wrangler(project, tools, &["d1", "execute", "DB", "--remote", "--yes", "--file"])?;
    run(execute.arg(&statements))?;
    let key = format!("site/{}", site.site.key);
    run(&mut wrangler(project, tools, &["kv", "key", "delete", &key, "--binding", "SITES", "--remote"])?)
}

/// Uploads the Worker; a key that it lacks goes with it, so that no version ever runs without one.
fn upload(project: &Project, tools: &Tools, has_key: bool) -> Result<()> {
    let mut upload = wrangler(project, tools, &["deploy"])?;
    if has_key {
        return run(&mut upload);
    }
    let secrets = project.output().join("deploy-secrets.env");
    remove(&secrets)?;
    signing_key::keep(&secrets)?;
    let uploaded = run(upload.arg("--secrets-file").arg(&secrets));
    fs::remove_file(&secrets).with_context(|| format!("{} holds the signing key: remove it.", secrets.display()))?;
    uploaded
}

fn configure(project: &Project, resources: &Resources) -> Result<()> {
    let local = read(&project.path("edge/wrangler.toml"))?;
    write(&project.path(CONFIGURATION), configuration::for_deployment(&local, resources).as_bytes())?;
    without_the_demo(project)
}

/// Copies what is served to where a deployment takes it from. The demo shop is for trying Nod, not for an owner's account.
fn without_the_demo(project: &Project) -> Result<()> {
    let (assets, deployed) = (project.assets(), project.output().join(configuration::ASSETS));
    remove(&deployed)?;
    for file in walk(&assets)?.iter().filter(|file| !file.starts_with(assets.join("demo"))) {
        write(&deployed.join(file.strip_prefix(&assets)?), &fs::read(file)?)?;
    }
    Ok(())
}

/// Wrangler with the deployment's configuration.
fn wrangler(project: &Project, tools: &Tools, arguments: &[&str]) -> Result<Command> {
    let mut wrangler = account::wrangler(project, tools)?;
    wrangler.args(arguments).args(["--config", CONFIGURATION]);
    Ok(wrangler)
}
