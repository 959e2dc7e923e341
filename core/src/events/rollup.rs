//! What is kept of events: counts by hour, and by the values of the properties that the owner chose.
//!
//! A value of a property may say who somebody is. What looks like an address, a number or an id is counted as
//! [`OTHER`], and so is everything beyond a bound.

use crate::sorted::SortedMap;
use std::net::IpAddr;

use serde_json::Value;

use super::Event;
use crate::time::Timestamp;

/// What stands for values that are not kept.
pub const OTHER: &str = "(other)";

/// The most values of one property of one event that are told apart in a day.
pub const MAX_VALUES: usize = 50;

/// The most names of events that are told apart on a site in a day.
pub const MAX_NAMES: usize = 500;

/// The longest value, in characters.
const MAX_LENGTH: usize = 64;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Events, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By the beginning of the hour in milliseconds, and the event's name.
    pub counts: SortedMap<(i64, String), u32>,
    /// By day and what was chosen.
    pub breakdowns: SortedMap<Breakdown, u32>,
}

/// One value of one property of one event, on one day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breakdown {
    /// The beginning of the day in milliseconds, UTC.
    pub day: i64,
    /// The event's name.
    pub name: String,
    /// The property.
    pub property: String,
    /// Its value, [`cleaned`].
    pub value: String,
}

impl Tally {
    /// Adds an event; `breakdowns` names the properties that are chosen, by the event's name.
    pub fn add(&mut self, event: &Event, breakdowns: &SortedMap<String, Vec<String>>) {
        let count = self.counts.entry((hour(event.at), event.name.clone())).or_default();
        *count = count.saturating_add(1);
        for property in breakdowns.get(&event.name).into_iter().flatten() {
            let Some(value) = event.props.get(property).and_then(cleaned) else { continue };
            let (day, name, property) = (day(event.at), event.name.clone(), property.clone());
            let count = self.breakdowns.entry(Breakdown { day, name, property, value }).or_default();
            *count = count.saturating_add(1);
        }
    }
}

/// The beginning of the hour, in milliseconds.
pub const fn hour(at: Timestamp) -> i64 {
    at.millis() - at.millis() % HOUR
}

/// The beginning of the day, UTC, in milliseconds.
pub const fn day(at: Timestamp) -> i64 {
    at.millis() - at.millis() % DAY
}

/// A property's value as it is counted; nothing where there is none.
pub fn cleaned(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return Some(OTHER.to_owned()),
    };
    if text.is_empty() {
        return None;
    }
    Some(if text.chars().count() > MAX_LENGTH || may_name_somebody(&text) { OTHER.to_owned() } else { text })
}

fn may_name_somebody(text: &str) -> bool {
    text.contains('@')
        || text.to_ascii_lowercase().contains("%40")
        || text.chars().any(char::is_control)
        || text.parse::<IpAddr>().is_ok()
        || has_long_number(text)
        || has_long_id(text)
}

/// Seven digits with nothing between them but what is written between the digits of a telephone number.
fn has_long_number(text: &str) -> bool {
    let mut digits = 0_usize;
    for letter in text.chars() {
        match letter {
            letter if letter.is_numeric() => digits = digits.saturating_add(1),
            ' ' | '-' | '.' | '/' | '(' | ')' | '+' => {}
            _ => digits = 0,
        }
        if digits >= 7 {
            return true;
        }
    }
    false
}

/// A word of sixteen letters and digits mixed, or as many hex digits with hyphens between, as ids and keys are written.
fn has_long_id(text: &str) -> bool {
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let is_word = |word: &str| word.len() >= 16 && has_digit(word);
    let hex = text.split(|letter: char| !(letter.is_ascii_hexdigit() || letter == '-'));
    text.split(|letter: char| !letter.is_alphanumeric()).any(is_word)
        || hex.map(|part| part.replace('-', "")).any(|part| is_word(&part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PurposeId;
    use proptest::prelude::*;
    use serde_json::json;

    fn event(at: i64, props: Value) -> Event {
        let Value::Object(props) = props else { panic!("no object") };
        let (at, purpose) = (Timestamp::from_millis(at).unwrap(), PurposeId::parse("analytics").unwrap());
        Event { id: None, name: "add_to_cart".into(), at, purpose, props }
    }

    #[test]
    fn events_are_counted_by_hour_and_by_what_was_chosen() {
        let chosen =
            SortedMap::from([("add_to_cart".to_owned(), vec!["sku".to_owned()]), ("other".into(), vec!["x".into()])]);
        let mut tally = Tally::default();
        for (at, props) in [(0, json!({"sku": "A1"})), (HOUR - 1, json!({"sku": "A1", "x": 1})), (HOUR, json!({}))] {
            tally.add(&event(25 * HOUR + at, props), &chosen);
        }
        let name = || "add_to_cart".to_owned();
        assert_eq!(tally.counts, SortedMap::from([((25 * HOUR, name()), 2), ((26 * HOUR, name()), 1)]));
        let value = Breakdown { day: DAY, name: name(), property: "sku".into(), value: "A1".into() };
        assert_eq!(tally.breakdowns, SortedMap::from([(value, 2)]));
    }

    #[test]
    fn ordinary_values_are_kept() {
        for (value, text) in [
            (json!("blue-cotton-t-shirt-large-2024"), "blue-cotton-t-shirt-large-2024"),
            (json!(" Größe L "), "Größe L"),
            (json!("SKU-12345"), "SKU-12345"),
            (json!("Kindergarten-Ausstattung"), "Kindergarten-Ausstattung"),
            (json!(49.9), "49.9"),
            (json!(true), "true"),
            (json!("10:30"), "10:30"),
        ] {
            assert_eq!(cleaned(&value).as_deref(), Some(text));
        }
        assert_eq!((cleaned(&json!(null)), cleaned(&json!("  "))), (None, None));
    }

    #[test]
    fn what_may_name_somebody_is_not() {
        for value in [
            json!("bob@biller.com"),
            json!("bob%40biller.com"),
            json!("+49 151 123 45 67"),
            json!("(555) 555-1212"),
            json!("٠١٢٣٤٥٦٧"),
            json!(4_915_112_345_i64),
            json!("192.168.1.10"),
            json!("10.0.0.1"),
            json!("2001:db8::1"),
            json!("550e8400-e29b-41d4-a716-446655440000"),
            json!("deadbeefdeadbeef0"),
            json!("AbCdEfGhIjKlMnO1"),
            json!("user 1234567890"),
            json!("1990-05-17"),
            json!("x".repeat(65)),
            json!(["a"]),
            json!({"a": 1}),
            json!("a\u{7}"),
        ] {
            assert_eq!(cleaned(&value).as_deref(), Some(OTHER), "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_value_is_long_or_has_an_address_in_it(text in "\\PC{0,80}", local in "[a-z.]{1,9}", domain in "[a-z]{1,9}\\.com") {
            let kept = cleaned(&json!(text)).unwrap_or_default();
            prop_assert!(kept.chars().count() <= MAX_LENGTH);
            prop_assert_eq!(cleaned(&json!([&text, local.as_str(), "@", domain.as_str()].concat())).unwrap(), OTHER);
        }
    }
}
