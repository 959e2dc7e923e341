//! Who works here, and which tokens act for them.

use nod_pages::graphql::{Trouble, UserError};
use wasm_bindgen::JsValue;

use super::{
    Member,
    ask::{ask, change},
};
use crate::read::records;

records! {
    /// A session that holds.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Session {
        pub(crate) id: String,
        pub(crate) staff: Member,
        pub(crate) how: String,
        pub(crate) created_at: String,
        pub(crate) last_seen_at: String,
        pub(crate) is_current: bool,
    }
}

/// The people who work here.
pub(crate) async fn members() -> Result<Vec<Member>, Trouble> {
    ask("staff", "{ staff { id email name role lastSeenAt removedAt } }", JsValue::UNDEFINED).await
}

/// The sessions that hold.
pub(crate) async fn sessions() -> Result<Vec<Session>, Trouble> {
    let document = "{ staffSessions { id how createdAt lastSeenAt isCurrent staff { id email name role } } }";
    ask("staffSessions", document, JsValue::UNDEFINED).await
}

records! {
    /// A token of the API, without its text.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Token {
        pub(crate) id: String,
        pub(crate) label: String,
        pub(crate) role: Option<String>,
        pub(crate) scopes: Option<Vec<String>>,
        pub(crate) expires_at: Option<String>,
        pub(crate) last_used_at: Option<String>,
        pub(crate) revoked_at: Option<String>,
    }
}

/// The tokens, also those that hold no more.
pub(crate) async fn tokens() -> Result<Vec<Token>, Trouble> {
    let document = "{ staffTokens { id label role scopes expiresAt lastUsedAt revokedAt } }";
    ask("staffTokens", document, JsValue::UNDEFINED).await
}

/// Makes a token, and gives its text, which nobody is shown again.
pub(crate) async fn create_token(input: JsValue) -> Result<(Option<String>, Vec<UserError>), Trouble> {
    let document = "mutation($input: CreateStaffTokenInput!) { createStaffToken(input: $input) { secret userErrors { field code message } } }";
    change("createStaffToken", "secret", document, input).await
}
