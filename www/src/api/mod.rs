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

use crate::texts::{find, t};
use nod_pages::graphql::{self, text};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UserError(graphql::UserError);

impl UserError {
    /// The field that it is about; empty for the whole.
    pub(crate) fn field(&self) -> &str {
        self.0.field()
    }

    /// What to tell a person.
    pub(crate) fn sentence(&self) -> String {
        error(&self.0.code)
    }
}

fn error(code: &str) -> String {
    find(&["error_", &code.to_ascii_lowercase()].concat()).unwrap_or_else(|| t("error_other"))
}

/// Asks the API. `field` is the one field that the document asks for.
async fn ask<T: DeserializeOwned>(field: &str, document: &str, variables: JsValue) -> Result<T, Trouble> {
    Ok(graphql::ask(field, document, variables).await?)
}

/// Changes something. Answers with the payload's member of this name, and with what is wrong.
async fn change<T: DeserializeOwned>(
    field: &str,
    member: &str,
    document: &str,
    input: JsValue,
) -> Result<(T, Vec<UserError>), Trouble> {
    let (payload, errors) = graphql::change(field, member, document, input).await?;
    Ok((payload, errors.into_iter().map(UserError).collect()))
}

impl From<graphql::Trouble> for Trouble {
    fn from(trouble: graphql::Trouble) -> Self {
        match trouble {
            graphql::Trouble::Unreachable => Self::Unreachable,
            graphql::Trouble::SignedOut => Self::SignedOut,
            graphql::Trouble::Refused { code, .. } => Self::Refused(code),
        }
    }
}
