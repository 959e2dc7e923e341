//! One person's profile: the facts around an identity, reckoned, and what else is known of the identities that are the
//! person's.

mod assemble;
mod rows;

use futures_util::future::try_join5;
use nod_core::{
    id::{ControllerId, IdentityId},
    keys::MasterKeys,
};
use worker::D1Type;

use super::{
    Profile,
    neighbourhood::{Start, load},
};
use crate::{
    database::{self, Database},
    http::Problem,
};
use assemble::Person;

/// The deliveries' classes, each list once for a connection.
const CLASSES: &str = "
  SELECT DISTINCT connection, classes FROM json_each(?2) AS one CROSS JOIN deliveries
  ON deliveries.controller = ?1 AND deliveries.id = one.value";

const CONSENTS: &str = "
  SELECT id, connection, channel, purpose, granted, weak, decided_at, recorded_at, evidence
  FROM (SELECT DISTINCT consent FROM json_each(?2) AS one CROSS JOIN subject_consent_identities AS link
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN subject_consents ON subject_consents.controller = ?1 AND subject_consents.id = found.consent
  ORDER BY decided_at DESC, recorded_at DESC, id LIMIT 1000";

const REQUESTS: &str = "
  SELECT id, connection
  FROM (SELECT DISTINCT request FROM json_each(?2) AS one CROSS JOIN rights_request_identities AS link
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN rights_requests ON rights_requests.controller = ?1 AND rights_requests.id = found.request
  ORDER BY received_at DESC, id LIMIT 200";

const CHANGES: &str = "
  SELECT id, at, kind, cause, because, undone_by,
         (SELECT json_group_array(json_array(is_after, side, identity)) FROM subject_change_identities
          WHERE controller = ?1 AND change = subject_changes.id) AS sides
  FROM (SELECT DISTINCT change FROM json_each(?2) AS one CROSS JOIN subject_change_identities AS link
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN subject_changes ON subject_changes.controller = ?1 AND subject_changes.id = found.change
  ORDER BY at DESC, id LIMIT 200";

const VISITORS: &str = "
  SELECT link.visitor AS id, link.site, MIN(link.first_seen_at) AS first_seen_at
  FROM json_each(?2) AS one CROSS JOIN visitor_identities AS link INDEXED BY visitor_identities_by_identity
  ON link.controller = ?1 AND link.identity = one.value
  GROUP BY link.site, link.visitor ORDER BY first_seen_at, link.visitor LIMIT 200";

/// The data subject that an identity belongs to; `None` where there is no such identity.
pub(crate) async fn profile(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    id: &IdentityId,
) -> Result<Option<Profile>, Problem> {
    let around = load(database, masters, controller, Start::Identities(std::slice::from_ref(id))).await?;
    let Some(person) = Person::of(&around, id) else { return Ok(None) };
    let identities = database::json(&person.identities())?;
    let deliveries = database::json(&person.deliveries())?;
    let select =
        |sql: &str, list: &str| database.statement(sql, &[D1Type::Text(controller.as_str()), D1Type::Text(list)]);
    let (classes, consents, requests, changes, visitors) = try_join5(
        database.all::<rows::ClassesRow>(select(CLASSES, &deliveries)?),
        database.all(select(CONSENTS, &identities)?),
        database.all(select(REQUESTS, &identities)?),
        database.all(select(CHANGES, &identities)?),
        database.all(select(VISITORS, &identities)?),
    )
    .await?;
    person
        .profile(&classes, consents, requests, changes)
        .map(|profile| Some(Profile { visitors, ..profile }))
        .ok_or_else(|| Problem::internal("rows about a person that cannot be read"))
}

/// Every identity of the data subject that an identity belongs to, and whether there is more around it than was reckoned. Where
/// there is no such identity any more, nobody.
pub(crate) async fn kin(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    id: &IdentityId,
) -> Result<(Vec<IdentityId>, bool), Problem> {
    let around = load(database, masters, controller, Start::Identities(std::slice::from_ref(id))).await?;
    let own = Person::of(&around, id).map(|person| person.identities().into_iter().cloned().collect());
    Ok((own.unwrap_or_default(), around.is_partial))
}
