use super::*;
use crate::identity::{Canonical, email, email::tests_support::Nobody};
use proptest::prelude::*;

fn master(version: u16) -> MasterKey {
    let seed = u8::try_from(version).unwrap();
    MasterKey::new(
        KeyVersion::new(version).unwrap(),
        std::array::from_fn(|at| seed.wrapping_add(u8::try_from(at).unwrap())),
    )
}

fn ring(controller: &str, kind: Kind, versions: std::ops::RangeInclusive<u16>) -> Result<Keyring, InvalidKeys> {
    Keyring::new(&ControllerId::parse(controller).unwrap(), kind, &versions.map(master).collect::<Vec<_>>())
}

fn hash(address: &str) -> PlainHash {
    PlainHash::of(&email::canonical(address, &Nobody).unwrap())
}

fn bob() -> PlainHash {
    hash("bob@biller.com")
}

#[test]
fn pseudonyms_are_those_that_another_implementation_computes() {
    let text = |versions| ring("demo", Kind::Email, versions).unwrap().pseudonym(&bob()).unwrap().to_string();
    assert_eq!(text(1..=1), "email.1.SjbiwtcE0cOmRwyBVWr1zgxzy5gjZo9kfDCR-I1dBGw");
    assert_eq!(text(1..=2), "email.2.qZ1jERrwlLdvhjHRbRmzBVDBqLv1PBcHSP2cP3h_O5E");
}

#[test]
fn a_pseudonym_is_of_one_controller_one_kind_and_one_version() {
    let of = |controller, versions| ring(controller, Kind::Email, versions).unwrap().pseudonym(&bob()).unwrap();
    let bytes = [of("demo", 1..=1), of("other", 1..=1), of("demo", 2..=2), of("demo", 1..=2)].map(|one| *one.bytes());
    for (at, one) in bytes.iter().enumerate() {
        assert!(bytes[at + 1..].iter().all(|other| other != one));
    }
    // The same text as a customer id.
    let same = PlainHash::of(&Canonical { kind: Kind::CustomerId, form: 1, text: "bob@biller.com".into() });
    let id = ring("demo", Kind::CustomerId, 1..=1).unwrap().pseudonym(&same).unwrap();
    assert_ne!(id.bytes(), of("demo", 1..=1).bytes());
    assert!(ring("demo", Kind::Phone, 1..=1).unwrap().pseudonym(&bob()).is_none());
    assert!(ring("demo", Kind::Phone, 1..=1).unwrap().candidates(&bob()).is_empty());
}

#[test]
fn a_row_is_found_before_and_after_it_was_re_keyed() {
    let stored = ring("demo", Kind::Email, 1..=1).unwrap().pseudonym(&bob()).unwrap();
    let ring = ring("demo", Kind::Email, 1..=2).unwrap();
    let candidates = ring.candidates(&bob());
    assert_eq!(candidates, [ring.pseudonym(&bob()).unwrap(), stored]);
    assert_eq!(ring.rekey(&stored), Some(candidates[0]));
}

#[test]
fn what_is_of_another_kind_or_of_an_unknown_version_is_not_re_keyed() {
    let ring_of = |versions| ring("demo", Kind::Email, versions).unwrap();
    let newest = ring_of(1..=3).pseudonym(&bob()).unwrap();
    assert_eq!(ring_of(1..=2).rekey(&newest), None);
    assert_eq!(ring_of(4..=5).rekey(&newest), None);
    assert_eq!(ring("demo", Kind::Phone, 1..=3).unwrap().rekey(&newest), None);
}

#[test]
fn keys_must_follow_one_another() {
    let demo = ControllerId::parse("demo").unwrap();
    let refused = |masters: &[MasterKey]| Keyring::new(&demo, Kind::Email, masters).unwrap_err();
    assert_eq!(refused(&[]), InvalidKeys::None);
    assert_eq!(refused(&[master(1), master(3)]), InvalidKeys::Gap);
    assert_eq!(refused(&[master(2), master(1)]), InvalidKeys::Gap);
    assert_eq!(refused(&[master(1), master(1)]), InvalidKeys::Gap);
    assert_eq!(ring("demo", Kind::Email, 1..=17).unwrap_err(), InvalidKeys::TooMany);
    assert_eq!(KeyVersion::new(0), None);
}

#[test]
fn a_key_is_read_as_it_is_kept() {
    let version = KeyVersion::new(1).unwrap();
    let text = Base64UrlUnpadded::encode_string(&master(1).secret);
    assert_eq!(MasterKey::from_base64url(version, &format!("{text}\n")).unwrap().secret, master(1).secret);
    for wrong in ["", "AAAA", "not base64 !", &text[1..], &format!("{text}AA")] {
        assert_eq!(MasterKey::from_base64url(version, wrong).unwrap_err(), InvalidKeys::Malformed, "{wrong}");
    }
}

#[test]
fn keys_do_not_show_themselves() {
    assert_eq!(format!("{:?}", master(1)), "MasterKey 1 (hidden)");
    assert_eq!(format!("{:?}", ring("demo", Kind::Email, 1..=2).unwrap()), "Keyring email/2 (hidden)");
}

#[test]
fn a_malformed_pseudonym_is_refused() {
    let text = ring("demo", Kind::Email, 1..=1).unwrap().pseudonym(&bob()).unwrap().to_string();
    let bytes = text.rsplit('.').next().unwrap();
    for wrong in
        ["", "email", "email.1", "email.1.", "name.1.{}", "email.0.{}", "email.01.{}", "email.+1.{}", "email.1.{}A"]
    {
        assert!(Pseudonym::parse(&wrong.replace("{}", bytes)).is_none(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn re_keying_meets_what_new_values_get_by_whatever_steps(
        name in "[a-z]{1,9}", first in 1..4_u16, steps in proptest::collection::vec(1..4_u16, 0..4),
    ) {
        let hash = hash(&format!("{name}@example.com"));
        let mut last = first;
        let mut stored = ring("demo", Kind::Email, first..=first).unwrap().pseudonym(&hash).unwrap();
        for step in steps {
            last += step;
            let ring = ring("demo", Kind::Email, first..=last).unwrap();
            prop_assert!(ring.candidates(&hash).contains(&stored));
            stored = ring.rekey(&stored).unwrap();
            prop_assert_eq!(ring.rekey(&stored), Some(stored));
            prop_assert_eq!(ring.pseudonym(&hash), Some(stored));
        }
    }

    #[test]
    fn what_is_written_reads_back(kind in 0..3_usize, version in 1..=u16::MAX, bytes in any::<[u8; 32]>()) {
        let one = Pseudonym::from_parts(Kind::ALL[kind], KeyVersion::new(version).unwrap(), bytes);
        prop_assert_eq!(Pseudonym::parse(&one.to_string()), Some(one));
        prop_assert_eq!(serde_json::from_value::<Pseudonym>(serde_json::to_value(one).unwrap()).unwrap(), one);
    }
}
