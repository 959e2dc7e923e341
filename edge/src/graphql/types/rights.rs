//! Rights requests as their data subjects and staff see them.
//!
//! What is sealed, and what is in tables of its own, is read where it is asked for: by fields of their own, which find in what
//! they are a field of whose request it is. That was put there by whoever read it, and only for who may see it.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    rights::{self as rules, Event, Party, State, platforms::link_to},
    seal::{Context, ShredKey},
    time::Timestamp,
};

use super::{connection::Known, law};
use crate::{
    clock,
    database::Database,
    environment::Environment,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
    },
    http::Problem,
    mail,
    rights::{self, Happened, Life, Request, Said},
};

/// Where a request has what its own fields go by. No field of the API has these names.
const CONTROLLER: &str = "of controller";
const SEALED: &str = "sealed";
const NOTE: &str = "sealed note";
/// What is between staff: who looked, and what must be kept for others' sake.
const OF_STAFF: [&str; 4] = ["viewed", "legal_hold_placed", "legal_hold_lifted", "task_done"];

/// A request as its data subject sees it.
pub(in crate::graphql) fn of_subject(controller: &ControllerId, request: &Request) -> Result<Shown, Problem> {
    let (state, now) = (request.state()?, clock::now()?);
    let may = |event: Event| rules::apply(&state, &event, Party::Subject, now).is_ok();
    let can_be_written = request.sealed.is_some() && may(Event::Messaged);
    let mut members = common(controller, request, &state);
    members.extend([
        ("canWithdraw", may(Event::Withdrawn).into()),
        ("canAppeal", (request.sealed.is_some() && may(Event::Appealed { open: None })).into()),
        ("canMessage", can_be_written.into()),
    ]);
    Ok(Shown::Object(members))
}

/// A request as staff see it, with its connection, which is among the known ones if it is asked for.
pub(in crate::graphql) fn of_staff(
    controller: &ControllerId,
    request: &Request,
    known: &Known,
) -> Result<Shown, Problem> {
    let state = request.state()?;
    let mut members = common(controller, request, &state);
    members.extend([
        ("externalReference", request.external_reference.as_deref().into()),
        ("connection", request.connection.as_ref().map(|id| known.shown(id)).into()),
        ("origin", Shown::name(state.origin.name())),
        ("site", request.site.as_ref().into()),
        ("region", request.region.as_deref().into()),
        ("locale", request.locale.as_str().into()),
        ("verifiedAt", request.verified_at.into()),
        ("acknowledgeBy", request.acknowledge_by.into()),
        ("acknowledgedAt", request.acknowledged_at.into()),
        ("daysLeft", state.days_left(clock::now()?).into()),
        ("legalHold", state.legal_hold.into()),
        ("assigned", request.assigned.as_deref().into()),
        ("version", request.version.into()),
        ("erasedAt", request.erased_at.into()),
        ("contact", request.contact.as_ref().into()),
    ]);
    Ok(Shown::Object(members))
}

/// What whoever has a link sees.
pub(in crate::graphql) fn of_link(request: &Request, used_at: Option<Timestamp>) -> Result<Shown, Problem> {
    let state = request.state()?;
    Ok(Shown::Object(vec![
        ("kind", Shown::name(state.kind.name())),
        ("status", Shown::name(state.status.name())),
        ("receivedAt", state.received_at.into()),
        ("dueAt", state.clock.due_at.into()),
        ("law", law::shown(state.law, Some(state.kind))),
        ("isUsed", used_at.is_some().into()),
    ]))
}

fn common(controller: &ControllerId, request: &Request, state: &State) -> Vec<(&'static str, Shown)> {
    let extension = state.extension.map(|extension| {
        Shown::Object(vec![
            ("reason", Shown::name(extension.reason.name())),
            ("until", state.clock.due_at.into()),
            ("at", extension.at.into()),
        ])
    });
    let hold = state
        .hold
        .map(|hold| Shown::Object(vec![("reason", Shown::name(hold.reason.name())), ("since", hold.since.into())]));
    let denial = state.denial.map(|reason| {
        Shown::Object(vec![
            (CONTROLLER, controller.into()),
            ("id", (&request.id).into()),
            (NOTE, request.denial_note.as_deref().into()),
            ("reason", Shown::name(reason.name())),
            ("ground", reason.ground(state.law).into()),
            ("appealBy", state.appeal_by().into()),
            ("appealedAt", state.appealed_at.into()),
        ])
    });
    vec![
        (CONTROLLER, controller.into()),
        (SEALED, request.sealed.as_deref().into()),
        ("id", (&request.id).into()),
        ("number", rights::number(&request.id).into()),
        ("kind", Shown::name(state.kind.name())),
        ("status", Shown::name(state.status.name())),
        ("receivedAt", state.received_at.into()),
        ("dueAt", state.clock.due_at.into()),
        ("closedAt", state.closed_at.into()),
        ("law", law::shown(state.law, Some(state.kind))),
        ("extension", extension.into()),
        ("hold", hold.into()),
        ("denial", denial.into()),
        ("duplicateOf", request.duplicate_of.as_ref().into()),
    ]
}

/// Whose request a field is of.
struct Of<'a> {
    environment: &'a Environment,
    controller: ControllerId,
    id: RightsRequestId,
    parent: &'a Shown,
}

impl<'a> Of<'a> {
    fn read(asked: Asked<'a>) -> Result<Self, Problem> {
        let controller = asked.parent.text(CONTROLLER).and_then(ControllerId::parse);
        let id = asked.parent.text("id").and_then(RightsRequestId::parse);
        let (Some(controller), Some(id)) = (controller, id) else {
            return Err(Problem::internal("a field of a request that is none"));
        };
        Ok(Self { environment: &asked.session.call().environment, controller, id, parent: asked.parent })
    }

    /// Whether the data subject sees it, and not staff.
    fn is_of_subject(&self) -> bool {
        self.parent.member("canWithdraw").is_some()
    }

    async fn key(&self) -> Result<Option<ShredKey>, Problem> {
        rights::key(self.environment, &self.controller, &self.id).await
    }

    async fn said(&self) -> Result<Option<Said>, Problem> {
        let Some(sealed) = self.parent.text(SEALED) else { return Ok(None) };
        let key = self.key().await?;
        key.map(|key| Said::open(&key, &self.controller, &self.id, sealed)).transpose()
    }

    fn life<'b>(&'b self, database: &'b Database) -> Life<'b> {
        Life { database, controller: &self.controller, request: &self.id }
    }
}

/// `email`, `name`, `message` and `agent`, of one look at what was said.
macro_rules! said {
    ($($name:ident: $said:ident => $shown:expr),+ $(,)?) => {$(
        pub(in crate::graphql) fn $name(asked: Asked<'_>) -> Work<'_> {
            Box::pin(async move { Ok(Of::read(asked)?.said().await?.and_then(|$said| $shown).into()) })
        }
    )+};
}

said! {
    email: said => said.email.map(Shown::Text),
    name: said => said.name.map(Shown::Text),
    message: said => said.message.map(Shown::Text),
    agent: said => said.agent.map(|agent| {
        Shown::Object(vec![("name", agent.name.into()), ("email", agent.email.into())])
    }),
}

/// `events`
pub(in crate::graphql) fn events(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let database = Database::of(asked.session.call())?;
        let events = of.life(&database).events().await?;
        let is_shown = |event: &&Happened| !of.is_of_subject() || !OF_STAFF.contains(&event.kind());
        Ok(Shown::list(
            events
                .iter()
                .filter(is_shown)
                .map(|event| Shown::Object(vec![("at", event.at.into()), ("kind", Shown::name(event.kind()))])),
        ))
    })
}

/// `messages`
pub(in crate::graphql) fn messages(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let database = Database::of(asked.session.call())?;
        let messages = of.life(&database).messages().await?;
        let key = if messages.is_empty() { None } else { of.key().await? };
        let shown = |message: &rights::Message| {
            Ok(Shown::Object(vec![
                ("id", (&message.id).into()),
                ("at", message.at.into()),
                ("author", Shown::name(&message.author)),
                ("text", message.text(&of.controller, key.as_ref())?.into()),
            ]))
        };
        Ok(Shown::List(messages.iter().map(shown).collect::<Result<_, Problem>>()?))
    })
}

/// `files`
pub(in crate::graphql) fn files(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let database = Database::of(asked.session.call())?;
        let mut files = of.life(&database).files().await?;
        // What applications answered is in the package; on its own it is for staff, as is all that is not released yet.
        if asked.session.visitor().is_none() {
            files.retain(|file| file.kind != "app_answer" && file.expires_at.is_some());
        }
        let key = if files.is_empty() { None } else { of.key().await? };
        let shown = |file: &rights::File| {
            Ok(Shown::Object(vec![
                ("id", (&file.id).into()),
                ("kind", Shown::name(&file.kind)),
                ("name", file.name(&of.controller, key.as_ref())?.into()),
                ("mediaType", file.media_type.as_str().into()),
                ("bytes", file.bytes.into()),
                ("expiresAt", file.expires_at.into()),
                ("downloadsLeft", file.most.saturating_sub(file.downloads).into()),
                ("url", ["/v1/rights/files/", file.id.as_str()].concat().into()),
            ]))
        };
        Ok(Shown::List(files.iter().map(shown).collect::<Result<_, Problem>>()?))
    })
}

/// `RightsRequest.tasks`
pub(in crate::graphql) fn tasks(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let database = Database::of(asked.session.call())?;
        let tasks = of.life(&database).tasks().await?;
        let wanted = super::connection::Wanted::in_any(&[asked.look_ahead().field("connection")]);
        let ids = tasks.iter().filter_map(|task| task.connection.as_ref());
        let known = Known::read(&database, &of.controller, ids, wanted).await?;
        let key = if tasks.is_empty() { None } else { of.key().await? };
        let email = if tasks.is_empty() { None } else { of.said().await?.and_then(|said| said.email) };
        // The person is looked up for the eyes of staff; what is stored leads to the platform and no further.
        let led = |task: &rights::Task| {
            let (source, _) = task.code.split_once('.')?;
            let link = task.link.as_deref()?;
            Some(email.as_deref().map_or_else(|| link.to_owned(), |email| link_to(source, link, email)))
        };
        let shown = |task: &rights::Task| {
            Ok(Shown::Object(vec![
                ("id", (&task.id).into()),
                ("kind", Shown::name(&task.kind)),
                ("code", task.code.as_str().into()),
                ("state", Shown::name(&task.state)),
                ("connection", task.connection.as_ref().map(|id| known.shown(id)).into()),
                ("link", led(task).into()),
                ("note", task.note(&of.controller, key.as_ref())?.into()),
                ("doneAt", task.done_at.into()),
                ("doneBy", task.done_by.as_deref().into()),
                ("failure", task.failure.as_deref().into()),
            ]))
        };
        Ok(Shown::List(tasks.iter().map(shown).collect::<Result<_, Problem>>()?))
    })
}

/// `RightsRequest.mails`
pub(in crate::graphql) fn mails(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let mails = mail::of_request(&Database::of(asked.session.call())?, &of.controller, &of.id).await?;
        Ok(Shown::list(mails.iter().map(|mail| {
            Shown::Object(vec![
                ("kind", Shown::name(&mail.kind)),
                ("at", mail.at.into()),
                ("state", Shown::name(&mail.state)),
                ("failure", mail.failure.as_deref().into()),
            ])
        })))
    })
}

/// `RightsDenial.note`
pub(in crate::graphql) fn note(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let of = Of::read(asked)?;
        let Some(sealed) = asked.parent.text(NOTE) else { return Ok(Shown::Nothing) };
        let place = Context::new("rights_requests", &of.controller, of.id.as_str(), "denial_note");
        let key = of.key().await?;
        Ok(key.map(|key| rights::open(&key, &place, sealed)).transpose()?.into())
    })
}
