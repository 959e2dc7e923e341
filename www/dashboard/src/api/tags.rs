//! A site's tags.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, text},
};

use super::{
    ask::{ask, change},
    json,
};
use crate::{forms, problem::Problem, tree::Tree};

/// The vendors' kinds, by the templates.
pub(crate) fn kinds(templates: &Tree) -> Vec<forms::Kind> {
    let kind = |it: &Tree| forms::tags::template(it.at("name").text(), it.at("title").text(), it.at("settings"));
    templates.items().iter().map(kind).collect()
}

/// What differs, in words; nothing where all is the same.
pub(crate) fn changes(changes: &Tree) -> Vec<String> {
    let ids = |place: &str| changes.at(place).items().iter().map(Tree::text).collect::<Vec<_>>().join(", ");
    let mut words = Vec::new();
    for (list, name) in [("rules", "Rules"), ("vendors", "Vendors"), ("destinations", "Destinations")] {
        for what in ["added", "removed", "changed"] {
            let ids = ids(&[list, ".", what].concat());
            if !ids.is_empty() {
                words.push([name, " ", what, ": ", &ids].concat());
            }
        }
    }
    let others = ids("others");
    if !others.is_empty() {
        words.push(["Also changed: ", &others].concat());
    }
    words
}

/// What is wrong with a draft.
pub(crate) fn problems(draft: &Tree) -> Vec<Problem> {
    let text = |problem: &Tree, name| problem.at(name).text().to_owned();
    let problem = |it: &Tree| Problem { place: text(it, "place"), message: text(it, "message") };
    draft.at("problems").items().iter().map(problem).collect()
}

const CHANGES: &str = "{ rules { added removed changed } vendors { added removed changed } destinations { added removed changed } others }";

/// All of a site's tags, and the last twenty versions.
pub(crate) async fn tags(site: &str) -> Result<Tree, Trouble> {
    let document = [
        "query($site: ID!) { tags(site: $site) { revision draft { savedAt document problems { place message } changes ",
        CHANGES,
        " } published { version note publishedAt document }
          versions(first: 20) { edges { cursor node { version note publishedAt isPublished } } }
          destinations { id kind hasSecret state deliveredCount withheldCount lostCount lastError }
          templates { name title settings } } }",
    ];
    ask("tags", &document.concat(), object(&[("site", site.into())])).await
}

/// The version behind a cursor, the newest where there is none: its `document`, its `changes` from the one before it, and `back`, what
/// differs from the published one.
pub(crate) async fn look(site: &str, behind: &str, published: u32) -> Result<Tree, Trouble> {
    let document = [
        "query($site: ID!, $after: String, $from: Int) { tags(site: $site) { versions(first: 1, after: $after) { nodes {
            document changes ",
        CHANGES,
        " back: changes(from: $from) ",
        CHANGES,
        " } } } }",
    ];
    let variables = object(&[("site", site.into()), ("after", text(behind)), ("from", published.into())]);
    let found: Tree = ask("tags", &document.concat(), variables).await?;
    Ok(found.at("versions.nodes[0]").clone())
}

/// Saves a draft. The answer is the draft with what is wrong with it, and what it changes.
pub(crate) async fn save(site: &str, document: &Tree, revision: u32) -> Result<(Tree, Vec<UserError>), Trouble> {
    let mutation = [
        "mutation($input: SaveTagsInput!) { saveTags(input: $input) { draft { savedAt problems { place message } changes ",
        CHANGES,
        " } userErrors { field code message } } }",
    ];
    let document = json::value(document);
    let input = object(&[("site", site.into()), ("document", document), ("revision", revision.into())]);
    change("saveTags", "draft", &mutation.concat(), input).await
}

/// A secret that was made, which is shown once.
pub(crate) async fn set_secret(
    site: &str,
    destination: &str,
    secret: &str,
) -> Result<(Option<String>, Vec<UserError>), Trouble> {
    let mutation = "mutation($input: SetDestinationSecretInput!) { setDestinationSecret(input: $input) { secret userErrors { field code message } } }";
    let input = object(&[("site", site.into()), ("destination", destination.into()), ("secret", text(secret))]);
    change("setDestinationSecret", "secret", mutation, input).await
}
