//! What a provider reports of a mail that it took: it came back, was taken for spam, was never sent.
//!
//! The reports are signed as Standard Webhooks are, under the names of Svix, whose service most providers use.

use serde_json::Value;

use super::envelope::{CONTROLLER, MAIL};
use crate::{
    id::{ControllerId, ItemId},
    json,
    time::Timestamp,
    webhook::{Authentication, Delivery, Secrets, standard_webhooks::Key, verify},
};

/// What happened to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The receiver's server sent it back for good.
    BouncedPermanent,
    /// It was sent back, and may be taken another time.
    BouncedPassing,
    /// Its reader called it spam.
    Complained,
    /// The provider could not send it.
    Failed,
    /// The provider sends nothing to this address any more.
    Suppressed,
}

impl Happened {
    /// The code that is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BouncedPermanent => "bounced",
            Self::BouncedPassing => "bounced_passing",
            Self::Complained => "complained",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
        }
    }
}

/// A report of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Whose and which it is, by the tags that we gave it.
    pub controller: ControllerId,
    /// See `controller`.
    pub mail: ItemId,
    /// What happened.
    pub happened: Happened,
}

/// Why a report is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It does not prove where it comes from, or there is no secret to prove it by.
    NotAuthentic,
    /// It is no report.
    Malformed,
}

impl Bounce {
    /// Reads a report. `None` where it says nothing that is of use: another event, or a mail of somebody else's.
    pub fn receive(secret: &str, delivery: Delivery<'_>, now: Timestamp) -> Result<Option<Self>, Refused> {
        let Delivery { body, headers } = delivery;
        let headers = headers.into_iter().map(|(name, value)| (standard_name(name), value)).collect();
        let key = Key::parse(secret).map_err(|_| Refused::NotAuthentic)?;
        let authentication = Authentication::StandardWebhooks(Secrets::new(key));
        verify(&Delivery { body, headers }, &authentication, now).map_err(|_| Refused::NotAuthentic)?;
        let report: Value = json::read(body).ok_or(Refused::Malformed)?;
        let kind = report.get("type").and_then(Value::as_str).ok_or(Refused::Malformed)?;
        let data = report.get("data").ok_or(Refused::Malformed)?;
        Ok(happened(kind, data).and_then(|happened| {
            let controller = ControllerId::parse(tag(data, CONTROLLER)?)?;
            Some(Self { controller, mail: ItemId::parse(tag(data, MAIL)?)?, happened })
        }))
    }
}

fn standard_name(name: &str) -> &str {
    match name {
        "svix-id" => "webhook-id",
        "svix-timestamp" => "webhook-timestamp",
        "svix-signature" => "webhook-signature",
        other => other,
    }
}

fn happened(kind: &str, data: &Value) -> Option<Happened> {
    Some(match kind {
        "email.bounced" => match data.pointer("/bounce/type").and_then(Value::as_str) {
            Some("Transient") => Happened::BouncedPassing,
            _ => Happened::BouncedPermanent,
        },
        "email.complained" => Happened::Complained,
        "email.failed" => Happened::Failed,
        "email.suppressed" => Happened::Suppressed,
        _ => return None,
    })
}

/// Tags come as an object, or as the list that they were sent as.
fn tag<'a>(data: &'a Value, name: &str) -> Option<&'a str> {
    let tags = data.get("tags")?;
    let listed =
        || tags.as_array()?.iter().find(|tag| tag.get("name").and_then(Value::as_str) == Some(name))?.get("value");
    tags.get(name).or_else(listed)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const MAIL_ID: &str = "AAAAAAAAAAAAAAAAAAAAAA";

    fn now() -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000).unwrap()
    }

    fn receive_as(names: [&'static str; 3], body: &str) -> Result<Option<Bounce>, Refused> {
        let authentication = Authentication::StandardWebhooks(Secrets::new(Key::parse(SECRET).unwrap()));
        let signed = authentication.sign("msg_1", body.as_bytes(), now()).unwrap();
        let headers = names.iter().zip(&signed).map(|(name, (_, value))| (*name, value.as_str())).collect();
        Bounce::receive(SECRET, Delivery { body: body.as_bytes(), headers }, now())
    }

    fn receive(body: &str) -> Result<Option<Bounce>, Refused> {
        receive_as(["svix-id", "svix-timestamp", "svix-signature"], body)
    }

    fn body(kind: &str, more: &str) -> String {
        format!(
            r#"{{"type":"{kind}","data":{{"email_id":"e1","tags":{{"controller":"demo","mail":"{MAIL_ID}"}}{more}}}}}"#
        )
    }

    #[test]
    fn a_report_names_the_mail_and_what_happened() {
        for (kind, more, happened) in [
            (
                "email.bounced",
                r#","bounce":{"type":"Permanent","message":"no such user anna@example.com"}"#,
                Happened::BouncedPermanent,
            ),
            ("email.bounced", r#","bounce":{"type":"Transient"}"#, Happened::BouncedPassing),
            ("email.bounced", "", Happened::BouncedPermanent),
            ("email.complained", "", Happened::Complained),
            ("email.failed", "", Happened::Failed),
            ("email.suppressed", "", Happened::Suppressed),
        ] {
            let bounce = receive(&body(kind, more)).unwrap().unwrap();
            assert_eq!(
                (bounce.controller.as_str(), bounce.mail.as_str(), bounce.happened),
                ("demo", MAIL_ID, happened)
            );
        }
        let listed = format!(
            r#"{{"type":"email.failed","data":{{"tags":[{{"name":"controller","value":"demo"}},{{"name":"mail","value":"{MAIL_ID}"}}]}}}}"#
        );
        assert!(receive_as(["webhook-id", "webhook-timestamp", "webhook-signature"], &listed).unwrap().is_some());
    }

    #[test]
    fn what_is_of_no_use_is_passed_over() {
        for body in [
            body("email.delivered", ""),
            body("domain.created", ""),
            r#"{"type":"email.bounced","data":{"email_id":"of another program"}}"#.to_owned(),
            r#"{"type":"email.bounced","data":{"tags":{"controller":"../x","mail":"y"}}}"#.to_owned(),
        ] {
            assert_eq!(receive(&body), Ok(None), "{body}");
        }
        for body in ["", "[]", "{}", r#"{"type":7,"data":{}}"#, r#"{"type":"email.bounced"}"#] {
            assert_eq!(receive(body), Err(Refused::Malformed), "{body}");
        }
    }

    #[test]
    fn what_is_not_signed_is_refused() {
        let body = body("email.bounced", "");
        let received = |secret: &str, headers: Vec<(&str, &str)>| {
            Bounce::receive(secret, Delivery { body: body.as_bytes(), headers }, now())
        };
        let forged = vec![("svix-id", "msg_1"), ("svix-timestamp", "1700000000"), ("svix-signature", "v1,AAAA")];
        for (secret, headers) in [(SECRET, vec![]), (SECRET, forged.clone()), ("", forged.clone()), ("whsec_", forged)]
        {
            assert_eq!(received(secret, headers), Err(Refused::NotAuthentic));
        }
        // Both names at once: two proofs, and nobody says which counts.
        let authentication = Authentication::StandardWebhooks(Secrets::new(Key::parse(SECRET).unwrap()));
        let signed = authentication.sign("msg_1", body.as_bytes(), now()).unwrap();
        let mut headers: Vec<(&str, &str)> = signed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(received(SECRET, headers.clone()).is_ok());
        headers.push(("svix-id", "msg_1"));
        assert_eq!(received(SECRET, headers), Err(Refused::NotAuthentic));
    }
}
