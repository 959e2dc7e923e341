//! Who the visitor is, as the page sends it: hashes, which are personal data in transit.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    id::PurposeId,
    identity::{Kind, hash::PlainHash},
};

/// Hashes of a visitor's identities, in our form and in those of vendors. Serialised only to be sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// What they may be used for.
    pub purpose: PurposeId,
    #[serde(flatten)]
    own: Hashes,
    google: Option<Hashes>,
    meta: Option<Hashes>,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Hashes {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<String>,
}

impl Identity {
    /// Reads what a page says of the visitor; a sentence's end where it cannot be.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let purpose = match value.get("purpose") {
            None => PurposeId::parse("analytics"),
            Some(purpose) => purpose.as_str().and_then(PurposeId::parse),
        };
        let export = |name: &str| value.get(name).map(|value| Hashes::read(value, name)).transpose();
        Ok(Self {
            purpose: purpose.ok_or("identity.purpose is not the id of a purpose")?,
            own: Hashes::read(value, "identity")?,
            google: export("google")?,
            meta: export("meta")?,
        })
    }

    /// The hashes in our own form: what pseudonyms are made of.
    pub fn hashes(&self) -> Vec<PlainHash> {
        let of = |kind: Kind, hex: &Option<String>| PlainHash::received(kind, kind.form(), hex.as_deref()?);
        let own = &self.own;
        [(Kind::Email, &own.email), (Kind::Phone, &own.phone), (Kind::CustomerId, &own.customer_id)]
            .into_iter()
            .filter_map(|(kind, hex)| of(kind, hex))
            .collect()
    }

    /// The hash of the e-mail address and of the number in Google's form, in hex.
    pub fn for_google(&self) -> (Option<&str>, Option<&str>) {
        pair(self.google.as_ref())
    }

    /// The same in Meta's form.
    pub fn for_meta(&self) -> (Option<&str>, Option<&str>) {
        pair(self.meta.as_ref())
    }
}

fn pair(hashes: Option<&Hashes>) -> (Option<&str>, Option<&str>) {
    hashes.map_or((None, None), |hashes| (hashes.email.as_deref(), hashes.phone.as_deref()))
}

impl Hashes {
    fn read(value: &Value, place: &str) -> Result<Self, String> {
        let Some(members) = value.as_object() else { return Err([place, " is not an object"].concat()) };
        let hash = |name: &str| {
            let Some(value) = members.get(name) else { return Ok(None) };
            match value.as_str() {
                Some(hex) if is_hash(hex) => Ok(Some(hex.to_owned())),
                _ => {
                    Err([place, ".", name, " is not a SHA-256 in 64 lower-case hex digits; raw values are never sent"]
                        .concat())
                }
            }
        };
        Ok(Self { email: hash("email")?, phone: hash("phone")?, customer_id: hash("customer_id")? })
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

impl fmt::Debug for Identity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Identity (hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn hashes_are_read_in_each_form_and_hide_themselves() {
        let hash = "ab".repeat(32);
        let sent = json!({"purpose": "marketing", "email": hash, "meta": {"phone": hash}});
        let identity = Identity::read(&sent).unwrap();
        assert_eq!(identity.hashes().len(), 1);
        assert_eq!((identity.for_meta(), identity.for_google()), ((None, Some(hash.as_str())), (None, None)));
        assert_eq!(format!("{identity:?}"), "Identity (hidden)");
        let sealed = serde_json::to_string(&identity).unwrap();
        assert_eq!(serde_json::from_str::<Identity>(&sealed).unwrap(), identity);
    }

    #[test]
    fn a_raw_value_is_refused_and_not_repeated() {
        for raw in [json!("bob@biller.com"), json!("A".repeat(64)), json!(491_511)] {
            let why = Identity::read(&json!({"email": raw})).unwrap_err();
            assert!(why.starts_with("identity.email is not a SHA-256") && !why.contains("bob"), "{why}");
        }
        assert!(Identity::read(&json!({"purpose": "A b"})).is_err());
        assert!(Identity::read(&json!([])).is_err());
    }
}
