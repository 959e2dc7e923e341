//! The page that the centre lives in: whose it is, its address, its focus.

use crate::route::Route;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

pub(crate) use nod_pages::dom::{
    document, focus, next_turn, object, scroll_up, set_title, show_dialog, the_window, value, values,
};

/// What the edge has written into the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) site: String,
    pub(crate) controller: String,
    pub(crate) contact: String,
    pub(crate) policy: String,
    /// Cloudflare Turnstile's site key; empty where the form has no such guard.
    pub(crate) turnstile: String,
    /// Is it the form alone, in a page of the owner's?
    pub(crate) is_embedded: bool,
    /// The region that a developer plays.
    pub(crate) region: Option<String>,
}

impl Facts {
    pub(crate) fn of(centre: &HtmlElement) -> Self {
        let fact = |name| centre.dataset().get(name).unwrap_or_default();
        Self {
            site: fact("site"),
            controller: fact("controller"),
            contact: fact("contact"),
            policy: fact("policy"),
            turnstile: fact("turnstile"),
            is_embedded: parameter("embed").is_some(),
            region: parameter("region"),
        }
    }
}

/// The language of the page.
pub(crate) fn locale() -> String {
    document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// A parameter of the page's address, as it is written there: ours need no decoding.
fn parameter(name: &str) -> Option<String> {
    let search = the_window().location().search().unwrap_or_default();
    let pairs = search.strip_prefix('?')?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// What the address asks for.
pub(crate) fn route() -> Route {
    Route::of(&the_window().location().hash().unwrap_or_default())
}

/// Goes to another screen, which becomes part of the history.
pub(crate) fn go(route: &Route) {
    // A fragment is always a valid one.
    _ = the_window().location().set_hash(&route.fragment());
}

/// Puts another address in place of this one, so that a token that is used up is not gone back to.
pub(crate) fn replace(route: &Route) {
    _ = the_window().location().replace(&route.fragment());
}

/// The same screen in another language.
pub(crate) fn address_in(locale: &str, route: &Route) -> String {
    let search = the_window().location().search().unwrap_or_default();
    let mut address = ["?lang=", locale].concat();
    for pair in search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
    {
        address.push('&');
        address.push_str(pair);
    }
    address.push_str(&route.without_secrets().fragment());
    address
}

/// The visitor's id of the cookie `nod`, where the site and this page share one: `1.<visitor>.…`
pub(crate) fn visitor() -> Option<String> {
    let cookies: String = document().dyn_into::<web_sys::HtmlDocument>().ok()?.cookie().ok()?;
    let value = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("nod="))?;
    value.split('.').nth(1).map(str::to_owned)
}

thread_local! {
    static VERIFIER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// What tells whether a receipt is genuine, from now on.
pub(crate) fn set_verifier(verifier: Function) {
    VERIFIER.replace(Some(verifier));
}

/// `genuine`, `forged` or `unknown`.
pub(crate) async fn verify(receipt: &str) -> String {
    let call = VERIFIER.with_borrow(|verifier| verifier.as_ref()?.call1(&JsValue::UNDEFINED, &receipt.into()).ok());
    let Some(promise) = call else { return "unknown".to_owned() };
    let answer = JsFuture::from(promise.unchecked_into::<Promise>()).await;
    answer.ok().and_then(|answer| answer.as_string()).unwrap_or_else(|| "unknown".to_owned())
}

/// The whole centre's address: what a form in an owner's page leads to.
pub(crate) fn home(site: &str) -> String {
    ["/privacy/", site, "?lang=", &locale()].concat()
}

/// Adds a script of somebody else's. The page's policy says whose may be added.
pub(crate) fn add_script(address: &str) {
    let Some(head) = document().head() else { return };
    if let Ok(script) = document().create_element("script") {
        // Setting an attribute by its own name cannot fail.
        _ = script.set_attribute("src", address);
        _ = head.append_child(&script);
    }
}

/// The language that the browser itself speaks: `en-GB`.
pub(crate) fn browser_language() -> String {
    of_navigator("language").as_string().unwrap_or_default()
}

/// Does the browser itself ask every site not to sell what it knows?
pub(crate) fn sends_gpc() -> bool {
    of_navigator("globalPrivacyControl").is_truthy()
}

fn of_navigator(name: &str) -> JsValue {
    js_sys::Reflect::get(&the_window().navigator(), &name.into()).unwrap_or_default()
}
