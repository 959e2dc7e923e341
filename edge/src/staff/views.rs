//! Views of the dashboard that a member keeps: the filters of a page under a name. What somebody searched for is not kept: it may
//! name a person.

use nod_core::{
    id::{ActorId, ControllerId, ItemId},
    time::Timestamp,
};
use serde::{Deserialize, de::IgnoredAny};
use worker::D1Type;

use crate::{
    database::{Database, time},
    http::Problem,
    keys,
};

/// As many as a member keeps.
const MOST: i32 = 50;
/// The longest name, and the longest query, in characters.
const LONGEST: [usize; 2] = [60, 500];
/// The pages that have filters.
const PAGES: [&str; 6] = ["requests", "journal", "people", "connections", "consent", "tags"];

/// A view.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct View {
    pub(crate) id: ItemId,
    pub(crate) name: String,
    pub(crate) page: String,
    pub(crate) query: String,
}

/// What keeps a view from being kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotKept {
    Name,
    Page,
    Query,
    /// It has what was searched for.
    Search,
    TooMany,
}

/// A view as it is given.
pub(crate) struct NewView<'a> {
    pub(crate) name: &'a str,
    pub(crate) page: &'a str,
    pub(crate) query: &'a str,
}

impl NewView<'_> {
    fn check(&self) -> Result<(), NotKept> {
        let [name, query] = LONGEST;
        if self.name.is_empty() || self.name.chars().count() > name || self.name.contains(char::is_control) {
            return Err(NotKept::Name);
        }
        if !PAGES.contains(&self.page) {
            return Err(NotKept::Page);
        }
        if self.query.len() > query || !self.query.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NotKept::Query);
        }
        let lower = self.query.to_ascii_lowercase();
        let is_search = |part: &str| part.strip_prefix("search=").is_some_and(|text| !text.is_empty());
        if lower.split('&').any(is_search) || lower.contains('@') || lower.contains("%40") {
            return Err(NotKept::Search);
        }
        Ok(())
    }
}

/// A member's views, by page and name.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    member: &ActorId,
) -> Result<Vec<View>, Problem> {
    let statement = database.statement(
        "SELECT id, name, page, query FROM staff_views WHERE controller = ?1 AND staff = ?2 ORDER BY page, name LIMIT ?3",
        &[D1Type::Text(controller.as_str()), D1Type::Text(member.as_str()), D1Type::Integer(MOST)],
    )?;
    database.all(statement).await
}

/// Keeps a view; one of the same name on the same page is that one from now on.
pub(crate) async fn keep(
    database: &Database,
    controller: &ControllerId,
    member: &ActorId,
    view: &NewView<'_>,
    now: Timestamp,
) -> Result<Result<View, NotKept>, Problem> {
    if let Err(why) = view.check() {
        return Ok(Err(why));
    }
    let id = ItemId::from_random(keys::random()?);
    let statement = database.statement(
        "INSERT INTO staff_views (controller, staff, id, name, page, query, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE (SELECT COUNT(*) FROM staff_views WHERE controller = ?1 AND staff = ?2) < ?8
            OR EXISTS (SELECT 1 FROM staff_views WHERE controller = ?1 AND staff = ?2 AND page = ?5 AND name = ?4)
         ON CONFLICT (controller, staff, page, name) DO UPDATE SET query = excluded.query
         RETURNING id, name, page, query",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(member.as_str()),
            D1Type::Text(id.as_str()),
            D1Type::Text(view.name),
            D1Type::Text(view.page),
            D1Type::Text(view.query),
            time(now),
            D1Type::Integer(MOST),
        ],
    )?;
    Ok(database.first(statement).await?.ok_or(NotKept::TooMany))
}

/// Forgets a view of a member; whether there was one.
pub(crate) async fn forget(
    database: &Database,
    controller: &ControllerId,
    member: &ActorId,
    id: &ItemId,
) -> Result<bool, Problem> {
    let statement = database.statement(
        "DELETE FROM staff_views WHERE controller = ?1 AND staff = ?2 AND id = ?3 RETURNING 1",
        &[D1Type::Text(controller.as_str()), D1Type::Text(member.as_str()), D1Type::Text(id.as_str())],
    )?;
    Ok(database.first::<IgnoredAny>(statement).await?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_page_a_name_and_no_text_that_could_name_a_person() {
        let check = |name, page, query| NewView { name, page, query }.check();
        assert_eq!(check("Mine", "requests", "open=true&assignedTo=me&search="), Ok(()));
        assert_eq!(check("", "requests", ""), Err(NotKept::Name));
        assert_eq!(check("a\nb", "requests", ""), Err(NotKept::Name));
        assert_eq!(check("Mine", "elsewhere", ""), Err(NotKept::Page));
        assert_eq!(check("Mine", "requests", "a b"), Err(NotKept::Query));
        for query in ["search=ada", "open=true&SEARCH=ada", "q=ada@example.com", "q=ada%40example.com"] {
            assert_eq!(check("Mine", "requests", query), Err(NotKept::Search), "{query}");
        }
    }
}
