//! Who carries the mail: Cloudflare's binding, or a provider with an HTTP API. The deployment's variables say which.

use nod_core::mail::{Envelope, Failure, is_address};

use super::{cloudflare::Cloudflare, http::Http, store::Row};
use crate::environment::Environment;

/// A way to send mail.
pub(super) trait Provider {
    /// Sends one letter. The answer is the id that the provider knows it by, if it says so.
    async fn send(&self, row: &Row, envelope: &Envelope) -> Result<Option<String>, Failure>;
}

/// The one that is configured.
pub(super) enum Chosen {
    Cloudflare(Cloudflare),
    Http(Http),
}

impl Provider for Chosen {
    async fn send(&self, row: &Row, envelope: &Envelope) -> Result<Option<String>, Failure> {
        match self {
            Self::Cloudflare(one) => one.send(row, envelope).await,
            Self::Http(one) => one.send(row, envelope).await,
        }
    }
}

/// What `NOD_MAIL_PROVIDER` names. Without it: HTTP where there is an address for it, else Cloudflare's binding. `None` where
/// something is missing; mail waits until it is there.
pub(super) fn chosen(environment: &Environment) -> Option<Chosen> {
    let from = environment.mail("NOD_MAIL_FROM").filter(|from| is_address(from))?;
    let url = environment.mail("NOD_MAIL_URL");
    let provider = environment.mail("NOD_MAIL_PROVIDER");
    match (provider.as_deref(), url) {
        (Some("cloudflare"), _) | (None, None) => {
            environment.email().ok().map(|binding| Chosen::Cloudflare(Cloudflare { binding, from }))
        }
        (Some("http") | None, Some(url)) => {
            let key = environment.mail("NOD_MAIL_KEY")?;
            Some(Chosen::Http(Http { url, key, from }))
        }
        _ => None,
    }
}
