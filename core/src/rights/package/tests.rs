use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A field that tries everything at once.
const HOSTILE: &str =
    "=HYPERLINK(\"http://evil.example\")<script>alert(1)</script>\u{202e}gnp.exe\u{0}\n-1;\"=1+1\"\r\n+2\t@3&amp;'\"";

fn contents(text: &str) -> Contents {
    let at = 1_795_435_200_000_i64;
    Contents {
        controller: text.to_owned(),
        contact: text.to_owned(),
        request: text.to_owned(),
        locale: "de".to_owned(),
        made_at: Timestamp::from_millis(at).unwrap(),
        tables: vec![
            Table {
                topic: Topic::Request,
                rows: vec![vec![
                    json!("r1"),
                    json!("access"),
                    json!("gdpr"),
                    json!(at),
                    json!(text),
                    json!(text),
                    json!(text),
                ]],
                has_more: false,
            },
            Table {
                topic: Topic::Permissions,
                rows: vec![
                    vec![json!(text), json!("email"), json!("marketing"), json!(1), json!(at)],
                    vec![json!(text), json!(text), json!({ text: true }), json!(false), Value::Null],
                ],
                has_more: true,
            },
            Table { topic: Topic::Browsers, rows: Vec::new(), has_more: false },
        ],
        answers: vec![Answer { from: text.to_owned(), document: json!({ text: [text, 1, null, {}] }) }],
    }
}

/// Cells as a program reads them that takes `divider` for what divides them.
fn cells(text: &str, divider: char) -> Vec<String> {
    let (mut all, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => is_quoted = !is_quoted,
            '\r' if !is_quoted => {}
            other if !is_quoted && (other == divider || other == '\n') => all.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    all.push(cell);
    all
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches([' ', '"', '\u{a0}', '\u{3000}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

fn is_deceptive(letter: char) -> bool {
    letter.is_control() && !"\n\t".contains(letter)
        || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{feff}\u{2028}\u{2029}"
            .contains(letter)
}

#[test]
fn a_page_holds_everything_and_runs_nothing() {
    let page = html(&contents(HOSTILE));
    assert!(page.starts_with("<!doctype html><html lang=\"de\">"));
    assert!(
        page.contains("2026-11-23 12:00 UTC") && page.contains("Auskunft") && page.contains("[U+202E]gnp.exe[U+0000]")
    );
    assert!(page.contains("=HYPERLINK(&quot;http://evil.example&quot;)&lt;script&gt;"));
    assert!(page.contains("&amp;amp;&#39;&quot;"), "what was escaped by the writer is shown as it was written");
    assert!(!page.contains("<script") && !page.contains("href") && !page.contains("src=") && !page.contains("url("));
    assert!(!page.contains(is_deceptive));
}

#[test]
fn the_policy_of_the_page_names_the_style_that_is_in_it() {
    use base64ct::{Base64, Encoding as _};
    let page = html(&contents("x"));
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = Base64::encode_string(&crate::canonical::sha256(style.as_bytes()));
    assert!(
        page.contains(&format!("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{hash}'"))
    );
    assert!(!page.contains("style=\""));
}

#[test]
fn json_holds_exact_values_in_letters_that_deceive_nobody() {
    let text = json(&contents(HOSTILE));
    assert!(text.bytes().all(|byte| byte == b'\n' || (0x20..0x7f).contains(&byte)) && !text.contains('<'));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], SCHEMA);
    assert_eq!(document["request"][0]["message"], HOSTILE);
    assert_eq!(document["request"][0]["received_at"], "2026-11-23T12:00:00.000Z");
    assert_eq!(document["permissions"][0]["granted"], true);
    assert_eq!(document["permissions"][1]["at"], Value::Null);
    assert_eq!(document["browsers"], json!([]));
    assert_eq!(document["incomplete"], json!(["permissions"]));
    assert_eq!(document["applications"][0]["answer"][HOSTILE][0], HOSTILE);
}

#[test]
fn a_table_has_a_line_for_each_value_and_no_formula() {
    let table = csv(&contents(HOSTILE));
    let cells = cells(&table, ',');
    assert_eq!(&cells[..8], ["section", "record", "field", "value", "request", "1", "number", "r1"]);
    assert_eq!(cells.len() % 4, 1, "four cells a line, and the end");
    let value = |field: &str| &cells[cells.iter().position(|cell| cell == field).unwrap() + 1];
    assert_eq!(value("received_at"), "2026-11-23T12:00:00.000Z");
    assert!(value("message").starts_with("'=HYPERLINK"));
    assert!(table.contains("\r\n") && !table.contains(is_deceptive_but_not_the_lines_end));
}

fn is_deceptive_but_not_the_lines_end(letter: char) -> bool {
    letter != '\r' && is_deceptive(letter)
}

#[test]
fn ordinary_words_stay_as_they_are() {
    for word in ["O'Neill", "Jean-Luc", "a@b.example", "1-2=3", "فارسی‌ها", "👩‍👧", "Müller & Söhne"]
    {
        let contents = contents(word);
        assert!(csv(&contents).contains(&format!("\"{word}\"")), "{word}");
        let escaped = word.replace('&', "&amp;").replace('\'', "&#39;");
        assert!(html(&contents).contains(&escaped), "{word}");
    }
}

proptest! {
    #[test]
    fn no_text_is_a_formula_however_a_spreadsheet_divides_it(
        text in r#"([=+\-@;,|'"\t\n\r x1\x{ff1d}\x{202e}\x{a0}]|\PC){0,40}"#,
    ) {
        let contents = contents(&text);
        let table = csv(&contents);
        for divider in [',', ';', '\t'] {
            for cell in cells(&table, divider) {
                prop_assert!(!is_formula(&cell), "{divider:?} {cell:?} {text:?}");
            }
        }
        // Nor where quotation marks are not heeded at all, as those of a semicolon's countries do behind the first comma.
        for cell in table.split([';', '\t', '\n', '\r']) {
            prop_assert!(!is_formula(cell), "{cell:?} {text:?}");
        }
        prop_assert!(!table.contains(is_deceptive_but_not_the_lines_end));
        prop_assert_eq!(cells(&table, ',').len() % 4, 1);
    }

    #[test]
    fn no_text_leaves_its_element(text in r#"([<>&"'/=\-!a-z]|\PC|\x{0}|\x{2066}){0,60}"#) {
        let tags = |page: &str| page.matches('<').count();
        let page = html(&contents(&text));
        prop_assert_eq!(tags(&page), tags(&html(&contents("x"))));
        prop_assert!(!page.contains(is_deceptive));
    }

    #[test]
    fn whatever_a_text_is_it_reads_back_from_json(text: String) {
        let document: Value = serde_json::from_str(&json(&contents(&text))).unwrap();
        prop_assert_eq!(&document["request"][0]["name"], &Value::from(text.as_str()));
        prop_assert_eq!(&document["controller"], &Value::from(text));
    }
}
