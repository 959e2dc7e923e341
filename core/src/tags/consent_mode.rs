//! Google Consent Mode v2: which of its types follows from which purposes.

use serde_json::{Map, Value, json};

use super::check::At;
use crate::{notice::Notice, permissions::Permissions};

/// The seven types, each with the standard purpose that it follows from where the owner says nothing else. The last one needs
/// no consent.
const TYPES: [(&str, Option<&str>); 7] = [
    ("ad_storage", Some("marketing")),
    ("ad_user_data", Some("marketing")),
    ("ad_personalization", Some("marketing")),
    ("analytics_storage", Some("analytics")),
    ("functionality_storage", Some("functional")),
    ("personalization_storage", Some("functional")),
    ("security_storage", None),
];

/// How long tags wait for an update where nothing is said, in milliseconds.
const WAIT: u64 = 500;

/// What Google's tags are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentMode {
    wait: u64,
    passthrough: bool,
    redact: bool,
    /// The purposes by type, where the owner names them.
    types: Vec<(&'static str, Vec<String>)>,
}

impl ConsentMode {
    pub(super) fn read(at: &At<'_>) -> Self {
        at.only(&["wait_for_update", "url_passthrough", "ads_data_redaction", "types"]);
        let wait = at.member("wait_for_update").and_then(|wait| wait.whole_number(0, 10_000));
        let types = at.member("types").map(|types| types.members(TYPES.len())).unwrap_or_default();
        let read = |(name, list): (&str, At<'_>)| {
            let Some((name, _)) = TYPES.iter().find(|(known, _)| *known == name) else {
                let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
                list.refuse(["There is no such type; there are: ", &names.join(", "), "."].concat());
                return None;
            };
            Some((*name, list.items(30).iter().filter_map(At::purpose).collect()))
        };
        Self {
            wait: wait.unwrap_or(WAIT),
            passthrough: at.truth("url_passthrough"),
            redact: at.truth("ads_data_redaction"),
            types: types.into_iter().filter_map(read).collect(),
        }
    }

    /// What `nod.js` carries: `{"types": {"ad_storage": bits, …}, "wait", "passthrough", "redact"}`. A type is granted when all
    /// of its bits are allowed, and one without bits never is: it follows from no purpose of the notice.
    pub fn for_page(&self, notice: &Notice) -> Value {
        let types: Map<_, _> = TYPES
            .iter()
            .map(|(name, standard)| ((*name).to_owned(), self.bits(name, *standard, notice).into()))
            .collect();
        json!({"types": types, "wait": self.wait, "passthrough": self.passthrough, "redact": self.redact})
    }

    fn bits(&self, name: &str, standard: Option<&str>, notice: &Notice) -> u32 {
        let own = self.types.iter().find(|(known, _)| *known == name).map(|(_, purposes)| purposes);
        let purposes: Vec<&str> = match (own, standard) {
            (Some(own), _) => own.iter().map(String::as_str).collect(),
            (None, Some(standard)) => vec![standard],
            (None, None) => return notice.essential().bits(),
        };
        let index = |purpose: &str| notice.purposes.iter().position(|known| known.id.as_str() == purpose);
        let bits: Option<Permissions> = purposes.iter().map(|purpose| index(purpose)).collect();
        bits.map_or(0, Permissions::bits)
    }
}
