//! An address is proven: its request counts from now on, or is the duplicate of one that does.
//!
//! The link is taken in the batch that changes the request, so of any number of clicks one has effects. Two requests that are
//! proven at the same moment cannot both count: the database has one active request of a person and kind, and whoever comes second asks again.

use nod_core::{
    id::{ControllerId, IdentityId, RightsRequestId},
    journal::{Action, Actor, Entry},
    link::Token,
    rights::{
        self, Event, Kind, Party, Transition,
        duplicates::{Candidate, rival},
    },
    seal::ShredKey,
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{
    act::{By, Desk, TRIES},
    attempt::{Attempt, Guard},
    contact::Contact,
    letters::{self, Letters, Sender},
    links::{self, Link, Purpose},
    said::{self, Said},
    session::{Beginning, Subject},
    stored::{self, Request},
};
use crate::{
    clock,
    database::{Database, first_row},
    environment::Environment,
    http::Problem,
    keys::{self, shred},
};

/// Why a link does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotProven {
    /// There is no such link, or it has ended.
    Unknown,
    /// It was used before.
    Used,
}

/// What a link proved.
pub(crate) struct Proven {
    pub(crate) controller: ControllerId,
    pub(crate) request: Option<RightsRequestId>,
    pub(crate) session: Beginning,
    pub(crate) subject: Subject,
}

impl Proven {
    pub(super) fn new(link: &Link, request: Option<RightsRequestId>, session: Beginning, contact: Contact) -> Self {
        let subject = Subject {
            controller: link.controller.clone(),
            site: link.site.clone(),
            email: contact.address,
            id: session.id.to_string(),
        };
        Self { controller: link.controller.clone(), request, session, subject }
    }
}

/// Who somebody is, and whether the same was asked before.
pub(super) struct Standing {
    pub(super) identity: IdentityId,
    pub(super) rival: Option<RightsRequestId>,
}

impl Standing {
    /// Only verified requests are looked at.
    pub(super) async fn of(desk: &Desk<'_>, contact: &Contact, kind: Kind) -> Result<Self, Problem> {
        let Some(identity) = contact.identity(desk.database, desk.controller).await? else {
            return Ok(Self { identity: IdentityId::from_random(keys::random()?), rival: None });
        };
        let candidates = candidates(desk, &identity, kind).await?;
        let rival = rival(&candidates, &identity, kind).map(|found| found.id.clone());
        Ok(Self { identity, rival })
    }
}

async fn candidates(desk: &Desk<'_>, identity: &IdentityId, kind: Kind) -> Result<Vec<Candidate>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        id: RightsRequestId,
        contact: Option<IdentityId>,
        status: String,
        verified_at: Option<Timestamp>,
    }
    let statement = desk.database.statement(
        "SELECT id, contact, status, verified_at FROM rights_requests
         WHERE controller = ?1 AND contact = ?2 AND kind = ?3 AND status IN ('received', 'in_progress', 'on_hold')",
        &[D1Type::Text(desk.controller.as_str()), D1Type::Text(identity.as_str()), D1Type::Text(kind.name())],
    )?;
    let rows = desk.database.all::<Row>(statement).await?.into_iter();
    let candidate = |row: Row| {
        let status = rights::Status::parse(&row.status)?;
        Some(Candidate { id: row.id, contact: row.contact, kind, status, verified_at: row.verified_at })
    };
    Ok(rows.filter_map(candidate).collect())
}

/// The same asked of a request that is there: what would be answered instead of an appeal.
async fn open_rival(desk: &Desk<'_>, request: &Request) -> Result<Option<RightsRequestId>, Problem> {
    let (Some(contact), Some(kind)) = (&request.contact, Kind::parse(&request.kind)) else { return Ok(None) };
    let candidates = candidates(desk, contact, kind).await?;
    Ok(rival(&candidates, contact, kind).map(|found| found.id.clone()))
}

/// A click on the link of a request.
pub(crate) async fn verify(
    environment: &Environment,
    database: &Database,
    token: &Token,
) -> Result<Result<Proven, NotProven>, Problem> {
    let now = clock::now()?;
    for _ in 0..TRIES {
        let found = links::find(database, token, now).await?.filter(|link| link.is(Purpose::Verify));
        let Some(link) = found else { return Ok(Err(NotProven::Unknown)) };
        if link.used_at.is_some() {
            return Ok(Err(NotProven::Used));
        }
        let desk = Desk { environment, database, controller: &link.controller, by: By::Subject, now };
        let Some(proof) = Proof::read(&desk, &link, token).await? else { return Ok(Err(NotProven::Unknown)) };
        match proof.commit(&desk, &link).await {
            Ok(Some(session)) => {
                return Ok(Ok(Proven::new(&link, Some(proof.request.id), session, proof.contact)));
            }
            // Somebody was faster: with this link, or with the same request by another.
            Ok(None) => {}
            Err(problem) if problem.name() == "database-unavailable" => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(Problem::still_changing())
}

/// Everything that a proof changes.
struct Proof<'a> {
    token: &'a Token,
    request: Request,
    contact: Contact,
    standing: Standing,
    transition: Transition,
    said: Said,
    key: ShredKey,
}

impl<'a> Proof<'a> {
    async fn read(desk: &Desk<'_>, link: &Link, token: &'a Token) -> Result<Option<Self>, Problem> {
        let Some(id) = &link.request else { return Ok(None) };
        let Some(request) = stored::get(desk.database, desk.controller, id).await? else { return Ok(None) };
        let Some(address) = link.address(token)? else { return Ok(None) };
        let Some(contact) = Contact::read(desk.environment, desk.controller, &address)? else { return Ok(None) };
        let state = request.state()?;
        let standing = Standing::of(desk, &contact, state.kind).await?;
        let event = Event::Verified { duplicate_of: standing.rival.clone() };
        let Ok(transition) = rights::apply(&state, &event, Party::Subject, desk.now) else { return Ok(None) };
        let (Some(key), Some(sealed)) =
            (said::key(desk.environment, desk.controller, id).await?, request.sealed.as_deref())
        else {
            return Ok(None);
        };
        let said = Said::open(&key, desk.controller, id, sealed)?;
        // Before it counts: its key must outlast the days of a request that nobody verified.
        shred::keep(desk.environment, &said::key_name(desk.controller, id), &key, said::VERIFIED).await?;
        Ok(Some(Self { token, request, contact, standing, transition, said, key }))
    }

    /// The session, if this is what took the link.
    async fn commit(&self, desk: &Desk<'_>, link: &Link) -> Result<Option<Beginning>, Problem> {
        let attempt = Attempt::new(desk.database, desk.controller, Guard::Request)?;
        let session = Beginning::new()?;
        let detail = match &self.standing.rival {
            Some(rival) => json!({"duplicate_of": rival}),
            None => json!({}),
        };
        let entries = [desk.entry(&self.request.id, self.transition.journal, detail), desk.signed_in(&session)];
        let mut batch = vec![
            self.take(&attempt, desk.now)?,
            self.contact.insert(&attempt, Guard::Link, &self.standing.identity, desk.now)?,
            self.update(&attempt)?,
            name(&attempt)?,
            attempt.journal(&entries)?,
            session.insert(&attempt, &link.site, &self.contact, desk.now)?,
        ];
        batch.extend(desk.work(&attempt, &self.request.id, self.transition.work)?);
        let sender = Sender::of(desk.database, desk.controller, self.request.site.as_ref()).await?;
        let letters = Letters {
            environment: desk.environment,
            sender: &sender,
            request: &self.request,
            state: &self.transition.state,
            said: &self.said,
            token: None,
        };
        for kind in self.transition.mails.iter().filter_map(|mail| letters::kind(*mail, &self.said)) {
            batch.extend(letters.post(&attempt, &self.key, kind, None).await?);
        }
        let results = desk.database.results(batch).await?;
        let taken = results.get(2).map(first_row::<stored::Id>).transpose()?.flatten();
        Ok(taken.map(|_| session))
    }

    /// The link is used, if the request still is what was read.
    fn take(&self, attempt: &Attempt<'_>, now: Timestamp) -> Result<D1PreparedStatement, Problem> {
        links::take(attempt, self.token, now, clock::later(now, links::TO_SEE), Some(&self.request))
    }

    fn update(&self, attempt: &Attempt<'_>) -> Result<D1PreparedStatement, Problem> {
        let columns = stored::columns(&self.transition.state);
        let sql = [
            "UPDATE rights_requests SET ",
            &stored::set(&columns, "?5"),
            "contact = (SELECT identities.id FROM json_each(?6) AS mark CROSS JOIN identities
                          ON identities.controller = ?1 AND identities.pseudonym = mark.value ORDER BY mark.key LIMIT 1),
             contact_mark = NULL, expires_at = NULL, version = version + 1, effect = ?2
             WHERE controller = ?1 AND id = ?3 AND version = ?4 AND ",
            Guard::Link.took_effect(),
            " RETURNING id",
        ]
        .concat();
        attempt.statement(
            &sql,
            vec![
                D1Type::Text(self.request.id.as_str()),
                D1Type::Integer(self.request.version()),
                D1Type::Text(&columns.to_string()),
                D1Type::Text(&self.contact.marks()?),
            ],
        )
    }
}

/// The identity is named by the request, as a platform's are.
fn name(attempt: &Attempt<'_>) -> Result<D1PreparedStatement, Problem> {
    attempt.statement(
        "INSERT INTO rights_request_identities (controller, request, identity)
         SELECT controller, id, contact FROM rights_requests
         WHERE controller = ?1 AND effect = ?2 AND contact IS NOT NULL ON CONFLICT DO NOTHING",
        Vec::new(),
    )
}

impl Desk<'_> {
    /// An appeal, with what would be answered instead of it.
    pub(crate) async fn with_rival(&self, event: Event, request: &Request) -> Result<Event, Problem> {
        Ok(match event {
            Event::Appealed { .. } => Event::Appealed { open: open_rival(self, request).await? },
            other => other,
        })
    }

    /// The entry of a session that begins.
    pub(super) fn signed_in(&self, session: &Beginning) -> Entry {
        Entry {
            controller: self.controller.clone(),
            at: self.now,
            actor: Actor::Subject,
            action: Action::SubjectSignedIn,
            object: session.id.to_string(),
            detail: json!({}),
        }
    }
}
