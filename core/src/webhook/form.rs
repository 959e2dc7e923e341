//! `application/x-www-form-urlencoded`, decoded to bytes.

/// The fields in their order. `None` where a `%` is not followed by two hex digits, or there are too many fields.
///
/// The values stay bytes: what was signed need not be UTF-8.
pub(crate) fn fields(body: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    const MAX_FIELDS: usize = 256;
    let pairs = || body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    if pairs().nth(MAX_FIELDS).is_some() {
        return None;
    }
    pairs()
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(halves.next().unwrap_or_default())?;
            Some((name, decoded(halves.next().unwrap_or_default())?))
        })
        .collect()
}

fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => digit(*rest.next()?)? << 4 | digit(*rest.next()?)?,
            other => *other,
        });
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_decoded_in_their_order() {
        let read = |body: &str| {
            let text = |bytes| String::from_utf8(bytes).unwrap();
            fields(body.as_bytes())
                .map(|list| list.into_iter().map(|(name, value)| (text(name), text(value))).collect())
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (body, expected) in [
            ("", Some(vec![])),
            ("a=1&b=2", Some(vec![pair("a", "1"), pair("b", "2")])),
            ("data%5Bid%5D=x+y%2b", Some(vec![pair("data[id]", "x y+")])),
            ("a&b=", Some(vec![pair("a", ""), pair("b", "")])),
            ("&&a=b=c&", Some(vec![pair("a", "b=c")])),
            ("a=%", None),
            ("a=%4", None),
            ("%zz=1", None),
        ] {
            assert_eq!(read(body), expected, "{body}");
        }
        assert_eq!(fields(&b"a&".repeat(256)).unwrap().len(), 256);
        assert_eq!(fields(&b"a&".repeat(257)), None);
    }

    proptest! {
        #[test]
        fn any_bytes_survive_the_way_there_and_back(name: Vec<u8>, value: Vec<u8>) {
            let encoded = |bytes: &[u8]| -> Vec<u8> {
                let digit = |digit: u8| b"0123456789ABCDEF"[usize::from(digit)];
                bytes.iter().flat_map(|byte| [b'%', digit(byte >> 4), digit(byte & 15)]).collect()
            };
            let body = [encoded(&name), encoded(&value)].join(&b'=');
            prop_assert_eq!(fields(&body), Some(vec![(name, value)]));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(body: Vec<u8>) {
            let _ = fields(&body);
        }
    }
}
