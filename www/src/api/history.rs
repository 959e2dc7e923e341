//! What a visitor has chosen on a site.

use super::{Trouble, ask};
use crate::page::object;
use serde::Deserialize;

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) at: String,
    pub(crate) action: String,
    pub(crate) notice_version: u32,
    pub(crate) purposes: Vec<Answer>,
    pub(crate) receipt: String,
}

/// What was said of one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Answer {
    pub(crate) id: String,
    pub(crate) granted: bool,
}

const HISTORY: &str = "query($site: ID!, $visitor: ID!) { consentHistory(site: $site, visitor: $visitor) {
    id at action noticeVersion purposes { id granted } receipt } }";

/// The visitor's choices, the newest first.
pub(crate) async fn history(site: &str, visitor: &str) -> Result<Vec<Choice>, Trouble> {
    ask("consentHistory", HISTORY, object(&[("site", site.into()), ("visitor", visitor.into())])).await
}
