//! The banner as the page gets it: what its markup promises to the stub, the edge and the visitor.

use std::collections::BTreeSet;

use leptos::prelude::*;
use nod_widget::banner::{Banner, TEXT_KEYS};

fn rendered() -> String {
    Owner::new().with(|| view! { <Banner /> }.to_html())
}

/// What stands between `open` and the next `close`, each time `open` occurs.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn every_placeholder_is_a_known_key_and_every_key_is_used() {
    let html = rendered();
    let used: BTreeSet<_> = between(&html, "{{", "}}").into_iter().collect();
    assert_eq!(used, BTreeSet::from(TEXT_KEYS));
}

#[test]
fn the_three_answers_are_alike_but_for_what_they_do() {
    let html = rendered();
    let choices = between(&html, "<div class=\"choices\">", "</div>").concat();
    let buttons = between(&choices, "<button ", "</button>");
    let expected = [("reject", "reject_all"), ("accept", "accept_all"), ("manage", "manage_choices")];
    assert_eq!(buttons, expected.map(|(action, text)| format!("data-do=\"{action}\">{{{{{text}}}}}")));
}

#[test]
fn it_is_a_named_region_and_no_dialog_and_its_status_is_heard() {
    let html = rendered();
    assert!(html.starts_with("<section ") && html.ends_with("</section>"));
    assert!(html.contains("role=\"region\" aria-label=\"{{banner_title}}\" data-state=\"asking\""));
    assert!(html.contains("<p class=\"status\" role=\"status\"></p>"));
    assert!(!html.contains("dialog") && !html.contains("aria-modal"));
}

#[test]
fn it_passes_a_strict_content_security_policy() {
    let html = rendered();
    for forbidden in ["<script", "<style", "style=", " on", "<!--", "src="] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
}
