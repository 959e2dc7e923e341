//! What is written to people about requests: the mails of a change, with all that they say, for the outbox.

use nod_core::{
    id::{ControllerId, RightsRequestId, SiteKey},
    link::Token,
    look::Scheme,
    mail,
    rights::{DenialReason, Kind, Mail, State},
    seal::ShredKey,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, links::Purpose, said::Said, stored::Request};
use crate::{
    database::{Database, optional_text},
    environment::Environment,
    http::Problem,
    mail as outbox, site,
};

/// Who writes: the controller, for one of its sites.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Sender {
    pub(crate) controller_name: String,
    pub(crate) site_name: String,
    pub(crate) contact: Option<String>,
    look: Option<String>,
}

impl Sender {
    pub(crate) async fn of(
        database: &Database,
        controller: &ControllerId,
        site: Option<&SiteKey>,
    ) -> Result<Self, Problem> {
        let statement = database.statement(
            "SELECT controllers.name AS controller_name, COALESCE(sites.name, controllers.name) AS site_name,
                    controllers.contact, sites.look
             FROM controllers LEFT JOIN sites ON sites.controller = controllers.id AND sites.key = ?2
             WHERE controllers.id = ?1",
            &[D1Type::Text(controller.as_str()), optional_text(site.map(SiteKey::as_str))],
        )?;
        let found = database.first(statement).await?;
        found.ok_or_else(|| Problem::internal("a controller that is not there"))
    }

    /// The colour of its mails: as the site has it on white, which is what a mail is written on.
    pub(super) fn accent(&self) -> mail::Accent {
        let look = self.look.as_deref().and_then(site::look).unwrap_or_default();
        look.painted(Scheme::Light).accent
    }
}

/// The id by which people speak of a request: its beginning.
pub(crate) fn number(id: &RightsRequestId) -> &str {
    id.as_str().get(..8).unwrap_or_default()
}

/// The mails of one change of one request.
pub(super) struct Letters<'a> {
    pub(super) environment: &'a Environment,
    pub(super) sender: &'a Sender,
    pub(super) request: &'a Request,
    pub(super) state: &'a State,
    pub(super) said: &'a Said,
    /// The link that was made with it, if there is one.
    pub(super) token: Option<(&'a Token, Purpose)>,
}

impl Letters<'_> {
    /// The statements that put a mail into the outbox, if there is anybody to write to.
    pub(super) async fn post(
        &self,
        attempt: &Attempt<'_>,
        key: &ShredKey,
        kind: mail::Kind,
        message: Option<&str>,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let Some(to) = self.to(kind) else { return Ok(Vec::new()) };
        let letter = self.letter(kind, message, self.link(kind));
        let not_after = kind.is_to_an_unproven_address().then_some(self.request.expires_at).flatten();
        let post = outbox::Post { to, request: Some((&self.request.id, key)), letter: &letter, not_after };
        outbox::enqueue(self.environment, &attempt.effect(), &post).await
    }

    /// To whom.
    fn to(&self, kind: mail::Kind) -> Option<&str> {
        match kind {
            mail::Kind::StaffNotice => self.sender.contact.as_deref(),
            _ => self.said.email.as_deref(),
        }
    }

    /// Where its button leads.
    pub(super) fn link(&self, kind: mail::Kind) -> Option<mail::Link> {
        mail::Link::new(&self.said.origin, &self.path(kind))
    }

    /// Where the mail's button leads: to what the link does, or to the request.
    fn path(&self, kind: mail::Kind) -> String {
        let Some(site) = &self.request.site else { return String::new() };
        match self.token {
            _ if kind == mail::Kind::StaffNotice => "/dashboard".to_owned(),
            Some((token, purpose)) => purpose.path(site, token),
            None => ["/privacy/", site.as_str(), "#requests/", self.request.id.as_str()].concat(),
        }
    }

    /// The letter; the API shows it to staff before it is sent.
    pub(super) fn letter<'a>(
        &'a self,
        kind: mail::Kind,
        message: Option<&'a str>,
        link: Option<mail::Link>,
    ) -> mail::Letter<'a> {
        let reason = match kind {
            mail::Kind::Denied => self.state.denial.map(DenialReason::name),
            mail::Kind::Extended => self.state.extension.map(|extension| extension.reason.name()),
            _ => None,
        };
        mail::Letter {
            kind,
            locale: &self.request.locale,
            controller: &self.sender.controller_name,
            site_name: &self.sender.site_name,
            contact: self.sender.contact.as_deref(),
            accent: self.sender.accent(),
            person: self.said.name.as_deref(),
            agent: self.said.agent.as_ref().map(|agent| agent.email.as_str()),
            request: Some(mail::RequestWords {
                kind: self.state.kind.name(),
                number: number(&self.request.id),
                received: self.state.received_at,
                due: Some(self.state.clock.due_at),
                law: self.state.law.id,
                law_name: self.state.law.name,
                reason,
                appeal_by: self.state.appeal_by(),
                other: self.state.duplicate_of.as_ref().map(number),
                has_files: matches!(kind, mail::Kind::Fulfilled)
                    && matches!(self.state.kind, Kind::Access | Kind::Portability),
            }),
            link,
            until: self.token.and(self.request.expires_at),
            message,
        }
    }
}

/// The mail that the rules name. Who reads of an agent's filing is told so.
pub(super) fn kind(mail: Mail, said: &Said) -> Option<mail::Kind> {
    match mail {
        Mail::Verify if said.agent.is_some() => Some(mail::Kind::AgentFiled),
        mail => mail::Kind::parse(mail.name()),
    }
}
