//! A site as the edge serves it: whose it is, where it may be embedded, and its current notice.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    id::{ControllerId, Fingerprint, SiteKey},
    look::Look,
    notice::Notice,
};

/// The longest origin, in bytes: a host name has at most 253.
const MAX_ORIGIN: usize = 280;
/// As many origins as a site may name.
pub const MAX_ORIGINS: usize = 50;

/// What the edge needs to answer for a site; kept in D1, served from KV.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Site {
    /// Whose site it is.
    pub controller: ControllerId,
    /// Its public name.
    pub key: SiteKey,
    /// The origins whose pages may embed it: `https://shop.example`, or `https://*.shop.example` for all its subdomains.
    pub origins: Vec<String>,
    /// The fingerprint of the current notice.
    pub fingerprint: Fingerprint,
    /// The current notice.
    pub notice: Notice,
    /// The published tag configuration, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Published>,
    /// How it looks, where that is not the product's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
}

/// What `nod.js` says of a published tag configuration. The rest is fetched by the version's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub version: u32,
    /// Google Consent Mode as the page sets it, if it is on: bit *i* of each set of bits is the notice's purpose *i*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_mode: Option<Value>,
}

impl Site {
    /// May a page of this origin act for the site?
    ///
    /// Browsers always name the origin of a POST, so a foreign page cannot leave it out; a client that is no browser
    /// names none, and could name any. None is therefore let through: refusing it would protect nobody.
    pub fn admits(&self, origin: Option<&str>) -> bool {
        origin.is_none_or(|origin| self.origins.iter().any(|allowed| is_same_or_subdomain(allowed, origin)))
    }
}

/// Is this an origin, as browsers name them: a scheme and a host? The host may begin with `*.`, for all its subdomains.
pub fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, host)| {
        let host = host.strip_prefix("*.").unwrap_or(host);
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.:[]_".contains(&byte);
        ["https", "http"].contains(&scheme)
            && !host.is_empty()
            && text.len() <= MAX_ORIGIN
            && host.bytes().all(is_plain)
    })
}

fn is_same_or_subdomain(allowed: &str, origin: &str) -> bool {
    match allowed.split_once("*.") {
        None => allowed == origin,
        Some((scheme, domain)) => origin
            .strip_prefix(scheme)
            .and_then(|host| host.strip_suffix(domain))
            .and_then(|labels| labels.strip_suffix('.'))
            .is_some_and(|labels| !labels.is_empty() && !labels.contains(['/', '@', ':'])),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_origin, is_same_or_subdomain};

    #[test]
    fn an_origin_is_a_scheme_and_a_host_as_browsers_write_them() {
        for origin in ["https://shop.example", "http://localhost:8787", "https://*.shop.example", "http://[::1]:80"] {
            assert!(is_origin(origin), "{origin}");
        }
        for text in [
            "",
            "shop.example",
            "https://",
            "https://*.",
            "ftp://a",
            "https://a/",
            "https://a?",
            "https://a b",
            "https://u@a",
            "https://Shop.example",
            "https://a*.b",
            "null",
            "*",
        ] {
            assert!(!is_origin(text), "{text}");
        }
    }

    #[test]
    fn an_origin_is_admitted_exactly_or_as_a_subdomain_of_a_wildcard() {
        let wildcard = "https://*.shop.example";
        for origin in ["https://a.shop.example", "https://a.b.shop.example"] {
            assert!(is_same_or_subdomain(wildcard, origin), "{origin}");
        }
        for origin in [
            "https://shop.example",
            "http://a.shop.example",
            "https://evilshop.example",
            "https://a.shop.example.evil.example",
            "https://evil.example/.shop.example",
            "https://evil.example:1.shop.example",
            "null",
        ] {
            assert!(!is_same_or_subdomain(wildcard, origin), "{origin}");
        }
        assert!(is_same_or_subdomain("https://shop.example", "https://shop.example"));
        assert!(!is_same_or_subdomain("https://shop.example", "https://shop.example:8443"));
    }
}
