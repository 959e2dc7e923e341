//! A visitor's choice: what a page may submit, and the record that proves it.
//!
//! A submission is a claim. [`decide`] checks it against the site's current notice and turns it into a [`Record`] that
//! says, for every purpose, whether it was granted or refused. Records are never changed: a later choice is a new one.

mod outcome;
mod record;
mod submission;

pub use outcome::Outcome;
pub use record::{Context, Record, Refusal, decide};
pub use submission::{Malformed, Submission};

use serde::{Deserialize, Serialize};

/// What the visitor did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Allowed every purpose.
    #[serde(alias = "accept_all")]
    AcceptAll,
    /// Refused every purpose that is not essential.
    #[serde(alias = "reject_all")]
    RejectAll,
    /// Chose purpose by purpose.
    Custom,
    /// Took back what had been allowed (GDPR Art. 7(3)).
    Withdraw,
}

/// Where the visitor did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surface {
    /// The first layer.
    Banner,
    /// The second layer.
    Preferences,
    /// The placeholder of something that was held back.
    Placeholder,
    /// The page's own interface, by `nod('consent', …)`.
    Api,
}

macro_rules! names {
    ($kind:ident { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $kind {
            /// The name that the API and the database use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The kind of that name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names!(Action { AcceptAll => "accept-all", RejectAll => "reject-all", Custom => "custom", Withdraw => "withdraw" });
names!(Surface { Banner => "banner", Preferences => "preferences", Placeholder => "placeholder", Api => "api" });

#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;
    use crate::id::{ControllerId, RecordId};
    use crate::{notice::tests_support::notice, regime, region::Region, site::Site, time::Timestamp};

    pub(crate) fn site() -> Site {
        let notice = notice();
        Site {
            controller: ControllerId::parse("demo").unwrap(),
            key: notice.site.clone(),
            origins: vec!["https://shop.example".into()],
            fingerprint: notice.fingerprint().unwrap(),
            notice,
            tags: None,
            look: None,
        }
    }

    pub(crate) fn submission(change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
        let mut body = serde_json::json!({
            "site": "shop", "visitor": "AAAAAAAAAAAAAAAAAAAAAA", "notice": site().fingerprint, "action": "custom",
            "purposes": {"analytics": true}, "locale": "de-AT", "surface": "banner", "at": 1000,
        });
        change(&mut body);
        body.to_string().into_bytes()
    }

    pub(crate) fn context() -> Context {
        Context {
            id: RecordId::from_random([7; 16]),
            now: Timestamp::from_millis(2000).unwrap(),
            regime: regime::governing(Region::parse("DE").as_ref()),
            region: Region::parse("DE"),
            gpc: false,
            previous: None,
        }
    }

    pub(crate) fn record() -> Record {
        decide(Submission::parse(&submission(|_| ())).unwrap(), &site(), context()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_api_reads() {
        for action in [Action::AcceptAll, Action::RejectAll, Action::Custom, Action::Withdraw] {
            assert_eq!(serde_json::to_value(action).unwrap(), action.name());
            assert_eq!(Action::parse(action.name()), Some(action));
        }
        for surface in [Surface::Banner, Surface::Preferences, Surface::Placeholder, Surface::Api] {
            assert_eq!(serde_json::to_value(surface).unwrap(), surface.name());
            assert_eq!(Surface::parse(surface.name()), Some(surface));
        }
    }
}
