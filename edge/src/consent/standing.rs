//! What a visitor's events are held against: the newest record, and whether the person asked since that nothing be sold.

use nod_core::{
    consent::Record,
    id::{ControllerId, SiteKey, VisitorId},
    time::Timestamp,
};
use worker::D1Type;

use super::store::{COLUMNS, NEWEST_FIRST, Row};
use crate::{database::Database, environment::Environment, http::Problem};

/// The newest of the requests not to sell: one that came from this browser, one of a person whom the browser is known as, one
/// whose address is that person's. Such a request needs no proof of the address; taken back or refused it ends.
const OPTED_OUT: &str = "
  SELECT max(asked.at) FROM (
    SELECT request, at FROM opt_outs
    WHERE controller = ?1 AND site = ?2 AND visitor = ?3 AND kind = 'opt_out_of_sale'
    UNION ALL
    SELECT opt_outs.request, opt_outs.at FROM visitor_identities AS known
    JOIN opt_outs ON opt_outs.controller = ?1 AND opt_outs.identity = known.identity AND opt_outs.kind = 'opt_out_of_sale'
    WHERE known.controller = ?1 AND known.site = ?2 AND known.visitor = ?3
    UNION ALL
    SELECT theirs.id, theirs.received_at FROM visitor_identities AS known
    JOIN identities ON identities.controller = ?1 AND identities.id = known.identity
    JOIN rights_requests AS theirs ON theirs.controller = ?1 AND theirs.contact_mark = identities.pseudonym
      AND theirs.kind = 'opt_out_of_sale'
    WHERE known.controller = ?1 AND known.site = ?2 AND known.visitor = ?3
  ) AS asked
  JOIN rights_requests ON rights_requests.controller = ?1 AND rights_requests.id = asked.request
  WHERE rights_requests.status NOT IN ('withdrawn', 'denied', 'expired')";

/// Where a visitor stands. One who has made no choice has no record; what is asked in their name is then not looked up,
/// because nothing but the essential is granted to them.
#[derive(Default)]
pub(crate) struct Standing {
    pub(crate) record: Option<Record>,
    /// When it was asked last that nothing be sold or shared.
    pub(crate) opted_out: Option<Timestamp>,
}

/// Where a visitor of a site stands.
pub(crate) async fn standing(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
    visitor: &VisitorId,
) -> Result<Standing, Problem> {
    let database = Database::of_environment(environment)?;
    let statement = database.statement(
        &["SELECT ", COLUMNS, ", (", OPTED_OUT, ") AS opted_out FROM consent_records WHERE ", NEWEST_FIRST].concat(),
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), D1Type::Text(visitor.as_str())],
    )?;
    let Some(row) = database.first::<Row>(statement).await? else { return Ok(Standing::default()) };
    let opted_out = row.opted_out;
    Ok(Standing { record: Some(Record::try_from(row)?), opted_out })
}
