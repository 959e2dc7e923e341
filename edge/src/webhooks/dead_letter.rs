//! Dead letters: authentic deliveries that cannot be used, kept so that staff can replay them.
//!
//! The letter is sealed under a key of its own, which KV forgets by itself: from then on it opens nowhere, whoever has a
//! copy of the database.

use base64ct::{Base64, Encoding as _};
use nod_core::{
    id::{ControllerId, DeliveryId},
    seal::Context,
    time::Timestamp,
    webhook::{Delivery, Verified},
};
use serde::{Deserialize, Serialize};
use worker::{D1PreparedStatement, D1Type};

use super::commit::Attempt;
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    keys::{self, shred},
};

/// How long a letter can be replayed, in days.
pub(crate) const DAYS: u32 = 30;

/// What is needed to read a delivery again.
#[derive(Serialize, Deserialize)]
pub(super) struct Letter {
    /// The labels, by name.
    pub(super) headers: Vec<(String, String)>,
    /// The sender's id of the delivery.
    pub(super) id: Option<String>,
    /// The body, base64.
    body: String,
}

impl Letter {
    pub(super) fn new(delivery: &Delivery<'_>, verified: &Verified<'_>) -> Self {
        let headers = delivery.headers.iter().filter(|(name, _)| is_label(name));
        Self {
            headers: headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            id: verified.id().map(ToOwned::to_owned),
            body: Base64::encode_string(verified.body()),
        }
    }

    pub(super) fn body(&self) -> Result<Vec<u8>, Problem> {
        Base64::decode_vec(&self.body).map_err(|_| unreadable())
    }

    /// Seals the letter under a new key.
    pub(super) async fn seal(
        &self,
        environment: &Environment,
        controller: &ControllerId,
        delivery: &DeliveryId,
    ) -> Result<String, Problem> {
        let plain = serde_json::to_vec(self).map_err(|_| unreadable())?;
        let key =
            shred::create(environment, &key_name(controller, delivery), u64::from(DAYS).saturating_mul(86_400)).await?;
        Ok(key.seal(&place(controller, delivery), keys::random()?, &plain))
    }

    /// Opens a letter; `None` once its key is gone.
    pub(super) async fn open(
        environment: &Environment,
        controller: &ControllerId,
        delivery: &DeliveryId,
        sealed: &str,
    ) -> Result<Option<Self>, Problem> {
        let Some(key) = shred::get(environment, &key_name(controller, delivery)).await? else { return Ok(None) };
        let plain = key
            .open(&place(controller, delivery), sealed)
            .map_err(|error| Problem::internal(&format!("a dead letter: {error}")))?;
        nod_core::json::read(&plain).map(Some).ok_or_else(unreadable)
    }
}

/// The statement that keeps a sealed letter.
pub(super) fn insertion(
    attempt: &Attempt<'_>,
    delivery: &DeliveryId,
    sealed: &str,
    at: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    let expires = clock::later(at, i64::from(DAYS).saturating_mul(86_400_000));
    attempt.guarded(
        "INSERT INTO dead_letters (controller, delivery, sealed, expires_at) SELECT ?1, ?3, ?4, ?5 WHERE",
        vec![D1Type::Text(delivery.as_str()), D1Type::Text(sealed), time(expires)],
    )
}

/// Forgets a letter's key. One that stays is forgotten by KV in time.
pub(super) async fn forget(environment: Environment, controller: ControllerId, delivery: DeliveryId) {
    // What failed is in the log.
    let _ = shred::forget(&environment, &key_name(&controller, &delivery)).await;
}

/// Shreds a letter: without its key nobody reads it, in no copy of the database.
pub(crate) async fn shred(
    environment: &Environment,
    controller: &ControllerId,
    delivery: &DeliveryId,
) -> Result<(), Problem> {
    shred::forget(environment, &key_name(controller, delivery)).await
}

/// Removes letters whose keys are gone by now. No controller is named: this is the house's own tidying, and reads nothing.
pub(super) async fn forget_expired(environment: &Environment) {
    let tidied = async {
        let database = Database::of_environment(environment)?;
        let now = time(clock::now()?);
        database.run(database.statement("DELETE FROM dead_letters WHERE expires_at <= ?1", &[now])?).await
    };
    // What failed is in the log, and is done at the next tick.
    let _: Result<(), Problem> = tidied.await;
}

/// What says what a delivery is about. Shopify's signature is among it: it tells the two families of labels apart, and proves
/// no other body than the one beside it.
fn is_label(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "content-type" || name.starts_with("x-shopify-") || name.starts_with("shopify-")
}

fn key_name(controller: &ControllerId, delivery: &DeliveryId) -> shred::Name {
    shred::Name::new(controller, "dead_letter", delivery.as_str())
}

fn place(controller: &ControllerId, delivery: &DeliveryId) -> Context {
    Context::new("dead_letters", controller, delivery.as_str(), "sealed")
}

fn unreadable() -> Problem {
    Problem::internal("a dead letter that cannot be read")
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn labels_are_kept_and_no_credential_is() {
        for kept in ["X-Shopify-Topic", "x-shopify-hmac-sha256", "shopify-webhook-id", "Content-Type"] {
            assert!(is_label(kept), "{kept}");
        }
        for left in ["Authorization", "Cookie", "Stripe-Signature", "webhook-signature", "X-Forwarded-For"] {
            assert!(!is_label(left), "{left}");
        }
    }
}
