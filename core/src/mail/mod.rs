//! Mails: what is written to data subjects, in their language, and what the outbox does with a provider's answer.
//!
//! A mail is made of blocks ([`blocks`]), which HTML and text are both drawn from, so that the two say the same. Every value
//! that somebody typed is made inert first, and escaped where it is drawn. A mail has no image, no script and nothing from
//! elsewhere; its one link leads to the controller's own Nod ([`Link`]).
//!
//! To an address that anybody may have typed nobody's words are sent: otherwise the form would write letters for strangers.

mod blocks;
mod bounce;
mod envelope;
mod html;
mod inert;
mod link;
mod outcome;
mod plain;
mod words;

pub use bounce::{Bounce, Happened, Refused};
pub use envelope::{Envelope, is_address};
pub use link::Link;
pub use outcome::{Failure, MOST_ATTEMPTS, delay, judge, judge_code};

pub use crate::look::Colour as Accent;

use crate::time::Timestamp;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident => $name:literal),+ $(,)?) => {
        /// Which mail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $variant),+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that the database and the API use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The kind of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

kinds! {
    /// Prove that the address is yours.
    Verify => "verify",
    /// The same once more, because nobody did.
    Reminder => "reminder",
    /// It is here, and needs no proof.
    Received => "received",
    /// It is proven, and this is when it will be answered (also the confirmation of receipt that California asks for).
    Confirmed => "confirmed",
    /// It takes longer.
    Extended => "extended",
    /// Staff wrote something.
    Message => "message",
    /// It is done.
    Fulfilled => "fulfilled",
    /// It is not done, and this is why.
    Denied => "denied",
    /// The data subject withdrew it.
    Withdrawn => "withdrawn",
    /// It is a repetition, and goes on with the earlier one.
    Duplicate => "duplicate",
    /// The link that signs in.
    SignIn => "sign_in",
    /// Somebody filed a request in the name of who reads this.
    AgentFiled => "agent_filed",
    /// To the controller: there is something to do.
    StaffNotice => "staff_notice",
    /// To a member of staff: the link that signs in to the dashboard.
    StaffSignIn => "staff_sign_in",
    /// To somebody who was made staff: the same, with why it comes.
    StaffInvited => "staff_invited",
}

impl Kind {
    /// Whether it goes to an address that nobody has proven yet, and says no more of a request than what was typed with it.
    pub const fn is_to_an_unproven_address(self) -> bool {
        matches!(
            self,
            Self::Verify | Self::Reminder | Self::SignIn | Self::AgentFiled | Self::StaffSignIn | Self::StaffInvited
        )
    }

    /// Whether nobody's words are in it. What needs no proof is answered, too, at an address that anybody may have typed; and
    /// staff read them where they work, not in a mailbox.
    pub const fn is_without_words(self) -> bool {
        self.is_to_an_unproven_address() || matches!(self, Self::Received | Self::StaffNotice)
    }
}

/// What a mail is made of.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// Which mail.
    pub kind: Kind,
    /// In which language: `fr`, `de-AT`. English where Nod does not speak it.
    pub locale: &'a str,
    /// The name of who answers for the data, which signs the mail.
    pub controller: &'a str,
    /// The site that it is about.
    pub site_name: &'a str,
    /// Where the controller can be reached. As an e-mail address it is also who a reply goes to.
    pub contact: Option<&'a str>,
    /// The site's colour.
    pub accent: Accent,
    /// Whom to greet. Left out where it looks like more than a name, and to addresses that are not proven.
    pub person: Option<&'a str>,
    /// Who filed the request in somebody's name: an e-mail address.
    pub agent: Option<&'a str>,
    /// The request that it is about.
    pub request: Option<RequestWords<'a>>,
    /// Where its button leads.
    pub link: Option<Link>,
    /// Until when the link, or what is behind it, is there.
    pub until: Option<Timestamp>,
    /// What staff wrote: an answer, a note to a denial.
    pub message: Option<&'a str>,
}

/// What a mail says of a request.
#[derive(Clone, Copy, Debug)]
pub struct RequestWords<'a> {
    /// The name of its kind: `access`.
    pub kind: &'a str,
    /// The short id, by which people speak of it.
    pub number: &'a str,
    /// When it came in.
    pub received: Timestamp,
    /// When it is to be answered at the latest; of an extension the new day.
    pub due: Option<Timestamp>,
    /// The id of the law: `gdpr`.
    pub law: &'a str,
    /// What it is called where this file has no name for it in the reader's language.
    pub law_name: &'a str,
    /// The code of why it is denied, or takes longer: `no_match`.
    pub reason: Option<&'a str>,
    /// Until when an appeal can be made.
    pub appeal_by: Option<Timestamp>,
    /// The number of the request that it goes on with.
    pub other: Option<&'a str>,
    /// Whether there are files to download.
    pub has_files: bool,
}

/// A mail as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The subject: one line.
    pub subject: String,
    /// The page.
    pub html: String,
    /// The same as text.
    pub text: String,
}

/// The language that mails of a locale are in.
pub fn language(locale: &str) -> &'static str {
    words::of(locale).tag
}

/// A day as mails of a locale write it, in UTC.
pub fn day(locale: &str, at: Timestamp) -> Option<String> {
    words::of(locale).day(at)
}

/// Writes the mail.
pub fn compose(letter: &Letter<'_>) -> Mail {
    let words = words::of(letter.locale);
    let draft = blocks::draft(letter, words);
    Mail { html: html::draw(&draft, letter.accent), text: plain::draw(&draft), subject: draft.subject }
}

#[cfg(test)]
mod tests;
