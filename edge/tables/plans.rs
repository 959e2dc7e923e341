//! The table of the countries' numbering plans, from Google's metadata in `phonenumber`.
//!
//! The crate itself would be two thirds of the Worker (docs/dependencies.md). One line a country: its code by ISO 3166, its
//! calling code, how it dials abroad, its trunk prefix, its fixed lines, and every other kind of number.

use std::{collections::BTreeSet, fmt::Write as _};

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};

pub(crate) fn table() -> Result<String, std::fmt::Error> {
    let letters = || 'A'..='Z';
    let mut table = String::new();
    for country in letters().flat_map(|one| letters().map(move |other| format!("{one}{other}"))) {
        if let Some(plan) = DATABASE.by_id(&country) {
            line(&mut table, plan)?;
        }
    }
    Ok(table)
}

fn line(table: &mut String, plan: &Metadata) -> Result<(), std::fmt::Error> {
    let abroad = plan.international_prefix().map(|pattern| compact(pattern.as_str())).unwrap_or_default();
    let kinds = plan.descriptors();
    let pattern = |kind: &Descriptor| compact(kind.national_number().as_str());
    let fixed = kinds.fixed_line().map(pattern).unwrap_or_default();
    let others = [
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ];
    let others: BTreeSet<String> = others.into_iter().flatten().map(pattern).filter(|other| *other != fixed).collect();
    let others = others.into_iter().collect::<Vec<_>>().join("|");
    let (country, code, trunk) = (plan.id(), plan.country_code(), plan.national_prefix().unwrap_or_default());
    writeln!(table, "{country}\t{code}\t{abroad}\t{trunk}\t{fixed}\t{others}")
}

/// The metadata is indented for people.
fn compact(pattern: &str) -> String {
    pattern.split_whitespace().collect()
}
