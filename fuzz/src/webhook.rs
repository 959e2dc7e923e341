//! Signatures: what is refused, what is accepted, and that nothing in between is.

use nod_core::{
    time::Timestamp,
    webhook::{self, Authentication, Delivery, Scheme, Secrets, standard_webhooks},
};

use crate::call::{Call, line};

/// The address that Mandrill's published vector is signed for.
const ADDRESS: &str = "https://conduit.example/mandrill?token=abc";

/// A moment in 2026.
pub(crate) const NOW: i64 = 1_795_435_200_000;

/// The secrets of the published vectors, and one more that is on its way out.
pub(crate) fn authentication(scheme: Scheme) -> Authentication {
    let (current, previous) = match scheme {
        Scheme::Shopify => ("shpss_test_client_secret", "shpss_before"),
        Scheme::Stripe => ("whsec_test_secret", "whsec_before"),
        Scheme::Mailchimp => ("mc_test_signing_secret", "mc_before"),
        Scheme::Mandrill => ("mandrill_test_key", "mandrill_before"),
        Scheme::MailchimpUnsigned => return Authentication::MailchimpUnsigned,
        Scheme::SharedSecret => {
            ("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        }
        Scheme::Ed25519 => {
            let key = "whpk_6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
            (key, key)
        }
        Scheme::ApiKey => {
            ("nod_AQEBAQEB_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI", "an-older-key-that-is-long-enough-0001")
        }
    };
    let [current, previous] = [current, previous].map(|text| scheme.stored(text).expect("a secret of that scheme"));
    let last = Timestamp::from_millis(i64::from(u32::MAX) * 1000).expect("a time");
    let secrets = Secrets::restored((current, None), Some((previous, last)));
    scheme.authentication(secrets, ADDRESS).expect("secrets of that scheme")
}

/// `{scheme} {seconds}`, headers, body: any of it may be wrong.
pub fn verify(input: &[u8]) {
    let Some(call) = Call::parse(input) else { return };
    let [scheme, seconds] = call.words[..] else { return };
    let Some(scheme) = Scheme::parse(scheme) else { return };
    let millis = seconds.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
    let Some(now) = millis.and_then(Timestamp::from_millis) else { return };
    let (delivery, authentication) = (call.delivery(), authentication(scheme));
    match webhook::verify(&delivery, &authentication, now) {
        Ok(verified) => {
            assert_eq!(verified.body(), call.body);
            assert_eq!(verified.source(), scheme.source());
            let again = webhook::verify(&delivery, &authentication, now).expect("the same delivery again");
            assert_eq!(again, verified);
            let _ = verified.vendor_key();
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty() && !refusal.name().is_empty()),
    }
}

/// `{scheme} {id}`, an empty line, a body: what is signed is accepted, and refused with one bit changed.
pub fn signed(input: &[u8]) {
    let Some(call) = Call::parse(input) else { return };
    let [scheme, id] = call.words[..] else { return };
    let Some(scheme) = Scheme::parse(scheme) else { return };
    round_trip(&authentication(scheme), id, call.body);
}

fn round_trip(authentication: &Authentication, id: &str, body: &[u8]) {
    let now = Timestamp::from_millis(NOW).expect("a time");
    let Some(headers) = authentication.sign(id, body, now) else { return };
    let is_id = (1..=255).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.');
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let accepts =
        |body: &[u8]| webhook::verify(&Delivery { body, headers: headers.clone() }, authentication, now).is_ok();
    let needs_id = authentication.source() == webhook::Source::Custom;
    assert_eq!(accepts(body), is_id || !needs_id, "what was signed");
    // Mandrill signs what a form says, not how it is spelt.
    if authentication.source() == webhook::Source::Mandrill {
        return;
    }
    if let Some((last, start)) = body.split_last() {
        assert!(!accepts(&[start, &[last ^ 1]].concat()), "one bit changed");
        assert!(!accepts(start), "one byte less");
    }
}

/// `{scheme}`, and below it a secret as somebody might enter it: what is taken can be used.
pub fn secrets(input: &[u8]) {
    let Some((scheme, text)) = line(input) else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let _ = standard_webhooks::Key::parse(text);
    let Some(scheme) = Scheme::parse(scheme) else { return };
    match scheme.stored(text) {
        Ok(stored) => {
            let secrets = Secrets::new(stored);
            let authentication = scheme.authentication(secrets, ADDRESS).expect("a secret that was taken");
            round_trip(&authentication, "order-17", b"mandrill_events=%5B%5D");
        }
        Err(invalid) => assert!(!invalid.to_string().is_empty()),
    }
}
