//! What becomes of a delivery when it is read.

use std::fmt;

use super::Reading;
use crate::webhook::shopify::Contradiction;

/// What a delivery says.
#[derive(Clone, Debug, PartialEq, Eq)]
// Allowed, not expected: on wasm32 it is not so large.
#[allow(clippy::large_enum_variant, reason = "there is one at a time, and it is taken apart at once")]
pub enum Outcome {
    /// Something of use.
    Useful(Reading),
    /// Nothing that concerns people; the delivery is kept, and that is all.
    Ignored {
        /// The platform's name of the event, as in [`Reading::event`].
        event: String,
        /// Why.
        why: Ignored,
    },
}

/// Why a delivery that was read is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// Events of this type, or this one, say nothing about people.
    NoPersonalData,
    /// The event names what changed without saying how it is now, and there is no key to ask with.
    NotExpanded,
    /// A list of events without an event, as it is sent to try a new webhook.
    Empty,
}

impl Ignored {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoPersonalData => "no_personal_data",
            Self::NotExpanded => "not_expanded",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoPersonalData => "the event says nothing about people; nothing is to be done",
            Self::NotExpanded => "the event only names what changed; have the platform send snapshot events instead",
            Self::Empty => "the delivery holds no event; the platform sends such a one to try a webhook out",
        })
    }
}

/// Why an authentic delivery cannot be used. It becomes a dead letter, which staff can replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// The body is not JSON, or nested deeper than any platform nests.
    NotJson,
    /// The body is not the form that the platform sends.
    NotAForm,
    /// A header that says what the delivery is about is missing or cannot be read.
    Unlabelled,
    /// The delivery is another shop's than the connection's, or than its body says.
    OtherShop,
    /// The body is not one of the type that the delivery claims to be of.
    OtherShape,
    /// Nothing says which event it is.
    NoEventType,
    /// Nobody is named where the field mapping looks, or where a request names whom it is about.
    NoIdentifier,
    /// More events, people or identifiers in one delivery than are taken.
    TooMany,
    /// The words of an erasure that was carried out before: a replay, or a second erasure.
    RepeatedErasure,
}

impl Unusable {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::NotAForm => "not_a_form",
            Self::Unlabelled => "unlabelled",
            Self::OtherShop => "other_shop",
            Self::OtherShape => "other_shape",
            Self::NoEventType => "no_event_type",
            Self::NoIdentifier => "no_identifier",
            Self::TooMany => "too_many",
            Self::RepeatedErasure => "repeated_erasure",
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotJson => "the body is not JSON; have the sender send a JSON object",
            Self::NotAForm => "the body is not the form that the platform sends; check the connection's platform",
            Self::Unlabelled => "a header that names the topic or the shop is missing or cannot be read",
            Self::OtherShop => {
                "the delivery is of another shop than the connection's; give each shop its own connection"
            }
            Self::OtherShape => "the body is not one of its topic's; if the subscription leaves fields out, add them",
            Self::NoEventType => "nothing in the body says which event it is; check the field mapping's event",
            Self::NoIdentifier => {
                "nobody is named where one should be; if the application is your own, mend its field mapping and replay"
            }
            Self::TooMany => "more than 1000 events or people, or 4000 identifiers, in one delivery; have the sender send fewer at once",
            Self::RepeatedErasure => {
                "an erasure in the same words was carried out before; replay it if it is asked again"
            }
        })
    }
}

impl std::error::Error for Unusable {}

impl From<Contradiction> for Unusable {
    fn from(contradiction: Contradiction) -> Self {
        match contradiction {
            Contradiction::Unlabelled(_) => Self::Unlabelled,
            Contradiction::OtherShop | Contradiction::OtherShopInBody => Self::OtherShop,
            Contradiction::NoObject => Self::NotJson,
            Contradiction::OtherShape(_) => Self::OtherShape,
        }
    }
}
