//! Dates, times and amounts as people write them in the page's language. The browser knows how.

use crate::{
    page::{self, locale, object},
    period::Period,
    texts::fill,
};
use js_sys::{Array, Date, Function, Intl, Object};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// Not among the types that come with js-sys.
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &Array, options: &JsValue) -> DisplayNames;
    #[wasm_bindgen(method)]
    fn of(this: &DisplayNames, code: &str) -> Option<String>;
}

/// A date in words: 23 December 2026.
pub(crate) fn date(moment: &str) -> String {
    shown(moment, &[("dateStyle", "long".into())])
}

/// The last day of a period, as the laws' calendars have it: the same date wherever it is read (decision 0014).
pub(crate) fn last_day(moment: &str) -> String {
    shown(moment, &[("dateStyle", "long".into()), ("timeZone", "UTC".into())])
}

/// A date with the time of day.
pub(crate) fn date_and_time(moment: &str) -> String {
    shown(moment, &[("dateStyle", "medium".into()), ("timeStyle", "short".into())])
}

fn shown(moment: &str, style: &[(&str, JsValue)]) -> String {
    let date = Date::new(&moment.into());
    if date.get_time().is_nan() { String::new() } else { date.to_locale_string(&variant(), &object(style)).into() }
}

/// How far away the last day of a period is: in 23 days, yesterday.
pub(crate) fn days_away(moment: &str) -> String {
    let day = |milliseconds: f64| (milliseconds / 86_400_000.0).floor();
    let days = day(Date::new(&moment.into()).get_time()) - day(Date::now());
    let options: Object = object(&[("numeric", "auto".into())]).unchecked_into();
    let format = Intl::RelativeTimeFormat::new(&locales(), &options);
    format.format(days, "day").into()
}

/// Is that moment over?
pub(crate) fn is_past(moment: &str) -> bool {
    Date::new(&moment.into()).get_time() < Date::now()
}

/// A time that a law gives: `P1M` is 1 month. What cannot be read is shown as it is.
pub(crate) fn period(duration: &str) -> String {
    Period::parse(duration).map_or_else(|| duration.to_owned(), |Period { count, unit }| amount(count.into(), unit))
}

/// A number of bytes.
pub(crate) fn size(bytes: u32) -> String {
    let kilobytes = (f64::from(bytes) / 1000.0).ceil();
    if kilobytes < 1000.0 {
        amount(kilobytes, "kilobyte")
    } else {
        amount((kilobytes / 100.0).round() / 10.0, "megabyte")
    }
}

fn amount(count: f64, unit: &str) -> String {
    let display = if unit.ends_with("byte") { "short" } else { "long" };
    let options: Object =
        object(&[("style", "unit".into()), ("unit", unit.into()), ("unitDisplay", display.into())]).unchecked_into();
    let format = Intl::NumberFormat::new(&locales(), &options);
    let call: Function = format.format().unchecked_into();
    call.call1(&JsValue::UNDEFINED, &count.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// How often something may still be done.
pub(crate) fn times_left(count: u32) -> String {
    fill("file_left", &[("count", &count.to_string())])
}

fn locales() -> Array {
    Array::of1(&variant().into())
}

/// The page's language as the browser's person writes it: British dates are not American ones.
fn variant() -> String {
    let (page, browser) = (locale(), page::browser_language());
    if browser.split('-').next() == Some(page.as_str()) { browser } else { page }
}

/// A place by its name: DE is Germany. The browser knows countries; states are known here.
pub(crate) fn region(code: &str) -> String {
    if let Some(state) = crate::states::name(code) {
        return state;
    }
    let format = DisplayNames::new(&locales(), &object(&[("type", "region".into())]));
    format.of(code).unwrap_or_else(|| code.to_owned())
}

/// The order of two names in the page's language.
pub(crate) fn compare(one: &str, other: &str) -> std::cmp::Ordering {
    let order = js_sys::JsString::from(one).locale_compare(other, &locales(), &Object::new());
    order.cmp(&0)
}
