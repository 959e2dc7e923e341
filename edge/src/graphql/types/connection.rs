//! Connections as staff see them.

use nod_core::sorted::SortedMap;
use std::sync::Arc;

use async_graphql::Lookahead;
use nod_core::{
    id::{ConnectionId, ControllerId},
    intake::FieldMapping,
    time::Timestamp,
    webhook::{self, Source, shopify::ShopDomain},
};

use super::mapping;
use crate::{
    clock,
    connection::{self, Connection},
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
    },
    http::Problem,
    webhooks,
};

/// Where a connection has its sealed address. No field of the API has this name.
const SEALED_URL: &str = "sealed url";

fn shown(stored: &Connection, last_delivery_at: Option<Timestamp>, now: Timestamp) -> Result<Shown, Problem> {
    let unreadable = |_| Problem::internal(&format!("the mapping of the connection {} cannot be read", stored.id));
    let mapping =
        stored.mapping.as_deref().map(serde_json::from_str::<FieldMapping>).transpose().map_err(unreadable)?;
    let rotates = stored.previous_secret.as_ref().and(stored.previous_not_after).filter(|end| now <= *end);
    let is_failing = stored.disabled_at.is_none() && webhook::is_failing(last_delivery_at, stored.refused_at, now);
    Ok(Shown::Object(vec![
        ("id", (&stored.id).into()),
        ("source", source(stored.source.name())),
        ("scheme", Shown::name(stored.scheme.name())),
        ("label", stored.label.as_str().into()),
        ("createdAt", stored.created_at.into()),
        ("disabledAt", stored.disabled_at.into()),
        ("isWeak", stored.scheme.is_weak().into()),
        ("shop", stored.shop.as_ref().map(ShopDomain::as_str).into()),
        ("mapping", mapping.as_ref().map(mapping::shown).into()),
        ("secretRotatesUntil", rotates.into()),
        ("lastDeliveryAt", last_delivery_at.into()),
        ("refusedCount", stored.refused.into()),
        ("lastRefusedAt", stored.refused_at.into()),
        ("lastRefusedBecause", stored.refused_because.as_deref().into()),
        ("isFailing", is_failing.into()),
        ("lastTestedAt", stored.tested_at.into()),
        ("lastTestedBecause", stored.tested_because.as_deref().into()),
        ("rightsUrl", stored.rights_url.as_deref().into()),
        (SEALED_URL, stored.url.as_str().into()),
    ]))
}

/// Who sends, by the name that the database has. To whoever connects it, Mandrill is Mailchimp's.
pub(super) fn source(stored: &str) -> Shown {
    Shown::name(if stored == Source::Mandrill.name() { Source::Mailchimp.name() } else { stored })
}

/// `WebhookConnection.url`: opened for owners, and only where it is asked for.
pub(in crate::graphql) fn url(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let id = asked.parent.text("id").and_then(ConnectionId::parse);
        let (Some(id), Some(sealed)) = (id, asked.parent.text(SEALED_URL)) else { return Ok(Shown::Nothing) };
        Ok(connection::open_url(&asked.session.call().environment, controller, &id, sealed)?.into())
    })
}

/// What of connections is asked for: the rest is not read.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct Wanted {
    /// Anything at all.
    any: bool,
    last_delivery: bool,
}

impl Wanted {
    /// What is asked of the connections in these places.
    pub(in crate::graphql) fn in_any(places: &[Lookahead<'_>]) -> Self {
        Self {
            any: places.iter().any(Lookahead::exists),
            last_delivery: places
                .iter()
                .any(|place| place.field("lastDeliveryAt").exists() || place.field("isFailing").exists()),
        }
    }

    /// These rows as staff see them.
    pub(in crate::graphql) async fn shown(
        self,
        database: &Database,
        controller: &ControllerId,
        rows: &[Connection],
    ) -> Result<Vec<Shown>, Problem> {
        let now = clock::now()?;
        let mut latest = SortedMap::new();
        if self.last_delivery && !rows.is_empty() {
            let ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
            latest = webhooks::latest(database, controller, &ids).await?;
        }
        rows.iter().map(|row| shown(row, latest.get(&row.id).copied(), now)).collect()
    }
}

/// Connections by their ids.
#[derive(Default)]
pub(in crate::graphql) struct Known(SortedMap<ConnectionId, Arc<Shown>>);

impl Known {
    /// The connections of these ids, if they are asked for: all with one query.
    pub(in crate::graphql) async fn read<'a>(
        database: &Database,
        controller: &ControllerId,
        ids: impl IntoIterator<Item = &'a ConnectionId>,
        wanted: Wanted,
    ) -> Result<Self, Problem> {
        let ids: nod_core::sorted::SortedSet<_> = ids.into_iter().collect();
        if !wanted.any || ids.is_empty() {
            return Ok(Self::default());
        }
        let rows = connection::several(database, controller, &ids.into_iter().collect::<Vec<_>>()).await?;
        let shown = wanted.shown(database, controller, &rows).await?;
        Ok(Self(rows.into_iter().zip(shown).map(|(row, shown)| (row.id, Arc::new(shown))).collect()))
    }

    /// A connection, if it was asked for. Connections are never deleted, so it is there then.
    pub(super) fn shown(&self, id: &ConnectionId) -> Shown {
        self.0.get(id).into()
    }
}
