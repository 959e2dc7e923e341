//! One change of a request: what the rules make of it, as one batch of the row, the journal, the mails and what is left to do.

use nod_core::{
    id::{ControllerId, ItemId, RightsRequestId},
    journal::{Action, Actor, Entry},
    rights::{self, Event, Mail, Party, Refusal, Transition},
    seal::{Context, ShredKey},
    time::Timestamp,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use super::{
    answer::{self, Obstacle},
    attempt::{Attempt, Guard},
    letters::{self, Letters, Sender},
    said::{self, Said},
    stored::{self, Request},
};
use crate::{
    clock,
    database::{Database, first_row, optional_text, time},
    environment::Environment,
    http::Problem,
    keys,
    staff::Staff,
};

/// How often a change is tried that somebody else's comes before.
pub(super) const TRIES: usize = 3;

/// Who changes a request.
#[derive(Clone, Copy)]
pub(crate) enum By<'a> {
    Subject,
    Staff(&'a Staff),
    System,
}

impl By<'_> {
    pub(super) const fn party(self) -> Party {
        match self {
            Self::Subject => Party::Subject,
            Self::Staff(_) => Party::Staff,
            Self::System => Party::System,
        }
    }

    const fn actor(self) -> Actor {
        match self {
            Self::Subject => Actor::Subject,
            Self::Staff(_) => Actor::Staff,
            Self::System => Actor::System,
        }
    }

    const fn author(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Staff(_) => "staff",
            Self::System => "system",
        }
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// There is no such request, or it is somebody else's.
    Unknown,
    /// The rules do not have it.
    Refused(Refusal),
    /// It cannot be met yet.
    NotYet(Obstacle),
    /// The person was taken out of it: nothing can be said to anybody any more.
    Erased,
    /// It is closed: nothing can be added any more.
    Closed,
    /// Others keep changing it.
    Busy,
}

/// A change with what is said of it.
#[derive(Clone, Debug)]
pub(crate) struct Change<'a> {
    pub(crate) event: Event,
    /// What is written to the other side.
    pub(crate) message: Option<&'a str>,
}

/// Where a change is made, by whom, and when.
pub(crate) struct Desk<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) controller: &'a ControllerId,
    pub(crate) by: By<'a>,
    pub(crate) now: Timestamp,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        environment: &'a Environment,
        database: &'a Database,
        controller: &'a ControllerId,
        by: By<'a>,
    ) -> Result<Self, Problem> {
        Ok(Self { environment, database, controller, by, now: clock::now()? })
    }

    /// Changes a request. Who comes between is heard: then the rules are asked again, of what is there now.
    pub(crate) async fn change(
        &self,
        id: &RightsRequestId,
        change: &Change<'_>,
    ) -> Result<Result<Request, NotDone>, Problem> {
        for _ in 0..TRIES {
            let Some(request) = stored::get(self.database, self.controller, id).await? else {
                return Ok(Err(NotDone::Unknown));
            };
            match self.attempt(&request, change).await? {
                Ok(false) => {}
                Ok(true) => {
                    let changed = stored::get(self.database, self.controller, id).await?;
                    return Ok(changed.ok_or(NotDone::Unknown));
                }
                Err(why) => return Ok(Err(why)),
            }
        }
        Ok(Err(NotDone::Busy))
    }

    /// One attempt: whether the request still was what was read.
    async fn attempt(&self, request: &Request, change: &Change<'_>) -> Result<Result<bool, NotDone>, Problem> {
        let transition = match rights::apply(&request.state()?, &change.event, self.by.party(), self.now) {
            Ok(transition) => transition,
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        };
        let answer = match change.event {
            Event::Fulfilled => match answer::prepare(self, &request.id).await? {
                Ok(prepared) => Some(prepared),
                Err(obstacle) => return Ok(Err(NotDone::NotYet(obstacle))),
            },
            _ => None,
        };
        let key = match request.sealed {
            Some(_) => said::key(self.environment, self.controller, &request.id).await?,
            None => None,
        };
        // A message needs a place that can be forgotten.
        if change.message.is_some() && key.is_none() {
            return Ok(Err(NotDone::Erased));
        }
        let attempt = Attempt::new(self.database, self.controller, Guard::Request)?;
        let mut batch = vec![self.row(&attempt, request, &transition, change, key.as_ref())?];
        batch.extend(self.effects(&attempt, request, &transition, change, key.as_ref()).await?);
        // Behind the mail, which is written to the person whom an erasure takes out of the row.
        if let Some(answer) = answer {
            batch.push(attempt.journal(&answer.entries(self.controller))?);
            batch.extend(answer.statements(&attempt)?);
        }
        let results = self.database.results(batch).await?;
        let taken = results.first().map(first_row::<stored::Id>).transpose()?.flatten();
        Ok(Ok(taken.is_some()))
    }

    /// The row takes what the rules decided, if it is what was read. Only this statement decides whether anything happens.
    fn row(
        &self,
        attempt: &Attempt<'_>,
        request: &Request,
        transition: &Transition,
        change: &Change<'_>,
        key: Option<&ShredKey>,
    ) -> Result<D1PreparedStatement, Problem> {
        let columns = stored::columns(&transition.state);
        let note = match (&change.event, change.message, key) {
            (Event::Denied { .. }, Some(note), Some(key)) => {
                let place = Context::new("rights_requests", self.controller, request.id.as_str(), "denial_note");
                Some(said::seal(key, &place, note.as_bytes())?)
            }
            _ => request.denial_note.clone(),
        };
        let sql = [
            "UPDATE rights_requests SET ",
            &stored::set(&columns, "?5"),
            "denial_note = ?6, version = version + 1, effect = ?2
             WHERE controller = ?1 AND id = ?3 AND version = ?4 RETURNING id",
        ]
        .concat();
        attempt.statement(
            &sql,
            vec![
                D1Type::Text(request.id.as_str()),
                D1Type::Integer(request.version()),
                D1Type::Text(&columns.to_string()),
                optional_text(note.as_deref()),
            ],
        )
    }

    /// What goes with it.
    async fn effects(
        &self,
        attempt: &Attempt<'_>,
        request: &Request,
        transition: &Transition,
        change: &Change<'_>,
        key: Option<&ShredKey>,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut batch = vec![attempt.journal(&[self.entry(&request.id, transition.journal, detail(change))])?];
        if let (Some(text), Some(key), false) = (change.message, key, matches!(change.event, Event::Denied { .. })) {
            batch.push(self.message(attempt, &request.id, text, key)?);
        }
        batch.extend(self.work(attempt, &request.id, transition.work)?);
        if let (Some(key), Some(sealed)) = (key, &request.sealed) {
            let said = Said::open(key, self.controller, &request.id, sealed)?;
            let sender = Sender::of(self.database, self.controller, request.site.as_ref()).await?;
            let letters = Letters {
                environment: self.environment,
                sender: &sender,
                request,
                state: &transition.state,
                said: &said,
                token: None,
            };
            for kind in mails(change, transition).filter_map(|mail| letters::kind(mail, &said)) {
                batch.extend(letters.post(attempt, key, kind, change.message).await?);
            }
        }
        Ok(batch)
    }

    pub(super) fn message(
        &self,
        attempt: &Attempt<'_>,
        request: &RightsRequestId,
        text: &str,
        key: &ShredKey,
    ) -> Result<D1PreparedStatement, Problem> {
        let id = ItemId::from_random(keys::random()?);
        let place = Context::new("rights_messages", self.controller, id.as_str(), "sealed");
        attempt.guarded(
            "INSERT INTO rights_messages (controller, request, id, at, author, sealed) SELECT ?1, ?3, ?4, ?5, ?6, ?7 WHERE",
            vec![
                D1Type::Text(request.as_str()),
                D1Type::Text(id.as_str()),
                time(self.now),
                D1Type::Text(self.by.author()),
                D1Type::Text(&said::seal(key, &place, text.as_bytes())?),
            ],
        )
    }

    /// What is left to do, which is done after the answer. Packages and erasures are part of the answer itself.
    pub(super) fn work(
        &self,
        attempt: &Attempt<'_>,
        request: &RightsRequestId,
        work: &[rights::Work],
    ) -> Result<Option<D1PreparedStatement>, Problem> {
        let left = work.iter().filter(|work| !matches!(work, rights::Work::Package | rights::Work::Erase));
        let objects: Vec<String> = left.map(|work| [work.name(), "/", request.as_str()].concat()).collect();
        if objects.is_empty() {
            return Ok(None);
        }
        let statement = attempt.statement(
            &[
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT ?1, 'rights', value, ?3, ?3 FROM json_each(?4) WHERE ",
                attempt.guard.took_effect(),
                " ON CONFLICT DO NOTHING",
            ]
            .concat(),
            vec![time(self.now), D1Type::Text(&crate::database::json(&objects)?)],
        )?;
        Ok(Some(statement))
    }

    /// An entry of the journal about a request.
    pub(crate) fn entry(&self, request: &RightsRequestId, action: Action, mut detail: Value) -> Entry {
        if let (By::Staff(staff), Some(detail)) = (self.by, detail.as_object_mut()) {
            detail.insert("by".to_owned(), json!(staff.actor));
        }
        Entry {
            controller: self.controller.clone(),
            at: self.now,
            actor: self.by.actor(),
            action,
            object: request.to_string(),
            detail,
        }
    }
}

/// The letters of a change. What is asked of a person with a hold is a message.
fn mails(change: &Change<'_>, transition: &Transition) -> impl Iterator<Item = Mail> {
    let asks = matches!(change.event, Event::Held { .. }) && change.message.is_some();
    transition.mails.iter().copied().chain(asks.then_some(Mail::Message))
}

/// What the journal says of a change: codes, and nothing that anybody wrote.
fn detail(change: &Change<'_>) -> Value {
    match &change.event {
        Event::Extended { reason } => json!({"reason": reason.name()}),
        Event::Held { reason } => json!({"reason": reason.name()}),
        Event::Denied { reason } => json!({"reason": reason.name()}),
        Event::Verified { duplicate_of: Some(other) } => json!({"duplicate_of": other}),
        _ => json!({}),
    }
}
