//! The API as the dashboard asks it.

use nod_pages::{
    dom::object,
    graphql::{self, Trouble, UserError, ask, text},
};
use serde::Deserialize;
use wasm_bindgen::JsValue;

/// Somebody of the controller.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) last_seen_at: Option<String>,
    #[serde(default)]
    pub(crate) removed_at: Option<String>,
}

/// Whose data it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Controller {
    pub(crate) name: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Me {
    pub(crate) kind: String,
    pub(crate) controller: Controller,
    pub(crate) role: Option<String>,
    pub(crate) staff: Option<Member>,
}

impl Me {
    pub(crate) fn is_owner(&self) -> bool {
        self.role.as_deref() == Some("OWNER")
    }
}

/// A session that holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) staff: Member,
    pub(crate) created_at: String,
    pub(crate) last_seen_at: String,
    pub(crate) is_current: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Law {
    pub(crate) name: String,
}

/// A rights request, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Request {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) received_at: String,
    pub(crate) due_at: String,
    pub(crate) days_left: Option<i32>,
    pub(crate) law: Law,
    pub(crate) site: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    pub(crate) end_cursor: Option<String>,
}

/// A page of requests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Requests {
    pub(crate) nodes: Vec<Request>,
    pub(crate) page_info: PageInfo,
}

/// Which requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) status: String,
    pub(crate) kind: String,
    /// Open ones that must be met before this moment.
    pub(crate) due_before: String,
}

const ME: &str = "{ me { kind role controller { name } staff { id email name role } } }";

/// Who is signed in; nobody, or nobody of staff, is none.
pub(crate) async fn me() -> Result<Option<Me>, Trouble> {
    let me: Option<Me> = ask("me", ME, JsValue::UNDEFINED).await?;
    Ok(me.filter(|me| me.kind == "STAFF"))
}

/// Asks for a link.
pub(crate) async fn request_link(email: &str) -> Result<Vec<UserError>, Trouble> {
    let document = "mutation($input: RequestStaffSignInLinkInput!) { requestStaffSignInLink(input: $input) { accepted userErrors { field code message } } }";
    let (_, errors): (bool, _) =
        graphql::change("requestStaffSignInLink", "accepted", document, object(&[("email", email.into())])).await?;
    Ok(errors)
}

/// That somebody is.
#[derive(Deserialize)]
struct SignedIn {}

/// Signs in by the token of a link.
pub(crate) async fn sign_in(token: &str) -> Result<Vec<UserError>, Trouble> {
    let document = "mutation($input: StaffSignInInput!) { staffSignIn(input: $input) { me { kind } userErrors { field code message } } }";
    let (_, errors): (Option<SignedIn>, _) =
        graphql::change("staffSignIn", "me", document, object(&[("token", token.into())])).await?;
    Ok(errors)
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), Trouble> {
    graphql::answer("signOut", "mutation { signOut { signedOut } }", JsValue::UNDEFINED).await.map(drop)
}

/// A page of requests, the newest first.
pub(crate) async fn requests(filter: &Filter, first: u32, after: &str) -> Result<Requests, Trouble> {
    let document = "query($filter: RightsRequestFilter, $first: Int, $after: String) {
        rightsRequests(filter: $filter, first: $first, after: $after) {
            nodes { id number kind status receivedAt dueAt daysLeft site law { name } } pageInfo { hasNextPage endCursor } } }";
    let filter = object(&[
        ("status", text(&filter.status)),
        ("kind", text(&filter.kind)),
        ("dueBefore", text(&filter.due_before)),
    ]);
    let variables = object(&[("filter", filter), ("first", first.into()), ("after", text(after))]);
    ask("rightsRequests", document, variables).await
}

/// The people who work here.
pub(crate) async fn staff() -> Result<Vec<Member>, Trouble> {
    ask("staff", "{ staff { id email name role lastSeenAt removedAt } }", JsValue::UNDEFINED).await
}

/// The sessions that hold.
pub(crate) async fn sessions() -> Result<Vec<Session>, Trouble> {
    let document = "{ staffSessions { id createdAt lastSeenAt isCurrent staff { id email name role } } }";
    ask("staffSessions", document, JsValue::UNDEFINED).await
}

/// A change of staff: its name, its input's members. What is wrong with it, if anything is.
pub(crate) async fn change_staff(name: &str, input: &[(&str, JsValue)]) -> Result<Vec<UserError>, Trouble> {
    let ty = [&name[..1].to_ascii_uppercase(), &name[1..]].concat();
    let member = if name == "revokeStaffSession" { "revoked" } else { "staffMember { id }" };
    let document = [
        "mutation($input: ",
        &ty,
        "Input!) { ",
        name,
        "(input: $input) { ",
        member,
        " userErrors { field code message } } }",
    ]
    .concat();
    let (_, errors): (Done, _) = graphql::change(name, "userErrors", &document, object(input)).await?;
    Ok(errors)
}

/// What is changed is read anew; nothing of the payload is.
type Done = Vec<UserError>;
