//! The ways to authenticate that a connection can be set to, by name.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use super::{
    Authentication, InvalidSecret, Secret, Secrets, Source, api_key, shared_secret::SharedSecret,
    standard_webhooks::Key,
};
use crate::{canonical, id::Fingerprint};

macro_rules! schemes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $source:ident;)+) => {
        /// How a connection's deliveries are authenticated: [`Authentication`] without its secrets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scheme {
            $($(#[$doc])* $variant),+
        }

        impl Scheme {
            /// Every scheme.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that the API and the database use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The scheme of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|scheme| scheme.name() == name)
            }

            /// Who sends so.
            pub const fn source(self) -> Source {
                match self { $(Self::$variant => Source::$source),+ }
            }
        }
    };
}

schemes! {
    /// Shopify's signature.
    Shopify => "shopify", Shopify;
    /// Stripe's signature.
    Stripe => "stripe", Stripe;
    /// Mailchimp's signature.
    Mailchimp => "mailchimp", Mailchimp;
    /// Mailchimp's older webhooks, which carry none.
    MailchimpUnsigned => "mailchimp_unsigned", Mailchimp;
    /// Mandrill's signature.
    Mandrill => "mandrill", Mandrill;
    /// A `whsec_…` secret: Standard Webhooks' signatures, or the secret as bearer token.
    SharedSecret => "shared_secret", Custom;
    /// Standard Webhooks' signatures with a key pair.
    Ed25519 => "ed25519", Custom;
    /// A bearer token, of which Nod keeps the SHA-256.
    ApiKey => "api_key", Custom;
}

/// A secret as it is stored, before it is sealed: its text, or of an API key the SHA-256. It does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSecret(String);

impl StoredSecret {
    /// What was stored.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What to seal and store.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StoredSecret (hidden)")
    }
}

impl Scheme {
    /// The shortest API key that somebody may choose, in characters. Nod's own carry 256 bits.
    const SHORTEST_API_KEY: usize = 32;

    /// The scheme of a source for which none is chosen.
    pub const fn default_for(source: Source) -> Self {
        match source {
            Source::Shopify => Self::Shopify,
            Source::Stripe => Self::Stripe,
            Source::Mailchimp => Self::Mailchimp,
            Source::Mandrill => Self::Mandrill,
            Source::Custom => Self::SharedSecret,
        }
    }

    /// Whether anybody who has seen the address can send.
    pub const fn is_weak(self) -> bool {
        matches!(self, Self::MailchimpUnsigned)
    }

    /// Whether there is a secret to it; of a key pair Nod has the public half.
    pub const fn has_secret(self) -> bool {
        !self.is_weak()
    }

    /// Whether Nod holds what deliveries are signed with: a shared secret, and not the public half of a pair, a token's hash, or
    /// nothing at all.
    pub const fn can_sign(self) -> bool {
        !matches!(self, Self::MailchimpUnsigned | Self::Ed25519 | Self::ApiKey)
    }

    /// The text of a new secret, to be shown once and entered at the platform. `None` where there is none, and where only the
    /// sender can make it.
    pub fn new_secret(self, random: &[u8; 32]) -> Option<String> {
        let hex = || Fingerprint::from_digest(random);
        match self {
            Self::Shopify => Some(format!("shpss_{}", hex())),
            Self::Stripe => Some(format!("whsec_{}", Base64UrlUnpadded::encode_string(random))),
            Self::Mailchimp | Self::Mandrill => Some(hex().into()),
            Self::SharedSecret => Some(Key::shared_text(random)),
            Self::ApiKey => {
                // The name in front is what staff tell keys by. A hash of the secret's 256 bits gives nothing of them away.
                let name = canonical::sha256(&[b"nod api key\0".as_slice(), random].concat());
                name.first_chunk().map(|name| api_key::token(name, random))
            }
            Self::MailchimpUnsigned | Self::Ed25519 => None,
        }
    }

    /// What to store of a secret that somebody entered or that was just made.
    pub fn stored(self, text: &str) -> Result<StoredSecret, InvalidSecret> {
        Secret::from_text(text)?;
        let stored = match self {
            Self::ApiKey if text.len() < Self::SHORTEST_API_KEY => {
                return Err(InvalidSecret::Form("an API key has at least 32 characters"));
            }
            Self::ApiKey => api_key::Digest::of(text).fingerprint().into(),
            _ => text.to_owned(),
        };
        let stored = StoredSecret(stored);
        self.authentication(Secrets::new(stored.clone()), "")?;
        Ok(stored)
    }

    /// What [`super::verify`] needs, from the secrets as they were stored. `url` is the connection's whole address: Mandrill
    /// signs it.
    pub fn authentication(self, secrets: Secrets<StoredSecret>, url: &str) -> Result<Authentication, InvalidSecret> {
        Ok(match self {
            Self::Shopify => Authentication::Shopify(texts(secrets)?),
            Self::Stripe => Authentication::Stripe(texts(secrets)?),
            Self::Mailchimp => Authentication::Mailchimp(texts(secrets)?),
            Self::MailchimpUnsigned => Authentication::MailchimpUnsigned,
            Self::Mandrill => Authentication::Mandrill { url: url.to_owned(), secrets: texts(secrets)? },
            Self::SharedSecret => {
                Authentication::SharedSecret(secrets.try_map(|stored| SharedSecret::parse(&stored.0))?)
            }
            Self::Ed25519 => Authentication::StandardWebhooks(secrets.try_map(|stored| public_key(&stored.0))?),
            Self::ApiKey => Authentication::ApiKey(secrets.try_map(|stored| digest(&stored.0))?),
        })
    }
}

fn texts(secrets: Secrets<StoredSecret>) -> Result<Secrets<Secret>, InvalidSecret> {
    secrets.try_map(|stored| Secret::from_text(&stored.0))
}

fn public_key(text: &str) -> Result<Key, InvalidSecret> {
    match Key::parse(text)? {
        key @ Key::Public(_) => Ok(key),
        Key::Shared(_) => Err(InvalidSecret::Form("whsec_ is a shared secret: give the public key, whpk_")),
    }
}

fn digest(stored: &str) -> Result<api_key::Digest, InvalidSecret> {
    super::mac::hex(stored).map(api_key::Digest::from_bytes).ok_or(InvalidSecret::Form("not the SHA-256 of an API key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        time::Timestamp,
        webhook::{Delivery, verify},
    };

    fn now() -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000).unwrap()
    }

    #[test]
    fn schemes_have_one_name_and_one_source() {
        for scheme in Scheme::ALL {
            assert_eq!(Scheme::parse(scheme.name()), Some(*scheme));
            let secret =
                scheme.new_secret(&[7; 32]).map_or(Secrets::none(), |text| Secrets::new(scheme.stored(&text).unwrap()));
            assert_eq!(scheme.authentication(secret, "").unwrap().source(), scheme.source(), "{}", scheme.name());
        }
        for source in Source::ALL {
            assert_eq!(Scheme::default_for(source).source(), source);
        }
        assert_eq!(Scheme::parse("Shopify"), None);
    }

    #[test]
    fn a_new_secret_is_taken_when_it_comes_back_from_the_database() {
        for scheme in Scheme::ALL {
            let Some(text) = scheme.new_secret(&[7; 32]) else { continue };
            let stored = StoredSecret::from_stored(scheme.stored(&text).unwrap().expose());
            let authentication =
                scheme.authentication(Secrets::new(stored), "https://nod.example/v1/webhooks/x").unwrap();
            let body: &[u8] = if *scheme == Scheme::Mandrill { b"mandrill_events=[]" } else { b"{}" };
            let signed = authentication.sign("1", body, now());
            assert_eq!(signed.is_some(), scheme.can_sign(), "{}", scheme.name());
            let headers = match signed {
                Some(headers) => headers,
                None => vec![("authorization", format!("Bearer {text}")), ("idempotency-key", "1".to_owned())],
            };
            let headers = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert!(verify(&Delivery { body, headers }, &authentication, now()).is_ok(), "{}", scheme.name());
        }
    }

    #[test]
    fn of_an_api_key_only_the_hash_is_stored() {
        let text = Scheme::ApiKey.new_secret(&[7; 32]).unwrap();
        let stored = Scheme::ApiKey.stored(&text).unwrap();
        assert_eq!(stored.expose(), Fingerprint::of(text.as_bytes()).as_str());
        assert!(matches!(Scheme::ApiKey.stored("short"), Err(InvalidSecret::Form(_))));
    }

    #[test]
    fn a_secret_of_another_scheme_is_refused_before_it_is_stored() {
        let (shared, public) = (Key::shared_text(&[1; 32]), "whpk_6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=");
        assert!(Scheme::Ed25519.stored(public).is_ok());
        assert!(matches!(Scheme::Ed25519.stored(&shared), Err(InvalidSecret::Form(_))));
        assert!(matches!(Scheme::SharedSecret.stored(public), Err(InvalidSecret::Form(_))));
        for scheme in Scheme::ALL {
            assert_eq!(scheme.stored(""), Err(InvalidSecret::Empty), "{}", scheme.name());
            assert_eq!(scheme.stored("a b"), Err(InvalidSecret::NotVisible), "{}", scheme.name());
        }
    }

    #[test]
    fn a_stored_secret_does_not_show_itself() {
        let shown = format!("{:?}", Secrets::new(StoredSecret::from_stored("hush")));
        assert!(!shown.contains("hush"), "{shown}");
    }
}
