//! What Nod holds of a person, as the tables of a package. Each query gives rows with one value for each of its topic's columns.

use nod_core::{
    id::{ControllerId, RightsRequestId, SiteKey},
    locale::negotiate,
    rights::package::{Table, Topic},
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::D1Type;

use super::reach::Reach;
use crate::{database::Database, environment::Environment, http::Problem, site};

/// Rows of one table. It is bounded so that the Worker's memory is; what is left out is said.
const MOST: usize = 5000;

const IDENTITIES: &str = "
  SELECT json_array(kind, pseudonym, created_at) AS cells
  FROM json_each(?2) AS one CROSS JOIN identities ON identities.controller = ?1 AND identities.id = one.value
  WHERE ?3 IS NOT NULL ORDER BY created_at LIMIT ?4";

const OBSERVATIONS: &str = "
  SELECT json_array(connections.label, deliveries.event, observed_at,
                    json((SELECT json_group_array(DISTINCT kind) FROM observation_identities AS link
                          CROSS JOIN identities ON identities.controller = ?1 AND identities.id = link.identity
                          WHERE link.controller = ?1 AND link.observation = found.id
                            AND link.identity IN (SELECT value FROM json_each(?2)))),
                    json(deliveries.classes)) AS cells
  FROM (SELECT DISTINCT observation AS id FROM json_each(?2) AS one CROSS JOIN observation_identities AS link
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN observations ON observations.controller = ?1 AND observations.id = found.id
  CROSS JOIN deliveries ON deliveries.controller = ?1 AND deliveries.id = observations.delivery
  CROSS JOIN connections ON connections.controller = ?1 AND connections.id = observations.connection
  WHERE ?3 IS NOT NULL ORDER BY observed_at DESC, found.id LIMIT ?4";

const PERMISSIONS: &str = "
  SELECT json_array(connections.label, channel, purpose, granted, decided_at) AS cells
  FROM (SELECT DISTINCT consent AS id FROM json_each(?2) AS one CROSS JOIN subject_consent_identities AS link
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN subject_consents ON subject_consents.controller = ?1 AND subject_consents.id = found.id
  CROSS JOIN connections ON connections.controller = ?1 AND connections.id = subject_consents.connection
  WHERE ?3 IS NOT NULL ORDER BY decided_at DESC, found.id LIMIT ?4";

const BROWSERS: &str = "
  SELECT json_array(link.site, link.visitor, MIN(link.first_seen_at)) AS cells
  FROM json_each(?2) AS one CROSS JOIN visitor_identities AS link INDEXED BY visitor_identities_by_identity
  ON link.controller = ?1 AND link.identity = one.value
  WHERE ?3 IS NOT NULL GROUP BY link.site, link.visitor ORDER BY MIN(link.first_seen_at) LIMIT ?4";

const CHOICES: &str = "
  SELECT json_array(id, record.site, record.visitor, recorded_at, action, json(purposes), json(vendors), notice_version,
                    regime, region, gpc, locale, surface) AS cells
  FROM (SELECT DISTINCT link.site, link.visitor FROM json_each(?2) AS one CROSS JOIN visitor_identities AS link INDEXED BY visitor_identities_by_identity
        ON link.controller = ?1 AND link.identity = one.value) AS found
  CROSS JOIN consent_records AS record
  ON record.controller = ?1 AND record.site = found.site AND record.visitor = found.visitor
  WHERE ?3 IS NOT NULL ORDER BY recorded_at DESC, id LIMIT ?4";

const OPT_OUTS: &str = "
  SELECT json_array(kind, site, visitor, at) AS cells FROM opt_outs INDEXED BY opt_outs_by_identity
  WHERE controller = ?1 AND ?3 IS NOT NULL AND identity IN (SELECT value FROM json_each(?2))
  ORDER BY at DESC, id LIMIT ?4";

const REQUESTS: &str = "
  SELECT json_array(id, kind, status, received_at, closed_at) AS cells FROM rights_requests
  WHERE controller = ?1 AND id <> ?3
    AND id IN (SELECT other.id FROM json_each(?2) AS one CROSS JOIN rights_requests AS other
               ON other.controller = ?1 AND other.contact = one.value
               UNION SELECT request FROM json_each(?2) AS one CROSS JOIN rights_request_identities AS link
               ON link.controller = ?1 AND link.identity = one.value)
  ORDER BY received_at DESC, id LIMIT ?4";

/// In the order in which they are read.
const QUERIES: [(Topic, &str); 7] = [
    (Topic::Identities, IDENTITIES),
    (Topic::Observations, OBSERVATIONS),
    (Topic::Permissions, PERMISSIONS),
    (Topic::Browsers, BROWSERS),
    (Topic::Choices, CHOICES),
    (Topic::OptOuts, OPT_OUTS),
    (Topic::Requests, REQUESTS),
];

/// Everything that is kept of the person without being sealed.
pub(super) async fn tables(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
    reach: &Reach,
) -> Result<Vec<Table>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        cells: String,
    }
    let identities = reach.list()?;
    let limit = i32::try_from(MOST.saturating_add(1)).unwrap_or(i32::MAX);
    let mut tables = Vec::new();
    for (topic, sql) in QUERIES {
        let statement = database.statement(
            sql,
            &[
                D1Type::Text(controller.as_str()),
                D1Type::Text(&identities),
                D1Type::Text(request.as_str()),
                D1Type::Integer(limit),
            ],
        )?;
        let read = |row: Row| serde_json::from_str(&row.cells);
        let rows: Result<Vec<Vec<Value>>, _> = database.all(statement).await?.into_iter().map(read).collect();
        let mut rows = rows.map_err(|_| Problem::internal("rows about a person that cannot be read"))?;
        let has_more = rows.len() > MOST;
        rows.truncate(MOST);
        tables.push(Table { topic, rows, has_more });
    }
    Ok(tables)
}

/// What the site does with data, in the words of its notice, and where to write to.
pub(super) async fn uses(
    environment: &Environment,
    controller: &ControllerId,
    key: Option<&SiteKey>,
    locale: &str,
) -> Result<Option<(Table, String)>, Problem> {
    let Some(key) = key else { return Ok(None) };
    let Some(site) = site::of_controller(environment, controller, key).await? else { return Ok(None) };
    let notice = &site.notice;
    let tags = notice.words.keys().map(String::as_str);
    let spoken = negotiate(&[locale, &notice.default_locale], &tags).unwrap_or(&notice.default_locale);
    let words = notice.words.get(spoken);
    let row = |purpose: &nod_core::notice::Purpose| {
        let says = words.and_then(|words| words.purposes.get(&purpose.id));
        let vendors: Vec<&str> = notice.vendors_of(purpose).map(|vendor| vendor.name.as_str()).collect();
        vec![
            json!(site.key),
            says.map_or_else(|| json!(purpose.id), |says| json!(says.name)),
            json!(says.map(|says| &says.description)),
            json!(purpose.legal_basis),
            json!(purpose.retention_days),
            json!(vendors),
        ]
    };
    let table = Table { topic: Topic::Uses, rows: notice.purposes.iter().map(row).collect(), has_more: false };
    Ok(Some((table, notice.controller.contact.clone())))
}
