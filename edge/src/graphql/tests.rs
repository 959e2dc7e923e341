//! The schema, and requests that need no database.

use std::{
    future::Future,
    pin::pin,
    task::{Poll, Waker},
};

use async_graphql::PathSegment;
use nod_core::{
    destinations,
    identity::{Kind, matching::Reason, neighbourhood::Turn},
    intake::{Channel, Status},
    journal::Action,
    rights,
    staff::Role,
    webhook::{Scheme, Source},
};
use serde_json::json;

use super::*;

/// Runs what never waits.
fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut std::task::Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

fn errors(query: &str) -> Vec<String> {
    let asked = serde_json::from_value(json!({"query": query}));
    let response = match (asked.map(request), schema::schema()) {
        (Ok(Ok(request)), Ok(schema)) => at_once(schema.execute(request)),
        (Ok(Err(refused)), _) => Some(*refused),
        _ => None,
    };
    response.map(|response| response.errors.into_iter().map(|error| error.message).collect()).unwrap_or_default()
}

/// The schema is made of this file, so what is held here is that nothing of it is lost or changed on the way.
#[test]
fn the_schema_is_the_one_in_the_repository() {
    let schema = schema::schema().map(|schema| schema.sdl());
    assert!(schema.as_ref().is_ok_and(|schema| schema == include_str!("../../schema.graphql")), "{schema:?}");
}

/// What is shown as [`shown::Shown::name`] is an item of its enumeration.
#[test]
fn what_the_rules_have_names_for_has_the_same_names_here() {
    let has = |enumeration: &str, name: &str| {
        let item = schema::named(enumeration).and_then(|ty| ty.member(&name.to_ascii_uppercase()));
        assert!(item.is_some(), "{enumeration} has no {name}");
    };
    destinations::Kind::ALL.iter().for_each(|kind| has("DestinationKind", kind.name()));
    let states = [destinations::State::Closed, destinations::State::Open, destinations::State::HalfOpen];
    states.iter().for_each(|state| has("DestinationState", state.name()));
    Status::ALL.iter().for_each(|status| has("DeliveryStatus", status.name()));
    Scheme::ALL.iter().for_each(|scheme| has("Scheme", scheme.name()));
    Kind::ALL.iter().for_each(|kind| has("IdentityKind", kind.name()));
    Role::ALL.iter().for_each(|role| has("Role", role.name()));
    Source::ALL.iter().filter(|source| **source != Source::Mandrill).for_each(|source| has("Source", source.name()));
    [Channel::Email, Channel::Sms].iter().for_each(|channel| has("Channel", channel.name()));
    [Turn::Merged, Turn::Parted].iter().for_each(|turn| has("SubjectChangeKind", turn.name()));
    rights::Kind::ALL.iter().for_each(|kind| has("RightsKind", kind.name()));
    rights::Status::ALL.iter().for_each(|status| has("RightsStatus", status.name()));
    rights::Origin::ALL.iter().for_each(|origin| has("RightsOrigin", origin.name()));
    rights::DenialReason::ALL.iter().for_each(|reason| has("DenialReason", reason.name()));
    rights::ExtensionReason::ALL.iter().for_each(|reason| has("ExtensionReason", reason.name()));
    rights::HoldReason::ALL.iter().for_each(|reason| has("HoldReason", reason.name()));
    let happens = Action::ALL.iter().filter_map(|action| action.name().strip_prefix("rights_request."));
    happens.for_each(|event| has("RightsEventKind", event));
    let reasons = [Reason::TwoEmails, Reason::TwoPhones, Reason::SharedPhone, Reason::RecycledId, Reason::KeptApart];
    reasons.iter().for_each(|reason| has("WithheldReason", reason.name()));
}

#[test]
fn whoever_asks_may_read_the_schema() {
    assert_eq!(errors("{ __schema { queryType { name } types { name fields { name args { name } } } } }"), [""; 0]);
    assert_eq!(errors("{ __typename }"), [""; 0]);
}

#[test]
fn a_page_costs_its_items_times_their_fields() {
    let fields = "id event status reason receivedAt happenedAt classes proof bytes repeats body isReplayable";
    let expensive = format!(
        "{{ {} }}",
        (0..9).map(|n| format!("a{n}: deliveries(first: 100) {{ nodes {{ {fields} }} }} ")).collect::<String>()
    );
    assert_eq!(errors(&expensive), [limits::Excess::Cost.sentence()]);
    let cheap = expensive.replace("100", "10");
    assert_ne!(errors(&cheap), [limits::Excess::Cost.sentence()]);
}

#[test]
fn directives_are_bounded() {
    let many = format!("{{ me {} {{ role }} }}", "@include(if: true) ".repeat(limits::DIRECTIVES + 1));
    assert!(errors(&many).first().is_some_and(|error| error.contains("directives")), "{:?}", errors(&many));
}

#[test]
fn what_fails_within_a_field_says_where() {
    // There is no session in this one, so the field fails before it does anything.
    let failed = schema::schema().ok().and_then(|schema| at_once(schema.execute("{ mine: me { role } }")));
    let places = failed.iter().flat_map(|response| &response.errors);
    let places: Vec<_> = places.filter_map(|error| error.source::<fields::Place>()).map(|place| &place.0).collect();
    assert_eq!(places, [&vec![PathSegment::Field("mine".to_owned())]]);
}

#[test]
fn what_cannot_be_executed_is_named() {
    for query in
        ["", "{", "{ nobody }", "query a { __typename } query b { __typename }", "subscription { a }", "{ ...f }"]
    {
        assert!(!errors(query).is_empty(), "{query}");
    }
}
