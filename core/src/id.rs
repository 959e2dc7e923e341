//! Names of things, each its own type, so that one cannot be taken for another.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the form; `None` where it is not that of this kind of name.
            pub fn parse(text: &str) -> Option<Self> {
                let valid: fn(&str) -> bool = $valid;
                valid(text).then(|| Self(text.to_owned()))
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text).ok_or_else(|| concat!("not a valid ", stringify!($name)).to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_')
}

fn is_token(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

text_id!(
    /// The organisation that answers for the data: the tenant.
    ControllerId,
    is_slug
);
text_id!(
    /// A site's public name, part of its script's address.
    SiteKey,
    is_slug
);
text_id!(
    /// A purpose of a notice: `analytics`.
    PurposeId,
    is_slug
);
text_id!(
    /// A third party of a notice: `ga4`.
    VendorId,
    is_slug
);
text_id!(
    /// One browser: 128 random bits that the page draws at its first choice. Nod's own page writes them as 22 characters
    /// of base64url; a longer spelling of as many bits (32 hex digits, a UUID) is taken too.
    VisitorId,
    |text| (22..=36).contains(&text.len()) && is_token(text)
);
/// Names made of 128 random bits: 22 characters of base64url.
macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        text_id!($(#[$doc])* $name, is_random);

        impl $name {
            /// The id made of these random bits.
            pub fn from_random(bits: [u8; 16]) -> Self {
                use base64ct::Encoding as _;
                Self(base64ct::Base64UrlUnpadded::encode_string(&bits))
            }
        }
    )+};
}

fn is_random(text: &str) -> bool {
    text.len() == 22 && is_token(text)
}

random_ids!(
    /// A consent record.
    RecordId,
    /// A webhook source of a controller. No secret: the address that platforms send to is another token.
    ConnectionId,
    /// One call to a connection.
    DeliveryId,
    /// An identity: the row behind a pseudonym, whatever key the pseudonym is made with today.
    IdentityId,
    /// What became of data subjects: a merge or a parting.
    ChangeId,
    /// A decision of staff that several people are not one.
    SplitId,
    /// A data subject's request.
    RightsRequestId,
    /// One attempt to change a data subject's requests. What it does beside is guarded by it.
    AttemptId,
    /// A message, a task, a file or a mail of a request.
    ItemId,
    /// Who of the controller acts: a member of staff, or a token of the API.
    ActorId,
    /// What the edge made of one request with events.
    BatchId,
    /// A publication of a site's tags.
    PublicationId,
);

/// A SHA-256, written as 64 lower-case hex digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_digest(&crate::canonical::sha256(bytes))
    }

    /// The fingerprint that a digest spells.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in digest {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// Checks the form: 64 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(is_hex)).then(|| Self(text.to_owned()))
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not 64 lower-case hex digits".to_owned())
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_has_room_for_128_bits_and_nothing_but_token_characters() {
        assert!(VisitorId::parse("AAAAAAAAAAAAAAAAAAAAAA").is_some());
        assert!(VisitorId::parse("0b9c7c4e-3f0e-4d0a-9a53-2f1f9a1f0a11").is_some());
        for text in ["", "short", "AAAAAAAAAAAAAAAAAAAAA ", "AAAAAAAAAAAAAAAAAAAAA'", &"A".repeat(37)] {
            assert!(VisitorId::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_sha_256() {
        assert_eq!(Fingerprint::of(b"").as_str(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert!(Fingerprint::parse(&"A".repeat(64)).is_none());
    }
}
