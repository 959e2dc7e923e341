//! Connections and their deliveries.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, text},
};
use wasm_bindgen::JsValue;

use super::{
    Listed,
    ask::{ask, change},
    json,
};
use crate::{read::records, tree::Tree};

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Connection {
        pub(crate) id: String,
        pub(crate) source: String,
        pub(crate) scheme: Option<String>,
        pub(crate) label: String,
        pub(crate) created_at: String,
        pub(crate) disabled_at: Option<String>,
        pub(crate) is_weak: bool,
        pub(crate) shop: Option<String>,
        pub(crate) secret_rotates_until: Option<String>,
        pub(crate) last_delivery_at: Option<String>,
        pub(crate) refused_count: u32,
        pub(crate) last_refused_at: Option<String>,
        pub(crate) last_refused_because: Option<String>,
        /// Its deliveries have started to be refused: the secret may be wrong, or somebody else sends.
        pub(crate) is_failing: bool,
        pub(crate) last_tested_at: Option<String>,
        pub(crate) last_tested_because: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Delivery {
        pub(crate) id: String,
        pub(crate) event: String,
        pub(crate) status: String,
        pub(crate) reason: Option<String>,
        pub(crate) received_at: String,
        pub(crate) classes: Vec<String>,
        pub(crate) bytes: u32,
        pub(crate) repeats: u32,
        pub(crate) is_replayable: bool,
    }
}

const FIELDS: &str = "id source scheme label createdAt disabledAt isWeak shop secretRotatesUntil lastDeliveryAt refusedCount lastRefusedAt
    lastRefusedBecause isFailing lastTestedAt lastTestedBecause";

/// All of them.
pub(crate) async fn list() -> Result<Vec<Connection>, Trouble> {
    let document =
        ["{ connections(first: 100) { nodes { ", FIELDS, " } pageInfo { hasNextPage endCursor } } }"].concat();
    let found: Listed<Connection> = ask("connections", &document, JsValue::UNDEFINED).await?;
    Ok(found.nodes)
}

records! {
    struct Addressed {
        id: String,
        url: Option<String>,
    }
}

/// Where a platform sends to. Only for owners: whoever knows it can send to a connection without signatures.
pub(crate) async fn address(id: &str) -> Result<Option<String>, Trouble> {
    let found: Listed<Addressed> = ask(
        "connections",
        "{ connections(first: 100) { nodes { id url } pageInfo { hasNextPage endCursor } } }",
        JsValue::UNDEFINED,
    )
    .await?;
    Ok(found.nodes.into_iter().find(|it| it.id == id).and_then(|it| it.url))
}

/// Which deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) connection: String,
    pub(crate) status: String,
}

/// A page of deliveries, the newest first.
pub(crate) async fn deliveries(filter: &Filter, first: u32, after: &str) -> Result<Listed<Delivery>, Trouble> {
    let document = "query($filter: DeliveryFilter, $first: Int, $after: String) {
        deliveries(filter: $filter, first: $first, after: $after) {
            nodes { id event status reason receivedAt classes bytes repeats isReplayable } pageInfo { hasNextPage endCursor } } }";
    let filter = object(&[("connection", text(&filter.connection)), ("status", text(&filter.status))]);
    let variables = object(&[("filter", filter), ("first", first.into()), ("after", text(after))]);
    ask("deliveries", document, variables).await
}

/// What is shown once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) secret: String,
}

records! {
    struct Payload {
        connection: Option<Addressed>,
        secret: Option<String>,
        user_errors: Vec<UserError>,
    }
}

impl Payload {
    fn made(self) -> (Made, Vec<UserError>) {
        let (id, url) = self.connection.map(|it| (it.id, it.url.unwrap_or_default())).unwrap_or_default();
        (Made { id, url, secret: self.secret.unwrap_or_default() }, self.user_errors)
    }
}

/// Makes one.
pub(crate) async fn create(
    source: &str,
    scheme: &str,
    label: &str,
    secret: &str,
) -> Result<(Made, Vec<UserError>), Trouble> {
    let document = "mutation($input: CreateConnectionInput!) {
        createConnection(input: $input) { connection { id url } secret userErrors { field code message } } }";
    let input = object(&[
        ("source", source.into()),
        ("scheme", scheme.into()),
        ("label", label.into()),
        ("secret", text(secret)),
    ]);
    let payload: Payload = ask("createConnection", document, object(&[("input", input)])).await?;
    Ok(payload.made())
}

/// Gives it a new secret: the platform's, or one that Nod makes.
pub(crate) async fn rotate(id: &str, secret: &str, overlap: u32) -> Result<(Made, Vec<UserError>), Trouble> {
    let document = "mutation($input: RotateConnectionSecretInput!) {
        rotateConnectionSecret(input: $input) { connection { id url } secret userErrors { field code message } } }";
    let input = object(&[("connection", id.into()), ("secret", text(secret)), ("overlapSeconds", overlap.into())]);
    let payload: Payload = ask("rotateConnectionSecret", document, object(&[("input", input)])).await?;
    Ok(payload.made())
}

records! {
    /// What came of a test delivery.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Test {
        pub(crate) status: String,
        pub(crate) advice: Option<String>,
        pub(crate) event: String,
        pub(crate) bytes: u32,
        pub(crate) classes: Vec<String>,
        pub(crate) identities: Vec<TestIdentity>,
        pub(crate) consents: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct TestIdentity {
        pub(crate) kind: String,
    }
}

/// What came of a test, when it was, and what was wrong with it.
type Done = (Test, Option<(String, Option<String>)>);

/// Has a delivery made up and read.
pub(crate) async fn test(id: &str) -> Result<(Option<Done>, Vec<UserError>), Trouble> {
    records! {
        struct Tested {
            last_tested_at: Option<String>,
            last_tested_because: Option<String>,
        }

        struct Payload {
            test: Option<Test>,
            connection: Option<Tested>,
            user_errors: Vec<UserError>,
        }
    }
    let document = "mutation($input: SendTestDeliveryInput!) { sendTestDelivery(input: $input) {
        test { status advice event bytes classes identities { kind } consents }
        connection { lastTestedAt lastTestedBecause } userErrors { field code message } } }";
    let input = object(&[("connection", id.into())]);
    let payload: Payload = ask("sendTestDelivery", document, object(&[("input", input)])).await?;
    let last = payload.connection.and_then(|it| Some((it.last_tested_at?, it.last_tested_because)));
    Ok((payload.test.map(|test| (test, last)), payload.user_errors))
}

/// Where a custom application's JSON says what; nothing where no mapping is saved.
pub(crate) async fn mapping(id: &str) -> Result<Tree, Trouble> {
    let document = "{ connections(first: 100) { nodes { id mapping { event occurredAt
        records { part root email phone customerId authoritative } classes { class path }
        consents { part channel granted decidedAt } } } pageInfo { hasNextPage endCursor } } }";
    let found: Tree = ask("connections", document, JsValue::UNDEFINED).await?;
    let one = found.at("nodes").items().iter().find(|it| it.at("id").text() == id);
    Ok(one.map(|it| it.at("mapping").clone()).unwrap_or_default())
}

/// Tries a mapping on a sample, and saves it where a connection is given. The answer is what it finds, also where it is not saved.
pub(crate) async fn map(
    connection: Option<&str>,
    mapping: &Tree,
    sample: &Tree,
) -> Result<(Tree, Vec<UserError>), Trouble> {
    let (name, kind) = match connection {
        Some(_) => ("saveFieldMapping", "SaveFieldMappingInput"),
        None => ("tryFieldMapping", "TryFieldMappingInput"),
    };
    let document = [
        "mutation($input: ",
        kind,
        "!) { ",
        name,
        "(input: $input) { trial { isUseful event occurredAt classes records { found { kind path count } }
            consents { channel path count } problems { message code } } userErrors { field code message } } }",
    ];
    let mut input = vec![("mapping", json::value(mapping)), ("sample", json::value(sample))];
    input.extend(connection.map(|id| ("connection", id.into())));
    change(name, "trial", &document.concat(), object(&input)).await
}
