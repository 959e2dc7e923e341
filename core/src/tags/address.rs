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

/// What is wrong with an address into which something is put: its host must be whole before that.
pub(super) fn template_complaint(text: &str, hosts: Hosts) -> Option<&'static str> {
    let literal = text.split('{').next().unwrap_or_default();
    let slashes = if literal.starts_with('/') { 1 } else { 3 };
    let is_cut = literal.len() < text.len() && literal.split('/').nth(slashes).is_none();
    if is_cut { Some(HOST) } else { complaint(literal, hosts) }
}

const BEGINNING: &str = "It begins with https://, or with one slash for the page's own site.";
const HOST: &str = "It names its host literally: https://host.example/…";

fn origin_complaint(text: &str, hosts: Hosts) -> Option<&'static str> {
    if let Some(path) = text.strip_prefix('/') {
        return path.starts_with(['/', '\\']).then_some(BEGINNING);
    }
    let insecure = text.strip_prefix("http://").filter(|_| hosts == Hosts::Any);
    let Some(rest) = text.strip_prefix("https://").or(insecure) else { return Some(BEGINNING) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    (host.is_empty() || !host.bytes().all(is_host)).then_some(HOST)
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
            "",
            "//a.example/x.js",
            "/\\a.example",
            "javascript:alert(1)",
            "data:text/javascript,1",
            "http://a.example/x.js",
            "https://",
            "https:///x",
            "https://user@a.example/",
            "https://a.example/\"x",
            "x.js",
            " https://a.example",
            "HTTPS://a.example",
            "https://a.example/{x}",
        ] {
            assert!(complaint(text, Hosts::Public).is_some(), "{text}");
        }
        assert_eq!(complaint("http://localhost:4000/x.js", Hosts::Any), None);
    }

    #[test]
    fn what_is_put_in_never_decides_where_it_leads() {
        for text in
            ["https://a.example/{page.path}", "/{page.path}", "https://a.example/", "/x?u={page.url}&r={regime}"]
        {
            assert_eq!(template_complaint(text, Hosts::Public), None, "{text}");
        }
        for text in [
            "{page.url}",
            "https://{page.host}/",
            "https://a.example{page.path}",
            "https://a.{page.host}/",
            "{page.query.x}:x",
            "/\\{page.host}",
            "//{page.host}/",
            "https:{page.path}",
        ] {
            assert!(template_complaint(text, Hosts::Public).is_some(), "{text}");
        }
    }
}
