//! Views of a list that somebody has kept for themselves.

use nod_pages::graphql::Trouble;
use wasm_bindgen::JsValue;

use super::ask::ask;
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct View {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) page: String,
        pub(crate) query: String,
    }
}

/// Those of a page, by the page's name in the API.
pub(crate) async fn kept(page: &str) -> Result<Vec<View>, Trouble> {
    let all: Vec<View> = ask("savedViews", "{ savedViews { id name page query } }", JsValue::UNDEFINED).await?;
    Ok(all.into_iter().filter(|view| view.page == page).collect())
}
