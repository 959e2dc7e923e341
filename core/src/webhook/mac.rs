//! Message authentication codes: made, read from text, and compared without telling how much of them was right.

use base64ct::{Base64, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

use super::Secret;

/// Whether one of the codes is that of the message. All are compared, so that time does not tell which it was.
pub(super) fn any_is_sha256(codes: &[[u8; 32]], secret: &Secret, message: &[&[u8]]) -> Choice {
    let no = Choice::from(0);
    let right = sha256(secret, message);
    right.map_or(no, |right| codes.iter().fold(no, |found, code| found | code.as_slice().ct_eq(right.as_slice())))
}

/// The same for one code of HMAC-SHA1, which Mandrill still uses. As a keyed code it is not broken.
pub(super) fn is_sha1(code: &[u8; 20], secret: &Secret, message: &[&[u8]]) -> Choice {
    sha1(secret, message).map_or(Choice::from(0), |right| code.as_slice().ct_eq(right.as_slice()))
}

/// HMAC-SHA256. Always `Some`: a key can have any length.
pub(super) fn sha256(secret: &Secret, message: &[&[u8]]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).ok()?;
    for part in message {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

/// HMAC-SHA1. Always `Some`: a key can have any length.
pub(super) fn sha1(secret: &Secret, message: &[&[u8]]) -> Option<[u8; 20]> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.bytes()).ok()?;
    for part in message {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

/// Reads base64 with padding. `None` unless it spells exactly `N` bytes in the one canonical way.
pub(super) fn base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let length = Base64::decode(text, &mut bytes).ok()?.len();
    (length == N).then_some(bytes)
}

/// Reads hex digits. `None` unless they are exactly `2 * N` lower-case ones, which is how every platform writes them.
pub(super) fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hex_is_lower_case_and_as_long_as_it_must_be() {
        assert_eq!(hex("00ff1a"), Some([0x00, 0xff, 0x1a]));
        for text in ["", "00ff1", "00ff1a0", "00ff1a00", "00FF1A", "00fg1a", "0x00ff", "00ff1ä"] {
            assert_eq!(hex::<3>(text), None, "{text}");
        }
    }

    #[test]
    fn base64_is_canonical_and_as_long_as_it_must_be() {
        assert_eq!(base64("AP8="), Some([0x00, 0xff]));
        // Spare bits, no padding, another alphabet, spaces, too long, too short.
        for text in ["AP9=", "AP8", "AP8==", "A_8=", "AP8= ", " AP8=", "AP8A", "AA==", "", "AP8=AP8="] {
            assert_eq!(base64::<2>(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text: String) {
            let _ = (hex::<32>(&text), base64::<32>(&text), base64::<20>(&text), base64::<64>(&text));
        }
    }
}
