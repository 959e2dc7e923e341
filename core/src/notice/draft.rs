//! What an owner writes, and what keeps it from being published: everything that is wrong with it, each with its place.

use std::fmt;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ControllerContact, Notice, Purpose, PurposeWords, Vendor, Words};
use crate::{
    id::{PurposeId, SiteKey},
    locale::{LOCALES, Locale},
    permissions::MAX_PURPOSES,
    sorted::SortedMap,
    tags::Problem,
};

/// As many vendors as a notice may describe.
const MAX_VENDORS: usize = 500;

/// What an owner writes.
#[derive(Clone, Debug, Deserialize)]
pub struct Draft {
    /// Raised when visitors must be asked again.
    pub version: u32,
    /// In the order in which they are shown; the first must be essential.
    pub purposes: Vec<Purpose>,
    /// Everyone whom the purposes name.
    pub vendors: Vec<Vendor>,
    /// The owner's own words by language; needed for purposes that are not standard ones.
    #[serde(default)]
    pub words: SortedMap<String, DraftWords>,
}

/// The owner's own words in one language; they replace the product's.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DraftWords {
    /// Interface texts by key.
    #[serde(default)]
    pub texts: SortedMap<String, String>,
    /// Purposes by id.
    #[serde(default)]
    pub purposes: SortedMap<PurposeId, PurposeWords>,
}

/// Why a draft cannot be published: sentences for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpublishable(pub Vec<Problem>);

impl fmt::Display for Unpublishable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str("\n")?;
            }
            write!(out, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Unpublishable {}

impl Draft {
    /// Reads a draft, to which the publisher gives the version. Everything that cannot be read is told, not only the first.
    pub fn read(document: &Value, version: u32) -> Result<Self, Unpublishable> {
        let mut problems = Vec::new();
        let Value::Object(members) = document else {
            return Err(Unpublishable(vec![problem("", "A draft is a JSON object with purposes and vendors.")]));
        };
        for name in members.keys().filter(|name| !["purposes", "vendors", "words", "version"].contains(&name.as_str()))
        {
            problems.push(problem(name, "A draft has no such member. Take it out, or check its spelling."));
        }
        let draft = Self {
            version,
            purposes: list("purposes", &document["purposes"], &mut problems),
            vendors: list("vendors", &document["vendors"], &mut problems),
            words: match &document["words"] {
                Value::Null => SortedMap::new(),
                words => words_of(words, &mut problems),
            },
        };
        if problems.is_empty() { Ok(draft) } else { Err(Unpublishable(problems)) }
    }

    /// The notice that this draft makes.
    pub fn publish(
        self,
        site: SiteKey,
        controller: ControllerContact,
        default_locale: String,
    ) -> Result<Notice, Unpublishable> {
        let mut problems = Vec::new();
        self.check_purposes(&mut problems);
        self.check_vendors(&mut problems);
        for tag in self.words.keys().filter(|tag| !LOCALES.iter().any(|locale| locale.tag == tag.as_str())) {
            let spoken = LOCALES.iter().map(|locale| locale.tag).collect::<Vec<_>>().join(", ");
            problems
                .push(problem(&format!("words.{tag}"), &format!("This language is not spoken. There are {spoken}.")));
        }
        let words = LOCALES.iter().map(|locale| (locale.tag.to_owned(), self.words_in(locale, &mut problems)));
        let words: SortedMap<String, Words> = words.collect();
        if !words.contains_key(&default_locale) {
            let sentence = format!("The default language {default_locale} has no texts.");
            problems.push(problem("default_locale", &sentence));
        }
        if !is_address(&controller.privacy_policy) {
            problems.push(problem("privacy_policy", "Write an address that begins with https://, http:// or /."));
        }
        if !problems.is_empty() {
            return Err(Unpublishable(problems));
        }
        Ok(Notice {
            schema: "nod/notice/1".to_owned(),
            site,
            version: self.version,
            controller,
            default_locale,
            purposes: self.purposes,
            vendors: self.vendors,
            words,
        })
    }

    fn check_purposes(&self, problems: &mut Vec<Problem>) {
        if self.purposes.is_empty() || self.purposes.len() > MAX_PURPOSES {
            problems.push(problem("purposes", &format!("A notice has between 1 and {MAX_PURPOSES} purposes.")));
        } else if !self.purposes.first().is_some_and(|purpose| purpose.essential) {
            problems.push(problem("purposes[0]", "The first purpose must be an essential one."));
        }
        for (at, purpose) in self.purposes.iter().enumerate() {
            let place = format!("purposes[{at}]");
            if self.purposes.iter().take(at).any(|earlier| earlier.id == purpose.id) {
                problems.push(problem(&place, &format!("The purpose {} is there twice.", purpose.id)));
            }
            if purpose.essential && purpose.sale_or_sharing {
                let sentence = format!("The purpose {} is essential, so it cannot be a sale or sharing.", purpose.id);
                problems.push(problem(&format!("{place}.sale_or_sharing"), &sentence));
            }
            for (nth, id) in purpose.vendors.iter().enumerate() {
                if !self.vendors.iter().any(|vendor| vendor.id == *id) {
                    let sentence = format!("The purpose {} names the vendor {id}, which is not described.", purpose.id);
                    problems.push(problem(&format!("{place}.vendors[{nth}]"), &sentence));
                }
            }
        }
    }

    fn check_vendors(&self, problems: &mut Vec<Problem>) {
        if self.vendors.len() > MAX_VENDORS {
            problems.push(problem("vendors", &format!("A notice describes at most {MAX_VENDORS} vendors.")));
        }
        for (at, vendor) in self.vendors.iter().enumerate() {
            let place = format!("vendors[{at}]");
            if self.vendors.iter().take(at).any(|earlier| earlier.id == vendor.id) {
                problems.push(problem(&place, &format!("The vendor {} is there twice.", vendor.id)));
            }
            if vendor.name.trim().is_empty() {
                problems.push(problem(&format!("{place}.name"), "A vendor has the name that people know it by."));
            }
            if vendor.privacy_policy.as_deref().is_some_and(|address| !is_address(address)) {
                let sentence = "Write an address that begins with https://, http:// or /, or leave it out.";
                problems.push(problem(&format!("{place}.privacy_policy"), sentence));
            }
        }
    }

    fn words_in(&self, locale: &Locale, problems: &mut Vec<Problem>) -> Words {
        let own = self.words.get(locale.tag).cloned().unwrap_or_default();
        let mut texts = interface_texts(locale);
        for (key, text) in own.texts {
            if !texts.contains_key(&key) {
                let place = format!("words.{}.texts.{key}", locale.tag);
                problems.push(problem(&place, &format!("There is no text named {key}.")));
            }
            texts.insert(key, text);
        }
        let mut purposes = SortedMap::new();
        for (at, Purpose { id, .. }) in self.purposes.iter().enumerate() {
            let standard = locale
                .purposes
                .get(id.as_str())
                .map(|text| PurposeWords { name: text.name.to_owned(), description: text.description.to_owned() });
            if let Some(own) = own.purposes.get(id) {
                for (name, text) in [("name", &own.name), ("description", &own.description)] {
                    if text.trim().is_empty() {
                        let place = format!("words.{}.purposes.{id}.{name}", locale.tag);
                        problems.push(problem(&place, "Visitors read this: write it in this language."));
                    }
                }
            }
            match own.purposes.get(id).cloned().or(standard) {
                Some(words) => drop(purposes.insert(id.clone(), words)),
                None => problems.push(problem(
                    &format!("purposes[{at}]"),
                    &format!(
                        "The purpose {id} has no name and description in the language {0}. Write them under \
                         words.{0}.purposes.{id}.",
                        locale.tag
                    ),
                )),
            }
        }
        Words { dir: locale.dir.to_owned(), texts, purposes }
    }
}

/// May people be led there from a notice?
fn is_address(text: &str) -> bool {
    ["https://", "http://", "/"].iter().any(|beginning| text.starts_with(beginning))
}

fn list<T: DeserializeOwned>(name: &str, value: &Value, problems: &mut Vec<Problem>) -> Vec<T> {
    let Value::Array(items) = value else {
        problems.push(problem(name, "This is a list. Write [] for an empty one."));
        return Vec::new();
    };
    let read = |(at, item): (usize, &Value)| match serde_json::from_value(item.clone()) {
        Ok(item) => Some(item),
        Err(error) => {
            problems.push(unreadable(&format!("{name}[{at}]"), &error));
            None
        }
    };
    items.iter().enumerate().filter_map(read).collect()
}

fn words_of(value: &Value, problems: &mut Vec<Problem>) -> SortedMap<String, DraftWords> {
    let Value::Object(languages) = value else {
        problems.push(problem("words", "This is an object with a member for each language."));
        return SortedMap::new();
    };
    let read = |(tag, words): (&String, &Value)| match serde_json::from_value(words.clone()) {
        Ok(words) => Some((tag.clone(), words)),
        Err(error) => {
            problems.push(unreadable(&format!("words.{tag}"), &error));
            None
        }
    };
    languages.iter().filter_map(read).collect()
}

fn unreadable(place: &str, error: &serde_json::Error) -> Problem {
    problem(place, &format!("This cannot be read: {error}."))
}

fn problem(place: &str, sentence: &str) -> Problem {
    Problem { place: place.to_owned(), sentence: sentence.to_owned() }
}

fn interface_texts(locale: &Locale) -> SortedMap<String, String> {
    match serde_json::to_value(locale.texts) {
        Ok(Value::Object(texts)) => {
            texts.into_iter().filter_map(|(key, text)| Some((key, text.as_str()?.to_owned()))).collect()
        }
        _ => SortedMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests_support::publish, *};

    fn places(document: &Value) -> Vec<String> {
        let made = Draft::read(document, 2).and_then(publish);
        made.err().map(|wrong| wrong.0.into_iter().map(|problem| problem.place).collect()).unwrap_or_default()
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        assert_eq!(places(&json!([])), [""]);
        assert_eq!(places(&json!({"purpose": [], "words": 1})), ["purpose", "purposes", "vendors", "words"]);
        assert_eq!(places(&json!({"purposes": [{"id": "a b"}], "vendors": [{}]})), ["purposes[0]", "vendors[0]"]);
        let chat = json!({"id": "chat", "essential": true, "sale_or_sharing": true, "legal_basis": "contract",
            "retention_days": 1, "vendors": ["nobody"]});
        let vendor = json!({"id": "v", "name": " ", "privacy_policy": "javascript:alert(1)"});
        let found = places(
            &json!({"purposes": [chat], "vendors": [vendor], "words": {"tlh": {}, "de": {"texts": {"x": "y"}}}}),
        );
        let wanted = [
            "purposes[0].sale_or_sharing",
            "purposes[0].vendors[0]",
            "vendors[0].name",
            "vendors[0].privacy_policy",
            "words.tlh",
            "purposes[0]",
            "words.de.texts.x",
        ];
        for place in wanted {
            assert!(found.iter().any(|one| one == place), "{place} of {found:?}");
        }
    }

    #[test]
    fn words_of_ones_own_are_not_empty() {
        let chat = json!({"id": "chat", "essential": true, "sale_or_sharing": false, "legal_basis": "contract",
            "retention_days": 1, "vendors": []});
        let words = |description: &str| json!({"purposes": {"chat": {"name": "Chat", "description": description}}});
        let document = |de: &str| json!({"purposes": [chat], "vendors": [], "words": {"en": words("Talk to us."), "de": words(de), "es": words("x"), "fr": words("x")}});
        assert_eq!(places(&document(" ")), ["words.de.purposes.chat.description"]);
        assert!(places(&document("Reden Sie mit uns.")).is_empty());
    }

    #[test]
    fn the_version_is_the_publishers() {
        let necessary = json!({"id": "necessary", "essential": true, "sale_or_sharing": false, "legal_basis": "contract",
            "retention_days": 1, "vendors": []});
        let draft = Draft::read(&json!({"version": 9, "purposes": [necessary], "vendors": []}), 2).unwrap();
        assert_eq!(publish(draft).unwrap().version, 2);
    }
}
