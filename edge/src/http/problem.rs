//! Problem documents (RFC 9457): what went wrong, in a sentence that a person can act on.
//!
//! All that a client may meet is listed here. A problem's type is a relative reference: `/problems/` and the kind's name.

use nod_core::{
    consent::{Malformed, Refusal},
    id::{Fingerprint, SiteKey},
    webhook,
};
use serde_json::{Value, json};
use worker::console_error;

use super::Answer;

/// What kind of thing went wrong.
struct Kind {
    status: u16,
    name: &'static str,
    title: &'static str,
}

const MALFORMED_BODY: Kind = Kind { status: 400, name: "malformed-body", title: "Malformed body" };
const NOT_AUTHENTIC: Kind = Kind { status: 401, name: "not-authentic", title: "Not authentic" };
const NOT_SIGNED_IN: Kind = Kind { status: 401, name: "not-signed-in", title: "Not signed in" };
const OUT_OF_REACH: Kind = Kind { status: 403, name: "out-of-reach", title: "Out of reach" };
const CROSS_SITE: Kind = Kind { status: 403, name: "cross-site", title: "Cross-site request" };
const FOREIGN_ORIGIN: Kind = Kind { status: 403, name: "foreign-origin", title: "Foreign origin" };
const NOTHING_HERE: Kind = Kind { status: 404, name: "nothing-here", title: "Nothing here" };
const UNKNOWN_SITE: Kind = Kind { status: 404, name: "unknown-site", title: "Unknown site" };
const UNKNOWN_TAGS: Kind = Kind { status: 404, name: "unknown-tags", title: "Unknown tags" };
const METHOD_NOT_ALLOWED: Kind = Kind { status: 405, name: "method-not-allowed", title: "Method not allowed" };
const STALE_NOTICE: Kind = Kind { status: 409, name: "stale-notice", title: "Stale notice" };
const OTHER_CHOICE: Kind = Kind { status: 409, name: "other-choice", title: "Another choice at that time" };
const FILE_ENDED: Kind = Kind { status: 410, name: "file-ended", title: "No longer to be fetched" };
const BODY_TOO_LARGE: Kind = Kind { status: 413, name: "body-too-large", title: "Body too large" };
const UNSUPPORTED_TYPE: Kind = Kind { status: 415, name: "unsupported-type", title: "Unsupported content type" };
const INVALID_FIELD: Kind = Kind { status: 422, name: "invalid-field", title: "Invalid field" };
const TOO_MANY_CALLS: Kind = Kind { status: 429, name: "too-many-calls", title: "Too many calls" };
const INTERNAL: Kind = Kind { status: 500, name: "internal", title: "Internal error" };
const NO_SIGNING_KEY: Kind = Kind { status: 503, name: "no-signing-key", title: "No signing key" };
const NO_MASTER_KEY: Kind = Kind { status: 503, name: "no-master-key", title: "No master key" };
const KEYS_UNAVAILABLE: Kind = Kind { status: 503, name: "keys-unavailable", title: "Keys unavailable" };
const QUEUE_UNAVAILABLE: Kind = Kind { status: 503, name: "queue-unavailable", title: "Queue unavailable" };
const STILL_CHANGING: Kind = Kind { status: 503, name: "still-changing", title: "Still changing" };
const DATABASE_UNAVAILABLE: Kind = Kind { status: 503, name: "database-unavailable", title: "Database unavailable" };

/// One problem. Behind a pointer, because most results that could be one are none, and each would carry its room.
pub(crate) struct Problem(Box<Document>);

struct Document {
    kind: &'static Kind,
    detail: String,
    /// A member of the document beside the standard ones.
    extension: Option<(&'static str, Value)>,
    header: Option<(&'static str, String)>,
}

impl Problem {
    fn new(kind: &'static Kind, detail: impl Into<String>) -> Self {
        Self(Box::new(Document { kind, detail: detail.into(), extension: None, header: None }))
    }

    /// The name of its kind: the end of its type.
    pub(crate) const fn name(&self) -> &'static str {
        self.0.kind.name
    }

    pub(crate) fn nothing_here() -> Self {
        Self::new(&NOTHING_HERE, "There is nothing at this address. Check its spelling.")
    }

    pub(crate) fn unknown_site() -> Self {
        let detail = "There is no site with this key. Check the site key in the script's address.";
        Self::new(&UNKNOWN_SITE, detail)
    }

    pub(crate) fn unknown_tags() -> Self {
        Self::new(
            &UNKNOWN_TAGS,
            "The site has published no tags under this number. Leave `v` out for what is published now.",
        )
    }

    pub(crate) fn method_not_allowed(allowed: &'static str) -> Self {
        let detail = format!("This address answers only {allowed}.");
        Self::new(&METHOD_NOT_ALLOWED, detail).with_header("Allow", allowed.to_owned())
    }

    pub(crate) fn foreign_origin(origin: &str, site: &SiteKey) -> Self {
        let detail =
            format!("Pages of {origin} may not act for the site {site}. Add the origin to the site's origins.");
        Self::new(&FOREIGN_ORIGIN, detail)
    }

    pub(crate) fn unsupported_type() -> Self {
        let detail = "Send the body as JSON, with the content type application/json or text/plain.";
        Self::new(&UNSUPPORTED_TYPE, detail)
    }

    /// For addresses that take nothing but JSON by its own name, which no page of somebody else's can send without asking.
    pub(crate) fn not_json_by_type() -> Self {
        Self::new(&UNSUPPORTED_TYPE, "Send the body as JSON in UTF-8, with the content type application/json.")
    }

    pub(crate) fn not_json() -> Self {
        Self::new(&MALFORMED_BODY, "The body is not valid JSON.")
    }

    pub(crate) fn no_graphql_request() -> Self {
        let detail = "The body is no GraphQL request. Send one object with the string `query`, and if need be the string \
                      `operationName` and the objects `variables` and `extensions`.";
        Self::new(&MALFORMED_BODY, detail)
    }

    pub(crate) fn cross_site() -> Self {
        let detail = "Pages of other sites may not ask here. Send the request from a server or a tool.";
        Self::new(&CROSS_SITE, detail)
    }

    pub(crate) fn not_signed_in() -> Self {
        let detail = "Sign in to your privacy requests first: the page sends you a link.";
        Self::new(&NOT_SIGNED_IN, detail)
    }

    pub(crate) fn out_of_reach(sentence: String) -> Self {
        Self::new(&OUT_OF_REACH, sentence)
    }

    pub(crate) fn not_staff() -> Self {
        let detail = "This is for staff. Sign in at /dashboard, or send `Authorization: Bearer` with a staff token.";
        Self::new(&NOT_SIGNED_IN, detail)
    }

    /// `why` goes on behind the parameter's name.
    pub(crate) fn wrong_parameter(name: &str, why: &str) -> Self {
        Self::new(&INVALID_FIELD, ["`", name, "` ", why, ". Leave it out, or write another."].concat())
    }

    pub(crate) fn file_ended() -> Self {
        let detail = "This file was fetched as often, or as long, as it can be. Write to ask for it anew.";
        Self::new(&FILE_ENDED, detail)
    }

    pub(crate) fn body_too_large(limit: usize) -> Self {
        Self::new(&BODY_TOO_LARGE, format!("The body may have at most {limit} bytes."))
    }

    pub(crate) fn body_broken() -> Self {
        Self::new(&MALFORMED_BODY, "The body broke off before its end. Send it again.")
    }

    /// `what` the body should have been: "a choice".
    pub(crate) fn malformed_body(what: &str, malformed: Malformed) -> Self {
        match malformed {
            Malformed::Syntax => Self::not_json(),
            Malformed::Field(why) => Self::unprocessable(format!("The body is not {what}: {why}.")),
        }
    }

    pub(crate) fn too_many_calls() -> Self {
        let detail = "Too many calls came for this site in the last minute. Send more events in each call, up to 100, and \
                      try again in half a minute.";
        Self::new(&TOO_MANY_CALLS, detail).retry_after(30)
    }

    pub(crate) fn bad_parameter(name: &str, form: &str) -> Self {
        Self::unprocessable(format!("The query parameter {name} is missing or malformed; it is {form}."))
    }

    fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(&INVALID_FIELD, detail)
    }

    /// Why a choice is not recorded; `current` is the fingerprint of the notice that is.
    pub(crate) fn refused(refusal: Refusal, current: &Fingerprint) -> Self {
        Self::unprocessable(match refusal {
            Refusal::StaleNotice => return Self::stale_notice(current),
            Refusal::UnknownPurpose(id) => format!("The site's notice has no purpose named {id}."),
            Refusal::UnknownVendor(id) => format!("The site's notice has no vendor named {id}."),
            Refusal::UnknownLocale => "The site's notice does not exist in this locale.".to_owned(),
            Refusal::Contradiction => "The action and the purposes contradict each other: accept-all grants every \
                                       purpose, reject-all and withdraw grant none that is not essential."
                .to_owned(),
        })
    }

    fn stale_notice(current: &Fingerprint) -> Self {
        let detail = "The choice was made about a notice that is not the current one. Load the page again, so that the \
                      visitor sees the current notice.";
        let mut problem = Self::new(&STALE_NOTICE, detail);
        problem.0.extension = Some(("current", json!(current)));
        problem
    }

    pub(crate) fn other_choice_at_that_time() -> Self {
        let detail = "Another choice of this visitor with the same time is recorded already, and a record is never \
                      changed. Send the new choice with its own time.";
        Self::new(&OTHER_CHOICE, detail)
    }

    pub(crate) fn no_signing_key() -> Self {
        console_error!("NOD_SIGNING_KEY is missing or not 32 bytes in base64url without padding");
        let detail = "Choices cannot be recorded, because the key that signs receipts is missing or invalid. Set the \
                      secret NOD_SIGNING_KEY to 32 random bytes in base64url without padding.";
        Self::new(&NO_SIGNING_KEY, detail).retry_after(60)
    }

    /// The keys that everything else is made with are missing.
    pub(crate) fn no_master_key(error: impl std::fmt::Display) -> Self {
        console_error!("NOD_MASTER_KEY_1, _2, …: {error}");
        let detail = "Nothing can be taken in or read, because the keys that pseudonyms and sealed texts are made with are \
                      missing or invalid. Set the secret NOD_MASTER_KEY_1 to 32 random bytes in base64url without \
                      padding.";
        Self::new(&NO_MASTER_KEY, detail).retry_after(60)
    }

    /// KV did not do what it was asked; nothing of the call is stored.
    pub(crate) fn keys_unavailable() -> Self {
        let detail =
            "The store of keys cannot be reached at the moment, and nothing was stored. Try again in a few seconds.";
        Self::new(&KEYS_UNAVAILABLE, detail).retry_after(5)
    }

    /// A queue did not do what it was asked.
    pub(crate) fn queue_unavailable() -> Self {
        let detail = "The queue cannot be reached at the moment, and nothing was taken. Try again in a few seconds.";
        Self::new(&QUEUE_UNAVAILABLE, detail).retry_after(5)
    }

    /// What it is about was changed each time that we were about to store something.
    pub(crate) fn still_changing() -> Self {
        let detail =
            "Others are changing the same thing at the moment, and nothing was stored. Try again in a few seconds.";
        Self::new(&STILL_CHANGING, detail).retry_after(5)
    }

    /// The one answer to every delivery that did not prove where it comes from, whether or not there is such a connection.
    pub(crate) fn not_authentic() -> Self {
        Self::unauthenticated(
            "This delivery is not authentic. Check that its address is the one that Nod gave, that the connection is \
             not disabled, and that the platform signs with its secret.",
        )
    }

    /// For a sender that proved who it is: why its delivery is not taken all the same.
    pub(crate) fn refused_delivery(refusal: webhook::Refusal) -> Self {
        Self::unauthenticated(format!("This delivery is not taken: {refusal}."))
    }

    fn unauthenticated(detail: impl Into<String>) -> Self {
        let challenge = r#"Bearer realm="nod""#.to_owned();
        Self::new(&NOT_AUTHENTIC, detail).with_header("WWW-Authenticate", challenge)
    }

    /// The database did not do what it was asked; nothing of the call is stored.
    #[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
    pub(crate) fn database(error: worker::Error) -> Self {
        match &error {
            worker::Error::D1(failure) => console_error!("database: {}", failure.cause()),
            other => console_error!("database: {other}"),
        }
        let detail =
            "The database cannot be reached at the moment, and nothing was stored. Try again in a few seconds.";
        Self::new(&DATABASE_UNAVAILABLE, detail).retry_after(5)
    }

    /// A fault of ours. `what` is for the log only, and holds no personal data.
    pub(crate) fn internal(what: &str) -> Self {
        console_error!("internal: {what}");
        Self::new(&INTERNAL, "Something went wrong here, and it is not your fault. Try again later.")
    }

    /// What is wrong and what to do.
    pub(crate) fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The kind's name as GraphQL's errors spell it.
    pub(crate) fn code(&self) -> String {
        self.0.kind.name.to_ascii_uppercase().replace('-', "_")
    }

    fn retry_after(self, seconds: u8) -> Self {
        self.with_header("Retry-After", seconds.to_string())
    }

    fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.0.header = Some((name, value));
        self
    }
}

impl From<worker::Error> for Problem {
    fn from(error: worker::Error) -> Self {
        Self::internal(&error.to_string())
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        let Document { kind: Kind { status, name, title }, detail, extension, header } = *problem.0;
        let mut document =
            json!({"type": format!("/problems/{name}"), "title": title, "status": status, "detail": detail});
        if let (Some((name, value)), Value::Object(members)) = (extension, &mut document) {
            members.insert(name.to_owned(), value);
        }
        let answer = Answer::json_as("application/problem+json", *status, &document)
            .unwrap_or_else(|_| Answer::empty(*status))
            .with("Cache-Control", "no-store");
        match header {
            Some((name, value)) => answer.with(name, value),
            None => answer,
        }
    }
}
