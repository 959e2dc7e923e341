//! A delivery arrives: it is authenticated, read, and stored with all its effects before it is acknowledged.
//!
//! On the usual way this is one question to the database. The copy of the connection that the delivery is judged by may be
//! stale, so the batch takes the delivery only while the connection is as it was; else the connection is read again.

use nod_core::{
    time::Timestamp,
    webhook::{self, Delivery, MAX_BODY, Refusal, Verified},
};
use serde_json::json;

use super::{
    arrival::{Arrival, Heard, Stands},
    dead_letter, refused,
};
use crate::{
    clock,
    connection::{self, Known, Token},
    database::Database,
    http::{Answer, Call, Problem, read_body},
    keys, outbox,
};

/// How often a connection that changes under our hands is read again.
const ATTEMPTS: usize = 3;

/// What became of a delivery, judged by one copy of its connection.
enum Verdict {
    /// It is stored, now or from before.
    Stands(Stands),
    /// It did not prove where it comes from.
    Refused(Because),
    /// The copy was stale.
    Stale,
}

/// Why a delivery is turned away.
pub(super) enum Because {
    Disabled,
    Refusal(Refusal),
}

impl Because {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Refusal(refusal) => refusal.name(),
        }
    }

    /// For staff.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Disabled => "the connection is disabled".to_owned(),
            Self::Refusal(refusal) => refusal.to_string(),
        }
    }

    /// Only a sender that proved who it is hears what is wrong.
    fn problem(self) -> Problem {
        match self {
            Self::Refusal(refusal) if refusal.is_authentic() => Problem::refused_delivery(refusal),
            Self::Disabled | Self::Refusal(_) => Problem::not_authentic(),
        }
    }
}

pub(super) async fn answer(call: &mut Call, token: &str) -> Result<Answer, Problem> {
    let body = read_body(&mut call.request, MAX_BODY).await?; // Before anything that depends on the address.
    keys::masters(&call.environment)?;
    let token = Token::parse(token).ok_or_else(Problem::not_authentic)?;
    let headers: Vec<(String, String)> = call.request.headers().entries().collect();
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let delivery = Delivery { body: &body, headers };

    let mut found = connection::find(&call.environment, &token).await?;
    for _ in 0..ATTEMPTS {
        let Some((known, is_copy)) = found else { return Err(Problem::not_authentic()) };
        match judge(call, &known, &delivery).await? {
            Verdict::Stands(stands) => return acknowledge(call, &known, stands),
            Verdict::Refused(because) if !is_copy => {
                count(call, &known, because.name());
                return Err(because.problem());
            }
            Verdict::Refused(_) | Verdict::Stale => {
                found = connection::find_anew(&call.environment, &token).await?.map(|known| (known, false));
            }
        }
    }
    Err(Problem::still_changing())
}

async fn judge(call: &Call, known: &Known, delivery: &Delivery<'_>) -> Result<Verdict, Problem> {
    let now = clock::now()?;
    let verified = match verify(known, delivery, now) {
        Ok(verified) => verified,
        Err(because) => return Ok(Verdict::Refused(because)),
    };
    let database = Database::of(call)?;
    let arrival =
        Arrival { environment: &call.environment, database: &database, known, delivery, verified: &verified, now };
    Ok(arrival.take().await?.map_or(Verdict::Stale, Verdict::Stands))
}

/// Whether a delivery is authentic, by what is known of its connection.
pub(super) fn verify<'a>(known: &Known, delivery: &Delivery<'a>, now: Timestamp) -> Result<Verified<'a>, Because> {
    if known.connection.disabled_at.is_some() {
        return Err(Because::Disabled);
    }
    webhook::verify(delivery, &known.authentication, now).map_err(Because::Refusal)
}

fn acknowledge(call: &Call, known: &Known, stands: Stands) -> Result<Answer, Problem> {
    if stands.is_shop_met {
        connection::forget(&known.connection.address);
    }
    if stands.is_work_left {
        call.context.wait_until(outbox::drain(call.environment.clone()));
    }
    if let Some(delivery) = stands.superfluous_letter {
        let (environment, controller) = (call.environment.clone(), known.connection.controller.clone());
        call.context.wait_until(dead_letter::forget(environment, controller, delivery));
    }
    let id = &stands.id;
    let document = match stands.heard {
        Heard::Duplicate => json!({"status": "duplicate", "delivery": id}),
        Heard::Taken(status, None) => json!({"status": status, "delivery": id}),
        Heard::Taken(status, Some(reason)) => json!({"status": status, "delivery": id, "reason": reason}),
    };
    Ok(Answer::json(200, &document)?.with("Cache-Control", "no-store"))
}

/// Counts a refusal, for staff, after the answer has gone out.
fn count(call: &Call, known: &Known, because: &'static str) {
    let (Ok(database), Ok(now)) = (Database::of(call), clock::now()) else { return };
    let (controller, id) = (known.connection.controller.clone(), known.connection.id.clone());
    call.context.wait_until(async move {
        // What failed is in the log; a count that is short by one is no harm.
        let _ = refused::count(&database, &controller, &id, now, because).await;
    });
}
