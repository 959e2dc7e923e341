//! Field mappings and their trials.

use nod_core::intake::{
    ClassMapping, ConsentMapping, FieldMapping, Found, Path, Problem, RecordMapping, Trial, TrialConsent, TrialRecord,
};

use crate::graphql::shown::Shown;

/// Where a custom application's JSON says what.
pub(super) fn shown(mapping: &FieldMapping) -> Shown {
    let record = |record: &RecordMapping| {
        Shown::Object(vec![
            ("part", record.part.as_str().into()),
            ("root", record.root.as_ref().map(path).into()),
            ("email", paths(&record.email)),
            ("phone", paths(&record.phone)),
            ("customerId", paths(&record.customer_id)),
            ("authoritative", record.authoritative.into()),
        ])
    };
    let class =
        |class: &ClassMapping| Shown::Object(vec![("class", class.class.name().into()), ("path", path(&class.path))]);
    let consent = |consent: &ConsentMapping| {
        Shown::Object(vec![
            ("part", consent.part.as_deref().into()),
            ("channel", Shown::name(consent.channel.name())),
            ("granted", path(&consent.granted)),
            ("decidedAt", consent.decided_at.as_ref().map(path).into()),
        ])
    };
    Shown::Object(vec![
        ("event", paths(&mapping.event)),
        ("occurredAt", paths(&mapping.occurred_at)),
        ("records", Shown::list(mapping.records.iter().map(record))),
        ("classes", Shown::list(mapping.classes.iter().map(class))),
        ("consents", Shown::list(mapping.consents.iter().map(consent))),
    ])
}

/// What a mapping finds in a sample: where, how often, and never what it says.
pub(in crate::graphql) fn trial(trial: &Trial) -> Shown {
    let found = |found: &Found| {
        Shown::Object(vec![
            ("kind", Shown::name(found.kind.name())),
            ("path", path(&found.path)),
            ("count", found.count.into()),
        ])
    };
    let record = |record: &TrialRecord| {
        Shown::Object(vec![
            ("part", record.part.as_str().into()),
            ("people", record.people.into()),
            ("found", Shown::list(record.found.iter().map(found))),
        ])
    };
    let consent = |consent: &TrialConsent| {
        Shown::Object(vec![
            ("channel", Shown::name(consent.channel.name())),
            ("path", path(&consent.path)),
            ("count", consent.count.into()),
        ])
    };
    let problem = |problem: &Problem| {
        Shown::Object(vec![("message", problem.to_string().into()), ("code", Shown::name(problem.name()))])
    };
    Shown::Object(vec![
        ("isUseful", trial.is_useful().into()),
        ("event", trial.event.as_ref().map(path).into()),
        ("occurredAt", trial.occurred_at.as_ref().map(path).into()),
        ("classes", Shown::list(trial.classes.iter().map(|class| class.name()))),
        ("records", Shown::list(trial.records.iter().map(record))),
        ("consents", Shown::list(trial.consents.iter().map(consent))),
        ("problems", Shown::list(trial.problems.iter().map(problem))),
    ])
}

fn path(path: &Path) -> Shown {
    path.to_string().into()
}

fn paths(paths: &[Path]) -> Shown {
    Shown::list(paths.iter().map(path))
}
