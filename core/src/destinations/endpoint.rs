//! Addresses that staff enter and this Worker calls. A careless or hostile one must not make it call what only it can reach.
//!
//! Outside development an endpoint is `https`, at a public name: no address in numbers, no name that is local by rule
//! (RFC 6761, RFC 8375, `.internal`). Names that a resolver maps to private addresses are the platform's matter: a Worker's
//! calls leave from the public network. Redirects are not followed, so the check cannot be walked around.

use std::fmt;

/// The longest address, in bytes.
const LONGEST: usize = 2000;

/// Which hosts may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// Public names over `https`.
    Public,
    /// Any host, `http` too: for development.
    Any,
}

/// An address that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

/// Why an address may not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidEndpoint {
    /// It is empty, too long, or holds what an address does not.
    Malformed,
    /// It does not begin with `https://`.
    NotHttps,
    /// It carries a user's name or a password.
    Credentials,
    /// It carries a fragment, which no server sees.
    Fragment,
    /// Its host is no name that everybody can look up.
    Private,
}

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => {
                "is not an address: write https://, the host's name and the path, in ASCII, in at most 2000 characters"
            }
            Self::NotHttps => "does not begin with https://",
            Self::Credentials => "carries a name or a password; use the destination's secret",
            Self::Fragment => "carries a fragment (#…), which no server gets to see",
            Self::Private => {
                "is not at a public host: use a name such as events.example.com, no number and no local name"
            }
        })
    }
}

impl std::error::Error for InvalidEndpoint {}

impl Endpoint {
    /// Checks an address.
    pub fn parse(text: &str, hosts: Hosts) -> Result<Self, InvalidEndpoint> {
        if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\<>\"`{}|^".contains(&byte))
        {
            return Err(InvalidEndpoint::Malformed);
        }
        let rest = match (text.strip_prefix("https://"), text.strip_prefix("http://"), hosts) {
            (Some(rest), ..) | (None, Some(rest), Hosts::Any) => rest,
            (None, Some(_), Hosts::Public) => return Err(InvalidEndpoint::NotHttps),
            (None, None, _) => return Err(InvalidEndpoint::Malformed),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(InvalidEndpoint::Credentials);
        }
        if text.contains('#') {
            return Err(InvalidEndpoint::Fragment);
        }
        let (host, port) = split_port(authority);
        if host.is_empty() || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(InvalidEndpoint::Malformed);
        }
        match hosts {
            Hosts::Public if !is_public_name(host) => Err(InvalidEndpoint::Private),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with something behind its path.
    pub(super) fn joined(&self, more: &[&str]) -> String {
        let mut url = self.0.trim_end_matches('/').to_owned();
        url.extend(more.iter().copied());
        url
    }
}

/// A host and what stands behind its last colon. The colons within the brackets of a number are its own.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Names that are never public, whatever a resolver says.
const LOCAL: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "test",
    "invalid",
    "onion",
    "alt",
    "example",
];

/// A name of at least two labels whose last is no number and not local. An IPv4 address, however it is spelt, ends in a
/// number (WHATWG URL, section 3.5), and an IPv6 one stands in brackets.
fn is_public_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    let is_name = host.len() <= 253 && host.split('.').all(is_label);
    is_name
        && !last.starts_with(|first: char| first.is_ascii_digit())
        && !LOCAL.iter().any(|name| last.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn public(text: &str) -> Result<(), InvalidEndpoint> {
        Endpoint::parse(text, Hosts::Public).map(drop)
    }

    #[test]
    fn public_names_over_https_may_be_called() {
        for text in [
            "https://www.google-analytics.com/mp/collect",
            "https://events.example.com",
            "https://events.example.com:8443/in?source=nod",
            "https://xn--bcher-kva.example.com./",
        ] {
            assert_eq!(public(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn private_hosts_may_not_be_called_however_they_are_spelt() {
        for host in [
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "printer.local",
            "vault.internal",
            "router",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "127.0.0.1.",
            "10.0.0.8",
            "169.254.169.254",
            "[::1]",
            "[::ffff:169.254.169.254]",
            "[fd00::1]",
            "metadata.google.internal",
            "%6c%6f.example.com",
            "a..example.com",
            ".com",
            "1.1.1.1",
            "8.in-addr.arpa",
        ] {
            for text in [["https://", host, "/"].concat(), ["https://", host, ":443/x"].concat()] {
                assert_eq!(public(&text), Err(InvalidEndpoint::Private), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        for (text, why) in [
            ("", InvalidEndpoint::Malformed),
            ("ftp://a.example.com/", InvalidEndpoint::Malformed),
            ("https:/a.example.com", InvalidEndpoint::Malformed),
            ("https:///path", InvalidEndpoint::Malformed),
            ("https://a.example.com:x/", InvalidEndpoint::Malformed),
            ("https://a.example.com:99999/", InvalidEndpoint::Malformed),
            ("https://a.example.com/ b", InvalidEndpoint::Malformed),
            ("https://a.example.com\\@10.0.0.1/", InvalidEndpoint::Malformed),
            ("https://b\u{fc}cher.example.com/", InvalidEndpoint::Malformed),
            ("http://a.example.com/", InvalidEndpoint::NotHttps),
            ("https://user:pass@a.example.com/", InvalidEndpoint::Credentials),
            ("https://a.example.com@10.0.0.1/", InvalidEndpoint::Credentials),
            ("https://a.example.com/#x", InvalidEndpoint::Fragment),
        ] {
            assert_eq!(public(text), Err(why), "{text}");
        }
        assert_eq!(public(&["https://a.example.com/", &"x".repeat(2000)].concat()), Err(InvalidEndpoint::Malformed));
    }

    #[test]
    fn development_may_call_what_runs_beside_it() {
        for text in ["http://localhost:4000/mp/collect", "http://127.0.0.1:4000", "https://[::1]:8443/x"] {
            assert!(Endpoint::parse(text, Hosts::Any).is_ok(), "{text}");
        }
        assert!(Endpoint::parse("file:///etc/passwd", Hosts::Any).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(text: String, ascii in "[ -~]{0,60}") {
            for text in [text, ascii.clone(), ["https://", &ascii].concat()] {
                if Endpoint::parse(&text, Hosts::Public).is_ok() {
                    prop_assert!(Endpoint::parse(&text, Hosts::Any).is_ok());
                }
            }
        }
    }
}
