//! How each country's numbers are written at home.
//!
//! Nothing is guessed: a number that could be read in two ways, or that could be a local one without its area code, is
//! nobody's. So where numbers begin with a trunk prefix when they are written in full (`030 …`), one without it is taken
//! only if no local number is as long.
//!
//! The plans are Google's (libphonenumber), brought into a table by tables/plans.rs. A line is looked up and its patterns are
//! followed when a number is there to be read, and not before.

mod pattern;
#[cfg(test)]
mod tests;

use nod_core::{identity::phone::NumberingPlan, region::Region};
use pattern::{Digits, longest};

const PLANS: &str = include_str!(concat!(env!("OUT_DIR"), "/plans.txt"));

/// Every country's plan.
pub(crate) struct Plans;

/// How each country's numbers are written at home.
pub(crate) const fn numbering_plan() -> &'static Plans {
    &Plans
}

impl NumberingPlan for Plans {
    fn international(&self, written: &str, home: &Region) -> Option<String> {
        let plan = Plan::of(home.country())?;
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let mut readings = plan.readings(&digits);
        let number = readings.next()?;
        readings.all(|other| other == number).then_some(number)
    }
}

/// One country's plan.
struct Plan<'a> {
    /// The calling code: `49`. Several countries may share one.
    code: &'a str,
    /// What is dialled before a foreign number, as a pattern: `00`.
    abroad: &'a str,
    /// What is dialled before a number of another place in the country: `0`. Empty where there is nothing.
    trunk: &'a str,
    /// Fixed lines, as a pattern of the national number.
    fixed: &'a str,
    /// All other numbers.
    others: &'a str,
}

impl<'a> Plan<'a> {
    fn all() -> impl Iterator<Item = (&'a str, Self)> {
        PLANS.lines().filter_map(|line| {
            let mut columns = line.split('\t');
            let country = columns.next()?;
            let [code, abroad, trunk, fixed, others] = [(); 5].map(|()| columns.next().unwrap_or_default());
            Some((country, Self { code, abroad, trunk, fixed, others }))
        })
    }

    fn of(country: &str) -> Option<Self> {
        Self::all().find(|(name, _)| *name == country).map(|(_, plan)| plan)
    }

    /// All that the digits can mean when they are dialled here.
    fn readings(&self, digits: &str) -> impl Iterator<Item = String> {
        let in_full = digits.strip_prefix(self.trunk).filter(|_| !self.trunk.is_empty());
        let bare = Some(digits).filter(|digits| self.trunk.is_empty() || digits.len() > self.longest_local());
        let national = [in_full, bare].into_iter().flatten().filter(|number| is_number(self.code, number));
        let national: Vec<String> = national.map(|number| format!("+{}{number}", self.code)).collect();
        let foreign: Vec<String> = Digits::read(digits)
            .into_iter()
            .flat_map(|read| read.begin(self.abroad))
            .filter_map(|length| digits.get(length..))
            .filter(|number| is_foreign(number))
            .map(|number| format!("+{number}"))
            .collect();
        national.into_iter().chain(foreign)
    }

    /// A local number is a fixed line's without its area code, which has at least one digit.
    fn longest_local(&self) -> usize {
        longest(self.fixed).saturating_sub(1)
    }
}

/// Whether the countries of a calling code have this national number. They dial one another as they dial themselves.
fn is_number(code: &str, national: &str) -> bool {
    let Some(digits) = Digits::read(national) else { return false };
    Plan::all().any(|(_, plan)| plan.code == code && (digits.are(plan.fixed) || digits.are(plan.others)))
}

/// Whether a number that begins with a calling code is one of its countries'.
fn is_foreign(number: &str) -> bool {
    (1..=3).filter_map(|length| number.split_at_checked(length)).any(|(code, national)| is_number(code, national))
}
