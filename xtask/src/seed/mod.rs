//! A database as large as a busy shop's: what the dashboard is looked at with, and what its pages are measured on.
//!
//! The rows are those that the product itself would have left: records and requests by the rules of core, texts sealed under the
//! instance's own keys, journal entries with their hashes. It is the same each time but for the times, which end now.

mod consent;
mod deliveries;
mod events;
mod people;
mod random;
mod requests;
mod rows;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use base64ct::{Base64UrlUnpadded, Encoding};
use nod_core::journal::{Action, Actor, Entry};
use nod_core::keys::MasterKeys;
use nod_core::site::Site;
use nod_core::time::Timestamp;
use serde_json::{Value, json};

use crate::dev::{Instance, now};
use crate::inputs::{write, write_private};
use crate::process::run_quietly;
use crate::project::Project;
use crate::secrets;
use crate::setup::Tools;
use crate::site::Definition;
use crate::{report, setup};
use random::Random;
use rows::Journal;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Whatever it is, it is the same each time.
const BEGINNING: u64 = 4711;

/// What all rows are drawn from.
struct Seed<'a> {
    demo: &'a Definition,
    random: Random,
    now: i64,
}

impl Seed<'_> {
    fn site(&self) -> &Site {
        &self.demo.site
    }

    /// An id as those that random bits make.
    fn id(&mut self) -> String {
        Base64UrlUnpadded::encode_string(&self.random.bytes::<16>())
    }

    /// Up to, not including, `end`.
    fn below(&mut self, end: i64) -> i64 {
        self.random.below(end.unsigned_abs()).cast_signed()
    }

    /// A moment in so many days before now.
    fn moment(&mut self, days: i64) -> i64 {
        self.now - 1_000 - self.below(days * DAY)
    }

    fn entry(&self, at: i64, actor: Actor, action: Action, object: &str, detail: Value) -> Entry {
        let at = Timestamp::from_millis(at).unwrap_or_else(|| unreachable!("a time of our own making"));
        Entry { controller: self.site().controller.clone(), at, actor, action, object: object.to_owned(), detail }
    }
}

/// Puts the rows into the instance whose state is there, or `target/dev`. It must not be running.
pub(crate) fn command(project: &Project, state: Option<PathBuf>) -> Result<()> {
    let instance = Instance::at(project, state)?;
    let tools = setup::to_build(project)?;
    instance.prepare(project, &tools)?;
    let stamp = instance.state.join("rows-seeded");
    ensure!(!stamp.exists(), "{} was seeded before. Begin anew with --fresh.", project.shown(&instance.state));
    let (statements, keys) = report::step("seed: rows", || {
        let masters = secrets::read(&instance.secrets(), &secrets::master_key(1))?;
        made(&instance.demo, &MasterKeys::parse([masters.as_str()])?, i64::try_from(now())?)
    })?;
    report::step("seed: the database", || insert(project, &tools, &instance, &statements))?;
    report::step("seed: keys", || put_keys(project, &tools, &instance, &keys))?;
    write(&stamp, b"")?;
    report::present(&format!(
        "{} consent records, about a million events, {} deliveries and {} requests are in {}.",
        consent::RECORDS,
        deliveries::DELIVERIES,
        requests::REQUESTS,
        project.shown(&instance.state)
    ));
    Ok(())
}

/// The statements, and the keys by their names.
fn made(demo: &Definition, masters: &MasterKeys, now: i64) -> Result<(String, Vec<(String, String)>)> {
    let mut seed = Seed { demo, random: Random::new(BEGINNING), now };
    let mut journal = Journal::default();
    let (connections, sources) = deliveries::connections(&mut seed, masters)?;
    let shop = connections.first().context("There is no connection.")?.id.to_string();
    let (people, identities) = people::people(&mut seed, masters, &shop)?;
    let deliveries = deliveries::deliveries(&mut seed, &connections, &people, &mut journal);
    let requests = requests::requests(&mut seed, &people, &shop, &mut journal)?;
    let consent = consent::records(&mut seed, &mut journal);
    let events = events::counts(&mut seed);
    let counted = consent::counts()?;
    let sql =
        [sources, identities, deliveries, requests.sql, consent, counted.to_owned(), events, journal.sql()?].concat();
    Ok((sql, requests.keys))
}

fn insert(project: &Project, tools: &Tools, instance: &Instance, statements: &str) -> Result<()> {
    instance.run(project, tools, statements).context(
        "The rows could not be put into the database. Stop what serves this state, or begin anew with `cargo xtask dev --fresh`",
    )
}

fn put_keys(project: &Project, tools: &Tools, instance: &Instance, keys: &[(String, String)]) -> Result<()> {
    let file = instance.state.join("seed-keys.json");
    let pairs: Vec<Value> = keys.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    write_private(&file, serde_json::to_string(&pairs)?.as_bytes())?;
    let mut put = instance.wrangler(project, tools, &["kv", "bulk", "put"])?;
    run_quietly(put.arg(&file).args(["--binding", "KEYS"])).context("The keys could not be kept")?;
    crate::process::remove(&file)
}
