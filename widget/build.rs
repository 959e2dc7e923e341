//! Minifies the preferences' styles for the wasm: their comments and indentation are for us, not for visitors.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=styles/preferences.css");
    let source = fs::read_to_string("styles/preferences.css").expect("widget/styles/preferences.css can be read");
    let target = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&target).join("preferences.css"), minified(&source)).expect("the build folder can be written");
}

/// `source` without comments and without the space that means nothing. The space around `+` and `-` stays: `calc()`
/// needs it.
fn minified(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.ends_with(['{', '}', ';', ':', ',', '>']) && !word.starts_with(['{', '}', '>']) && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}
