//! The table and its matcher against the library that the table is made from.

use phonenumber::{
    Mode, country,
    metadata::{DATABASE, Descriptor, Metadata},
};
use proptest::{prelude::*, sample::select};

use super::*;

fn read(written: &str, home: &str) -> Option<String> {
    Plans.international(written, &Region::parse(home)?)
}

fn plans() -> impl Iterator<Item = (&'static str, &'static Metadata)> {
    Plan::all().filter_map(|(country, _)| Some((country, DATABASE.by_id(country)?)))
}

fn kinds(plan: &Metadata) -> impl Iterator<Item = &Descriptor> {
    let kinds = plan.descriptors();
    let all = [
        kinds.fixed_line(),
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
    all.into_iter().flatten()
}

/// What the library makes of a number, where that is one. It takes too much away from some (`8 800 …` in Russia) and any
/// number that only begins like one for valid, so its metadata are asked.
fn library(written: &str, home: &str) -> Option<String> {
    let home: country::Id = home.parse().ok()?;
    let number = phonenumber::parse(Some(home), written).ok()?.format().mode(Mode::E164).to_string();
    number.strip_prefix('+').is_some_and(is_foreign).then_some(number)
}

/// Whether a regular expression of the metadata describes all of the digits.
fn describes(kind: &Descriptor, digits: &str) -> bool {
    let whole = format!("(?x)^(?:{})$", kind.national_number().as_str());
    regex_lite::Regex::new(&whole).is_ok_and(|pattern| pattern.is_match(digits))
}

#[test]
fn numbers_are_read_as_they_are_dialled() {
    for (written, home, number) in [
        ("(650) 253-0000", "US", "+16502530000"),
        ("1-650-253-0000", "US", "+16502530000"),
        ("604-253-0000", "US", "+16042530000"),
        ("030 901820", "DE", "+4930901820"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("0049 30 901820", "DE", "+4930901820"),
        ("00 44 20 7946 0958", "DE", "+442079460958"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("01 42 68 53 00", "FR", "+33142685300"),
        ("1 42 68 53 00", "FR", "+33142685300"),
        ("06 6982 1234", "IT", "+390669821234"),
        ("06 1 234 5678", "HU", "+3612345678"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("(11) 96123-4567", "BR", "+5511961234567"),
        ("98765 43210", "IN", "+919876543210"),
    ] {
        assert_eq!(read(written, home).as_deref(), Some(number), "{written} in {home}");
    }
}

#[test]
fn what_could_be_a_local_number_is_nobodys() {
    // In Berlin the first is the second; in Bonn it is somebody else's.
    assert_eq!(read("901820", "DE"), None);
    assert_eq!(read("30 901820", "DE"), None);
    assert_eq!(read("253-0000", "US"), None);
    assert_eq!(read("7946 0958", "GB"), None);
}

#[test]
fn what_is_no_number_there_is_nobodys() {
    for (written, home) in [
        ("", "US"),
        ("555-555-5555", "US"),
        ("123-123-1234", "US"),
        ("0000000000", "DE"),
        ("(650) 253-0000", "DE"),
        ("011 44 0", "US"),
        ("650 253 0000", "ZZ"),
        (&"1".repeat(40), "US"),
    ] {
        assert_eq!(read(written, home), None, "{written} in {home}");
    }
}

#[test]
fn every_country_with_a_plan_is_there() {
    assert_eq!(plans().count(), Plan::all().count());
    assert!(Plan::all().count() > 240);
}

#[test]
fn every_example_of_every_kind_in_every_country_is_read_as_it_is_dialled() {
    let mut all = 0_u32;
    for (country, plan) in plans() {
        for example in kinds(plan).filter_map(Descriptor::example) {
            let dialled = format!("{}{example}", plan.national_prefix().unwrap_or_default());
            let number = format!("+{}{example}", plan.country_code());
            assert_eq!(read(&dialled, country), Some(number), "{dialled} in {country}");
            all = all.saturating_add(1);
        }
    }
    assert!(all > 1000, "{all}");
}

/// Digits that begin like a number of the country, so that more than one in a thousand is one.
fn likely() -> impl Strategy<Value = (&'static str, String)> {
    let examples = plans().flat_map(|(country, plan)| {
        let trunk = plan.national_prefix().unwrap_or_default();
        let examples: Vec<&str> = kinds(plan).filter_map(Descriptor::example).collect();
        examples.into_iter().flat_map(move |one| [(country, one.to_owned()), (country, format!("{trunk}{one}"))])
    });
    (select(examples.collect::<Vec<_>>()), 0_usize..12, "[0-9]{0,8}").prop_map(|((country, example), kept, rest)| {
        (country, format!("{}{rest}", example.get(..kept).unwrap_or(&example)))
    })
}

proptest! {
    #[test]
    fn the_matcher_agrees_with_regular_expressions((country, digits) in likely()) {
        let (Some(plan), Some(original)) = (Plan::of(country), DATABASE.by_id(country)) else { return Ok(()) };
        let Some(read) = Digits::read(&digits) else { return Ok(()) };
        prop_assert_eq!(
            read.are(plan.fixed) || read.are(plan.others),
            kinds(original).any(|kind| describes(kind, &digits))
        );
    }

    #[test]
    fn the_library_reads_no_other_number((country, digits) in likely()) {
        if let (Some(ours), Some(theirs)) = (read(&digits, country), library(&digits, country)) {
            prop_assert_eq!(ours, theirs, "{} in {}", digits, country);
        }
    }

    #[test]
    fn any_text_is_answered(written in any::<String>(), home in "[A-Z]{2}") {
        let _ = read(&written, &home);
    }
}
