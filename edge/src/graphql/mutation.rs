//! What can be changed. Every answer has `userErrors`: what keeps it from being done, in sentences; then nothing was changed.

use std::time::Duration;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use nod_core::{
    id::{ChangeId, ConnectionId, DeliveryId},
    staff::Role,
};
use serde_json::Value;

use super::{
    names::{Scheme, Source},
    query::people,
    session::{Session, here},
    time::DateTime,
    types::{
        DataSubject, Delivery, FieldMapping, FieldMappingTrial, UserError, Wanted, WebhookConnection, connections,
        known, subject,
    },
};
use crate::{
    clock,
    connection::{Connection, Manager, NotDone, Wish},
    database::Database,
    http::Problem,
    identity::{self, NotSplit},
    keys,
    staff::Staff,
    webhooks::{self, NotReplayed},
};

/// How long two secrets hold where nothing is said, in seconds: as long as Stripe signs with both.
const OVERLAP: i32 = 86_400;
/// The longest reason that staff give, in characters.
const REASON: usize = 500;

/// A connection to be made.
#[derive(InputObject)]
struct CreateConnectionInput {
    /// Who will send.
    source: Source,
    /// What staff call it, up to 100 characters.
    label: String,
    /// How deliveries prove where they come from; the source's usual way where it is left out.
    scheme: Option<Scheme>,
    /// The secret that the platform shows. Without one Nod makes one, until the platform's own is set by
    /// `rotateConnectionSecret`. For ED25519 the sender's public key, `whpk_…`.
    secret: Option<String>,
}

/// A connection that was made.
#[derive(Default, SimpleObject)]
struct CreateConnectionPayload {
    /// The connection.
    connection: Option<WebhookConnection>,
    /// The address that the platform sends to.
    url: Option<String>,
    /// The secret. It is not shown again.
    secret: Option<String>,
    /// What kept it from being done.
    user_errors: Vec<UserError>,
}

/// A new secret for a connection.
#[derive(InputObject)]
struct RotateConnectionSecretInput {
    /// The connection.
    connection: ID,
    /// The secret that the platform shows. Without one Nod makes one.
    secret: Option<String>,
    /// How long the secret before it holds, too, in seconds, up to 604800. With 0 it ends at once: for a secret in wrong hands.
    #[graphql(default_with = "Some(OVERLAP)")]
    overlap_seconds: Option<i32>,
}

/// A connection with a new secret.
#[derive(Default, SimpleObject)]
struct RotateConnectionSecretPayload {
    /// The connection.
    connection: Option<WebhookConnection>,
    /// The secret. It is not shown again.
    secret: Option<String>,
    /// Until when the secret before it holds, too.
    previous_valid_until: Option<DateTime>,
    /// What kept it from being done.
    user_errors: Vec<UserError>,
}

/// A connection to be ended.
#[derive(InputObject)]
struct DisableConnectionInput {
    /// The connection.
    connection: ID,
}

/// A connection that takes no more deliveries.
#[derive(Default, SimpleObject)]
struct DisableConnectionPayload {
    /// The connection.
    connection: Option<WebhookConnection>,
    /// What kept it from being done.
    user_errors: Vec<UserError>,
}

/// Where a custom application's payloads hold identifiers.
#[derive(InputObject)]
struct SaveFieldMappingInput {
    /// The connection.
    connection: ID,
    /// The mapping.
    mapping: FieldMapping,
    /// A payload that the mapping must be of use on. It is not kept.
    sample: Value,
}

/// A mapping that was saved.
#[derive(Default, SimpleObject)]
struct SaveFieldMappingPayload {
    /// The connection.
    connection: Option<WebhookConnection>,
    /// What it finds in the sample.
    trial: Option<FieldMappingTrial>,
    /// What kept it from being done.
    user_errors: Vec<UserError>,
}

/// A mapping to be tried.
#[derive(InputObject)]
struct TryFieldMappingInput {
    /// The mapping.
    mapping: FieldMapping,
    /// A payload to try it on. It is not kept.
    sample: Value,
}

/// A mapping that was tried.
#[derive(Default, SimpleObject)]
struct TryFieldMappingPayload {
    /// What it finds in the sample.
    trial: Option<FieldMappingTrial>,
    /// What kept it from being tried.
    user_errors: Vec<UserError>,
}

/// A dead letter to be read again.
#[derive(InputObject)]
struct ReplayDeliveryInput {
    /// The delivery.
    delivery: ID,
}

/// A delivery that was read again.
#[derive(Default, SimpleObject)]
struct ReplayDeliveryPayload {
    /// The delivery as it is now.
    delivery: Option<Delivery>,
    /// What kept it from being of use.
    user_errors: Vec<UserError>,
}

/// A merge to be taken back.
#[derive(InputObject)]
struct SplitDataSubjectInput {
    /// The merge, one of a data subject's `changes`.
    merge: ID,
    /// Why, for those who come after, up to 500 characters. No personal data.
    reason: String,
}

/// A merge that was taken back.
#[derive(Default, SimpleObject)]
struct SplitDataSubjectPayload {
    /// The people that its sides are now.
    subjects: Option<Vec<DataSubject>>,
    /// What kept it from being done.
    user_errors: Vec<UserError>,
}

/// Changes.
pub(super) struct Mutation;

#[Object]
impl Mutation {
    /// Makes a webhook source. For owners.
    #[graphql(complexity = "500 + child_complexity")]
    async fn create_connection(
        &self,
        context: &Context<'_>,
        input: CreateConnectionInput,
    ) -> Result<Option<CreateConnectionPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Owner)?;
        let wanted = wanted_connection(context);
        here(async {
            let database = Database::of(session.call())?;
            let origin = session.call().origin();
            let wish = Wish {
                source: input.source.into(),
                scheme: input.scheme.map(Into::into),
                label: &input.label,
                secret: input.secret.as_deref(),
                origin: &origin,
            };
            Ok(match manager(session, &database, staff).create(&wish).await? {
                Ok(made) => CreateConnectionPayload {
                    connection: one(&database, staff, made.connection, wanted).await?,
                    url: Some(made.url),
                    secret: made.secret,
                    user_errors: Vec::new(),
                },
                Err(why) => CreateConnectionPayload { user_errors: vec![why.into()], ..Default::default() },
            })
        })
        .await
        .map(Some)
    }

    /// Gives a connection a new secret, while the one before it still holds for some time. For owners.
    #[graphql(complexity = "500 + child_complexity")]
    async fn rotate_connection_secret(
        &self,
        context: &Context<'_>,
        input: RotateConnectionSecretInput,
    ) -> Result<Option<RotateConnectionSecretPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Owner)?;
        let wanted = wanted_connection(context);
        here(async {
            let database = Database::of(session.call())?;
            let manager = manager(session, &database, staff);
            let rotated =
                match (ConnectionId::parse(&input.connection), u64::try_from(input.overlap_seconds.unwrap_or(OVERLAP)))
                {
                    (None, _) => Err(NotDone::Unknown),
                    (_, Err(_)) => Err(NotDone::Overlap),
                    (Some(id), Ok(overlap)) => {
                        manager.rotate(&id, input.secret.as_deref(), Duration::from_secs(overlap)).await?
                    }
                };
            Ok(match rotated {
                Ok(rotated) => RotateConnectionSecretPayload {
                    previous_valid_until: rotated.connection.previous_not_after.map(DateTime),
                    connection: one(&database, staff, rotated.connection, wanted).await?,
                    secret: Some(rotated.secret),
                    user_errors: Vec::new(),
                },
                Err(why) => RotateConnectionSecretPayload { user_errors: vec![why.into()], ..Default::default() },
            })
        })
        .await
        .map(Some)
    }

    /// Ends a connection, for good. What came through it stays. For owners.
    #[graphql(complexity = "500 + child_complexity")]
    async fn disable_connection(
        &self,
        context: &Context<'_>,
        input: DisableConnectionInput,
    ) -> Result<Option<DisableConnectionPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Owner)?;
        let wanted = wanted_connection(context);
        here(async {
            let database = Database::of(session.call())?;
            let disabled = match ConnectionId::parse(&input.connection) {
                Some(id) => manager(session, &database, staff).disable(&id).await?,
                None => Err(NotDone::Unknown),
            };
            Ok(match disabled {
                Ok(disabled) => DisableConnectionPayload {
                    connection: one(&database, staff, disabled, wanted).await?,
                    user_errors: Vec::new(),
                },
                Err(why) => DisableConnectionPayload { user_errors: vec![why.into()], ..Default::default() },
            })
        })
        .await
        .map(Some)
    }

    /// Saves where a custom application's payloads hold identifiers, if that is of use on the sample. For owners.
    #[graphql(complexity = "500 + child_complexity")]
    async fn save_field_mapping(
        &self,
        context: &Context<'_>,
        input: SaveFieldMappingInput,
    ) -> Result<Option<SaveFieldMappingPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Owner)?;
        let wanted = wanted_connection(context);
        here(async {
            let mapping = match input.mapping.read() {
                Ok(mapping) => mapping,
                Err(why) => {
                    let user_errors = vec![NotDone::Mapping(why).into()];
                    return Ok(SaveFieldMappingPayload { user_errors, ..Default::default() });
                }
            };
            let trial = mapping.try_on(&input.sample);
            let database = Database::of(session.call())?;
            let saved = match ConnectionId::parse(&input.connection) {
                Some(id) => manager(session, &database, staff).map(&id, &mapping, &trial).await?,
                None => Err(NotDone::Unknown),
            };
            let (connection, user_errors) = match saved {
                Ok(saved) => (one(&database, staff, saved, wanted).await?, Vec::new()),
                Err(why) => (None, vec![why.into()]),
            };
            Ok(SaveFieldMappingPayload { connection, trial: Some((&trial).into()), user_errors })
        })
        .await
        .map(Some)
    }

    /// Tries a field mapping on a sample. Nothing is kept. For owners.
    #[graphql(complexity = "100 + child_complexity")]
    async fn try_field_mapping(
        &self,
        context: &Context<'_>,
        input: TryFieldMappingInput,
    ) -> Result<Option<TryFieldMappingPayload>> {
        Session::of(context)?.staff(Role::Owner)?;
        Ok(Some(match input.mapping.read() {
            Ok(mapping) => {
                TryFieldMappingPayload { trial: Some((&mapping.try_on(&input.sample)).into()), user_errors: Vec::new() }
            }
            Err(why) => TryFieldMappingPayload { trial: None, user_errors: vec![NotDone::Mapping(why).into()] },
        }))
    }

    /// Reads a dead letter again, with what is known today. For reviewers.
    #[graphql(complexity = "1_000 + child_complexity")]
    async fn replay_delivery(
        &self,
        context: &Context<'_>,
        input: ReplayDeliveryInput,
    ) -> Result<Option<ReplayDeliveryPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Reviewer)?;
        let wanted = Wanted::in_any(&[context.look_ahead().field("delivery").field("connection")]);
        here(async {
            let replayed = match DeliveryId::parse(&input.delivery) {
                Some(id) => {
                    (webhooks::replay(session.call(), &staff.controller, &id, &staff.token).await?).map(|()| id)
                }
                None => Err(NotReplayed::Unknown),
            };
            let id = match replayed {
                Ok(id) => id,
                Err(why) => return Ok(ReplayDeliveryPayload { delivery: None, user_errors: vec![why.into()] }),
            };
            let database = Database::of(session.call())?;
            let kept = webhooks::get(&database, &staff.controller, &id, clock::now()?).await?;
            let kept = kept.ok_or_else(|| Problem::internal("a delivery that was replayed and is not there"))?;
            let known = known(&database, &staff.controller, [&kept.connection], wanted).await?;
            Ok(ReplayDeliveryPayload { delivery: Some(Delivery::new(kept, &known)?), user_errors: Vec::new() })
        })
        .await
        .map(Some)
    }

    /// Takes a merge back: its sides are different people, and stay so. For reviewers.
    #[graphql(complexity = "1_000 + 20 * child_complexity")]
    async fn split_data_subject(
        &self,
        context: &Context<'_>,
        input: SplitDataSubjectInput,
    ) -> Result<Option<SplitDataSubjectPayload>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Reviewer)?;
        let wanted = Wanted::in_any(&people(&context.look_ahead().field("subjects")));
        let reason = input.reason.trim();
        if !(1..=REASON).contains(&reason.chars().count()) {
            let sentence = format!("The reason has between 1 and {REASON} characters.");
            let error = UserError::new("reason", "INVALID_REASON", sentence);
            return Ok(Some(SplitDataSubjectPayload { subjects: None, user_errors: vec![error] }));
        }
        here(async {
            let database = Database::of(session.call())?;
            let masters = keys::masters(&session.call().environment)?;
            let split = match ChangeId::parse(&input.merge) {
                Some(merge) => {
                    identity::split(&database, &masters, &staff.controller, &merge, reason, &staff.token).await?
                }
                None => Err(NotSplit::Unknown),
            };
            let sides = match split {
                Ok(sides) => sides,
                Err(why) => return Ok(SplitDataSubjectPayload { subjects: None, user_errors: vec![why.into()] }),
            };
            let mut subjects = Vec::new();
            for side in sides {
                if let Some(profile) = identity::profile(&database, &masters, &staff.controller, &side).await? {
                    let known = known(&database, &staff.controller, connections(&profile), wanted).await?;
                    subjects.push(subject(profile, &known)?);
                }
            }
            Ok(SplitDataSubjectPayload { subjects: Some(subjects), user_errors: Vec::new() })
        })
        .await
        .map(Some)
    }
}

fn manager<'a>(session: &'a Session, database: &'a Database, staff: &'a Staff) -> Manager<'a> {
    Manager { environment: &session.call().environment, database, staff }
}

/// What is asked of the connection that a change is answered with.
fn wanted_connection(context: &Context<'_>) -> Wanted {
    Wanted::in_any(&[context.look_ahead().field("connection")])
}

async fn one(
    database: &Database,
    staff: &Staff,
    connection: Connection,
    wanted: Wanted,
) -> Result<Option<WebhookConnection>, Problem> {
    Ok(wanted.shown(database, &staff.controller, vec![connection]).await?.pop())
}

impl From<NotReplayed> for UserError {
    fn from(why: NotReplayed) -> Self {
        let (code, sentence) = match why {
            NotReplayed::Unknown => {
                ("UNKNOWN_DELIVERY", "There is no delivery with this id. Look it up under `deliveries`.".to_owned())
            }
            NotReplayed::NoDeadLetter => {
                ("NO_DEAD_LETTER", "The delivery is no dead letter: there is nothing to be done.".to_owned())
            }
            NotReplayed::Gone => (
                "GONE",
                "The content of a dead letter is kept for 30 days, which are over. Have the platform send it again."
                    .to_owned(),
            ),
            NotReplayed::StillUnusable(_, sentence) => {
                ("STILL_UNUSABLE", format!("The delivery still cannot be used: {sentence}."))
            }
        };
        Self::new("delivery", code, sentence)
    }
}

impl From<NotSplit> for UserError {
    fn from(why: NotSplit) -> Self {
        let (code, sentence) = match why {
            NotSplit::Unknown => {
                ("UNKNOWN_MERGE", "There is no merge with this id. Look it up among a data subject's changes.")
            }
            NotSplit::NoMerge => ("NO_MERGE", "The change is a parting. Only a merge can be taken back."),
            NotSplit::AlreadyUndone => ("ALREADY_UNDONE", "The merge was taken back before."),
            NotSplit::TooLarge => (
                "TOO_LARGE",
                "So much is known around this merge that it cannot be reckoned at once. Split a newer one first.",
            ),
        };
        Self::new("merge", code, sentence)
    }
}
