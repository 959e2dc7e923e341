//! A site's tags.

use nod_pages::{
    dom::object,
    graphql::{self, Trouble, UserError, ask, text},
};
use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::{consent::Difference, json::Document};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Problem {
    pub(crate) place: String,
    pub(crate) message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Changes {
    pub(crate) rules: Difference,
    pub(crate) vendors: Difference,
    pub(crate) destinations: Difference,
    pub(crate) others: Vec<String>,
}

impl Changes {
    /// In words; nothing where all is the same.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = self.rules.words("Rules");
        words.extend(self.vendors.words("Vendors"));
        words.extend(self.destinations.words("Destinations"));
        if !self.others.is_empty() {
            words.push(["Also changed: ", &self.others.join(", ")].concat());
        }
        words
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Draft {
    pub(crate) saved_at: String,
    pub(crate) document: Document,
    pub(crate) problems: Vec<Problem>,
    pub(crate) changes: Changes,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Version {
    #[serde(rename = "version")]
    pub(crate) number: u32,
    pub(crate) note: Option<String>,
    pub(crate) published_at: String,
    pub(crate) is_published: bool,
    #[serde(default)]
    pub(crate) document: Document,
    pub(crate) changes: Option<Changes>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Destination {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) has_secret: bool,
    pub(crate) state: String,
    pub(crate) delivered_count: u32,
    pub(crate) withheld_count: u32,
    pub(crate) lost_count: u32,
    pub(crate) last_error: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Versions {
    pub(crate) nodes: Vec<Version>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Tags {
    pub(crate) revision: u32,
    pub(crate) draft: Option<Draft>,
    pub(crate) published: Option<Version>,
    pub(crate) versions: Versions,
    pub(crate) destinations: Vec<Destination>,
}

/// All of a site's tags, and the last twenty versions.
pub(crate) async fn tags(site: &str) -> Result<Option<Tags>, Trouble> {
    let changes = "changes { rules { added removed changed } vendors { added removed changed } destinations { added removed changed } others }";
    let document = [
        "query($site: ID!) { tags(site: $site) { revision draft { savedAt document problems { place message } ",
        changes,
        " } published { version note publishedAt isPublished document } versions(first: 20) { nodes { version note publishedAt isPublished } }
          destinations { id kind hasSecret state deliveredCount withheldCount lostCount lastError } } }",
    ];
    ask("tags", &document.concat(), object(&[("site", site.into())])).await
}

/// Saves a draft.
pub(crate) async fn save(site: &str, document: JsValue, revision: u32) -> Result<((), Vec<UserError>), Trouble> {
    let mutation = "mutation($input: SaveTagsInput!) { saveTags(input: $input) { userErrors { field code message } } }";
    let input = object(&[("site", site.into()), ("document", document), ("revision", revision.into())]);
    let (_, errors): (Vec<UserError>, _) = graphql::change("saveTags", "userErrors", mutation, input).await?;
    Ok(((), errors))
}

/// A secret that was made, which is shown once.
pub(crate) async fn set_secret(
    site: &str,
    destination: &str,
    secret: &str,
) -> Result<(Option<String>, Vec<UserError>), Trouble> {
    let mutation = "mutation($input: SetDestinationSecretInput!) { setDestinationSecret(input: $input) { secret userErrors { field code message } } }";
    let input = object(&[("site", site.into()), ("destination", destination.into()), ("secret", text(secret))]);
    graphql::change("setDestinationSecret", "secret", mutation, input).await
}
