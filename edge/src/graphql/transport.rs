//! GraphQL over HTTP: what a call must look like, and what its answer looks like.
//!
//! The draft of May 2025 of the GraphQL Foundation, in its strict part: POST with JSON. A call that is none gets a problem
//! document; a document that cannot be executed gets `errors`, with 400 for those who ask for
//! `application/graphql-response+json` and with 200 for those who ask for `application/json`.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::{fields::Place, limits};
use crate::http::{Answer, Call, Method, Problem, read_body};

/// What a call asks for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) query: String,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Option<Map<String, serde_json::Value>>,
    /// Taken, and of no use here: there are none.
    #[serde(rename = "extensions")]
    _extensions: Option<Map<String, serde_json::Value>>,
}

/// The type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: 200, whatever the answer says.
    Json,
    /// `application/graphql-response+json`: the status says whether the document was executed.
    GraphQl,
}

/// An answer without data, not even null.
#[derive(Serialize)]
struct Refused<'a> {
    errors: &'a [ServerError],
}

/// What can be said of a call before it is read.
pub(super) fn check(call: &Call) -> Result<(), Problem> {
    if call.method() != Some(Method::Post) {
        return Err(Problem::method_not_allowed("POST"));
    }
    // Browsers say so; whoever leaves it out is no page of somebody else's.
    if call.header("Sec-Fetch-Site").as_deref() == Some("cross-site") {
        return Err(Problem::cross_site());
    }
    if !call.header("Content-Type").as_deref().is_some_and(is_json) {
        return Err(Problem::not_json_by_type());
    }
    Ok(())
}

/// Reads a call. Staff may send files.
pub(super) async fn read(call: &mut Call, is_of_staff: bool) -> Result<Asked, Problem> {
    let limit = if is_of_staff { limits::STAFF_BODY } else { limits::BODY };
    let body = read_body(&mut call.request, limit).await?;
    parse(&body)
}

/// JSON in UTF-8, by name.
fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let is_utf8 = |parameter: &str| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    is_json && parts.all(is_utf8)
}

fn parse(body: &[u8]) -> Result<Asked, Problem> {
    let document: serde_json::Value = nod_core::json::read(body).ok_or_else(Problem::not_json)?;
    // A list would be read as the members in their order, and it is what a batch looks like: there are none here.
    if !document.is_object() {
        return Err(Problem::no_graphql_request());
    }
    serde_json::from_value(document).map_err(|_| Problem::no_graphql_request())
}

impl Media {
    /// What the client likes best. Whoever likes neither gets JSON all the same: a sentence in the wrong type is more use
    /// than none.
    pub(super) fn accepted(accept: Option<&str>) -> Self {
        let quality = |wanted: &str| {
            let entries = accept.unwrap_or_default().split(',');
            let found = entries.filter_map(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                parts.next().filter(|essence| essence.eq_ignore_ascii_case(wanted))?;
                let quality = parts.find_map(|parameter| parameter.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
                quality.ok().filter(|quality: &f32| *quality > 0.0)
            });
            found.fold(0.0, f32::max)
        };
        let (graphql, json) = (quality("application/graphql-response+json"), quality("application/json"));
        if graphql > 0.0 && graphql >= json { Self::GraphQl } else { Self::Json }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// The answer to a document that was executed, or could not be.
    pub(super) fn answer(self, mut response: Response) -> Result<Answer, Problem> {
        for error in &mut response.errors {
            if let Some(place) = error.source::<Place>().map(|place| place.0.clone()) {
                error.path = place;
            }
        }
        // What fails within a field has the field's path; a document that is refused never comes that far.
        let is_refused = response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        if is_refused {
            let status = if self == Self::GraphQl { 400 } else { 200 };
            return self.document(status, &Refused { errors: &response.errors });
        }
        self.document(200, &response)
    }

    /// The answer to a token that is none.
    pub(super) fn unauthorized(self) -> Result<Answer, Problem> {
        let sentence = "The token in the Authorization header is unknown, revoked or expired. Send a valid staff token, or \
                        no Authorization header for what is public.";
        let errors = [error(sentence, super::session::UNAUTHENTICATED)];
        Ok(self.document(401, &Refused { errors: &errors })?.with("WWW-Authenticate", "Bearer error=\"invalid_token\""))
    }

    fn document(self, status: u16, document: &impl Serialize) -> Result<Answer, Problem> {
        Ok(Answer::json_as(self.name(), status, document)?.with("Cache-Control", "no-store").with("Vary", "Accept"))
    }
}

/// An error with its code, outside any field.
pub(super) fn error(sentence: impl Into<String>, code: &str) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    ServerError { extensions: Some(extensions), ..ServerError::new(sentence, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_comes_by_its_name_and_in_utf_8() {
        for accepted in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""] {
            assert!(is_json(accepted), "{accepted}");
        }
        for refused in
            ["", "text/plain", "application/graphql", "application/json; charset=iso-8859-1", "application/jsonp"]
        {
            assert!(!is_json(refused), "{refused}");
        }
    }

    #[test]
    fn the_type_of_the_answer_is_what_the_client_likes_best() {
        for (accept, media) in [
            (None, Media::Json),
            (Some("*/*"), Media::Json),
            (Some("text/html"), Media::Json),
            (Some("application/json"), Media::Json),
            (Some("application/graphql-response+json"), Media::GraphQl),
            (Some("application/graphql-response+json, application/json;q=0.9"), Media::GraphQl),
            (Some("application/json, application/graphql-response+json"), Media::GraphQl),
            (Some("application/json, application/graphql-response+json; q=0.5"), Media::Json),
            (Some("application/graphql-response+json;q=0"), Media::Json),
        ] {
            assert_eq!(Media::accepted(accept), media, "{accept:?}");
        }
    }

    #[test]
    fn a_request_is_an_object_with_a_document() {
        let asked =
            parse(br#"{"query": "{ me { role } }", "operationName": null, "variables": null, "extensions": {}}"#);
        assert!(asked.is_ok_and(|asked| asked.query == "{ me { role } }" && asked.variables.is_none()));
        for body in [
            "",
            "{",
            "[]",
            r#"["{ me { role } }", null, null, null]"#,
            r#"[{"query": "{ me { role } }"}]"#,
            "{}",
            r#"{"query": null}"#,
            r#"{"query": 1}"#,
            r#"{"query": "{a}", "variables": []}"#,
            r#"{"query": "{a}", "variables": "a"}"#,
            r#"{"query": "{a}", "operationName": 1}"#,
            r#"{"query": "{a}", "extensions": 1}"#,
        ] {
            assert!(parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
