//! Questions to the API, whose answers are read without much code for each kind of answer.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, answer, unreadable},
};
use wasm_bindgen::JsValue;

use super::json;
use crate::{
    read::{Read, read},
    tree::Tree,
};

/// Asks the API. `field` is the one field that the document asks for.
pub(crate) async fn ask<T: Read>(field: &str, document: &str, variables: JsValue) -> Result<T, Trouble> {
    read(&tree(field, document, variables).await?).ok_or_else(unreadable)
}

/// Changes something. Answers with the payload's member of this name, and with what is wrong.
pub(crate) async fn change<T: Read>(
    field: &str,
    member: &str,
    document: &str,
    input: JsValue,
) -> Result<(T, Vec<UserError>), Trouble> {
    let (done, errors) = payload(field, member, document, input).await?;
    Ok((read(&done).ok_or_else(unreadable)?, errors))
}

async fn tree(field: &str, document: &str, variables: JsValue) -> Result<Tree, Trouble> {
    Ok(json::tree(&answer(field, document, variables).await?))
}

async fn payload(field: &str, member: &str, document: &str, input: JsValue) -> Result<(Tree, Vec<UserError>), Trouble> {
    let payload = tree(field, document, object(&[("input", input)])).await?;
    let errors: Option<Vec<UserError>> = read(payload.at("userErrors")).ok_or_else(unreadable)?;
    Ok((payload.at(member).clone(), errors.unwrap_or_default()))
}

impl Read for UserError {
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        let message: Option<String> = Read::member(tree, "message", is_whole);
        Self::new(
            Read::member(tree, "field", is_whole),
            Read::member(tree, "code", is_whole),
            message.unwrap_or_default(),
        )
    }
}
