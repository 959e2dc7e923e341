//! Laws as everybody sees them.

use nod_core::rights::{Kind, Law, law::Term};

use crate::graphql::shown::Shown;

/// A law with its clocks; those of a kind of request, where it is one's.
pub(in crate::graphql) fn shown(law: &Law, kind: Option<Kind>) -> Shown {
    let respond = kind.map_or(law.respond, |kind| law.answer(kind));
    Shown::Object(vec![
        ("id", law.id.into()),
        ("name", law.name.into()),
        ("respondWithin", respond.iso8601().into()),
        ("respondInWorkingDays", respond.counts_working_days().into()),
        ("acknowledgeWithin", law.acknowledge.map(Term::iso8601).into()),
        ("acknowledgeInWorkingDays", law.acknowledge.is_some_and(Term::counts_working_days).into()),
        ("source", law.source.into()),
        ("hasAppeal", law.appeal.is_some().into()),
    ])
}
