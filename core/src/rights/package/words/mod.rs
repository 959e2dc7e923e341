//! What a package says in the languages that Nod speaks.

mod de;
mod en;
mod es;
mod fr;

use super::{Column, Topic};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) controller: &'static str,
    pub(super) contact: &'static str,
    pub(super) made_at: &'static str,
    pub(super) nothing: &'static str,
    pub(super) more: &'static str,
    pub(super) applications: &'static str,
    /// What else the person may ask for, and where to complain (GDPR Art. 15(1)(e) and (f)).
    pub(super) rights: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    /// In the order of [`Topic::ALL`].
    pub(super) topics: [&'static str; Topic::ALL.len()],
    /// In the order of [`Column::ALL`].
    pub(super) columns: [&'static str; Column::ALL.len()],
    /// Of [`NAMES`], in their order.
    pub(super) names: [&'static str; NAMES.len()],
}

/// Nod's own words, as the database has them.
pub(super) const NAMES: [&str; 41] = [
    "access",
    "deletion",
    "portability",
    "rectification",
    "restriction",
    "objection",
    "opt_out_of_sale",
    "limit_sensitive",
    "other",
    "awaiting_verification",
    "received",
    "in_progress",
    "on_hold",
    "fulfilled",
    "denied",
    "withdrawn",
    "expired",
    "duplicate",
    "email",
    "phone",
    "customer_id",
    "sms",
    "accept-all",
    "reject-all",
    "custom",
    "withdraw",
    "subject",
    "staff",
    "agent",
    "system",
    "consent",
    "contract",
    "legitimate_interest",
    "name",
    "postal_address",
    "online_identifier",
    "transaction",
    "payment",
    "free_text",
    "preference",
    "credential",
];

impl Words {
    pub(super) fn topic(&self, topic: Topic) -> &'static str {
        at(Topic::ALL, topic, &self.topics).unwrap_or_default()
    }

    pub(super) fn column(&self, column: Column) -> &'static str {
        at(Column::ALL, column, &self.columns).unwrap_or_default()
    }

    /// One of Nod's own words, translated; any other as it is.
    pub(super) fn word<'a>(&self, name: &'a str) -> &'a str {
        at(&NAMES, name, &self.names).unwrap_or(name)
    }
}

fn at<T: PartialEq + Copy>(all: &[T], one: T, words: &[&'static str]) -> Option<&'static str> {
    words.get(all.iter().position(|other| *other == one)?).copied()
}

const ALL: [&Words; 4] = [&en::WORDS, &de::WORDS, &fr::WORDS, &es::WORDS];

/// The words of a language, or English.
pub(super) fn words(tag: &str) -> &'static Words {
    let primary = tag.split('-').next().unwrap_or(tag);
    ALL.into_iter().find(|words| primary.eq_ignore_ascii_case(words.tag)).unwrap_or(&en::WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::LOCALES;

    #[test]
    fn every_language_of_the_widget_has_every_word() {
        for locale in LOCALES {
            let words = words(locale.tag);
            assert_eq!(words.tag, locale.tag);
            let all = words.topics.iter().chain(&words.columns).chain(&words.names);
            assert!(all.copied().all(|text| !text.trim().is_empty()), "{}", locale.tag);
            assert!(words.rights.len() > 80 && words.intro.len() > 40);
        }
        assert_eq!(words("de-AT").tag, "de");
        assert_eq!(words("tlh").tag, "en");
    }

    #[test]
    fn no_language_says_two_things_with_one_title() {
        for words in ALL {
            for (number, title) in words.topics.iter().enumerate() {
                assert!(!words.topics[..number].contains(title), "{} {title}", words.tag);
            }
        }
    }
}
