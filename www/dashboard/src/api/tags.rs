//! A site's tags.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, text},
};

use super::{
    ask::{ask, change},
    consent::Difference,
    json::{self, Document},
};
use crate::{forms, problem::Problem, read::records, tree::Tree};

records! {
    /// What a vendor's tag can be made of.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Template {
        pub(crate) name: String,
        pub(crate) title: String,
        pub(crate) settings: Document,
    }
}

/// The vendors' kinds, by the templates.
pub(crate) fn kinds(templates: &[Template]) -> Vec<forms::Kind> {
    templates.iter().map(|it| forms::tags::template(&it.name, &it.title, &it.settings.tree())).collect()
}

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Changes {
        pub(crate) rules: Difference,
        pub(crate) vendors: Difference,
        pub(crate) destinations: Difference,
        pub(crate) others: Vec<String>,
    }
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

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Draft {
        pub(crate) saved_at: String,
        pub(crate) document: Document = or_default,
        pub(crate) problems: Vec<Problem>,
        pub(crate) changes: Changes,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Version {
        pub(crate) number: u32 = "version",
        pub(crate) note: Option<String>,
        pub(crate) published_at: String,
        pub(crate) is_published: bool,
        pub(crate) document: Document = or_default,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
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

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Versions {
        pub(crate) edges: Vec<Edge>,
    }

    /// A version, and where the list goes on behind it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Edge {
        pub(crate) cursor: String,
        pub(crate) node: Version,
    }

    /// What a version says, and what differs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Look {
        pub(crate) document: Document,
        /// From the one before it.
        pub(crate) changes: Changes,
        /// From the one that pages get.
        pub(crate) back: Changes,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Tags {
        pub(crate) revision: u32,
        pub(crate) draft: Option<Draft>,
        pub(crate) published: Option<Version>,
        pub(crate) versions: Versions,
        pub(crate) destinations: Vec<Destination>,
        pub(crate) templates: Vec<Template>,
    }
}

const CHANGES: &str = "{ rules { added removed changed } vendors { added removed changed } destinations { added removed changed } others }";

/// All of a site's tags, and the last twenty versions.
pub(crate) async fn tags(site: &str) -> Result<Option<Tags>, Trouble> {
    let document = [
        "query($site: ID!) { tags(site: $site) { revision draft { savedAt document problems { place message } changes ",
        CHANGES,
        " } published { version note publishedAt isPublished document }
          versions(first: 20) { edges { cursor node { version note publishedAt isPublished } } }
          destinations { id kind hasSecret state deliveredCount withheldCount lostCount lastError }
          templates { name title settings } } }",
    ];
    ask("tags", &document.concat(), object(&[("site", site.into())])).await
}

/// The version behind a cursor, the newest where there is none, and what it changes of the published one.
pub(crate) async fn look(site: &str, behind: &str, published: u32) -> Result<Option<Look>, Trouble> {
    records! {
        struct Looks {
            nodes: Vec<Look>,
        }

        struct Found {
            versions: Looks,
        }
    }
    let document = [
        "query($site: ID!, $after: String, $from: Int) { tags(site: $site) { versions(first: 1, after: $after) { nodes {
            document changes ",
        CHANGES,
        " back: changes(from: $from) ",
        CHANGES,
        " } } } }",
    ];
    let variables = object(&[("site", site.into()), ("after", text(behind)), ("from", published.into())]);
    let found: Option<Found> = ask("tags", &document.concat(), variables).await?;
    Ok(found.and_then(|found| found.versions.nodes.into_iter().next()))
}

/// Saves a draft. The answer is what is wrong with it, and what it changes.
pub(crate) async fn save(
    site: &str,
    document: &Tree,
    revision: u32,
) -> Result<(Option<Draft>, Vec<UserError>), Trouble> {
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
