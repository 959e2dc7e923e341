//! Dead letters read again, for reviewers.

use nod_core::id::DeliveryId;

use super::{UserError, done, refused};
use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        types::{
            connection::{Known, Wanted},
            delivery,
        },
    },
    http::Problem,
    webhooks::{self, NotReplayed},
};

/// `replayDelivery`
pub(in crate::graphql) fn replay_delivery(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let session = asked.session;
        let staff = session.staff()?;
        let Some(id) = DeliveryId::parse(asked.input()?.must("delivery")) else {
            return Ok(refused(NotReplayed::Unknown));
        };
        if let Err(why) = webhooks::replay(session.call(), &staff.controller, &id, &staff.actor).await? {
            return Ok(refused(why));
        }
        let database = Database::of(session.call())?;
        let kept = webhooks::get(&database, &staff.controller, &id, clock::now()?).await?;
        let kept = kept.ok_or_else(|| Problem::internal("a delivery that was replayed and is not there"))?;
        let wanted = Wanted::in_any(&[asked.look_ahead().field("delivery").field("connection")]);
        let known = Known::read(&database, &staff.controller, [&kept.connection], wanted).await?;
        Ok(done(vec![("delivery", delivery::shown(&kept, &known)?)]))
    })
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
        Self { field: "delivery", code, sentence }
    }
}
