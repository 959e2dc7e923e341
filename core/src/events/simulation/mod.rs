//! Any interleaving of events, choices, versions and failures.
//!
//! **What is simulated.** One visitor's browser ([`browser`]): a cookie that holds the choice, a storage, and several tabs, each
//! with the queue that the engine runs ([`super::Queue`]), vendors and rules. The network between. The edge ([`edge`]): intake
//! with [`super::Batch::parse`] and [`super::decide`] and the consent records that [`crate::consent::decide`] makes, the queue of
//! messages and its consumer with [`super::claims`] and [`super::rollup`], the queue of deliveries and two receivers that ask
//! [`crate::destinations`]. Under a law with opt-in and under one with opt-out and Global Privacy Control.
//!
//! **What goes wrong.** A choice is made, changed or forgotten at any point, in the middle of a release and while a request is
//! on its way; it is recorded late, or twice. Requests and answers are lost; requests arrive after the page gave them up, and out
//! of order. Tabs are hidden, closed with a beacon that may not arrive, or crash; others take over what they kept. Instances
//! of the edge end between any two steps; both queues deliver in any order and more than once. The owner publishes other
//! vendors, destinations and purposes. Days pass.
//!
//! **What is outside control.** A database batch is atomic. Choices are recorded one after the other. A receiver knows a delivery by its
//! id, as Standard Webhooks asks of it.
//!
//! **What is a failure.**
//!
//! - anything that goes to a vendor, into a request, into storage, through the edge, or to a receiver, and is not granted with all the
//!   purposes that are needed at that moment;
//! - an event that the edge refuses although the choice did not change after it was sent;
//! - an event that is granted, and neither refused at any time since nor beyond a stated bound (the storage's size and age, a tab that
//!   crashes, a tab that closes without a choice while its beacon is lost), and that is not counted, or is not with its vendor or receiver;
//! - anything that is counted, forwarded or received twice;
//! - of two events that are granted for a vendor, or for the edge, the later one before the earlier.

mod actions;
mod browser;
mod edge;
mod ledger;
mod places;
mod world;

use actions::{Action, action};
use places::Law;
use proptest::{collection::vec, prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use world::World;

/// Runs what happens, and then lets everything settle. Gives how many events were told, counted and received.
fn run(law: Law, actions: &[Action]) -> (usize, usize, usize, usize) {
    let mut world = World::new(law);
    for action in actions {
        world.happen(action);
    }
    world.settle();
    let counted = world.check();
    (world.browser.ledger.events.len(), counted, world.edge.sink_count(), world.faults)
}

proptest! {
    #[test]
    fn with_opt_in_nothing_goes_without_consent_and_nothing_granted_is_lost_or_doubled(actions in vec(action(), 1..100)) {
        run(Law::Europe, &actions);
    }

    #[test]
    fn with_opt_out_nothing_goes_without_consent_and_nothing_granted_is_lost_or_doubled(actions in vec(action(), 1..100)) {
        run(Law::California, &actions);
    }
}

#[test]
fn a_long_life_of_one_browser_in_which_much_goes_wrong_ends_as_it_should() {
    for law in [Law::Europe, Law::California] {
        let mut runner = TestRunner::deterministic();
        let actions = vec(action(), 2000).new_tree(&mut runner).unwrap().current();
        let (told, counted, received, faults) = run(law, &actions);
        assert!(
            told > 1000 && counted > told / 20 && received > 100 && faults > 100,
            "{told} {counted} {received} {faults}"
        );
    }
}
