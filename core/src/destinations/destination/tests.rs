use super::*;
use crate::{
    events::Place,
    id::{BatchId, ControllerId, SiteKey, VisitorId},
    time::Timestamp,
};
use proptest::prelude::*;

fn purpose(id: &str) -> PurposeId {
    PurposeId::parse(id).unwrap()
}

fn granted(ids: &[&str]) -> SortedSet<PurposeId> {
    ids.iter().map(|id| purpose(id)).collect()
}

fn notice() -> Vec<PurposeId> {
    ["necessary", "analytics", "marketing"].map(purpose).to_vec()
}

fn event(name: &str, purpose_id: &str, props: &Value) -> Event {
    Event {
        id: None,
        name: name.into(),
        at: Timestamp::from_millis(1_763_900_000_000).unwrap(),
        purpose: purpose(purpose_id),
        props: props.as_object().unwrap().clone(),
    }
}

fn message(permitted: &[&str]) -> Message {
    Message {
        id: BatchId::from_random([1; 16]),
        controller: ControllerId::parse("demo").unwrap(),
        site: SiteKey::parse("shop").unwrap(),
        received_at: Timestamp::from_millis(1_763_900_000_500).unwrap(),
        visitor: VisitorId::parse("AAAAAAAAAAAAAAAAAAAAAA"),
        visit: None,
        regime: "gdpr".into(),
        permitted: granted(permitted),
        events: Vec::new(),
        blocked: Vec::new(),
        dropped: 0,
        page: Place { host: Some("shop.example".into()), path: Some("/cart".into()), ..Place::default() },
        identity: None,
        user_agent: Some("Browser/1.0".into()),
    }
}

fn destination(change: impl FnOnce(&mut Value)) -> Destination {
    let mut document = json!({
        "id": "warehouse", "kind": "webhook", "purposes": ["analytics"], "settings": {"url": "https://in.example.com/"},
        "events": ["purchase", "cart_*"],
    });
    change(&mut document);
    Destination::all(&json!({"destinations": [document]}), Hosts::Public).pop().unwrap()
}

fn names(deliveries: Vec<Delivery>) -> Vec<String> {
    deliveries.into_iter().flat_map(|delivery| delivery.events).map(|event| event.name).collect()
}

#[test]
fn it_gets_the_events_that_it_names() {
    let events = ["page_view", "cart_open", "purchase", "cart"].map(|name| event(name, "analytics", &json!({})));
    let deliveries = destination(|_| ()).deliveries(&message(&["analytics"]), &events, None, &notice());
    assert_eq!(names(deliveries), ["cart_open", "purchase"]);
}

#[test]
fn conditions_see_page_event_consent_and_regime() {
    for (condition, holds) in [
        (json!({"path": "page.path", "is": "starts_with", "value": "/cart"}), true),
        (json!({"path": "event.props.total", "is": "greater", "value": 10}), true),
        (json!({"path": "event.props.total", "is": "greater", "value": 100}), false),
        (json!({"path": "consent.analytics", "is": "equals", "value": true}), true),
        (json!({"path": "consent.marketing", "is": "equals", "value": false}), true),
        (json!({"path": "regime", "is": "equals", "value": "gdpr"}), true),
        (json!({"path": "model", "is": "equals", "value": "opt-in"}), true),
        (json!({"path": "element.id", "is": "exists"}), false),
    ] {
        let events = [event("purchase", "analytics", &json!({"total": 50}))];
        let found = |member: &str| {
            let one = destination(|document| document[member] = json!([condition]));
            !one.deliveries(&message(&["analytics"]), &events, None, &notice()).is_empty()
        };
        assert_eq!((found("if"), found("unless")), (holds, !holds), "{condition}");
    }
}

#[test]
fn a_mapping_renames_and_sends_what_it_lists_and_nothing_else() {
    let mapped = destination(|document| {
        document["mapping"] = json!({
            "names": {"purchase": "Purchase"},
            "props": {"value": {"from": "event.props.total"}, "where": {"text": "{page.host}{page.path}"}, "none": {"from": "event.props.none"}},
        });
    });
    let events = [
        event("purchase", "analytics", &json!({"total": 50, "email": "hidden"})),
        event("cart_open", "analytics", &json!({})),
    ];
    let delivery = mapped.deliveries(&message(&["analytics"]), &events, None, &notice()).remove(0);
    let (items, _) = mapped.items(&delivery, &granted(&["analytics"]), &notice());
    assert_eq!((items[0].name.as_str(), items[1].name.as_str()), ("Purchase", "cart_open"));
    assert_eq!(Value::Object(items[0].props.clone()), json!({"value": 50, "where": "shop.example/cart"}));
    assert_eq!(items[1].id, format!("{}.1", delivery.id), "an event without an id gets one that stays the same");
}

#[test]
fn what_was_withdrawn_since_is_withheld() {
    let one = destination(|document| document["events"] = json!(["*"]));
    let events =
        [event("a", "analytics", &json!({})), event("b", "necessary", &json!({})), event("c", "marketing", &json!({}))];
    let delivery =
        one.deliveries(&message(&["necessary", "analytics", "marketing"]), &events, None, &notice()).remove(0);
    let left = |ids: &[&str]| {
        let (items, withheld) = one.items(&delivery, &granted(ids), &notice());
        (items.into_iter().map(|item| item.name).collect::<Vec<_>>().concat(), withheld)
    };
    assert_eq!(left(&["necessary", "analytics", "marketing"]), ("abc".into(), 0));
    assert_eq!(left(&["necessary", "analytics"]), ("ab".into(), 1));
    assert_eq!(left(&["necessary", "marketing"]), (String::new(), 3));
}

#[test]
fn hashes_and_the_browsers_name_go_only_to_those_who_need_them() {
    let hash = "ab".repeat(32);
    let identity: Identity = serde_json::from_value(json!({
        "purpose": "marketing", "email": hash, "google": {"email": "cd".repeat(32)}, "meta": {"phone": "ef".repeat(32)},
    }))
    .unwrap();
    let of = |kind: &str, settings: Value, permitted: &[&str]| {
        let one = destination(|document| (document["kind"], document["settings"]) = (kind.into(), settings));
        one.deliveries(&message(permitted), &[event("purchase", "analytics", &json!({}))], Some(&identity), &notice())
            .remove(0)
    };
    let all = ["analytics", "marketing"];
    let meta = of("meta", json!({"pixel": "1234567890"}), &all);
    assert_eq!((meta.identity.unwrap().phone, meta.user_agent), (Some("ef".repeat(32)), Some("Browser/1.0".into())));
    let webhook = of("webhook", json!({"url": "https://in.example.com/", "identity": true}), &all);
    assert_eq!((webhook.identity.unwrap().email, webhook.user_agent), (Some(hash), None));
    assert!(of("webhook", json!({"url": "https://in.example.com/"}), &all).identity.is_none());
    let google = json!({"measurement_id": "G-ABC1234567", "user_data": true});
    assert_eq!(of("ga4", google.clone(), &all).identity.unwrap().email, Some("cd".repeat(32)));
    assert!(of("ga4", google, &["analytics"]).identity.is_none(), "the purpose of the hashes is not granted");
}

#[test]
fn google_may_do_what_the_consent_modes_types_say() {
    let one = |configuration: Value| Destination::all(&configuration, Hosts::Public).pop().unwrap();
    let ga4 =
        json!([{"id": "ga", "kind": "ga4", "purposes": ["analytics"], "settings": {"measurement_id": "G-ABC1234567"}}]);
    let usual = one(json!({"destinations": ga4}));
    assert_eq!(usual.ad_consent(&granted(&["analytics"])), AdConsent::default());
    assert_eq!(usual.ad_consent(&granted(&["marketing"])), AdConsent { user_data: true, personalization: true });
    let types = json!({"ad_user_data": ["analytics"], "ad_personalization": []});
    let other = one(json!({"destinations": ga4, "google_consent_mode": {"types": types}}));
    assert_eq!(other.ad_consent(&granted(&["analytics"])), AdConsent { user_data: true, personalization: false });
}

#[test]
fn a_destination_whose_settings_are_wrong_gets_its_events_and_says_why_it_cannot_have_them_yet() {
    let one = destination(|document| document["settings"] = json!({"url": "https://10.0.0.1/"}));
    assert!(one.target.is_err());
    let events = [event("purchase", "analytics", &json!({}))];
    assert_eq!(one.deliveries(&message(&["analytics"]), &events, None, &notice()).len(), 1);
}

#[test]
fn what_a_destination_cannot_take_at_once_comes_in_parts() {
    let ga4 = destination(|document| {
        (document["kind"], document["settings"]) = ("ga4".into(), json!({"measurement_id": "G-ABC1234567"}));
    });
    let events = vec![event("purchase", "analytics", &json!({})); 60];
    let deliveries = ga4.deliveries(&message(&["analytics"]), &events, None, &notice());
    let parts: Vec<(u32, usize)> = deliveries.iter().map(|one| (one.part, one.events.len())).collect();
    assert_eq!(parts, [(0, 25), (1, 25), (2, 10)]);
    let ids: crate::sorted::SortedSet<_> = deliveries.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_destination_of_no_purpose_or_an_impossible_one_gets_nothing() {
    for purposes in [json!([]), json!(null), json!(["analytics", "No such"]), json!(["analytics", 1])] {
        let one = destination(|document| document["purposes"] = purposes.clone());
        let events = [event("purchase", "analytics", &json!({}))];
        assert!(one.deliveries(&message(&["analytics"]), &events, None, &notice()).is_empty(), "{purposes}");
    }
}

fn some_purposes() -> impl Strategy<Value = SortedSet<PurposeId>> {
    prop::collection::vec(prop::sample::select(notice()), 0..=3).prop_map(SortedSet::from_iter)
}

proptest! {
    /// Whatever was and is granted: what goes is what was granted then and is granted now, for the event and for the
    /// destination, in order; and what does not go is counted.
    #[test]
    fn nothing_goes_that_is_not_granted_and_nothing_granted_is_left_behind(
        then in some_purposes(), now in some_purposes(), own in some_purposes(),
        events in prop::collection::vec(prop::sample::select(vec!["necessary", "analytics", "marketing"]), 0..12),
    ) {
        let events: Vec<Event> = events.iter().enumerate().map(|(at, id)| event(&format!("e{at}"), id, &json!({}))).collect();
        let one = destination(|document| {
            document["purposes"] = json!(own);
            document["events"] = json!(["*"]);
        });
        let may = |granted: &SortedSet<PurposeId>| !own.is_empty() && own.is_subset(granted);
        let sent = Message { permitted: then.clone(), ..message(&[]) };
        let deliveries = one.deliveries(&sent, &events, None, &notice());
        prop_assert!(deliveries.len() <= 1);
        let Some(delivery) = deliveries.first() else {
            prop_assert!(!may(&then) || !events.iter().any(|event| then.contains(&event.purpose)));
            return Ok(());
        };
        let (items, withheld) = one.items(delivery, &now, &notice());
        let expected: Vec<&str> = events
            .iter()
            .filter(|event| may(&then) && may(&now) && then.contains(&event.purpose) && now.contains(&event.purpose))
            .map(|event| event.name.as_str())
            .collect();
        prop_assert_eq!(items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), expected);
        prop_assert_eq!(items.len() + withheld, delivery.events.len());
    }
}
