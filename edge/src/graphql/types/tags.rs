//! Tags as staff see them.
//!
//! Documents and what they change are large, so they are read where they are asked for: an object knows its site and its
//! number, and its fields of their own read the rest.

use async_graphql::Result;
use nod_core::{
    id::{ControllerId, SiteKey},
    tags::{
        Problem as Wrong,
        changes::{Changes, Difference},
        template::{NAMES, Template},
    },
};
use serde_json::Value;

use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        paging,
        session::coded,
        shown::Shown,
    },
    http::Problem,
    tags::{self, Draft, Version},
};

/// `Tags.draft`
pub(in crate::graphql) fn draft(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some((controller, site, database)) = place(asked)? else { return Ok(Shown::Nothing) };
        let Some(draft) = tags::draft(&database, controller, &site).await? else { return Ok(Shown::Nothing) };
        Ok(drafted(&site, &draft)?)
    })
}

/// `TagDraft.problems`
pub(in crate::graphql) fn problems(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some((controller, site, _)) = place(asked)? else { return Ok(Shown::Nothing) };
        let environment = &asked.session.call().environment;
        let site = crate::site::of_controller(environment, controller, &site).await?;
        let document = asked.parent.member("document").and_then(Shown::json).cloned().unwrap_or_default();
        let found = site.map(|site| tags::problems(environment, document, &site)).unwrap_or_default();
        let problem = |problem: &Wrong| {
            let (place, sentence) = (problem.place.as_str(), problem.sentence.as_str());
            Shown::Object(vec![("place", place.into()), ("message", sentence.into())])
        };
        Ok(Shown::list(found.iter().map(problem)))
    })
}

/// `Tags.published`
pub(in crate::graphql) fn published(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (Some((controller, site, database)), Some(version)) = (place(asked)?, asked.parent.number(PUBLISHED))
        else {
            return Ok(Shown::Nothing);
        };
        let version = tags::one(&database, controller, &site, version).await?;
        Ok(version.map(|version| self::version(&site, &version)).into())
    })
}

/// `Tags.versions`
pub(in crate::graphql) fn versions(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let page = paging::asked::<i64>(asked.arguments)?;
        let Some((controller, site, database)) = place(asked)? else { return Ok(Shown::Nothing) };
        let found = tags::list(&database, controller, &site, &page).await?;
        let rows = found.rows.iter().map(|row| (i64::from(row.number), version(&site, row)));
        Ok(paging::shown(&page, rows, found.has_more))
    })
}

/// `Tags.templates`
pub(in crate::graphql) fn templates(_asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let template = |name: &&str| {
            let template = Template::named(name)?;
            Some(Shown::Object(vec![
                ("name", (*name).into()),
                ("title", template.title().into()),
                ("settings", Shown::Json(template.settings().clone())),
                ("storage", Shown::list(template.storage())),
            ]))
        };
        Ok(Shown::List(NAMES.iter().filter_map(template).collect()))
    })
}

/// `TagVersion.document`
pub(in crate::graphql) fn document(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (Some((controller, site, database)), Some(version)) = (place(asked)?, asked.parent.number("version"))
        else {
            return Ok(Shown::Nothing);
        };
        Ok(read(&database, controller, &site, version).await?.map_or(Shown::Nothing, Shown::Json))
    })
}

/// `TagVersion.changes` and `TagDraft.changes`: against the version before, or against the one that pages get.
pub(in crate::graphql) fn changes(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some((controller, site, database)) = place(asked)? else { return Ok(Shown::Nothing) };
        let given = asked.arguments.number("from").map(|from| u32::try_from(from).unwrap_or(u32::MAX));
        let (from, document) = if let Some(version) = asked.parent.number("version") {
            let before = given.unwrap_or(version.saturating_sub(1));
            (Some(before), read(&database, controller, &site, version).await?)
        } else {
            let state = tags::state(&database, controller, &site).await?;
            let document = asked.parent.member("document").and_then(Shown::json).cloned();
            (given.or(state.and_then(|state| state.published)), document)
        };
        let before = match from {
            None | Some(0) => Value::Null,
            Some(from) => read(&database, controller, &site, from).await?.ok_or_else(|| {
                coded("The site has no version with the number `from`. With 0 everything is new.", "UNKNOWN_VERSION")
            })?,
        };
        Ok(difference(&Changes::between(&before, &document.unwrap_or_default())))
    })
}

/// What the number of the published version is kept as.
pub(super) const PUBLISHED: &str = "(published)";

/// The tags of a site.
pub(in crate::graphql) fn shown(site: &SiteKey, state: &tags::State) -> Shown {
    Shown::Object(vec![
        ("site", site.as_str().into()),
        ("revision", state.revision.into()),
        ("publishedSince", state.since.into()),
        (PUBLISHED, state.published.into()),
    ])
}

/// A draft.
pub(in crate::graphql) fn drafted(site: &SiteKey, draft: &Draft) -> Result<Shown, Problem> {
    let document = serde_json::from_str(&draft.document);
    let document = document.map_err(|_| Problem::internal("a draft that cannot be read"))?;
    Ok(Shown::Object(vec![
        ("site", site.as_str().into()),
        ("revision", draft.revision.into()),
        ("savedAt", draft.saved_at.into()),
        ("savedBy", (&draft.saved_by).into()),
        ("document", Shown::Json(document)),
    ]))
}

/// A version.
pub(in crate::graphql) fn version(site: &SiteKey, version: &Version) -> Shown {
    Shown::Object(vec![
        ("site", site.as_str().into()),
        ("version", version.number.into()),
        ("note", version.note.as_deref().into()),
        ("fingerprint", (&version.fingerprint).into()),
        ("publishedAt", version.published_at.into()),
        ("publishedBy", version.published_by.as_ref().map(Shown::from).into()),
        ("isPublished", (version.is_published != 0).into()),
    ])
}

fn difference(changes: &Changes) -> Shown {
    Shown::Object(vec![
        ("rules", of_list(&changes.rules)),
        ("vendors", of_list(&changes.vendors)),
        ("destinations", of_list(&changes.destinations)),
        ("others", Shown::list(changes.others.iter().map(String::as_str))),
    ])
}

/// What differs between two lists.
pub(super) fn of_list(difference: &Difference) -> Shown {
    Shown::Object(vec![
        ("added", Shown::list(difference.added.iter().map(String::as_str))),
        ("removed", Shown::list(difference.removed.iter().map(String::as_str))),
        ("changed", Shown::list(difference.changed.iter().map(String::as_str))),
    ])
}

/// Whose site the object is of that is asked. Nothing for an object without one, which none is.
pub(super) fn place(asked: Asked<'_>) -> Result<Option<(&ControllerId, SiteKey, Database)>> {
    let controller = asked.session.controller()?;
    let Some(site) = asked.parent.text("site").and_then(SiteKey::parse) else { return Ok(None) };
    Ok(Some((controller, site, Database::of(asked.session.call())?)))
}

async fn read(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    version: u32,
) -> Result<Option<Value>, Problem> {
    let document = tags::document(database, controller, site, version).await?;
    let unreadable = |_| Problem::internal("a version that cannot be read");
    document.map(|document| serde_json::from_str(&document).map_err(unreadable)).transpose()
}
