//! What facts make of subjects, reckoned after their arrival.
//!
//! The answer follows from the order of arrival alone, so it does not matter when it is reckoned, how often, or by how many at
//! once. It is stored once: in the batch that takes the work out of the outbox.

use nod_core::sorted::SortedSet;

use nod_core::{
    id::{ControllerId, SplitId},
    identity::{matching::Policy, neighbourhood::Cause},
    keys::MasterKeys,
};
use worker::D1Type;

use super::{
    changes,
    neighbourhood::{Start, load},
};
use crate::{
    clock,
    database::{self, Database},
    http::Problem,
};

/// What is to be reckoned: rows of the outbox of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Work {
    /// What observations make of subjects.
    Observations,
    /// What splits do.
    Splits,
}

impl Work {
    /// The kind that the outbox calls it.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Observations => "reckon",
            Self::Splits => "reckon_split",
        }
    }

    fn cause(self, object: &str) -> Option<Cause> {
        match self {
            Self::Observations => Some(Cause::Observation(object.to_owned())),
            Self::Splits => SplitId::parse(object).map(Cause::Split),
        }
    }
}

/// What became of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reckoned {
    /// It is done and out of the outbox.
    Done,
    /// There are too many facts around it.
    TooLarge,
}

/// Reckons what these facts made of subjects, and takes them out of the outbox.
pub(crate) async fn reckon(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    work: Work,
    objects: &SortedSet<&str>,
) -> Result<Reckoned, Problem> {
    let starts: Vec<&str> = objects.iter().copied().collect();
    let around = load(database, masters, controller, Start::Facts(&starts)).await?;
    if around.is_partial {
        return Ok(Reckoned::TooLarge);
    }
    let at = clock::now()?;
    let pending =
        format!("EXISTS (SELECT 1 FROM outbox WHERE controller = ?1 AND kind = '{}' AND object = ?2)", work.kind());
    let mut batch = Vec::new();
    for cause in objects.iter().filter_map(|object| work.cause(object)) {
        // Nothing becomes of a fact that was erased meanwhile.
        let changes = around.facts.changes(&cause, Policy::default()).unwrap_or_default();
        batch.extend(changes::store(database, controller, &cause, &changes, at, &pending)?);
    }
    batch.push(database.statement(
        "DELETE FROM outbox WHERE controller = ?1 AND kind = ?2 AND object IN (SELECT value FROM json_each(?3))",
        &[D1Type::Text(controller.as_str()), D1Type::Text(work.kind()), D1Type::Text(&database::json(&starts)?)],
    )?);
    database.batch::<serde::de::IgnoredAny>(batch).await?;
    Ok(Reckoned::Done)
}
