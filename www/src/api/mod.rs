//! The edge as the centre asks it: GraphQL, and the site's notice.

mod account;
mod asking;
mod history;
mod notice;
mod site;

pub(crate) use account::{
    Account, Conversation, Event, File, PublicRequest, Request, account, act, public_request, sign_in, sign_out, verify,
};
pub(crate) use asking::{Agent, Wish, request_sign_in_link, submit};
pub(crate) use history::{Choice, history};
pub(crate) use notice::{Notice, Purpose, Vendor, notice};
pub(crate) use site::{Law, Site, site};

use crate::{
    page::object,
    texts::{find, t},
};
use gloo_net::http::{Request as Call, Response};
use js_sys::{Array, JSON, Reflect};
use serde::{Deserialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The edge could not be reached, or did not answer.
    Unreachable,
    /// What was asked for is for people who are signed in.
    SignedOut,
    /// The edge refused, by this code.
    Refused(String),
}

impl Trouble {
    /// What to tell a person.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Unreachable => t("error_unreachable"),
            Self::SignedOut => t("error_signed_out"),
            Self::Refused(code) => error(code),
        }
    }
}

/// What is wrong with what a person has entered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct UserError {
    field: Option<Vec<String>>,
    code: String,
}

impl UserError {
    /// The field that it is about; empty for the whole.
    pub(crate) fn field(&self) -> &str {
        self.field.as_ref().and_then(|path| path.last()).map_or("", String::as_str)
    }

    /// What to tell a person.
    pub(crate) fn sentence(&self) -> String {
        error(&self.code)
    }
}

fn error(code: &str) -> String {
    find(&["error_", &code.to_ascii_lowercase()].concat()).unwrap_or_else(|| t("error_other"))
}

/// Asks the API. `field` is the one field that the document asks for.
async fn ask<T: DeserializeOwned>(field: &str, document: &str, variables: JsValue) -> Result<T, Trouble> {
    read(answer(field, document, variables).await?)
}

/// Changes something. Answers with the payload's member of this name, and with what is wrong.
async fn change<T: DeserializeOwned>(
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

async fn answer(field: &str, document: &str, variables: JsValue) -> Result<JsValue, Trouble> {
    let body = object(&[("query", document.into()), ("variables", variables)]);
    let body: String = JSON::stringify(&body).map_err(|_| Trouble::Unreachable)?.into();
    let call = Call::post("/graphql").header("Content-Type", "application/json").body(body);
    let answer = parsed(call.map_err(|_| Trouble::Unreachable)?.send().await).await?;
    let errors: Array = at(&answer, "errors").dyn_into().unwrap_or_default();
    if errors.length() > 0 {
        let code = at(&at(&errors.get(0), "extensions"), "code").as_string().unwrap_or_default();
        return Err(if code == "UNAUTHENTICATED" { Trouble::SignedOut } else { Trouble::Refused(code) });
    }
    Ok(at(&at(&answer, "data"), field))
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
    serde_wasm_bindgen::from_value(value).map_err(|_| Trouble::Refused("UNREADABLE".to_owned()))
}

fn at(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap_or_default()
}

/// A text as a variable; an empty one is none.
fn text(value: &str) -> JsValue {
    if value.is_empty() { JsValue::NULL } else { value.into() }
}
