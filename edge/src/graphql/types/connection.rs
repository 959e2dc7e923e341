//! Connections as staff see them.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{ComplexObject, Context, ID, Lookahead, Result, SimpleObject};
use nod_core::{
    id::{ConnectionId, ControllerId},
    staff::Role,
    time::Timestamp,
};

use super::FieldMapping;
use crate::{
    clock,
    connection::{self, Connection},
    database::Database,
    graphql::{
        names::{Scheme, Source},
        session::{Session, failed},
        time::DateTime,
    },
    http::Problem,
    webhooks,
};

/// One webhook source of a controller.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct WebhookConnection {
    #[graphql(skip)]
    stored: Connection,
    /// Its id. Not what platforms send to: see `url`.
    id: ID,
    /// Who sends.
    source: Source,
    /// How deliveries prove where they come from.
    scheme: Scheme,
    /// What staff call it.
    label: String,
    /// When it was made.
    created_at: DateTime,
    /// When it ended. It takes no deliveries since.
    disabled_at: Option<DateTime>,
    /// Whether anybody who knows the address can send. Such deliveries only take consent back.
    is_weak: bool,
    /// Shopify's name of the shop, from its first delivery on.
    shop: Option<String>,
    /// Where a custom application's payloads hold identifiers; the usual places where it is null.
    mapping: Option<FieldMapping>,
    /// Until when the secret before the present one holds, too.
    secret_rotates_until: Option<DateTime>,
    /// When the last delivery arrived.
    last_delivery_at: Option<DateTime>,
    /// Calls whose proof did not hold.
    refused_count: u32,
    /// When the last of them arrived.
    last_refused_at: Option<DateTime>,
    /// What was wrong with it.
    last_refused_because: Option<String>,
}

#[ComplexObject]
impl WebhookConnection {
    /// The address that the platform sends to. For owners: whoever knows it can try to send.
    async fn url(&self, context: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(context)?;
        session.staff(Role::Owner)?;
        self.stored.open_url(&session.call().environment).map(Some).map_err(failed)
    }
}

impl WebhookConnection {
    pub(in crate::graphql) fn new(
        stored: Connection,
        last_delivery_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let unreadable = |_| Problem::internal(&format!("the mapping of the connection {} cannot be read", stored.id));
        let rotates = stored.previous_secret.as_ref().and(stored.previous_not_after).filter(|end| now <= *end);
        Ok(Self {
            id: (&stored.id).into(),
            source: stored.source.into(),
            scheme: stored.scheme.into(),
            label: stored.label.clone(),
            created_at: stored.created_at.into(),
            disabled_at: stored.disabled_at.map(DateTime),
            is_weak: stored.scheme.is_weak(),
            shop: stored.shop.as_ref().map(|shop| shop.as_str().to_owned()),
            mapping: stored.mapping.as_deref().map(serde_json::from_str).transpose().map_err(unreadable)?,
            secret_rotates_until: rotates.map(DateTime),
            last_delivery_at: last_delivery_at.map(DateTime),
            refused_count: stored.refused,
            last_refused_at: stored.refused_at.map(DateTime),
            last_refused_because: stored.refused_because.clone(),
            stored,
        })
    }
}

/// What of connections is asked for: the rest is not read.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct Wanted {
    /// Anything at all.
    pub(in crate::graphql) any: bool,
    last_delivery: bool,
}

impl Wanted {
    /// What is asked of the connections in these places.
    pub(in crate::graphql) fn in_any(places: &[Lookahead<'_>]) -> Self {
        Self {
            any: places.iter().any(Lookahead::exists),
            last_delivery: places.iter().any(|place| place.field("lastDeliveryAt").exists()),
        }
    }

    /// These rows as staff see them.
    pub(in crate::graphql) async fn shown(
        self,
        database: &Database,
        controller: &ControllerId,
        rows: Vec<Connection>,
    ) -> Result<Vec<WebhookConnection>, Problem> {
        let now = clock::now()?;
        let mut latest = BTreeMap::new();
        if self.last_delivery && !rows.is_empty() {
            let ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
            latest = webhooks::latest(database, controller, &ids).await?;
        }
        rows.into_iter()
            .map(|row| {
                let last = latest.get(&row.id).copied();
                WebhookConnection::new(row, last, now)
            })
            .collect()
    }
}

/// Connections by their ids.
pub(in crate::graphql) type Known = BTreeMap<ConnectionId, Arc<WebhookConnection>>;

/// The connections of these ids, if they are asked for.
pub(in crate::graphql) async fn known<'a>(
    database: &Database,
    controller: &ControllerId,
    ids: impl IntoIterator<Item = &'a ConnectionId>,
    wanted: Wanted,
) -> Result<Known, Problem> {
    let ids: std::collections::BTreeSet<_> = ids.into_iter().collect();
    if !wanted.any || ids.is_empty() {
        return Ok(Known::new());
    }
    let rows = connection::several(database, controller, &ids.into_iter().collect::<Vec<_>>()).await?;
    let shown = wanted.shown(database, controller, rows).await?;
    Ok(shown.into_iter().map(|connection| (connection.stored.id.clone(), Arc::new(connection))).collect())
}

/// A connection that was asked for. Connections are never deleted, so it is there.
pub(super) fn there(connection: Option<&Arc<WebhookConnection>>) -> Result<Arc<WebhookConnection>> {
    connection.cloned().ok_or_else(|| failed(Problem::internal("a connection that was asked for and was not read")))
}
