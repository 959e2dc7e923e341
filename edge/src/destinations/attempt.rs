//! One delivery's turn: is it settled already, may it still go, may it go now, and what came of it.

use nod_core::sorted::SortedSet;

use nod_core::{
    destinations::{Delivery, Hashed, Hashes, Item, Outcome, Parcel, Person, Plan, Request, Verdict, outcome::judge},
    events::Ground,
    id::PurposeId,
    regime,
    time::Timestamp,
};

use super::{
    ledger::{Settlement, settle, standing},
    patience,
    points::{self, Budget},
    route::{End, Route},
};
use crate::{
    clock, consent,
    http::{
        Problem,
        outgoing::{self, Reads},
    },
    keys,
};

/// What came of an attempt.
pub(super) enum Result {
    /// There is nothing left to do.
    Settled,
    /// It has to wait, for so many milliseconds at least.
    Later { wait: i64 },
}

/// What is to be sent, and what is not sent any more.
struct Prepared {
    plan: Plan,
    settlement: Settlement,
}

impl Route<'_> {
    /// A delivery's turn.
    pub(super) async fn attempt(
        &mut self,
        delivery: &Delivery,
        budget: &Budget,
    ) -> std::result::Result<Result, Problem> {
        let now = clock::now()?;
        let since = clock::later(now, patience(self.environment).order().saturating_neg());
        let standing = standing(&self.database, delivery, since).await?;
        if standing.is_settled() {
            return Ok(Result::Settled);
        }
        if standing.is_behind() {
            return Ok(Result::Later { wait: 0 });
        }
        let Some(end) = &self.end else {
            let settlement = Settlement::lost("removed", delivery.events.len());
            return self.settled(delivery, &settlement).await;
        };
        let granted = self.granted(end, delivery, now).await?;
        let (items, withheld) = end.destination.items(delivery, &granted, &end.purposes);
        let settlement = Settlement { withheld, ..Settlement::default() };
        if items.is_empty() {
            return self.settled(delivery, &settlement).await;
        }
        let prepared = self.prepare(end, delivery, items, &granted, now, settlement)?;
        if let Verdict::Wait(until) = self.health.ask(&self.database, now).await? {
            return Ok(Result::Later { wait: until.millis().saturating_sub(now.millis()) });
        }
        match prepared {
            Ok(prepared) => self.send(delivery, prepared, budget).await,
            Err(because) => self.failed(now, because, None).await,
        }
    }

    /// What the visitor grants now. Who has not chosen granted what the law presumes, and is asked nothing again.
    async fn granted(
        &self,
        end: &End,
        delivery: &Delivery,
        now: Timestamp,
    ) -> std::result::Result<SortedSet<PurposeId>, Problem> {
        let Some(visitor) = &delivery.visitor else { return Ok(delivery.permitted.clone()) };
        let record = consent::newest(self.environment, self.controller, self.key, visitor).await?;
        let regime = regime::REGIMES.iter().find(|regime| regime.id == delivery.regime).unwrap_or(&regime::DEFAULT);
        // The browser's signal was heeded when the events arrived, and `permitted` still says so.
        let ground = Ground { site: &end.site, record: record.as_ref(), regime, gpc: false, now };
        Ok(ground.permitted(true).intersection(&delivery.permitted).cloned().collect())
    }

    /// The calls that a delivery makes; the inner error is what keeps the destination from having them.
    fn prepare(
        &self,
        end: &End,
        delivery: &Delivery,
        items: Vec<Item>,
        granted: &SortedSet<PurposeId>,
        now: Timestamp,
        settlement: Settlement,
    ) -> std::result::Result<std::result::Result<Prepared, &'static str>, Problem> {
        let Ok(target) = &end.destination.target else { return Ok(Err("misconfigured")) };
        let person = self.person(delivery)?;
        let parcel = Parcel {
            id: &delivery.id,
            site: &delivery.site,
            person: &person,
            page: &delivery.page,
            hashes: hashes(delivery.identity.as_ref().filter(|hashed| granted.contains(&hashed.purpose))),
            user_agent: delivery.user_agent.as_deref(),
            ad_consent: end.destination.ad_consent(granted),
            items,
            now,
        };
        Ok(match parcel.plan(target, &end.secrets) {
            Ok(plan) => Ok(Prepared { plan, settlement }),
            Err(unfit) => Err(unfit.name()),
        })
    }

    /// The visitor's name at this destination: of whoever did not choose one of the visit's, or of this delivery alone.
    fn person(&self, delivery: &Delivery) -> std::result::Result<Person, Problem> {
        let (kind, who) = match (&delivery.visitor, &delivery.visit) {
            (Some(visitor), _) => ("visitor", visitor.as_str()),
            (None, Some(visit)) => ("visit", visit.as_str()),
            (None, None) => ("delivery", delivery.id.as_str()),
        };
        let parts = [self.key.as_str(), self.name, kind, who];
        let masters = keys::masters(self.environment)?;
        masters.visitor(self.controller, &parts).map(Person::new).map_err(Problem::no_master_key)
    }

    async fn send(
        &mut self,
        delivery: &Delivery,
        prepared: Prepared,
        budget: &Budget,
    ) -> std::result::Result<Result, Problem> {
        let Prepared { plan, mut settlement } = prepared;
        if !points::write(self.environment, budget, &plan.points)? {
            return Ok(Result::Later { wait: 0 });
        }
        settlement.delivered = plan.points.len();
        for (reason, events) in plan.lost {
            settlement.lose(reason, events);
        }
        for request in &plan.requests {
            match self.outcome(request).await {
                Outcome::Delivered => settlement.delivered = settlement.delivered.saturating_add(request.events),
                Outcome::Refused { because } => settlement.lose(&because, request.events),
                Outcome::Later { because, asked } => return self.failed(clock::now()?, &because, asked).await,
            }
        }
        // Settled first: what was sent and is not known to be would be sent again.
        let settled = self.settled(delivery, &settlement).await?;
        if let Some((because, _)) = settlement.lost.first() {
            self.health.refused(&self.database, clock::now()?, because).await?;
        } else {
            self.health.works(&self.database).await?;
        }
        Ok(settled)
    }

    async fn outcome(&self, request: &Request) -> Outcome {
        let Some(end) = &self.end else { return Outcome::Later { because: "removed".to_owned(), asked: None } };
        match outgoing::post(request, Reads::Refusals).await {
            Ok(answer) => judge(end.destination.kind, &answer),
            Err(because) => Outcome::Later { because: because.to_owned(), asked: None },
        }
    }

    async fn failed(
        &mut self,
        now: Timestamp,
        because: &str,
        asked: Option<i64>,
    ) -> std::result::Result<Result, Problem> {
        self.health.fails(&self.database, now, patience(self.environment), because, asked).await?;
        let until = self.health.until().map_or(0, |until| until.millis().saturating_sub(now.millis()));
        Ok(Result::Later { wait: until })
    }

    async fn settled(&self, delivery: &Delivery, settlement: &Settlement) -> std::result::Result<Result, Problem> {
        settle(&self.database, delivery, settlement, clock::now()?).await?;
        Ok(Result::Settled)
    }
}

fn hashes(hashed: Option<&Hashed>) -> Hashes<'_> {
    hashed.map_or_else(Hashes::default, |hashed| Hashes {
        email: hashed.email.as_deref(),
        phone: hashed.phone.as_deref(),
        customer_id: hashed.customer_id.as_deref(),
    })
}
