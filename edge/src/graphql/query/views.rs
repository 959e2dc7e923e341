//! What makes work at the dashboard shorter: drafts of answers, and views that a member keeps.

use nod_core::{
    id::RightsRequestId,
    rights::answers::{About, answers},
};

use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
        types::staff::view,
    },
    rights,
    staff::views,
};

/// `answerTemplates`
pub(in crate::graphql) fn answer_templates(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        let none = || Ok(Shown::List(Vec::new()));
        let Some(id) = RightsRequestId::parse(asked.arguments.must("request")) else { return none() };
        let found = rights::get(&Database::of(asked.session.call())?, &staff.controller, &id).await?;
        let Some(found) = found else { return none() };
        let about = About {
            kind: found.state()?.kind,
            locale: &found.locale,
            number: rights::number(&id),
            controller: &staff.controller_name,
            due: found.due_at,
        };
        let shown = answers(&about).into_iter().map(|draft| {
            Shown::Object(vec![("key", draft.key.into()), ("title", draft.title.into()), ("text", draft.text.into())])
        });
        Ok(Shown::list(shown))
    })
}

/// `savedViews`
pub(in crate::graphql) fn saved_views(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        if staff.session.is_none() {
            return Ok(Shown::List(Vec::new()));
        }
        let kept = views::list(&Database::of(asked.session.call())?, &staff.controller, &staff.actor).await?;
        Ok(Shown::list(kept.iter().map(view)))
    })
}
