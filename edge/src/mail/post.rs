//! A letter into the outbox.

use nod_core::{
    id::{ControllerId, ItemId, RightsRequestId},
    mail::{Envelope, Letter},
    seal::{Context, ShredKey},
    time::Timestamp,
};
use worker::{D1PreparedStatement, D1Type};

use crate::{
    clock,
    database::{Database, optional_text, optional_time, time},
    environment::Environment,
    http::Problem,
    keys::{self, shred},
};

/// How long a letter without a request may wait, and its key with it: longer than it is tried.
const DAYS: u64 = 2;

/// The effect that a letter tells of: the letter waits only once it is there.
pub(crate) struct Effect<'a> {
    pub(crate) database: &'a Database,
    pub(crate) controller: &'a ControllerId,
    /// What `?2` is in the condition.
    pub(crate) key: &'a str,
    /// SQL over `?1`, the controller, and `?2`.
    pub(crate) condition: &'a str,
}

/// A letter, and whom it goes to.
pub(crate) struct Post<'a> {
    pub(crate) to: &'a str,
    /// The request that it is about, with its key.
    pub(crate) request: Option<(&'a RightsRequestId, &'a ShredKey)>,
    pub(crate) letter: &'a Letter<'a>,
    /// When it is of no use any more.
    pub(crate) not_after: Option<Timestamp>,
}

/// The statements that put a letter into the outbox, for the batch of the effect. None where there is no address that mail can be sent to.
pub(crate) async fn enqueue(
    environment: &Environment,
    effect: &Effect<'_>,
    post: &Post<'_>,
) -> Result<Vec<D1PreparedStatement>, Problem> {
    let Some(envelope) = Envelope::new(post.to, post.letter) else { return Ok(Vec::new()) };
    let id = ItemId::from_random(keys::random()?);
    let own;
    let (key, key_name) = if let Some((request, key)) = post.request {
        (key, ["rights/", request.as_str()].concat())
    } else {
        let seconds = DAYS.saturating_mul(86_400);
        let name = shred::Name::new(effect.controller, "mail", id.as_str());
        own = shred::create(environment, &name, seconds).await?;
        (&own, ["mail/", id.as_str()].concat())
    };
    let sealed = key.seal(&place(effect.controller, &id), keys::random()?, envelope.to_json().as_bytes());
    let now = clock::now()?;
    let sql = [
        "INSERT INTO mail_outbox (controller, id, request, kind, locale, sealed, key_name, state, next_at, not_after, created_at)
         SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8, 'queued', ?9, ?10, ?9 WHERE ",
        effect.condition,
    ];
    let statement = effect.database.statement(
        &sql.concat(),
        &[
            D1Type::Text(effect.controller.as_str()),
            D1Type::Text(effect.key),
            D1Type::Text(id.as_str()),
            optional_text(post.request.map(|(request, _)| request.as_str())),
            D1Type::Text(post.letter.kind.name()),
            D1Type::Text(post.letter.locale),
            D1Type::Text(&sealed),
            D1Type::Text(&key_name),
            time(now),
            optional_time(post.not_after),
        ],
    )?;
    Ok(vec![statement])
}

/// Where a letter is sealed for.
pub(super) fn place(controller: &ControllerId, id: &ItemId) -> Context {
    Context::new("mail_outbox", controller, id.as_str(), "sealed")
}
