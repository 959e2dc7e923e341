//! Drafts of what staff write to a person: the words are a beginning, which whoever answers reads, changes and sends. One file a
//! language; what is in braces is filled in.

mod de;
mod en;
mod es;
mod fr;

use super::Kind;
use crate::{mail, time::Timestamp};

/// A draft's name, the kinds that it is for (all, where none is named), and what it is called on staff's page, which is in English.
struct Draft {
    key: &'static str,
    kinds: &'static [Kind],
    title: &'static str,
}

const fn any(key: &'static str, title: &'static str) -> Draft {
    Draft { key, kinds: &[], title }
}

const fn of(key: &'static str, kinds: &'static [Kind], title: &'static str) -> Draft {
    Draft { key, kinds, title }
}

/// Messages on the way, answers, and notes to refusals, which are named like the reason.
const DRAFTS: &[Draft] = &[
    any("progress", "We are working on it"),
    any("clarify", "Ask what exactly is meant"),
    any("identity", "Ask for a proof of identity"),
    of("answer_copy", &[Kind::Access, Kind::Portability], "Here is your data"),
    of("answer_nothing_held", &[Kind::Access, Kind::Portability], "We hold nothing about you"),
    of("answer_erased", &[Kind::Deletion], "Your data is erased"),
    of("answer_corrected", &[Kind::Rectification], "Your data is corrected"),
    of("answer_restricted", &[Kind::Restriction, Kind::LimitSensitive], "Your data is only kept"),
    of("answer_stopped", &[Kind::Objection, Kind::OptOutOfSale], "We have stopped"),
    of("answer_other", &[Kind::Other], "Your question is answered"),
    any("denied_identity_not_verified", "Refusal: identity not verified"),
    any("denied_no_match", "Refusal: nobody found"),
    any("denied_excessive", "Refusal: asked too often"),
    of("denied_legal_obligation", &[Kind::Deletion, Kind::Restriction], "Refusal: the law has us keep it"),
    of("denied_rights_of_others", &[Kind::Access, Kind::Portability], "Refusal: it would harm others"),
];

/// The words of a language: one for each draft, in their order.
type Words = [&'static str; 15];

/// A draft, filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its name.
    pub key: &'static str,
    /// What it is called, in English.
    pub title: &'static str,
    /// The words, in the person's language.
    pub text: String,
}

/// What is filled in.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What is asked for.
    pub kind: Kind,
    /// The person's language; English stands in for one that Nod does not speak.
    pub locale: &'a str,
    /// The request's number.
    pub number: &'a str,
    /// Who writes.
    pub controller: &'a str,
    /// Until when it is to be answered.
    pub due: Timestamp,
}

/// The drafts that fit a request.
pub fn answers(about: &About<'_>) -> Vec<Answer> {
    let words = words(about.locale);
    let due = mail::day(about.locale, about.due).unwrap_or_default();
    let fits = |draft: &Draft| draft.kinds.is_empty() || draft.kinds.contains(&about.kind);
    let filled = |(draft, text): (&Draft, &&str)| Answer {
        key: draft.key,
        title: draft.title,
        text: fill(text, &[("{number}", about.number), ("{controller}", about.controller), ("{due}", &due)]),
    };
    DRAFTS.iter().zip(words).filter(|(draft, _)| fits(draft)).map(filled).collect()
}

/// In one pass: what is put in is not read again.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let found = values.iter().find_map(|(name, value)| Some((from.strip_prefix(name)?, value)));
        rest = if let Some((behind, value)) = found {
            filled.push_str(value);
            behind
        } else {
            filled.push('{');
            from.strip_prefix('{').unwrap_or_default()
        };
    }
    filled.push_str(rest);
    filled
}

fn words(locale: &str) -> &'static Words {
    match mail::language(locale) {
        "de" => &de::WORDS,
        "es" => &es::WORDS,
        "fr" => &fr::WORDS,
        _ => &en::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::DenialReason;

    fn about<'a>(kind: Kind, locale: &'a str, controller: &'a str) -> Vec<Answer> {
        let due = Timestamp::from_millis(1_795_435_200_000).unwrap();
        answers(&About { kind, locale, number: "AbCd1234", controller, due })
    }

    #[test]
    fn every_kind_has_an_answer_and_a_refusal_in_every_language() {
        for kind in Kind::ALL {
            for locale in ["en", "de-AT", "fr", "es-MX", "tlh"] {
                let drafts = about(*kind, locale, "Acme");
                assert!(drafts.iter().any(|draft| draft.key.starts_with("answer_")), "{kind:?}");
                assert!(drafts.iter().any(|draft| draft.key.starts_with("denied_")), "{kind:?}");
                for draft in drafts {
                    assert!(draft.text.contains("Acme") && draft.text.contains("AbCd1234"), "{locale} {draft:?}");
                    assert!(!draft.text.contains(['{', '}']) && draft.text.len() < 1500, "{locale} {draft:?}");
                }
            }
        }
    }

    #[test]
    fn a_language_has_words_of_its_own_for_each_draft() {
        for (one, other) in [(&de::WORDS, &en::WORDS), (&fr::WORDS, &en::WORDS), (&es::WORDS, &fr::WORDS)] {
            assert!(one.iter().zip(other).all(|(one, other)| one != other));
        }
        assert!(about(Kind::Access, "de-CH", "Acme").iter().any(|draft| draft.text.contains("November 2026")));
    }

    #[test]
    fn notes_to_refusals_are_named_like_the_reason() {
        for draft in DRAFTS {
            let reason = draft.key.strip_prefix("denied_");
            assert!(reason.is_none_or(|reason| DenialReason::parse(reason).is_some()), "{}", draft.key);
        }
    }

    #[test]
    fn a_name_with_braces_brings_nothing_of_its_own() {
        assert!(about(Kind::Access, "en", "{number}{x").iter().all(|draft| draft.text.contains("{number}{x")));
    }
}
