//! What the JavaScript engine knows about Unicode, so that no tables of ours are needed.

use nod_core::identity::email::Unicode;
use web_sys::Url;
use worker::js_sys::JsString;

/// The engine.
pub(crate) struct Engine;

/// What the platform knows about Unicode.
pub(crate) const fn unicode() -> &'static Engine {
    &Engine
}

impl Unicode for Engine {
    fn nfc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        if !is_host(domain) {
            return None;
        }
        Url::new(&format!("http://{domain}")).ok().map(|url| url.hostname())
    }
}

/// Whether an address with this host has nothing but the host: what ends one (`/`, `?`, `:`) would be cut off unnoticed.
/// Letters of other scripts that stand for those the engine refuses itself.
fn is_host(domain: &str) -> bool {
    domain.chars().all(|letter| !letter.is_ascii() || letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn only_a_host_is_asked_about() {
        assert!(is_host("bücher.example") && is_host("例え。テスト"));
        for domain in ["bücher.example/x", "ü:80", "ü?x", "ü#x", "a@ü", "ü\\x", "ü%2e", "ü x", "ü\tx", "[ü]"]
        {
            assert!(!is_host(domain), "{domain}");
        }
    }
}
