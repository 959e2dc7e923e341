//! GraphQL over `fetch`, with the session's cookie, which the browser brings along.

use gloo_net::http::{Request, Response};
use js_sys::{Array, JSON, Reflect};
use serde::{Deserialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

use crate::dom::object;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The edge could not be reached, or did not answer.
    Unreachable,
    /// What was asked for is for people who are signed in.
    SignedOut,
    /// The edge refused.
    Refused {
        /// Why, for programs.
        code: String,
        /// Why, and what to do, in English.
        sentence: String,
    },
}

/// What is wrong with what a person has entered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct UserError {
    field: Option<Vec<String>>,
    /// What, for programs.
    pub code: String,
    /// What, and what to do, in English. Left out where the document does not ask for it.
    #[serde(default)]
    pub message: String,
}

impl UserError {
    /// One that is wrong with the field that a path leads to.
    pub fn new(field: Option<Vec<String>>, code: String, message: String) -> Self {
        Self { field, code, message }
    }

    /// The field that it is about; empty for the whole.
    pub fn field(&self) -> &str {
        self.field.as_ref().and_then(|path| path.last()).map_or("", String::as_str)
    }
}

/// Asks the API. `field` is the one field that the document asks for.
pub async fn ask<T: DeserializeOwned>(field: &str, document: &str, variables: JsValue) -> Result<T, Trouble> {
    read(answer(field, document, variables).await?)
}

/// Changes something. Answers with the payload's member of this name, and with what is wrong.
pub async fn change<T: DeserializeOwned>(
    field: &str,
    member: &str,
    document: &str,
    input: JsValue,
) -> Result<(T, Vec<UserError>), Trouble> {
    let payload = answer(field, document, object(&[("input", input)])).await?;
    let errors = at(&payload, "userErrors");
    let errors = if errors.is_undefined() { Vec::new() } else { read(errors)? };
    Ok((read(at(&payload, member))?, errors))
}

/// A text as a variable; an empty one is none.
pub fn text(value: &str) -> JsValue {
    if value.is_empty() { JsValue::NULL } else { value.into() }
}

/// What the one field of a document is answered with, unread.
pub async fn answer(field: &str, document: &str, variables: JsValue) -> Result<JsValue, Trouble> {
    let body = object(&[("query", document.into()), ("variables", variables)]);
    let body: String = JSON::stringify(&body).map_err(|_| Trouble::Unreachable)?.into();
    let call = Request::post("/graphql").header("Content-Type", "application/json").body(body);
    let answer = parsed(call.map_err(|_| Trouble::Unreachable)?.send().await).await?;
    let errors: Array = at(&answer, "errors").dyn_into().unwrap_or_default();
    if errors.length() > 0 {
        let error = errors.get(0);
        let code = at(&at(&error, "extensions"), "code").as_string().unwrap_or_default();
        let sentence = at(&error, "message").as_string().unwrap_or_default();
        return Err(if code == "UNAUTHENTICATED" { Trouble::SignedOut } else { Trouble::Refused { code, sentence } });
    }
    Ok(at(&at(&answer, "data"), field))
}

/// What stands at an address, for anybody.
pub async fn get<T: DeserializeOwned>(address: &str) -> Result<T, Trouble> {
    read(parsed(Request::get(address).send().await).await?)
}

/// The document that an answer carries. A problem document has no `errors`, and is one.
async fn parsed(response: Result<Response, gloo_net::Error>) -> Result<JsValue, Trouble> {
    let response = response.map_err(|_| Trouble::Unreachable)?;
    if !response.ok() {
        let is_for_people = response.status() == 401 || response.status() == 403;
        return Err(if is_for_people { Trouble::SignedOut } else { Trouble::Unreachable });
    }
    let text = response.text().await.map_err(|_| Trouble::Unreachable)?;
    JSON::parse(&text).map_err(|_| Trouble::Unreachable)
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Trouble> {
    serde_wasm_bindgen::from_value(value).map_err(|_| unreadable())
}

/// That what was answered is not what was asked for.
pub fn unreadable() -> Trouble {
    Trouble::Refused {
        code: "UNREADABLE".to_owned(),
        sentence: "The answer cannot be read: the page is older than the server. Load it again.".to_owned(),
    }
}

fn at(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap_or_default()
}
