//! What staff do with connections: make one, give it a new secret, say where its identifiers are, end it.
//!
//! Each change and its journal entry are one batch. The entry stands in front of its effect and under the same condition, so
//! both are there or neither is.

use std::{fmt, time::Duration};

use nod_core::{
    id::ConnectionId,
    intake::{FieldMapping, InvalidMapping, Trial},
    journal::{Action, Actor, Entry},
    time::Timestamp,
    webhook::{InvalidSecret, Scheme, Secrets, Source, StillRotating, StoredSecret},
};
use serde_json::{Value, json};

use super::{Connection, Token, forget, get, insertion, update};
use crate::{clock, database::Database, environment::Environment, http::Problem, journal::append, keys, staff::Staff};

/// The longest label, in characters.
const LABEL: usize = 100;
/// The longest time that two secrets hold at once.
const LONGEST_OVERLAP: Duration = Duration::from_hours(7 * 24);
/// How often a change is tried when others change the same connection.
const ATTEMPTS: usize = 3;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    NoLabel,
    LongLabel,
    /// The scheme is not one of the source's.
    OtherScheme(Source),
    /// Only the sender can make it.
    NoPublicKey,
    /// There is nothing to set.
    NoSecret,
    Secret(InvalidSecret),
    Overlap,
    StillRotating(StillRotating),
    Unknown,
    Disabled,
    NotCustom,
    Mapping(InvalidMapping),
    FindsNothing,
}

impl NotDone {
    /// The code that the API uses.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NoLabel | Self::LongLabel => "INVALID_LABEL",
            Self::OtherScheme(_) => "OTHER_SCHEME",
            Self::NoPublicKey => "PUBLIC_KEY_NEEDED",
            Self::NoSecret => "NO_SECRET",
            Self::Secret(_) => "INVALID_SECRET",
            Self::Overlap => "INVALID_OVERLAP",
            Self::StillRotating(_) => "STILL_ROTATING",
            Self::Unknown => "UNKNOWN_CONNECTION",
            Self::Disabled => "DISABLED_CONNECTION",
            Self::NotCustom => "NOT_CUSTOM",
            Self::Mapping(_) => "INVALID_MAPPING",
            Self::FindsNothing => "FINDS_NOTHING",
        }
    }

    /// The part of the input that it is about.
    pub(crate) const fn field(&self) -> &'static str {
        match self {
            Self::NoLabel | Self::LongLabel => "label",
            Self::OtherScheme(_) => "scheme",
            Self::NoPublicKey | Self::NoSecret | Self::Secret(_) => "secret",
            Self::Overlap | Self::StillRotating(_) => "overlapSeconds",
            Self::Unknown | Self::Disabled | Self::NotCustom => "connection",
            Self::Mapping(_) => "mapping",
            Self::FindsNothing => "sample",
        }
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLabel => out.write_str("The label is empty. Write what the connection is for."),
            Self::LongLabel => write!(out, "The label is longer than {LABEL} characters. Shorten it."),
            Self::OtherScheme(source) => {
                write!(out, "The scheme is not one of {}'s. Leave it out for the usual one.", source.name())
            }
            Self::NoPublicKey => {
                out.write_str("The sender signs with a key of its own. Give its public key, whpk_…, as the secret.")
            }
            Self::NoSecret => {
                out.write_str("Deliveries of this scheme are not signed, so there is no secret. Leave it out.")
            }
            Self::Secret(why) => write!(out, "The secret cannot be used: {why}. Copy it again."),
            Self::Overlap => {
                write!(out, "The overlap is between 0 and {} seconds.", LONGEST_OVERLAP.as_secs())
            }
            Self::StillRotating(rotation) => write!(
                out,
                "The connection has two secrets until {}, and a third would cut off what is still signed with the first. \
                 Wait until then, or give an overlap of 0 to end both at once.",
                rotation.until.rfc3339()
            ),
            Self::Unknown => out.write_str("There is no connection with this id. Look it up under `connections`."),
            Self::Disabled => out.write_str("The connection is disabled, for good. Create a new one."),
            Self::NotCustom => {
                out.write_str("Only custom applications have a field mapping: what a platform sends is known.")
            }
            Self::Mapping(why) => write!(out, "The mapping cannot be used: {why}."),
            Self::FindsNothing => out.write_str(
                "The mapping finds no event or nobody in the sample, so deliveries like it would be of no use. See the \
                 trial's problems.",
            ),
        }
    }
}

/// Who does it, where.
pub(crate) struct Manager<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) staff: &'a Staff,
}

/// A connection to be made.
pub(crate) struct Wish<'a> {
    pub(crate) source: Source,
    /// The source's usual one where it is not said.
    pub(crate) scheme: Option<Scheme>,
    pub(crate) label: &'a str,
    /// A new one where it is not said.
    pub(crate) secret: Option<&'a str>,
    /// Where this Worker answers: `https://nod.example`.
    pub(crate) origin: &'a str,
}

/// A connection that was made, with what is shown once.
pub(crate) struct Made {
    pub(crate) connection: Connection,
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
}

/// A connection with a new secret, which is shown once.
pub(crate) struct Rotated {
    pub(crate) connection: Connection,
    pub(crate) secret: String,
}

impl Manager<'_> {
    /// Makes a connection.
    pub(crate) async fn create(&self, wish: &Wish<'_>) -> Result<Result<Made, NotDone>, Problem> {
        let (label, scheme) = match label(wish.label).and_then(|label| Ok((label, scheme(wish.source, wish.scheme)?))) {
            Ok(both) => both,
            Err(why) => return Ok(Err(why)),
        };
        let secret = match secret(scheme, wish.secret, &keys::random()?) {
            Ok(secret) => secret,
            Err(why) => return Ok(Err(why)),
        };
        let id = ConnectionId::from_random(keys::random()?);
        let token = Token::from_random(&keys::random()?);
        let url = token.url(wish.origin);
        let connection = Connection {
            controller: self.staff.controller.clone(),
            source: scheme.source(),
            scheme,
            label,
            address: token.hash(),
            url: keys::seal(self.environment, &Connection::url_place(&self.staff.controller, &id), url.as_bytes())?,
            secret: secret.as_ref().map(|(_, stored)| self.sealed(&id, stored)).transpose()?,
            secret_not_after: None,
            previous_secret: None,
            previous_not_after: None,
            shop: None,
            mapping: None,
            version: 1,
            created_at: clock::now()?,
            disabled_at: None,
            refused: 0,
            refused_at: None,
            refused_because: None,
            rights_url: None,
            tested_at: None,
            tested_because: None,
            id,
        };
        let detail = json!({"source": connection.source.name(), "scheme": scheme.name()});
        let entry = self.entry(&connection.id, connection.created_at, Action::ConnectionCreated, detail);
        let is_made = "EXISTS (SELECT 1 FROM connections WHERE controller = ?1 AND id = ?2)";
        let batch = vec![insertion(self.database, &connection)?, append(self.database, &entry, is_made)?];
        self.database.batch::<Value>(batch).await?;
        Ok(Ok(Made { connection, url, secret: secret.map(|(text, _)| text) }))
    }

    /// Gives a connection a new secret. The one before it holds for `overlap` more; with none, it and whatever was before it
    /// end at once.
    pub(crate) async fn rotate(
        &self,
        id: &ConnectionId,
        given: Option<&str>,
        overlap: Duration,
    ) -> Result<Result<Rotated, NotDone>, Problem> {
        if overlap > LONGEST_OVERLAP {
            return Ok(Err(NotDone::Overlap));
        }
        let now = clock::now()?;
        let random = keys::random()?;
        let mut shown = String::new();
        let detail = json!({"overlap_seconds": overlap.as_secs()});
        let changed = self
            .change(id, now, Action::ConnectionSecretRotated, &detail, |connection| {
                let (text, stored) = match secret(connection.scheme, given, &random) {
                    Ok(Some(secret)) => secret,
                    Ok(None) => return Ok(Err(NotDone::NoSecret)),
                    Err(why) => return Ok(Err(why)),
                };
                shown = text;
                Ok(put_in_front(connection, self.sealed(id, &stored)?, now, overlap))
            })
            .await?;
        Ok(changed.map(|connection| Rotated { connection, secret: shown }))
    }

    /// Ends a connection, for good: its secrets are forgotten. One that has ended stays as it is.
    pub(crate) async fn disable(&self, id: &ConnectionId) -> Result<Result<Connection, NotDone>, Problem> {
        if let Some(known) = get(self.database, &self.staff.controller, id).await?.filter(Connection::is_disabled) {
            return Ok(Ok(known));
        }
        let now = clock::now()?;
        self.change(id, now, Action::ConnectionDisabled, &json!({}), |connection| {
            connection.disabled_at = Some(now);
            connection.secret = None;
            connection.secret_not_after = None;
            connection.previous_secret = None;
            connection.previous_not_after = None;
            Ok(Ok(()))
        })
        .await
    }

    /// Saves where a custom application's payloads hold identifiers, if it finds some in the sample.
    pub(crate) async fn map(
        &self,
        id: &ConnectionId,
        mapping: &FieldMapping,
        trial: &Trial,
    ) -> Result<Result<Connection, NotDone>, Problem> {
        if !trial.is_useful() {
            return Ok(Err(NotDone::FindsNothing));
        }
        let text = serde_json::to_string(mapping).map_err(|_| Problem::internal("a mapping that JSON cannot hold"))?;
        self.change(id, clock::now()?, Action::ConnectionMapped, &json!({}), |connection| {
            if connection.source != Source::Custom {
                return Ok(Err(NotDone::NotCustom));
            }
            connection.mapping = Some(text.clone());
            Ok(Ok(()))
        })
        .await
    }

    /// Changes a connection and says so in the journal. If somebody else was quicker, again with what they left.
    async fn change(
        &self,
        id: &ConnectionId,
        at: Timestamp,
        action: Action,
        detail: &Value,
        mut change: impl FnMut(&mut Connection) -> Result<Result<(), NotDone>, Problem>,
    ) -> Result<Result<Connection, NotDone>, Problem> {
        let entry = self.entry(id, at, action, detail.clone());
        for _ in 0..ATTEMPTS {
            let Some(mut connection) = get(self.database, &self.staff.controller, id).await? else {
                return Ok(Err(NotDone::Unknown));
            };
            if connection.is_disabled() {
                return Ok(Err(NotDone::Disabled));
            }
            if let Err(why) = change(&mut connection)? {
                return Ok(Err(why));
            }
            let is_as_read = format!(
                "EXISTS (SELECT 1 FROM connections WHERE controller = ?1 AND id = ?2 AND version = {})",
                connection.version
            );
            let batch = vec![append(self.database, &entry, &is_as_read)?, update(self.database, &connection)?];
            if self.database.batch::<Value>(batch).await?.is_some() {
                forget(&connection.address);
                return Ok(Ok(connection));
            }
        }
        Err(Problem::still_changing())
    }

    fn sealed(&self, id: &ConnectionId, stored: &StoredSecret) -> Result<String, Problem> {
        let place = Connection::secret_place(&self.staff.controller, id);
        keys::seal(self.environment, &place, stored.expose().as_bytes())
    }

    fn entry(&self, id: &ConnectionId, at: Timestamp, action: Action, mut detail: Value) -> Entry {
        if let Value::Object(members) = &mut detail {
            members.insert("by".to_owned(), json!(self.staff.actor));
        }
        let controller = self.staff.controller.clone();
        Entry { controller, at, actor: Actor::Staff, action, object: id.to_string(), detail }
    }
}

impl Connection {
    fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }
}

fn label(text: &str) -> Result<String, NotDone> {
    let label = text.trim();
    match label.chars().count() {
        0 => Err(NotDone::NoLabel),
        length if length > LABEL => Err(NotDone::LongLabel),
        _ => Ok(label.to_owned()),
    }
}

/// Mandrill is Mailchimp's own, and one of Mailchimp's schemes to whoever connects it.
fn scheme(source: Source, scheme: Option<Scheme>) -> Result<Scheme, NotDone> {
    let scheme = scheme.unwrap_or(Scheme::default_for(source));
    let is_of = scheme.source() == source || (source, scheme) == (Source::Mailchimp, Scheme::Mandrill);
    if is_of { Ok(scheme) } else { Err(NotDone::OtherScheme(source)) }
}

/// The secret's text, and what is stored of it: the one given or a new one. Nothing for a scheme without.
fn secret(scheme: Scheme, given: Option<&str>, random: &[u8; 32]) -> Result<Option<(String, StoredSecret)>, NotDone> {
    if !scheme.has_secret() {
        return given.map_or(Ok(None), |_| Err(NotDone::NoSecret));
    }
    let text = given.map(str::to_owned).or_else(|| scheme.new_secret(random)).ok_or(NotDone::NoPublicKey)?;
    let stored = scheme.stored(&text).map_err(NotDone::Secret)?;
    Ok(Some((text, stored)))
}

/// The rule is that of [`Secrets::rotate`]; the texts it moves are the sealed ones.
fn put_in_front(connection: &mut Connection, sealed: String, now: Timestamp, overlap: Duration) -> Result<(), NotDone> {
    let previous = connection.previous_secret.take().zip(connection.previous_not_after);
    let mut secrets = match connection.secret.take() {
        Some(current) => Secrets::restored((current, connection.secret_not_after), previous),
        None => Secrets::none(),
    };
    if overlap.is_zero() {
        secrets = Secrets::new(sealed);
    } else {
        secrets.rotate(sealed, now, overlap).map_err(NotDone::StillRotating)?;
    }
    let (current, previous) = secrets.into_stored();
    (connection.secret, connection.secret_not_after) =
        current.map_or((None, None), |(sealed, not_after)| (Some(sealed), not_after));
    (connection.previous_secret, connection.previous_not_after) = previous.unzip();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_trimmed_and_bounded() {
        assert_eq!(label("  the shop \n").as_deref(), Ok("the shop"));
        assert_eq!(label(" \t"), Err(NotDone::NoLabel));
        assert!(label(&"ü".repeat(100)).is_ok());
        assert_eq!(label(&"ü".repeat(101)), Err(NotDone::LongLabel));
    }

    #[test]
    fn a_source_has_its_own_schemes() {
        assert_eq!(scheme(Source::Custom, None), Ok(Scheme::SharedSecret));
        assert_eq!(scheme(Source::Mailchimp, Some(Scheme::Mandrill)), Ok(Scheme::Mandrill));
        assert_eq!(scheme(Source::Shopify, Some(Scheme::Stripe)), Err(NotDone::OtherScheme(Source::Shopify)));
    }

    #[test]
    fn a_secret_is_given_or_made_where_there_is_one() {
        for scheme in Scheme::ALL {
            let made = secret(*scheme, None, &[7; 32]);
            match scheme {
                Scheme::MailchimpUnsigned => assert_eq!(made, Ok(None)),
                Scheme::Ed25519 => assert_eq!(made, Err(NotDone::NoPublicKey)),
                _ => assert!(made.is_ok_and(|made| made.is_some()), "{}", scheme.name()),
            }
        }
        assert_eq!(secret(Scheme::MailchimpUnsigned, Some("x"), &[7; 32]), Err(NotDone::NoSecret));
        assert!(matches!(secret(Scheme::Stripe, Some("a b"), &[7; 32]), Err(NotDone::Secret(_))));
    }
}
