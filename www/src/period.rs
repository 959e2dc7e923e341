//! The times that laws give: ISO 8601 durations of one unit, `P1M`, `P45D`, `P15W`.

/// A number of units, as `Intl.NumberFormat` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub count: u16,
    /// `day`, `week`, `month` or `year`.
    pub unit: &'static str,
}

impl Period {
    /// Reads a duration of whole days, weeks, months or years; nothing else is one here.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        let unit = match rest.as_bytes().last()? {
            b'D' => "day",
            b'W' => "week",
            b'M' => "month",
            b'Y' => "year",
            _ => return None,
        };
        let count = rest.get(..rest.len() - 1)?.parse().ok()?;
        Some(Self { count, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn durations_of_one_unit_are_read() {
        assert_eq!(Period::parse("P1M"), Some(Period { count: 1, unit: "month" }));
        assert_eq!(Period::parse("P45D"), Some(Period { count: 45, unit: "day" }));
        for odd in ["", "P", "PD", "P1", "1M", "P1M2D", "PT1H", "P-1D"] {
            assert_eq!(Period::parse(odd), None, "{odd}");
        }
    }
}
