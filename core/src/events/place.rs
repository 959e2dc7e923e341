//! Where events happened: what a page says of itself, cut down to what is needed.

use crate::sorted::SortedMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest title and path, in bytes.
const LONG: usize = 512;

/// The longest of everything else.
const SHORT: usize = 255;

/// How many marks of a campaign are kept.
const MAX_CAMPAIGN: usize = 8;

/// A page. Nothing that names a person: no query, no fragment, of the referrer only its host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// `shop.example`
    pub host: Option<String>,
    /// `/cart`
    pub path: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The host of the page before.
    pub referrer: Option<String>,
    /// `de-AT`
    pub language: Option<String>,
    /// `source`, `medium`, …: what the address says about a campaign.
    pub campaign: SortedMap<String, String>,
}

impl Place {
    /// Reads what a page says. What is of another type is left out, what is too long is cut: none of it decides anything.
    pub(super) fn read(value: &Value) -> Self {
        let text = |name: &str, most| {
            let text = value.get(name)?.as_str()?;
            (!text.is_empty()).then(|| cut(text, most).to_owned())
        };
        let campaign = value.get("campaign").and_then(Value::as_object).into_iter().flatten();
        Self {
            host: text("host", SHORT),
            path: text("path", LONG).map(|path| before(&path, &['?', '#']).to_owned()),
            title: text("title", LONG),
            referrer: text("referrer", SHORT).map(|referrer| host(&referrer).to_owned()),
            language: text("language", 35),
            campaign: campaign
                .filter_map(|(name, value)| Some((cut(name, 32).to_owned(), cut(value.as_str()?, 100).to_owned())))
                .take(MAX_CAMPAIGN)
                .collect(),
        }
    }
}

/// The beginning of a text, at most so many bytes.
pub(super) fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

fn before<'a>(text: &'a str, ends: &[char]) -> &'a str {
    text.split(ends).next().unwrap_or_default()
}

/// The host of something that may be a whole address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = before(rest, &['/', '?', '#', '\\']);
    authority.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_could_name_a_person_is_cut_off() {
        let place = Place::read(&json!({
            "host": "shop.example", "path": "/reset?token=1#me", "referrer": "https://bob@mail.example/inbox/7?q=x",
            "title": "ü".repeat(300), "language": 7, "campaign": {"source": "x".repeat(101), "term": 1},
        }));
        assert_eq!(place.path.as_deref(), Some("/reset"));
        assert_eq!(place.referrer.as_deref(), Some("mail.example"));
        assert_eq!(place.title.unwrap().len(), 512);
        assert_eq!(place.language, None);
        assert_eq!(place.campaign, SortedMap::from([("source".to_owned(), "x".repeat(100))]));
        assert_eq!(Place::read(&json!([])), Place::default());
    }
}
