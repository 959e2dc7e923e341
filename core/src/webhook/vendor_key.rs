//! What the platform itself tells a repeated delivery by: a second key beside [`Verified::dedupe`].
//!
//! It is read from the body, so only after the body was authenticated. Shopify's id is not in the body; see
//! [`shopify::Event`](super::shopify::Event). Mandrill numbers the events in a delivery, not the delivery.

use serde::Deserialize;

use super::{Source, Verified, form};
use crate::id::Fingerprint;

impl Verified<'_> {
    /// The hash of the platform's id of this delivery. `None` where it gives none: then [`Verified::dedupe`] is all.
    ///
    /// A delivery that anybody could have sent gets none: a stranger could use up the id of a real one.
    pub fn vendor_key(&self) -> Option<Fingerprint> {
        if self.proof().is_weak() {
            return None;
        }
        let parts = match self.source() {
            Source::Shopify | Source::Mandrill => None,
            Source::Stripe => stripe(self.body()),
            Source::Mailchimp => mailchimp(self.body()),
            Source::Custom => self.id().map(|id| vec![id.as_bytes().to_vec()]),
        }?;
        let parts: Vec<_> = parts.iter().map(Vec::as_slice).collect();
        Some(key(self.source(), &parts))
    }
}

pub(super) fn key(source: Source, parts: &[&[u8]]) -> Fingerprint {
    super::verified::key(b"nod webhook id 1\0", source, parts)
}

/// The event's id, of snapshot and thin events alike.
fn stripe(body: &[u8]) -> Option<Vec<Vec<u8>>> {
    #[derive(Deserialize)]
    struct Event {
        id: String,
    }
    let Event { id } = crate::json::read(body)?;
    (1..=255).contains(&id.len()).then(|| vec![id.into_bytes()])
}

/// What Mailchimp names: type, member and time; and the list, because members of two lists may share an id. Changes of
/// address and bounces name no member and have no key.
fn mailchimp(body: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut fields = form::fields(body)?;
    [&b"type"[..], b"data[list_id]", b"data[id]", b"fired_at"]
        .into_iter()
        .map(|name| {
            let at = fields.iter().position(|(field, _)| field == name)?;
            let (_, value) = fields.swap_remove(at);
            let unique = fields.iter().all(|(field, _)| field != name);
            (unique && !value.is_empty()).then_some(value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Proof, Slot, tests_support::MAILCHIMP_BODY};
    use proptest::prelude::*;

    fn read(source: Source, body: &str) -> Option<Fingerprint> {
        let body = body.as_bytes();
        Verified::new(source, Proof::Signature(Slot::Current), body, &[body]).vendor_key()
    }

    #[test]
    fn stripe_events_are_told_apart_by_their_id() {
        let of = |body| read(Source::Stripe, body);
        let snapshot = of(r#"{"id":"evt_1","object":"event","data":{"object":{"id":"cus_1"}}}"#);
        assert!(snapshot.is_some());
        assert_eq!(snapshot, of(r#"{"object":"v2.core.event","id":"evt_1"}"#));
        assert_ne!(snapshot, of(r#"{"id":"evt_2"}"#));
        for body in ["", "[]", "{}", r#"{"id":7}"#, r#"{"id":""}"#, r#"{"id":"evt_1","id":"evt_2"}"#] {
            assert_eq!(of(body), None, "{body}");
        }
    }

    #[test]
    fn mailchimp_deliveries_are_told_apart_by_type_member_and_time() {
        let of = |body: &str| read(Source::Mailchimp, body);
        let first = of(MAILCHIMP_BODY);
        assert!(first.is_some());
        assert_eq!(of(&MAILCHIMP_BODY.replace("FNAME%5D=Mailchimp", "FNAME%5D=Freddie")), first);
        for (from, to) in [("type=subscribe", "type=profile"), ("35%3A57", "35%3A58"), ("8a25ff1d98", "8a25ff1d99")] {
            let other = of(&MAILCHIMP_BODY.replace(from, to));
            assert!(other.is_some() && other != first, "{from}");
        }
        assert_eq!(of("type=upemail&fired_at=2009-03-26+21%3A35%3A57&data%5Blist_id%5D=a6b5da1054"), None);
        assert_eq!(of(&format!("{MAILCHIMP_BODY}&data%5Bid%5D=another")), None);
    }

    #[test]
    fn a_stranger_cannot_use_up_the_id_of_a_real_delivery() {
        let body = MAILCHIMP_BODY.as_bytes();
        assert_eq!(Verified::new(Source::Mailchimp, Proof::Address, body, &[body]).vendor_key(), None);
    }

    #[test]
    fn a_custom_application_gives_its_own_id() {
        let of = |id, body: &'static [u8]| {
            Verified::new(Source::Custom, Proof::Token(Slot::Current), body, &[]).with_id(id).vendor_key()
        };
        assert!(of("1", b"a").is_some());
        assert_eq!(of("1", b"a"), of("1", b"b"));
        assert_ne!(of("1", b"a"), of("2", b"a"));
    }

    proptest! {
        #[test]
        fn any_body_is_read_without_a_panic(body: String, source in prop::sample::select(&Source::ALL[..])) {
            let _ = read(source, &body);
        }
    }
}
