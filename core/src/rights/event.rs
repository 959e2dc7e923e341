//! What can happen to a request.

use super::{
    kind::{Kind, Status, words},
    reason::{DenialReason, ExtensionReason, HoldReason},
};
use crate::id::RightsRequestId;

/// Another request, as far as a transition must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its id.
    pub id: RightsRequestId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Whether its address was proven.
    pub is_proven: bool,
}

/// What happens to a request that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The address was proven. `duplicate_of` is what [`super::duplicates::rival`] found.
    Verified {
        /// The verified open request of the same person and kind, if there is one.
        duplicate_of: Option<RightsRequestId>,
    },
    /// The address was not proven in time.
    Expired,
    /// The person was told that it is here, by another way than the mails that other events send.
    Acknowledged,
    /// Staff took it up.
    Started,
    /// It takes longer, and the person is told why.
    Extended {
        /// Why.
        reason: ExtensionReason,
    },
    /// It must wait.
    Held {
        /// What for.
        reason: HoldReason,
    },
    /// It waits no longer.
    Resumed,
    /// What it asks for was done.
    Fulfilled,
    /// It was refused.
    Denied {
        /// Why.
        reason: DenialReason,
    },
    /// The person asks to think again. `open` is what [`super::duplicates::rival`] found.
    Appealed {
        /// The verified open request of the same person and kind, if there is one: it is answered instead.
        open: Option<RightsRequestId>,
    },
    /// The person took it back.
    Withdrawn,
    /// Someone wrote.
    Messaged,
    /// It turned out to be the same as another one.
    Merged {
        /// The one that goes on.
        into: Other,
    },
    /// The data may not be erased for now.
    HoldPlaced,
    /// It may be erased again.
    HoldLifted,
}

words! {
    /// An event without its particulars.
    EventKind {
        /// A request is filed.
        Submitted => "submitted", "SUBMITTED",
        /// See [`Event::Verified`].
        Verified => "verified", "VERIFIED",
        /// See [`Event::Expired`].
        Expired => "expired", "EXPIRED",
        /// See [`Event::Acknowledged`].
        Acknowledged => "acknowledged", "ACKNOWLEDGED",
        /// See [`Event::Started`].
        Started => "started", "STARTED",
        /// See [`Event::Extended`].
        Extended => "extended", "EXTENDED",
        /// See [`Event::Held`].
        Held => "held", "HELD",
        /// See [`Event::Resumed`].
        Resumed => "resumed", "RESUMED",
        /// See [`Event::Fulfilled`].
        Fulfilled => "fulfilled", "FULFILLED",
        /// See [`Event::Denied`].
        Denied => "denied", "DENIED",
        /// See [`Event::Appealed`].
        Appealed => "appealed", "APPEALED",
        /// See [`Event::Withdrawn`].
        Withdrawn => "withdrawn", "WITHDRAWN",
        /// See [`Event::Messaged`].
        Messaged => "messaged", "MESSAGED",
        /// See [`Event::Merged`].
        Merged => "merged", "MERGED",
        /// See [`Event::HoldPlaced`].
        HoldPlaced => "hold_placed", "HOLD_PLACED",
        /// See [`Event::HoldLifted`].
        HoldLifted => "hold_lifted", "HOLD_LIFTED",
    }
}

impl Event {
    /// The event without its particulars.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Verified { .. } => EventKind::Verified,
            Self::Expired => EventKind::Expired,
            Self::Acknowledged => EventKind::Acknowledged,
            Self::Started => EventKind::Started,
            Self::Extended { .. } => EventKind::Extended,
            Self::Held { .. } => EventKind::Held,
            Self::Resumed => EventKind::Resumed,
            Self::Fulfilled => EventKind::Fulfilled,
            Self::Denied { .. } => EventKind::Denied,
            Self::Appealed { .. } => EventKind::Appealed,
            Self::Withdrawn => EventKind::Withdrawn,
            Self::Messaged => EventKind::Messaged,
            Self::Merged { .. } => EventKind::Merged,
            Self::HoldPlaced => EventKind::HoldPlaced,
            Self::HoldLifted => EventKind::HoldLifted,
        }
    }
}
