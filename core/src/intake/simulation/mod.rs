//! Ten thousand deliveries, in any order, several times over, with crashes in between.
//!
//! **What is simulated.** Some hundreds of people buy, pay, subscribe, move, give gifts, share telephones, take over each
//! other's account numbers and ask for their rights ([`world`]). Five connections tell of it: a shop, a payment account, an
//! audience, an audience that signs nothing, and an application of the controller's own. Every message has the body that
//! the platform would send, is signed as the platform signs, and goes through the functions that the edge calls:
//! [`crate::webhook::verify`], [`super::read`], [`super::settle`], [`crate::identity::neighbourhood`]. Only the database
//! is a stand-in: it does with a plan what the edge's batch does with it, all or nothing ([`store`]).
//!
//! **What goes wrong.** The order of arrival is shuffled, a little or wholly. A call ends before its batch, so that nothing is
//! stored, or after it and before the answer, so that the sender cannot know; it sends again, sooner or later, and
//! sometimes although it was answered. Two instances work on the same call at once. Work that a batch left behind ends in the
//! middle, or is done by two at once. Half way through every connection gets a new secret, which the platforms use only later,
//! and the deployment a new master key, under which the stored pseudonyms are put a few at a time ([`edge`]).
//!
//! **What is outside control.** Senders keep sending until they are answered, as all of them do. A batch is atomic: that is
//! D1's promise, which the tests on workerd hold it to. Clocks of platforms are right about what they tell: a wrong one
//! is [`super::settle`]'s own test.
//!
//! **What is a failure.** In the end, compared with a run in which everything arrives once, in the order in which it happened,
//! and nothing goes wrong:
//!
//! - other people: another partition of the identities, named by their values;
//! - other observations, other consents, another decision that stands, other rights requests;
//! - a message whose delivery is missing, is there twice, or has another status or reason;
//! - a message that the sender was told was taken and that is not there;
//! - an entry of the journal that is missing or there twice, for a delivery, a request or a change;
//! - a change that is not exactly what its observation made of the facts before it, or is made twice.

mod edge;
mod outcome;
mod random;
mod store;
mod world;

use edge::{Edge, Faults};
use outcome::{Outcome, check};
use world::World;

fn compare(seed: u64, people: usize, messages: usize, windows: &[usize]) {
    let world = World::new(seed, people, messages);
    let mut quiet = Edge::new(seed, &world);
    quiet.run_quietly(&world);
    let expected = Outcome::of(&quiet, &world);
    assert!(expected.is_worth_it(), "nothing happens in this world");
    for (number, window) in windows.iter().enumerate() {
        let mut edge = Edge::new(seed ^ (number as u64 + 1) << 32, &world);
        edge.run(&world, &Faults { crash: 8, again: 10, twice: 12, window: *window });
        check(&edge, &world);
        assert!(edge.crashes > messages / 10 && edge.store.repeats > messages / 10, "hardly anything went wrong");
        assert_eq!(Outcome::of(&edge, &world), expected, "seed {seed}, shuffled over {window}");
    }
}

#[test]
fn ten_thousand_deliveries_in_any_order_with_crashes_end_as_in_order_without() {
    compare(1, 900, 10_000, &[10_000]);
}

#[test]
fn whatever_the_seed_and_however_much_the_order_is_shuffled() {
    for seed in 2..6 {
        compare(seed, 60, 400, &[1, 20, 400]);
    }
}
