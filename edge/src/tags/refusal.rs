//! Why something is not done with a site's tags.

use std::fmt;

use nod_core::tags::Problem;

use super::{manage::NOTE, reading::SIZE};

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    UnknownSite,
    UnknownVersion,
    AlreadyPublished,
    NoDraft,
    /// Somebody changed the draft meanwhile; this is its revision now.
    OtherRevision(u32),
    /// Somebody published meanwhile; this is the version that pages get now.
    OtherPublished(Option<u32>),
    NoObject,
    LongDocument,
    LongNote,
    /// What is wrong with the document.
    Invalid(Vec<Problem>),
}

impl NotDone {
    /// The code that the API uses.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::UnknownSite => "UNKNOWN_SITE",
            Self::UnknownVersion => "UNKNOWN_VERSION",
            Self::AlreadyPublished => "ALREADY_PUBLISHED",
            Self::NoDraft => "NO_DRAFT",
            Self::OtherRevision(_) => "OTHER_REVISION",
            Self::OtherPublished(_) => "OTHER_PUBLISHED",
            Self::NoObject | Self::Invalid(_) => "INVALID_DOCUMENT",
            Self::LongDocument => "DOCUMENT_TOO_LARGE",
            Self::LongNote => "INVALID_NOTE",
        }
    }

    /// The part of the input that it is about.
    pub(crate) const fn field(&self) -> &'static str {
        match self {
            Self::UnknownSite => "site",
            Self::UnknownVersion | Self::AlreadyPublished => "version",
            Self::OtherRevision(_) => "revision",
            Self::OtherPublished(_) => "replaces",
            Self::NoDraft | Self::NoObject | Self::LongDocument | Self::Invalid(_) => "document",
            Self::LongNote => "note",
        }
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSite => out.write_str("There is no site with this key. Check its spelling."),
            Self::UnknownVersion => {
                out.write_str("The site has no version with this number. Look it up under `tags { versions }`.")
            }
            Self::AlreadyPublished => out.write_str("This version is the one that pages get already."),
            Self::NoDraft => out.write_str("The site has no draft. Give the document, or save a draft first."),
            Self::OtherRevision(now) => write!(
                out,
                "Somebody changed the draft meanwhile: its revision is {now}. Read it, bring your change into it, and \
                 try again with that revision."
            ),
            Self::OtherPublished(Some(now)) => write!(
                out,
                "Somebody published meanwhile: pages get version {now}. Look at what it changes, and try again with \
                 that number."
            ),
            Self::OtherPublished(None) => out.write_str("Nothing is published yet. Leave `replaces` out."),
            Self::NoObject => out.write_str("The document is no JSON object. See docs/tags.md for what is in one."),
            Self::LongDocument => {
                write!(out, "The document has more than {SIZE} bytes. Take out what nobody needs.")
            }
            Self::LongNote => write!(out, "The note has more than {NOTE} characters. Shorten it."),
            Self::Invalid(problems) => problems.iter().try_for_each(|problem| writeln!(out, "{problem}")),
        }
    }
}
