//! Secrets of destinations, for owners.

use nod_core::id::SiteKey;

use super::{UserError, done, refused};
use crate::{
    destinations::{self, NotSet},
    graphql::{
        fields::{Asked, Work},
        types,
    },
};

/// `setDestinationSecret`
pub(in crate::graphql) fn set_destination_secret(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (staff, input) = (asked.session.staff()?, asked.input()?);
        let (environment, id) = (&asked.session.call().environment, input.must("destination"));
        let Some(site) = SiteKey::parse(input.must("site")) else { return Ok(refused(NotSet::UnknownDestination)) };
        let (given, at_once) = (input.text("secret"), input.is("atOnce"));
        Ok(match destinations::set_secret(environment, staff, &site, id, given, at_once).await? {
            Ok(drawn) => {
                let destination = types::destination::one(environment, &staff.controller, &site, id).await?;
                done(vec![("destination", destination.into()), ("secret", drawn.into())])
            }
            Err(why) => refused(why),
        })
    })
}

impl From<NotSet> for UserError {
    fn from(why: NotSet) -> Self {
        Self { field: why.field(), code: why.code(), sentence: why.to_string() }
    }
}
