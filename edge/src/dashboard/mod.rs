//! The dashboard's page: a frame without content, which its own module (`www/dashboard/`) fills in the browser. It says nothing of
//! anybody, so it is the same for everybody; what there is to see, the API shows to those who may.

use std::{cell::RefCell, rc::Rc};

use crate::{
    http::{Answer, Call, Problem},
    staff,
};

/// Where the build puts the frame, among the static assets.
const ADDRESS: &str = "https://assets.invalid/nod/dashboard.txt";

/// Only what Nod itself serves; nothing inline; and nobody frames it, so that no click on it can be stolen.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

thread_local! {
    static SHELL: RefCell<Option<Rc<str>>> = const { RefCell::new(None) };
}

/// `GET /dashboard`, and every path under it.
pub(crate) async fn answer(call: &Call) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let shell = shell(call).await?;
    let cookie = staff::enter(call).await;
    let answer = Answer::new(200, "text/html; charset=utf-8", shell.as_bytes().to_vec())
        .with("Content-Security-Policy", POLICY)
        .with("Cache-Control", "private, no-cache")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .with("Referrer-Policy", "same-origin");
    Ok(match cookie {
        Some(cookie) => answer.with("Set-Cookie", cookie),
        None => answer.unless_known(call.header("If-None-Match").as_deref()),
    })
}

/// Reads it once per isolate: it only changes with the Worker itself.
async fn shell(call: &Call) -> Result<Rc<str>, Problem> {
    if let Some(shell) = SHELL.with_borrow(Clone::clone) {
        return Ok(shell);
    }
    let mut response = call.environment.assets()?.fetch(ADDRESS, None).await?;
    if response.status_code() != 200 {
        return Err(Problem::internal("the asset nod/dashboard.txt is missing: build the project first"));
    }
    let shell: Rc<str> = response.text().await?.into();
    SHELL.with_borrow_mut(|known| *known = Some(Rc::clone(&shell)));
    Ok(shell)
}
