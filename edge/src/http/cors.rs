//! Cross-origin sharing: pages of a site's own origins may read our answers, nobody else's may.

use nod_core::site::Site;

use super::{Answer, Call, Problem};

/// Answers a browser's question whether it may call at all.
///
/// It names no site, so every origin may ask; the call itself is then held against the site's origins.
pub(crate) fn preflight(call: &Call, methods: &'static str) -> Answer {
    let answer = Answer::empty(204)
        .with("Vary", "Origin")
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", "Content-Type")
        .with("Access-Control-Max-Age", "86400");
    match call.header("Origin") {
        Some(origin) => answer.with("Access-Control-Allow-Origin", origin),
        None => answer,
    }
}

/// Refuses a page of an origin that the site does not name.
pub(crate) fn must_be_admitted(call: &Call, site: &Site) -> Result<(), Problem> {
    match call.header("Origin") {
        origin if site.admits(origin.as_deref()) => Ok(()),
        origin => Err(Problem::foreign_origin(&origin.unwrap_or_default(), &site.key)),
    }
}

/// Lets the page that asked read the answer, if its origin is one of the site's.
pub(crate) fn share(answer: Answer, call: &Call, site: &Site) -> Answer {
    let answer = answer.with("Vary", "Origin");
    match call.header("Origin") {
        Some(origin) if site.admits(Some(&origin)) => {
            answer.with("Access-Control-Allow-Origin", origin).with("Access-Control-Expose-Headers", "Retry-After")
        }
        _ => answer,
    }
}
