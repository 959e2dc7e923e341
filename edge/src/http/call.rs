//! One call: a request and where it arrived.

use worker::{Context, Env, Request, url::form_urlencoded};

use super::Problem;
use crate::environment::Environment;

/// One call.
pub(crate) struct Call {
    pub(crate) request: Request,
    pub(crate) environment: Environment,
    pub(crate) context: Context,
}

/// The methods that any route here knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// And HEAD: the platform leaves the body out of its answer.
    Get,
    Post,
    Options,
}

impl Call {
    pub(crate) fn new(request: Request, env: Env, context: Context) -> Self {
        Self { request, environment: Environment::new(env), context }
    }

    pub(crate) fn path(&self) -> String {
        self.request.path()
    }

    /// `None` for a method that no route knows. Read from the request itself: the library takes unknown ones for GET.
    pub(crate) fn method(&self) -> Option<Method> {
        match self.request.inner().method().as_str() {
            "GET" | "HEAD" => Some(Method::Get),
            "POST" => Some(Method::Post),
            "OPTIONS" => Some(Method::Options),
            _ => None,
        }
    }

    /// For routes that are only read.
    pub(crate) fn must_be_get(&self) -> Result<(), Problem> {
        if self.method() == Some(Method::Get) { Ok(()) } else { Err(Problem::method_not_allowed("GET, HEAD")) }
    }

    /// Whether a cookie that comes along was meant: browsers say where a call comes from, and a page of another host, even of the
    /// same site, speaks for nobody here. Without that word it is no page, or one that could not have sent JSON.
    pub(crate) fn is_of_our_pages(&self) -> bool {
        self.header("Sec-Fetch-Site").is_none_or(|from| from == "same-origin" || from == "none")
    }

    /// A header's values, joined by commas.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// Where this Worker answered the call: `https://nod.example`.
    pub(crate) fn origin(&self) -> String {
        origin(&self.request.inner().url()).to_owned()
    }

    /// The first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.request.inner().url(), name)
    }
}

/// An absolute address up to its path. The platform gives no other.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at.saturating_add(3));
    let end =
        url.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| host.saturating_add(at));
    url.get(..end).unwrap_or(url)
}

/// Without the `url` crate's parser, which would bring its tables of international domain names along.
fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{origin, parameter};

    #[test]
    fn the_origin_ends_where_the_path_begins() {
        for url in ["https://nod.example:8787/graphql?a=/", "https://nod.example:8787", "https://nod.example:8787?a#b"]
        {
            assert_eq!(origin(url), "https://nod.example:8787");
        }
    }

    #[test]
    fn parameters_are_decoded_and_the_first_counts() {
        let url = "https://nod.example/x?a=1&b=%C3%BC+%26&a=2#a=3";
        assert_eq!(parameter(url, "a").as_deref(), Some("1"));
        assert_eq!(parameter(url, "b").as_deref(), Some("ü &"));
        assert_eq!(parameter(url, "c"), None);
        assert_eq!(parameter("https://nod.example/x", "a"), None);
    }
}
