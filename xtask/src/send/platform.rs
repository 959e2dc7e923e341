//! Who sends, and what of it is not the proof.

use anyhow::{Result, bail};
use nod_core::time::Timestamp;
use nod_core::webhook::{Scheme, Source};

use super::http::Header;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Platform(Source);

impl Platform {
    pub(super) fn parse(name: &str) -> Result<Self> {
        let Some(source) = Source::parse(name) else {
            bail!("`{name}` is no platform: write shopify, stripe, mailchimp, mandrill or custom.");
        };
        Ok(Self(source))
    }

    pub(super) const fn source(self) -> Source {
        self.0
    }

    pub(super) const fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) const fn scheme(self) -> Scheme {
        Scheme::default_for(self.0)
    }

    /// The API's name of whom a connection is to; Mandrill is a part of Mailchimp there, with a scheme of its own.
    pub(super) const fn source_in_api(self) -> &'static str {
        match self.0 {
            Source::Shopify => "SHOPIFY",
            Source::Stripe => "STRIPE",
            Source::Mailchimp | Source::Mandrill => "MAILCHIMP",
            Source::Custom => "CUSTOM",
        }
    }

    /// The headers that say what is in the delivery.
    pub(super) fn headers(self, topic: &str, id: &str, now: Timestamp) -> Vec<Header> {
        let is_form = matches!(self.0, Source::Mailchimp | Source::Mandrill);
        let content = if is_form { "application/x-www-form-urlencoded" } else { "application/json" };
        let mut headers = vec![("content-type".to_owned(), content.to_owned())];
        if self.0 == Source::Shopify {
            let labels = [
                ("x-shopify-topic", topic.to_owned()),
                ("x-shopify-shop-domain", super::sample::SHOP.to_owned()),
                ("x-shopify-api-version", "2026-07".to_owned()),
                ("x-shopify-webhook-id", id.to_owned()),
                ("x-shopify-triggered-at", now.rfc3339()),
            ];
            headers.extend(labels.map(|(name, value)| (name.to_owned(), value)));
        }
        headers
    }
}
