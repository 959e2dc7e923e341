//! The schema, and requests that need no database.

use std::{
    future::Future,
    pin::pin,
    task::{Poll, Waker},
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
fn what_cannot_be_executed_is_named() {
    for query in
        ["", "{", "{ nobody }", "query a { __typename } query b { __typename }", "subscription { a }", "{ ...f }"]
    {
        assert!(!errors(query).is_empty(), "{query}");
    }
}
