use std::collections::BTreeSet;

use super::*;

fn law(place: &str) -> &'static str {
    governing(Region::parse(place).as_ref()).id
}

#[test]
fn places_have_their_laws() {
    for (place, id) in [
        ("DE", "gdpr"),
        ("FR-75", "gdpr"),
        ("NO", "gdpr"),
        ("GB", "uk"),
        ("GB-SCT", "uk"),
        ("CH-ZH", "ch"),
        ("US-CA", "ccpa"),
        ("US-VA", "us-va"),
        ("US-TX", "us-tx"),
        ("US-NY", "default"),
        ("US", "default"),
        ("BR-SP", "lgpd"),
        ("CA-QC", "quebec"),
        ("CA-ON", "pipeda"),
        ("CA", "pipeda"),
        ("XX", "default"),
    ] {
        assert_eq!(law(place), id, "{place}");
    }
    assert_eq!(governing(None).id, "default");
}

#[test]
fn no_two_laws_share_an_id_or_a_place_and_each_says_where_it_comes_from() {
    let all: Vec<_> = laws().chain([&DEFAULT]).collect();
    let unique = |texts: Vec<&str>| texts.iter().collect::<BTreeSet<_>>().len() == texts.len();
    assert!(unique(all.iter().map(|law| law.id).collect()));
    assert!(unique(all.iter().map(|law| law.name).collect()));
    assert!(unique(all.iter().flat_map(|law| law.places).copied().collect()));
    assert!(unique(all.iter().map(|law| law.source).collect()));
    for law in all {
        assert_eq!(Law::parse(law.id), Some(law));
        assert!(law.source.len() > 15, "{}", law.id);
        assert!(law.kinds.contains(&Kind::Access) && law.kinds.contains(&Kind::Other), "{}", law.id);
        assert!(law.denials.iter().all(|(_, ground)| !ground.is_empty()), "{}", law.id);
    }
    assert_eq!(Law::parse("none"), None);
}

#[test]
fn the_controllers_place_picks_the_calendar_as_precisely_as_there_is_one() {
    let calendar = |law: &str, place: &str| Law::parse(law).unwrap().calendar_at(Region::parse(place).as_ref()).id;
    for (id, place, found) in [
        ("gdpr", "DE", "DE"),
        ("gdpr", "DE-BY", "DE"),
        ("gdpr", "US-CA", "EEA"),
        ("gdpr", "", "EEA"),
        ("uk", "GB-SCT", "GB-SCT"),
        ("uk", "GB-LND", "GB"),
        ("uk", "IE", "GB"),
        ("ccpa", "DE", "US-CA"),
        ("default", "DE", "ANY"),
    ] {
        assert_eq!(calendar(id, place), found, "{id} {place}");
    }
}

#[test]
fn every_state_of_the_gdpr_has_its_calendar() {
    let law = Law::parse("gdpr").unwrap();
    for place in law.places {
        assert_eq!(law.calendar_at(Region::parse(place).as_ref()).id, *place);
    }
    assert_eq!(law.places.len(), law.calendars.len());
}

#[test]
fn only_a_british_hold_stops_the_clock_and_never_a_legal_hold() {
    let pausing: Vec<_> = laws().chain([&DEFAULT]).filter(|law| !law.pauses.is_empty()).map(|law| law.id).collect();
    assert_eq!(pausing, ["uk"]);
    assert!(laws().all(|law| !law.pauses(HoldReason::LegalHold)));
}

#[test]
fn terms_are_written_as_durations() {
    let written = [Term::Months(1), Term::Days(45), Term::WorkingDays(10)].map(Term::iso8601);
    assert_eq!(written, ["P1M", "P45D", "P10D"]);
    assert!(Term::WorkingDays(10).counts_working_days() && !Term::Days(10).counts_working_days());
}

#[test]
fn grounds_are_those_of_the_law_that_governs() {
    let ground = |reason: DenialReason, law| reason.ground(Law::parse(law).unwrap());
    assert_eq!(ground(DenialReason::Excessive, "gdpr"), Some("Art. 12(5)(b)"));
    assert_eq!(ground(DenialReason::Excessive, "default"), None);
    assert_eq!(ground(DenialReason::SuspectedFraud, "ccpa"), Some("11 CCR 7026(e), 7027(f)"));
}
