//! What wasm-bindgen writes around a module, made smaller: names of one letter between the two, and a loader for browsers
//! that stream, which is all that `nod.js` itself runs in.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// Pieces of the glue, from a beginning to where the next thing begins (or to its end), and what stands there instead.
const PIECES: [(&str, Option<&str>, &str); 4] = [
    (
        "let wasmModule, wasmInstance, wasm;",
        None,
        "let wasm;
export default async (address) => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(address), __wbg_get_imports());
    wasm = instance.exports;
    wasm.__wbindgen_start();
};
",
    ),
    (
        "let cachedTextDecoder = ",
        Some("const cachedTextEncoder"),
        "const cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
function decodeText(bytes) {
    return cachedTextDecoder.decode(bytes);
}
",
    ),
    ("if (!('encodeInto' in cachedTextEncoder)", Some("let WASM_VECTOR_LEN"), ""),
    ("if (realloc === undefined) {", Some("let len = arg.length"), ""),
];

/// What `wasm-opt --minify-imports-and-exports-and-modules` prints: the module and both names of each import, then both
/// names of each export.
#[derive(Deserialize)]
struct Renamed {
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// The glue for a module whose names were shortened as `renamed` says.
pub(super) fn slim(glue: &str, renamed: &str) -> Result<String> {
    let renamed: Renamed = serde_json::from_str(renamed).context("wasm-opt printed no table of names.")?;
    let mut glue = glue.to_owned();
    for (from, to, instead) in PIECES {
        let start = glue.find(from);
        let end = start.and_then(|start| match to {
            Some(to) => glue.get(start..)?.find(to).map(|length| start + length),
            None => Some(glue.len()),
        });
        let (Some(start), Some(end)) = (start, end) else {
            bail!("The glue has no `{from}`: wasm-bindgen has changed. See xtask/src/build/glue.rs.")
        };
        glue.replace_range(start..end, instead);
    }
    for (module, name, short) in renamed.imports {
        let quoted = format!("\"{module}\"");
        glue = replace_name(&glue, &name, &short).replace(&quoted, "\"a\"");
    }
    for (name, short) in renamed.exports {
        glue = replace_name(&glue, &format!("wasm.{name}"), &format!("wasm.{short}"));
    }
    Ok(glue)
}

/// Replaces a name where it is not part of a longer one.
fn replace_name(text: &str, name: &str, short: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        let is_inside = before.ends_with(is_part) || after.starts_with(is_part);
        out.push_str(before);
        out.push_str(if is_inside { name } else { short });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{replace_name, slim};

    const GLUE: &str = "function track() { wasm.track(); wasm.track_all(); }
const imports = { __wbg_get_1: f, __wbg_get_12: g }; return { \"./tag_bg.js\": imports };
    if (realloc === undefined) { a } let len = arg.length;
let cachedTextDecoder = old; const cachedTextEncoder = e;
if (!('encodeInto' in cachedTextEncoder)) { b } let WASM_VECTOR_LEN = 0;
let wasmModule, wasmInstance, wasm; export { init as default };";

    #[test]
    fn names_become_short_on_both_sides_and_the_loader_ours() {
        let renamed = r#"{"imports": [["./tag_bg.js", "__wbg_get_1", "b"]], "exports": [["track", "A"]]}"#;
        let slim = slim(GLUE, renamed).unwrap();
        for part in
            ["function track() { wasm.A(); wasm.track_all(); }", "{ b: f, __wbg_get_12: g }", "{ \"a\": imports }"]
        {
            assert!(slim.contains(part), "{part} in {slim}");
        }
        assert!(slim.contains("export default async") && !slim.contains("wasmModule") && !slim.contains("old"));
    }

    #[test]
    fn glue_of_another_kind_is_refused() {
        assert!(slim("let wasm;", r#"{"imports": [], "exports": []}"#).is_err());
    }

    #[test]
    fn a_longer_name_stays() {
        assert_eq!(replace_name("ab abc xab ab", "ab", "z"), "z abc xab z");
    }
}
