//! A delivery is read and settled with what its connection, the configuration and the platform know.

use nod_core::{
    id::DeliveryId,
    intake::{self, Commit, Outcome, Setting, Unusable},
    time::Timestamp,
    webhook::{Delivery, Verified},
};

use crate::{
    connection::Known,
    environment::Environment,
    http::Problem,
    identity::{numbering_plan, unicode},
    keys,
};

/// What a delivery says.
pub(super) fn read(delivery: &Delivery<'_>, verified: &Verified<'_>, known: &Known) -> Result<Outcome, Unusable> {
    let connection = &known.connection;
    let known =
        intake::Known { connection: &connection.id, shop: connection.shop.as_ref(), mapping: known.mapping.as_ref() };
    intake::read(delivery, verified, &known)
}

/// What is stored of it.
pub(super) fn settle(
    environment: &Environment,
    known: &Known,
    read: Result<Outcome, Unusable>,
    verified: &Verified<'_>,
    received_at: Timestamp,
    delivery: DeliveryId,
) -> Result<Commit, Problem> {
    let keys = keys::masters(environment)?;
    let setting = Setting {
        controller: &known.connection.controller,
        connection: &known.connection.id,
        source: verified.source(),
        keys: &keys,
        unicode: unicode(),
        plan: numbering_plan(),
        home: known.home.as_ref(),
        received_at,
        delivery,
    };
    let mut fault = None;
    let mut random = || {
        keys::random().unwrap_or_else(|problem| {
            fault = Some(problem);
            [0; 16]
        })
    };
    let commit = intake::settle(read, verified, &setting, &mut random).map_err(Problem::no_master_key)?;
    fault.map_or(Ok(commit), Err)
}
