//! What wasm-bindgen writes around a module, made smaller: names of one letter between the two, a loader for browsers that
//! stream, which is all that `nod.js` itself runs in, and texts handed over in one place.

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
function giveText(to, text) {
    const start = text == null ? 0 : passStringToWasm0(text);
    getDataViewMemory0().setInt32((to >>> 0) + 4, WASM_VECTOR_LEN, true);
    getDataViewMemory0().setInt32(to >>> 0, start, true);
}
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
    (
        "if (realloc === undefined) {",
        Some("WASM_VECTOR_LEN = offset;"),
        "const bytes = cachedTextEncoder.encode(arg);
    const offset = bytes.length;
    const ptr = wasm.__wbindgen_malloc(offset, 1) >>> 0;
    getUint8ArrayMemory0().set(bytes, ptr);
    ",
    ),
];

/// What may stand anywhere, and what stands there instead. Views of the memory are made when they are needed: a module
/// makes few of them.
const EVERYWHERE: [(&str, &str); 6] = [
    (
        "
            const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);",
        " giveText(arg0, ret);",
    ),
    (
        "
            var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            var len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);",
        " giveText(arg0, ret);",
    ),
    (", wasm.__wbindgen_malloc, wasm.__wbindgen_realloc)", ")"),
    ("function passStringToWasm0(arg, malloc, realloc)", "function passStringToWasm0(arg)"),
    (
        "    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || \
(cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
        cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
    }
    return cachedDataViewMemory0;",
        "    return new DataView(wasm.memory.buffer);",
    ),
    (
        "    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
    }
    return cachedUint8ArrayMemory0;",
        "    return new Uint8Array(wasm.memory.buffer);",
    ),
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
    for (from, instead) in EVERYWHERE {
        glue = glue.replace(from, instead);
    }
    glue = without_doubts(&glue);
    for (module, name, short) in renamed.imports {
        let quoted = format!("\"{module}\"");
        glue = replace_name(&glue, &name, &short).replace(&quoted, "\"a\"");
    }
    for (name, short) in renamed.exports {
        glue = replace_name(&glue, &format!("wasm.{name}"), &format!("wasm.{short}"));
    }
    Ok(glue)
}

/// Functions of our own modules are there: `typeof f == 'function' ? f : notDefined('f')` is `f`.
fn without_doubts(glue: &str) -> String {
    let mut out = String::with_capacity(glue.len());
    for line in glue.split_inclusive('\n') {
        match line.split_once(": typeof ").and_then(|(name, rest)| Some((name, rest.split_once(" == 'function' ?")?.0)))
        {
            Some((name, function)) => out.push_str(&[name, ": ", function, ",\n"].concat()),
            None => out.push_str(line),
        }
    }
    out
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
    if (realloc === undefined) { a } WASM_VECTOR_LEN = offset;
    a: typeof b.c == 'function' ? b.c : notDefined('b.c'),
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
    fn texts_are_handed_over_in_one_place_and_nothing_of_ours_is_doubted() {
        let one = "f: function(arg0) {
            const ret = kept();
            const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
        },";
        let slim = slim(&[one, GLUE].concat(), r#"{"imports": [], "exports": []}"#).unwrap();
        for part in ["kept(); giveText(arg0, ret);\n", "    a: b.c,\n", "bytes.length"] {
            assert!(slim.contains(part), "{part} in {slim}");
        }
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
