//! What people ask for and how they prove who they are: for anyone, and for data subjects.

use async_graphql::Result;
use nod_core::{
    id::{ControllerId, SiteKey, VisitorId},
    link::Token,
    locale::{LOCALES, negotiate},
    rights::{Kind, Origin, governing},
    site::Site,
    time::Timestamp,
};

use super::{UserError, done, refused, refused_with};
use crate::{
    circumstances::Circumstances,
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        query::rights as query,
        session::Session,
        shown::Shown,
        types::rights as request,
    },
    http::{Call, Problem},
    mail, outbox,
    rights::{self, Agent, By, Contact, Desk, Filing, NotProven, Said, Subject},
    site,
};

/// The longest name, in characters.
const NAME: usize = 200;
/// The longest text that somebody writes, in characters.
pub(super) const TEXT: usize = 4_000;

/// `submitRightsRequest`
pub(in crate::graphql) fn submit_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, input) = (asked.session, asked.input()?);
        let call = session.call();
        let Some(site) = site_of(call, input).await? else { return Ok(not_accepted(unknown_site())) };
        let form = match Form::read(session, &site, input)? {
            Ok(form) => form,
            Err(why) => return Ok(not_accepted(why)),
        };
        let network = match admit(call, &site, input).await? {
            Ok(network) => network,
            Err(why) => return Ok(not_accepted(why)),
        };
        let database = Database::of(call)?;
        let desk = Desk::new(&call.environment, &database, &site.controller, By::Subject)?;
        let is_verified = form.is_of(session.somebody(), &site.controller) && form.said.agent.is_none();
        let filing = form.filing(&site, &network, desk.now, is_verified);
        if desk.file(&filing).await?.is_none() {
            rights::count_drop(&database, &site.controller, &site.key, "address", desk.now).await?;
        }
        send(call);
        Ok(done(vec![("accepted", true.into())]))
    })
}

/// What a form says, read and checked.
pub(super) struct Form {
    kind: Kind,
    contact: Contact,
    said: Said,
    locale: String,
    region: Option<nod_core::region::Region>,
}

impl Form {
    pub(super) fn read(
        session: &Session,
        site: &Site,
        input: Input<'_>,
    ) -> Result<std::result::Result<Self, UserError>> {
        let call = session.call();
        let kind = input.name("kind").as_deref().and_then(Kind::parse);
        let kind = kind.ok_or_else(|| Problem::internal("a kind of request that the rules do not have"))?;
        let region = match input.text("region") {
            Some(text) => Some(query::read_region(text)?),
            None => Circumstances::of(call).region,
        };
        if !governing(region.as_ref()).kinds.contains(&kind) {
            let sentence = "The law of that place has no such request. `site { rights { kinds } }` says which it has.";
            return Ok(Err(UserError { field: "kind", code: "KIND_NOT_OFFERED", sentence: sentence.to_owned() }));
        }
        let Some(contact) = Contact::read(&call.environment, &site.controller, input.must("email"))? else {
            return Ok(Err(no_email("email")));
        };
        let agent = match input.input("agent") {
            Some(agent) => match read_agent(call, &site.controller, agent)? {
                Ok(agent) => Some(agent),
                Err(why) => return Ok(Err(why)),
            },
            None => None,
        };
        for (field, longest) in [("name", NAME), ("message", TEXT)] {
            if input.text(field).is_some_and(|text| text.chars().count() > longest) {
                return Ok(Err(too_long(field, longest)));
            }
        }
        let text = |name| input.text(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let visitor = input.text("visitor").and_then(VisitorId::parse);
        let said = Said {
            email: Some(contact.address.clone()),
            name: text("name"),
            message: text("message"),
            agent,
            origin: call.origin(),
            visitor: visitor.map(|visitor| visitor.to_string()),
        };
        Ok(Ok(Self { kind, contact, said, locale: locale(input.text("locale"), site), region }))
    }

    /// Whether who is signed in has proven this very address to this controller.
    fn is_of(&self, subject: Option<&Subject>, controller: &ControllerId) -> bool {
        subject.is_some_and(|subject| subject.controller == *controller && subject.email == self.contact.address)
    }

    pub(super) fn filing<'a>(
        &'a self,
        site: &'a Site,
        network: &'a str,
        received_at: Timestamp,
        is_verified: bool,
    ) -> Filing<'a> {
        Filing {
            site,
            kind: self.kind,
            contact: &self.contact,
            said: self.said.clone(),
            locale: self.locale.clone(),
            region: self.region.clone(),
            origin: if self.said.agent.is_some() { Origin::Agent } else { Origin::Form },
            received_at,
            is_verified,
            network,
        }
    }
}

/// The language for mails: the one that is wished for, if it is spoken.
fn locale(wish: Option<&str>, site: &Site) -> String {
    let spoken = LOCALES.iter().map(|locale| locale.tag);
    let wishes = [wish.unwrap_or_default(), &site.notice.default_locale];
    negotiate(&wishes, &spoken).unwrap_or("en").to_owned()
}

fn read_agent(
    call: &Call,
    controller: &ControllerId,
    agent: Input<'_>,
) -> Result<std::result::Result<Agent, UserError>> {
    let name = agent.must("name").trim();
    if !(1..=NAME).contains(&name.chars().count()) {
        return Ok(Err(too_long("agent", NAME)));
    }
    let address = Contact::read(&call.environment, controller, agent.must("email"))?;
    Ok(address.map(|contact| Agent { name: name.to_owned(), email: contact.address }).ok_or_else(|| no_email("agent")))
}

pub(super) async fn site_of(call: &Call, input: Input<'_>) -> Result<Option<Site>, Problem> {
    match SiteKey::parse(input.must("site")) {
        Some(key) => site::find_if_any(call, &key).await,
        None => Ok(None),
    }
}

/// Holds a call against the limits and against robots; its network, as the limits know it.
async fn admit(call: &Call, site: &Site, input: Input<'_>) -> Result<std::result::Result<String, UserError>, Problem> {
    let now = clock::now()?;
    let network = rights::network(call, &site.controller, &site.key, now).await?;
    if let Some(reason) = rights::too_many(&call.environment, &site.key, &network).await {
        rights::count_drop(&Database::of(call)?, &site.controller, &site.key, reason, now).await?;
        let sentence = "Too many requests came from your network in the last minute. Try again in a minute.";
        return Ok(Err(UserError { field: "site", code: "TOO_MANY", sentence: sentence.to_owned() }));
    }
    if !rights::is_human(call, input.text("turnstile")).await? {
        let sentence = "The check for robots was not passed. Load the form again, and wait for it.";
        return Ok(Err(UserError { field: "turnstile", code: "TURNSTILE", sentence: sentence.to_owned() }));
    }
    Ok(Ok(network))
}

/// What was written to people leaves behind the answer, and so does what is left to do.
pub(super) fn send(call: &Call) {
    call.context.wait_until(mail::drain(call.environment.clone()));
    call.context.wait_until(outbox::drain(call.environment.clone()));
}

/// `verifyRightsRequest`
pub(in crate::graphql) fn verify_rights_request(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, token) = (asked.session, asked.input()?.must("token"));
        let call = session.call();
        let Some(token) = Token::parse(token) else { return Ok(refused(NotProven::Unknown)) };
        let database = Database::of(call)?;
        let proven = match rights::verify(&call.environment, &database, &token).await? {
            Ok(proven) => proven,
            Err(why) => return Ok(refused(why)),
        };
        session.set_cookie(proven.session.set_cookie());
        send(call);
        let found = match &proven.request {
            Some(id) => rights::get(&database, &proven.controller, id).await?,
            None => None,
        };
        let shown = found.map(|found| request::of_subject(&proven.controller, &found)).transpose()?;
        Ok(done(vec![("request", shown.into())]))
    })
}

/// `requestSignInLink`
pub(in crate::graphql) fn request_sign_in_link(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, input) = (asked.session, asked.input()?);
        let call = session.call();
        let Some(site) = site_of(call, input).await? else { return Ok(not_accepted(unknown_site())) };
        let Some(contact) = Contact::read(&call.environment, &site.controller, input.must("email"))? else {
            return Ok(not_accepted(no_email("email")));
        };
        let network = match admit(call, &site, input).await? {
            Ok(network) => network,
            Err(why) => return Ok(not_accepted(why)),
        };
        let database = Database::of(call)?;
        let desk = Desk::new(&call.environment, &database, &site.controller, By::Subject)?;
        let locale = locale(input.text("locale"), &site);
        if !desk.send_sign_in_link(&site, &contact, &locale, &network, &call.origin()).await? {
            rights::count_drop(&database, &site.controller, &site.key, "address", desk.now).await?;
        }
        send(call);
        Ok(done(vec![("accepted", true.into())]))
    })
}

/// `signIn`
pub(in crate::graphql) fn sign_in(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, token) = (asked.session, asked.input()?.must("token"));
        let call = session.call();
        let Some(token) = Token::parse(token) else { return Ok(refused(NotProven::Unknown)) };
        let database = Database::of(call)?;
        match rights::sign_in(&call.environment, &database, &token).await? {
            Ok(proven) => {
                session.set_cookie(proven.session.set_cookie());
                let me = query::me(session, &proven.subject).await?;
                Ok(done(vec![("me", me)]))
            }
            Err(why) => Ok(refused(why)),
        }
    })
}

/// `signOut`
pub(in crate::graphql) fn sign_out(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let session = asked.session;
        let database = Database::of(session.call())?;
        if let Some(subject) = session.somebody() {
            rights::revoke(&database, subject).await?;
            session.set_cookie(rights::unset_cookie());
            return Ok(done(vec![("signedOut", true.into())]));
        }
        super::staff::sign_out(session, &database).await
    })
}

impl From<NotProven> for UserError {
    fn from(why: NotProven) -> Self {
        let (code, sentence) = match why {
            NotProven::Unknown => {
                ("UNKNOWN_LINK", "This link is unknown or has ended. Send the form again, or ask for a new link.")
            }
            NotProven::Used => {
                ("USED_LINK", "This link was used before. Ask for a link to sign in, to see what became of it.")
            }
        };
        Self { field: "token", code, sentence: sentence.to_owned() }
    }
}

fn not_accepted(why: UserError) -> Shown {
    refused_with(vec![("accepted", false.into())], why)
}

pub(super) fn unknown_site() -> UserError {
    let sentence = "There is no site with this key. Check the site key in the script's address.";
    UserError { field: "site", code: "UNKNOWN_SITE", sentence: sentence.to_owned() }
}

fn no_email(field: &'static str) -> UserError {
    let sentence = "This is not an e-mail address. Write one address, such as jane@example.com.";
    UserError { field, code: "INVALID_EMAIL", sentence: sentence.to_owned() }
}

pub(super) fn too_long(field: &'static str, longest: usize) -> UserError {
    let sentence = ["This has between 1 and ", &longest.to_string(), " characters."].concat();
    UserError { field, code: "INVALID_LENGTH", sentence }
}

/// A text that somebody writes.
pub(super) fn written<'a>(input: Input<'a>, field: &'static str) -> Result<Option<&'a str>, UserError> {
    let text = input.text(field).map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > TEXT) { Err(too_long(field, TEXT)) } else { Ok(text) }
}
