//! What a destination's answer means: is it done, is it to be tried again, or will it never be taken?
//!
//! What can be mended without losing anything waits: no answer, a server's failure, too many calls, a secret that is not
//! taken (401, 403), an address that moved (3xx). What else a destination refuses is refused for what is in it, and is lost.

use serde_json::Value;

use super::Kind;

/// What came back.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// In how many milliseconds the destination wants to hear from us again, if it says so.
    pub retry_after: Option<i64>,
    /// The beginning of the body, of whatever is no success.
    pub body: Vec<u8>,
}

/// What it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has them.
    Delivered,
    /// Not now: the destination failed.
    Later {
        /// Why, for staff: `http_503`, `unauthorised`.
        because: String,
        /// How long it wants to be left in peace, in milliseconds.
        asked: Option<i64>,
    },
    /// Never: it does not want what is in it.
    Refused {
        /// Why, for staff: `http_400`.
        because: String,
    },
}

/// What an answer means.
pub fn judge(kind: Kind, answer: &Answer) -> Outcome {
    let code = || ["http_", &answer.status.to_string()].concat();
    let later = |because: String| Outcome::Later { because, asked: answer.retry_after };
    match answer.status {
        200..=299 => Outcome::Delivered,
        // Some vendors say what is wrong in the body alone.
        400..=499 if kind == Kind::Meta => match meta_error(&answer.body) {
            Some(MetaError { is_of_the_token: true, .. }) => later("unauthorised".to_owned()),
            Some(MetaError { is_transient: true, code, .. }) => later(["meta_", &code.to_string()].concat()),
            Some(MetaError { code, .. }) if !is_worth_retrying(answer.status) => {
                Outcome::Refused { because: ["meta_", &code.to_string()].concat() }
            }
            _ => by_status(answer.status, code(), later),
        },
        300..=399 => later("redirected".to_owned()),
        status => by_status(status, code(), later),
    }
}

fn by_status(status: u16, code: String, later: impl Fn(String) -> Outcome) -> Outcome {
    match status {
        401 | 403 => later("unauthorised".to_owned()),
        400..=499 if !is_worth_retrying(status) => Outcome::Refused { because: code },
        _ => later(code),
    }
}

/// Request timeout, too early, too many requests.
const fn is_worth_retrying(status: u16) -> bool {
    matches!(status, 408 | 425 | 429)
}

struct MetaError {
    code: i64,
    is_transient: bool,
    is_of_the_token: bool,
}

/// The error of the Graph API. Codes that mean "later": 1, 2 (unknown, service), 4, 17, 32, 341, 613 and 80000 to 80014
/// (limits); 102, 190 and 200 to 299 are about the access token and what it permits. Source:
/// developers.facebook.com/docs/graph-api/guides/error-handling and /docs/graph-api/overview/rate-limiting.
fn meta_error(body: &[u8]) -> Option<MetaError> {
    let document: Value = crate::json::read(body)?;
    let error = document.get("error")?;
    let code = error.get("code")?.as_i64()?;
    let says_so = error.get("is_transient").and_then(Value::as_bool).unwrap_or(false);
    Some(MetaError {
        code,
        is_transient: says_so || matches!(code, 1 | 2 | 4 | 17 | 32 | 341 | 613 | 80_000..=80_014),
        is_of_the_token: matches!(code, 10 | 102 | 190 | 200..=299),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(kind: Kind, status: u16, body: &str) -> Outcome {
        judge(kind, &Answer { status, retry_after: Some(7), body: body.as_bytes().to_vec() })
    }

    fn later(because: &str) -> Outcome {
        Outcome::Later { because: because.into(), asked: Some(7) }
    }

    fn refused(because: &str) -> Outcome {
        Outcome::Refused { because: because.into() }
    }

    #[test]
    fn a_status_says_whether_to_try_again() {
        for status in [200, 202, 204] {
            assert_eq!(outcome(Kind::Webhook, status, ""), Outcome::Delivered);
        }
        for status in [408, 425, 429, 500, 502, 503, 599, 100, 0] {
            assert_eq!(outcome(Kind::Webhook, status, ""), later(&["http_", &status.to_string()].concat()));
        }
        for status in [400, 404, 410, 413, 422] {
            assert_eq!(outcome(Kind::Ga4, status, ""), refused(&["http_", &status.to_string()].concat()));
        }
    }

    #[test]
    fn what_staff_can_mend_is_tried_again() {
        assert_eq!(outcome(Kind::Webhook, 401, ""), later("unauthorised"));
        assert_eq!(outcome(Kind::Ga4, 403, ""), later("unauthorised"));
        assert_eq!(outcome(Kind::Webhook, 302, ""), later("redirected"));
    }

    #[test]
    fn metas_errors_are_in_the_body() {
        let meta = |status, body| outcome(Kind::Meta, status, body);
        assert_eq!(
            meta(400, r#"{"error":{"code":190,"message":"Invalid OAuth access token"}}"#),
            later("unauthorised")
        );
        assert_eq!(meta(400, r#"{"error":{"code":100,"is_transient":false}}"#), refused("meta_100"));
        assert_eq!(meta(400, r#"{"error":{"code":100,"is_transient":true}}"#), later("meta_100"));
        assert_eq!(meta(400, r#"{"error":{"code":80004}}"#), later("meta_80004"));
        assert_eq!(meta(429, r#"{"error":{"code":100}}"#), later("http_429"));
        assert_eq!(meta(400, "<html>"), refused("http_400"));
        assert_eq!(meta(503, r#"{"error":{"code":100}}"#), later("http_503"));
        assert_eq!(outcome(Kind::Webhook, 400, r#"{"error":{"code":190}}"#), refused("http_400"));
    }
}
