//! Keys of single texts, in KV. D1 keeps copies of itself for a month; KV keeps none, so a key that is deleted here, or
//! has run out, takes its text with it everywhere.

use nod_core::{id::ControllerId, seal::ShredKey};
use worker::{KvError, KvStore, console_error};

use super::random;
use crate::{environment::Environment, http::Problem};

/// Where a key is kept: of whose and of which thing.
#[derive(Clone, Debug)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn new(controller: &ControllerId, what: &str, id: &str) -> Self {
        Self(format!("shred/{controller}/{what}/{id}"))
    }
}

/// Makes a new key and keeps it for so many seconds.
pub(crate) async fn create(environment: &Environment, name: &Name, seconds: u64) -> Result<ShredKey, Problem> {
    let key = ShredKey::from_bytes(random()?);
    let put = store(environment)?.put(&name.0, key.to_base64url()).map_err(unavailable)?;
    put.expiration_ttl(seconds).execute().await.map_err(unavailable)?;
    Ok(key)
}

/// Keeps a key that is there for so many seconds from now.
pub(crate) async fn keep(environment: &Environment, name: &Name, key: &ShredKey, seconds: u64) -> Result<(), Problem> {
    let put = store(environment)?.put(&name.0, key.to_base64url()).map_err(unavailable)?;
    put.expiration_ttl(seconds).execute().await.map_err(unavailable)
}

/// The key, unless it was deleted or has run out.
pub(crate) async fn get(environment: &Environment, name: &Name) -> Result<Option<ShredKey>, Problem> {
    let text = store(environment)?.get(&name.0).text().await.map_err(unavailable)?;
    let read = |text: String| ShredKey::from_base64url(&text).ok_or_else(|| Problem::internal("a key that is none"));
    text.map(read).transpose()
}

/// Deletes the key, and with it what it seals.
pub(crate) async fn forget(environment: &Environment, name: &Name) -> Result<(), Problem> {
    store(environment)?.delete(&name.0).await.map_err(unavailable)
}

fn store(environment: &Environment) -> Result<KvStore, Problem> {
    environment.keys().map_err(|error| {
        console_error!("keys: {error}");
        Problem::keys_unavailable()
    })
}

#[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
fn unavailable(error: KvError) -> Problem {
    console_error!("keys: {error:?}");
    Problem::keys_unavailable()
}
