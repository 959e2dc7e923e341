//! Where a mail leads: to an address of Nod's own, and nowhere else.

/// An absolute address of our own origin.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The address of a path (with its query and fragment) at an origin: `https://nod.example` and `/privacy/shop#verify=…`.
    ///
    /// `None` where the origin is none, or the path holds what an address does not: then there is no link rather than one
    /// that leads elsewhere.
    pub fn new(origin: &str, path: &str) -> Option<Self> {
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
        let is_host = !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
        // `//elsewhere` is another host's path.
        let is_path = path.starts_with('/')
            && !path.starts_with("//")
            && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~!$*+,;=:@%?&#".contains(&byte));
        (is_host && is_path).then(|| Self([origin, path].concat()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// It may hold a token, so it does not show itself.
impl std::fmt::Debug for Link {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Link (hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn a_link_stays_at_its_origin() {
        let link = |origin, path| Link::new(origin, path).map(|link| link.as_str().to_owned());
        assert_eq!(
            link("http://localhost:8787", "/privacy/demo-shop?lang=de#verify=a_-9").as_deref(),
            Some("http://localhost:8787/privacy/demo-shop?lang=de#verify=a_-9")
        );
        for (origin, path) in [
            ("https://nod.example", "//evil.example/"),
            ("https://nod.example", ".evil.example/"),
            ("https://nod.example", "@evil.example/"),
            ("https://nod.example", "\\evil.example"),
            ("https://nod.example", "/\\evil.example\" onclick=\"x"),
            ("https://nod.example", "/a b"),
            ("https://nod.example", "/<b>"),
            ("https://nod.example", "/a\nb"),
            ("https://user@nod.example", "/"),
            ("https://nod.example/", "/"),
            ("javascript:alert(1)//", "/"),
            ("https://", "/"),
            ("", "/"),
        ] {
            assert_eq!(link(origin, path), None, "{origin} {path}");
        }
        let hidden = format!("{:?}", Link::new("https://nod.example", "/#verify=secret"));
        assert!(!hidden.contains("secret"), "{hidden}");
    }
}
