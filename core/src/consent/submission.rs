//! What a page submits, read with a bound on everything.

use crate::sorted::SortedMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Action, Surface};
use crate::{
    id::{Fingerprint, PurposeId, SiteKey, VendorId, VisitorId},
    time::Timestamp,
};

/// A choice as a page claims it. Fields that are not named here are not kept.
#[derive(Clone, Debug, Deserialize)]
pub struct Submission {
    /// The site it was made on.
    pub site: SiteKey,
    /// Who made it.
    pub visitor: VisitorId,
    /// What the visitor was shown.
    pub notice: Fingerprint,
    /// What the visitor did.
    pub action: Action,
    /// What was allowed and refused; a purpose that is not named was refused.
    pub purposes: SortedMap<PurposeId, bool>,
    /// The same for single vendors.
    #[serde(default)]
    pub vendors: Option<SortedMap<VendorId, bool>>,
    /// The language of the notice that was read.
    pub locale: String,
    /// Where it was done.
    pub surface: Surface,
    /// When, by the browser's clock: a claim. Also what makes a repeated delivery the same choice.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// Why a body is no submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// It is not JSON.
    Syntax,
    /// It is JSON, but a field is missing or wrong: a sentence on which.
    Field(String),
}

impl Submission {
    /// The largest body that is read, in bytes.
    pub const MAX_BYTES: usize = 16 * 1024;

    /// Reads a request's body.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let value: Value = crate::json::read(body).ok_or(Malformed::Syntax)?;
        serde_json::from_value(value).map_err(|error| Malformed::Field(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::tests_support::submission;
    use proptest::prelude::*;
    use serde_json::json;

    type Change = fn(&mut Value);

    #[test]
    fn what_is_not_json_is_told_from_what_is_not_a_choice() {
        assert_eq!(Submission::parse(b"{").unwrap_err(), Malformed::Syntax);
        assert_eq!(Submission::parse(b"\xff").unwrap_err(), Malformed::Syntax);
        let cases: [(&str, Change); 7] = [
            ("no site", |body| drop(body.as_object_mut().unwrap().remove("site"))),
            ("a visitor too short", |body| body["visitor"] = json!("abc")),
            ("an unknown action", |body| body["action"] = json!("shrug")),
            ("a purpose that is not yes or no", |body| body["purposes"] = json!({"analytics": "yes"})),
            ("an unknown surface", |body| body["surface"] = json!("billboard")),
            ("a time before 1970", |body| body["at"] = json!(-1)),
            ("not an object", |body| *body = json!([])),
        ];
        for (case, change) in cases {
            assert!(matches!(Submission::parse(&submission(change)), Err(Malformed::Field(_))), "{case}");
        }
        assert!(Submission::parse(&submission(|_| ())).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body: Vec<u8>) {
            let _ = Submission::parse(&body);
        }
    }
}
