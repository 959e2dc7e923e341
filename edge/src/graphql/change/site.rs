//! Changes of sites, their notices and the controller, for owners.

use nod_core::{id::SiteKey, look::Look};

use super::{UserError, done, refused, refused_all};
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
        types,
    },
    http::Problem,
    site::{self, Manager, NotDone, SiteChange, Wish},
};

/// `updateSite`
pub(in crate::graphql) fn update_site(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (call, staff, input) = (asked.session.call(), asked.session.staff()?, asked.input()?);
        let Some(key) = SiteKey::parse(input.must("key")) else { return Ok(unknown_key()) };
        let database = Database::of(call)?;
        let manager = Manager { environment: &call.environment, database: &database, staff };
        let origins = input.texts("origins");
        let look = match input.input("look").map(|look| Look::read(&look.as_rules_write_it())).transpose() {
            Ok(look) => look,
            Err(unfit) => return Ok(not_done(NotDone::BadLook(unfit))),
        };
        let change = SiteChange { name: input.text("name"), origins: origins.as_deref(), look };
        if let Err(why) = manager.update_site(&key, change).await? {
            return Ok(match why {
                NotDone::UnknownSite => unknown_key(),
                why => not_done(why),
            });
        }
        let settings = site::settings(&database, &staff.controller, &key).await?;
        Ok(done(vec![("site", settings.map(|settings| types::site::settings(&call.origin(), &settings)).into())]))
    })
}

/// `updateController`
pub(in crate::graphql) fn update_controller(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (call, staff, input) = (asked.session.call(), asked.session.staff()?, asked.input()?);
        let database = Database::of(call)?;
        let manager = Manager { environment: &call.environment, database: &database, staff };
        let [name, contact, region] = ["name", "contact", "region"].map(|field| input.text(field));
        if let Err(why) = manager.update_controller(name, contact, region).await? {
            return Ok(not_done(why));
        }
        let about = site::about(&database, &staff.controller).await?;
        Ok(done(vec![("controller", types::site::controller(&about))]))
    })
}

/// `publishNotice`
pub(in crate::graphql) fn publish_notice(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (call, staff, input) = (asked.session.call(), asked.session.staff()?, asked.input()?);
        let Some(key) = SiteKey::parse(input.must("site")) else { return Ok(not_done(NotDone::UnknownSite)) };
        let database = Database::of(call)?;
        let manager = Manager { environment: &call.environment, database: &database, staff };
        let draft = input.json("draft");
        let wish = Wish {
            draft: &draft,
            based_on: input.text("basedOn"),
            ask_again: input.yes_or_no("askAgain"),
            default_locale: input.text("defaultLocale"),
            privacy_policy: input.text("privacyPolicy"),
        };
        let fingerprint = match manager.publish(&key, wish).await? {
            Ok(fingerprint) => fingerprint,
            Err(why) => return Ok(not_done(why)),
        };
        let notice = site::one_notice(&database, &staff.controller, &key, &fingerprint).await?;
        let notice = notice.ok_or_else(|| Problem::internal("a notice that was published and is not there"))?;
        Ok(done(vec![("notice", types::site::notice(&key, &notice))]))
    })
}

/// No site has the key that is given as such.
fn unknown_key() -> Shown {
    let (code, sentence) = (NotDone::UnknownSite.code(), NotDone::UnknownSite.to_string());
    refused(UserError { field: "key", code, sentence })
}

/// Each of several things that are wrong with a draft is an error of its own, which names the place.
fn not_done(why: NotDone) -> Shown {
    let (field, code) = (why.field(), why.code());
    match why {
        NotDone::Invalid(problems) => {
            refused_all(problems.iter().map(|problem| UserError { field, code, sentence: problem.to_string() }))
        }
        why => refused(UserError { field, code, sentence: why.to_string() }),
    }
}
