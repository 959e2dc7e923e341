//! An answer as plain data; it becomes a response only at the door.

use nod_core::id::Fingerprint;
use serde::Serialize;
use worker::{Headers, Response, ResponseBuilder};

use super::Problem;

/// An answer.
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Answer {
    /// Without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }.with("X-Content-Type-Options", "nosniff")
    }

    /// With a body of this type.
    pub(crate) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { body: Some(body), ..Self::empty(status) }.with("Content-Type", content_type)
    }

    /// A JSON document, which nothing may run or frame.
    pub(crate) fn json(status: u16, document: &impl Serialize) -> Result<Self, Problem> {
        Self::json_as("application/json", status, document)
    }

    /// A JSON document of a more particular type.
    pub(crate) fn json_as(content_type: &str, status: u16, document: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(document).map_err(|_| Problem::internal("a document that JSON cannot hold"))?;
        Ok(Self::new(status, content_type, body)
            .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"))
    }

    /// Adds a header; one that is there already gets one more value.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Tags a full answer by its content, and leaves the content out where the client has it already (RFC 9110,
    /// section 13.1.2).
    pub(crate) fn unless_known(self, if_none_match: Option<&str>) -> Self {
        let Some(body) = self.body.as_deref().filter(|_| self.status == 200) else { return self };
        let tag = format!("\"{}\"", Fingerprint::of(body));
        let answer = if if_none_match.is_some_and(|known| is_listed(&tag, known)) {
            let headers = self.headers.into_iter().filter(|(name, _)| *name != "Content-Type").collect();
            Self { status: 304, headers, body: None }
        } else {
            self
        };
        answer.with("ETag", tag)
    }

    pub(crate) fn into_response(self) -> worker::Result<Response> {
        let headers = Headers::new();
        for (name, value) in &self.headers {
            headers.append(name, value)?;
        }
        let response = ResponseBuilder::new().with_status(self.status).with_headers(headers);
        Ok(match self.body {
            Some(body) => response.fixed(body),
            None => response.empty(),
        })
    }
}

/// Weak comparison: compression on the way makes a strong tag weak.
fn is_listed(tag: &str, known: &str) -> bool {
    known.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(if_none_match: Option<&str>) -> Answer {
        Answer::new(200, "text/plain", b"hello".to_vec()).with("Vary", "Origin").unless_known(if_none_match)
    }

    fn tag(answer: &Answer) -> &str {
        answer.headers.iter().find(|(name, _)| *name == "ETag").map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let fresh = answer(None);
        let tag = tag(&fresh).to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let answer = answer(Some(&known));
            assert_eq!((answer.status, answer.body.is_none()), (304, true), "{known}");
            assert!(answer.headers.iter().any(|(name, _)| *name == "Vary"));
            assert!(!answer.headers.iter().any(|(name, _)| *name == "Content-Type"));
        }
        assert_eq!(answer(Some("\"other\"")).status, 200);
    }

    #[test]
    fn only_a_full_answer_is_tagged() {
        let problem = Answer::new(404, "text/plain", b"hello".to_vec()).unless_known(Some("*"));
        assert_eq!((problem.status, tag(&problem)), (404, ""));
    }
}
