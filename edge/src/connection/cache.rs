//! Copies of connections, ready to judge deliveries, in the memory of an isolate. A copy that is stale costs a second look
//! and is never believed: see [`super`].

use nod_core::sorted::SortedMap;
use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use nod_core::{
    id::{ConnectionId, ControllerId, Fingerprint},
    intake::FieldMapping,
    region::Region,
    webhook::Authentication,
};

use super::{Connection, Token, store};
use crate::{database::Database, environment::Environment, http::Problem};

/// As many copies as an isolate holds.
const MOST: usize = 256;

/// A connection, ready to judge deliveries.
pub(crate) struct Known {
    pub(crate) connection: Connection,
    pub(crate) authentication: Authentication,
    pub(crate) mapping: Option<FieldMapping>,
    /// Where the controller's numbers without a country code are dialled.
    pub(crate) home: Option<Region>,
}

/// The copies, and in which order they came.
#[derive(Default)]
struct Copies {
    all: SortedMap<Fingerprint, Rc<Known>>,
    order: VecDeque<Fingerprint>,
}

impl Copies {
    fn put(&mut self, known: Rc<Known>) {
        let address = known.connection.address.clone();
        if self.all.insert(address.clone(), known).is_none() {
            self.order.push_back(address);
        }
        while self.order.len() > MOST {
            let Some(oldest) = self.order.pop_front() else { break };
            self.all.remove(&oldest);
        }
    }

    fn forget(&mut self, address: &Fingerprint) {
        self.all.remove(address);
        self.order.retain(|known| known != address);
    }
}

thread_local! {
    static COPIES: RefCell<Copies> = RefCell::default();
}

/// The connection behind an address, possibly as it was a while ago: then the second of the pair is true.
pub(crate) async fn find(environment: &Environment, token: &Token) -> Result<Option<(Rc<Known>, bool)>, Problem> {
    let copy = COPIES.with_borrow(|copies| copies.all.get(&token.hash()).map(Rc::clone));
    match copy {
        Some(copy) => Ok(Some((copy, true))),
        None => Ok(find_anew(environment, token).await?.map(|known| (known, false))),
    }
}

/// The connection behind an address as it is now.
pub(crate) async fn find_anew(environment: &Environment, token: &Token) -> Result<Option<Rc<Known>>, Problem> {
    let address = token.hash();
    let Some(found) = store::by_address(&Database::of_environment(environment)?, &address).await? else {
        forget(&address);
        return Ok(None);
    };
    let known = Rc::new(ready(environment, found)?);
    COPIES.with_borrow_mut(|copies| copies.put(Rc::clone(&known)));
    Ok(Some(known))
}

/// One connection of a controller as it is now, disabled or not. No copy is kept.
pub(crate) async fn known(
    environment: &Environment,
    controller: &ControllerId,
    id: &ConnectionId,
) -> Result<Option<Known>, Problem> {
    let found = store::with_region(&Database::of_environment(environment)?, controller, id).await?;
    found.map(|found| ready(environment, found)).transpose()
}

/// Drops the copy of a connection that was changed here. Other isolates notice by themselves.
pub(crate) fn forget(address: &Fingerprint) {
    COPIES.with_borrow_mut(|copies| copies.forget(address));
}

fn ready(environment: &Environment, found: store::Found) -> Result<Known, Problem> {
    let store::Found { connection, region } = found;
    let unreadable = |_| Problem::internal(&format!("the mapping of the connection {} cannot be read", connection.id));
    let mapping = connection.mapping.as_deref().map(FieldMapping::parse).transpose().map_err(unreadable)?;
    Ok(Known {
        authentication: connection.authentication(environment)?,
        mapping,
        home: region.as_deref().and_then(Region::parse),
        connection,
    })
}
