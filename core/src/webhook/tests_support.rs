//! One good delivery of each kind, and the ways to spoil it.

use base64ct::{Base64, Encoding as _};

use super::{
    Authentication, Delivery, Refusal, Secret, Secrets, SharedSecret, Verified, api_key, secret::Slot,
    standard_webhooks::Key, verify,
};
use crate::time::Timestamp;

pub(super) type Header = (&'static str, String);

/// The way, by number; see [`good`].
pub(super) const WAYS: std::ops::Range<usize> = 0..10;

/// A delivery with the secret that it is signed with. `headers` names first the one that carries the proof.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) way: usize,
    pub(super) secret: String,
    pub(super) headers: Vec<Header>,
    pub(super) body: Vec<u8>,
    pub(super) now: i64,
}

pub(crate) const MAILCHIMP_BODY: &str = "type=subscribe&fired_at=2009-03-26+21%3A35%3A57&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=api%40mailchimp.com&data%5Bemail_type%5D=html&data%5Bmerges%5D%5BEMAIL%5D=api%40mailchimp.com&data%5Bmerges%5D%5BFNAME%5D=Mailchimp&data%5Bmerges%5D%5BLNAME%5D=API&data%5Bip_opt%5D=10.20.10.30&data%5Bip_signup%5D=10.20.10.30";

pub(super) const MANDRILL_URL: &str = "https://conduit.example/mandrill?token=abc";

/// The published vectors where there are any; the rest signed here.
pub(super) fn good(way: usize) -> Sample {
    let header = |name, value: &str| -> Header { (name, value.to_owned()) };
    let shopify = "cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI0=";
    let body = match way {
        0 | 1 => r#"{"id":706405506930370084,"email":"bob@biller.com"}"#,
        2 => r#"{"id":"evt_test_1","object":"event","type":"customer.created"}"#,
        3 => MAILCHIMP_BODY,
        4 => "mandrill_events=[]",
        _ => r#"{"email":"test@example.com","username":"test_user"}"#,
    };
    let (id, time) = ("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", "1649367553");
    let ids = || [header("webhook-id", id), header("webhook-timestamp", time)];
    let (secret, headers, now) = match way {
        0 => ("shpss_test_client_secret".into(), vec![header("X-Shopify-Hmac-Sha256", shopify)], 1_000_000_000),
        1 => ("shpss_test_client_secret".into(), vec![header("Shopify-Hmac-Sha256", shopify)], 1_000_000_000),
        2 => {
            let code = "be62fc7f2c31001edd631719176b2c3d49a2993da7b231e8e74d6d39b017d6a0";
            let value = format!("t=1492774577,v1={code}");
            ("whsec_test_secret".into(), vec![("Stripe-Signature", value)], 1_492_774_577)
        }
        3 => {
            let code = "e9c43f4c5cb067685ec76be02d4afd39fc5313312ec531ec40fd95dd3d5a0b35";
            let value = format!("t=1718000000,v1={code}");
            ("mc_test_signing_secret".into(), vec![("X-Mailchimp-Signature", value)], 1_718_000_000)
        }
        4 => {
            let code = "0dgtOOiRg4coVGy/YIKSWr3bS70=";
            ("mandrill_test_key".into(), vec![header("X-Mandrill-Signature", code)], 1_000_000_000)
        }
        5 | 8 => {
            let mut headers = vec![header("webhook-signature", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")];
            headers.extend(ids());
            ("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".into(), headers, 1_649_367_553)
        }
        6 => {
            use ed25519_dalek::{Signer as _, SigningKey};
            let pair = SigningKey::from_bytes(&[7; 32]);
            let signature = pair.sign(format!("{id}.{time}.{body}").as_bytes());
            let mut headers =
                vec![("webhook-signature", format!("v1a,{}", Base64::encode_string(&signature.to_bytes())))];
            headers.extend(ids());
            let public = Base64::encode_string(pair.verifying_key().as_bytes());
            (format!("whpk_{public}"), headers, 1_649_367_553)
        }
        7 => {
            let token = api_key::token(&[1; 6], &[2; 32]);
            let headers = vec![("Authorization", format!("Bearer {token}")), header("Idempotency-Key", "order-17")];
            (token, headers, 1_000_000_000)
        }
        _ => {
            let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
            let headers = vec![("Authorization", format!("Bearer {secret}")), header("Idempotency-Key", "order-17")];
            (secret.into(), headers, 1_000_000_000)
        }
    };
    Sample { way, secret, headers, body: body.as_bytes().to_vec(), now }
}

impl Sample {
    /// The way with these secrets, newest last. `None` where one of them is refused when it is entered.
    pub(super) fn authentication(&self, secrets: &[&str]) -> Option<Authentication> {
        let shared = || rotated(secrets, |text| Secret::from_text(text).ok());
        Some(match self.way {
            0 | 1 => Authentication::Shopify(shared()?),
            2 => Authentication::Stripe(shared()?),
            3 => Authentication::Mailchimp(shared()?),
            4 => Authentication::Mandrill { url: MANDRILL_URL.into(), secrets: shared()? },
            5 | 6 => Authentication::StandardWebhooks(rotated(secrets, |text| Key::parse(text).ok())?),
            8 | 9 => Authentication::SharedSecret(rotated(secrets, |text| SharedSecret::parse(text).ok())?),
            _ => Authentication::ApiKey(rotated(secrets, |text| Some(api_key::Digest::of(text)))?),
        })
    }

    pub(super) fn verify_with(&self, secrets: &[&str]) -> Result<Verified<'_>, Refusal> {
        let authentication = self.authentication(secrets).ok_or(Refusal::NoSecret)?;
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let delivery = Delivery { body: &self.body, headers };
        verify(&delivery, &authentication, Timestamp::from_millis(self.now * 1000).unwrap())
    }

    pub(super) fn verify(&self) -> Result<Verified<'_>, Refusal> {
        self.verify_with(&[&self.secret])
    }

    pub(super) fn proof(mut self, value: impl Into<String>) -> Self {
        self.headers[0].1 = value.into();
        self
    }

    /// The slot that the proof was found in.
    pub(super) fn slot(verified: &Verified<'_>) -> Option<Slot> {
        match verified.proof() {
            super::Proof::Signature(slot) | super::Proof::Token(slot) => Some(slot),
            super::Proof::Address => None,
        }
    }
}

fn rotated<K>(secrets: &[&str], parse: impl Fn(&str) -> Option<K>) -> Option<Secrets<K>> {
    let mut all = Secrets::none();
    for secret in secrets {
        all.rotate(parse(secret)?, Timestamp::from_millis(0)?, std::time::Duration::from_hours(24 * 365 * 100)).ok()?;
    }
    Some(all)
}

/// The text with one bit turned. `None` where that is no text any more, which no header can carry.
pub(super) fn flipped(text: &str, bit: usize) -> Option<String> {
    String::from_utf8(flipped_bytes(text.as_bytes(), bit)).ok()
}

pub(super) fn flipped_bytes(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}
