//! Public holidays elsewhere.

use chrono::Weekday::{Mon, Sat, Sun, Thu};

use super::{
    Calendar,
    Holiday::{Easter, Fixed, From, OrMonday, Weekdays},
};

/// A place that is not known: no holidays, and every clock of the world.
pub const ANYWHERE: Calendar = Calendar { id: "ANY", rest: &[Sat, Sun], holidays: &[], west: -12 * 60, east: 14 * 60 };

/// What is a bank holiday in every part of the United Kingdom (Banking and Financial Dealings Act 1971, Schedule 1).
pub const UNITED_KINGDOM: Calendar = Calendar {
    id: "GB",
    rest: &[Sat, Sun],
    holidays: &[Weekdays(1, 1, 1), Easter(-2), From(Mon, 5, 1), From(Mon, 5, 25), Weekdays(12, 25, 2)],
    west: 0,
    east: 60,
};

/// Its parts.
pub static UNITED_KINGDOM_PARTS: &[Calendar] = &[
    Calendar {
        id: "GB-ENG",
        rest: &[Sat, Sun],
        holidays: &[
            Weekdays(1, 1, 1),
            Easter(-2),
            Easter(1),
            From(Mon, 5, 1),
            From(Mon, 5, 25),
            From(Mon, 8, 25),
            Weekdays(12, 25, 2),
        ],
        west: 0,
        east: 60,
    },
    Calendar {
        id: "GB-WLS",
        rest: &[Sat, Sun],
        holidays: &[
            Weekdays(1, 1, 1),
            Easter(-2),
            Easter(1),
            From(Mon, 5, 1),
            From(Mon, 5, 25),
            From(Mon, 8, 25),
            Weekdays(12, 25, 2),
        ],
        west: 0,
        east: 60,
    },
    Calendar {
        id: "GB-SCT",
        rest: &[Sat, Sun],
        holidays: &[
            Weekdays(1, 1, 2),
            Easter(-2),
            From(Mon, 5, 1),
            From(Mon, 5, 25),
            From(Mon, 8, 1),
            Weekdays(11, 30, 1),
            Weekdays(12, 25, 2),
        ],
        west: 0,
        east: 60,
    },
    Calendar {
        id: "GB-NIR",
        rest: &[Sat, Sun],
        holidays: &[
            Weekdays(1, 1, 1),
            Easter(-2),
            Easter(1),
            From(Mon, 5, 1),
            From(Mon, 5, 25),
            From(Mon, 8, 25),
            Weekdays(12, 25, 2),
            Weekdays(3, 17, 1),
            Weekdays(7, 12, 1),
        ],
        west: 0,
        east: 60,
    },
];

/// Switzerland: what is a holiday in every canton. A Saturday is one for a period of federal law (SR 173.110.3).
pub const SWITZERLAND: Calendar = Calendar {
    id: "CH",
    rest: &[Sat, Sun],
    holidays: &[Fixed(1, 1), Easter(39), Fixed(8, 1), Fixed(12, 25)],
    west: 60,
    east: 120,
};

/// The federal holidays of the United States (5 U.S.C. 6103), a Sunday made up for on Monday.
pub const UNITED_STATES: Calendar = Calendar {
    id: "US",
    rest: &[Sat, Sun],
    holidays: &[
        OrMonday(1, 1),
        From(Mon, 1, 15),
        From(Mon, 2, 15),
        From(Mon, 5, 25),
        OrMonday(6, 19),
        OrMonday(7, 4),
        From(Mon, 9, 1),
        From(Mon, 10, 8),
        OrMonday(11, 11),
        From(Thu, 11, 22),
        OrMonday(12, 25),
    ],
    west: -10 * 60,
    east: -4 * 60,
};

/// California: the days that its own law (Gov. Code 6700, 6701) and the federal one both name.
pub const CALIFORNIA: Calendar = Calendar {
    id: "US-CA",
    rest: &[Sat, Sun],
    holidays: &[
        OrMonday(1, 1),
        From(Mon, 1, 15),
        From(Mon, 2, 15),
        From(Mon, 5, 25),
        OrMonday(7, 4),
        From(Mon, 9, 1),
        From(Mon, 10, 8),
        OrMonday(11, 11),
        From(Thu, 11, 22),
        OrMonday(12, 25),
    ],
    west: -8 * 60,
    east: -7 * 60,
};

/// The national holidays of Brazil (Laws 662/1949, 6.802/1980, 14.759/2023). Only Sundays rest: a period may end on a Saturday.
pub const BRAZIL: Calendar = Calendar {
    id: "BR",
    rest: &[Sun],
    holidays: &[
        Fixed(1, 1),
        Fixed(4, 21),
        Fixed(5, 1),
        Fixed(9, 7),
        Fixed(10, 12),
        Fixed(11, 2),
        Fixed(11, 15),
        Fixed(11, 20),
        Fixed(12, 25),
    ],
    west: -5 * 60,
    east: -2 * 60,
};

/// What is a holiday for federal law in Canada (Interpretation Act, section 35). Only Sundays rest.
pub const CANADA: Calendar = Calendar {
    id: "CA",
    rest: &[Sun],
    holidays: &[
        Fixed(1, 1),
        Easter(-2),
        Easter(1),
        From(Mon, 5, 18),
        Fixed(7, 1),
        From(Mon, 9, 1),
        Fixed(9, 30),
        Fixed(11, 11),
        Fixed(12, 25),
    ],
    west: -8 * 60,
    east: -150,
};

/// What is a holiday for the law of Quebec (Interpretation Act, section 61(23)). Only Sundays rest.
pub const QUEBEC: Calendar = Calendar {
    id: "CA-QC",
    rest: &[Sun],
    holidays: &[
        Fixed(1, 1),
        Easter(-2),
        Easter(1),
        From(Mon, 5, 18),
        Fixed(6, 24),
        OrMonday(7, 1),
        From(Mon, 9, 1),
        From(Mon, 10, 8),
        Fixed(12, 25),
    ],
    west: -5 * 60,
    east: -3 * 60,
};
