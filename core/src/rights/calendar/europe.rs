//! Public holidays of the European Economic Area: those that hold in the whole of a state.
//!
//! Left out is what holds in a part of a state only, what a community may exchange for another day (6 January in Spain), and what
//! was changed lately or for some years only (in Slovakia, Hungary and Italy): a day that is left out ends a
//! period earlier, never later.

use chrono::Weekday::{Mon, Sat, Sun, Thu};

use super::{
    Calendar,
    Holiday::{Brigid, Easter, Fixed, From, Orthodox, Weekdays},
};

const fn state(id: &'static str, west: i32, east: i32, holidays: &'static [super::Holiday]) -> Calendar {
    Calendar { id, rest: &[Sat, Sun], holidays, west, east }
}

/// What holds in every state of the area, for a controller of whom no more is known.
pub const EEA: Calendar = state("EEA", -60, 180, &[Fixed(1, 1), Fixed(12, 25)]);

/// Each state.
#[rustfmt::skip]
pub static STATES: &[Calendar] = &[
    state("AT", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(1), Fixed(5, 1), Easter(39), Easter(50), Easter(60), Fixed(8, 15),
        Fixed(10, 26), Fixed(11, 1), Fixed(12, 8), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("BE", 60, 120, &[
        Fixed(1, 1), Easter(1), Fixed(5, 1), Easter(39), Easter(50), Fixed(7, 21), Fixed(8, 15), Fixed(11, 1),
        Fixed(11, 11), Fixed(12, 25),
    ]),
    state("BG", 120, 180, &[
        Weekdays(1, 1, 1), Weekdays(3, 3, 1), Orthodox(-2), Orthodox(1), Weekdays(5, 1, 1), Weekdays(5, 6, 1),
        Weekdays(5, 24, 1), Weekdays(9, 6, 1), Weekdays(9, 22, 1), Weekdays(12, 24, 3),
    ]),
    state("CY", 120, 180, &[
        Fixed(1, 1), Fixed(1, 6), Orthodox(-48), Fixed(3, 25), Fixed(4, 1), Orthodox(-2), Orthodox(1), Fixed(5, 1),
        Orthodox(50), Fixed(8, 15), Fixed(10, 1), Fixed(10, 28), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("CZ", 60, 120, &[
        Fixed(1, 1), Easter(-2), Easter(1), Fixed(5, 1), Fixed(5, 8), Fixed(7, 5), Fixed(7, 6), Fixed(9, 28),
        Fixed(10, 28), Fixed(11, 17), Fixed(12, 24), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("DE", 60, 120, &[
        Fixed(1, 1), Easter(-2), Easter(1), Fixed(5, 1), Easter(39), Easter(50), Fixed(10, 3), Fixed(12, 25),
        Fixed(12, 26),
    ]),
    state("DK", 60, 120, &[
        Fixed(1, 1), Easter(-3), Easter(-2), Easter(1), Easter(39), Easter(50), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("EE", 120, 180, &[
        Fixed(1, 1), Fixed(2, 24), Easter(-2), Fixed(5, 1), Fixed(6, 23), Fixed(6, 24), Fixed(8, 20), Fixed(12, 24),
        Fixed(12, 25), Fixed(12, 26),
    ]),
    state("ES", 0, 120, &[
        Fixed(1, 1), Easter(-2), Fixed(5, 1), Fixed(8, 15), Fixed(10, 12), Fixed(11, 1), Fixed(12, 6), Fixed(12, 8),
        Fixed(12, 25),
    ]),
    state("FI", 120, 180, &[
        Fixed(1, 1), Fixed(1, 6), Easter(-2), Easter(1), Fixed(5, 1), Easter(39), Fixed(12, 6), Fixed(12, 25),
        Fixed(12, 26),
    ]),
    state("FR", 60, 120, &[
        Fixed(1, 1), Easter(1), Fixed(5, 1), Fixed(5, 8), Easter(39), Easter(50), Fixed(7, 14), Fixed(8, 15),
        Fixed(11, 1), Fixed(11, 11), Fixed(12, 25),
    ]),
    state("GR", 120, 180, &[
        Fixed(1, 1), Fixed(1, 6), Orthodox(-48), Fixed(3, 25), Orthodox(-2), Orthodox(1), Fixed(5, 1), Orthodox(50),
        Fixed(8, 15), Fixed(10, 28), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("HR", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(1), Fixed(5, 1), Fixed(5, 30), Easter(60), Fixed(6, 22), Fixed(8, 5),
        Fixed(8, 15), Fixed(11, 1), Fixed(11, 18), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("HU", 60, 120, &[
        Fixed(1, 1), Fixed(3, 15), Easter(-2), Easter(1), Fixed(5, 1), Easter(50), Fixed(8, 20), Fixed(10, 23),
        Fixed(11, 1), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("IE", 0, 60, &[
        Fixed(1, 1), Brigid, Fixed(3, 17), Easter(1), From(Mon, 5, 1), From(Mon, 6, 1), From(Mon, 8, 1),
        From(Mon, 10, 25), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("IT", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(1), Fixed(4, 25), Fixed(5, 1), Fixed(6, 2), Fixed(8, 15), Fixed(11, 1),
        Fixed(12, 8), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("LT", 120, 180, &[
        Fixed(1, 1), Fixed(2, 16), Fixed(3, 11), Easter(1), Fixed(5, 1), Fixed(6, 24), Fixed(7, 6), Fixed(8, 15),
        Fixed(11, 1), Fixed(11, 2), Fixed(12, 24), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("LU", 60, 120, &[
        Fixed(1, 1), Easter(1), Fixed(5, 1), Fixed(5, 9), Easter(39), Easter(50), Fixed(6, 23), Fixed(8, 15),
        Fixed(11, 1), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("LV", 120, 180, &[
        Fixed(1, 1), Easter(-2), Easter(1), Fixed(5, 1), Weekdays(5, 4, 1), Fixed(6, 23), Fixed(6, 24),
        Weekdays(11, 18, 1), Fixed(12, 24), Fixed(12, 25), Fixed(12, 26), Fixed(12, 31),
    ]),
    state("MT", 60, 120, &[
        Fixed(1, 1), Fixed(2, 10), Fixed(3, 19), Fixed(3, 31), Easter(-2), Fixed(5, 1), Fixed(6, 7), Fixed(6, 29),
        Fixed(8, 15), Fixed(9, 8), Fixed(9, 21), Fixed(12, 8), Fixed(12, 13), Fixed(12, 25),
    ]),
    state("NL", 60, 120, &[
        Fixed(1, 1), Easter(-2), Easter(1), Fixed(4, 27), Fixed(5, 5), Easter(39), Easter(50), Fixed(12, 25),
        Fixed(12, 26),
    ]),
    state("PL", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(1), Fixed(5, 1), Fixed(5, 3), Easter(60), Fixed(8, 15), Fixed(11, 1),
        Fixed(11, 11), Fixed(12, 24), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("PT", -60, 60, &[
        Fixed(1, 1), Easter(-2), Fixed(4, 25), Fixed(5, 1), Easter(60), Fixed(6, 10), Fixed(8, 15), Fixed(10, 5),
        Fixed(11, 1), Fixed(12, 1), Fixed(12, 8), Fixed(12, 25),
    ]),
    state("RO", 120, 180, &[
        Fixed(1, 1), Fixed(1, 2), Fixed(1, 6), Fixed(1, 7), Fixed(1, 24), Orthodox(-2), Orthodox(1), Fixed(5, 1),
        Fixed(6, 1), Orthodox(50), Fixed(8, 15), Fixed(11, 30), Fixed(12, 1), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("SE", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(-2), Easter(1), Fixed(5, 1), Easter(39), Fixed(6, 6), Fixed(12, 25),
        Fixed(12, 26),
    ]),
    state("SI", 60, 120, &[
        Fixed(1, 1), Fixed(1, 2), Fixed(2, 8), Easter(1), Fixed(4, 27), Fixed(5, 1), Fixed(5, 2), Fixed(6, 25),
        Fixed(8, 15), Fixed(10, 31), Fixed(11, 1), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("SK", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(-2), Easter(1), Fixed(5, 1), Fixed(7, 5), Fixed(8, 29), Fixed(11, 1),
        Fixed(12, 24), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("IS", 0, 0, &[
        Fixed(1, 1), Easter(-3), Easter(-2), Easter(1), From(Thu, 4, 19), Fixed(5, 1), Easter(39), Easter(50),
        Fixed(6, 17), From(Mon, 8, 1), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("LI", 60, 120, &[
        Fixed(1, 1), Fixed(1, 6), Easter(1), Fixed(5, 1), Easter(39), Easter(50), Easter(60), Fixed(8, 15),
        Fixed(9, 8), Fixed(11, 1), Fixed(12, 8), Fixed(12, 25), Fixed(12, 26),
    ]),
    state("NO", 60, 120, &[
        Fixed(1, 1), Easter(-3), Easter(-2), Easter(1), Fixed(5, 1), Fixed(5, 17), Easter(39), Easter(50),
        Fixed(12, 25), Fixed(12, 26),
    ]),
];
