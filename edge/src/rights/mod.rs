//! Rights requests: what is asked for in a person's name.

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
mod limits;
mod links;
mod list;
mod package;
mod plan;
mod reach;
mod said;
mod session;
mod shred;
mod turnstile;
mod work;

pub(crate) use answer::{Obstacle, Prepared, prepare};
pub(crate) use download::download;
pub(crate) use endpoint::{NotSet, set as set_endpoint};
pub(crate) use files::{File, FileKind, NewFile, insertion as keep_file, of_request as files_of_request};
pub(crate) use list::{Filter, Request, list};
pub(crate) use plan::later as plan_later;
pub(crate) use work::{Work, call_due, tidy, work};
