//! What a person says in a request, sealed under the request's own key. The key is in KV alone: with it goes the text, in
//! every copy of the database.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    seal::{Context, ShredKey},
};
use serde::{Deserialize, Serialize};

use crate::{
    environment::Environment,
    http::Problem,
    keys::{self, shred},
};

/// How long KV keeps the key of a request that nobody verifies: a day longer than its link.
pub(super) const UNVERIFIED: u64 = 8 * 86_400;
/// How long it keeps the key of one that counts: longer than any law has a request take and its record be kept. It is deleted
/// before, by the clock.
pub(super) const VERIFIED: u64 = 4 * 366 * 86_400;

/// What a request says of people.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Said {
    /// Where answers go; nothing for a platform's, which writes itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) agent: Option<Agent>,
    /// Where the form was answered, which links in mails lead back to: `https://nod.example`.
    #[serde(default)]
    pub(crate) origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) visitor: Option<String>,
}

/// Who files in the person's name.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Agent {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// The name of a request's key.
pub(crate) fn key_name(controller: &ControllerId, request: &RightsRequestId) -> shred::Name {
    shred::Name::new(controller, "rights", request.as_str())
}

/// The key, unless it is gone.
pub(crate) async fn key(
    environment: &Environment,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Option<ShredKey>, Problem> {
    shred::get(environment, &key_name(controller, request)).await
}

/// A key for a request that has none: a platform's, which says nothing of its own.
pub(super) async fn new_key(
    environment: &Environment,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<ShredKey, Problem> {
    shred::create(environment, &key_name(controller, request), VERIFIED).await
}

/// Seals a text of a request for its place: `row` is the request's id or that of a thing of its.
pub(crate) fn seal(key: &ShredKey, place: &Context, plain: &[u8]) -> Result<String, Problem> {
    Ok(key.seal(place, keys::random()?, plain))
}

/// Opens a text. What does not open under the key that there is was tampered with.
pub(crate) fn open(key: &ShredKey, place: &Context, sealed: &str) -> Result<String, Problem> {
    let plain = key.open(place, sealed).map_err(|error| Problem::internal(&error.to_string()))?;
    String::from_utf8(plain).map_err(|_| Problem::internal("a sealed text that is none"))
}

/// Where a request's own text is.
fn place(controller: &ControllerId, request: &RightsRequestId) -> Context {
    Context::new("rights_requests", controller, request.as_str(), "sealed")
}

impl Said {
    pub(super) fn seal(
        &self,
        key: &ShredKey,
        controller: &ControllerId,
        request: &RightsRequestId,
    ) -> Result<String, Problem> {
        let plain = serde_json::to_vec(self).map_err(|_| Problem::internal("a request that JSON cannot hold"))?;
        seal(key, &place(controller, request), &plain)
    }

    pub(crate) fn open(
        key: &ShredKey,
        controller: &ControllerId,
        request: &RightsRequestId,
        sealed: &str,
    ) -> Result<Self, Problem> {
        let plain = open(key, &place(controller, request), sealed)?;
        let read = nod_core::json::read(plain.as_bytes()).and_then(|json| serde_json::from_value(json).ok());
        read.ok_or_else(|| Problem::internal("a sealed request that cannot be read"))
    }
}
