//! What may happen, and how often.

use proptest::prelude::*;

/// How a request fares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fare {
    /// It arrives, and so will the answer.
    Good,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// It never arrives.
    Lost,
    /// The page takes it for lost, and it arrives later all the same.
    Late,
}

/// One thing that happens. A number picks one of those that are there.
#[derive(Clone, Debug)]
pub(super) enum Action {
    Open,
    Close(usize, Fare),
    Hide(usize),
    Crash(usize),
    Navigate(usize, usize),
    Want(usize, usize),
    Track { tab: usize, purpose: usize, count: usize },
    Act(usize, u32),
    Identify(usize),
    Release(usize, usize),
    Choose(u32),
    Forget,
    Signal(bool),
    Record(Fare),
    Send(usize),
    Arrive(usize, Fare),
    Hear(usize),
    Consume(usize, usize),
    Dispatch(usize, bool),
    Publish(u32),
    Wait(i64),
}

pub(super) fn fare() -> impl Strategy<Value = Fare> {
    prop_oneof![4 => Just(Fare::Good), 1 => Just(Fare::AnswerLost), 1 => Just(Fare::Lost), 1 => Just(Fare::Late)]
}

pub(super) fn action() -> impl Strategy<Value = Action> {
    let some = || 0..8_usize;
    prop_oneof![
        2 => Just(Action::Open),
        1 => (some(), fare()).prop_map(|(tab, fare)| Action::Close(tab, fare)),
        1 => some().prop_map(Action::Hide),
        1 => some().prop_map(Action::Crash),
        1 => (some(), some()).prop_map(|(tab, path)| Action::Navigate(tab, path)),
        1 => (some(), some()).prop_map(|(tab, vendor)| Action::Want(tab, vendor)),
        14 => (some(), 0..3_usize, 1..20_usize).prop_map(|(tab, purpose, count)| Action::Track { tab, purpose, count }),
        2 => (some(), 0..8_u32).prop_map(|(tab, purposes)| Action::Act(tab, purposes)),
        1 => some().prop_map(Action::Identify),
        10 => (some(), prop_oneof![0..12_usize, Just(usize::MAX)]).prop_map(|(tab, most)| Action::Release(tab, most)),
        4 => (0..8_u32).prop_map(Action::Choose),
        1 => Just(Action::Forget),
        1 => any::<bool>().prop_map(Action::Signal),
        5 => fare().prop_map(Action::Record),
        10 => some().prop_map(Action::Send),
        12 => (some(), fare()).prop_map(|(request, fare)| Action::Arrive(request, fare)),
        8 => some().prop_map(Action::Hear),
        8 => (some(), 0..6_usize).prop_map(|(message, until)| Action::Consume(message, until)),
        8 => (some(), any::<bool>()).prop_map(|(delivery, is_heard)| Action::Dispatch(delivery, is_heard)),
        1 => (0..3_u32).prop_map(Action::Publish),
        1 => (0..72_i64).prop_map(Action::Wait),
    ]
}
