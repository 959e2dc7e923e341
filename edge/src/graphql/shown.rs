//! What fields are answered with: a tree that is made once, and whose members are shown as they are asked for.

use std::sync::Arc;

use async_graphql::Value;
use nod_core::{id, time::Timestamp};

use super::json::value;

/// A value, or a tree of them.
#[derive(Debug)]
pub(super) enum Shown {
    Nothing,
    Yes(bool),
    Number(i64),
    Text(String),
    Json(serde_json::Value),
    List(Vec<Shown>),
    /// What it does not have is null. It may have more than its type: then for the fields of their own only.
    Object(Vec<(&'static str, Shown)>),
    /// In several places of the same answer.
    Shared(Arc<Shown>),
}

impl Shown {
    /// The name of something, by its name in the rules and in the database.
    pub(super) fn name(stored: &str) -> Self {
        Self::Text(stored.to_ascii_uppercase())
    }

    pub(super) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(member, _)| *member == name).map(|(_, shown)| shown),
            Self::Shared(shared) => shared.member(name),
            _ => None,
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.member(name) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        match self.member(name) {
            Some(Self::Number(number)) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    pub(super) fn json(&self) -> Option<&serde_json::Value> {
        match self {
            Self::Json(json) => Some(json),
            _ => None,
        }
    }

    /// The value of what has no members.
    pub(super) fn leaf(&self) -> Option<Value> {
        match self {
            Self::Yes(yes) => Some(Value::Boolean(*yes)),
            Self::Number(number) => Some(Value::Number((*number).into())),
            Self::Text(text) => Some(Value::String(text.clone())),
            Self::Json(json) => Some(value(json.clone())),
            Self::Nothing | Self::List(_) | Self::Object(_) | Self::Shared(_) => None,
        }
    }
}

impl From<bool> for Shown {
    fn from(yes: bool) -> Self {
        Self::Yes(yes)
    }
}

impl From<i64> for Shown {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Shown {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Shown {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Shown {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-11-23T12:00:00.000Z`.
impl From<Timestamp> for Shown {
    fn from(at: Timestamp) -> Self {
        Self::Text(at.rfc3339())
    }
}

impl<T: Into<Self>> From<Option<T>> for Shown {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl From<&Arc<Self>> for Shown {
    fn from(shared: &Arc<Self>) -> Self {
        Self::Shared(Arc::clone(shared))
    }
}

macro_rules! ids {
    ($($id:ident),+) => {$(
        impl From<&id::$id> for Shown {
            fn from(id: &id::$id) -> Self {
                id.as_str().into()
            }
        }
    )+};
}

ids!(
    ChangeId,
    ConnectionId,
    ControllerId,
    DeliveryId,
    Fingerprint,
    IdentityId,
    ItemId,
    RecordId,
    RightsRequestId,
    SiteKey,
    ActorId
);
