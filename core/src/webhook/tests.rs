use proptest::prelude::*;

use super::tests_support::{MAILCHIMP_BODY, Sample, WAYS, flipped, flipped_bytes, good};
use super::*;

#[test]
fn the_published_vectors_hold() {
    assert_eq!(MAILCHIMP_BODY.len(), 341);
    for way in WAYS {
        let sample = good(way);
        let verified = sample.verify().unwrap_or_else(|refusal| panic!("{way}: {refusal}"));
        assert_eq!(Sample::slot(&verified), Some(Slot::Current), "{way}");
        assert_eq!((verified.body(), verified.proof().is_weak()), (sample.body.as_slice(), false), "{way}");
    }
}

#[test]
fn sources_have_one_name() {
    for source in Source::ALL {
        assert_eq!(Source::parse(source.name()), Some(source));
        assert_eq!(serde_json::to_value(source).unwrap(), source.name());
    }
    assert_eq!(Source::parse("Shopify"), None);
}

#[test]
fn any_flipped_bit_of_the_body_is_refused() {
    for way in WAYS.filter(|way| ![7, 9].contains(way)) {
        let sample = good(way);
        for bit in 0..sample.body.len() * 8 {
            let spoiled = Sample { body: flipped_bytes(&sample.body, bit), ..sample.clone() };
            assert!(spoiled.verify().is_err(), "{way}: bit {bit}");
        }
    }
}

#[test]
fn any_flipped_bit_of_a_signed_header_is_refused() {
    for way in WAYS {
        let sample = good(way);
        for header in 0..sample.headers.len() {
            let (name, value) = sample.headers[header].clone();
            // Not signed; and the scheme's name may be written in any case.
            let from = match name {
                "Idempotency-Key" => continue,
                "Authorization" => "Bearer ".len() * 8,
                _ => 0,
            };
            for bit in from..value.len() * 8 {
                let Some(value) = flipped(&value, bit) else { continue };
                let mut spoiled = sample.clone();
                spoiled.headers[header].1 = value;
                assert!(spoiled.verify().is_err(), "{way}: {name}, bit {bit}");
            }
        }
    }
}

#[test]
fn any_flipped_bit_of_the_key_is_refused() {
    for way in WAYS {
        let sample = good(way);
        for bit in 0..sample.secret.len() * 8 {
            let Some(secret) = flipped(&sample.secret, bit) else { continue };
            assert!(sample.verify_with(&[&secret]).is_err(), "{way}: bit {bit}");
        }
    }
}

#[test]
fn proofs_have_one_name() {
    for proof in Proof::ALL {
        assert_eq!(Proof::parse(proof.name()), Some(proof));
    }
}

#[test]
fn what_was_verified_before_is_the_same_when_it_is_replayed() {
    for way in WAYS {
        let sample = good(way);
        let first = sample.verify().unwrap();
        let again = Verified::replayed(first.source(), first.proof(), first.body(), first.id(), first.dedupe().clone());
        assert_eq!(again, first, "{way}");
        assert_eq!(again.vendor_key(), first.vendor_key(), "{way}");
    }
}

#[test]
fn a_header_that_is_missing_or_given_twice_is_refused() {
    for way in WAYS {
        let sample = good(way);
        for header in 0..sample.headers.len() {
            let mut missing = sample.clone();
            let (name, value) = missing.headers.remove(header);
            let expected = if name == "Idempotency-Key" { "no_idempotency_key" } else { "missing_header" };
            assert_eq!(missing.verify().unwrap_err().name(), expected, "{way}: {name}");
            let mut twice = sample.clone();
            twice.headers.push((name, value));
            assert_eq!(twice.verify().unwrap_err().name(), "malformed", "{way}: {name}");
        }
    }
}

#[test]
fn without_a_live_secret_everything_is_refused() {
    for way in WAYS {
        assert_eq!(good(way).verify_with(&[]), Err(Refusal::NoSecret), "{way}");
    }
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let sample = Sample { body: vec![b'a'; MAX_BODY + 1], ..good(0) };
    assert_eq!(sample.verify(), Err(Refusal::TooLarge));
    assert_eq!(Sample { body: vec![b'a'; MAX_BODY], ..sample }.verify(), Err(Refusal::Mismatch));
}

#[test]
fn what_is_authentic_but_not_of_now_is_refused_in_both_directions() {
    for way in [2, 3, 5, 6, 8] {
        let sample = good(way);
        let after = |seconds| Sample { now: sample.now + seconds, ..sample.clone() }.verify().err();
        assert_eq!([after(300), after(-300)], [None, None], "{way}");
        assert_eq!([after(301), after(-301)], [Some(Refusal::TooOld), Some(Refusal::TooNew)], "{way}");
        assert_eq!(after(-sample.now), Some(Refusal::TooNew), "{way}");
        // A forgery is not called late.
        let forged = Sample { body: b"forged".to_vec(), now: sample.now + 1000, ..sample.clone() };
        assert_eq!(forged.verify(), Err(Refusal::Mismatch), "{way}");
    }
}

#[test]
fn proofs_that_cannot_be_read_or_are_of_another_kind_are_refused() {
    let code = "be62fc7f2c31001edd631719176b2c3d49a2993da7b231e8e74d6d39b017d6a0";
    let (upper, long) = (code.to_uppercase(), "v1=00,".repeat(17));
    let many = format!("v1,{} ", "A".repeat(43) + "=").repeat(17);
    for (way, proof, expected) in [
        (0, "", "malformed"),
        (0, "cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI0", "malformed"),
        (0, "cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI1=", "malformed"),
        (0, "cMgOToFQFqBLXkX_LTopS4zQ79S28qxqRbBDfYjOxI0=", "malformed"),
        (0, "cMgOToFQ", "malformed"),
        (0, "cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI0=, cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI0=", "malformed"),
        (0, "\u{fffd}\0", "malformed"),
        (0, &format!("{}=", "A".repeat(43)), "mismatch"),
        (2, "", "malformed"),
        (2, "t=1492774577", "malformed"),
        (2, &format!("v1={code}"), "malformed"),
        (2, &format!("t=,v1={code}"), "malformed"),
        (2, &format!("t=1492774577,v1={upper}"), "malformed"),
        (2, &format!("t=1492774577,v1={}", &code[..62]), "malformed"),
        (2, &format!("t=1492774577,v1={code}00"), "malformed"),
        (2, &format!("t=1492774577,v0={code}"), "malformed"),
        (2, &format!("t=1492774577,t=1492774577,v1={code}"), "malformed"),
        (2, &format!("t=1492774577,v1={code},"), "malformed"),
        (2, &format!("t=1492774577,v1={code},a=b=c"), "malformed"),
        (2, &format!("t=+1492774577,v1={code}"), "malformed"),
        (2, &format!("t=01492774577,v1={code}"), "mismatch"),
        (2, &format!("t=1492774577,v1={}", "0".repeat(64)), "mismatch"),
        (2, &format!("t=1492774577,{long}v1={code}"), "too_many_signatures"),
        (4, "0dgtOOiRg4coVGy/YIKSWr3bS7", "malformed"),
        (5, "", "malformed"),
        (5, "v1,", "malformed"),
        (5, "v1,tZ1I4/hD", "malformed"),
        (5, "v1a,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", "malformed"),
        (5, "v2,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", "malformed"),
        (5, "tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", "malformed"),
        (5, &many, "too_many_signatures"),
        (6, "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", "mismatch"),
        (7, "Bearer", "malformed"),
        (7, "Bearer ", "malformed"),
        (7, "Basic bm9kOm5vZA==", "malformed"),
        (7, &format!("Bearer {}", "n".repeat(256)), "malformed"),
        (7, "Bearer nod_AQEBAQEB_", "mismatch"),
    ] {
        assert_eq!(good(way).proof(proof).verify().unwrap_err().name(), expected, "{way}: {proof}");
    }
}

#[test]
fn one_right_signature_among_others_is_enough() {
    let right = "be62fc7f2c31001edd631719176b2c3d49a2993da7b231e8e74d6d39b017d6a0";
    let wrong = "0".repeat(64);
    for header in [
        format!("t=1492774577,v1={wrong},v1={right}"),
        format!("t=1492774577,v1={right},v1={wrong},v0={wrong}"),
        format!("t=1492774577,v1={right},v1={right}"),
        format!("v1=no hex,t=1492774577,v1={right},scheme=x"),
        format!("t=1492774577,{}v1={right}", format!("v1={wrong},").repeat(14)),
    ] {
        assert!(good(2).proof(header.clone()).verify().is_ok(), "{header}");
    }
    let right = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";
    let wrong = format!("v1,{}=", "A".repeat(43));
    for header in [
        format!("{wrong} {right}"),
        format!("v1a,x v2,y {right}"),
        format!("{} {right}", [wrong.as_str(); 15].join(" ")),
    ] {
        assert!(good(5).proof(header.clone()).verify().is_ok(), "{header}");
    }
}

#[test]
fn both_secrets_of_a_rotation_are_taken_and_told_apart() {
    let other = |way| match way {
        5 | 6 | 8 | 9 => standard_webhooks::Key::shared_text(&[9; 32]),
        _ => "another_secret_of_this_connection".to_owned(),
    };
    for way in WAYS {
        let sample = good(way);
        let slot = |secrets: &[&str]| sample.verify_with(secrets).map(|verified| Sample::slot(&verified).unwrap());
        assert_eq!(slot(&[&other(way), &sample.secret]), Ok(Slot::Current), "{way}");
        assert_eq!(slot(&[&sample.secret, &other(way)]), Ok(Slot::Previous), "{way}");
        assert_eq!(slot(&[&other(way)]), Err(Refusal::Mismatch), "{way}");
    }
}

#[test]
fn a_delivery_sent_again_is_the_same_one() {
    let key = |sample: &Sample| sample.verify().map(|verified| verified.dedupe().clone());
    // Stripe signs each try anew.
    let again = "t=1492774600,v1=d0963cd20122b481e0e91c0599bdbc0f4db3d65c2a871333ca99022765d5b118";
    assert_eq!(key(&good(2).proof(again)), key(&good(2)));
    // What nobody signed does not make it another.
    let mut relabelled = good(0);
    relabelled.headers.push(("X-Shopify-Webhook-Id", "a-fresh-one".into()));
    assert_eq!(key(&relabelled), key(&good(0)));
    // The same body under another id is another delivery, where the id is authentic.
    let mut other = good(7);
    other.headers[1].1 = "order-18".into();
    assert_ne!(key(&other), key(&good(7)));
    // So is another body under the same id; but the id is used up, and the sender can be told.
    let other = Sample { body: b"another".to_vec(), ..good(7) };
    assert_ne!(key(&other), key(&good(7)));
    assert_eq!(other.verify().unwrap().vendor_key(), good(7).verify().unwrap().vendor_key());
}

proptest! {
    #[test]
    fn any_bytes_are_taken_without_a_panic(
        way in WAYS, proof in "(t=|v1=|v1,|v1a,|Bearer |[0-9a-f]{0,70}|[A-Za-z0-9+/]{0,90}=?|[ ,=]|\\PC){0,12}",
        body: Vec<u8>, id: String, time: String, now in 0..=253_402_300_799i64,
    ) {
        let mut sample = Sample { body, now, ..good(way) }.proof(proof);
        for (header, value) in sample.headers.iter_mut().skip(1).zip([id, time]) {
            header.1 = value;
        }
        prop_assert!(sample.verify().is_err());
    }

    #[test]
    fn any_proof_is_refused_but_the_right_one(way in WAYS, proof: String) {
        prop_assert!(good(way).proof(proof).verify().is_err());
    }

    #[test]
    fn any_text_is_a_key_or_refused_without_a_panic(text in "(whsec_|whpk_|whsk_|)\\PC{0,90}") {
        let _ = (standard_webhooks::Key::parse(&text), Secret::from_text(&text));
    }
}
