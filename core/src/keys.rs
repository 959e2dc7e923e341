//! Everything that is derived from the master keys.
//!
//! A master key is 32 random bytes that the deployment keeps as a secret. Each use gets keys of its own by HKDF-SHA256,
//! with a label that no other use has, so what leaks of one tells nothing about another:
//!
//! | use | label | separate for |
//! |---|---|---|
//! | pseudonyms ([`Keyring`]) | `nod/identity` | controller, kind |
//! | sealed texts ([`SealingKeys`]) | `nod/seal` | |
//! | evidence of consent ([`EvidenceKeys`]) | `nod/evidence` | controller |
//! | whose address a member of staff has ([`MasterKeys::staff_marks`]) | `nod/staff` | |
//! | a visitor's names at destinations ([`MasterKeys::visitor`]) | `nod/visitor` | controller |
//!
//! Versions count from 1 without a gap. A new one is put behind the others, which stay: pseudonyms start from the first.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

pub use crate::identity::pseudonym::{InvalidKeys, KeyVersion, MasterKey};

use crate::{
    id::ControllerId,
    identity::{Kind, pseudonym::Keyring},
    seal::SealingKeys,
};

/// The master keys, in the order of their versions, beginning with 1.
#[derive(Clone)]
pub struct MasterKeys {
    masters: Vec<MasterKey>,
    sealing: SealingKeys,
}

impl MasterKeys {
    /// Reads the keys of versions 1, 2, … : each 32 bytes, base64url without padding.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, InvalidKeys> {
        let mut masters = Vec::new();
        for (number, text) in (1..).zip(texts) {
            if masters.len() == Keyring::MOST {
                return Err(InvalidKeys::TooMany);
            }
            let version = KeyVersion::new(number).ok_or(InvalidKeys::TooMany)?;
            masters.push(MasterKey::from_base64url(version, text)?);
        }
        let mut sealing = masters
            .iter()
            .map(|master| Ok((master.version(), master.derive(b"", &[b"nod/seal"])?)))
            .collect::<Result<Vec<_>, InvalidKeys>>()?;
        let newest = sealing.pop().ok_or(InvalidKeys::None)?;
        Ok(Self { masters, sealing: SealingKeys::new(newest, sealing) })
    }

    /// The version that new pseudonyms and sealed texts get.
    pub fn version(&self) -> KeyVersion {
        self.masters.last().map_or(KeyVersion::FIRST, MasterKey::version)
    }

    /// The keys that a controller's pseudonyms of this kind are made with.
    pub fn keyring(&self, controller: &ControllerId, kind: Kind) -> Result<Keyring, InvalidKeys> {
        Keyring::new(controller, kind, &self.masters)
    }

    /// The keys that texts are sealed with.
    pub fn sealing(&self) -> SealingKeys {
        self.sealing.clone()
    }

    /// The keys that a controller's evidence of consent is hashed with.
    pub fn evidence(&self, controller: &ControllerId) -> Result<EvidenceKeys, InvalidKeys> {
        let derive = |master: &MasterKey| {
            let key = master.derive(controller.as_str().as_bytes(), &[b"nod/evidence"])?;
            let mac = Hmac::new_from_slice(&key).map_err(|_| InvalidKeys::Derivation)?;
            Ok((master.version(), mac))
        };
        Ok(EvidenceKeys(self.masters.iter().map(derive).collect::<Result<_, _>>()?))
    }

    /// The marks that a member of staff is found by, under every master key, the newest first: `<key version>.<HMAC-SHA256 of the
    /// address, base64url>`. It is the same for every controller, because who signs in names none.
    pub fn staff_marks(&self, address: &str) -> Result<Vec<String>, InvalidKeys> {
        let mark = |master: &MasterKey| {
            let key = master.derive(b"", &[b"nod/staff"])?;
            let mac = Hmac::new_from_slice(&key).map_err(|_| InvalidKeys::Derivation)?;
            Ok(written(master.version(), &mac, "email", address))
        };
        self.masters.iter().rev().map(mark).collect()
    }

    /// A visitor's name at one destination: a keyed hash over `parts`, which say which destination and which visitor. Made
    /// with the first key, so that nobody becomes somebody else there by a new one.
    pub fn visitor(&self, controller: &ControllerId, parts: &[&str]) -> Result<[u8; 32], InvalidKeys> {
        let first = self.masters.first().ok_or(InvalidKeys::None)?;
        let key = first.derive(controller.as_str().as_bytes(), &[b"nod/visitor"])?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| InvalidKeys::Derivation)?;
        for part in parts {
            mac.update(part.as_bytes());
            mac.update(b"\0");
        }
        Ok(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MasterKeys of {} versions (hidden)", self.masters.len())
    }
}

/// Hashes details that prove a choice and are personal, such as the network address that a form was sent from. Such a hash
/// confirms a claim ([`Self::confirms`]) and tells nothing without one, nor without the key.
#[derive(Clone)]
pub struct EvidenceKeys(Vec<(KeyVersion, Hmac<Sha256>)>);

impl EvidenceKeys {
    /// `<key version>.<HMAC-SHA256 of name and value, base64url>`, with the newest key. Evidence is never re-keyed: a
    /// consent record is not changed.
    pub fn hash(&self, name: &str, value: &str) -> String {
        self.0.last().map(|(version, mac)| written(*version, mac, name, value)).unwrap_or_default()
    }

    /// Whether this is the value that was hashed under this name, with whatever key.
    pub fn confirms(&self, stored: &str, name: &str, value: &str) -> bool {
        self.0.iter().any(|(version, mac)| {
            let hash = written(*version, mac, name, value);
            hash.as_bytes().ct_eq(stored.as_bytes()).into()
        })
    }
}

impl fmt::Debug for EvidenceKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "EvidenceKeys of {} versions (hidden)", self.0.len())
    }
}

fn written(version: KeyVersion, mac: &Hmac<Sha256>, name: &str, value: &str) -> String {
    let mut mac = mac.clone();
    for part in [name.as_bytes(), b"\0", value.as_bytes()] {
        mac.update(part);
    }
    format!("{}.{}", version.number(), Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes()))
}

impl MasterKey {
    /// `HKDF-SHA256(master, salt, info = label ‖ 0 ‖ version)`.
    fn derive(&self, salt: &[u8], label: &[&[u8]]) -> Result<[u8; 32], InvalidKeys> {
        let mut key = [0; 32];
        let version = self.version().number().to_be_bytes();
        let info = [label.concat().as_slice(), b"\0", &version].concat();
        Hkdf::<Sha256>::new(Some(salt), self.secret()).expand(&info, &mut key).map_err(|_| InvalidKeys::Derivation)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        identity::{email, email::tests_support::Nobody, hash::PlainHash},
        seal::Context,
    };

    const ONE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
    const TWO: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

    fn demo() -> ControllerId {
        ControllerId::parse("demo").unwrap()
    }

    #[test]
    fn keys_are_read_from_the_first_version_on() {
        let keys = MasterKeys::parse([ONE, TWO]).unwrap();
        assert_eq!(keys.version().number(), 2);
        assert_eq!(keys.keyring(&demo(), Kind::Email).unwrap().version().number(), 2);
        let error = |texts: &[&str]| MasterKeys::parse(texts.iter().copied()).unwrap_err();
        assert_eq!(error(&[]), InvalidKeys::None);
        assert_eq!(error(&[ONE, ""]), InvalidKeys::Malformed);
        assert_eq!(error(&[&ONE[1..]]), InvalidKeys::Malformed);
        assert_eq!(error(&[ONE; 17]), InvalidKeys::TooMany);
    }

    #[test]
    fn pseudonyms_are_those_of_the_keyring_made_by_hand() {
        let hash = PlainHash::of(&email::canonical("bob@biller.com", &Nobody).unwrap());
        let by_hand = [MasterKey::from_base64url(KeyVersion::FIRST, ONE).unwrap()];
        let by_hand = Keyring::new(&demo(), Kind::Email, &by_hand).unwrap();
        let ours = MasterKeys::parse([ONE]).unwrap().keyring(&demo(), Kind::Email).unwrap();
        assert_eq!(ours.pseudonym(&hash), by_hand.pseudonym(&hash));
    }

    #[test]
    fn what_was_sealed_before_a_new_key_opens_after_it() {
        let context = Context::new("connections", &demo(), "c1", "secret");
        let sealed = MasterKeys::parse([ONE]).unwrap().sealing().seal(&context, [0; 12], b"hush");
        assert_eq!(MasterKeys::parse([ONE, TWO]).unwrap().sealing().open(&context, &sealed).unwrap(), b"hush");
        assert!(MasterKeys::parse([TWO]).unwrap().sealing().open(&context, &sealed).is_err());
    }

    #[test]
    fn a_visitor_has_a_name_of_its_own_at_each_destination_and_keeps_it() {
        let name = |keys: &[&str], controller: &str, parts: &[&str]| {
            let keys = MasterKeys::parse(keys.iter().copied()).unwrap();
            keys.visitor(&ControllerId::parse(controller).unwrap(), parts).unwrap()
        };
        let here = name(&[ONE], "demo", &["shop", "ga", "visitor"]);
        assert_eq!(name(&[ONE, TWO], "demo", &["shop", "ga", "visitor"]), here);
        for other in [
            name(&[TWO], "demo", &["shop", "ga", "visitor"]),
            name(&[ONE], "other", &["shop", "ga", "visitor"]),
            name(&[ONE], "demo", &["shop", "meta", "visitor"]),
            name(&[ONE], "demo", &["shop", "gav", "isitor"]),
        ] {
            assert_ne!(other, here);
        }
    }

    #[test]
    fn evidence_confirms_a_claim_and_says_nothing_without_one() {
        let old = MasterKeys::parse([ONE]).unwrap().evidence(&demo()).unwrap();
        let stored = old.hash("ip_signup", "10.20.10.30");
        assert!(stored.starts_with("1.") && !stored.contains("10.20"), "{stored}");
        let keys = MasterKeys::parse([ONE, TWO]).unwrap();
        let new = keys.evidence(&demo()).unwrap();
        assert!(new.confirms(&stored, "ip_signup", "10.20.10.30"));
        assert!(new.hash("ip_signup", "10.20.10.30").starts_with("2."));
        assert!(!new.confirms(&stored, "ip_signup", "10.20.10.31"));
        assert!(!new.confirms(&stored, "ip_opt", "10.20.10.30"));
        let other = ControllerId::parse("other").unwrap();
        assert!(!keys.evidence(&other).unwrap().confirms(&stored, "ip_signup", "10.20.10.30"));
    }

    #[test]
    fn keys_do_not_show_themselves() {
        let keys = MasterKeys::parse([ONE, TWO]).unwrap();
        let shown = format!("{keys:?} {:?}", keys.evidence(&demo()).unwrap());
        assert_eq!(shown, "MasterKeys of 2 versions (hidden) EvidenceKeys of 2 versions (hidden)");
    }
}
