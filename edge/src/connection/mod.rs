//! Connections: whose deliveries come in by which address, and how they prove where they come from.
//!
//! A row's `version` grows with every change of what deliveries are judged by, so that a copy of it that has gone stale is
//! noticed in the batch that stores a delivery. Secrets and the address are kept sealed; each opens in its own row only.

mod address;
mod cache;
mod manage;
mod store;

pub(crate) use address::Token;
pub(crate) use cache::{Known, find, find_anew, forget, known};
pub(crate) use manage::{Manager, NotDone, Wish};
pub(crate) use store::{get, insertion, list, refused, several, tested, update};

use nod_core::{
    id::{ConnectionId, ControllerId, Fingerprint},
    seal::Context,
    time::Timestamp,
    webhook::{Authentication, Scheme, Secrets, Source, StoredSecret, shopify::ShopDomain},
};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{environment::Environment, http::Problem, keys};

/// A connection as it is stored, secrets sealed.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Connection {
    pub(crate) controller: ControllerId,
    pub(crate) id: ConnectionId,
    pub(crate) source: Source,
    #[serde(deserialize_with = "scheme")]
    pub(crate) scheme: Scheme,
    pub(crate) label: String,
    /// The hash of the token in its address.
    pub(crate) address: Fingerprint,
    /// The whole address, sealed for [`Connection::url_place`].
    pub(crate) url: String,
    /// Sealed for [`Connection::secret_place`], as the one before it is.
    pub(crate) secret: Option<String>,
    pub(crate) secret_not_after: Option<Timestamp>,
    pub(crate) previous_secret: Option<String>,
    pub(crate) previous_not_after: Option<Timestamp>,
    pub(crate) shop: Option<ShopDomain>,
    /// A custom application's field mapping, JSON.
    pub(crate) mapping: Option<String>,
    pub(crate) version: u32,
    pub(crate) created_at: Timestamp,
    pub(crate) disabled_at: Option<Timestamp>,
    /// Calls whose proof did not hold; the last of them.
    pub(crate) refused: u32,
    pub(crate) refused_at: Option<Timestamp>,
    pub(crate) refused_because: Option<String>,
    /// Where an application is asked about its people.
    pub(crate) rights_url: Option<String>,
    /// When staff last had a test delivery made up, and what kept it from being of use.
    pub(crate) tested_at: Option<Timestamp>,
    pub(crate) tested_because: Option<String>,
}

impl Connection {
    /// Where the address is sealed for.
    pub(crate) fn url_place(controller: &ControllerId, id: &ConnectionId) -> Context {
        Context::new("connections", controller, id.as_str(), "url")
    }

    /// Where a secret is sealed for: the same for the current one and the one before it, which it becomes.
    pub(crate) fn secret_place(controller: &ControllerId, id: &ConnectionId) -> Context {
        Context::new("connections", controller, id.as_str(), "secret")
    }

    /// The address that the platform sends to.
    pub(crate) fn open_url(&self, environment: &Environment) -> Result<String, Problem> {
        open_url(environment, &self.controller, &self.id, &self.url)
    }

    /// The secrets as texts, each with the last moment that it holds.
    pub(crate) fn open_secrets(&self, environment: &Environment) -> Result<Secrets<StoredSecret>, Problem> {
        let place = Self::secret_place(&self.controller, &self.id);
        let open = |sealed: &String| keys::open_text(environment, &place, sealed).map(StoredSecret::from_stored);
        let Some(current) = self.secret.as_ref().map(open).transpose()? else { return Ok(Secrets::none()) };
        let previous = self.previous_secret.as_ref().map(open).transpose()?;
        Ok(Secrets::restored((current, self.secret_not_after), previous.zip(self.previous_not_after)))
    }

    /// How its deliveries are authenticated.
    pub(crate) fn authentication(&self, environment: &Environment) -> Result<Authentication, Problem> {
        let unreadable = |error| Problem::internal(&format!("the secret of the connection {}: {error}", self.id));
        self.scheme.authentication(self.open_secrets(environment)?, &self.open_url(environment)?).map_err(unreadable)
    }
}

/// The address of a connection, of which only this is at hand.
pub(crate) fn open_url(
    environment: &Environment,
    controller: &ControllerId,
    id: &ConnectionId,
    sealed: &str,
) -> Result<String, Problem> {
    keys::open_text(environment, &Connection::url_place(controller, id), sealed)
}

fn scheme<'de, D: Deserializer<'de>>(from: D) -> Result<Scheme, D::Error> {
    Scheme::parse(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not a scheme"))
}
