//! Prints what the page paints before any wasm: `{"banner": "<section …>"}`, placeholders included.

use leptos::prelude::*;
use nod_widget::banner::Banner;

fn main() {
    let html = Owner::new().with(|| view! { <Banner /> }.to_html());
    // JSON needs no more than this: the markup is ours, printable ASCII without a backslash.
    println!("{{\"banner\": \"{}\"}}", html.replace('"', "\\\""));
}
