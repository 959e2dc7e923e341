//! `POST /v1/mail/events`: what the HTTP provider reports of mails that it took.

use nod_core::{
    mail::{Bounce, Happened, Refused},
    webhook::Delivery,
};
use serde::de::IgnoredAny;
use serde_json::json;
use worker::D1Type;

use super::store::bounced;
use crate::{
    clock,
    database::Database,
    http::{Answer, Call, Method, Problem, read_body},
    journal,
};

/// The largest report, in bytes.
const LARGEST: usize = 64 * 1024;

/// Answers a report. Whoever does not sign it with the secret hears the one 401.
pub(crate) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    if call.method() != Some(Method::Post) {
        return Err(Problem::method_not_allowed("POST"));
    }
    let body = read_body(&mut call.request, LARGEST).await?;
    let headers: Vec<(String, String)> = call.request.headers().entries().collect();
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let secret = call.environment.mail("NOD_MAIL_WEBHOOK_SECRET").unwrap_or_default();
    let report = Bounce::receive(&secret, Delivery { body: &body, headers }, clock::now()?);
    let status = match report {
        Ok(Some(bounce)) => {
            note(&Database::of(call)?, &bounce).await?;
            "noted"
        }
        Ok(None) => "ignored",
        Err(Refused::NotAuthentic) => return Err(Problem::not_authentic()),
        Err(Refused::Malformed) => return Err(Problem::not_json()),
    };
    Answer::json(200, &json!({"status": status})).map(|answer| answer.with("Cache-Control", "no-store"))
}

/// Writes it to the mail's row and the journal, once however often it is reported. A mail of no such id, or one that never left, is
/// none of ours.
async fn note(database: &Database, bounce: &Bounce) -> Result<(), Problem> {
    let Bounce { controller, mail, happened } = bounce;
    let state = if *happened == Happened::Suppressed { "suppressed" } else { "bounced" };
    let is_news =
        "EXISTS (SELECT 1 FROM mail_outbox WHERE controller = ?1 AND id = ?2 AND state IN ('queued', 'sent'))";
    let entry = bounced(controller, mail, happened.name(), clock::now()?);
    let update = database.statement(
        "UPDATE mail_outbox SET state = ?3, failure = ?4, sealed = NULL, next_at = NULL
         WHERE controller = ?1 AND id = ?2 AND state IN ('queued', 'sent')",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(mail.as_str()),
            D1Type::Text(state),
            D1Type::Text(happened.name()),
        ],
    )?;
    database.batch::<IgnoredAny>(vec![journal::append(database, &entry, is_news)?, update]).await.map(drop)
}
