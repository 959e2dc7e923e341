//! Views of the dashboard that a member keeps and forgets.

use nod_core::id::ItemId;

use super::{UserError, done, refused, refused_with};
use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        types::staff::view,
    },
    staff::views::{self, NewView, NotKept},
};

/// `saveView`
pub(in crate::graphql) fn save_view(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (staff, input) = (asked.session.staff()?, asked.input()?);
        if staff.session.is_none() {
            return Ok(refused(no_member()));
        }
        let new = NewView { name: input.must("name").trim(), page: input.must("page"), query: input.must("query") };
        let database = Database::of(asked.session.call())?;
        Ok(match views::keep(&database, &staff.controller, &staff.actor, &new, clock::now()?).await? {
            Ok(kept) => done(vec![("savedView", view(&kept))]),
            Err(why) => refused(why),
        })
    })
}

/// `removeView`
pub(in crate::graphql) fn remove_view(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        if staff.session.is_none() {
            return Ok(refused_with(vec![("removed", false.into())], no_member()));
        }
        let removed = match ItemId::parse(asked.input()?.must("id")) {
            Some(id) => {
                let database = Database::of(asked.session.call())?;
                views::forget(&database, &staff.controller, &staff.actor, &id).await?
            }
            None => false,
        };
        Ok(done(vec![("removed", removed.into())]))
    })
}

fn no_member() -> UserError {
    let sentence = "Views are kept for people: sign in at /dashboard. A token has none.".to_owned();
    UserError { field: "name", code: "NO_MEMBER", sentence }
}

impl From<NotKept> for UserError {
    fn from(why: NotKept) -> Self {
        let (field, code, sentence) = match why {
            NotKept::Name => ("name", "BAD_NAME", "A name has between 1 and 60 characters."),
            NotKept::Page => ("page", "UNKNOWN_PAGE", "There is no page with views of this name."),
            NotKept::Query => ("query", "BAD_QUERY", "A query is part of an address, of at most 500 characters."),
            NotKept::Search => (
                "query",
                "HAS_SEARCH",
                "What you search for is not kept, as it may name a person. Clear the search first.",
            ),
            NotKept::TooMany => ("name", "TOO_MANY_VIEWS", "You have as many views as can be kept. Remove one first."),
        };
        Self { field, code, sentence: sentence.to_owned() }
    }
}
