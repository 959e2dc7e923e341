//! Numbers as they are written. JavaScript reads and writes them in a browser: what Rust does it with would weigh 15 KB.

/// A number as JSON has it.
#[cfg(feature = "csr")]
pub fn text(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// A number as JSON has it.
#[cfg(not(feature = "csr"))]
pub fn text(number: f64) -> String {
    number.to_string()
}

/// The number that a text is in decimal, if it is one.
pub fn parse(text: &str) -> Option<f64> {
    let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    // What is no number is not finite either.
    is_decimal.then(|| read(text)).filter(|number| number.is_finite())
}

#[cfg(feature = "csr")]
fn read(text: &str) -> f64 {
    wasm_bindgen::JsValue::from_str(text).unchecked_into_f64()
}

#[cfg(not(feature = "csr"))]
fn read(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for number in ["0", "-3", "1.5", "1000000"] {
            assert_eq!(parse(number).map(text).as_deref(), Some(number));
        }
        assert_eq!((parse("+.5"), parse("2.e3")), (Some(0.5), Some(2000.0)));
        for none in ["", " 1", "1-2", "e", "0x10", "inf", "nan", "1e999", "1,5"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
