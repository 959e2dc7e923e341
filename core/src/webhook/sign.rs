//! Signing as the platforms do: to try out a connection, and for tests.

use base64ct::{Base64, Encoding as _};

use super::{Authentication, Secret, Secrets, mac, mailchimp, mandrill, shopify, standard_webhooks, stripe};
use crate::{id::Fingerprint, time::Timestamp};

impl Authentication {
    /// The headers with which the platform would send this body now, signed with the newest secret. `id` is what a
    /// custom application calls the delivery.
    ///
    /// `None` where Nod does not hold what is signed with (a private key, a bearer token, nothing at all), or the body
    /// is not a form that Mandrill sends.
    pub fn sign(&self, id: &str, body: &[u8], now: Timestamp) -> Option<Vec<(&'static str, String)>> {
        let time = (now.millis() / 1000).to_string();
        match self {
            Self::Shopify(secrets) => {
                Some(vec![(shopify::HEADER, Base64::encode_string(&mac::sha256(secrets.newest()?, &[body])?))])
            }
            Self::Stripe(secrets) => Some(vec![(stripe::HEADER, timestamped(secrets, &time, body)?)]),
            Self::Mailchimp(secrets) => Some(vec![(mailchimp::HEADER, timestamped(secrets, &time, body)?)]),
            Self::Mandrill { url, secrets } => {
                let message = [url.as_bytes(), mandrill::FIELD, &mandrill::events(body)?];
                Some(vec![(mandrill::HEADER, Base64::encode_string(&mac::sha1(secrets.newest()?, &message)?))])
            }
            Self::StandardWebhooks(keys) => standard(keys.newest()?, id, time, body),
            Self::SharedSecret(secrets) => standard(&secrets.newest()?.key, id, time, body),
            Self::MailchimpUnsigned | Self::ApiKey(_) => None,
        }
    }
}

fn timestamped(secrets: &Secrets<Secret>, time: &str, body: &[u8]) -> Option<String> {
    let code = mac::sha256(secrets.newest()?, &[time.as_bytes(), b".", body])?;
    Some(format!("t={time},v1={}", Fingerprint::from_digest(&code)))
}

fn standard(key: &standard_webhooks::Key, id: &str, time: String, body: &[u8]) -> Option<Vec<(&'static str, String)>> {
    let standard_webhooks::Key::Shared(secret) = key else { return None };
    let code = mac::sha256(secret, &[id.as_bytes(), b".", time.as_bytes(), b".", body])?;
    Some(vec![
        (standard_webhooks::ID, id.to_owned()),
        (standard_webhooks::TIMESTAMP, time),
        (standard_webhooks::SIGNATURE, format!("v1,{}", Base64::encode_string(&code))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{
        Delivery, Refusal,
        tests_support::{Sample, good},
        verify,
    };
    use proptest::prelude::*;

    fn check(
        authentication: &Authentication,
        headers: &[(&'static str, String)],
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let headers = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        verify(&Delivery { body, headers }, authentication, now).map(drop)
    }

    #[test]
    fn it_signs_the_published_vectors() {
        for way in [0, 2, 3, 4, 5, 8] {
            let sample = good(way);
            let authentication = sample.authentication(&[&sample.secret]).unwrap();
            let now = Timestamp::from_millis(sample.now * 1000).unwrap();
            let headers = authentication.sign("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", &sample.body, now).unwrap();
            for (name, value) in &sample.headers {
                let signed = headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
                assert_eq!(signed.map(|(_, value)| value), Some(value), "{way}: {name}");
            }
        }
    }

    #[test]
    fn it_does_not_sign_what_it_has_no_key_for() {
        for way in [6, 7] {
            let sample = good(way);
            let authentication = sample.authentication(&[&sample.secret]).unwrap();
            assert_eq!(authentication.sign("1", b"", Timestamp::from_millis(0).unwrap()), None, "{way}");
        }
    }

    proptest! {
        /// Bodies need not be text; every one is accepted as it was signed and refused with any one bit turned.
        #[test]
        fn what_is_signed_is_accepted_and_one_bit_more_or_less_is_not(
            way in prop::sample::select(&[0, 2, 3, 5, 8][..]), body in prop::collection::vec(any::<u8>(), 1..200),
            bit: prop::sample::Index, now in 0..253_402_300_799_999i64, id in "[!-\\-/-~]{1,40}",
        ) {
            let sample: Sample = good(way);
            let authentication = sample.authentication(&[&sample.secret]).unwrap();
            // The samples' secrets live for a hundred years from 1970.
            let now = Timestamp::from_millis(now % 3_000_000_000_000).unwrap();
            let headers = authentication.sign(&id, &body, now).unwrap();
            prop_assert_eq!(check(&authentication, &headers, &body, now), Ok(()));
            let spoiled = crate::webhook::tests_support::flipped_bytes(&body, bit.index(body.len() * 8));
            prop_assert_eq!(check(&authentication, &headers, &spoiled, now), Err(Refusal::Mismatch));
        }
    }
}
