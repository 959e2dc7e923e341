//! Mailchimp Transactional (Mandrill): HMAC-SHA1 over the address and the decoded form.
//!
//! The code covers `{url}{name}{value}…` with nothing between the parts, so other borders between names and values give
//! the same code. A delivery is therefore taken only with the single field that Mandrill sends: then there is one
//! way to read what was signed.

use super::{Delivery, Proof, Refusal, Secret, Secrets, Source, Verified, form, mac};
use crate::time::Timestamp;

pub(super) const HEADER: &str = "x-mandrill-signature";
pub(super) const FIELD: &[u8] = b"mandrill_events";

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    url: &str,
    secrets: &Secrets<Secret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    let code = mac::base64(delivery.required(HEADER)?).ok_or(Refusal::Malformed(HEADER))?;
    let events = events(delivery.body).ok_or(Refusal::Malformed("the form"))?;
    let message = [url.as_bytes(), FIELD, &events];
    let slot = secrets.find(now, |secret| mac::is_sha1(&code, secret, &message))?;
    // Of the decoded value: the same value can be spelt in many ways, and the code covers none of them.
    Ok(Verified::new(Source::Mandrill, Proof::Signature(slot), delivery.body, &[&events]))
}

/// The value of the one field.
pub(super) fn events(body: &[u8]) -> Option<Vec<u8>> {
    let mut fields = form::fields(body)?.into_iter();
    match (fields.next(), fields.next()) {
        (Some((name, value)), None) if name == FIELD => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{
        Authentication,
        tests_support::{MANDRILL_URL, Sample, good},
        verify,
    };

    #[test]
    fn mandrill_is_read_in_one_way_only() {
        let sample = good(4);
        let with = |body: &str| Sample { body: body.as_bytes().to_vec(), ..sample.clone() };
        // The same code covers all of these: other borders, other fields.
        for body in [
            "mandrill_event=s[]",
            "mandrill_events%5B%5D",
            "mandrill_events=[&]=",
            "mandrill_events=&mandrill_events=[]",
            "",
        ] {
            assert_eq!(with(body).verify().unwrap_err().name(), "malformed", "{body}");
        }
        // Another spelling says the same, and is the same delivery.
        let spelt = with("mandrill_events=%5b%5D");
        assert_eq!(spelt.verify().unwrap().dedupe(), sample.verify().unwrap().dedupe());
        // The address is signed to the letter.
        let secrets = || Secrets::new(Secret::from_text(&sample.secret).unwrap());
        let headers = [("x-mandrill-signature", sample.headers[0].1.as_str())];
        let delivery = Delivery { body: &sample.body, headers: headers.to_vec() };
        let at = |url: &str| Authentication::Mandrill { url: url.into(), secrets: secrets() };
        let now = Timestamp::from_millis(0).unwrap();
        assert!(verify(&delivery, &at(MANDRILL_URL), now).is_ok());
        assert_eq!(verify(&delivery, &at(&format!("{MANDRILL_URL}/")), now), Err(Refusal::Mismatch));
    }
}
