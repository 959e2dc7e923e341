//! Cloudflare Access, where the controller has it in front of the dashboard: a signed word (a JSON Web Token, RFC 7519) that comes with
//! each call and says who has passed there.
//!
//! What must hold: the token is of the one algorithm that Access uses, of the controller's own team, for the one application that was
//! meant, of a person, and of this moment. Whether the signature is the team's is for whoever has the keys to say ([`KeySet`]): the
//! claims of a token are given only to them. Source: Cloudflare's documentation, "Application token" and "Validate JWTs".

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Deserialize;

use crate::{json, time::Timestamp};

/// The longest token, in bytes. Those of Access have about a thousand; custom claims make them longer.
pub const LONGEST: usize = 16 * 1024;
/// As many keys of a team as are looked at. Access has two: the current one, and the one before it.
const MOST_KEYS: usize = 16;
/// How far the clocks of Access and of the edge may be apart, in seconds.
const SKEW: i64 = 60;

/// A token whose signature is yet to be verified.
#[derive(Debug)]
pub struct Token<'a> {
    /// The id of the key that it says it is signed with.
    pub key: String,
    /// What is signed.
    pub signed: &'a str,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    pub signature: Vec<u8>,
    claims: Claims,
}

/// Who has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The address that the identity provider has verified.
    pub email: String,
    /// Until when it holds.
    pub until: Timestamp,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPassed {
    /// It is none.
    Malformed,
    /// It is signed in another way than Access signs.
    Algorithm,
    /// It is of another team.
    Issuer,
    /// It is for another application.
    Audience,
    /// It is no application's token, or names no person: a service token does not.
    Nobody,
    /// It is from the future.
    Early,
    /// It has ended.
    Late,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
    #[serde(default)]
    email: String,
    /// `app` for an application's token, `org` for the one of the whole team's session.
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

/// RFC 7519, 4.1.3: one, or a list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl<'a> Token<'a> {
    /// Reads the header's value.
    pub fn read(text: &'a str) -> Result<Self, NotPassed> {
        if text.len() > LONGEST {
            return Err(NotPassed::Malformed);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(NotPassed::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(NotPassed::Malformed)?;
        let Header { alg, kid } = part(header)?;
        if alg != "RS256" {
            return Err(NotPassed::Algorithm);
        }
        Ok(Self { key: kid, signed, signature: bytes(signature)?, claims: part(claims)? })
    }

    /// Who has passed, if it is of that team (`https://example.cloudflareaccess.com`), for that application (its AUD tag) and of now. Only
    /// for whoever has verified the signature.
    pub fn passed(&self, team: &str, application: &str, now: Timestamp) -> Result<Passed, NotPassed> {
        let claims = &self.claims;
        if claims.iss != team {
            return Err(NotPassed::Issuer);
        }
        let is_meant = match &claims.aud {
            Audience::One(audience) => audience == application,
            Audience::Several(list) => list.iter().any(|audience| audience == application),
        };
        if application.is_empty() || !is_meant {
            return Err(NotPassed::Audience);
        }
        let moment = |seconds: i64| seconds.checked_mul(1000).and_then(Timestamp::from_millis);
        let until = moment(claims.exp).ok_or(NotPassed::Malformed)?;
        if until <= now {
            return Err(NotPassed::Late);
        }
        let latest = now.millis().saturating_add(SKEW * 1000);
        let begins = [claims.nbf, claims.iat].into_iter().flatten();
        if begins.map(|seconds| seconds.saturating_mul(1000)).any(|begins| begins > latest) {
            return Err(NotPassed::Early);
        }
        if claims.email.is_empty() || claims.kind.as_deref().is_some_and(|kind| kind != "app") {
            return Err(NotPassed::Nobody);
        }
        Ok(Passed { email: claims.email.clone(), until })
    }
}

fn bytes(part: &str) -> Result<Vec<u8>, NotPassed> {
    Base64UrlUnpadded::decode_vec(part).map_err(|_| NotPassed::Malformed)
}

fn part<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, NotPassed> {
    json::read(&bytes(part)?).ok_or(NotPassed::Malformed)
}

/// The public keys of a team, as `/cdn-cgi/access/certs` gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet(Vec<Key>);

/// A public key (RFC 7518, 6.3.1): numbers in base64url.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Key {
    /// Its id.
    pub kid: String,
    kty: String,
    /// The modulus.
    pub n: String,
    /// The exponent.
    pub e: String,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// Reads a document. Keys of other kinds are left out; nothing where it is no set of keys.
    pub fn read(document: &[u8]) -> Option<Self> {
        let Published { keys } = json::read(document)?;
        let keys = keys.into_iter().take(MOST_KEYS).filter_map(|key| serde_json::from_value::<Key>(key).ok());
        Some(Self(keys.filter(|key| key.kty == "RSA").collect()))
    }

    /// The key of that id.
    pub fn of(&self, id: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.kid == id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const TEAM: &str = "https://example.cloudflareaccess.com";
    const APPLICATION: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
    const NOW: i64 = 1_800_000_000;

    fn claims() -> Value {
        json!({
            "aud": [APPLICATION], "email": "jane@example.com", "exp": NOW + 60, "iat": NOW, "nbf": NOW, "iss": TEAM,
            "type": "app", "identity_nonce": "6ei69kawdKzMIAPF", "sub": "7335d417", "country": "US",
        })
    }

    fn text(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        format!("{}.{}.AQID", part(header), part(claims))
    }

    fn judged(claims: &Value, now: i64) -> Result<Passed, NotPassed> {
        let text = text(&json!({"alg": "RS256", "kid": "k", "typ": "JWT"}), claims);
        Token::read(&text)?.passed(TEAM, APPLICATION, Timestamp::from_millis(now * 1000).unwrap())
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = claims();
        claims[name] = value;
        claims
    }

    #[test]
    fn a_person_who_has_passed_is_known_by_their_address_until_the_token_ends() {
        let passed = judged(&claims(), NOW).unwrap();
        assert_eq!((passed.email.as_str(), passed.until.millis()), ("jane@example.com", (NOW + 60) * 1000));
        assert!(judged(&with("aud", json!(APPLICATION)), NOW).is_ok());
        assert!(judged(&with("aud", json!(["another", APPLICATION])), NOW).is_ok());
    }

    #[test]
    fn what_is_not_meant_for_here_is_not_believed() {
        for (name, value, why) in [
            ("iss", json!("https://another.cloudflareaccess.com"), NotPassed::Issuer),
            ("iss", json!(format!("{TEAM}/")), NotPassed::Issuer),
            ("aud", json!(["another"]), NotPassed::Audience),
            ("aud", json!([]), NotPassed::Audience),
            ("aud", json!(""), NotPassed::Audience),
            ("email", json!(""), NotPassed::Nobody),
            ("type", json!("org"), NotPassed::Nobody),
            ("exp", json!(NOW), NotPassed::Late),
            ("nbf", json!(NOW + 61), NotPassed::Early),
            ("iat", json!(NOW + 61), NotPassed::Early),
            ("exp", json!(i64::MAX), NotPassed::Malformed),
            ("exp", json!("soon"), NotPassed::Malformed),
        ] {
            assert_eq!(judged(&with(name, value.clone()), NOW), Err(why), "{name}: {value}");
        }
        let mut service = claims();
        service.as_object_mut().unwrap().remove("email");
        assert_eq!(judged(&service, NOW), Err(NotPassed::Nobody), "a service token");
    }

    #[test]
    fn clocks_may_be_a_minute_apart_but_what_has_ended_has_ended() {
        assert!(judged(&with("nbf", json!(NOW + 60)), NOW).is_ok());
        assert_eq!(judged(&claims(), NOW + 60), Err(NotPassed::Late));
    }

    #[test]
    fn without_an_application_nobody_passes() {
        let text = text(&json!({"alg": "RS256", "kid": "k"}), &with("aud", json!("")));
        let token = Token::read(&text).unwrap();
        let now = Timestamp::from_millis(NOW * 1000).unwrap();
        assert_eq!(token.passed(TEAM, "", now), Err(NotPassed::Audience));
    }

    #[test]
    fn a_token_that_is_signed_in_another_way_is_none() {
        for alg in ["none", "HS256", "RS512", "rs256", ""] {
            let text = text(&json!({"alg": alg, "kid": "k"}), &claims());
            assert_eq!(Token::read(&text).unwrap_err(), NotPassed::Algorithm, "{alg}");
        }
        for text in ["", ".", "..", "a.b", "e30.e30.", "!.!.!", &"a".repeat(LONGEST + 1)] {
            assert_eq!(Token::read(text).unwrap_err(), NotPassed::Malformed, "{text}");
        }
    }

    #[test]
    fn keys_are_found_by_their_id_and_others_than_rsa_are_left_out() {
        let key = |kid: &str, kty: &str| json!({"kid": kid, "kty": kty, "alg": "RS256", "use": "sig", "e": "AQAB", "n": "5PKw"});
        let document = json!({"keys": [key("old", "RSA"), key("elliptic", "EC"), {"kid": 1}, key("new", "RSA")], "public_cert": {}});
        let set = KeySet::read(document.to_string().as_bytes()).unwrap();
        assert!(set.of("old").is_some() && set.of("new").is_some());
        assert!(set.of("elliptic").is_none() && set.of("").is_none());
        for none in ["", "{}", "[]", r#"{"keys": 1}"#] {
            assert_eq!(KeySet::read(none.as_bytes()), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_token_or_none(text in r"[A-Za-z0-9_.\-]{0,80}") {
            if let Ok(token) = Token::read(&text) {
                prop_assert!(token.passed(TEAM, APPLICATION, Timestamp::from_millis(0).unwrap()).is_err());
            }
        }
    }
}
