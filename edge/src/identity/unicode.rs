//! What the JavaScript engine knows about Unicode, so that no tables of ours are needed.

use nod_core::identity::email::Unicode;
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
        let url = web_sys::Url::new(&format!("http://{domain}")).ok()?;
        Some(url.hostname())
    }
}
