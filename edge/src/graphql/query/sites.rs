//! A controller's sites, their notices, and the laws that visits are under.

use nod_core::{
    id::{Fingerprint, SiteKey},
    locale::LOCALES,
    regime::{DEFAULT, REGIMES},
};

use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        paging,
        shown::Shown,
        types::site as types,
    },
    page::Place,
    retention, site,
};

/// `sites`
pub(in crate::graphql) fn sites(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (controller, call) = (asked.session.controller()?, asked.session.call());
        let found = site::all_settings(&Database::of(call)?, controller).await?;
        let origin = call.origin();
        Ok(Shown::list(found.iter().map(|one| types::settings(&origin, one))))
    })
}

/// `siteSettings`
pub(in crate::graphql) fn site_settings(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (controller, call) = (asked.session.controller()?, asked.session.call());
        let Some(key) = SiteKey::parse(asked.arguments.must("key")) else { return Ok(Shown::Nothing) };
        let found = site::settings(&Database::of(call)?, controller, &key).await?;
        Ok(found.map(|found| types::settings(&call.origin(), &found)).into())
    })
}

/// `controller`
pub(in crate::graphql) fn controller(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let database = Database::of(asked.session.call())?;
        Ok(types::controller(&site::about(&database, asked.session.controller()?).await?))
    })
}

/// `notices`
pub(in crate::graphql) fn notices(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let page = paging::asked::<Place>(asked.arguments)?;
        let Some(key) = SiteKey::parse(asked.arguments.must("site")) else {
            return Ok(paging::shown(&page, [], false));
        };
        let found = site::notices(&Database::of(asked.session.call())?, controller, &key, &page).await?;
        let rows = found
            .rows
            .iter()
            .map(|row| (Place { at: row.published_at, id: row.fingerprint.to_string() }, types::notice(&key, row)));
        Ok(paging::shown(&page, rows, found.has_more))
    })
}

/// `notice`
pub(in crate::graphql) fn notice(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let key = SiteKey::parse(asked.arguments.must("site"));
        let (Some(key), Some(fingerprint)) = (key, Fingerprint::parse(asked.arguments.must("fingerprint"))) else {
            return Ok(Shown::Nothing);
        };
        let found = site::one_notice(&Database::of(asked.session.call())?, controller, &key, &fingerprint).await?;
        Ok(found.map(|found| types::notice(&key, &found)).into())
    })
}

/// `regimes`
pub(in crate::graphql) fn regimes(_asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let regime = |regime: &nod_core::regime::Regime| {
            Shown::Object(vec![
                ("law", regime.id.into()),
                ("model", regime.model.name().into()),
                ("honoursGpc", regime.honours_gpc.into()),
                ("rememberDays", i64::from(regime.remember_days).into()),
                ("source", regime.source.into()),
                ("regions", Shown::list(regime.places().iter().copied())),
            ])
        };
        Ok(Shown::list(REGIMES.iter().chain([&DEFAULT]).map(regime)))
    })
}

/// `noticeWords`
pub(in crate::graphql) fn notice_words(_asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let words = |locale: &nod_core::locale::Locale| {
            let texts = serde_json::to_value(locale.texts).unwrap_or_default();
            let purposes = serde_json::to_value(locale.purposes).unwrap_or_default();
            Shown::Object(vec![
                ("locale", locale.tag.into()),
                ("texts", Shown::Json(texts)),
                ("purposes", Shown::Json(purposes)),
            ])
        };
        Ok(Shown::List(LOCALES.iter().map(words).collect()))
    })
}

/// `retention`
pub(in crate::graphql) fn retention(_asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let period = |(what, days): &(&str, Option<i64>)| {
            Shown::Object(vec![("what", (*what).into()), ("days", (*days).into())])
        };
        Ok(Shown::list(retention::periods().iter().map(period)))
    })
}
