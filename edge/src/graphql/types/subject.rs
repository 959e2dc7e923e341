//! Data subjects as staff see them: what identity reckons, with the connections that it names.

use async_graphql::Lookahead;
use nod_core::id::{ConnectionId, ControllerId, IdentityId};

use super::{connection::Known, rights};
use crate::{
    database::Database,
    graphql::shown::Shown,
    http::Problem,
    identity::{Consent, Identity, Platform, Profile, SubjectChange, Visitor, WithheldFact},
};

/// The connections that a profile names.
pub(in crate::graphql) fn connections(profile: &Profile) -> impl Iterator<Item = &ConnectionId> {
    let platforms = profile.platforms.iter().map(|platform| &platform.connection);
    let consents = profile.consents.iter().map(|consent| &consent.connection);
    platforms.chain(consents).chain(profile.requests.iter().filter_map(|request| request.connection.as_ref()))
}

/// Where a person's connections are asked for.
pub(in crate::graphql) fn connections_of<'a>(person: &Lookahead<'a>) -> [Lookahead<'a>; 3] {
    ["platforms", "consents", "requests"].map(|list| person.field(list).field("connection"))
}

/// A person as staff see them.
pub(in crate::graphql) fn shown(profile: Profile, known: &Known, requests: Shown) -> Shown {
    Shown::Object(vec![
        ("id", (&profile.id).into()),
        ("identities", Shown::list(profile.identities.iter().map(identity))),
        ("platforms", Shown::list(profile.platforms.iter().map(|one| platform(one, known)))),
        ("consents", Shown::list(profile.consents.into_iter().map(|one| consent(one, known)))),
        ("requests", requests),
        ("changes", Shown::list(profile.changes.into_iter().map(change))),
        ("isPartial", profile.is_partial.into()),
        ("withheld", Shown::list(profile.withheld.iter().map(withheld))),
        ("visitors", Shown::list(profile.visitors.iter().map(visitor))),
    ])
}

fn identity(identity: &Identity) -> Shown {
    Shown::Object(vec![
        ("id", (&identity.id).into()),
        ("kind", Shown::name(identity.kind.name())),
        ("pseudonym", identity.pseudonym.to_string().into()),
        ("firstSeenAt", identity.first_seen_at.into()),
        ("lastSeenAt", identity.last_seen_at.into()),
    ])
}

fn platform(platform: &Platform, known: &Known) -> Shown {
    Shown::Object(vec![
        ("firstSeenAt", platform.first_seen_at.into()),
        ("lastSeenAt", platform.last_seen_at.into()),
        ("classes", Shown::list(platform.classes.iter().map(|class| class.name()))),
        ("connection", known.shown(&platform.connection)),
    ])
}

fn consent(consent: Consent, known: &Known) -> Shown {
    Shown::Object(vec![
        ("id", (&consent.id).into()),
        ("channel", Shown::name(consent.channel.name())),
        ("purpose", consent.purpose.into()),
        ("granted", consent.granted.into()),
        ("decidedAt", consent.decided_at.into()),
        ("recordedAt", consent.recorded_at.into()),
        ("weak", consent.weak.into()),
        ("evidence", Shown::Json(consent.evidence)),
        ("isStanding", consent.is_standing.into()),
        ("connection", known.shown(&consent.connection)),
    ])
}

/// What was asked for in a person's name.
pub(in crate::graphql) async fn requests(
    database: &Database,
    controller: &ControllerId,
    profile: &Profile,
    known: &Known,
) -> Result<Shown, Problem> {
    let ids: Vec<_> = profile.requests.iter().map(|request| &request.id).collect();
    let rows = if ids.is_empty() { Vec::new() } else { crate::rights::several(database, controller, &ids).await? };
    let shown = rows.iter().map(|row| rights::of_staff(controller, row, known));
    Ok(Shown::List(shown.collect::<Result<_, Problem>>()?))
}

fn change(change: SubjectChange) -> Shown {
    let sides = |sides: &[Vec<IdentityId>]| Shown::list(sides.iter().map(Shown::list::<&IdentityId>));
    Shown::Object(vec![
        ("id", (&change.id).into()),
        ("at", change.at.into()),
        ("kind", Shown::name(change.kind.name())),
        ("cause", change.cause.into()),
        ("before", sides(&change.before)),
        ("after", sides(&change.after)),
        ("reasons", Shown::list(change.reasons)),
        ("undoneBy", change.undone_by.into()),
    ])
}

fn visitor(visitor: &Visitor) -> Shown {
    Shown::Object(vec![
        ("id", visitor.id.as_str().into()),
        ("site", visitor.site.as_str().into()),
        ("firstSeenAt", visitor.first_seen_at.into()),
    ])
}

fn withheld(fact: &WithheldFact) -> Shown {
    Shown::Object(vec![
        ("reason", Shown::name(fact.reason.name())),
        ("identities", Shown::list(&fact.identities)),
        ("observedAt", fact.observed_at.into()),
    ])
}
