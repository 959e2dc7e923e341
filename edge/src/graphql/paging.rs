//! Pages and their cursors. A cursor is the place of a row in its list, in base64url, so it stays good when rows arrive.

use async_graphql::{
    OutputType, Result,
    connection::{
        Connection, ConnectionNameType, DefaultConnectionName, DefaultEdgeName, Edge, EdgeNameType, EmptyFields,
    },
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use nod_core::time::Timestamp;

use super::{limits, session::coded};
use crate::page::{Asked, Place};

/// The longest cursor that is read, in characters.
const LONGEST: usize = 100;

/// A page of a list, with names of its own where the node's are not what is wanted.
pub(super) type Pages<T, Name = DefaultConnectionName, EdgeName = DefaultEdgeName> =
    Connection<String, T, EmptyFields, EmptyFields, Name, EdgeName>;

/// What a page costs: its items times their fields.
pub(super) fn cost(first: Option<i32>, of_one: usize) -> usize {
    usize::try_from(first.unwrap_or(limits::USUAL_PAGE).clamp(1, limits::PAGE))
        .unwrap_or_default()
        .saturating_mul(of_one)
}

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
pub(super) fn asked<P: Cursor>(first: Option<i32>, after: Option<&str>) -> Result<Asked<P>> {
    let first = first.unwrap_or(limits::USUAL_PAGE);
    let is_in_range = (1..=limits::PAGE).contains(&first);
    let first = u16::try_from(first).ok().filter(|_| is_in_range).ok_or_else(|| {
        coded(format!("`first` is between 1 and {}. Use `after` for what is behind.", limits::PAGE), "BAD_PAGE")
    })?;
    let foreign = || coded("`after` is no cursor of this list. Use a page's `endCursor` as it is.", "BAD_CURSOR");
    let after = after.map(|cursor| decode(cursor).ok_or_else(foreign)).transpose()?;
    Ok(Asked { first, after })
}

/// A page as the API shows it.
pub(super) fn shown<P: Cursor, T: OutputType, Name: ConnectionNameType, EdgeName: EdgeNameType>(
    asked: &Asked<P>,
    rows: impl IntoIterator<Item = (P, T)>,
    has_more: bool,
) -> Pages<T, Name, EdgeName> {
    let mut page = Connection::new(asked.after.is_some(), has_more);
    page.edges.extend(rows.into_iter().map(|(place, node)| Edge::new(encode(&place), node)));
    page
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
        assert!(asked::<i64>(Some(1), None).is_ok_and(|asked| asked.first == 1));
        assert!(asked::<i64>(Some(limits::PAGE), None).is_ok());
        for first in [-1, 0, limits::PAGE.saturating_add(1), i32::MAX] {
            assert!(asked::<i64>(Some(first), None).is_err(), "{first}");
        }
        assert_eq!((cost(Some(-5), 7), cost(None, 7), cost(Some(i32::MAX), 7)), (7, 350, 700));
    }
}
