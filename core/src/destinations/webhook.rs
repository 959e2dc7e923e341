//! The controller's own endpoint, signed by Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks,
//! `spec/standard-webhooks.md`): `webhook-id` is the delivery's and stays the same however often it is sent, so whoever keeps
//! ids never counts twice; during a change of secrets there is a signature of each.

use serde_json::{Map, Value, json};

pub use crate::webhook::InvalidSecret;

use super::{Endpoint, Parcel, Plan, Request, Unfit, parcel::Item};
use crate::webhook::{Authentication, Secrets, standard_webhooks::Key};

const SIGNATURE: &str = "webhook-signature";

pub(super) fn plan(parcel: &Parcel<'_>, endpoint: &Endpoint, secrets: &[String]) -> Result<Plan, Unfit> {
    if parcel.items.is_empty() {
        return Ok(Plan::default());
    }
    let body = body(parcel).to_string();
    let mut signed: Option<Vec<(&'static str, String)>> = None;
    for secret in secrets {
        let authentication = Authentication::StandardWebhooks(Secrets::new(key(secret).map_err(|_| Unfit::BadSecret)?));
        let headers = authentication.sign(parcel.id.as_str(), body.as_bytes(), parcel.now).ok_or(Unfit::BadSecret)?;
        match &mut signed {
            Some(all) => join(all, &headers),
            None => signed = Some(headers),
        }
    }
    let headers = signed.ok_or(Unfit::NoSecret)?;
    let request = Request { url: endpoint.as_str().to_owned(), headers, body, events: parcel.items.len() };
    Ok(Plan { requests: vec![request], ..Plan::default() })
}

/// A secret that Nod can sign with.
pub(super) fn key(text: &str) -> Result<Key, InvalidSecret> {
    match Key::parse(text)? {
        key @ Key::Shared(_) => Ok(key),
        Key::Public(_) => Err(InvalidSecret::Form("whpk_ is a public key: nothing can be signed with it")),
    }
}

/// Puts the signature of another secret behind the ones that are there.
fn join(all: &mut [(&'static str, String)], more: &[(&'static str, String)]) {
    let of = |(name, _): &&mut (&'static str, String)| *name == SIGNATURE;
    if let (Some((_, signatures)), Some((_, one))) =
        (all.iter_mut().find(of), more.iter().find(|(name, _)| *name == SIGNATURE))
    {
        signatures.push(' ');
        signatures.push_str(one);
    }
}

fn body(parcel: &Parcel<'_>) -> Value {
    let mut data = json!({
        "site": parcel.site,
        "visitor": parcel.person.hex(),
        "page": parcel.page,
        "events": parcel.items.iter().map(event).collect::<Vec<_>>(),
    });
    let hashes = &parcel.hashes;
    let identity: Map<String, Value> =
        [("email", hashes.email), ("phone", hashes.phone), ("customer_id", hashes.customer_id)]
            .into_iter()
            .filter_map(|(name, hash)| Some((name.to_owned(), Value::from(hash?))))
            .collect();
    if !identity.is_empty() {
        data["identity"] = Value::Object(identity);
    }
    json!({"type": "events.recorded", "timestamp": parcel.now, "data": data})
}

fn event(item: &Item) -> Value {
    json!({"id": item.id, "name": item.name, "at": item.at, "purpose": item.purpose, "props": item.props})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        destinations::{
            Hosts,
            tests_support::{Sample, item},
        },
        webhook::{Delivery, verify},
    };

    fn secret(byte: u8) -> String {
        Key::shared_text(&[byte; 32])
    }

    fn plan_of(secrets: &[String]) -> Result<Plan, Unfit> {
        let endpoint = Endpoint::parse("https://in.example.com/nod", Hosts::Public).unwrap();
        plan(&Sample::of([item("a.1", "buy", json!({"sku": "A1"}))]).parcel(), &endpoint, secrets)
    }

    #[test]
    fn each_secret_of_a_change_verifies_it_and_no_other_does() {
        let plan = plan_of(&[secret(1), secret(2)]).unwrap();
        let request = &plan.requests[0];
        let verdict = |byte| {
            let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let keys = Authentication::StandardWebhooks(Secrets::new(key(&secret(byte)).unwrap()));
            verify(&Delivery { body: request.body.as_bytes(), headers }, &keys, Sample::of([]).now).is_ok()
        };
        assert_eq!([1, 2, 3].map(verdict), [true, true, false]);
    }

    #[test]
    fn it_says_what_happened_and_not_who_it_was() {
        let plan = plan_of(&[secret(1)]).unwrap();
        let body: Value = serde_json::from_str(&plan.requests[0].body).unwrap();
        assert_eq!((&body["type"], &body["data"]["site"]), (&json!("events.recorded"), &json!("shop")));
        assert_eq!(
            body["data"]["events"],
            json!([{"id": "a.1", "name": "buy", "at": "2025-11-23T12:13:20.000Z", "purpose": "analytics", "props": {"sku": "A1"}}])
        );
        assert!(body["data"].get("identity").is_none() && !body.to_string().contains("AAAAAAAAAAAAAAAAAAAAAA\""));
    }

    #[test]
    fn it_goes_nowhere_without_a_secret_to_sign_with() {
        assert_eq!(plan_of(&[]).unwrap_err(), Unfit::NoSecret);
        assert_eq!(plan_of(&["hush".to_owned()]).unwrap_err(), Unfit::BadSecret);
    }
}
