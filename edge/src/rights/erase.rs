//! A person is erased from everything that Nod holds, in one batch with the transition that says so.
//!
//! Identities go with their pseudonyms, and so does all that names them: observations, permissions, links of browsers, changes,
//! splits. Records of choices go where the browser is nobody else's too. Of the person's requests stays that there was one and what
//! became of it, without the person: that is the controller's proof. What was sealed is deleted, and its keys after it, for copies of the
//! database hold it still. An opt-out of a browser stays under the browser's random name, which only the browser knows: without it
//! the person's data would be sold again. Permissions that were taken back go too; nobody is left to write to.

use nod_core::{
    id::{ControllerId, RightsRequestId, SiteKey, VisitorId},
    journal::{Action, Actor, Entry},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, reach::Reach, shred};
use crate::{
    database::{self, Database, time},
    http::Problem,
    identity::{CHANGES, SPLITS},
};

/// What is to be erased, as it was read. What comes meanwhile under the same identities goes too.
pub(super) struct Erasure {
    reach: Reach,
    requests: Vec<Request>,
    /// By what addresses links and sessions are known.
    marks: Vec<String>,
    visitors: Vec<Visitor>,
    observations: Vec<String>,
    consents: Vec<String>,
    changes: Vec<String>,
    splits: Vec<String>,
}

/// A request of the person's.
#[derive(Deserialize)]
struct Request {
    id: RightsRequestId,
    /// Its address was proven, or a platform named the person: what anybody typed stands in nobody's way.
    is_proven: u8,
    is_active: u8,
    kind: String,
    legal_hold: u8,
}

/// A browser that is this person's alone.
#[derive(Deserialize, serde::Serialize)]
struct Visitor {
    site: SiteKey,
    visitor: VisitorId,
}

const REQUESTS: &str = "
  SELECT id, kind, legal_hold, status IN ('received', 'in_progress', 'on_hold') AS is_active,
         contact IS NOT NULL OR origin = 'platform' AS is_proven
  FROM rights_requests
  WHERE controller = ?1
    AND id IN (SELECT other.id FROM json_each(?2) AS one CROSS JOIN rights_requests AS other
               ON other.controller = ?1 AND other.contact = one.value
               UNION SELECT other.id FROM json_each(?3) AS mark CROSS JOIN rights_requests AS other
               ON other.controller = ?1 AND other.contact_mark = mark.value
               UNION SELECT mine.request FROM json_each(?2) AS one CROSS JOIN rights_request_identities AS mine
               ON mine.controller = ?1 AND mine.identity = one.value
               WHERE NOT EXISTS (SELECT 1 FROM rights_request_identities AS other
                                 WHERE other.controller = ?1 AND other.request = mine.request
                                   AND other.identity NOT IN (SELECT value FROM json_each(?2))))
  LIMIT 1000";

const VISITORS: &str = "
  SELECT DISTINCT link.site, link.visitor FROM json_each(?2) AS one CROSS JOIN visitor_identities AS link INDEXED BY visitor_identities_by_identity
  ON link.controller = ?1 AND link.identity = one.value
  WHERE NOT EXISTS (SELECT 1 FROM visitor_identities AS other
                    WHERE other.controller = ?1 AND other.site = link.site AND other.visitor = link.visitor
                      AND other.identity NOT IN (SELECT value FROM json_each(?2)))";

const MARKS: &str = "
  SELECT pseudonym AS id FROM json_each(?2) AS one CROSS JOIN identities
  ON identities.controller = ?1 AND identities.id = one.value WHERE kind = 'email'
  UNION SELECT contact_mark FROM json_each(?2) AS one CROSS JOIN rights_requests AS request
  ON request.controller = ?1 AND request.contact = one.value WHERE contact_mark IS NOT NULL";

const OBSERVATIONS: &str = "
  SELECT DISTINCT observation AS id FROM json_each(?2) AS one CROSS JOIN observation_identities AS link
  ON link.controller = ?1 AND link.identity = one.value";

const CONSENTS: &str = "
  SELECT DISTINCT consent AS id FROM json_each(?2) AS one CROSS JOIN subject_consent_identities AS link
  ON link.controller = ?1 AND link.identity = one.value";

impl Erasure {
    /// Reads what there is.
    pub(super) async fn of(database: &Database, controller: &ControllerId, reach: Reach) -> Result<Self, Problem> {
        let identities = reach.list()?;
        let of_person =
            |sql: &str| database.statement(sql, &[D1Type::Text(controller.as_str()), D1Type::Text(&identities)]);
        let marks = ids(database, of_person(MARKS)?).await?;
        let requests = database.statement(
            REQUESTS,
            &[D1Type::Text(controller.as_str()), D1Type::Text(&identities), D1Type::Text(&database::json(&marks)?)],
        )?;
        Ok(Self {
            requests: database.all(requests).await?,
            visitors: database.all(of_person(VISITORS)?).await?,
            observations: ids(database, of_person(OBSERVATIONS)?).await?,
            consents: ids(database, of_person(CONSENTS)?).await?,
            changes: ids(database, of_person(&CHANGES.touching())?).await?,
            splits: ids(database, of_person(&SPLITS.touching())?).await?,
            marks,
            reach,
        })
    }

    /// Whether one of the person's requests has the data kept.
    pub(super) fn is_held_by_law(&self) -> bool {
        self.requests.iter().any(|request| request.is_proven != 0 && request.legal_hold != 0)
    }

    /// Whether something else was asked that is not answered, and afterwards could not be.
    pub(super) fn would_end_another_request(&self) -> bool {
        self.requests
            .iter()
            .any(|request| request.is_proven != 0 && request.is_active != 0 && request.kind != "deletion")
    }

    /// The statements, behind the transition of the request that is met by them.
    pub(super) fn statements(
        &self,
        attempt: &Attempt<'_>,
        request: &RightsRequestId,
        now: Timestamp,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut requests: Vec<&RightsRequestId> = self.requests.iter().map(|request| &request.id).collect();
        if !requests.contains(&request) {
            requests.push(request);
        }
        let requests = database::json(&requests)?;
        let mut batch = self.of_requests(attempt, request, &requests)?;
        batch.extend(self.of_visitors(attempt, request, now)?);
        batch.extend(self.of_identities(attempt)?);
        batch.push(attempt.guarded(
            "UPDATE rights_requests SET contact = NULL, contact_mark = NULL, sealed = NULL, denial_note = NULL,
                    external_reference = NULL, orders = '[]', erased_at = ?4, version = version + 1
             WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3)) AND",
            vec![D1Type::Text(&requests), time(now)],
        )?);
        batch.push(attempt.guarded(
            "DELETE FROM identities WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3)) AND",
            vec![D1Type::Text(&self.reach.list()?)],
        )?);
        batch.push(shred::later(attempt, &requests, now)?);
        Ok(batch)
    }

    /// What was said and sent. The mail that says that it is done waits in the same batch; it goes, and then its key.
    fn of_requests(
        &self,
        attempt: &Attempt<'_>,
        request: &RightsRequestId,
        requests: &str,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let of_them = "request IN (SELECT value FROM json_each(?3)) AND";
        let mut batch = Vec::new();
        for sql in [
            "DELETE FROM rights_file_parts WHERE controller = ?1 AND file IN
               (SELECT id FROM rights_files INDEXED BY rights_files_by_request WHERE controller = ?1 AND request IN (SELECT value FROM json_each(?3))) AND",
            &["DELETE FROM rights_files INDEXED BY rights_files_by_request WHERE controller = ?1 AND ", of_them].concat(),
            &["DELETE FROM rights_messages WHERE controller = ?1 AND ", of_them].concat(),
            &["UPDATE rights_tasks SET note = NULL, next_at = NULL WHERE controller = ?1 AND ", of_them].concat(),
            &["UPDATE links INDEXED BY links_by_request SET mark = NULL, sealed = NULL WHERE controller = ?1 AND ", of_them].concat(),
        ] {
            batch.push(attempt.guarded(sql, vec![D1Type::Text(requests)])?);
        }
        let marks = database::json(&self.marks)?;
        for sql in [
            "UPDATE links INDEXED BY links_by_mark SET mark = NULL, sealed = NULL
             WHERE controller = ?1 AND mark IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM subject_sessions INDEXED BY subject_sessions_by_mark WHERE controller = ?1 AND mark IN (SELECT value FROM json_each(?3)) AND",
        ] {
            batch.push(attempt.guarded(sql, vec![D1Type::Text(&marks)])?);
        }
        batch.push(attempt.guarded(
            "DELETE FROM mail_outbox INDEXED BY mail_outbox_by_request WHERE controller = ?1 AND request IN (SELECT value FROM json_each(?3))
             AND request <> ?4 AND",
            vec![D1Type::Text(requests), D1Type::Text(request.as_str())],
        )?);
        Ok(batch)
    }

    /// Browsers that are nobody else's: their records may be deleted while [`erasures`](../migrations) names them.
    fn of_visitors(
        &self,
        attempt: &Attempt<'_>,
        request: &RightsRequestId,
        now: Timestamp,
    ) -> Result<[D1PreparedStatement; 3], Problem> {
        let visitors = database::json(&self.visitors)?;
        Ok([
            attempt.guarded(
                "INSERT OR IGNORE INTO erasures (controller, visitor, request, at)
                 SELECT ?1, value ->> 'visitor', ?4, ?5 FROM json_each(?3) WHERE",
                vec![D1Type::Text(&visitors), D1Type::Text(request.as_str()), time(now)],
            )?,
            attempt.guarded(
                "DELETE FROM consent_records WHERE controller = ?1
                 AND (site, visitor) IN (SELECT value ->> 'site', value ->> 'visitor' FROM json_each(?3)) AND",
                vec![D1Type::Text(&visitors)],
            )?,
            attempt.guarded(
                "DELETE FROM erasures WHERE controller = ?1 AND request = ?3 AND",
                vec![D1Type::Text(request.as_str())],
            )?,
        ])
    }

    /// Everything that names the person. A delivery stays, so that a captured one cannot come back, without its body's hash.
    fn of_identities(&self, attempt: &Attempt<'_>) -> Result<Vec<D1PreparedStatement>, Problem> {
        let identities = self.reach.list()?;
        let mut batch = Vec::new();
        for (sql, list) in [
            ("UPDATE deliveries SET body = NULL WHERE controller = ?1 AND id IN
                (SELECT delivery FROM observations WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3))) AND",
             &self.observations),
            ("UPDATE deliveries SET body = NULL WHERE controller = ?1 AND id IN
                (SELECT delivery FROM subject_consents WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3))) AND",
             &self.consents),
        ] {
            batch.push(attempt.guarded(sql, vec![D1Type::Text(&database::json(list)?)])?);
        }
        for sql in [
            "DELETE FROM observation_identities WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM subject_consent_identities WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM visitor_identities INDEXED BY visitor_identities_by_identity WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM rights_request_identities WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM subject_change_identities INDEXED BY subject_change_identities_by_identity WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM split_identities INDEXED BY split_identities_by_identity WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
            "DELETE FROM opt_outs INDEXED BY opt_outs_by_identity WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND visitor IS NULL AND",
            "UPDATE opt_outs INDEXED BY opt_outs_by_identity SET identity = NULL WHERE controller = ?1 AND identity IN (SELECT value FROM json_each(?3)) AND",
        ] {
            batch.push(attempt.guarded(sql, vec![D1Type::Text(&identities)])?);
        }
        for (sql, list) in [
            (
                "DELETE FROM observations WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3))
              AND NOT EXISTS (SELECT 1 FROM observation_identities AS link
                              WHERE link.controller = ?1 AND link.observation = observations.id) AND",
                &self.observations,
            ),
            (
                "DELETE FROM subject_consents WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?3))
              AND NOT EXISTS (SELECT 1 FROM subject_consent_identities AS link
                              WHERE link.controller = ?1 AND link.consent = subject_consents.id) AND",
                &self.consents,
            ),
            (
                "DELETE FROM outbox WHERE controller = ?1 AND kind = 'reckon' AND object IN (SELECT value FROM json_each(?3)) AND",
                &self.observations,
            ),
        ] {
            batch.push(attempt.guarded(sql, vec![D1Type::Text(&database::json(list)?)])?);
        }
        for (remnant, list) in [(&CHANGES, &self.changes), (&SPLITS, &self.splits)] {
            for sql in remnant.end() {
                // Its list is the second argument; here that is the attempt.
                let sql = [&sql.replace("?2", "?3"), " AND"].concat();
                batch.push(attempt.guarded(&sql, vec![D1Type::Text(&database::json(list)?)])?);
            }
        }
        Ok(batch)
    }

    /// What the journal says: how much, and nothing of whom.
    pub(super) fn entry(&self, controller: &ControllerId, request: &RightsRequestId, at: Timestamp) -> Entry {
        Entry {
            controller: controller.clone(),
            at,
            actor: Actor::System,
            action: Action::RightsRequestErased,
            object: request.to_string(),
            detail: json!({
                "identities": self.reach.identities.len(), "observations": self.observations.len(),
                "permissions": self.consents.len(), "visitors": self.visitors.len(), "requests": self.requests.len(),
                "is_partial": self.reach.is_partial,
            }),
        }
    }
}

async fn ids(database: &Database, statement: D1PreparedStatement) -> Result<Vec<String>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    Ok(database.all::<Row>(statement).await?.into_iter().map(|row| row.id).collect())
}
