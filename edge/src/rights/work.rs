//! The requests' part of the outbox: what a transition leaves to be done, under `<work>/<request>`. Packages and erasures are no
//! part of it: they are in the batch of the transition ([`super::answer`]).

use nod_core::{
    id::{ControllerId, RightsRequestId},
    keys::MasterKeys,
};
use worker::{D1Type, console_error};

use super::{
    call, files, plan,
    shred::{self, Shredded},
};
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    mail,
};

/// What the outbox calls it all.
pub(crate) const KIND: &str = "rights";

/// How long a key waits for a mail that is on its way.
const A_MOMENT: i64 = 2_000;

/// Does what an object of the outbox stands for. Why it must wait, where it must.
pub(crate) async fn work(
    environment: &Environment,
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    object: &str,
) -> Result<Option<&'static str>, Problem> {
    let Some((work, id)) = object.split_once('/') else { return Ok(Some("unknown")) };
    let Some(request) = RightsRequestId::parse(id) else { return Ok(Some("unknown")) };
    match work {
        "plan" => return plan::run(database, masters, controller, &request).await.map(|()| None),
        "cancel" => cancel(database, controller, &request).await?,
        "forget" => {
            forget(database, controller, &request).await?;
            if shred(environment, database, controller, &request).await? == Shredded::Waits {
                return put_off(database, controller, object).await.map(|()| None);
            }
        }
        "shred" => {
            if shred(environment, database, controller, &request).await? == Shredded::Waits {
                return put_off(database, controller, object).await.map(|()| None);
            }
        }
        // An opt-out holds from the batch on that files it.
        "opt_out" => {}
        _ => return Ok(Some("unknown")),
    }
    // The row goes last, so that what fails is done again.
    let statement = database.statement(
        "DELETE FROM outbox WHERE controller = ?1 AND kind = 'rights' AND object = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(object)],
    )?;
    database.run(statement).await.map(|()| None)
}

/// A mail is on its way, which is no failure.
async fn put_off(database: &Database, controller: &ControllerId, object: &str) -> Result<(), Problem> {
    let statement = database.statement(
        "UPDATE outbox SET next_at = ?3 WHERE controller = ?1 AND kind = 'rights' AND object = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(object), time(clock::later(clock::now()?, A_MOMENT))],
    )?;
    database.run(statement).await
}

async fn shred(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Shredded, Problem> {
    mail::drain(environment.clone()).await;
    shred::run(environment, database, controller, request).await
}

/// Nothing is to be done elsewhere any more.
async fn cancel(database: &Database, controller: &ControllerId, request: &RightsRequestId) -> Result<(), Problem> {
    let statement = database.statement(
        "UPDATE rights_tasks SET state = 'done', done_at = ?3, next_at = NULL, failure = 'cancelled'
         WHERE controller = ?1 AND request = ?2 AND state <> 'done'",
        &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str()), time(clock::now()?)],
    )?;
    database.run(statement).await
}

/// Nobody proved that what was said was theirs to say.
async fn forget(database: &Database, controller: &ControllerId, request: &RightsRequestId) -> Result<(), Problem> {
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(request.as_str()), time(clock::now()?)];
    let batch = vec![
        database.statement(
            "UPDATE rights_requests SET sealed = NULL, contact_mark = NULL, erased_at = COALESCE(erased_at, ?3)
             WHERE controller = ?1 AND id = ?2",
            &arguments,
        )?,
        database.statement(
            "UPDATE links INDEXED BY links_by_request SET mark = NULL, sealed = NULL WHERE controller = ?1 AND request = ?2 AND ?3 > 0",
            &arguments,
        )?,
    ];
    database.batch::<serde::de::IgnoredAny>(batch).await.map(drop)
}

/// Calls the applications that it is time to call. Whether there were any.
pub(crate) async fn call_due(environment: &Environment, database: &Database) -> Result<bool, Problem> {
    call::due(environment, database).await
}

/// At each tick of the clock: files whose time is over are deleted.
pub(crate) async fn tidy(environment: &Environment) {
    let done = async { files::forget_ended(&Database::of_environment(environment)?).await };
    if let Err(problem) = done.await {
        console_error!("rights: files are not deleted: {}", problem.name());
    }
}
