use super::*;
use crate::{
    consent::tests_support::{record, site},
    regime,
    region::Region,
};
use serde_json::{Value, json};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// A day after the record of the tests' support was made.
const NOW: i64 = 2000 + DAY_MILLIS;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

fn batch(visitor: Option<&str>, change: impl FnOnce(&mut Value)) -> Batch {
    let event = |id: &str, purpose: &str| json!({"id": id, "name": "seen", "purpose": purpose, "at": NOW});
    let mut body = json!({
        "site": "shop", "dropped": 2, "identity": {"purpose": "marketing", "email": "ab".repeat(32)},
        "events": [event("a.1", "analytics"), event("a.2", "marketing"), event("a.3", "necessary"), event("a.4", "chat")],
    });
    if let Some(visitor) = visitor {
        body["visitor"] = json!(visitor);
    }
    change(&mut body);
    Batch::parse(body.to_string().as_bytes(), at(NOW)).unwrap()
}

fn purposes(decision: &Decision) -> Vec<&str> {
    decision.events.iter().map(|event| event.purpose.as_str()).collect()
}

fn ground<'a>(site: &'a Site, record: Option<&'a Record>, region: &str, gpc: bool) -> Ground<'a> {
    Ground {
        site,
        record,
        opted_out: None,
        regime: regime::governing(Region::parse(region).as_ref()),
        gpc,
        now: at(NOW),
    }
}

const VISITOR: Option<&str> = Some("AAAAAAAAAAAAAAAAAAAAAA");

#[test]
fn a_known_visitor_has_what_the_record_says_whatever_the_page_claims() {
    let (site, record) = (site(), record());
    let decision = decide(batch(VISITOR, |_| ()), &ground(&site, Some(&record), "DE", false));
    assert_eq!(purposes(&decision), ["analytics", "necessary"]);
    let key = |purpose: &str| ("seen".to_owned(), purpose.to_owned());
    assert_eq!(decision.blocked, SortedMap::from([(key("marketing"), 1), (key(UNKNOWN_PURPOSE), 1)]));
    assert_eq!((decision.blocked_count(), decision.dropped, decision.is_visit), (2, 2, true));
    assert_eq!(decision.identity, None);
}

#[test]
fn a_visitor_without_a_record_has_the_essential_only_under_any_law() {
    let site = site();
    for region in ["DE", "US-CA"] {
        let decision = decide(batch(VISITOR, |_| ()), &ground(&site, None, region, false));
        assert_eq!(purposes(&decision), ["necessary"]);
        assert!(!decision.is_visit);
    }
}

#[test]
fn without_a_visitor_the_laws_defaults_count_and_the_signal_is_heard() {
    let site = site();
    let decided = |region, gpc| decide(batch(None, |_| ()), &ground(&site, None, region, gpc));
    assert_eq!(purposes(&decided("DE", false)), ["necessary"]);
    assert_eq!(purposes(&decided("US-CA", true)), ["analytics", "necessary"]);
    let free = decided("US-CA", false);
    assert_eq!(purposes(&free), ["analytics", "marketing", "necessary"]);
    assert!(free.identity.is_some());
}

#[test]
fn a_request_not_to_sell_holds_under_any_law_until_a_later_choice() {
    let (site, mut record) = (site(), record());
    record.purposes.values_mut().for_each(|granted| *granted = true);
    let chosen = record.recorded_at.millis();
    for region in ["DE", "US-CA"] {
        let decided = |opted_out| {
            let ground = Ground { opted_out, ..ground(&site, Some(&record), region, false) };
            decide(batch(VISITOR, |_| ()), &ground)
        };
        for after in [0, 1] {
            let decision = decided(Some(at(chosen + after)));
            assert_eq!(purposes(&decision), ["analytics", "necessary"], "{region}");
            assert_eq!(decision.identity, None, "its purpose is marketing");
        }
        for before in [None, Some(at(chosen - 1))] {
            assert_eq!(purposes(&decided(before)), ["analytics", "marketing", "necessary"], "{region}");
        }
    }
}

#[test]
fn a_record_about_another_notice_or_of_too_long_ago_grants_nothing() {
    let (mut site, record) = (site(), record());
    let late = Ground { now: at(NOW + 183 * DAY_MILLIS), ..ground(&site, Some(&record), "DE", false) };
    assert_eq!(late.permissions(true), site.notice.essential());
    site.notice.version += 1;
    assert_eq!(ground(&site, Some(&record), "DE", false).permissions(true), site.notice.essential());
}

#[test]
fn a_signal_that_came_after_the_choice_takes_away_what_it_objects_to() {
    let (site, mut record) = (site(), record());
    for granted in record.purposes.values_mut() {
        *granted = true;
    }
    let permissions = |record: &Record, region, gpc| ground(&site, Some(record), region, gpc).permissions(true).bits();
    assert_eq!(permissions(&record, "US-CA", false), 0b111);
    assert_eq!(permissions(&record, "US-CA", true), 0b011);
    assert_eq!(permissions(&record, "DE", true), 0b111);
    record.gpc = true; // chosen in spite of it
    assert_eq!(permissions(&record, "US-CA", true), 0b111);
}

#[test]
fn an_event_counts_once_in_a_batch_and_not_when_it_is_too_old() {
    let (site, record) = (site(), record());
    let ground = ground(&site, Some(&record), "DE", false);
    let decision = decide(batch(VISITOR, |body| body["events"][2]["id"] = json!("a.1")), &ground);
    assert_eq!(purposes(&decision), ["analytics"]);
    let later = Ground { now: at(NOW + 8 * DAY_MILLIS), ..ground };
    let decision = decide(batch(VISITOR, |_| ()), &later);
    assert_eq!((purposes(&decision).len(), decision.dropped), (0, 4));
}
