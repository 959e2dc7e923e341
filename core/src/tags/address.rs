//! Addresses in a configuration: where scripts come from, what a rule loads and calls.
//!
//! Where an address leads is the owner's to say and never the page's: its scheme and host are literal, so no query, no
//! referrer and no attribute can bring a script from elsewhere or carry events there.

use crate::destinations::Hosts;

/// What is wrong with a whole address; nothing if it may be used. `hosts`: whether `http` may be.
pub(super) fn complaint(text: &str, hosts: Hosts) -> Option<&'static str> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"'<>`{}|^".contains(&byte)) {
        return Some("It is an address in ASCII: what is none of the usual characters is percent-encoded.");
    }
    origin_complaint(text, hosts)
}

/// What is wrong with how an address begins; nothing if it says where it leads. `text` is what stands before anything is
/// put in, and says so itself if it ends within the host's name.
pub(super) fn origin_complaint(text: &str, hosts: Hosts) -> Option<&'static str> {
    if let Some(path) = text.strip_prefix('/') {
        return path.starts_with(['/', '\\']).then_some("It begins with https://, or with one slash for the page's own site.");
    }
    let rest = match (text.strip_prefix("https://"), text.strip_prefix("http://"), hosts) {
        (Some(rest), ..) | (None, Some(rest), Hosts::Any) => rest,
        _ => return Some("It begins with https://, or with one slash for the page's own site."),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    (host.is_empty() || !host.bytes().all(is_host)).then_some("It names its host literally: https://host.example/…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_itself_where_it_leads() {
        for text in ["https://a.example/x.js", "/x.js", "/", "https://a.example", "https://a.example:8443?x=1"] {
            assert_eq!(complaint(text, Hosts::Public), None, "{text}");
        }
        for text in [
            "", "//a.example/x.js", "/\\a.example", "javascript:alert(1)", "data:text/javascript,1", "http://a.example/x.js",
            "https://", "https:///x", "https://user@a.example/", "https://a.example/\"x", "x.js", " https://a.example",
            "HTTPS://a.example", "https://a.example/{x}",
        ] {
            assert!(complaint(text, Hosts::Public).is_some(), "{text}");
        }
        assert_eq!(complaint("http://localhost:4000/x.js", Hosts::Any), None);
    }
}
