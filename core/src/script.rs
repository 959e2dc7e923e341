//! A document as a JavaScript expression, to stand in a script that is sent.

use serde::Serialize;

/// The document as JSON that is safe inside a script: nothing in it can end the script's element, or a line where
/// engines older than ES2019 count U+2028 and U+2029 as ends of line.
pub fn expression(document: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(document)?;
    // All three stand only inside strings there, where the escapes mean the same.
    Ok(json.replace("</", "<\\/").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

#[cfg(test)]
mod tests {
    use super::expression;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_expression_means_the_document_and_ends_nothing(text in "(</|\u{2028}|\u{2029}|<|/|\\\\|\"|.)*") {
            let written = expression(&[&text]).unwrap();
            let ends_something = written.contains("</") || written.contains(['\u{2028}', '\u{2029}']);
            prop_assert!(!ends_something);
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), [text]);
        }
    }
}
