//! What mails say, one file a language. Names in braces are filled in; a sentence whose name has no value is left out.

mod de;
mod en;
mod es;
mod fr;

use chrono::{DateTime, Datelike as _};

use super::Kind;
use crate::{locale, time::Timestamp};

/// Codes with their words.
pub(super) type Codes = &'static [(&'static str, &'static str)];

/// The words of one mail.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) subject: &'static str,
    /// Before the facts and the button.
    pub(super) lead: &'static [&'static str],
    /// On the button.
    pub(super) button: &'static str,
    /// Behind the button.
    pub(super) after: &'static [&'static str],
}

/// The words of every mail: one that is missing does not compile.
#[derive(Debug)]
pub(super) struct Mails {
    verify: Texts,
    reminder: Texts,
    received: Texts,
    confirmed: Texts,
    extended: Texts,
    message: Texts,
    fulfilled: Texts,
    denied: Texts,
    withdrawn: Texts,
    duplicate: Texts,
    sign_in: Texts,
    agent_filed: Texts,
    staff_notice: Texts,
    staff_sign_in: Texts,
    staff_invited: Texts,
}

impl Mails {
    pub(super) const fn of(&self, kind: Kind) -> &Texts {
        match kind {
            Kind::Verify => &self.verify,
            Kind::Reminder => &self.reminder,
            Kind::Received => &self.received,
            Kind::Confirmed => &self.confirmed,
            Kind::Extended => &self.extended,
            Kind::Message => &self.message,
            Kind::Fulfilled => &self.fulfilled,
            Kind::Denied => &self.denied,
            Kind::Withdrawn => &self.withdrawn,
            Kind::Duplicate => &self.duplicate,
            Kind::SignIn => &self.sign_in,
            Kind::AgentFiled => &self.agent_filed,
            Kind::StaffNotice => &self.staff_notice,
            Kind::StaffSignIn => &self.staff_sign_in,
            Kind::StaffInvited => &self.staff_invited,
        }
    }
}

/// One language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) tag: &'static str,
    /// `{person}`
    pub(super) hello: &'static str,
    pub(super) hello_anybody: &'static str,
    pub(super) request: &'static str,
    pub(super) number: &'static str,
    pub(super) received: &'static str,
    pub(super) answer_by: &'static str,
    pub(super) law: &'static str,
    pub(super) site: &'static str,
    pub(super) why: &'static str,
    /// Before what staff wrote.
    pub(super) wrote: &'static str,
    /// Under the button: `{link}` stands beneath.
    pub(super) no_button: &'static str,
    /// `{controller}`, `{contact}`
    pub(super) questions: &'static str,
    /// Which authority, by law.
    pub(super) complaint: &'static str,
    pub(super) complaint_us: &'static str,
    pub(super) months: [&'static str; 12],
    /// `{day}`, `{month}`, `{year}`
    pub(super) date: &'static str,
    pub(super) kinds: Codes,
    pub(super) laws: Codes,
    pub(super) denials: Codes,
    pub(super) extensions: Codes,
    pub(super) mails: Mails,
}

const ALL: [&Words; 4] = [&en::WORDS, &de::WORDS, &fr::WORDS, &es::WORDS];

/// The words of a language; English where Nod does not speak it.
pub(super) fn of(tag: &str) -> &'static Words {
    let tag = locale::negotiate(&[tag], &ALL.iter().map(|words| words.tag));
    ALL.into_iter().find(|words| Some(words.tag) == tag).unwrap_or(&en::WORDS)
}

/// What a code says.
pub(super) fn by_code(codes: Codes, code: &str) -> Option<&'static str> {
    codes.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

impl Words {
    /// The day, in UTC.
    pub(super) fn day(&self, at: Timestamp) -> Option<String> {
        let date = DateTime::from_timestamp_millis(at.millis())?;
        let month = self.months.get(usize::try_from(date.month0()).ok()?)?;
        let (day, year) = (date.day().to_string(), date.year().to_string());
        // The first of a month is an ordinal in French.
        let day = if self.tag == "fr" && day == "1" { "1er" } else { day.as_str() };
        Some(self.date.replace("{day}", day).replace("{month}", month).replace("{year}", &year))
    }
}
