//! Merges taken back, for reviewers.

use nod_core::id::ChangeId;

use super::{UserError, done, refused};
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
        types::{
            connection::{Known, Wanted},
            subject,
        },
    },
    identity::{self, NotSplit},
    keys,
};

/// The longest reason that staff give, in characters.
const REASON: usize = 500;

/// `splitDataSubject`
pub(in crate::graphql) fn split_data_subject(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let session = asked.session;
        let staff = session.staff()?;
        let (controller, input) = (&staff.controller, asked.input()?);
        let reason = input.must("reason").trim();
        if !(1..=REASON).contains(&reason.chars().count()) {
            let sentence = format!("The reason has between 1 and {REASON} characters.");
            return Ok(refused(UserError { field: "reason", code: "INVALID_REASON", sentence }));
        }
        let Some(merge) = ChangeId::parse(input.must("merge")) else { return Ok(refused(NotSplit::Unknown)) };
        let database = Database::of(session.call())?;
        let masters = keys::masters(&session.call().environment)?;
        let sides = match identity::split(&database, &masters, controller, &merge, reason, &staff.actor).await? {
            Ok(sides) => sides,
            Err(why) => return Ok(refused(why)),
        };
        let wanted = Wanted::in_any(&subject::connections_of(&asked.look_ahead().field("subjects")));
        let mut subjects = Vec::new();
        for side in sides {
            if let Some(profile) = identity::profile(&database, &masters, controller, &side).await? {
                let known = Known::read(&database, controller, subject::connections(&profile), wanted).await?;
                let requests = subject::requests(&database, controller, &profile, &known).await?;
                subjects.push(subject::shown(profile, &known, requests));
            }
        }
        Ok(done(vec![("subjects", Shown::List(subjects))]))
    })
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
        Self { field: "merge", code, sentence: sentence.to_owned() }
    }
}
