//! Pages and their cursors. A cursor is the place of a row in its list, in base64url, so it stays good when rows arrive.

use std::sync::Arc;

use async_graphql::{Error, Result};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use nod_core::time::Timestamp;

use super::{input::Input, limits, session::coded, shown::Shown};
use crate::page::{Asked, Place};

/// The longest cursor that is read, in characters.
const LONGEST: usize = 100;
/// Before the places of a list's other order.
const OTHER: &str = "due.";

/// A row's place in its list.
pub(super) trait Cursor: Sized {
    fn write(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl Cursor for Place {
    fn write(&self) -> String {
        format!("{}.{}", self.at.millis(), self.id)
    }

    fn read(text: &str) -> Option<Self> {
        let (millis, id) = text.split_once('.')?;
        Some(Self { at: Timestamp::from_millis(millis.parse().ok()?)?, id: id.to_owned() })
    }
}

/// A place in a list that has two orders. A cursor of one order is none of the other.
pub(super) struct Ordered {
    pub(super) is_other: bool,
    pub(super) place: Place,
}

impl Cursor for Ordered {
    fn write(&self) -> String {
        let place = self.place.write();
        if self.is_other { [OTHER, &place].concat() } else { place }
    }

    fn read(text: &str) -> Option<Self> {
        let place = text.strip_prefix(OTHER);
        Some(Self { is_other: place.is_some(), place: Place::read(place.unwrap_or(text))? })
    }
}

/// Reads which page is asked for of a list in one of its two orders.
pub(super) fn asked_in_order(arguments: Input<'_>, is_other: bool) -> Result<Asked> {
    let Asked { first, after } = asked::<Ordered>(arguments)?;
    match after {
        Some(after) if after.is_other != is_other => Err(foreign()),
        after => Ok(Asked { first, after: after.map(|after| after.place) }),
    }
}

/// The same page, as it is shown.
pub(super) fn shown_in_order(
    asked: &Asked,
    is_other: bool,
    rows: impl IntoIterator<Item = (Place, Shown)>,
    has_more: bool,
) -> Shown {
    let rows = rows.into_iter().map(|(place, node)| (encode(&Ordered { is_other, place }), node)).collect();
    page(rows, asked.after.is_some(), has_more)
}

impl Cursor for i64 {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|seq| *seq > 0)
    }
}

fn encode(place: &impl Cursor) -> String {
    Base64UrlUnpadded::encode_string(place.write().as_bytes())
}

fn decode<P: Cursor>(cursor: &str) -> Option<P> {
    let bytes = Base64UrlUnpadded::decode_vec(Some(cursor).filter(|cursor| cursor.len() <= LONGEST)?).ok()?;
    P::read(str::from_utf8(&bytes).ok()?)
}

/// Reads which page is asked for.
pub(super) fn asked<P: Cursor>(arguments: Input<'_>) -> Result<Asked<P>> {
    let first = first(arguments.number("first").unwrap_or(limits::USUAL_PAGE))?;
    let after = arguments.text("after").map(|cursor| decode(cursor).ok_or_else(foreign)).transpose()?;
    Ok(Asked { first, after })
}

fn foreign() -> Error {
    coded("`after` is no cursor of this list. Use a page's `endCursor` as it is.", "BAD_CURSOR")
}

fn first(asked: i32) -> Result<u16> {
    let is_in_range = (1..=limits::PAGE).contains(&asked);
    u16::try_from(asked).ok().filter(|_| is_in_range).ok_or_else(|| {
        coded(format!("`first` is between 1 and {}. Use `after` for what is behind.", limits::PAGE), "BAD_PAGE")
    })
}

/// A page as the API shows it: its rows, each with the place that a page behind it is asked for by.
pub(super) fn shown<P: Cursor>(asked: &Asked<P>, rows: impl IntoIterator<Item = (P, Shown)>, has_more: bool) -> Shown {
    let rows = rows.into_iter().map(|(place, node)| (encode(&place), node)).collect();
    page(rows, asked.after.is_some(), has_more)
}

fn page(rows: Vec<(String, Shown)>, has_previous: bool, has_more: bool) -> Shown {
    let cursor = |row: Option<&(String, Shown)>| row.map(|(cursor, _)| cursor.as_str()).into();
    let info = vec![
        ("hasPreviousPage", has_previous.into()),
        ("hasNextPage", has_more.into()),
        ("startCursor", cursor(rows.first())),
        ("endCursor", cursor(rows.last())),
    ];
    let (mut edges, mut nodes) = (Vec::new(), Vec::new());
    for (cursor, node) in rows {
        let node = Arc::new(node);
        nodes.push(Shown::from(&node));
        edges.push(Shown::Object(vec![("cursor", cursor.into()), ("node", Shown::Shared(node))]));
    }
    Shown::Object(vec![("pageInfo", Shown::Object(info)), ("edges", Shown::List(edges)), ("nodes", Shown::List(nodes))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let place = Timestamp::from_millis(1_795_435_200_123).map(|at| Place { at, id: "a.b-_".to_owned() });
        assert_eq!(place.as_ref().map(encode).and_then(|cursor| decode(&cursor)), place);
        assert_eq!(decode(&encode(&7_i64)), Some(7_i64));
        for cursor in ["", "!", "MQ==", "LTE", &"A".repeat(101)] {
            assert!(decode::<i64>(cursor).is_none() && decode::<Place>(cursor).is_none(), "{cursor}");
        }
    }

    #[test]
    fn a_page_has_a_bounded_length() {
        assert!(first(1).is_ok_and(|first| first == 1));
        assert!(first(limits::PAGE).is_ok());
        for asked in [-1, 0, limits::PAGE.saturating_add(1), i32::MAX] {
            assert!(first(asked).is_err(), "{asked}");
        }
    }
}
