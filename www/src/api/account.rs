//! What a person has asked for, and what can be done with it.

use super::{Law, Trouble, UserError, ask, change};
use crate::page::object;
use nod_pages::graphql;
use serde::Deserialize;
use wasm_bindgen::JsValue;

/// A person who has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Account {
    pub(crate) email: Option<String>,
    pub(crate) requests: Vec<Request>,
}

/// One request as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Request {
    pub(crate) id: String,
    /// The short one, for people.
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) received_at: String,
    pub(crate) due_at: String,
    pub(crate) closed_at: Option<String>,
    pub(crate) law: Law,
    pub(crate) message: Option<String>,
    pub(crate) duplicate_of: Option<String>,
    pub(crate) extension: Option<Extension>,
    pub(crate) hold: Option<Hold>,
    pub(crate) denial: Option<Denial>,
    pub(crate) events: Vec<Event>,
    pub(crate) messages: Vec<Conversation>,
    pub(crate) files: Vec<File>,
    pub(crate) can_withdraw: bool,
    pub(crate) can_appeal: bool,
    pub(crate) can_message: bool,
}

/// More time was taken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Extension {
    pub(crate) reason: Option<String>,
    pub(crate) until: String,
}

/// It waits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Hold {
    pub(crate) reason: Option<String>,
    pub(crate) since: String,
}

/// It was denied.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Denial {
    pub(crate) reason: String,
    /// Where the law names it.
    pub(crate) ground: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) appeal_by: Option<String>,
    pub(crate) appealed_at: Option<String>,
}

/// Something that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Event {
    pub(crate) at: String,
    pub(crate) kind: String,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Conversation {
    pub(crate) at: String,
    pub(crate) author: String,
    /// Nothing once its key is gone.
    pub(crate) text: Option<String>,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) name: Option<String>,
    pub(crate) bytes: u32,
    /// Nothing until the request is answered.
    pub(crate) expires_at: Option<String>,
    pub(crate) downloads_left: u32,
    pub(crate) url: String,
}

/// What a link tells of its request to whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PublicRequest {
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) received_at: String,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Person {}

const ACCOUNT: &str = "query { me { email requests { id number kind status receivedAt dueAt closedAt message duplicateOf law { id name respondWithin source }
    extension { reason until } hold { reason since } denial { reason ground note appealBy appealedAt } events { at kind }
    messages { at author text } files { id kind name bytes expiresAt downloadsLeft url }
    canWithdraw canAppeal canMessage } } }";
const PUBLIC: &str = "query($token: String!) { rightsRequestByToken(token: $token) { kind status receivedAt } }";
const VERIFY: &str = "mutation($input: VerifyRightsRequestInput!) { verifyRightsRequest(input: $input) {
    request { id } userErrors { field code } } }";
const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input) { me { kind } userErrors { field code } } }";
const SIGN_OUT: &str = "mutation { signOut { signedOut } }";

/// Whoever is signed in; nothing where nobody is.
pub(crate) async fn account() -> Result<Option<Account>, Trouble> {
    match ask("me", ACCOUNT, JsValue::NULL).await {
        Err(Trouble::SignedOut) => Ok(None),
        answer => answer,
    }
}

/// The request that a link is about; nothing for a link that is unknown or too old.
pub(crate) async fn public_request(token: &str) -> Result<Option<PublicRequest>, Trouble> {
    ask("rightsRequestByToken", PUBLIC, object(&[("token", token.into())])).await
}

/// Proves the address, which signs in, too. Answers with the request's id; nothing where the link is no longer good.
pub(crate) async fn verify(token: &str) -> Result<Option<String>, Trouble> {
    let input = object(&[("token", token.into())]);
    let (request, _) = change::<Option<Named>>("verifyRightsRequest", "request", VERIFY, input).await?;
    Ok(request.map(|request| request.id))
}

/// Signs in by a link; whether it was good.
pub(crate) async fn sign_in(token: &str) -> Result<bool, Trouble> {
    let input = object(&[("token", token.into())]);
    let (me, _) = change::<Option<Person>>("signIn", "me", SIGN_IN, input).await?;
    Ok(me.is_some())
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), Trouble> {
    graphql::answer("signOut", SIGN_OUT, JsValue::NULL).await?;
    Ok(())
}

/// Does something with a request: the mutation's name, its input's type, and what is said with it.
pub(crate) async fn act(name: &str, id: &str, said: Option<(&str, &str)>) -> Result<Vec<UserError>, Trouble> {
    let kind = [&name[..1].to_ascii_uppercase(), &name[1..], "Input"].concat();
    let document =
        ["mutation($input: ", &kind, "!) { ", name, "(input: $input) { userErrors { field code } } }"].concat();
    let mut members = vec![("id", JsValue::from_str(id))];
    members.extend(said.map(|(field, text)| (field, JsValue::from_str(text))));
    let (_, errors) = change::<Option<String>>(name, "nothing", &document, object(&members)).await?;
    Ok(errors)
}
