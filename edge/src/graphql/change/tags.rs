//! Changes of a site's tags, for owners.

use async_graphql::Result;
use nod_core::id::SiteKey;

use super::{UserError, done, refused, refused_all};
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        session::Session,
        shown::Shown,
        types,
    },
    http::Problem,
    staff::Staff,
    tags::{self, Manager, NotDone, Wish},
};

/// `saveTags`
pub(in crate::graphql) fn save_tags(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let Some(site) = SiteKey::parse(input.must("site")) else { return Ok(not_done(NotDone::UnknownSite)) };
        let database = Database::of(session.call())?;
        let document = Some(input.json("document")).filter(|document| !document.is_null());
        let manager = Manager { environment: &session.call().environment, database: &database, staff };
        let read = number(input, "revision").unwrap_or(u32::MAX);
        Ok(match manager.save(&site, document.as_ref(), read).await? {
            Ok(()) => {
                let draft = tags::draft(&database, &staff.controller, &site).await?;
                let draft = draft.map(|draft| types::tags::drafted(&site, &draft)).transpose()?;
                done(vec![("revision", read.saturating_add(1).into()), ("draft", draft.into())])
            }
            Err(why) => not_done(why),
        })
    })
}

/// `publishTags`
pub(in crate::graphql) fn publish_tags(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let Some(site) = SiteKey::parse(input.must("site")) else { return Ok(not_done(NotDone::UnknownSite)) };
        let database = Database::of(session.call())?;
        let document = Some(input.json("document")).filter(|document| !document.is_null());
        let wish = Wish {
            document: document.as_ref(),
            note: input.text("note"),
            revision: number(input, "revision"),
            replaces: number(input, "replaces"),
        };
        let manager = Manager { environment: &session.call().environment, database: &database, staff };
        let published = manager.publish(&site, wish).await?;
        answer(&database, staff, &site, published).await
    })
}

/// `rollbackTags`
pub(in crate::graphql) fn rollback_tags(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let Some(site) = SiteKey::parse(input.must("site")) else { return Ok(not_done(NotDone::UnknownSite)) };
        let Some(version) = number(input, "version") else { return Ok(not_done(NotDone::UnknownVersion)) };
        let database = Database::of(session.call())?;
        let manager = Manager { environment: &session.call().environment, database: &database, staff };
        let published = manager.roll_back(&site, version, input.text("note")).await?;
        answer(&database, staff, &site, published).await
    })
}

/// The version that pages get now.
async fn answer(database: &Database, staff: &Staff, site: &SiteKey, published: Result<u32, NotDone>) -> Result<Shown> {
    let version = match published {
        Ok(version) => tags::one(database, &staff.controller, site, version).await?,
        Err(why) => return Ok(not_done(why)),
    };
    let version = version.ok_or_else(|| Problem::internal("a version that was published and is not there"))?;
    Ok(done(vec![("version", types::tags::version(site, &version))]))
}

fn owner(asked: Asked<'_>) -> Result<(&Session, &Staff, Input<'_>)> {
    Ok((asked.session, asked.session.staff()?, asked.input()?))
}

/// A number that is not negative. One that is stands for none that there is.
fn number(input: Input<'_>, name: &str) -> Option<u32> {
    input.number(name).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

/// Each of several things that are wrong with a document is an error of its own.
fn not_done(why: NotDone) -> Shown {
    let (field, code) = (why.field(), why.code());
    match why {
        NotDone::Invalid(problems) => {
            refused_all(problems.iter().map(|problem| UserError { field, code, sentence: problem.to_string() }))
        }
        why => refused(UserError { field, code, sentence: why.to_string() }),
    }
}
