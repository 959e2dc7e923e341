//! Rights requests: what anyone, data subjects and staff may see of them.

use async_graphql::{Lookahead, Result};
use nod_core::{
    id::{ControllerId, IdentityId, RightsRequestId, SiteKey, VisitorId},
    journal::{Action, Actor, Entry},
    link::Token,
    region::Region,
    rights::{governing, law::laws},
    time::Timestamp,
};
use serde_json::{Value, json};

use super::subject;
use crate::{
    circumstances::Circumstances,
    clock, consent,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        session::{Session, coded},
        shown::Shown,
        types::{
            connection::{Known, Wanted},
            law, rights as request, site as site_types,
        },
    },
    http::Problem,
    journal, receipt,
    rights::{self, Contact, Request, Subject},
    site,
    staff::Staff,
};

/// As much of a visitor's history as is shown.
const MOST_CHOICES: i32 = 100;

/// `site`
pub(in crate::graphql) fn site(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let call = asked.session.call();
        let Some(key) = SiteKey::parse(asked.arguments.must("key")) else { return Ok(Shown::Nothing) };
        let Some(site) = site::find_if_any(call, &key).await? else { return Ok(Shown::Nothing) };
        let region = match asked.arguments.text("region") {
            Some(text) => Some(read_region(text)?),
            None => Circumstances::of(call).region,
        };
        let law = governing(region.as_ref());
        let sender = rights::Sender::of(&Database::of(call)?, &site.controller, Some(&key)).await?;
        let places = laws().flat_map(|law| law.places().iter().map(move |place| (place, law)));
        let regions = places.map(|(place, law)| {
            Shown::Object(vec![("region", Shown::Text((*place).to_owned())), ("law", law.id.into())])
        });
        let offer = Shown::Object(vec![
            ("kinds", Shown::list(law.kinds.iter().map(|kind| Shown::name(kind.name())))),
            ("law", law::shown(law, None)),
            ("regions", Shown::list(regions)),
            ("turnstileSiteKey", call.environment.turnstile_site_key().into()),
        ]);
        let controller = &site.notice.controller;
        Ok(Shown::Object(vec![
            ("key", (&key).into()),
            ("name", sender.site_name.into()),
            (
                "controller",
                Shown::Object(vec![
                    ("id", (&site.controller).into()),
                    ("name", controller.name.as_str().into()),
                    ("contact", controller.contact.as_str().into()),
                ]),
            ),
            ("noticeUrl", ["/", key.as_str(), "/notice.json"].concat().into()),
            ("rights", offer),
            ("look", site.look.map(site_types::look).into()),
        ]))
    })
}

/// Reads `DE` or `US-CA`.
pub(in crate::graphql) fn read_region(text: &str) -> Result<Region> {
    Region::parse(text).ok_or_else(|| coded("`region` is a place by ISO 3166, such as DE or US-CA.", "BAD_INPUT"))
}

/// `consentHistory`
pub(in crate::graphql) fn consent_history(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let call = asked.session.call();
        let site = SiteKey::parse(asked.arguments.must("site"));
        let (Some(site), Some(visitor)) = (site, VisitorId::parse(asked.arguments.must("visitor"))) else {
            return Ok(Shown::List(Vec::new()));
        };
        let Some(site) = site::find_if_any(call, &site).await? else { return Ok(Shown::List(Vec::new())) };
        let records = consent::history(&call.environment, &site.controller, &site.key, &visitor, MOST_CHOICES).await?;
        let key = receipt::key(call)?;
        let shown = |record: &nod_core::consent::Record| {
            let purposes = record
                .purposes
                .iter()
                .map(|(id, granted)| Shown::Object(vec![("id", id.as_str().into()), ("granted", (*granted).into())]));
            let receipt = key.sign(record).map_err(|_| Problem::internal("a record that JSON cannot hold"))?;
            Ok(Shown::Object(vec![
                ("id", (&record.id).into()),
                ("at", record.recorded_at.into()),
                ("action", record.action.name().into()),
                ("noticeVersion", record.notice_version.into()),
                ("locale", record.locale.as_str().into()),
                ("regime", record.regime.as_str().into()),
                ("purposes", Shown::list(purposes)),
                ("receipt", receipt.into()),
            ]))
        };
        Ok(Shown::List(records.iter().map(shown).collect::<Result<_, Problem>>()?))
    })
}

/// `rightsRequestByToken`
pub(in crate::graphql) fn rights_request_by_token(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some(token) = Token::parse(asked.arguments.must("token")) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        let Some(link) = rights::find_link(&database, &token, clock::now()?).await? else { return Ok(Shown::Nothing) };
        let Some(id) = &link.request else { return Ok(Shown::Nothing) };
        let found = rights::get(&database, &link.controller, id).await?;
        Ok(found.map(|found| request::of_link(&found, link.used_at)).transpose()?.into())
    })
}

/// `rightsRequest`
pub(in crate::graphql) fn rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        let Some(id) = RightsRequestId::parse(asked.arguments.must("id")) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        let Some(found) = rights::get(&database, &staff.controller, &id).await? else { return Ok(Shown::Nothing) };
        note(&database, staff, &id).await?;
        Ok(for_staff(&database, &staff.controller, &found, asked.look_ahead()).await?)
    })
}

/// A request as staff see it, with what is asked for of it.
pub(in crate::graphql) async fn for_staff(
    database: &Database,
    controller: &ControllerId,
    found: &Request,
    asked: Lookahead<'_>,
) -> Result<Shown, Problem> {
    let wanted = Wanted::in_any(&[asked.field("connection")]);
    let known = Known::read(database, controller, found.connection.as_ref(), wanted).await?;
    request::of_staff(controller, found, &known)
}

/// Writes in the journal that somebody looked, before they see anything.
async fn note(database: &Database, staff: &Staff, id: &RightsRequestId) -> Result<(), Problem> {
    let entry = Entry {
        controller: staff.controller.clone(),
        at: clock::now()?,
        actor: Actor::Staff,
        action: Action::RightsRequestViewed,
        object: id.to_string(),
        detail: json!({"by": staff.actor}),
    };
    database.batch::<Value>(vec![journal::append(database, &entry, "1")?]).await.map(drop)
}

/// A moment that somebody wrote.
pub(in crate::graphql) fn moment(text: &str) -> Result<Timestamp> {
    Timestamp::parse(text).ok_or_else(|| coded("A moment is written like 2026-11-23T12:00:00Z.", "BAD_INPUT"))
}

/// A data subject, as `me` shows them.
pub(in crate::graphql) async fn me(session: &Session, who: &Subject) -> Result<Shown> {
    let call = session.call();
    let sender = rights::Sender::of(&Database::of(call)?, &who.controller, Some(&who.site)).await?;
    let controller = vec![
        ("id", (&who.controller).into()),
        ("name", sender.controller_name.into()),
        ("contact", sender.contact.into()),
    ];
    Ok(Shown::Object(vec![
        ("kind", Shown::name("subject")),
        ("controller", Shown::Object(controller)),
        ("email", who.email.as_str().into()),
        ("site", (&who.site).into()),
        ("requests", Shown::List(own(session, who).await?)),
    ]))
}

/// The requests of a data subject.
async fn own(session: &Session, who: &Subject) -> Result<Vec<Shown>, Problem> {
    let database = Database::of(session.call())?;
    let found = of_subject(session, &database, who).await?;
    found.iter().map(|found| request::of_subject(&who.controller, found)).collect()
}

/// The rows of them.
pub(in crate::graphql) async fn of_subject(
    session: &Session,
    database: &Database,
    who: &Subject,
) -> Result<Vec<Request>, Problem> {
    let contact = Contact::read(&session.call().environment, &who.controller, &who.email)?;
    let contact = contact.ok_or_else(|| Problem::internal("a session of an address that is none"))?;
    let identity = contact.identity(database, &who.controller).await?;
    let marks: Vec<String> = contact.marks.iter().map(ToString::to_string).collect();
    rights::of_address(database, &who.controller, identity.as_ref(), &marks).await
}

/// `RightsRequest.subject`
pub(in crate::graphql) fn subject_of(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        let Some(id) = asked.parent.text("id").and_then(RightsRequestId::parse) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        let named: Option<IdentityId> = rights::named(&database, &staff.controller, &id).await?;
        let Some(identity) = named else { return Ok(Shown::Nothing) };
        subject::person(asked, &database, staff, &identity, "rights_request").await
    })
}
