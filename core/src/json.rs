//! JSON that comes as bytes.

use serde::de::DeserializeOwned;

/// Reads a document. As text, because the library's code for bytes is a second copy of its code for texts; what is not
/// UTF-8 is no JSON for either.
pub fn read<T: DeserializeOwned>(document: &[u8]) -> Option<T> {
    serde_json::from_str(str::from_utf8(document).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf_8_is_no_json() {
        assert_eq!(read::<String>(b"\"\xc3\xa9\""), Some("é".to_owned()));
        assert_eq!(read::<String>(b"\"\xc3\""), None);
        assert_eq!(read::<String>(b"{}"), None);
    }
}
