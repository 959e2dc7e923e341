//! Drafts of answers to a request, in its language.

use nod_pages::{dom::object, graphql::Trouble};

use super::ask::ask;
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Draft {
        pub(crate) key: String,
        pub(crate) title: String,
        pub(crate) text: String,
    }
}

/// Every one for a request.
pub(crate) async fn drafts(request: &str) -> Result<Vec<Draft>, Trouble> {
    let document = "query($request: ID!) { answerTemplates(request: $request) { key title text } }";
    ask("answerTemplates", document, object(&[("request", request.into())])).await
}
