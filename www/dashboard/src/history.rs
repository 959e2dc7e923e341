//! What happened, shortened: what happened several times in a row is one line.

/// One line: what happened, when it happened last, and how many times in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What happened.
    pub kind: &'a str,
    /// When, the last time.
    pub at: &'a str,
    /// How many times.
    pub times: usize,
}

/// Events as lines, in their order.
pub fn lines<'a>(events: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Line<'a>> {
    let mut lines = Vec::<Line<'_>>::new();
    for (kind, at) in events {
        match lines.last_mut() {
            Some(last) if last.kind == kind => {
                last.at = at;
                last.times += 1;
            }
            _ => lines.push(Line { kind, at, times: 1 }),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Line, lines};

    #[test]
    fn what_happens_several_times_in_a_row_is_one_line_with_its_last_time() {
        let events = [("RECEIVED", "1"), ("VIEWED", "2"), ("VIEWED", "3"), ("STARTED", "4"), ("VIEWED", "5")];
        let line = |kind, at, times| Line { kind, at, times };
        let expected =
            [line("RECEIVED", "1", 1), line("VIEWED", "3", 2), line("STARTED", "4", 1), line("VIEWED", "5", 1)];
        assert_eq!(lines(events), expected);
        assert!(lines([]).is_empty());
    }
}
