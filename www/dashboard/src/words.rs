//! The API's names as people read them.

/// `OPT_OUT_OF_SALE` is "Opt out of sale".
pub fn readable(name: &str) -> String {
    let words = name.to_ascii_lowercase().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// How long there is: "3 days left", "today", "2 days overdue".
pub fn days_left(days: i64) -> String {
    match days {
        0 => "Due today".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "1 day overdue".to_owned(),
        days if days > 0 => format!("{days} days left"),
        days => format!("{} days overdue", days.unsigned_abs()),
    }
}

/// Whether it is overdue, soon due, or neither: what the list shows in colour, and says in words beside it.
pub const fn urgency(days: i64) -> &'static str {
    match days {
        i64::MIN..0 => "overdue",
        0..=7 => "soon",
        _ => "later",
    }
}

/// A size: "3 KB".
pub fn bytes(size: u32) -> String {
    match size {
        0..1000 => format!("{size} bytes"),
        1000..1_000_000 => format!("{} KB", (size / 500).div_ceil(2)),
        _ => {
            let tenths = (size / 50_000).div_ceil(2);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, days_left, readable, urgency};

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        assert_eq!([12, 1600, 2_340_000].map(bytes), ["12 bytes", "2 KB", "2.3 MB"]);
        assert_eq!([1499, 1500, 1_949_999, u32::MAX].map(bytes), ["1 KB", "2 KB", "1.9 MB", "4295.0 MB"]);
    }

    #[test]
    fn names_and_days_are_said_in_words() {
        assert_eq!(readable("OPT_OUT_OF_SALE"), "Opt out of sale");
        assert_eq!(readable(""), "");
        for (days, words, class) in [
            (-2, "2 days overdue", "overdue"),
            (-1, "1 day overdue", "overdue"),
            (0, "Due today", "soon"),
            (1, "1 day left", "soon"),
            (30, "30 days left", "later"),
        ] {
            assert_eq!((days_left(days).as_str(), urgency(days)), (words, class));
        }
    }
}
