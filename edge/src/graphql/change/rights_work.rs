//! What staff do by hand for a request: tasks and files.

use base64ct::{Base64, Encoding as _};
use nod_core::id::{ItemId, RightsRequestId};

use super::{
    UserError, done, refused,
    review::shown_to_staff,
    rights::{too_long, written},
};
use crate::{
    database::Database,
    graphql::fields::{Asked, Work},
    rights::{self, By, Desk, NotDone},
};

/// The longest name of a file, in characters.
const NAME: usize = 200;
/// The longest type of a file.
const MEDIA_TYPE: usize = 100;
/// The largest file, in bytes.
const LARGEST: usize = 1_000_000;

/// `completeRightsTask`
pub(in crate::graphql) fn complete_rights_task(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (staff, input) = (asked.session.staff()?, asked.input()?);
        let note = match written(input, "note") {
            Ok(note) => note,
            Err(why) => return Ok(refused(why)),
        };
        let call = asked.session.call();
        let database = Database::of(call)?;
        let desk = Desk::new(&call.environment, &database, &staff.controller, By::Staff(staff))?;
        let ids = RightsRequestId::parse(input.must("id")).zip(ItemId::parse(input.must("task")));
        let Some((request, task)) = ids else { return Ok(refused(no_task())) };
        if !desk.complete(staff, &request, &task, note).await? {
            return Ok(refused(no_task()));
        }
        let Some(found) = rights::get(&database, &staff.controller, &request).await? else {
            return Ok(refused(NotDone::Unknown));
        };
        Ok(done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)]))
    })
}

/// `addRightsFile`
pub(in crate::graphql) fn add_rights_file(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (staff, input) = (asked.session.staff()?, asked.input()?);
        let (name, media_type) = (input.must("name").trim(), input.must("mediaType").trim());
        for (field, text, longest) in [("name", name, NAME), ("mediaType", media_type, MEDIA_TYPE)] {
            if !(1..=longest).contains(&text.chars().count()) {
                return Ok(refused(too_long(field, longest)));
            }
        }
        let content = Base64::decode_vec(input.must("content")).ok();
        let Some(content) = content.filter(|content| (1..=LARGEST).contains(&content.len())) else {
            let sentence = "The content is Base64 of between 1 and 1000000 bytes.".to_owned();
            return Ok(refused(UserError { field: "content", code: "INVALID_CONTENT", sentence }));
        };
        let call = asked.session.call();
        let database = Database::of(call)?;
        let desk = Desk::new(&call.environment, &database, &staff.controller, By::Staff(staff))?;
        let Some(request) = RightsRequestId::parse(input.must("id")) else { return Ok(refused(NotDone::Unknown)) };
        Ok(match desk.add_file(&request, name, media_type, &content).await? {
            Ok(found) => done(vec![("rightsRequest", shown_to_staff(asked, &found).await?)]),
            Err(why) => refused(why),
        })
    })
}

fn no_task() -> UserError {
    let sentence = "There is no such task that is not done. Look at `tasks` again.".to_owned();
    UserError { field: "task", code: "UNKNOWN_TASK", sentence }
}
