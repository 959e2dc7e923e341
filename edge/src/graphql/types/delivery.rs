//! Deliveries as staff see them.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, InputObject, Result, SimpleObject};

use super::{
    WebhookConnection,
    connection::{Known, there},
};
use crate::{
    graphql::{names::DeliveryStatus, time::DateTime},
    http::Problem,
    webhooks::Kept,
};

/// Which deliveries.
#[derive(Default, InputObject)]
pub(in crate::graphql) struct DeliveryFilter {
    /// Those of one connection.
    pub(in crate::graphql) connection: Option<ID>,
    /// Those of which this became.
    pub(in crate::graphql) status: Option<DeliveryStatus>,
}

/// What is kept of one call to a connection. Never its body.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct Delivery {
    #[graphql(skip)]
    connection: Option<Arc<WebhookConnection>>,
    /// Its id.
    id: ID,
    /// The platform's name of what happened: `orders/create`. Empty where it cannot be read.
    event: String,
    /// What became of it.
    status: DeliveryStatus,
    /// Why it was ignored or cannot be used.
    reason: Option<String>,
    /// When it arrived.
    received_at: DateTime,
    /// When it happened, by the platform's clock.
    happened_at: Option<DateTime>,
    /// The classes of personal data that it held.
    classes: Vec<String>,
    /// How it proved where it comes from.
    proof: String,
    /// The body's length.
    bytes: u32,
    /// How often it was sent again. It had its effect once.
    repeats: u32,
    /// The body's SHA-256, hex; null once it was purged.
    body: Option<String>,
    /// Whether `replayDelivery` can be of use.
    is_replayable: bool,
}

#[ComplexObject]
impl Delivery {
    /// What it came through.
    async fn connection(&self) -> Result<Arc<WebhookConnection>> {
        there(self.connection.as_ref())
    }
}

impl Delivery {
    /// A delivery with its connection, which is among the known ones if it is asked for.
    pub(in crate::graphql) fn new(kept: Kept, known: &Known) -> Result<Self, Problem> {
        let unreadable = |_| Problem::internal("the classes of a delivery cannot be read");
        Ok(Self {
            id: kept.id.into(),
            event: kept.event,
            status: DeliveryStatus::read(&kept.status).ok_or_else(|| Problem::internal("a status of no delivery"))?,
            reason: kept.reason,
            received_at: kept.received_at.into(),
            happened_at: kept.happened_at.map(DateTime),
            classes: serde_json::from_str(&kept.classes).map_err(unreadable)?,
            proof: kept.proof,
            bytes: kept.bytes,
            repeats: kept.repeats,
            body: kept.body.map(String::from),
            connection: known.get(&kept.connection).cloned(),
            is_replayable: kept.is_replayable != 0,
        })
    }
}
