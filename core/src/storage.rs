//! Names of what purposes store in a browser: cookies and storage keys.
//!
//! A pattern is an exact name, or a prefix with a `*` at its end (`_ga_*`). Nothing richer: an owner can read it, and a
//! browser can match it without carrying a pattern engine.

/// The cookie of Nod itself. No pattern ever matches it: a withdrawal must not forget that it was withdrawn.
pub const NOD_COOKIE: &str = "nod";

/// Does `pattern` name `name`? A bare `*` matches nothing: it would clear what others rely on.
pub fn matches(pattern: &str, name: &str) -> bool {
    if name == NOD_COOKIE {
        return false;
    }
    match pattern.strip_suffix('*') {
        Some("") => false,
        Some(prefix) => name.starts_with(prefix),
        None => pattern == name,
    }
}

/// The domains under which a page at `host` may have set a cookie: none (host-only), the host, and each parent that
/// still has a dot. `localhost` and addresses have only the first two.
pub fn cookie_domains(host: &str) -> impl Iterator<Item = Option<&str>> {
    let is_address = host.starts_with('[') || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let parents = host
        .match_indices('.')
        .filter_map(move |(at, _)| host.get(at + 1..))
        .filter(move |parent| !is_address && parent.contains('.'));
    [None, Some(host)].into_iter().chain(parents.map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exact_names_and_prefixes_match() {
        assert!(matches("_ga", "_ga"));
        assert!(!matches("_ga", "_ga_1"));
        assert!(matches("_ga_*", "_ga_1"));
        assert!(!matches("_ga_*", "_ga"));
        assert!(!matches("*", "session"));
    }

    #[test]
    fn every_parent_domain_that_can_hold_a_cookie_is_named() {
        let domains = |host| {
            cookie_domains(host).map(|domain: Option<&str>| domain.unwrap_or("-").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(domains("a.shop.example.com"), ["-", "a.shop.example.com", "shop.example.com", "example.com"]);
        assert_eq!(domains("localhost"), ["-", "localhost"]);
        assert_eq!(domains("127.0.0.1"), ["-", "127.0.0.1"]);
    }

    proptest! {
        #[test]
        fn no_pattern_ever_clears_the_choice_itself(pattern in ".*") {
            prop_assert!(!matches(&pattern, NOD_COOKIE));
        }
    }
}
