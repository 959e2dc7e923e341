//! The public keys of a team at Cloudflare Access. They change every six weeks, and a week before the old one ends the new one is
//! there; so they are kept for an hour, and asked for anew when a token names one that is not among them. Where that was of no use, they
//! are not asked for again for a minute: whoever makes up names of keys has nobody asked for them.

use std::cell::RefCell;

use nod_core::{
    staff::access::{Key, KeySet, Token},
    time::Timestamp,
};
use worker::{
    js_sys::{Object, Reflect, Uint8Array, global},
    wasm_bindgen::{JsCast as _, JsValue},
    wasm_bindgen_futures::JsFuture,
};

use crate::{clock, http};

/// For how long they are kept.
const KEPT: i64 = 60 * 60 * 1000;
/// For how long they count when their team cannot be asked: Access lets an old key hold for a week.
const STALE: i64 = 24 * KEPT;
/// For how long they are not asked for again after that was of no use, however many keys nobody knows are named.
const PAUSE: i64 = 60 * 1000;
/// The longest document, in bytes: the keys twice, once as certificates.
const LONGEST: usize = 64 * 1024;
const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

#[derive(Default)]
struct Known {
    keys: KeySet,
    had_at: Option<Timestamp>,
    /// When they were last asked for in vain.
    vain_at: Option<Timestamp>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Whether a token's signature is its team's.
pub(super) async fn verify(team: &str, token: &Token<'_>, now: Timestamp) -> bool {
    let Some(key) = key(team, &token.key, now).await else { return false };
    is_signed(&key, token).await.unwrap_or_default()
}

async fn key(team: &str, id: &str, now: Timestamp) -> Option<Key> {
    let is_since = |at: Option<Timestamp>, span: i64| at.is_some_and(|at| clock::later(at, span) > now);
    let (found, is_enough) = KNOWN.with_borrow(|known| {
        let found = known.keys.of(id).cloned().filter(|_| is_since(known.had_at, STALE));
        let is_enough = (found.is_some() && is_since(known.had_at, KEPT)) || is_since(known.vain_at, PAUSE);
        (found, is_enough)
    });
    if is_enough {
        return found;
    }
    let document = http::get(&[team, "/cdn-cgi/access/certs"].concat(), LONGEST).await;
    let keys = document.as_deref().and_then(KeySet::read);
    KNOWN.with_borrow_mut(|known| {
        let found = match keys {
            Some(keys) => {
                // What the team publishes no more holds no more.
                *known = Known { keys, had_at: Some(now), vain_at: known.vain_at };
                known.keys.of(id).cloned()
            }
            None => found,
        };
        if found.is_none() {
            known.vain_at = Some(now);
        }
        found
    })
}

/// By the platform's own cryptography.
async fn is_signed(key: &Key, token: &Token<'_>) -> Result<bool, JsValue> {
    let scope: web_sys::WorkerGlobalScope = global().unchecked_into();
    let subtle = scope.crypto()?.subtle();
    let object = |members: &[(&str, JsValue)]| {
        let object = Object::new();
        for (name, value) in members {
            Reflect::set(&object, &(*name).into(), value)?;
        }
        Ok::<_, JsValue>(object)
    };
    let [n, e] = [&key.n, &key.e].map(|number| JsValue::from_str(number));
    let public = object(&[("kty", "RSA".into()), ("alg", "RS256".into()), ("n", n), ("e", e)])?;
    let algorithm = object(&[("name", ALGORITHM.into()), ("hash", "SHA-256".into())])?;
    let usages = worker::js_sys::Array::of1(&"verify".into());
    let imported = subtle.import_key_with_object("jwk", &public, &algorithm, false, &usages)?;
    let imported: web_sys::CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let [signature, signed] = [&token.signature[..], token.signed.as_bytes()].map(Uint8Array::from);
    let verdict = subtle.verify_with_str_and_js_u8_array_and_js_u8_array(ALGORITHM, &imported, &signature, &signed)?;
    Ok(JsFuture::from(verdict).await?.is_truthy())
}
