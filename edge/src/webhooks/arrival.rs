//! An authentic delivery is read and taken: one batch that stores it with its effects, or finds it stored.

use nod_core::{
    id::{DeliveryId, Fingerprint},
    intake::{self, Commit, DeliveryRow, Outcome, Setting, Status, Unusable},
    time::Timestamp,
    webhook::{Delivery, Verified},
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{
    commit::Attempt,
    dead_letter::{self, Letter},
    settling,
};
use crate::{
    connection::Known,
    database::{self, Database, first_row, optional_text, optional_time, time},
    environment::Environment,
    http::Problem,
    keys,
};

/// How long an erasure in the same words counts as the same one, in milliseconds: longer than Shopify sends a delivery
/// again.
const SAME_ERASURE: i64 = 24 * 60 * 60 * 1000;

/// An authentic delivery, and what it is judged by.
pub(super) struct Arrival<'a> {
    pub(super) environment: &'a Environment,
    pub(super) database: &'a Database,
    pub(super) known: &'a Known,
    pub(super) delivery: &'a Delivery<'a>,
    pub(super) verified: &'a Verified<'a>,
    pub(super) now: Timestamp,
}

/// The delivery that is stored, and what is left to do.
pub(super) struct Stands {
    pub(super) id: DeliveryId,
    /// What the sender hears: a status, or that it was here before.
    pub(super) status: &'static str,
    pub(super) reason: Option<&'static str>,
    /// The connection knows its shop from now on.
    pub(super) is_shop_met: bool,
    /// The outbox has something to do.
    pub(super) is_work_left: bool,
    /// A dead letter was sealed and is not stored.
    pub(super) superfluous_letter: Option<DeliveryId>,
}

/// The row that the first statement of a batch answers with: the delivery of this attempt, or the one that was here before.
#[derive(Deserialize)]
struct Standing {
    id: DeliveryId,
    effect: DeliveryId,
}

impl Arrival<'_> {
    /// Reads and stores the delivery. `None` where the connection is no longer what it was.
    pub(super) async fn take(&self) -> Result<Option<Stands>, Problem> {
        let read = intake::read(self.delivery, self.verified, &settling::known(self.known));
        let commit = self.settle(read)?;
        let is_erasure = commit.purge;
        let event = commit.delivery.event.clone();
        let stands = self.store(commit).await?;
        match stands {
            Some(stands) if is_erasure && stands.status == DUPLICATE && self.is_asked_again(&event).await? => {
                self.store(self.repeated(event)?).await
            }
            stands => Ok(stands),
        }
    }
}
