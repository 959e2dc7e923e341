//! `POST /v1/events`: what a page sends is a claim. The stored record decides, and what it allows waits in a queue.

use nod_core::{
    consent::Record,
    destinations::Destination,
    events::{
        Batch, Decision, Ground, Message, decide,
        visit::{self, Salt},
    },
    id::{BatchId, VisitorId},
    site::Site,
    time::Timestamp,
};
use serde_json::json;

use super::{limit, salt};
use crate::{
    circumstances::Circumstances,
    clock,
    consent::{self, Standing},
    database,
    http::{Answer, Call, Problem, cors, must_be_json, read_body},
    keys,
    queue::{self, Queue},
    site, tags,
};

pub(super) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    must_be_json(call)?;
    let body = read_body(&mut call.request, Batch::MAX_BYTES).await?;
    let now = clock::now()?;
    let batch = Batch::parse(&body, now).map_err(|malformed| Problem::malformed_body("a list of events", malformed))?;
    let site = site::find(call, &batch.site).await?;
    cors::must_be_admitted(call, &site)?;
    let answer = Arrival { call, now, site: &site }.take(batch).await.unwrap_or_else(Answer::from);
    Ok(cors::share(answer, call, &site))
}

/// A batch of a page that may act for the site.
struct Arrival<'a> {
    call: &'a Call,
    now: Timestamp,
    site: &'a Site,
}

impl Arrival<'_> {
    async fn take(&self, batch: Batch) -> Result<Answer, Problem> {
        let (environment, controller) = (&self.call.environment, &self.site.controller);
        let address = self.call.header("CF-Connecting-IP").unwrap_or_default();
        let salt = salt::of_day(environment, controller, self.now).await;
        limit::check(environment, self.site, salt.as_ref(), &address).await?;
        let message = self.decide(batch, salt.as_ref(), &address).await?;
        let blocked = message.blocked.iter().fold(0_u32, |sum, blocked| sum.saturating_add(blocked.count));
        let is_empty = message.events.is_empty() && message.identity.is_none();
        if !is_empty || blocked > 0 || message.dropped > 0 {
            queue::send(environment, Queue::Events, controller, &[database::json(&message)?]).await?;
        }
        let answer = json!({"accepted": message.events.len(), "blocked": blocked});
        Ok(Answer::json(202, &answer)?.with("Cache-Control", "no-store"))
    }

    /// What the batch is allowed to tell.
    async fn decide(&self, batch: Batch, salt: Option<&Salt>, address: &str) -> Result<Message, Problem> {
        let circumstances = Circumstances::of(self.call);
        let Standing { record, opted_out } = match &batch.visitor {
            Some(visitor) => self.standing(visitor).await?,
            None => Standing::default(),
        };
        let record = record.as_ref();
        let refreshed = self.refreshed(record).await?;
        let site = refreshed.as_ref().unwrap_or(self.site);
        let regime = circumstances.regime();
        let ground = Ground { site, record, opted_out, regime, gpc: circumstances.gpc, now: self.now };
        let (visitor, page) = (batch.visitor.clone(), batch.page.clone());
        let decision = decide(batch, &ground);
        let agent = self.call.header("User-Agent").unwrap_or_default();
        let is_visit = decision.is_visit;
        Ok(Message {
            id: BatchId::from_random(keys::random()?),
            controller: site.controller.clone(),
            site: site.key.clone(),
            received_at: self.now,
            visitor,
            visit: salt.filter(|_| is_visit).map(|salt| visit::mark(salt, &site.key, address, &agent)),
            regime: regime.id.to_owned(),
            user_agent: if self.wants_user_agent(site, &decision).await? { Some(agent) } else { None },
            blocked: decision.blocked_list(),
            permitted: decision.permitted,
            events: decision.events,
            dropped: decision.dropped,
            page,
            identity: decision.identity,
        })
    }

    async fn standing(&self, visitor: &VisitorId) -> Result<Standing, Problem> {
        consent::standing(&self.call.environment, &self.site.controller, &self.site.key, visitor).await
    }

    /// The site as it is now, where a choice is about a newer notice than the one that our copy has.
    async fn refreshed(&self, record: Option<&Record>) -> Result<Option<Site>, Problem> {
        let is_stale = record.is_some_and(|record| record.notice_version > self.site.notice.version);
        Ok(if is_stale { Some(site::refresh(self.call, self.site).await?) } else { None })
    }

    /// Whether a destination cannot do without the browser's name of itself, and may have it.
    async fn wants_user_agent(&self, site: &Site, decision: &Decision) -> Result<bool, Problem> {
        let Some(published) = site.tags.as_ref().filter(|_| !decision.events.is_empty()) else { return Ok(false) };
        let environment = &self.call.environment;
        let version = tags::version(environment, &site.controller, &site.key, published.version).await?;
        Ok(version.is_some_and(|version| {
            let destinations = Destination::all(version.configuration.document(), environment.hosts());
            destinations.iter().any(|one| one.wants_user_agent() && one.is_permitted(&decision.permitted))
        }))
    }
}
