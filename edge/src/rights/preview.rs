//! A mail as it would be sent now, for staff to look at: made of the same letter by the same rules. Nothing is done.

use nod_core::{
    id::RightsRequestId,
    mail::{self, Mail},
    rights::{self, Event},
};

use super::{
    act::{Desk, NotDone},
    letters::{Letters, Sender},
    said::{self, Said},
    stored,
};
use crate::http::Problem;

impl Desk<'_> {
    /// The mail that an event would send.
    pub(crate) async fn preview(
        &self,
        id: &RightsRequestId,
        event: &Event,
        kind: mail::Kind,
        message: Option<&str>,
    ) -> Result<Result<Mail, NotDone>, Problem> {
        let Some(request) = stored::get(self.database, self.controller, id).await? else {
            return Ok(Err(NotDone::Unknown));
        };
        let state = match rights::apply(&request.state()?, event, self.by.party(), self.now) {
            Ok(transition) => transition.state,
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        };
        let key = said::key(self.environment, self.controller, id).await?;
        let (Some(key), Some(sealed)) = (key, request.sealed.as_deref()) else { return Ok(Err(NotDone::Erased)) };
        let said = Said::open(&key, self.controller, id, sealed)?;
        let sender = Sender::of(self.database, self.controller, request.site.as_ref()).await?;
        let letters = Letters {
            environment: self.environment,
            sender: &sender,
            request: &request,
            state: &state,
            said: &said,
            token: None,
        };
        Ok(Ok(mail::compose(&letters.letter(kind, message, letters.link(kind)))))
    }
}
