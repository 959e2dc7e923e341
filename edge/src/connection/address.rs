//! The address that a platform sends to. Its last part is a token of 256 random bits that the database knows as a hash:
//! whoever reads the database cannot send, and nobody finds an address by trying.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use nod_core::id::Fingerprint;

/// The token of an address. It does not show itself.
pub(crate) struct Token(String);

impl Token {
    /// As long as 32 bytes are in base64url.
    const LENGTH: usize = 43;

    /// The token made of these random bytes.
    pub(crate) fn from_random(bytes: &[u8; 32]) -> Self {
        Self(Base64UrlUnpadded::encode_string(bytes))
    }

    /// Checks the form, so that nothing is looked up that cannot be there.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (text.len() == Self::LENGTH && text.bytes().all(is_token)).then(|| Self(text.to_owned()))
    }

    /// What the database knows it by.
    pub(crate) fn hash(&self) -> Fingerprint {
        Fingerprint::of(self.0.as_bytes())
    }

    /// The whole address on a Worker that answers at `origin`.
    pub(crate) fn url(&self, origin: &str) -> String {
        format!("{origin}/v1/webhooks/{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_is_43_characters_of_base64url() {
        let token = Token::from_random(&[7; 32]);
        let url = token.url("https://nod.example");
        let text = url.strip_prefix("https://nod.example/v1/webhooks/").unwrap_or_default();
        assert_eq!(Token::parse(text).map(|token| token.hash()), Some(token.hash()));
        for text in ["", "short", &text[1..], &format!("{text}A"), &text.replace('c', "/")] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
