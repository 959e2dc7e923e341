//! The key that signs receipts, and its public half for whoever checks one.

use std::{cell::OnceCell, rc::Rc};

use nod_core::receipt::ReceiptKey;

use crate::http::{Answer, Call, Problem};

thread_local! {
    // A secret does not change under a running isolate; reading it once saves deriving the public key each time.
    static KEY: OnceCell<Rc<ReceiptKey>> = const { OnceCell::new() };
}

/// The key that signs receipts; a problem that says what to do where it is not configured.
pub(crate) fn key(call: &Call) -> Result<Rc<ReceiptKey>, Problem> {
    KEY.with(|known| {
        if let Some(key) = known.get() {
            return Ok(Rc::clone(key));
        }
        let seed = call.environment.signing_key().ok_or_else(Problem::no_signing_key)?;
        let key = ReceiptKey::from_base64url(&seed).map_err(|_| Problem::no_signing_key())?;
        Ok(Rc::clone(known.get_or_init(|| Rc::new(key))))
    })
}

/// `GET /.well-known/jwks.json`
pub(crate) fn key_set(call: &Call) -> Result<Answer, Problem> {
    call.must_be_get()?;
    Ok(Answer::json(200, &key(call)?.key_set())?
        .with("Cache-Control", "public, max-age=3600")
        .with("Access-Control-Allow-Origin", "*"))
}
