//! Why something cannot happen to a request now.

use super::{
    event::EventKind,
    kind::{Party, Status},
};
use crate::id::RightsRequestId;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The table has no such transition.
    NotPossible {
        /// Where the request stands.
        from: Status,
        /// What was to happen.
        event: EventKind,
        /// Who wanted it.
        by: Party,
    },
    /// The link's seven days are over.
    LinkExpired,
    /// The link's seven days are not over.
    LinkStillGood,
    /// The law gives no more time.
    NoExtension,
    /// It was extended before.
    AlreadyExtended,
    /// The person must be told while the first period runs.
    ExtensionTooLate,
    /// The person knows already.
    AlreadyAcknowledged,
    /// A legal hold forbids to erase.
    LegalHold,
    /// A legal hold is there already, or none is there to lift.
    LegalHoldUnchanged,
    /// The law knows no appeal.
    NoAppeal,
    /// It was appealed before.
    AlreadyAppealed,
    /// The time to appeal is over.
    AppealTooLate,
    /// The same is asked by a request that is open.
    AnotherIsOpen(RightsRequestId),
    /// Only an open, verified request of the same kind can take another one in.
    CannotTakeIn,
    /// What the person wrote was erased with everything else, and so was the address.
    PersonErased,
}

impl Refusal {
    /// The code that the API gives.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotPossible { .. } => "not_possible_now",
            Self::LinkExpired => "link_expired",
            Self::LinkStillGood => "link_still_good",
            Self::NoExtension => "no_extension",
            Self::AlreadyExtended => "already_extended",
            Self::ExtensionTooLate => "extension_too_late",
            Self::AlreadyAcknowledged => "already_acknowledged",
            Self::LegalHold => "legal_hold",
            Self::LegalHoldUnchanged => "legal_hold_unchanged",
            Self::NoAppeal => "no_appeal",
            Self::AlreadyAppealed => "already_appealed",
            Self::AppealTooLate => "appeal_too_late",
            Self::AnotherIsOpen(_) => "another_is_open",
            Self::CannotTakeIn => "cannot_take_in",
            Self::PersonErased => "person_erased",
        }
    }

    /// The same as the API writes codes.
    pub const fn graphql(&self) -> &'static str {
        match self {
            Self::NotPossible { .. } => "NOT_POSSIBLE_NOW",
            Self::LinkExpired => "LINK_EXPIRED",
            Self::LinkStillGood => "LINK_STILL_GOOD",
            Self::NoExtension => "NO_EXTENSION",
            Self::AlreadyExtended => "ALREADY_EXTENDED",
            Self::ExtensionTooLate => "EXTENSION_TOO_LATE",
            Self::AlreadyAcknowledged => "ALREADY_ACKNOWLEDGED",
            Self::LegalHold => "LEGAL_HOLD",
            Self::LegalHoldUnchanged => "LEGAL_HOLD_UNCHANGED",
            Self::NoAppeal => "NO_APPEAL",
            Self::AlreadyAppealed => "ALREADY_APPEALED",
            Self::AppealTooLate => "APPEAL_TOO_LATE",
            Self::AnotherIsOpen(_) => "ANOTHER_IS_OPEN",
            Self::CannotTakeIn => "CANNOT_TAKE_IN",
            Self::PersonErased => "PERSON_ERASED",
        }
    }

    /// A sentence that a person can act on.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotPossible { from, event, .. } => {
                ["This cannot be done to a request that is ", from.name(), ": ", event.name(), "."].concat()
            }
            Self::AnotherIsOpen(id) => ["The same is asked by an open request: ", id.as_str(), "."].concat(),
            _ => self.plain().to_owned(),
        }
    }

    const fn plain(&self) -> &'static str {
        match self {
            Self::NotPossible { .. } | Self::AnotherIsOpen(_) => "This cannot be done now.",
            Self::LinkExpired => "The link is older than seven days. Send the form again.",
            Self::LinkStillGood => "The link is still good: the request expires seven days after it was sent.",
            Self::NoExtension => "The law that governs this request gives no more time.",
            Self::AlreadyExtended => "It was extended before; the law allows it once.",
            Self::ExtensionTooLate => "The first period is over. An extension must be told while it runs.",
            Self::AlreadyAcknowledged => "The person was told before that the request is here.",
            Self::LegalHold => "A legal hold stands: lift it before anything is erased.",
            Self::LegalHoldUnchanged => "The legal hold stands as you want it already.",
            Self::NoAppeal => "The law that governs this request knows no appeal to the controller.",
            Self::AlreadyAppealed => "It was appealed before. The answer to the appeal is final here.",
            Self::AppealTooLate => "The time to appeal is over. File a new request.",
            Self::CannotTakeIn => "Only an open, verified request of the same kind can take another one in.",
            Self::PersonErased => "The person's address was erased with everything else: nobody can be written to.",
        }
    }
}
