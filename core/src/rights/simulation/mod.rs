//! Every order in which three requests can be filed, entered by staff, proven, taken back, expired and merged, walked to its end.
//!
//! A world has three requests; who files them and for what is varied ([`world::CASTS`]). At every point each of the
//! events is tried on each of the requests: what is refused must change nothing, what happens opens a new world. Nothing is
//! sampled and nothing is skipped.
//!
//! What must hold in every world:
//!
//! - a person has at most one active, proven request of a kind;
//! - who proved an address and did not take the request back is answered: one request of the person and kind is active;
//! - a duplicate points to a request of the same person and kind whose address was proven, and following the pointers ends;
//! - a change touches one request, is one of the table's and has one entry in the journal;
//! - the clock of a request is what it would be if it were alone in the world;
//! - in the same world without the requests that nobody proved, all the others are the same to the last member.
//!
//! A second walk adds taking up, refusing and appealing. It can go round, so worlds that differ by their times only are entered once.

mod walk;
mod world;
