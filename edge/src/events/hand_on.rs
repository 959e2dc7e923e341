//! From a message to deliveries: for each destination that may have some of its events, one.

use nod_core::{
    destinations::Destination,
    events::{Event, Message},
    id::ControllerId,
};

use super::sites::Sites;
use crate::{
    database,
    environment::Environment,
    http::Problem,
    queue::{self, Queue},
};

/// Leaves deliveries of the messages' new events in their queue, in the order of the messages. Where that fails all is handed
/// on again, under the same names.
pub(super) async fn hand_on<'a>(
    environment: &Environment,
    controller: &ControllerId,
    messages: impl Iterator<Item = (&'a Message, &'a Vec<&'a Event>)>,
    sites: &Sites,
) -> Result<(), Problem> {
    let mut deliveries = Vec::new();
    for (message, events) in messages.filter(|(_, events)| !events.is_empty()) {
        let Some((configuration, purposes)) = sites.published(&message.site) else { continue };
        let events: Vec<Event> = events.iter().map(|event| (*event).clone()).collect();
        for destination in Destination::all(configuration.document(), environment.hosts()) {
            for delivery in destination.deliveries(message, &events, message.identity.as_ref(), purposes) {
                deliveries.push(database::json(&delivery)?);
            }
        }
    }
    if deliveries.is_empty() {
        return Ok(());
    }
    queue::send(environment, Queue::Deliveries, controller, &deliveries).await
}
