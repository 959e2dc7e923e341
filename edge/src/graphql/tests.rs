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
    let response = match asked.map(request) {
        Ok(Ok(request)) => at_once(api().execute(request)),
        Ok(Err(refused)) => Some(*refused),
        Err(_) => None,
    };
    response.map(|response| response.errors.into_iter().map(|error| error.message).collect()).unwrap_or_default()
}

/// The public promise. After a change that is meant: `NOD_WRITE_SCHEMA=1 cargo test --package nod-edge schema`.
#[test]
fn the_schema_is_the_one_in_the_repository() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let schema = api().sdl();
    if std::env::var_os("NOD_WRITE_SCHEMA").is_some() {
        assert!(std::fs::write(path, &schema).is_ok());
    }
    assert!(
        std::fs::read_to_string(path).is_ok_and(|kept| kept == schema),
        "edge/schema.graphql is not the schema. If the change is meant, write it: NOD_WRITE_SCHEMA=1 cargo test --package nod-edge schema"
    );
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
    assert_eq!(errors(&expensive), ["Query is too complex."]);
    let cheap = expensive.replace("100", "10");
    assert_ne!(errors(&cheap), ["Query is too complex."]);
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
