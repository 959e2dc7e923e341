//! Cloudflare's Workers Analytics Engine, in the controller's own account: one data point an event.
//!
//! Source: developers.cloudflare.com/analytics/analytics-engine/limits: one index of at most 96 bytes, twenty blobs of at
//! most 16 KB together, twenty doubles, 250 data points of one invocation.

use serde_json::Value;

use super::{Parcel, Plan, parcel::Item};

/// Data points of one invocation.
pub const MOST_POINTS: usize = 250;
const LONGEST_INDEX: usize = 96;
/// Nineteen of them are less than 16 KB.
const LONGEST_BLOB: usize = 700;

/// One data point.
#[derive(Clone, Debug, PartialEq)]
pub struct DataPoint {
    /// The site: what samples are drawn by.
    pub index: String,
    /// name, purpose, host, path, referrer, language, the campaign's source; behind them the properties of the settings.
    pub blobs: Vec<String>,
    /// The event's time in milliseconds; behind it the properties of the settings, 0 where there is no number.
    pub doubles: Vec<f64>,
}

pub(super) fn plan(parcel: &Parcel<'_>, blobs: &[String], doubles: &[String]) -> Plan {
    let points = parcel.items.iter().map(|item| point(parcel, item, blobs, doubles)).collect();
    Plan { points, ..Plan::default() }
}

fn point(parcel: &Parcel<'_>, item: &Item, blobs: &[String], doubles: &[String]) -> DataPoint {
    let page = parcel.page;
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let fixed = [
        item.name.clone(),
        item.purpose.clone(),
        known(&page.host),
        known(&page.path),
        known(&page.referrer),
        known(&page.language),
        page.campaign.get("source").cloned().unwrap_or_default(),
    ];
    let chosen = blobs.iter().map(|name| item.props.get(name).map(text).unwrap_or_default());
    let number = |name: &String| item.props.get(name).and_then(Value::as_f64).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a Timestamp is always an exact JavaScript number")]
    let at = item.at.millis() as f64;
    DataPoint {
        index: cut(parcel.site.as_str(), LONGEST_INDEX),
        blobs: fixed.into_iter().chain(chosen).map(|blob| cut(&blob, LONGEST_BLOB)).collect(),
        doubles: std::iter::once(at).chain(doubles.iter().map(number)).collect(),
    }
}

/// A text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// As many of the first bytes as make whole characters.
fn cut(text: &str, bytes: usize) -> String {
    let mut cut = text.to_owned();
    cut.truncate(text.floor_char_boundary(bytes));
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destinations::tests_support::{Sample, item};
    use serde_json::json;

    #[test]
    fn a_point_has_the_event_the_page_and_the_chosen_properties() {
        let sample = Sample::of([item("a.1", "buy", json!({"sku": "A1", "total": 9.5, "vip": true}))]);
        let columns = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let plan = plan(&sample.parcel(), &columns(&["sku", "vip", "none"]), &columns(&["total", "sku"]));
        assert_eq!(
            plan.points,
            [DataPoint {
                index: "shop".into(),
                blobs: columns(&[
                    "buy",
                    "analytics",
                    "shop.example",
                    "/cart",
                    "",
                    "de",
                    "news letter",
                    "A1",
                    "true",
                    ""
                ]),
                doubles: vec![1_763_900_000_000.0, 9.5, 0.0],
            }]
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("aü", 2), "a");
        let sample = Sample::of([item("a.1", "buy", json!({"sku": "ü".repeat(2000)}))]);
        let blobs = vec!["sku".to_owned(); 12];
        let plan = plan(&sample.parcel(), &blobs, &[]);
        assert!(plan.points[0].blobs.iter().map(String::len).sum::<usize>() <= 16 * 1024);
    }
}
