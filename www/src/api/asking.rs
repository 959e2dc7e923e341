//! Asking for something: the form, and the link to what one has asked for.

use super::{Trouble, UserError, change, text};
use crate::page::{locale, object};
use wasm_bindgen::JsValue;

/// What somebody asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) kind: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) message: String,
    pub(crate) region: String,
    pub(crate) visitor: String,
    pub(crate) agent: Option<Agent>,
    pub(crate) turnstile: String,
}

/// Who asks in somebody else's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) name: String,
    pub(crate) email: String,
}

const SUBMIT: &str = "mutation($input: SubmitRightsRequestInput!) { submitRightsRequest(input: $input) {
    accepted userErrors { field code } } }";
const LINK: &str = "mutation($input: RequestSignInLinkInput!) { requestSignInLink(input: $input) { accepted } }";

/// Sends the form. What is wrong with it comes back; nothing of it is stored then.
pub(crate) async fn submit(site: &str, wish: &Wish) -> Result<Vec<UserError>, Trouble> {
    let agent = wish.agent.as_ref().map_or(JsValue::NULL, |agent| {
        object(&[("name", agent.name.as_str().into()), ("email", agent.email.as_str().into())])
    });
    let input = object(&[
        ("site", site.into()),
        ("kind", wish.kind.as_str().into()),
        ("email", wish.email.as_str().into()),
        ("name", text(&wish.name)),
        ("message", text(&wish.message)),
        ("locale", locale().into()),
        ("region", text(&wish.region)),
        ("visitor", text(&wish.visitor)),
        ("agent", agent),
        ("turnstile", text(&wish.turnstile)),
    ]);
    let (is_accepted, errors) = change::<bool>("submitRightsRequest", "accepted", SUBMIT, input).await?;
    if is_accepted || !errors.is_empty() { Ok(errors) } else { Err(Trouble::Refused("NOT_ACCEPTED".to_owned())) }
}

/// Asks for a link to what this address has asked for. Nobody learns whether there is anything.
pub(crate) async fn request_sign_in_link(site: &str, email: &str) -> Result<(), Trouble> {
    let input = object(&[("site", site.into()), ("email", email.into()), ("locale", locale().into())]);
    let (is_accepted, _) = change::<bool>("requestSignInLink", "accepted", LINK, input).await?;
    if is_accepted { Ok(()) } else { Err(Trouble::Refused("NOT_ACCEPTED".to_owned())) }
}
