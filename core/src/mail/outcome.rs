//! What becomes of a mail that a provider did not take, and when it is tried again.

use serde_json::Value;

use crate::{destinations::Answer, json};

/// How often a mail is tried.
pub const MOST_ATTEMPTS: u32 = 12;

const SECOND: i64 = 1000;
/// How long after the first failure.
const FIRST: i64 = 15 * SECOND;
/// How long at most; also where a provider asks for more.
const LONGEST: i64 = 6 * 60 * 60 * SECOND;

/// Why a provider did not take a mail. The reason is a code, without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another time it may: the provider is down or busy, or what staff can mend is wrong.
    Passing {
        /// Why.
        because: String,
        /// How long the provider wants to be left in peace, in milliseconds.
        asked: Option<i64>,
    },
    /// It never will.
    Permanent {
        /// Why.
        because: String,
    },
    /// It sends nothing to this address any more.
    Suppressed,
}

impl Failure {
    /// For a failure that has no answer: `unreachable`.
    pub fn passing(because: &str) -> Self {
        Self::Passing { because: because.to_owned(), asked: None }
    }

    /// The code that is kept.
    pub fn because(&self) -> &str {
        match self {
            Self::Passing { because, .. } | Self::Permanent { because } => because,
            Self::Suppressed => "suppressed",
        }
    }
}

/// How long to wait after so many attempts: twice as long each time, from 15 seconds to 6 hours; twelve attempts take eight and a half hours.
/// What the provider asks for counts where it is longer.
pub fn delay(attempts: u32, asked: Option<i64>) -> i64 {
    let own = FIRST.checked_shl(attempts.saturating_sub(1).min(20)).unwrap_or(LONGEST);
    own.max(asked.unwrap_or_default()).min(LONGEST)
}

/// What an HTTP provider's answer means: the id that it gave the mail, or why it has not taken it.
///
/// A wrong key (401, 403), a redirection and a key in use (409) are waited out, because they can be mended. What else is refused is
/// refused for what is in it.
pub fn judge(answer: &Answer) -> Result<Option<String>, Failure> {
    let body = || json::read::<Value>(&answer.body);
    let code = || ["http_", &answer.status.to_string()].concat();
    match answer.status {
        200..=299 => Ok(body().and_then(|body| Some(body.get("id")?.as_str()?.to_owned())).filter(|id| is_id(id))),
        401 | 403 => Err(Failure::passing("unauthorised")),
        300..=399 => Err(Failure::passing("redirected")),
        408 | 409 | 425 | 429 => Err(Failure::Passing { because: code(), asked: answer.retry_after }),
        400..=499 => Err(Failure::Permanent { because: code() }),
        _ => Err(Failure::Passing { because: code(), asked: answer.retry_after }),
    }
}

fn is_id(id: &str) -> bool {
    (1..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What the code of an error of Cloudflare's binding means. Source: Cloudflare's documentation of Email Service, Workers API,
/// "Error handling". One without a code, and one that is not known, may be anything: it is waited out.
pub fn judge_code(code: Option<&str>) -> Failure {
    let Some(code) = code.and_then(|code| code.strip_prefix("E_")).filter(|code| is_id(code)) else {
        return Failure::passing("provider_failed");
    };
    let because = code.to_ascii_lowercase();
    match code {
        "RECIPIENT_SUPPRESSED" => Failure::Suppressed,
        "VALIDATION_ERROR" | "FIELD_MISSING" | "TOO_MANY_RECIPIENTS" | "TOO_MANY_ATTACHMENTS" | "CONTENT_TOO_LARGE" => {
            Failure::Permanent { because }
        }
        header if header.starts_with("HEADER") => Failure::Permanent { because },
        _ => Failure::Passing { because, asked: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, retry_after: Some(90_000), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn twelve_attempts_take_a_day_at_most() {
        assert_eq!([1, 2, 3].map(|attempts| delay(attempts, None)), [15_000, 30_000, 60_000]);
        assert_eq!([11, 12, u32::MAX].map(|attempts| delay(attempts, None)), [15_360_000, LONGEST, LONGEST]);
        assert_eq!(
            (delay(1, Some(90_000)), delay(5, Some(90_000)), delay(1, Some(i64::MAX))),
            (90_000, 240_000, LONGEST)
        );
        let all: i64 = (1..MOST_ATTEMPTS).map(|attempts| delay(attempts, None)).sum();
        assert!((4 * 3_600_000..=24 * 3_600_000).contains(&all), "{all}");
    }

    #[test]
    fn an_answer_says_what_becomes_of_the_mail() {
        assert_eq!(judge(&answer(200, r#"{"id":"49a3999c-0ce1"}"#)), Ok(Some("49a3999c-0ce1".to_owned())));
        for body in ["", "{}", r#"{"id":7}"#, r#"{"id":""}"#, r#"{"id":"a b"}"#] {
            assert_eq!(judge(&answer(202, body)), Ok(None), "{body}");
        }
        for status in [401, 403] {
            assert_eq!(judge(&answer(status, "")), Err(Failure::passing("unauthorised")));
        }
        for status in [408, 409, 429, 500, 503] {
            let failure = judge(&answer(status, "")).unwrap_err();
            assert_eq!(failure, Failure::Passing { because: format!("http_{status}"), asked: Some(90_000) });
        }
        assert_eq!(judge(&answer(301, "")), Err(Failure::passing("redirected")));
        for status in [400, 404, 413, 422] {
            assert_eq!(judge(&answer(status, "")), Err(Failure::Permanent { because: format!("http_{status}") }));
        }
    }

    #[test]
    fn cloudflares_codes_say_what_becomes_of_the_mail() {
        assert_eq!(judge_code(Some("E_RECIPIENT_SUPPRESSED")), Failure::Suppressed);
        for code in ["E_VALIDATION_ERROR", "E_HEADERS_TOO_LARGE", "E_CONTENT_TOO_LARGE"] {
            assert!(matches!(judge_code(Some(code)), Failure::Permanent { .. }), "{code}");
        }
        // Staff can mend these, and the mail is not lost until then.
        for code in ["E_SENDER_NOT_VERIFIED", "E_RECIPIENT_NOT_ALLOWED", "E_DAILY_LIMIT_EXCEEDED", "E_NEW_ONE"] {
            assert!(matches!(judge_code(Some(code)), Failure::Passing { .. }), "{code}");
        }
        for code in [None, Some(""), Some("E_"), Some("anna@example.com"), Some("E_anna hat")] {
            assert_eq!(judge_code(code), Failure::passing("provider_failed"), "{code:?}");
        }
    }
}
