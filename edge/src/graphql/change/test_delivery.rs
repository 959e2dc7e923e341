//! Connections tested, for owners.

use nod_core::id::ConnectionId;

use super::{UserError, connection::one, done, refused};
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        types::delivery,
    },
    webhooks::{NotTested, Tester},
};

/// `sendTestDelivery`
pub(in crate::graphql) fn send_test_delivery(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff) = (asked.session, asked.session.staff()?);
        let database = Database::of(session.call())?;
        let tested = match ConnectionId::parse(asked.input()?.must("connection")) {
            Some(id) => {
                let tester = Tester { environment: &session.call().environment, database: &database, staff };
                tester.test(&id).await?
            }
            None => Err(NotTested::Unknown),
        };
        Ok(match tested {
            Ok((test, connection)) => done(vec![
                ("test", delivery::tested(&test)),
                ("connection", one(asked, &database, staff, connection).await?),
            ]),
            Err(why) => refused(why),
        })
    })
}

impl From<NotTested> for UserError {
    fn from(why: NotTested) -> Self {
        let (code, sentence) = match why {
            NotTested::Unknown => {
                ("UNKNOWN_CONNECTION", "There is no connection with this id. Look it up under `connections`.")
            }
            NotTested::Disabled => ("DISABLED_CONNECTION", "The connection is disabled, for good. Create a new one."),
            NotTested::Unsigned => (
                "NOT_SIGNED",
                "Deliveries of this scheme are not signed, so a test would prove nothing. Change something at the platform, \
                 such as a member of the audience, and see the delivery arrive.",
            ),
            NotTested::OnlySenderSigns => (
                "ONLY_SENDER_SIGNS",
                "Only the sender holds what its deliveries are proven with. Have it send one, and see the delivery arrive.",
            ),
            NotTested::NoMapping => (
                "NO_MAPPING",
                "It is not known what this application sends. Save a field mapping for it, from a sample of \
                 what it sends; or have it send a delivery, and see what is found in the usual places.",
            ),
        };
        Self { field: "connection", code, sentence: sentence.to_owned() }
    }
}
