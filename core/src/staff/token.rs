//! Tokens: what programs act with.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use crate::id::{ActorId, Fingerprint};

/// A token of the API: `nod_staff_<id>_<secret>`. Nod keeps its SHA-256 only: it carries 256 random bits, so there is nothing
/// to guess and no need for a slow hash. The prefix is what secret scanners look for.
#[derive(Clone)]
pub struct StaffToken(String);

impl StaffToken {
    const PREFIX: &'static str = "nod_staff_";
    /// 22 characters of the id, one between, 43 of the secret.
    const REST: usize = 66;

    /// A new token made of random bytes.
    pub fn new(id: &ActorId, secret: &[u8; 32]) -> Self {
        Self(format!("{}{id}_{}", Self::PREFIX, Base64UrlUnpadded::encode_string(secret)))
    }

    /// Checks the form, so that nothing else need be looked up.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(Self::PREFIX)?;
        let is_token = rest.len() == Self::REST
            && rest.as_bytes().get(22) == Some(&b'_')
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        is_token.then(|| Self(text.to_owned()))
    }

    /// The token itself: to be shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it, and what it is found by.
    pub fn hash(&self) -> Fingerprint {
        Fingerprint::of(self.0.as_bytes())
    }
}

impl fmt::Debug for StaffToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StaffToken (hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> StaffToken {
        StaffToken::new(&ActorId::from_random([1; 16]), &[2; 32])
    }

    #[test]
    fn a_token_is_known_by_its_form_and_kept_as_its_hash() {
        let token = token();
        let text = token.expose();
        assert!(text.starts_with("nod_staff_AQEBAQEBAQEBAQEBAQEBAQ_AgIC"), "{text}");
        assert_eq!(StaffToken::parse(text).unwrap().hash(), Fingerprint::of(text.as_bytes()));
        for other in
            ["", "nod_staff_", &text[1..], &text[..text.len() - 1], &format!("{text}A"), &text.replace("Q_A", "Q-A")]
        {
            assert!(StaffToken::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_token_does_not_show_itself() {
        assert_eq!(format!("{:?}", token()), "StaffToken (hidden)");
    }
}
