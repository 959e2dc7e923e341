//! What can be done with a rights request, and when. The rules are the API's; the page offers nothing that they refuse for certain.

/// One thing that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Work begins.
    Start,
    /// Something is written to the person.
    Message,
    /// It takes longer.
    Extend,
    /// It waits.
    Hold,
    /// It waits no more.
    Resume,
    /// It is met.
    Fulfil,
    /// It is refused.
    Deny,
    /// The person has taken it back.
    Withdraw,
}

/// Where a request stands, as far as actions hang on it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Its status, by the API's name.
    pub status: &'a str,
    /// What it asks for, by the API's name.
    pub kind: &'a str,
    /// Whether it was extended before.
    pub is_extended: bool,
    /// Whether a platform asks: nobody reads what is written to it.
    pub is_of_platform: bool,
}

impl Action {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 8] =
        [Self::Start, Self::Message, Self::Extend, Self::Hold, Self::Resume, Self::Fulfil, Self::Deny, Self::Withdraw];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Message => "message",
            Self::Extend => "extend",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Fulfil => "fulfil",
            Self::Deny => "deny",
            Self::Withdraw => "withdraw",
        }
    }

    /// By its name in an address.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// What its button says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Start => "Start work",
            Self::Message => "Write a message",
            Self::Extend => "Extend",
            Self::Hold => "Put on hold",
            Self::Resume => "Resume",
            Self::Fulfil => "Fulfil",
            Self::Deny => "Deny",
            Self::Withdraw => "Withdraw",
        }
    }

    /// What will happen.
    pub const fn warning(self) -> &'static str {
        match self {
            Self::Start => "The person sees that somebody is working on it.",
            Self::Message => "The person gets it by mail, and can answer in the transparency centre.",
            Self::Extend => "The law allows this once. The person is told why, and the new day.",
            Self::Hold => "Work stops until it is resumed. The time runs on unless the law stops it.",
            Self::Resume => "Work goes on, and the time runs again.",
            Self::Fulfil => {
                "The request ends as met. A deletion erases everything Nod holds of the person, which cannot be undone. An access request sends what Nod holds, with the files that were added."
            }
            Self::Deny => "The request ends. The person is told the reason, what they can do, and until when.",
            Self::Withdraw => "The request ends because the person took it back. They are told.",
        }
    }

    /// What is said when it was done.
    pub const fn done(self) -> &'static str {
        match self {
            Self::Start => "Work on it has begun.",
            Self::Message => "The message is on its way.",
            Self::Extend => "It was extended, and the person is told.",
            Self::Hold => "It is on hold.",
            Self::Resume => "Work goes on.",
            Self::Fulfil => "It is fulfilled, and the person is told.",
            Self::Deny => "It is denied, and the person is told.",
            Self::Withdraw => "It is withdrawn.",
        }
    }

    /// The API's mutation.
    pub const fn mutation(self) -> &'static str {
        match self {
            Self::Start => "startRightsRequest",
            Self::Message => "messageRightsRequest",
            Self::Extend => "extendRightsRequest",
            Self::Hold => "holdRightsRequest",
            Self::Resume => "resumeRightsRequest",
            Self::Fulfil => "fulfilRightsRequest",
            Self::Deny => "denyRightsRequest",
            Self::Withdraw => "withdrawRightsRequest",
        }
    }

    /// The mail that it sends and that can be seen before, by the API's name.
    pub const fn mail(self) -> Option<&'static str> {
        match self {
            Self::Message => Some("MESSAGE"),
            Self::Extend => Some("EXTENDED"),
            Self::Hold => Some("HELD"),
            Self::Fulfil => Some("FULFILLED"),
            Self::Deny => Some("DENIED"),
            Self::Start | Self::Resume | Self::Withdraw => None,
        }
    }

    /// The reasons to choose from, by the API's names; none where it needs none.
    pub const fn reasons(self) -> &'static [&'static str] {
        match self {
            Self::Extend => &["COMPLEXITY", "NUMBER_OF_REQUESTS"],
            Self::Hold => &["CLARIFICATION", "IDENTITY_DOUBT", "FEE", "LEGAL_HOLD"],
            Self::Deny => &[
                "IDENTITY_NOT_VERIFIED",
                "NO_MATCH",
                "MANIFESTLY_UNFOUNDED",
                "EXCESSIVE",
                "LEGAL_OBLIGATION",
                "LEGAL_CLAIMS",
                "RIGHTS_OF_OTHERS",
                "FREEDOM_OF_EXPRESSION",
                "COMPELLING_GROUNDS",
                "NOT_COVERED",
                "OUTSIDE_JURISDICTION",
                "EXEMPTION",
                "SUSPECTED_FRAUD",
            ],
            _ => &[],
        }
    }

    /// The input's member that a text of one's own goes into, with the field's label.
    pub const fn words(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Message => Some(("text", "Message")),
            Self::Hold => Some(("message", "What is asked of the person (if anything)")),
            Self::Fulfil => Some(("message", "What is said with the answer (if anything)")),
            Self::Deny => Some(("note", "Explanation that the person reads")),
            _ => None,
        }
    }

    /// Whether a draft of an answer is for this: notes to refusals are for the reason that is chosen, all others for every text but
    /// these.
    pub fn takes_draft(self, key: &str, why: &str) -> bool {
        match key.strip_prefix("denied_") {
            Some(reason) => self == Self::Deny && reason.eq_ignore_ascii_case(why),
            None => matches!(self, Self::Message | Self::Hold | Self::Fulfil),
        }
    }

    /// Whether it can be done where a request stands.
    pub fn is_possible(self, at: Standing<'_>) -> bool {
        let is_active = matches!(at.status, "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
        match self {
            Self::Start => at.status == "RECEIVED",
            Self::Message => {
                let is_erased = at.status == "FULFILLED" && at.kind == "DELETION";
                !at.is_of_platform && !is_erased && !matches!(at.status, "AWAITING_VERIFICATION" | "EXPIRED")
            }
            Self::Extend => is_active && !at.is_extended,
            Self::Hold | Self::Fulfil => matches!(at.status, "RECEIVED" | "IN_PROGRESS"),
            Self::Resume => at.status == "ON_HOLD",
            Self::Deny | Self::Withdraw => is_active,
        }
    }
}

/// A reason in a sentence, for those who choose it.
pub fn reason(name: &str) -> &'static str {
    match name {
        "COMPLEXITY" => "It is complex",
        "NUMBER_OF_REQUESTS" => "There are many requests",
        "CLARIFICATION" => "The person must say more precisely what they want",
        "IDENTITY_DOUBT" => "It is in doubt who asks",
        "FEE" => "A fee must be paid first",
        "LEGAL_HOLD" => "Nothing may be erased for now (the person is not told)",
        "IDENTITY_NOT_VERIFIED" => "Who asks could not be told",
        "NO_MATCH" => "Nothing is known of the person",
        "MANIFESTLY_UNFOUNDED" => "It is manifestly unfounded",
        "EXCESSIVE" => "It is excessive",
        "LEGAL_OBLIGATION" => "A law has the data kept",
        "LEGAL_CLAIMS" => "The data is needed for legal claims",
        "RIGHTS_OF_OTHERS" => "It would harm the rights of others",
        "FREEDOM_OF_EXPRESSION" => "Freedom of expression and information stand against it",
        "COMPELLING_GROUNDS" => "Grounds outweigh the objection",
        "NOT_COVERED" => "The right does not reach this",
        "OUTSIDE_JURISDICTION" => "The law does not apply",
        "EXEMPTION" => "The law makes an exception",
        "SUSPECTED_FRAUD" => "There is reason to believe that it is fraud",
        _ => "Another reason",
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Standing, reason};

    fn possible(status: &str, is_extended: bool) -> Vec<&'static str> {
        let at = Standing { status, kind: "ACCESS", is_extended, is_of_platform: false };
        Action::ALL.into_iter().filter(|action| action.is_possible(at)).map(Action::name).collect()
    }

    #[test]
    fn what_is_offered_hangs_on_where_the_request_stands() {
        assert_eq!(possible("RECEIVED", false), ["start", "message", "extend", "hold", "fulfil", "deny", "withdraw"]);
        assert_eq!(possible("IN_PROGRESS", true), ["message", "hold", "fulfil", "deny", "withdraw"]);
        assert_eq!(possible("ON_HOLD", true), ["message", "resume", "deny", "withdraw"]);
        assert_eq!(possible("DENIED", false), ["message"]);
        assert!(possible("EXPIRED", false).is_empty());
    }

    #[test]
    fn whoever_was_erased_and_a_platform_are_not_written_to() {
        let at = Standing { status: "FULFILLED", kind: "DELETION", is_extended: false, is_of_platform: false };
        assert!(!Action::Message.is_possible(at));
        let at = Standing { status: "RECEIVED", kind: "ACCESS", is_extended: false, is_of_platform: true };
        assert!(!Action::Message.is_possible(at));
    }

    #[test]
    fn a_draft_for_a_refusal_is_offered_with_its_reason_alone() {
        assert!(Action::Deny.takes_draft("denied_excessive", "EXCESSIVE"));
        assert!(!Action::Deny.takes_draft("denied_excessive", "NO_MATCH"));
        assert!(!Action::Deny.takes_draft("clarification", "EXCESSIVE"));
        assert!(Action::Message.takes_draft("clarification", ""));
        assert!(!Action::Message.takes_draft("denied_excessive", ""));
    }

    #[test]
    fn every_reason_has_a_sentence_and_every_action_an_address() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.name()), Some(action));
            assert!(action.reasons().iter().all(|name| reason(name) != reason("")));
        }
    }
}
