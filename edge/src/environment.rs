//! What the Worker is given by its configuration: bindings, variables, secrets.

use nod_core::{destinations::Hosts, identity::pseudonym::Keyring};
use worker::{AnalyticsEngineDataset, D1Database, Env, Fetcher, KvStore, Queue, RateLimiter, SendEmail};

/// The bindings of `wrangler.toml` by their meaning.
#[derive(Clone)]
pub(crate) struct Environment(Env);

impl Environment {
    pub(crate) fn new(env: Env) -> Self {
        Self(env)
    }

    /// Only where it is said in so many words: whatever else the variable says, or none at all, is production.
    pub(crate) fn is_development(&self) -> bool {
        self.0.var("NOD_ENVIRONMENT").is_ok_and(|name| name.to_string() == "development")
    }

    /// Whether the database's statements are said: in development alone, and only when a test asks.
    pub(crate) fn says_statements(&self) -> bool {
        self.0.var("NOD_SAY_STATEMENTS").is_ok() && self.is_development()
    }

    /// Which hosts may be called that staff name: in development those of this machine, too.
    pub(crate) fn hosts(&self) -> Hosts {
        if self.is_development() { Hosts::Any } else { Hosts::Public }
    }

    pub(crate) fn database(&self) -> worker::Result<D1Database> {
        self.0.d1("DB")
    }

    pub(crate) fn sites(&self) -> worker::Result<KvStore> {
        self.0.kv("SITES")
    }

    /// Keys of single texts.
    pub(crate) fn keys(&self) -> worker::Result<KvStore> {
        self.0.kv("KEYS")
    }

    /// Events that were taken and are yet to be counted.
    pub(crate) fn events(&self) -> worker::Result<Queue> {
        self.0.queue("EVENTS")
    }

    /// What each destination is to get.
    pub(crate) fn deliveries(&self) -> worker::Result<Queue> {
        self.0.queue("DELIVERIES")
    }

    /// How often one address may bring events of one site.
    pub(crate) fn events_limit(&self) -> worker::Result<RateLimiter> {
        self.0.rate_limiter("EVENTS_LIMIT")
    }

    /// How often all addresses together may.
    pub(crate) fn site_events_limit(&self) -> worker::Result<RateLimiter> {
        self.0.rate_limiter("SITE_EVENTS_LIMIT")
    }

    /// How often one network may ask for its rights.
    pub(crate) fn rights_limit(&self) -> worker::Result<RateLimiter> {
        self.0.rate_limiter("RIGHTS_LIMIT")
    }

    /// How often all networks together may, of one site.
    pub(crate) fn site_rights_limit(&self) -> worker::Result<RateLimiter> {
        self.0.rate_limiter("SITE_RIGHTS_LIMIT")
    }

    /// What pages show Turnstile with, where the owner has it.
    pub(crate) fn turnstile_site_key(&self) -> Option<String> {
        self.0.var("NOD_TURNSTILE_SITE_KEY").ok().map(|key| key.to_string()).filter(|key| !key.is_empty())
    }

    /// What its answers are checked with.
    pub(crate) fn turnstile_secret(&self) -> Option<String> {
        self.0.secret("NOD_TURNSTILE_SECRET").ok().map(|secret| secret.to_string()).filter(|secret| !secret.is_empty())
    }

    /// In development, who stands in for Cloudflare.
    pub(crate) fn turnstile_address(&self) -> Option<String> {
        self.is_development().then(|| self.0.var("NOD_TURNSTILE_URL").ok()).flatten().map(|url| url.to_string())
    }

    /// The team at Cloudflare Access, as `https://example.cloudflareaccess.com`, and the tag of the application that the dashboard is
    /// there; where both are set. In development the team may be a server of this machine.
    pub(crate) fn access(&self) -> Option<(String, String)> {
        let text = |name| self.0.var(name).ok().map(|text| text.to_string()).filter(|text| !text.is_empty());
        let team = text("NOD_ACCESS_TEAM")?.trim_end_matches('/').to_owned();
        let is_safe = team.starts_with("https://") || self.is_development();
        text("NOD_ACCESS_APPLICATION").filter(|_| is_safe).map(|application| (team, application))
    }

    /// Whether members come in by Cloudflare Access alone, and by no link.
    pub(crate) fn is_access_alone(&self) -> bool {
        self.access().is_some() && self.0.var("NOD_ACCESS_ONLY").is_ok_and(|said| said.to_string() == "true")
    }

    pub(crate) fn analytics(&self) -> worker::Result<AnalyticsEngineDataset> {
        self.0.analytics_engine("ANALYTICS")
    }

    pub(crate) fn assets(&self) -> worker::Result<Fetcher> {
        self.0.assets("ASSETS")
    }

    /// Cloudflare's own way to send mail, where the deployment has it.
    pub(crate) fn email(&self) -> worker::Result<SendEmail> {
        self.0.send_email("EMAIL")
    }

    /// A variable or a secret of the deployment's that says how mail is sent; `None` where it is not set.
    pub(crate) fn mail(&self, name: &str) -> Option<String> {
        let text = self.0.var(name).ok()?.to_string();
        (!text.is_empty()).then_some(text)
    }

    /// The seed of the key that signs receipts, as it is configured; `None` where it is not.
    pub(crate) fn signing_key(&self) -> Option<String> {
        self.0.secret("NOD_SIGNING_KEY").ok().map(|secret| secret.to_string())
    }

    /// The master keys as they are configured, from version 1 to the last before one is missing.
    pub(crate) fn master_keys(&self) -> Vec<String> {
        (1..=Keyring::MOST)
            .map_while(|version| self.0.secret(&format!("NOD_MASTER_KEY_{version}")).ok())
            .map(|secret| secret.to_string())
            .collect()
    }
}
