//! What waits in `nod-deliveries`: each destination's deliveries one after another, in the order in which the edge took them;
//! destinations beside one another, so that a slow one holds up nobody else.

use nod_core::sorted::SortedMap;

use futures_util::future::join_all;
use nod_core::{
    destinations::Delivery,
    id::{ControllerId, SiteKey},
};
use worker::console_error;

use super::{attempt::Result as Attempted, ledger::put_off, patience, points::Budget, route::Route};
use crate::{clock, environment::Environment, http::Problem, queue::Message};

/// How long a message that cannot be read waits, in seconds: a key may come back.
const UNREADABLE: u32 = 3600;

/// A message with what is in it.
struct Job<'a> {
    message: &'a Message,
    delivery: Delivery,
}

/// Whose deliveries, on which site, for which destination.
type Key = (ControllerId, SiteKey, String);

/// Brings what waits to where it belongs.
pub(crate) async fn consume(environment: &Environment, messages: &[Message]) {
    let mut groups: SortedMap<Key, Vec<Job<'_>>> = SortedMap::new();
    for message in messages {
        match read(environment, message) {
            Ok(delivery) => {
                let key = (delivery.controller.clone(), delivery.site.clone(), delivery.destination.clone());
                groups.entry(key).or_default().push(Job { message, delivery });
            }
            Err(problem) => {
                console_error!("deliveries: not read: {}", problem.name());
                message.again(UNREADABLE);
            }
        }
    }
    let budget = Budget::default();
    join_all(groups.into_iter().map(|(key, jobs)| bring(environment, key, jobs, &budget))).await;
}

/// What a message carries, for whom it was sealed.
pub(super) fn read(environment: &Environment, message: &Message) -> Result<Delivery, Problem> {
    let (controller, text) = message.open(environment)?;
    let delivery: Delivery =
        serde_json::from_str(&text).map_err(|_| Problem::internal("a delivery that cannot be read"))?;
    if delivery.controller == controller {
        Ok(delivery)
    } else {
        Err(Problem::internal("a delivery of somebody else's"))
    }
}

/// Brings one destination its deliveries. Behind one that has to wait, the others wait too, for a while.
async fn bring(environment: &Environment, key: Key, mut jobs: Vec<Job<'_>>, budget: &Budget) {
    jobs.sort_by(|one, other| place(one).cmp(&place(other)));
    let (controller, site, destination) = &key;
    let report = |problem: &Problem| console_error!("deliveries: {site}/{destination}: {}", problem.name());
    let mut route = match Route::load(environment, controller, site, destination).await {
        Ok(route) => route,
        Err(problem) => {
            report(&problem);
            for job in &jobs {
                again(environment, job, 0);
            }
            return;
        }
    };
    let mut held: Option<i64> = None;
    let mut waiting = Vec::new();
    for job in &jobs {
        let keeps_order = age(job) < patience(environment).order();
        let wait = match held.filter(|_| keeps_order) {
            Some(wait) => wait,
            None => match route.attempt(&job.delivery, budget).await {
                Ok(Attempted::Settled) => {
                    job.message.done();
                    continue;
                }
                Ok(Attempted::Later { wait }) => wait,
                Err(problem) => {
                    report(&problem);
                    0
                }
            },
        };
        again(environment, job, wait);
        if keeps_order {
            held.get_or_insert(wait);
            waiting.push(&job.delivery);
        }
    }
    if let Err(problem) = put_off(&route.database, &waiting).await {
        report(&problem);
    }
}

fn place<'a>(job: &'a Job<'_>) -> (i64, u32, &'a str) {
    (job.delivery.received_at, job.delivery.part, job.delivery.id.as_str())
}

/// How long it has been on its way, in milliseconds.
fn age(job: &Job<'_>) -> i64 {
    clock::now().map_or(0, |now| now.millis().saturating_sub(job.delivery.received_at))
}

fn again(environment: &Environment, job: &Job<'_>, wait: i64) {
    job.message.again(patience(environment).retry(age(job), wait));
}
