//! A look-up by what staff typed: canonical form, hash, pseudonyms. The value is forgotten with the call.

use nod_core::{
    id::{ConnectionId, ControllerId, IdentityId},
    identity::{
        Canonical, Kind,
        customer_id::{self, CUSTOMER, Namespace},
        email,
        hash::PlainHash,
        phone,
        pseudonym::Pseudonym,
    },
    keys::MasterKeys,
    region::Region,
    webhook::Source,
};
use serde::Deserialize;
use worker::D1Type;

use super::{numbering_plan, unicode};
use crate::{
    database::{self, Database, optional_text},
    http::Problem,
};

/// As many connections as a customer id is looked for at, where none is named.
const MOST_CONNECTIONS: i32 = 500;

/// What a look-up finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nobody.
    None,
    /// Somebody: the identity itself.
    One(IdentityId),
    /// A customer id that several connections have given out: name the connection.
    Several,
    /// The value identifies nobody; a sentence that says why and what to do.
    Unreadable(&'static str),
}

/// The identity of a value. `connection` narrows a customer id down; other kinds do not need it.
pub(crate) async fn find_by_identifier(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    kind: Kind,
    value: &str,
    connection: Option<&ConnectionId>,
) -> Result<Found, Problem> {
    let values = match kind {
        Kind::Email => email::canonical(value, unicode()).map(|one| vec![one]).map_err(|_| NO_EMAIL),
        Kind::Phone => phone(value, home(database, controller).await?.as_ref()).map(|one| vec![one]),
        Kind::CustomerId => customer_ids(value, &namespaces(database, controller, connection).await?),
    };
    let values = match values {
        Ok(values) => values,
        Err(sentence) => return Ok(Found::Unreadable(sentence)),
    };
    let keyring = masters.keyring(controller, kind).map_err(Problem::no_master_key)?;
    let candidates: Vec<Pseudonym> =
        values.iter().flat_map(|value| keyring.candidates(&PlainHash::of(value))).collect();
    let statement = database.statement(
        "SELECT DISTINCT identities.id FROM json_each(?2) AS candidate CROSS JOIN identities
         ON identities.controller = ?1 AND identities.pseudonym = candidate.value LIMIT 2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(&database::json(&candidates)?)],
    )?;
    let mut found = database.all::<Row>(statement).await?.into_iter();
    Ok(match (found.next(), found.next()) {
        (None, _) => Found::None,
        (Some(one), None) => Found::One(one.id),
        (Some(_), Some(_)) => Found::Several,
    })
}

#[derive(Deserialize)]
struct Row {
    id: IdentityId,
}

const NO_EMAIL: &str = "This is not an e-mail address. Write one address, such as jane@example.com.";
const NO_PHONE: &str = "This is not a telephone number. Write it with its country's code, such as +44 20 7946 0958.";
const NO_CUSTOMER_ID: &str =
    "This is not a customer's id. Write it as the platform shows it, without spaces around it.";

/// In which country's way the controller's people write numbers.
async fn home(database: &Database, controller: &ControllerId) -> Result<Option<Region>, Problem> {
    #[derive(Deserialize)]
    struct Home {
        region: Option<String>,
    }
    let sql = "SELECT region FROM controllers WHERE id = ?1";
    let home = database.first::<Home>(database.statement(sql, &[D1Type::Text(controller.as_str())])?).await?;
    Ok(home.and_then(|home| Region::parse(&home.region?)))
}

fn phone(value: &str, home: Option<&Region>) -> Result<Canonical, &'static str> {
    match home {
        Some(home) => phone::canonical_from(value, numbering_plan(), home),
        None => phone::canonical(value),
    }
    .map_err(|_| NO_PHONE)
}

/// Where customer ids were given out: a connection, and its platform.
#[derive(Deserialize)]
struct Issuer {
    id: ConnectionId,
    source: Source,
}

async fn namespaces(
    database: &Database,
    controller: &ControllerId,
    connection: Option<&ConnectionId>,
) -> Result<Vec<Issuer>, Problem> {
    let statement = database.statement(
        "SELECT id, source FROM connections WHERE controller = ?1 AND (?2 IS NULL OR id = ?2) LIMIT ?3",
        &[
            D1Type::Text(controller.as_str()),
            optional_text(connection.map(ConnectionId::as_str)),
            D1Type::Integer(MOST_CONNECTIONS),
        ],
    )?;
    database.all(statement).await
}

/// What the id would be called by each connection.
fn customer_ids(value: &str, issuers: &[Issuer]) -> Result<Vec<Canonical>, &'static str> {
    // Shopify's screens show the bare number, its API the longer name.
    let bare = value.strip_prefix("gid://shopify/Customer/").unwrap_or(value);
    let canonical = |Issuer { id, source }: &Issuer| {
        let namespace = Namespace { source: source.name(), connection: id.as_str(), kind: CUSTOMER };
        customer_id::canonical(namespace, bare).map_err(|_| NO_CUSTOMER_ID)
    };
    issuers.iter().map(canonical).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_id_is_looked_for_at_every_connection_that_could_have_given_it_out() {
        let issuers = [(Source::Shopify, [1; 16]), (Source::Stripe, [2; 16])]
            .map(|(source, bits)| Issuer { id: ConnectionId::from_random(bits), source });
        let names = |value| {
            let named = customer_ids(value, &issuers).unwrap_or_default();
            named.iter().map(|name| name.expose().to_owned()).collect::<Vec<_>>()
        };
        let [shop, payments] = issuers.each_ref().map(|issuer| issuer.id.as_str());
        assert_eq!(names("7"), [format!("shopify|{shop}|customer|7"), format!("stripe|{payments}|customer|7")]);
        assert_eq!(names("gid://shopify/Customer/7"), names("7"));
        assert_eq!(customer_ids(" 7", &issuers), Err(NO_CUSTOMER_ID));
    }

    #[test]
    fn a_number_without_its_country_is_read_only_where_the_controller_has_one() {
        let home = Region::parse("DE");
        assert_eq!(
            phone("030 901820", home.as_ref()).map(|value| value.expose().to_owned()),
            Ok("+4930901820".to_owned())
        );
        assert_eq!(phone("030 901820", None), Err(NO_PHONE));
    }
}
