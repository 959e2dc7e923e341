//! The requests' part of the outbox: what is to be planned, which keys are to be deleted, whom to call.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    keys::MasterKeys,
};
use worker::console_error;

use super::{
    call, files, plan,
    shred::{self, Shredded},
};
use crate::{database::Database, environment::Environment, http::Problem, mail};

/// What is to be done about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Plan,
    Shred,
}

impl Work {
    /// The kind that the outbox calls it.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Plan => plan::KIND,
            Self::Shred => shred::KIND,
        }
    }

    /// By the kind.
    pub(crate) fn parse(kind: &str) -> Option<Self> {
        [Self::Plan, Self::Shred].into_iter().find(|work| work.kind() == kind)
    }
}

/// Does it. Why it must wait, where it must.
pub(crate) async fn work(
    environment: &Environment,
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    request: &RightsRequestId,
    work: Work,
) -> Result<Option<&'static str>, Problem> {
    match work {
        Work::Plan => plan::run(database, masters, controller, request).await?,
        Work::Shred => {
            mail::drain(environment.clone()).await;
            if shred::run(environment, database, controller, request).await? == Shredded::Waits {
                return Ok(Some("mail_waits"));
            }
        }
    }
    Ok(None)
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
