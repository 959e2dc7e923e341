//! The requests of a controller, for staff.
//!
//! A page's statement has the conditions that were asked for and no others, and names the index that is in the order of the list and
//! has least beside what is asked for. Left alone, the database would sort everything there is.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    time::Timestamp,
};
use worker::D1Type;

use super::stored::{COLUMNS, Request};
use crate::{
    database::{self, Database, optional_text, optional_time, time},
    http::Problem,
    page::{Asked, Page, Place, older_than},
};

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// What must be met first.
    Due,
}

/// Which requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) law: Option<String>,
    /// Those that are to be met.
    pub(crate) is_open: bool,
    /// Open ones that must be met before.
    pub(crate) due_before: Option<Timestamp>,
    pub(crate) assigned: Option<String>,
    /// Those that nobody works on.
    pub(crate) is_unassigned: bool,
    /// One of these, which a search found.
    pub(crate) among: Option<Vec<RightsRequestId>>,
    /// Those that nobody proved, too: they may be anybody's invention.
    pub(crate) include_unverified: bool,
}

/// `json_each` has an `id` of its own, which must not stand beside the requests'.
const FOUND: &str = " FROM (SELECT value AS found FROM json_each(?9)) CROSS JOIN rights_requests ON id = found";
/// As the partial indices say it.
pub(super) const OPEN: &str = " AND status IN ('received', 'in_progress', 'on_hold')";
/// What staff see without asking for more.
pub(super) const SHOWN: &str = " AND (verified_at IS NOT NULL OR kind IN ('opt_out_of_sale', 'limit_sensitive'))";

impl Filter {
    fn is_open(&self) -> bool {
        self.is_open || self.due_before.is_some()
    }

    /// Where the rows come from.
    fn source(&self, order: Order) -> &'static str {
        let [newest, due] = if self.among.is_some() {
            // A search finds a bounded number, which are read one by one.
            [FOUND; 2]
        } else if self.is_open() {
            [
                " FROM rights_requests INDEXED BY rights_requests_open_newest",
                " FROM rights_requests INDEXED BY rights_requests_open_due",
            ]
        } else if self.status.is_some() {
            [
                " FROM rights_requests INDEXED BY rights_requests_status_newest",
                " FROM rights_requests INDEXED BY rights_requests_status_due",
            ]
        } else if self.assigned.is_some() {
            [
                " FROM rights_requests INDEXED BY rights_requests_assigned_newest",
                " FROM rights_requests INDEXED BY rights_requests_assigned_due",
            ]
        } else if self.kind.is_some() {
            [
                " FROM rights_requests INDEXED BY rights_requests_kind_newest",
                " FROM rights_requests INDEXED BY rights_requests_kind_due",
            ]
        } else {
            [
                " FROM rights_requests INDEXED BY rights_requests_newest",
                " FROM rights_requests INDEXED BY rights_requests_due",
            ]
        };
        match order {
            Order::Newest => newest,
            Order::Due => due,
        }
    }

    fn conditions(&self) -> String {
        let mut sql = String::new();
        let mut must = |is_asked: bool, condition| {
            if is_asked {
                sql.push_str(condition);
            }
        };
        must(self.kind.is_some(), " AND kind = ?4");
        must(self.status.is_some(), " AND status = ?5");
        must(self.law.is_some(), " AND law = ?6");
        must(self.is_open(), OPEN);
        must(self.due_before.is_some(), " AND due_at < ?7");
        must(self.assigned.is_some(), " AND assigned = ?8");
        must(self.is_unassigned, " AND assigned IS NULL");
        must(!self.include_unverified, SHOWN);
        sql
    }
}

impl Order {
    /// Behind the place, and in which order.
    const fn parts(self) -> [&'static str; 2] {
        match self {
            Self::Newest => {
                [" AND (received_at, id) < (?2, ?3)", " ORDER BY received_at DESC, rights_requests.id DESC LIMIT ?10"]
            }
            Self::Due => [" AND (due_at, id) > (?2, ?3)", " ORDER BY due_at, rights_requests.id LIMIT ?10"],
        }
    }

    /// The place's arguments. Without one, every row is behind it.
    fn place(self, after: Option<&Place>) -> [D1Type<'_>; 2] {
        match (self, after) {
            (Self::Newest, after) => older_than(after),
            (Self::Due, Some(place)) => [time(place.at), D1Type::Text(&place.id)],
            (Self::Due, None) => [D1Type::Integer(-1), D1Type::Text("")],
        }
    }

    /// Where a row stands.
    pub(crate) fn place_of(self, row: &Request) -> Place {
        let at = match self {
            Self::Newest => row.received_at,
            Self::Due => row.due_at,
        };
        Place { at, id: row.id.to_string() }
    }
}

/// A page of them.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    order: Order,
    asked: &Asked,
) -> Result<Page<Request>, Problem> {
    let [place, place_id] = order.place(asked.after.as_ref());
    let [behind, ordered] = order.parts();
    let sql = [
        "SELECT ",
        COLUMNS,
        filter.source(order),
        " WHERE rights_requests.controller = ?1",
        behind,
        &filter.conditions(),
        ordered,
    ]
    .concat();
    let among = filter.among.as_ref().map(database::json).transpose()?;
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            place,
            place_id,
            optional_text(filter.kind.as_deref()),
            optional_text(filter.status.as_deref()),
            optional_text(filter.law.as_deref()),
            optional_time(filter.due_before),
            optional_text(filter.assigned.as_deref()),
            optional_text(among.as_deref()),
            D1Type::Integer(asked.to_read().into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// These, in the order of the list.
pub(crate) async fn several(
    database: &Database,
    controller: &ControllerId,
    ids: &[&RightsRequestId],
) -> Result<Vec<Request>, Problem> {
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM rights_requests WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2))
         ORDER BY +received_at DESC, id DESC",
    ]
    .concat();
    let ids = database::json(&ids)?;
    database.all(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(&ids)])?).await
}
