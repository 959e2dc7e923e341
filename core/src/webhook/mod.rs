//! Webhooks: is this delivery what its connection's platform sent, and has it been here before?
//!
//! [`verify`] looks at the raw body and the headers, and at nothing that it would have to parse first. What it lets
//! through is a [`Verified`], the only thing that parsers accept, so nobody reads a body that was not authenticated.
//! Everything else is a [`Refusal`]: it says why to staff, and the sender hears the same 401 whatever it was.
//!
//! What each platform's proof covers, and what it leaves open:
//!
//! | source | proof | covers | leaves open |
//! |---|---|---|---|
//! | Shopify | HMAC-SHA256, base64 | body | topic, shop, ids and time: [`shopify::Event`] checks them |
//! | Stripe | HMAC-SHA256, hex | time, body | nothing that is used |
//! | Mailchimp | HMAC-SHA256, hex | time, body | nothing that is used |
//! | Mailchimp, unsigned | the connection's address | nothing | everything: [`Proof::Address`], a hint at best |
//! | Mandrill | HMAC-SHA1, base64 | address, decoded form | how the form is spelt; freshness |
//! | custom, Standard Webhooks | HMAC-SHA256 or Ed25519 | id, time, body | nothing that is used |
//! | custom, shared secret | a signature as above, or the secret as token | as above, or below | as above, or below |
//! | custom, API key | a bearer token | nothing by itself; TLS carries it with the rest | freshness |

pub mod api_key;
mod failing;
mod form;
mod freshness;
mod mac;
mod mailchimp;
mod mandrill;
mod refusal;
mod scheme;
mod secret;
mod shared_secret;
pub mod shopify;
mod sign;
pub mod standard_webhooks;
mod stripe;
mod timestamped;
mod vendor_key;
mod verified;

pub use failing::is_failing;
pub(crate) use form::fields as form_fields;
pub use refusal::Refusal;
pub use scheme::{Scheme, StoredSecret};
pub use secret::{CurrentSecret, InvalidSecret, PreviousSecret, Secret, Secrets, Slot, StillRotating};
pub use shared_secret::SharedSecret;
pub use verified::{Proof, Verified};

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The largest body that is taken, in bytes.
pub const MAX_BODY: usize = 256 * 1024;

/// The longest list of signatures that a header may carry: it bounds the work that a stranger can ask for.
pub const MAX_SIGNATURES: usize = 16;

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A shop's events and compliance requests.
    Shopify,
    /// A payment account's events.
    Stripe,
    /// An audience's events.
    Mailchimp,
    /// Mailchimp Transactional, which signs in a way of its own.
    Mandrill,
    /// A controller's own application.
    Custom,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 5] = [Self::Shopify, Self::Stripe, Self::Mailchimp, Self::Mandrill, Self::Custom];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shopify => "shopify",
            Self::Stripe => "stripe",
            Self::Mailchimp => "mailchimp",
            Self::Mandrill => "mandrill",
            Self::Custom => "custom",
        }
    }

    /// The source of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// One call to a connection, as it arrived.
#[derive(Clone, Debug)]
pub struct Delivery<'a> {
    /// The body's bytes, untouched.
    pub body: &'a [u8],
    /// Names and values. Names are compared without regard to case.
    pub headers: Vec<(&'a str, &'a str)>,
}

impl<'a> Delivery<'a> {
    /// A header that may be absent. Given twice it is refused: senders and receivers disagree on which one counts.
    fn optional(&self, name: &'static str) -> Result<Option<&'a str>, Refusal> {
        let mut values = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Refusal::Malformed(name)),
            (value, None) => Ok(value),
        }
    }

    /// A header that must be there.
    fn required(&self, name: &'static str) -> Result<&'a str, Refusal> {
        self.optional(name)?.ok_or(Refusal::Missing(name))
    }
}

/// How a connection's deliveries are authenticated, with what is needed for it.
///
/// A connection has one way. None of them falls back to another: without a live secret everything is refused.
#[derive(Debug)]
pub enum Authentication {
    /// Shopify's signature; the app's client secrets, or the shop's key for webhooks made in its admin screens.
    Shopify(Secrets<Secret>),
    /// Stripe's signature; the endpoint's secrets as they are written, `whsec_` included.
    Stripe(Secrets<Secret>),
    /// Mailchimp's signature; the webhook's signing secrets.
    Mailchimp(Secrets<Secret>),
    /// Mailchimp's older webhooks, which carry no signature. Whoever knows the address can send.
    MailchimpUnsigned,
    /// Mandrill's signature.
    Mandrill {
        /// The address exactly as it was entered at Mandrill, query string included: it is signed.
        url: String,
        /// The webhook's keys.
        secrets: Secrets<Secret>,
    },
    /// Standard Webhooks 1.0.0, with a shared secret or a public key.
    StandardWebhooks(Secrets<standard_webhooks::Key>),
    /// Standard Webhooks' signatures with a shared secret, or the secret as bearer token.
    SharedSecret(Secrets<SharedSecret>),
    /// A bearer token.
    ApiKey(Secrets<api_key::Digest>),
}

impl Authentication {
    /// Whose deliveries these are.
    pub const fn source(&self) -> Source {
        match self {
            Self::Shopify(_) => Source::Shopify,
            Self::Stripe(_) => Source::Stripe,
            Self::Mailchimp(_) | Self::MailchimpUnsigned => Source::Mailchimp,
            Self::Mandrill { .. } => Source::Mandrill,
            Self::StandardWebhooks(_) | Self::SharedSecret(_) | Self::ApiKey(_) => Source::Custom,
        }
    }
}

/// Authenticates a delivery.
pub fn verify<'a>(
    delivery: &Delivery<'a>,
    authentication: &Authentication,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    if delivery.body.len() > MAX_BODY {
        return Err(Refusal::TooLarge);
    }
    match authentication {
        Authentication::Shopify(secrets) => shopify::verify(delivery, secrets, now),
        Authentication::Stripe(secrets) => stripe::verify(delivery, secrets, now),
        Authentication::Mailchimp(secrets) => mailchimp::verify(delivery, secrets, now),
        Authentication::MailchimpUnsigned => Ok(mailchimp::unsigned(delivery)),
        Authentication::Mandrill { url, secrets } => mandrill::verify(delivery, url, secrets, now),
        Authentication::StandardWebhooks(secrets) => standard_webhooks::verify(delivery, secrets, |key| key, now),
        Authentication::SharedSecret(secrets) => shared_secret::verify(delivery, secrets, now),
        Authentication::ApiKey(secrets) => api_key::verify(delivery, secrets, |digest| digest, now),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_support;
#[cfg(test)]
pub(crate) use tests_support::MAILCHIMP_BODY;
