//! What becomes of a request: changed by its data subject, or by staff.

use async_graphql::Result;
use nod_core::{
    id::{ActorId, RightsRequestId},
    mail::{Kind, Mail},
    rights::{DenialReason, Event, ExtensionReason, HoldReason, Origin, PROOF, REMINDER},
};

use super::{
    UserError, done, refused,
    rights::{Form, TEXT, send, site_of, too_long, unknown_site, written},
};
use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        query::rights as query,
        shown::Shown,
        types::rights as request,
    },
    http::Problem,
    rights::{self, By, Change, Desk, NotDone, Request},
};

/// `withdrawRightsRequest`
pub(in crate::graphql) fn withdraw_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move { by_either(asked, Event::Withdrawn, None, false).await })
}

/// `appealRightsRequest`
pub(in crate::graphql) fn appeal_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move { by_either(asked, Event::Appealed { open: None }, Some("message"), true).await })
}

/// `messageRightsRequest`
pub(in crate::graphql) fn message_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move { by_either(asked, Event::Messaged, Some("text"), true).await })
}

/// `startRightsRequest`
pub(in crate::graphql) fn start_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move { by_staff(asked, Event::Started, None).await })
}

/// `extendRightsRequest`
pub(in crate::graphql) fn extend_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let reason = coded_reason(asked.input()?, "reason", ExtensionReason::parse)?;
        by_staff(asked, Event::Extended { reason }, None).await
    })
}

/// `holdRightsRequest`: a legal hold is one beside the state, and placed before the pause.
pub(in crate::graphql) fn hold_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let reason = coded_reason(asked.input()?, "reason", HoldReason::parse)?;
        if asked.input()?.is("legal") {
            let placed = change_as_staff(asked, &Change { event: Event::HoldPlaced, message: None }).await?;
            if let Err(why) = placed {
                return Ok(refused(why));
            }
        }
        by_staff(asked, Event::Held { reason }, Some("message")).await
    })
}

/// `resumeRightsRequest`: and with it the legal hold ends, if there is one.
pub(in crate::graphql) fn resume_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let lifted = change_as_staff(asked, &Change { event: Event::HoldLifted, message: None }).await?;
        match (by_staff(asked, Event::Resumed, None).await?, lifted) {
            // It did not wait, and there was a hold to lift.
            (shown, Ok(found)) if shown.member("rightsRequest").is_none() => {
                Ok(done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)]))
            }
            (shown, _) => Ok(shown),
        }
    })
}

/// `fulfilRightsRequest`
pub(in crate::graphql) fn fulfil_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move { by_staff(asked, Event::Fulfilled, Some("message")).await })
}

/// `denyRightsRequest`
pub(in crate::graphql) fn deny_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let reason = coded_reason(asked.input()?, "reason", DenialReason::parse)?;
        by_staff(asked, Event::Denied { reason }, Some("note")).await
    })
}

/// `assignRightsRequest`
pub(in crate::graphql) fn assign_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, input) = (asked.session, asked.input()?);
        let staff = session.staff()?;
        let Some(id) = RightsRequestId::parse(input.must("id")) else { return Ok(refused(NotDone::Unknown)) };
        let token = match input.text("token").map(ActorId::parse) {
            Some(None) => return Ok(refused(NotDone::Unknown)),
            token => token.flatten(),
        };
        let database = Database::of(session.call())?;
        let desk = Desk::new(&session.call().environment, &database, &staff.controller, By::Staff(staff))?;
        match desk.assign(&id, token.as_ref()).await? {
            Ok(found) => Ok(done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)])),
            Err(why) => Ok(refused(why)),
        }
    })
}

/// `previewRightsMail`
pub(in crate::graphql) fn preview_rights_mail(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, input) = (asked.session, asked.input()?);
        let staff = session.staff()?;
        let Some(id) = RightsRequestId::parse(input.must("id")) else { return Ok(refused(NotDone::Unknown)) };
        let message = match written(input, "message") {
            Ok(message) => message,
            Err(why) => return Ok(refused(why)),
        };
        let Some((event, kind)) = previewed(input) else {
            let sentence = "Say why, too: `extension`, `hold` or `denial`.".to_owned();
            return Ok(refused(UserError { field: "kind", code: "REASON_NEEDED", sentence }));
        };
        let database = Database::of(session.call())?;
        let desk = Desk::new(&session.call().environment, &database, &staff.controller, By::Staff(staff))?;
        match desk.preview(&id, &event, kind, message).await? {
            Ok(Mail { subject, text, html }) => Ok(done(vec![(
                "mail",
                Shown::Object(vec![("subject", subject.into()), ("text", text.into()), ("html", html.into())]),
            )])),
            Err(why) => Ok(refused(why)),
        }
    })
}

/// The change that a mail tells of. What is asked with a hold is a message.
fn previewed(input: Input<'_>) -> Option<(Event, Kind)> {
    let name = |field| input.name(field);
    Some(match input.name("kind")?.as_str() {
        "extended" => (Event::Extended { reason: ExtensionReason::parse(&name("extension")?)? }, Kind::Extended),
        "held" => (Event::Held { reason: HoldReason::parse(&name("hold")?)? }, Kind::Message),
        "fulfilled" => (Event::Fulfilled, Kind::Fulfilled),
        "denied" => (Event::Denied { reason: DenialReason::parse(&name("denial")?)? }, Kind::Denied),
        _ => (Event::Messaged, Kind::Message),
    })
}

/// `enterRightsRequest`
pub(in crate::graphql) fn enter_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, input) = (asked.session, asked.input()?);
        let staff = session.staff()?;
        let call = session.call();
        let site = site_of(call, input).await?.filter(|site| site.controller == staff.controller);
        let Some(site) = site else { return Ok(refused(unknown_site())) };
        let form = match Form::read(session, &site, input)? {
            Ok(form) => form,
            Err(why) => return Ok(refused(why)),
        };
        let database = Database::of(call)?;
        let desk = Desk::new(&call.environment, &database, &staff.controller, By::Staff(staff))?;
        let received_at = input.text("receivedAt").map(query::moment).transpose()?.unwrap_or(desk.now);
        let is_verified = input.is("isVerified");
        // The days in which an address is proven are counted from the arrival, as all others are.
        let oldest = clock::later(desk.now, REMINDER.saturating_sub(PROOF));
        if received_at > desk.now || (!is_verified && received_at < oldest) {
            let sentence =
                "A request cannot arrive in the future; and one that is older than six days must be verified when \
                            it is entered, because the days of its link would be over."
                    .to_owned();
            return Ok(refused(UserError { field: "receivedAt", code: "INVALID_MOMENT", sentence }));
        }
        let network = ["staff/", staff.actor.as_str()].concat();
        let filing = form.filing(&site, &network, received_at, is_verified);
        let filing = rights::Filing { origin: Origin::Staff, ..filing };
        let Some(id) = desk.file(&filing).await? else {
            let sentence = "The address has had as many mails as it gets in a day. Try again tomorrow.".to_owned();
            return Ok(refused(UserError { field: "email", code: "TOO_MANY", sentence }));
        };
        send(call);
        let found = rights::get(&database, &staff.controller, &id).await?;
        let found = found.ok_or_else(|| Problem::internal("a request that was entered and is not there"))?;
        Ok(done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)]))
    })
}

/// A change by whoever is signed in: the data subject of the request, or staff.
async fn by_either(asked: Asked<'_>, event: Event, text: Option<&'static str>, needs_text: bool) -> Result<Shown> {
    let session = asked.session;
    if session.visitor().is_some() {
        return by_staff(asked, event, text).await;
    }
    let (subject, input) = (session.subject()?, asked.input()?);
    let message = match text.map(|field| written(input, field)).transpose() {
        Ok(message) => message.flatten(),
        Err(why) => return Ok(refused(why)),
    };
    if let (true, None, Some(field)) = (needs_text, message, text) {
        return Ok(refused(too_long(field, TEXT)));
    }
    let database = Database::of(session.call())?;
    let theirs = query::of_subject(session, &database, subject).await?;
    let Some(request) = theirs.into_iter().find(|request| request.id.as_str() == input.must("id")) else {
        return Ok(refused(NotDone::Unknown));
    };
    let desk = Desk::new(&session.call().environment, &database, &subject.controller, By::Subject)?;
    let change = Change { event: desk.with_rival(event, &request).await?, message };
    match desk.change(&request.id, &change).await? {
        Ok(found) => {
            send(session.call());
            Ok(done(vec![("request", request::of_subject(&subject.controller, &found)?)]))
        }
        Err(why) => Ok(refused(why)),
    }
}

/// A change by staff.
async fn by_staff(asked: Asked<'_>, event: Event, text: Option<&'static str>) -> Result<Shown> {
    asked.session.staff()?;
    let input = asked.input()?;
    let message = match text.map(|field| written(input, field)).transpose() {
        Ok(message) => message.flatten(),
        Err(why) => return Ok(refused(why)),
    };
    match change_as_staff(asked, &Change { event, message }).await? {
        Ok(found) => Ok(done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)])),
        Err(why) => Ok(refused(why)),
    }
}

async fn change_as_staff(asked: Asked<'_>, change: &Change<'_>) -> Result<std::result::Result<Request, NotDone>> {
    let session = asked.session;
    let staff = session.staff()?;
    let Some(id) = RightsRequestId::parse(asked.input()?.must("id")) else { return Ok(Err(NotDone::Unknown)) };
    let database = Database::of(session.call())?;
    let desk = Desk::new(&session.call().environment, &database, &staff.controller, By::Staff(staff))?;
    let done = desk.change(&id, change).await?;
    if done.is_ok() {
        send(session.call());
    }
    Ok(done)
}

pub(super) async fn shown_to_staff(asked: Asked<'_>, found: &Request) -> Result<Shown> {
    let controller = asked.session.controller()?;
    let database = Database::of(asked.session.call())?;
    let wanted = asked.look_ahead().field("rightsRequest");
    Ok(query::for_staff(&database, controller, found, wanted).await?)
}

fn coded_reason<T>(input: Input<'_>, field: &str, parse: fn(&str) -> Option<T>) -> Result<T, Problem> {
    input
        .name(field)
        .and_then(|name| parse(&name))
        .ok_or_else(|| Problem::internal("a reason that the rules do not have"))
}

impl From<NotDone> for UserError {
    fn from(why: NotDone) -> Self {
        let (code, sentence) = match &why {
            NotDone::Unknown => ("UNKNOWN_REQUEST", "There is no request with this id.".to_owned()),
            NotDone::Refused(refusal) => (refusal.graphql(), refusal.sentence()),
            NotDone::NotYet(obstacle) => (obstacle.code(), obstacle.sentence().to_owned()),
            NotDone::Closed => ("CLOSED", "The request is closed, so nothing can be added to it any more.".to_owned()),
            NotDone::Erased => (
                "PERSON_ERASED",
                "The person was taken out of this request: nobody can be written to any more.".to_owned(),
            ),
            NotDone::Busy => ("BUSY", "Others are changing the request. Look at it again.".to_owned()),
        };
        Self { field: "id", code, sentence }
    }
}
