//! Data subjects.

use nod_pages::{
    dom::object,
    graphql::{Trouble, text},
};
use wasm_bindgen::JsValue;

use super::{ask::ask, requests::Request, review::Named};
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Identity {
        pub(crate) id: String,
        pub(crate) kind: String,
        pub(crate) pseudonym: String,
        pub(crate) first_seen_at: Option<String>,
        pub(crate) last_seen_at: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Platform {
        pub(crate) first_seen_at: String,
        pub(crate) last_seen_at: String,
        pub(crate) classes: Vec<String>,
        pub(crate) connection: Named,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Consent {
        pub(crate) channel: String,
        pub(crate) purpose: String,
        pub(crate) granted: bool,
        pub(crate) decided_at: String,
        pub(crate) weak: bool,
        pub(crate) is_standing: bool,
        pub(crate) connection: Named,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Change {
        pub(crate) id: String,
        pub(crate) at: String,
        pub(crate) kind: String,
        pub(crate) reasons: Vec<String>,
        pub(crate) undone_by: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Withheld {
        pub(crate) reason: String,
        pub(crate) observed_at: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Visitor {
        pub(crate) id: String,
        pub(crate) site: String,
        pub(crate) first_seen_at: String,
    }

    /// Somebody, as far as Nod knows them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Subject {
        pub(crate) id: String,
        pub(crate) identities: Vec<Identity>,
        pub(crate) platforms: Vec<Platform>,
        pub(crate) consents: Vec<Consent>,
        pub(crate) requests: Vec<Request>,
        pub(crate) changes: Vec<Change>,
        pub(crate) is_partial: bool,
        pub(crate) withheld: Vec<Withheld>,
        pub(crate) visitors: Vec<Visitor>,
    }
}

const PROFILE: &str = "id identities { id kind pseudonym firstSeenAt lastSeenAt }
    platforms { firstSeenAt lastSeenAt classes connection { label } }
    consents { channel purpose granted decidedAt weak isStanding connection { label } }
    requests { id number kind status receivedAt dueAt daysLeft site law { name } }
    changes { id at kind reasons undoneBy } isPartial withheld { reason observedAt } visitors { id site firstSeenAt }";

/// By the id of an identity.
pub(crate) async fn by_id(id: &str) -> Result<Option<Subject>, Trouble> {
    let document = ["query($id: ID) { dataSubject(id: $id) { ", PROFILE, " } }"].concat();
    ask("dataSubject", &document, object(&[("id", id.into())])).await
}

records! {
    struct Found {
        id: String,
    }
}

/// By an identifier, whose customer ids are of a connection. Gives the id.
pub(crate) async fn find(kind: &str, value: &str, connection: &str) -> Result<Option<String>, Trouble> {
    let document = "query($identifier: IdentifierInput) { dataSubject(identifier: $identifier) { id } }";
    let identifier = object(&[("kind", kind.into()), ("value", value.into()), ("connection", text(connection))]);
    let found: Option<Found> = ask("dataSubject", document, object(&[("identifier", identifier)])).await?;
    Ok(found.map(|found| found.id))
}

records! {
    /// Whom a request is about.
    struct About {
        subject: Option<Subject>,
    }
}

/// Whom a request is about, as far as is known.
pub(crate) async fn of_request(id: &str) -> Result<Option<Subject>, Trouble> {
    let document = ["query($id: ID!) { rightsRequest(id: $id) { subject { ", PROFILE, " } } }"].concat();
    let about: Option<About> = ask("rightsRequest", &document, object(&[("id", id.into())])).await?;
    Ok(about.and_then(|about| about.subject))
}

records! {
    /// A connection to choose from.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Connected {
        pub(crate) id: String,
        pub(crate) label: String,
    }

    struct Connections {
        nodes: Vec<Connected>,
    }
}

/// Where customer ids come from.
pub(crate) async fn connections() -> Result<Vec<Connected>, Trouble> {
    let found: Connections =
        ask("connections", "{ connections(first: 100) { nodes { id label } } }", JsValue::UNDEFINED).await?;
    Ok(found.nodes)
}
