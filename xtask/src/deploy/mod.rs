//! Nod onto the site owner's own account: database, stores and secrets made or found, migrations applied, Worker deployed.
//! Repeating it changes only what changed.

mod account;
mod configuration;
mod keys;

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use nod_core::id::ControllerId;

use crate::arguments::DeployOptions;
use crate::inputs::{read, walk, write};
use crate::process::{remove, run};
use crate::project::Project;
use crate::secrets::{self, MAIL_FROM, SIGNING_KEY};
use crate::setup::{self, Tools};
use crate::site::{Definition, quoted};
use crate::staff::{Invitation, OwnerToken};
use crate::{build, report};

use account::Account;
use configuration::Resources;

const DATABASE: &str = "nod";
const SITES: &str = "nod-sites";
const KEYS: &str = "nod-keys";
/// Events that wait to be counted, what waits for its destination, and what came to neither.
const QUEUES: [&str; 3] = ["nod-events", "nod-deliveries", "nod-lost"];
/// What was made with a master key: pseudonyms, and secrets that are sealed.
const KNOWS_PEOPLE: &str = "SELECT (SELECT count(*) FROM identities) + (SELECT count(*) FROM connections)";
const CONFIGURATION: &str = "target/nod/wrangler.deploy.toml";

pub(crate) fn command(project: &Project, options: &DeployOptions) -> Result<()> {
    // First of all, so that a mistake in it stops before anything is done.
    let site = options.site.as_deref().map(Definition::of_file).transpose()?;
    let tools = setup::to_build(project)?;
    build::everything(project, &tools)?;
    let deployment = Deployment {
        project,
        tools: &tools,
        site: site.as_ref(),
        rotate: options.rotate_master_key,
        analytics_engine: options.analytics_engine,
    };
    if options.dry_run { deployment.rehearse() } else { deployment.run() }
}

struct Deployment<'a> {
    project: &'a Project,
    tools: &'a Tools,
    site: Option<&'a Definition>,
    rotate: bool,
    analytics_engine: bool,
}

impl Deployment<'_> {
    /// Says what a deployment would do, and has wrangler check the real bundle. Needs no account.
    fn rehearse(&self) -> Result<()> {
        println!("A deployment would:");
        for step in [
            format!("find the D1 database `{DATABASE}`, or make it"),
            format!("find the KV namespaces `{SITES}` and `{KEYS}`, or make them"),
            format!("find the queues {}, or make them", QUEUES.map(|name| format!("`{name}`")).join(", ")),
            format!("write {CONFIGURATION} with their ids"),
            "apply the migrations of edge/migrations that the database lacks".to_owned(),
            format!("draw the secrets {SIGNING_KEY} and {}, unless the Worker has them", secrets::master_key(1)),
            "upload the Worker, its assets and its schedule".to_owned(),
        ] {
            println!("  - {step}");
        }
        if self.rotate {
            println!("  - draw the next version of the master key, with which identities are made from then on");
        }
        if let Some(Definition { site, .. }) = self.site {
            println!("  - publish the notice {} of the site `{}`", site.fingerprint, site.key);
            println!("  - make an owner's API token for the controller `{}`, unless it has one", site.controller);
            println!("  - invite its first owner to the dashboard, unless it has one");
        }
        // Ids that no account has: a rehearsal looks none up.
        let [sites, keys] = ["0", "1"].map(|digit| digit.repeat(32));
        let database = "00000000-0000-0000-0000-000000000000".into();
        let unknown = Resources { database, sites, keys, analytics_engine: self.analytics_engine };
        configure(self.project, &unknown)?;
        report::step("wrangler checks the bundle", || {
            let mut check = self.wrangler(&["deploy", "--dry-run", "--outdir", "target/nod/deploy"])?;
            run(&mut check).context("wrangler does not accept the bundle")
        })
    }

    fn run(&self) -> Result<()> {
        let account = Account::new(self.project, self.tools);
        let resources = report::step("D1 database and KV namespaces", || {
            Ok(Resources {
                database: account.database(DATABASE)?,
                sites: account.store(SITES)?,
                keys: account.store(KEYS)?,
                analytics_engine: self.analytics_engine,
            })
        })?;
        report::step("queues", || QUEUES.iter().try_for_each(|name| account.queue(name)))?;
        configure(self.project, &resources)?;
        report::step("migrations", || run(&mut self.wrangler(&["d1", "migrations", "apply", "DB", "--remote"])?))?;
        let there = account.secrets()?;
        keys::check_gaps(&there)?;
        let missing = keys::to_draw(&there, account.number(KNOWS_PEOPLE)? > 0, self.rotate)?;
        report::step("Worker", || self.upload(&missing))?;
        for name in missing.iter().filter(|name| *name != SIGNING_KEY) {
            report::note(&format!("{name} was drawn. Without it nobody can be found again: see docs/deploying.md."));
        }
        if !there.iter().any(|name| name == MAIL_FROM) {
            report::note(&format!("No mail is sent yet: {MAIL_FROM} is not set. See docs/mail.md."));
        }
        let Some(site) = self.site else { return Ok(()) };
        report::step("site", || self.publish(site))?;
        self.let_an_owner_in(&account, &site.site.controller)?;
        self.invite_an_owner(&account, site)
    }

    /// Uploads the Worker; the secrets that it lacks go with it, so that no version ever runs without one.
    fn upload(&self, missing: &[String]) -> Result<()> {
        let mut upload = self.wrangler(&["deploy"])?;
        if missing.is_empty() {
            return run(&mut upload);
        }
        let drawn = self.project.output().join("deploy-secrets.env");
        remove(&drawn)?;
        secrets::keep(&drawn, &missing.iter().map(String::as_str).collect::<Vec<_>>())?;
        let uploaded = run(upload.arg("--secrets-file").arg(&drawn));
        fs::remove_file(&drawn).with_context(|| format!("{} holds secrets: remove it.", drawn.display()))?;
        uploaded
    }

    /// Puts the site's rows into the account's database, and takes the earlier ones out of the Worker's cache.
    fn publish(&self, site: &Definition) -> Result<()> {
        self.execute("deploy-site.sql", &site.seed(now())?)?;
        let key = format!("site/{}", site.site.key);
        run(&mut self.wrangler(&["kv", "key", "delete", &key, "--binding", "SITES", "--remote"])?)
    }

    /// The first token of a controller's owner: nobody could connect a platform without one.
    fn let_an_owner_in(&self, account: &Account, controller: &ControllerId) -> Result<()> {
        let of = quoted(controller.as_str());
        if account.number(&format!("SELECT count(*) FROM staff_tokens WHERE controller = {of}"))? > 0 {
            return Ok(());
        }
        let token = OwnerToken::draw()?;
        report::step("an owner's API token", || {
            self.execute("deploy-token.sql", &token.seed(controller, "cargo xtask deploy", now()))
        })?;
        println!("\n  The API token of the owner of `{controller}`. It is shown this once:\n\n    {}\n", token.text());
        Ok(())
    }

    /// The first person of a controller: the link makes them an owner, and works once.
    fn invite_an_owner(&self, account: &Account, site: &Definition) -> Result<()> {
        let controller = &site.site.controller;
        let of = quoted(controller.as_str());
        let owners =
            format!("SELECT count(*) FROM staff WHERE controller = {of} AND role = 'owner' AND removed_at IS NULL");
        if account.number(&owners)? > 0 {
            return Ok(());
        }
        let Some(owner) = &site.owner else {
            report::note(
                "Nobody can sign in to the dashboard yet. Write the owner's e-mail address into the site's file, as controller.owner, and \
                 deploy again.",
            );
            return Ok(());
        };
        let invitation = Invitation::draw()?;
        report::step("an invitation to the dashboard", || {
            self.execute("deploy-invitation.sql", &invitation.seed(controller, owner, now(), 7 * 24)?)
        })?;
        println!(
            "\n  With this link {owner} signs in to the dashboard, once and within a week. Put the address of your Worker before it:\n\n    {}\n",
            invitation.address("")
        );
        Ok(())
    }

    fn execute(&self, file: &str, statements: &str) -> Result<()> {
        let file = self.project.output().join(file);
        write(&file, statements.as_bytes())?;
        let mut execute = self.wrangler(&["d1", "execute", "DB", "--remote", "--yes", "--file"])?;
        run(execute.arg(&file))
    }

    /// Wrangler with the deployment's configuration.
    fn wrangler(&self, arguments: &[&str]) -> Result<Command> {
        let mut wrangler = account::wrangler(self.project, self.tools)?;
        wrangler.args(arguments).args(["--config", CONFIGURATION]);
        Ok(wrangler)
    }
}

fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()
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
