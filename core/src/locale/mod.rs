//! The product's own texts, one file a language.
//!
//! Each language is a constant of [`Texts`]: a text that is missing does not compile. A published notice carries a copy
//! of the texts it was published with, so a later wording never changes what somebody was shown.

mod de;
mod en;
mod es;
mod fr;

use serde::Serialize;

/// The name and the plain-words description of a purpose.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PurposeText {
    /// A short title.
    pub name: &'static str,
    /// One sentence on what data is used for.
    pub description: &'static str,
}

/// The texts of the four purposes that every site starts with.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StandardPurposes {
    /// `necessary`
    pub necessary: PurposeText,
    /// `functional`
    pub functional: PurposeText,
    /// `analytics`
    pub analytics: PurposeText,
    /// `marketing`
    pub marketing: PurposeText,
}

impl StandardPurposes {
    /// The text of a standard purpose by its id.
    pub fn get(&self, id: &str) -> Option<PurposeText> {
        Some(match id {
            "necessary" => self.necessary,
            "functional" => self.functional,
            "analytics" => self.analytics,
            "marketing" => self.marketing,
            _ => return None,
        })
    }
}

#[allow(missing_docs, reason = "each name says which text it is")]
/// Every text of the banner, the preferences and the placeholders. Names in braces are filled in where the text is used.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Texts {
    pub banner_title: &'static str,
    pub banner_body: &'static str,
    pub banner_body_opt_out: &'static str,
    /// Shown where a Global Privacy Control signal was honoured; California asks for these words (11 CCR 7025(c)(6)).
    pub gpc_line: &'static str,
    pub accept_all: &'static str,
    pub reject_all: &'static str,
    pub manage_choices: &'static str,
    pub saving: &'static str,
    pub saved: &'static str,
    pub failed: &'static str,
    pub retry: &'static str,
    pub preferences_title: &'static str,
    pub preferences_body: &'static str,
    pub preferences_body_opt_out: &'static str,
    pub save_choices: &'static str,
    pub close: &'static str,
    pub always_on: &'static str,
    pub details: &'static str,
    pub vendors: &'static str,
    pub legal_basis: &'static str,
    pub legal_basis_consent: &'static str,
    pub legal_basis_contract: &'static str,
    pub legal_basis_legitimate_interest: &'static str,
    pub retention: &'static str,
    /// `{days}`
    pub retention_days: &'static str,
    pub stores: &'static str,
    pub privacy_policy: &'static str,
    pub gpc_honoured: &'static str,
    pub load_failed: &'static str,
    pub record: &'static str,
    /// `{purpose}`
    pub placeholder_body: &'static str,
    /// `{purpose}`
    pub placeholder_allow: &'static str,
}

/// A language that Nod speaks.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    /// BCP 47.
    pub tag: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The interface's texts.
    pub texts: Texts,
    /// The standard purposes' texts.
    pub purposes: StandardPurposes,
}

/// Every language, the one to fall back on first.
pub const LOCALES: &[Locale] = &[en::LOCALE, de::LOCALE, fr::LOCALE, es::LOCALE];

/// What leads from the preferences to the transparency centre. It is no part of a notice, so notices that were published before it
/// have it, too.
pub fn rights_link(locale: &str) -> &'static str {
    match locale {
        "de" => "Ihre Datenschutzrechte",
        "es" => "Sus derechos de privacidad",
        "fr" => "Vos droits sur vos données",
        _ => "Your privacy rights",
    }
}

/// Picks from `offered` the language that a visitor wants: each wish in turn, exactly or by its primary language.
///
/// A wish is a language tag (`de-AT`) or an `Accept-Language` header (RFC 9110, section 12.5.4). `None` where no wish can
/// be met.
pub fn negotiate<'a>(wishes: &[&str], offered: &(impl Iterator<Item = &'a str> + Clone)) -> Option<&'a str> {
    wishes.iter().find_map(|wish| {
        let mut ranges: Vec<(&str, u16)> = wish.split(',').filter_map(range).collect();
        ranges.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality)); // stable: equals keep their order
        ranges.iter().find_map(|(tag, _)| {
            let primary = tag.split('-').next().unwrap_or(tag);
            let find = |wanted: &str| offered.clone().find(|offer| offer.eq_ignore_ascii_case(wanted));
            find(tag).or_else(|| find(primary))
        })
    })
}

/// One range of the header with its quality in thousandths; `None` where it is refused (`q=0`) or empty.
fn range(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';');
    let tag = parts.next()?.trim();
    let quality = match parts.find_map(|part| part.trim().strip_prefix("q=")) {
        Some("1") | None => 1000,
        Some(value) => thousandths(value)?,
    };
    (!tag.is_empty() && tag.len() <= 35 && quality > 0).then_some((tag, quality))
}

/// `0.8` as 800; `None` for what is not a quality.
fn thousandths(value: &str) -> Option<u16> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(wishes: &[&str]) -> &'static str {
        negotiate(wishes, &LOCALES.iter().map(|locale| locale.tag)).unwrap_or("none")
    }

    #[test]
    fn the_best_language_that_is_spoken_is_picked() {
        assert_eq!(pick(&["de-AT,en;q=0.5"]), "de");
        assert_eq!(pick(&["ja,fr;q=0.3,es;q=0.9"]), "es");
        assert_eq!(pick(&["fr", "de"]), "fr");
        assert_eq!(pick(&["xx", "de"]), "de");
        assert_eq!(pick(&["de;q=0,ja"]), "none");
        assert_eq!(pick(&["", ";;,,=", "de;q=zebra"]), "none");
    }

    #[test]
    fn no_text_is_empty_and_every_language_keeps_the_names_in_braces() {
        let names = |text: &str| text.matches('{').count();
        let english = serde_json::to_value(en::LOCALE.texts).unwrap();
        for locale in LOCALES {
            let texts = serde_json::to_value(locale.texts).unwrap();
            for (key, text) in texts.as_object().unwrap() {
                let text = text.as_str().unwrap();
                assert!(!text.trim().is_empty(), "{} {key}", locale.tag);
                assert_eq!(names(text), names(english[key].as_str().unwrap()), "{} {key}", locale.tag);
            }
        }
    }

    #[test]
    fn the_english_buttons_have_the_promised_names() {
        let texts = en::LOCALE.texts;
        assert_eq!(
            [texts.accept_all, texts.reject_all, texts.manage_choices, texts.save_choices],
            ["Accept all", "Reject all", "Manage choices", "Save choices"]
        );
    }
}
