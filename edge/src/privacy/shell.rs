//! The frame of the page, as it was made when the project was built.

use std::{cell::RefCell, rc::Rc};

use nod_core::sorted::SortedMap;
use serde::Deserialize;

use crate::http::{Call, Problem};

/// Where the build puts it, among the static assets.
const ADDRESS: &str = "https://assets.invalid/nod/www.json";

/// The frame and its words.
#[derive(Debug, Deserialize)]
pub(super) struct Shell {
    /// HTML with placeholders.
    pub(super) shell: String,
    /// The words by language, and under `texts` where all the other texts are.
    pub(super) languages: SortedMap<String, SortedMap<String, String>>,
}

thread_local! {
    static SHELL: RefCell<Option<Rc<Shell>>> = const { RefCell::new(None) };
}

/// Reads it once per isolate: it only changes with the Worker itself.
pub(super) async fn load(call: &Call) -> Result<Rc<Shell>, Problem> {
    if let Some(shell) = SHELL.with_borrow(Clone::clone) {
        return Ok(shell);
    }
    let mut response = call.environment.assets()?.fetch(ADDRESS, None).await?;
    if response.status_code() != 200 {
        return Err(Problem::internal("the asset nod/www.json is missing: build the project first"));
    }
    let shell = Rc::new(response.json::<Shell>().await?);
    SHELL.with_borrow_mut(|known| *known = Some(Rc::clone(&shell)));
    Ok(shell)
}
