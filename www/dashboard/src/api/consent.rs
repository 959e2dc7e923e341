//! Notices, and records of choices.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, text},
};
use wasm_bindgen::JsValue;

use super::{
    Listed,
    ask::{ask, change},
    json::{self, Document},
};
use crate::{notice::Language, read::records, tree::Tree};

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Choice {
        pub(crate) id: String,
        pub(crate) granted: bool,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Record {
        pub(crate) id: String,
        pub(crate) at: String,
        pub(crate) action: String,
        pub(crate) notice_version: u32,
        pub(crate) locale: String,
        pub(crate) regime: String,
        pub(crate) purposes: Vec<Choice>,
        pub(crate) region: Option<String>,
        pub(crate) surface: Option<String>,
        pub(crate) gpc: Option<bool>,
        pub(crate) receipt: String = or_default,
        pub(crate) site: Option<String>,
        pub(crate) visitor: Option<String>,
        pub(crate) previous: Option<String>,
        pub(crate) notice_fingerprint: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Difference {
        pub(crate) added: Vec<String>,
        pub(crate) removed: Vec<String>,
        pub(crate) changed: Vec<String>,
    }
}

impl Difference {
    /// In words, with what it is of; nothing where there is none.
    pub(crate) fn words(&self, of: &str) -> Vec<String> {
        let parts = [("added", &self.added), ("removed", &self.removed), ("changed", &self.changed)];
        let some = parts.into_iter().filter(|(_, ids)| !ids.is_empty());
        some.map(|(what, ids)| [of, " ", what, ": ", &ids.join(", ")].concat()).collect()
    }
}

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Changes {
        pub(crate) purposes: Difference,
        pub(crate) vendors: Difference,
        pub(crate) others: Vec<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Notice {
        pub(crate) version: u32,
        pub(crate) fingerprint: String,
        pub(crate) published_at: String,
        pub(crate) is_published: bool,
        pub(crate) document: Document = or_default,
        pub(crate) changes: Option<Changes>,
    }
}

/// A page of notices, the newest first.
pub(crate) async fn notices(site: &str, first: u32, after: &str) -> Result<Listed<Notice>, Trouble> {
    let document =
        "query($site: ID!, $first: Int, $after: String) { notices(site: $site, first: $first, after: $after) {
        nodes { version fingerprint publishedAt isPublished } pageInfo { hasNextPage endCursor } } }";
    ask("notices", document, object(&[("site", site.into()), ("first", first.into()), ("after", text(after))])).await
}

/// One notice with all that it says, and what is not as in the one before.
pub(crate) async fn notice(site: &str, fingerprint: &str) -> Result<Option<Notice>, Trouble> {
    let document = "query($site: ID!, $fingerprint: ID!) { notice(site: $site, fingerprint: $fingerprint) {
        version fingerprint publishedAt isPublished document
        changes { purposes { added removed changed } vendors { added removed changed } others } } }";
    ask("notice", document, object(&[("site", site.into()), ("fingerprint", fingerprint.into())])).await
}

/// The newest records.
pub(crate) async fn records(site: &str, first: u32, after: &str) -> Result<Listed<Record>, Trouble> {
    let document = "query($site: ID!, $first: Int, $after: String) { consentRecords(site: $site, first: $first, after: $after) {
        nodes { id at action surface noticeVersion locale regime region gpc purposes { id granted } } pageInfo { hasNextPage endCursor } } }";
    ask("consentRecords", document, object(&[("site", site.into()), ("first", first.into()), ("after", text(after))]))
        .await
}

const RECORD: &str = "id at action noticeVersion locale regime purposes { id granted } receipt site visitor surface noticeFingerprint region
    gpc previous";

/// One record. That it was looked at is in the journal.
pub(crate) async fn record(id: &str) -> Result<Option<Record>, Trouble> {
    let document = ["query($id: ID!) { consentRecord(id: $id) { ", RECORD, " } }"].concat();
    ask("consentRecord", &document, object(&[("id", id.into())])).await
}

/// Everything that a visitor chose, the newest first.
pub(crate) async fn history(site: &str, visitor: &str) -> Result<Vec<Record>, Trouble> {
    let document =
        ["query($site: ID!, $visitor: ID!) { consentHistory(site: $site, visitor: $visitor) { ", RECORD, " } }"]
            .concat();
    ask("consentHistory", &document, object(&[("site", site.into()), ("visitor", visitor.into())])).await
}

/// What the product says by itself, in every language.
pub(crate) async fn languages() -> Result<Vec<Language>, Trouble> {
    let all: Tree = ask("noticeWords", "{ noticeWords { locale texts purposes } }", JsValue::UNDEFINED).await?;
    let language = |words: &Tree| Language {
        tag: words.at("locale").text().to_owned(),
        texts: words.at("texts").clone(),
        purposes: words.at("purposes").clone(),
    };
    Ok(all.items().iter().map(language).collect())
}

/// Publishes a notice.
pub(crate) async fn publish(
    site: &str,
    draft: &Tree,
    based_on: &str,
    ask_again: Option<bool>,
) -> Result<((), Vec<UserError>), Trouble> {
    let document =
        "mutation($input: PublishNoticeInput!) { publishNotice(input: $input) { userErrors { field code message } } }";
    let again = ask_again.map_or(JsValue::NULL, JsValue::from_bool);
    let input = object(&[
        ("site", site.into()),
        ("draft", json::value(draft)),
        ("basedOn", text(based_on)),
        ("askAgain", again),
    ]);
    let (_, errors): (Vec<UserError>, _) = change("publishNotice", "userErrors", document, input).await?;
    Ok(((), errors))
}
