//! What came of a choice, as it is counted: everything was allowed, nothing, or something of it.

use super::{Action, Record};
use crate::notice::Notice;

/// What came of a choice. Essential purposes are no choice, so they do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every purpose was allowed.
    Granted,
    /// No purpose was allowed.
    Refused,
    /// Some were allowed, and some not.
    Partial,
}

impl Outcome {
    /// What came of this record, which was made on this notice.
    pub fn of(record: &Record, notice: &Notice) -> Self {
        let optional = notice.purposes.iter().filter(|purpose| !purpose.essential);
        let granted = |granted: &bool| *granted;
        let (mut some, mut all) = (false, true);
        for purpose in optional {
            let is_granted = record.purposes.get(&purpose.id).is_some_and(granted);
            (some, all) = (some || is_granted, all && is_granted);
        }
        match record.action {
            // Of a notice on which there is nothing to choose, only the gesture tells.
            Action::RejectAll | Action::Withdraw => Self::Refused,
            _ if all => Self::Granted,
            _ if some => Self::Partial,
            _ => Self::Refused,
        }
    }

    /// The name that the database uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Partial => "partial",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        consent::{Submission, decide, tests_support::*},
        notice::tests_support::notice,
    };
    use serde_json::json;

    fn outcome(action: &str, purposes: serde_json::Value) -> Outcome {
        let body = submission(|body| {
            body["action"] = json!(action);
            body["purposes"] = purposes;
        });
        Outcome::of(&decide(Submission::parse(&body).unwrap(), &site(), context()).unwrap(), &notice())
    }

    #[test]
    fn a_choice_is_counted_by_what_it_allows_beside_the_essential() {
        let both = json!({"analytics": true, "marketing": true});
        assert_eq!(outcome("accept-all", both.clone()), Outcome::Granted);
        assert_eq!(outcome("custom", both), Outcome::Granted);
        assert_eq!(outcome("custom", json!({"marketing": true})), Outcome::Partial);
        assert_eq!(outcome("custom", json!({"necessary": true})), Outcome::Refused);
        assert_eq!(outcome("reject-all", json!({})), Outcome::Refused);
        assert_eq!(outcome("withdraw", json!({})), Outcome::Refused);
    }
}
