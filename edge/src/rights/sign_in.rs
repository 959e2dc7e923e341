//! Signing in by a link. Whoever asks for one hears the same, and every address gets one: what it opens is what the address has
//! asked for, and that may be nothing.

use nod_core::{link::Token, mail, site::Site};
use serde::de::IgnoredAny;
use worker::D1Type;

use super::{
    act::{By, Desk},
    attempt::{Attempt, Guard},
    contact::Contact,
    letters::Sender,
    links::{self, Purpose},
    proof::{NotProven, Proven},
    session::Beginning,
};
use crate::{
    clock,
    database::{Database, first_row},
    environment::Environment,
    http::Problem,
    keys, mail as outbox,
};

impl Desk<'_> {
    /// Sends a link. Whether it was sent: not where the address has had too many.
    pub(crate) async fn send_sign_in_link(
        &self,
        site: &Site,
        contact: &Contact,
        locale: &str,
        network: &str,
        origin: &str,
    ) -> Result<bool, Problem> {
        let attempt = Attempt::new(self.database, self.controller, Guard::Link)?;
        let token = Token::new(&keys::random()?);
        let expires_at = clock::later(self.now, links::TO_SIGN_IN);
        let link = links::New {
            token: &token,
            purpose: Purpose::SignIn,
            site: &site.key,
            request: None,
            contact,
            network,
            now: self.now,
            expires_at,
        };
        let sender = Sender::of(self.database, self.controller, Some(&site.key)).await?;
        let letter = mail::Letter {
            kind: mail::Kind::SignIn,
            locale,
            controller: &sender.controller_name,
            site_name: &sender.site_name,
            contact: sender.contact.as_deref(),
            accent: sender.accent(),
            person: None,
            agent: None,
            request: None,
            link: mail::Link::new(origin, &Purpose::SignIn.path(&site.key, &token)),
            until: Some(expires_at),
            message: None,
        };
        let post = outbox::Post { to: &contact.address, request: None, letter: &letter, not_after: Some(expires_at) };
        let mut batch = vec![link.insert(&attempt)?];
        batch.extend(outbox::enqueue(self.environment, &attempt.effect(), &post).await?);
        batch.push(self.database.statement(
            "SELECT 1 AS taken FROM links WHERE controller = ?1 AND effect = ?2",
            &[D1Type::Text(self.controller.as_str()), D1Type::Text(attempt.effect.as_str())],
        )?);
        let results = self.database.results(batch).await?;
        Ok(results.last().map(first_row::<IgnoredAny>).transpose()?.flatten().is_some())
    }
}

/// A click on such a link.
pub(crate) async fn sign_in(
    environment: &Environment,
    database: &Database,
    token: &Token,
) -> Result<Result<Proven, NotProven>, Problem> {
    let now = clock::now()?;
    let found = links::find(database, token, now).await?.filter(|link| link.is(Purpose::SignIn));
    let Some(link) = found else { return Ok(Err(NotProven::Unknown)) };
    let Some(address) = link.address(token)? else { return Ok(Err(NotProven::Unknown)) };
    let Some(contact) = Contact::read(environment, &link.controller, &address)? else {
        return Ok(Err(NotProven::Unknown));
    };
    let desk = Desk { environment, database, controller: &link.controller, by: By::Subject, now };
    let attempt = Attempt::new(database, &link.controller, Guard::Link)?;
    let session = Beginning::new()?;
    let batch = vec![
        links::take(&attempt, token, now, link.expires_at, None)?,
        attempt.journal(&[desk.signed_in(&session)])?,
        session.insert(&attempt, &link.site, &contact, now)?,
        database.statement(
            "SELECT 1 AS taken FROM links WHERE controller = ?1 AND effect = ?2",
            &[D1Type::Text(link.controller.as_str()), D1Type::Text(attempt.effect.as_str())],
        )?,
    ];
    let results = database.results(batch).await?;
    let was_first = results.last().map(first_row::<IgnoredAny>).transpose()?.flatten();
    Ok(match was_first {
        Some(_) => Ok(Proven::new(&link, None, session, contact)),
        None => Err(NotProven::Used),
    })
}
