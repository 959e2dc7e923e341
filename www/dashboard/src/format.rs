//! Dates and times as the browser's person writes them. The browser knows how.

use js_sys::{Date, Reflect};
use nod_pages::dom::{object, the_window};
use wasm_bindgen::JsValue;

/// The last day of a period, as the laws' calendars have it: the same date wherever it is read.
pub(crate) fn last_day(moment: &str) -> String {
    shown(moment, &[("dateStyle", "medium".into()), ("timeZone", "UTC".into())])
}

/// A date with the time of day.
pub(crate) fn date_and_time(moment: &str) -> String {
    shown(moment, &[("dateStyle", "medium".into()), ("timeStyle", "short".into())])
}

fn shown(moment: &str, style: &[(&str, JsValue)]) -> String {
    let date = Date::new(&moment.into());
    if date.get_time().is_nan() { String::new() } else { date.to_locale_string(&language(), &object(style)).into() }
}

/// English as the browser's person writes it: British dates are not American ones.
fn language() -> String {
    let navigator = Reflect::get(&the_window(), &"navigator".into()).unwrap_or_default();
    let language = Reflect::get(&navigator, &"language".into()).ok().and_then(|language| language.as_string());
    language.filter(|language| language.starts_with("en")).unwrap_or_else(|| "en".to_owned())
}
