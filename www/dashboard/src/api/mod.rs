//! The API as the dashboard asks it: what every page needs here, what one page needs in a file of its own.

pub(crate) mod answers;
mod ask;
pub(crate) mod connections;
pub(crate) mod consent;
pub(crate) mod delivered;
pub(crate) mod journal;
pub(crate) mod json;
pub(crate) mod kept;
pub(crate) mod numbers;
pub(crate) mod people;
pub(crate) mod requests;
pub(crate) mod review;
pub(crate) mod site;
pub(crate) mod staff;
pub(crate) mod tags;

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError},
};
use wasm_bindgen::JsValue;

use self::ask::ask;
use crate::{read::records, role::Role};

records! {
    /// Somebody of the controller.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Member {
        pub(crate) id: String,
        pub(crate) email: String,
        pub(crate) name: String,
        pub(crate) role: String,
        pub(crate) last_seen_at: Option<String>,
        pub(crate) removed_at: Option<String>,
    }

    /// Whose data it is.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Controller {
        pub(crate) name: String,
    }

    /// Who is signed in.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Me {
        pub(crate) kind: String,
        pub(crate) controller: Controller,
        pub(crate) role: Option<String>,
        pub(crate) staff: Option<Member>,
    }
}

impl Me {
    /// Whether their role is at least this one.
    pub(crate) fn may(&self, least: Role) -> bool {
        self.role.as_deref().and_then(Role::parse) >= Some(least)
    }
}

const ME: &str = "{ me { kind role controller { name } staff { id email name role } } }";

/// Who is signed in; nobody, or nobody of staff, is none.
pub(crate) async fn me() -> Result<Option<Me>, Trouble> {
    let me: Option<Me> = ask("me", ME, JsValue::UNDEFINED).await?;
    Ok(me.filter(|me| me.kind == "STAFF"))
}

/// Asks for a link that leads to this page.
pub(crate) async fn request_link(email: &str, page: &str) -> Result<Vec<UserError>, Trouble> {
    let document = "mutation($input: RequestStaffSignInLinkInput!) { requestStaffSignInLink(input: $input) { accepted userErrors { field code message } } }";
    let input = object(&[("email", email.into()), ("page", page.into())]);
    let (_, errors): (bool, _) = ask::change("requestStaffSignInLink", "accepted", document, input).await?;
    Ok(errors)
}

/// Signs in by the token of a link.
pub(crate) async fn sign_in(token: &str) -> Result<Vec<UserError>, Trouble> {
    let document = "mutation($input: StaffSignInInput!) { staffSignIn(input: $input) { me { kind } userErrors { field code message } } }";
    let (_, errors): (Vec<UserError>, _) =
        ask::change("staffSignIn", "userErrors", document, object(&[("token", token.into())])).await?;
    Ok(errors)
}

records! {
    /// What became of signing out.
    struct SignedOut {
        next: Option<String>,
    }
}

/// Ends the session. Where the browser goes to end what the session began by, if it did not begin by a link.
pub(crate) async fn sign_out() -> Result<Option<String>, Trouble> {
    let done: SignedOut = ask("signOut", "mutation { signOut { next } }", JsValue::UNDEFINED).await?;
    Ok(done.next)
}

/// Changes something by a mutation whose payload matters to nobody, because what is shown is read anew. What is wrong with it, if
/// anything is.
pub(crate) async fn change(name: &str, input: &[(&str, JsValue)]) -> Result<Vec<UserError>, Trouble> {
    let kind = [&name[..1].to_ascii_uppercase(), &name[1..]].concat();
    let document =
        ["mutation($input: ", &kind, "Input!) { ", name, "(input: $input) { userErrors { field code message } } }"];
    let (_, errors): (Vec<UserError>, _) = ask::change(name, "userErrors", &document.concat(), object(input)).await?;
    Ok(errors)
}

records! {
    /// Where a list goes on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct PageInfo {
        pub(crate) has_next_page: bool,
        pub(crate) end_cursor: Option<String>,
    }

    /// A page of a list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Listed<T> {
        pub(crate) nodes: Vec<T>,
        pub(crate) page_info: PageInfo,
    }
}
