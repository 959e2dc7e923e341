//! The texts and the looks of the transparency centre: whole in every language, and one with the preferences'.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use nod_core::rights::{DenialReason, ExtensionReason, HoldReason, Kind, Status};

type Texts = BTreeMap<String, String>;

const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];

fn texts(language: &str) -> Texts {
    serde_json::from_str(&fs::read_to_string(format!("locales/{language}.json")).unwrap()).unwrap()
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// Every Rust source of the centre.
fn sources() -> String {
    let mut text = String::new();
    let mut folders = vec!["src".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.to_string_lossy().into_owned());
            } else {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

#[test]
fn every_language_has_every_text_with_the_same_places() {
    let english = texts("en");
    for language in LANGUAGES {
        let texts = texts(language);
        assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (key, text) in &texts {
            assert!(!text.trim().is_empty(), "{language} {key}");
            assert_eq!(places(text), places(&english[key]), "{language} {key}");
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() {
    let english = texts("en");
    let sources = sources();
    let words: BTreeSet<&str> = sources.split('"').collect();
    // A call of `t` or `fill`, and not of something whose name ends so.
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    for call in ["t(\"", "fill(\""] {
        for (start, _) in sources.match_indices(call) {
            let key = sources[start + call.len()..].split('"').next().unwrap();
            let is_call = !sources[..start].ends_with(is_part);
            assert!(!is_call || english.contains_key(key), "{key} is asked for");
        }
    }
    let made =
        ["kind_", "about_", "status_", "denial_", "extension_", "hold_", "event_", "file_", "author_", "action_"];
    let made =
        made.iter().chain(["model_", "error_", "law_", "receipt_", "next_", "withdraw_", "appeal_", "shell_"].iter());
    for key in english.keys() {
        let is_made = made.clone().any(|prefix| key.starts_with(prefix));
        assert!(is_made || words.contains(key.as_str()), "{key} is asked for by nobody");
    }
}

#[test]
fn everything_that_the_rules_can_say_has_its_text() {
    let english = texts("en");
    let must_have =
        |prefix: &str, name: &str| assert!(english.contains_key(&format!("{prefix}{name}")), "{prefix}{name}");
    for kind in Kind::ALL {
        must_have("kind_", kind.name());
        must_have("about_", kind.name());
        assert!(nod_www::kind::of_address(kind.name()).is_some(), "the form knows {}", kind.name());
    }
    for status in Status::ALL {
        must_have("status_", status.name());
        must_have("next_", status.name());
    }
    for reason in DenialReason::ALL {
        must_have("denial_", reason.name());
    }
    for reason in ExtensionReason::ALL {
        must_have("extension_", reason.name());
    }
    for reason in HoldReason::ALL {
        must_have("hold_", reason.name());
    }
}

#[test]
fn the_centre_has_the_colours_of_the_banner() {
    let values = |sheet: &str| -> Vec<BTreeMap<String, String>> {
        let blocks = sheet.split('}').filter(|block| block.contains("--nod-surface:"));
        let line = |line: &str| {
            let (name, value) = line.trim().strip_suffix(';')?.split_once(':')?;
            name.starts_with("--nod-").then(|| (name.to_owned(), value.trim().to_owned()))
        };
        blocks.map(|block| block.lines().filter_map(line).collect()).collect()
    };
    let banner = values(&fs::read_to_string("../widget/styles/banner.css").unwrap());
    assert_eq!(banner.len(), 3, "light, dark, dark by choice");
    assert_eq!(banner, values(&fs::read_to_string("styles/tokens.css").unwrap()));
}
