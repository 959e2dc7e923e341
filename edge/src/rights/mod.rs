//! Rights requests: what is asked for in a person's name.

mod act;
mod answer;
mod attempt;
mod call;
mod collect;
mod contact;
mod download;
mod endpoint;
mod erase;
mod facts;
mod files;
mod letters;
mod limits;
mod links;
mod list;
mod package;
mod plan;
mod proof;
mod reach;
mod said;
mod session;
mod shred;
mod stored;
mod submit;
mod turnstile;
mod work;

pub(crate) use answer::Obstacle;
pub(crate) use download::download;
pub(crate) use endpoint::{NotSet, set as set_endpoint};
pub(crate) use files::{File, FileKind, NewFile, insertion as keep_file, of_request as files_of_request};
pub(crate) use list::{Filter, Request, list};
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
