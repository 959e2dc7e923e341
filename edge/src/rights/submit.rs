//! A request comes in: through the form, from staff, or from somebody who has proven the address already.
//!
//! Whoever files hears the same, whether the address is known or not: nothing here looks it up before it is proven. One batch
//! makes the link, if the address has not had too many; the request, if there is a link; and everything else, if there is a
//! request.

use nod_core::{
    id::RightsRequestId,
    link::Token,
    region::Region,
    rights::{self, Kind, Origin, Transition},
    seal::ShredKey,
    site::Site,
    time::Timestamp,
};
use serde::de::IgnoredAny;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{
    act::Desk,
    attempt::{Attempt, Guard},
    contact::Contact,
    letters::{self, Letters, Sender},
    links::{self, Purpose},
    proof::Standing,
    said::{self, Said},
    stored::{self, Request},
};
use crate::{
    clock,
    database::{first_row, optional_text, optional_time, time},
    http::Problem,
    keys::{self, shred},
};

/// What is filed.
pub(crate) struct Filing<'a> {
    pub(crate) site: &'a Site,
    pub(crate) kind: Kind,
    pub(crate) contact: &'a Contact,
    pub(crate) said: Said,
    pub(crate) locale: String,
    pub(crate) region: Option<Region>,
    pub(crate) origin: Origin,
    /// When it arrived: now, but for what staff enter.
    pub(crate) received_at: Timestamp,
    /// Whether the address is proven: by a session, or because staff say so.
    pub(crate) is_verified: bool,
    /// Who asks, as the limits know them.
    pub(crate) network: &'a str,
}

/// What the row is made of beside the filing.
struct Prepared {
    request: Request,
    transition: Transition,
    token: Token,
    purpose: Purpose,
    /// Who it is, where that is proven.
    standing: Option<Standing>,
}

impl Desk<'_> {
    /// Files a request. Nothing comes of it where the address has had too many mails.
    pub(crate) async fn file(&self, filing: &Filing<'_>) -> Result<Option<RightsRequestId>, Problem> {
        let id = RightsRequestId::from_random(keys::random()?);
        let needs_proof = filing.kind.needs_verification() && !filing.is_verified;
        let seconds = if needs_proof { said::UNVERIFIED } else { said::VERIFIED };
        let name = said::key_name(self.controller, &id);
        let key = shred::create(self.environment, &name, seconds).await?;
        for _ in 0..super::act::TRIES {
            let prepared = self.prepare(filing, &id, &key).await?;
            match self.commit(filing, &prepared, &key).await {
                Ok(true) => return Ok(Some(id)),
                Ok(false) => break,
                // The same was asked and proven at this moment: then this is its duplicate.
                Err(problem) if prepared.standing.is_some() && problem.name() == "database-unavailable" => {}
                Err(problem) => return Err(problem),
            }
        }
        shred::forget(self.environment, &name).await?;
        Ok(None)
    }

    async fn prepare(&self, filing: &Filing<'_>, id: &RightsRequestId, key: &ShredKey) -> Result<Prepared, Problem> {
        let place = super::place(self.database, self.controller).await?;
        let law = rights::governing(filing.region.as_ref());
        let standing =
            if filing.is_verified { Some(Standing::of(self, filing.contact, filing.kind).await?) } else { None };
        let rules = rights::Filing {
            kind: filing.kind,
            origin: filing.origin,
            law,
            calendar: law.calendar_at(place.as_ref()),
            verified: filing.is_verified,
            duplicate_of: standing.as_ref().and_then(|found| found.rival.clone()),
        };
        let transition = rights::submit(&rules, filing.received_at);
        let needs_proof = filing.kind.needs_verification() && standing.is_none();
        let purpose = if needs_proof { Purpose::Verify } else { Purpose::Status };
        let request = Request {
            sealed: Some(filing.said.seal(key, self.controller, id)?),
            site: Some(filing.site.key.clone()),
            region: filing.region.as_ref().map(ToString::to_string),
            locale: filing.locale.clone(),
            expires_at: needs_proof.then(|| transition.state.expires_at()),
            ..Request::of(id.clone(), &transition.state)
        };
        Ok(Prepared { request, transition, token: Token::new(&keys::random()?), purpose, standing })
    }

    /// Whether it was taken.
    async fn commit(&self, filing: &Filing<'_>, prepared: &Prepared, key: &ShredKey) -> Result<bool, Problem> {
        let Prepared { request, transition, token, purpose, standing } = prepared;
        let attempt = Attempt::new(self.database, self.controller, Guard::Request)?;
        let until = match purpose {
            Purpose::Verify => transition.state.expires_at(),
            _ => clock::later(self.now, links::TO_SEE),
        };
        let link = links::New {
            token,
            purpose: *purpose,
            site: &filing.site.key,
            request: Some(&request.id),
            contact: filing.contact,
            network: filing.network,
            now: self.now,
            expires_at: until,
        };
        let mut batch = vec![link.insert(&attempt)?];
        if let Some(standing) = standing {
            batch.push(filing.contact.insert(&attempt, Guard::Link, &standing.identity, self.now)?);
        }
        batch.push(insert(&attempt, filing, prepared)?);
        batch.push(attempt.journal(&self.entries(filing, prepared))?);
        if filing.kind.is_opt_out() {
            batch.push(self.opt_out(&attempt, filing, &request.id)?);
        }
        batch.extend(self.work(&attempt, &request.id, transition.work)?);
        let sender = Sender::of(self.database, self.controller, Some(&filing.site.key)).await?;
        let letters = Letters {
            environment: self.environment,
            sender: &sender,
            request,
            state: &transition.state,
            said: &filing.said,
            token: Some((token, *purpose)),
        };
        for kind in transition.mails.iter().filter_map(|mail| letters::kind(*mail, &filing.said)) {
            batch.extend(letters.post(&attempt, key, kind, None).await?);
        }
        batch.push(self.database.statement(
            "SELECT 1 AS taken FROM rights_requests WHERE controller = ?1 AND effect = ?2",
            &[D1Type::Text(self.controller.as_str()), D1Type::Text(attempt.effect.as_str())],
        )?);
        let results = self.database.results(batch).await?;
        Ok(results.last().map(first_row::<IgnoredAny>).transpose()?.flatten().is_some())
    }

    fn entries(&self, filing: &Filing<'_>, prepared: &Prepared) -> Vec<nod_core::journal::Entry> {
        let Prepared { request, transition, .. } = prepared;
        let detail = json!({
            "kind": filing.kind.name(), "law": transition.state.law.id, "origin": filing.origin.name(),
            "due_at": transition.state.clock.due_at, "duplicate_of": transition.state.duplicate_of,
        });
        vec![self.entry(&request.id, transition.journal, detail)]
    }

    /// What an opt-out holds for: the browser that it came from. The person's identity is put in by whoever proves the address.
    fn opt_out(
        &self,
        attempt: &Attempt<'_>,
        filing: &Filing<'_>,
        id: &RightsRequestId,
    ) -> Result<D1PreparedStatement, Problem> {
        attempt.guarded(
            "INSERT INTO opt_outs (controller, id, request, kind, site, identity, visitor, at)
             SELECT ?1, ?3, ?3, ?4, ?5, NULL, ?6, ?7 WHERE",
            vec![
                D1Type::Text(id.as_str()),
                D1Type::Text(filing.kind.name()),
                D1Type::Text(filing.site.key.as_str()),
                optional_text(filing.said.visitor.as_deref()),
                time(self.now),
            ],
        )
    }
}

/// The statement that makes the row, behind its link.
fn insert(attempt: &Attempt<'_>, filing: &Filing<'_>, prepared: &Prepared) -> Result<D1PreparedStatement, Problem> {
    let Prepared { request, transition, .. } = prepared;
    let columns = stored::columns(&transition.state);
    let sql = [
        "INSERT INTO rights_requests (controller, effect, id, site, region, locale, contact, contact_mark, sealed,
           orders, expires_at",
        &stored::names(&columns),
        ") SELECT ?1, ?2, ?3, ?4, ?5, ?6, identities.id, ?7, ?8, '[]', ?9",
        &stored::values(&columns, "?10"),
        " FROM (SELECT 1) LEFT JOIN identities ON identities.controller = ?1 AND ?11 IS NOT NULL
            AND identities.pseudonym IN (SELECT value FROM json_each(?11))
          WHERE ",
        Guard::Link.took_effect(),
        " LIMIT 1",
    ]
    .concat();
    let marks = filing.contact.marks()?;
    // Once it is proven whose address it is, the identity says so, which follows new keys.
    let is_proven = prepared.standing.is_some();
    let mark = if is_proven { None } else { Some(filing.contact.mark()?) };
    attempt.statement(
        &sql,
        vec![
            D1Type::Text(request.id.as_str()),
            D1Type::Text(filing.site.key.as_str()),
            optional_text(request.region.as_deref()),
            D1Type::Text(&request.locale),
            optional_text(mark.as_deref()),
            optional_text(request.sealed.as_deref()),
            optional_time(request.expires_at),
            D1Type::Text(&columns.to_string()),
            optional_text(is_proven.then_some(marks.as_str())),
        ],
    )
}
