use proptest::prelude::*;

use super::*;

fn context(row: &str) -> Context {
    Context::new("connections", &ControllerId::parse("demo").unwrap(), row, "secret")
}

fn keys(versions: std::ops::RangeInclusive<u16>) -> SealingKeys {
    let mut all: Vec<(KeyVersion, [u8; 32])> =
        versions.map(|number| (KeyVersion::new(number).unwrap(), [u8::try_from(number).unwrap(); 32])).collect();
    SealingKeys::new(all.pop().unwrap(), all)
}

#[test]
fn the_vector_of_rfc_8439_holds() {
    // Section 2.8.2: with its own associated data, so below the context.
    let key: Vec<u8> = (0x80..=0x9f).collect();
    let nonce = [7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47];
    let context = Context(vec![0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7]);
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let sealed = ShredKey::from_bytes(key.try_into().unwrap()).seal(&context, nonce, plain);
    let bytes = Sealed::read(&sealed).unwrap().secret;
    assert_eq!(bytes[..8], [0xd3, 0x1a, 0x8d, 0x34, 0x64, 0x8e, 0x60, 0xdb]);
    assert_eq!(
        bytes[bytes.len() - 16..],
        [0x1a, 0xe1, 0x0b, 0x59, 0x4f, 0x09, 0xe2, 0x6a, 0x7e, 0x90, 0x2e, 0xcb, 0xd0, 0x60, 0x06, 0x91]
    );
}

#[test]
fn what_an_older_key_sealed_opens_and_the_newest_seals() {
    let sealed = keys(1..=1).seal(&context("c1"), [9; 12], b"hush");
    assert!(sealed.starts_with("1.1."), "{sealed}");
    assert_eq!(keys(1..=3).open(&context("c1"), &sealed).unwrap(), b"hush");
    let newer = keys(1..=3).seal(&context("c1"), [9; 12], b"hush");
    assert!(newer.starts_with("1.3."), "{newer}");
    assert_eq!(keys(1..=2).open(&context("c1"), &newer), Err(CannotOpen::UnknownKey));
    // A version says which key; it is not a key.
    assert_eq!(keys(1..=3).open(&context("c1"), &newer.replacen("1.3.", "1.2.", 1)), Err(CannotOpen::Forged));
}

#[test]
fn a_sealed_text_opens_in_its_own_place_only() {
    let sealed = keys(1..=1).seal(&context("c1"), [9; 12], b"hush");
    let (demo, other) = (ControllerId::parse("demo").unwrap(), ControllerId::parse("other").unwrap());
    for elsewhere in [
        context("c2"),
        Context::new("connections", &other, "c1", "secret"),
        Context::new("connections", &demo, "c1", "previous_secret"),
        Context::new("dead_letters", &demo, "c1", "secret"),
        Context::new("connectionsdemo", &demo, "c1", "secret"),
        Context::new("connections", &demo, "c1secret", ""),
    ] {
        assert_eq!(keys(1..=1).open(&elsewhere, &sealed), Err(CannotOpen::Forged), "{elsewhere:?}");
    }
}

#[test]
fn a_text_with_a_key_of_its_own_is_gone_with_it() {
    let key = ShredKey::from_bytes([1; 32]);
    let sealed = key.seal(&context("d1"), [9; 12], b"a body");
    let kept = ShredKey::from_base64url(&key.to_base64url()).unwrap();
    assert_eq!(kept.open(&context("d1"), &sealed).unwrap(), b"a body");
    assert_eq!(ShredKey::from_bytes([2; 32]).open(&context("d1"), &sealed), Err(CannotOpen::Forged));
    // The master keys do not open it, whatever they are.
    assert_eq!(keys(1..=1).open(&context("d1"), &sealed), Err(CannotOpen::Malformed));
    assert_eq!(key.open(&context("d1"), &keys(1..=1).seal(&context("d1"), [9; 12], b"")), Err(CannotOpen::UnknownKey));
    assert!(ShredKey::from_base64url("AAAA").is_none());
}

#[test]
fn keys_do_not_show_themselves() {
    assert_eq!(
        format!("{:?} {:?}", keys(1..=2), ShredKey::from_bytes([1; 32])),
        "SealingKeys of 2 versions (hidden) ShredKey (hidden)"
    );
}

#[test]
fn what_is_no_sealed_text_does_not_open() {
    for text in [
        "",
        "1",
        "1.1",
        "1.1.",
        "1.1.AAAA",
        "2.1.AAAAAAAAAAAAAAAAAAAAAA",
        "1.1.A+AAAAAAAAAAAAAAAAAAAA",
        "1.x.AAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert_eq!(keys(1..=1).open(&context("c1"), text), Err(CannotOpen::Malformed), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(plain: Vec<u8>, nonce: Nonce, row: String) {
        let sealed = keys(1..=2).seal(&context(&row), nonce, &plain);
        prop_assert_eq!(keys(1..=2).open(&context(&row), &sealed), Ok(plain));
    }

    #[test]
    fn any_turned_bit_is_noticed(plain: Vec<u8>, nonce: Nonce, bit: prop::sample::Index) {
        let sealed = keys(1..=1).seal(&context("c1"), nonce, &plain);
        let mut bytes = Base64UrlUnpadded::decode_vec(&sealed["1.1.".len()..]).unwrap();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let spoiled = format!("1.1.{}", Base64UrlUnpadded::encode_string(&bytes));
        prop_assert_eq!(keys(1..=1).open(&context("c1"), &spoiled), Err(CannotOpen::Forged));
    }

    #[test]
    fn any_text_is_answered(text: String) {
        let _ = (keys(1..=1).open(&context("c1"), &text), ShredKey::from_bytes([0; 32]).open(&context("c1"), &text));
    }
}
