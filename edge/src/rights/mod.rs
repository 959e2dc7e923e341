//! Rights requests: what people ask for, or what is asked for in their name, and what becomes of it.
//!
//! The rules are [`nod_core::rights`]'s; here is where they meet the database. A request comes in ([`submit`]), its address is
//! proven ([`proof`]), staff and the person change it ([`act`]), and the clock ends what nobody proved ([`tick`]). Each of them
//! is one batch, guarded by the attempt's name ([`attempt`]). What a person says is sealed under the request's own key
//! ([`said`]).

mod act;
mod answer;
mod attempt;
mod by_hand;
mod call;
mod collect;
mod contact;
mod download;
mod endpoint;
mod erase;
mod facts;
mod files;
mod letters;
mod life;
mod limits;
mod links;
mod list;
mod package;
mod plan;
mod preview;
mod proof;
mod reach;
mod said;
mod search;
mod session;
mod shred;
mod sign_in;
mod stored;
mod submit;
mod summary;
mod tick;
mod turnstile;
mod work;

pub(crate) use act::{By, Change, Desk, NotDone};
pub(crate) use contact::Contact;
pub(crate) use download::download;
pub(crate) use endpoint::{NotSet, set as set_endpoint};
pub(crate) use files::KEPT as FILES_KEPT;
pub(crate) use letters::{Sender, number};
pub(crate) use life::{File, Happened, Life, Message, Task};
pub(crate) use limits::{network, too_many};
pub(crate) use links::find as find_link;
pub(crate) use list::{Filter, Order, list, several};
pub(crate) use proof::{NotProven, verify};
pub(crate) use said::{Agent, Said, key, open};
pub(crate) use search::{LONGEST as LONGEST_SEARCH, search};
pub(crate) use session::{Subject, authenticate, revoke, unset_cookie};
pub(crate) use sign_in::sign_in;
pub(crate) use stored::{Request, get, named, of_address};
pub(crate) use submit::Filing;
pub(crate) use summary::{OfKind, Summary, summary};
pub(crate) use tick::{KEPT, count_drop, scheduled};
pub(crate) use turnstile::is_passed as is_human;
pub(crate) use work::{KIND, call_due, tidy, work};

use nod_core::{id::ControllerId, region::Region};
use serde::Deserialize;
use worker::D1Type;

use crate::{database::Database, http::Problem};

/// Where a controller sits, as far as it says.
pub(crate) async fn place(database: &Database, controller: &ControllerId) -> Result<Option<Region>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        region: Option<String>,
    }
    let sql = "SELECT region FROM controllers WHERE id = ?1";
    let row = database.first::<Row>(database.statement(sql, &[D1Type::Text(controller.as_str())])?).await?;
    Ok(row.and_then(|row| Region::parse(&row.region?)))
}
