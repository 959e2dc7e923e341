//! The day's salt: what visits are told apart with, see [`nod_core::events::visit`].
//!
//! Each controller has one of its own. It lives in KV under a name that nobody had before, and D1 only says which name is
//! the day's: so all of the world's Workers have the same one, no stale copy of another can turn up, and no backup of the
//! database has it. The clock deletes it after its day ([`super::tidy`]).

use nod_core::sorted::SortedMap;
use std::cell::RefCell;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use nod_core::{
    events::visit::Salt,
    id::{ControllerId, RecordId},
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1Type, KvError, KvStore, console_error};

use super::times;
use crate::{
    database::{Database, time},
    environment::Environment,
    http::Problem,
    keys,
};

/// How long KV keeps one that nobody deletes.
const SECONDS: u64 = 3 * 86_400;

thread_local! {
    /// The salts of one day, as far as this isolate has asked for them.
    static KNOWN: RefCell<(i64, SortedMap<ControllerId, Salt>)> = const { RefCell::new((0, SortedMap::new())) };
}

/// The salt of the day. Nothing where it cannot be had: then a visit is not counted, and nothing else is lost.
pub(crate) async fn of_day(environment: &Environment, controller: &ControllerId, now: Timestamp) -> Option<Salt> {
    let day = times::day(now);
    if let Some(salt) = known(day, controller) {
        return Some(salt);
    }
    // What failed is in the log.
    let salt = find(environment, controller, day).await.ok().flatten()?;
    KNOWN.with_borrow_mut(|(of, salts)| {
        if *of != day.millis() {
            *of = day.millis();
            salts.clear();
        }
        salts.insert(controller.clone(), salt);
    });
    Some(salt)
}

fn known(day: Timestamp, controller: &ControllerId) -> Option<Salt> {
    KNOWN.with_borrow(|(of, salts)| (*of == day.millis()).then(|| salts.get(controller).copied()).flatten())
}

async fn find(environment: &Environment, controller: &ControllerId, day: Timestamp) -> Result<Option<Salt>, Problem> {
    let database = Database::of_environment(environment)?;
    let name = match named(&database, controller, day).await? {
        Some(name) => name,
        None => draw(environment, &database, controller, day).await?,
    };
    let text = store(environment)?.get(&name).text().await.map_err(unavailable)?;
    let mut salt = Salt::default();
    let read =
        |text: String| Base64UrlUnpadded::decode(text, &mut salt).is_ok_and(|bytes| bytes.len() == size_of::<Salt>());
    Ok(text.is_some_and(read).then_some(salt))
}

/// The name of the day's salt.
async fn named(database: &Database, controller: &ControllerId, day: Timestamp) -> Result<Option<String>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
    }
    let sql = "SELECT name FROM daily_salts WHERE controller = ?1 AND day = ?2";
    let statement = database.statement(sql, &[D1Type::Text(controller.as_str()), time(day)])?;
    Ok(database.first::<Row>(statement).await?.map(|row| row.name))
}

/// Draws a salt, and proposes it as the day's. The answer is the name of the one that it is.
async fn draw(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    day: Timestamp,
) -> Result<String, Problem> {
    let ours = ["salt/", controller.as_str(), "/", RecordId::from_random(keys::random()?).as_str()].concat();
    let salt: Salt = keys::random()?;
    let put = store(environment)?.put(&ours, Base64UrlUnpadded::encode_string(&salt)).map_err(unavailable)?;
    put.expiration_ttl(SECONDS).execute().await.map_err(unavailable)?;
    let sql = "INSERT OR IGNORE INTO daily_salts (controller, day, name) VALUES (?1, ?2, ?3)";
    let arguments = [D1Type::Text(controller.as_str()), time(day), D1Type::Text(&ours)];
    database.run(database.statement(sql, &arguments)?).await?;
    let name = named(database, controller, day).await?.unwrap_or_default();
    if name != ours {
        forget(environment, &ours).await?;
    }
    Ok(name)
}

/// Deletes a salt.
pub(super) async fn forget(environment: &Environment, name: &str) -> Result<(), Problem> {
    store(environment)?.delete(name).await.map_err(unavailable)
}

fn store(environment: &Environment) -> Result<KvStore, Problem> {
    Ok(environment.keys()?)
}

#[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
fn unavailable(error: KvError) -> Problem {
    console_error!("salt: {error:?}");
    Problem::keys_unavailable()
}
