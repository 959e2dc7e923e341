//! What goes with a request's being met: the package for access and portability, the erasure for a deletion. It is one batch with the
//! transition, its journal entry and its mail, so nothing is announced that was not done, nor done without a trace.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    journal::Entry,
    rights::Kind,
    seal::ShredKey,
    time::Timestamp,
};
use serde::de::IgnoredAny;
use worker::{D1PreparedStatement, D1Type};

use super::{
    act::Desk,
    attempt::Attempt,
    erase::Erasure,
    facts::Facts,
    files,
    package::{Making, Package},
    plan,
    reach::Reach,
    said,
};
use crate::{database::Database, http::Problem, keys};

/// Why a request cannot be met yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// A law has the person's data kept for now.
    LegalHold,
    /// Something is left to do elsewhere.
    OpenTasks,
    /// The person asks for something else that an erasure would make impossible.
    OtherRequests,
    /// The key of what the person said is gone.
    KeyGone,
}

impl Obstacle {
    /// The code that the API uses.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::LegalHold => "LEGAL_HOLD",
            Self::OpenTasks => "OPEN_TASKS",
            Self::OtherRequests => "OTHER_REQUESTS",
            Self::KeyGone => "KEY_GONE",
        }
    }

    /// A sentence for staff.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::LegalHold => "The person's data is under a legal hold. Resume the request that has it first.",
            Self::OpenTasks => {
                "There are tasks left in connected platforms. See `tasks`, and complete them with `completeRightsTask`."
            }
            Self::OtherRequests => {
                "The person has another request that is not answered, and after the erasure it could not be. Answer it first."
            }
            Self::KeyGone => {
                "What the person said is gone with its key, so there is nobody to answer. Deny the request."
            }
        }
    }
}

/// What is to be done in the batch of the transition.
pub(crate) struct Prepared {
    request: RightsRequestId,
    key: Option<ShredKey>,
    package: Option<Package>,
    erasure: Option<Erasure>,
    now: Timestamp,
}

/// Prepares to meet a request, or says what stands in the way.
pub(super) async fn prepare(desk: &Desk<'_>, request: &RightsRequestId) -> Result<Result<Prepared, Obstacle>, Problem> {
    let Desk { environment, database, controller, now, .. } = *desk;
    let masters = &keys::masters(environment)?;
    plan::run(database, masters, controller, request).await?;
    let facts = Facts::of(database, controller, request).await?;
    let facts = facts.ok_or_else(|| Problem::internal("a request that is gone"))?;
    if has_open_tasks(database, controller, request).await? {
        return Ok(Err(Obstacle::OpenTasks));
    }
    let key = said::key(environment, controller, request).await?;
    let mut prepared = Prepared { request: request.clone(), key, package: None, erasure: None, now };
    match facts.kind() {
        Kind::Deletion => {
            let reach = Reach::of(database, masters, controller, request).await?;
            let erasure = Erasure::of(database, controller, reach).await?;
            if facts.is_held_by_law() || erasure.is_held_by_law() {
                return Ok(Err(Obstacle::LegalHold));
            }
            if erasure.would_end_another_request() {
                return Ok(Err(Obstacle::OtherRequests));
            }
            prepared.erasure = Some(erasure);
        }
        Kind::Access | Kind::Portability => {
            let key = match &prepared.key {
                Some(key) => key,
                None if facts.sealed.is_some() => return Ok(Err(Obstacle::KeyGone)),
                // A platform says nothing that would need a key. Staff fetch the package and pass it on.
                None => prepared.key.insert(said::new_key(environment, controller, request).await?),
            };
            let reach = Reach::of(database, masters, controller, request).await?;
            let making = Making { environment, database, controller, request, facts: &facts, key, now };
            let package = making.package(&reach).await?;
            prepared.package = Some(package);
        }
        _ => {}
    }
    Ok(Ok(prepared))
}

impl Prepared {
    /// The statements for the batch of the transition, behind it.
    pub(crate) fn statements(&self, attempt: &Attempt<'_>) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut batch = Vec::new();
        if let Some(erasure) = &self.erasure {
            return erasure.statements(attempt, &self.request, self.now);
        }
        if let (Some(package), Some(key)) = (&self.package, &self.key) {
            batch.extend(package.statements(attempt, key, &self.request, self.now)?);
        }
        batch.push(files::release(attempt, &self.request, self.now)?);
        Ok(batch)
    }

    /// What the journal says beside the transition.
    pub(crate) fn entries(&self, controller: &ControllerId) -> Vec<Entry> {
        self.erasure.iter().map(|erasure| erasure.entry(controller, &self.request, self.now)).collect()
    }
}

async fn has_open_tasks(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<bool, Problem> {
    let statement = database.statement(
        "SELECT 1 FROM rights_tasks WHERE controller = ?1 AND request = ?2 AND state <> 'done' LIMIT 1",
        &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())],
    )?;
    Ok(database.first::<IgnoredAny>(statement).await?.is_some())
}
