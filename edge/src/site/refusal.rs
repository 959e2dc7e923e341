//! Why something is not done with a site or its controller.

use std::fmt;

use nod_core::{id::Fingerprint, look::Unfit, site::MAX_ORIGINS, tags::Problem};

use super::{manage::LONGEST, publish::SIZE};

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    UnknownSite,
    /// Somebody published meanwhile; this is the notice that visitors are shown now.
    OtherNotice(Fingerprint),
    NothingChanged,
    /// Visitors would be held to a choice that they were not asked for.
    MustAskAgain,
    LongDraft,
    /// What is wrong with the draft.
    Invalid(Vec<Problem>),
    /// What is wrong is the name or the contact.
    Unnamed(&'static str),
    NoOrigins,
    BadOrigin(String),
    BadRegion,
    BadLook(Unfit),
}

impl NotDone {
    /// The code that the API uses.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::UnknownSite => "UNKNOWN_SITE",
            Self::OtherNotice(_) => "OTHER_PUBLISHED",
            Self::NothingChanged => "NOTHING_CHANGED",
            Self::MustAskAgain => "MUST_ASK_AGAIN",
            Self::LongDraft => "DOCUMENT_TOO_LARGE",
            Self::Invalid(_) => "INVALID_DRAFT",
            Self::Unnamed(_) => "INVALID_TEXT",
            Self::NoOrigins | Self::BadOrigin(_) => "INVALID_ORIGIN",
            Self::BadRegion => "INVALID_REGION",
            Self::BadLook(Unfit::NoColour(_)) => "INVALID_COLOUR",
            Self::BadLook(_) => "INVALID_LOOK",
        }
    }

    /// The part of the input that it is about: a path.
    pub(crate) const fn field(&self) -> &'static str {
        match self {
            Self::UnknownSite => "site",
            Self::OtherNotice(_) => "basedOn",
            Self::MustAskAgain => "askAgain",
            Self::NothingChanged | Self::LongDraft | Self::Invalid(_) => "draft",
            Self::Unnamed(field) => field,
            Self::NoOrigins | Self::BadOrigin(_) => "origins",
            Self::BadRegion => "region",
            Self::BadLook(Unfit::NoColour(_)) => "look.accent",
            Self::BadLook(_) => "look",
        }
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSite => out.write_str("There is no site with this key. Check its spelling."),
            Self::OtherNotice(now) => write!(
                out,
                "Somebody published meanwhile: visitors are shown {now} now. Look at what it changes, bring your change \
                 into it, and try again with that fingerprint."
            ),
            Self::NothingChanged => out.write_str("Visitors are shown this notice already. Nothing was published."),
            Self::MustAskAgain => out.write_str(
                "The purposes or vendors are not the same, so earlier choices do not cover them. Publish it with \
                 `askAgain`, or change only words and retention.",
            ),
            Self::LongDraft => write!(out, "The notice would have more than {SIZE} bytes. Take out what nobody needs."),
            Self::Invalid(problems) => problems.iter().try_for_each(|problem| writeln!(out, "{problem}")),
            Self::Unnamed(_) => write!(out, "Write one line of 1 to {LONGEST} characters."),
            Self::NoOrigins => {
                write!(out, "Without an origin no page could use the site. Name between 1 and {MAX_ORIGINS}.")
            }
            Self::BadOrigin(wrong) => write!(
                out,
                "`{wrong}` is no origin. Write the scheme and the host only, in small letters, such as \
                 https://shop.example."
            ),
            Self::BadRegion => out.write_str("This is no country. Write two letters such as GB."),
            Self::BadLook(unfit) => write!(out, "{unfit}"),
        }
    }
}
