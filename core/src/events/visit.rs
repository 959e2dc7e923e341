//! Counting visits without knowing visitors.
//!
//! A visit's mark is a keyed hash of the site, the network address and the browser's name for itself. The key is random,
//! new every day and deleted after it; from then on nobody can tell whose mark it was, or that two days' marks were one
//! browser's. The address itself is kept nowhere.

use std::net::IpAddr;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::id::SiteKey;

/// The day's key: 32 random bytes.
pub type Salt = [u8; 32];

/// The mark of a visit to a site: 96 bits, as 16 characters of base64url.
pub fn mark(salt: &Salt, site: &SiteKey, address: &str, user_agent: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt) else { return String::new() };
    let address = network(address);
    for part in [site.as_str(), "\0", &address, "\0", user_agent] {
        mac.update(part.as_bytes());
    }
    let digest = mac.finalize().into_bytes();
    Base64UrlUnpadded::encode_string(digest.get(..12).unwrap_or_default())
}

/// An IPv6 host changes the lower half of its address many times a day; the upper half is its network's.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => (address.to_bits() >> 64).to_string(),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(salt: u8, site: &str, address: &str, agent: &str) -> String {
        mark(&[salt; 32], &SiteKey::parse(site).unwrap(), address, agent)
    }

    #[test]
    fn a_mark_is_of_a_day_a_site_a_network_and_a_browser() {
        let one = marked(1, "shop", "192.0.2.7", "Browser/1");
        assert_eq!(one.len(), 16);
        assert_eq!(one, marked(1, "shop", "192.0.2.7", "Browser/1"));
        for other in [
            marked(2, "shop", "192.0.2.7", "Browser/1"),
            marked(1, "blog", "192.0.2.7", "Browser/1"),
            marked(1, "shop", "192.0.2.8", "Browser/1"),
            marked(1, "shop", "192.0.2.7", "Browser/2"),
            marked(1, "shop", "192.0.2.", "7Browser/1"),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_host_that_changes_the_lower_half_of_its_address_is_one() {
        let of = |address| marked(1, "shop", address, "");
        assert_eq!(of("2001:db8:1:2:a::1"), of("2001:db8:1:2:b::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("::ffff:192.0.2.7"), of("::ffff:192.0.2.8"));
    }
}
