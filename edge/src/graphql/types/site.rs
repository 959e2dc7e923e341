//! Sites and their notices, as staff see them.
//!
//! Notices are large, so what one says, and what it changes, is read where it is asked for: an object knows its site and its
//! fingerprint.

use async_graphql::Result;
use nod_core::{
    id::SiteKey,
    look::{Colour, Look, Scheme},
    notice::{Changes, LegalBasis, Notice, Purpose},
};
use serde_json::Value;

use super::tags::{of_list, place};
use crate::{
    graphql::{
        fields::{Asked, Work},
        session::coded,
        shown::Shown,
    },
    http::Problem,
    site::{self, About, Listed, Settings},
};

/// A site.
pub(in crate::graphql) fn settings(origin: &str, settings: &Settings) -> Shown {
    let Settings { key, name, origins, fingerprint, published_at, notice, look } = settings;
    let snippet = format!(r#"<script src="{origin}/{key}/nod.js"></script>"#);
    Shown::Object(vec![
        ("key", key.into()),
        ("name", name.as_str().into()),
        ("origins", Shown::list(origins.iter().map(String::as_str))),
        ("snippet", snippet.into()),
        ("noticeVersion", notice.version.into()),
        ("noticeFingerprint", fingerprint.into()),
        ("publishedAt", (*published_at).into()),
        ("defaultLocale", notice.default_locale.as_str().into()),
        ("locales", Shown::list(notice.words.keys().map(String::as_str))),
        ("privacyPolicy", notice.controller.privacy_policy.as_str().into()),
        ("purposes", Shown::list(notice.purposes.iter().map(|one| purpose(notice, one)))),
        ("look", look.map(self::look).into()),
    ])
}

/// How a site looks.
pub(in crate::graphql) fn look(look: Look) -> Shown {
    let painted = |scheme| {
        let painted = look.painted(scheme);
        Shown::Object(vec![("accent", painted.accent.css().into()), ("text", painted.text.into())])
    };
    Shown::Object(vec![
        ("accent", look.accent.map(Colour::css).into()),
        ("theme", Shown::name(look.theme.name())),
        ("corners", Shown::name(look.corners.name())),
        ("position", Shown::name(look.position.name())),
        ("light", painted(Scheme::Light)),
        ("dark", painted(Scheme::Dark)),
    ])
}

fn purpose(notice: &Notice, purpose: &Purpose) -> Shown {
    let words = notice.words.get(&notice.default_locale).and_then(|words| words.purposes.get(&purpose.id));
    let basis = match purpose.legal_basis {
        LegalBasis::Consent => "consent",
        LegalBasis::Contract => "contract",
        LegalBasis::LegitimateInterest => "legitimate_interest",
    };
    Shown::Object(vec![
        ("id", purpose.id.as_str().into()),
        ("name", words.map_or(purpose.id.as_str(), |words| &words.name).into()),
        ("essential", purpose.essential.into()),
        ("saleOrSharing", purpose.sale_or_sharing.into()),
        ("legalBasis", basis.into()),
        ("retentionDays", i64::from(purpose.retention_days).into()),
        ("vendors", Shown::list(notice.vendors_of(purpose).map(|vendor| vendor.name.as_str()))),
    ])
}

/// What is said of a controller.
pub(in crate::graphql) fn controller(about: &About) -> Shown {
    Shown::Object(vec![
        ("id", (&about.id).into()),
        ("name", about.name.as_str().into()),
        ("contact", about.contact.as_deref().into()),
        ("region", about.region.as_deref().into()),
    ])
}

/// A notice.
pub(in crate::graphql) fn notice(site: &SiteKey, notice: &Listed) -> Shown {
    Shown::Object(vec![
        ("site", site.into()),
        ("fingerprint", (&notice.fingerprint).into()),
        ("version", notice.version.into()),
        ("publishedAt", notice.published_at.into()),
        ("isPublished", (notice.is_published != 0).into()),
    ])
}

/// `Notice.document`
pub(in crate::graphql) fn document(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (Some((controller, site, database)), Some(fingerprint)) = (place(asked)?, asked.parent.text("fingerprint"))
        else {
            return Ok(Shown::Nothing);
        };
        let document = site::notice_document(&database, controller, &site, fingerprint).await?;
        Ok(document.as_deref().map(read).transpose()?.map_or(Shown::Nothing, Shown::Json))
    })
}

/// `Notice.changes`: against the notice before, or another.
pub(in crate::graphql) fn changes(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (Some((controller, site, database)), Some(fingerprint)) = (place(asked)?, asked.parent.text("fingerprint"))
        else {
            return Ok(Shown::Nothing);
        };
        let before =
            match asked.arguments.text("from") {
                Some(from) => {
                    let before = site::notice_document(&database, controller, &site, from).await?;
                    Some(before.ok_or_else(|| {
                        coded("The site has no notice with the fingerprint `from`.", "UNKNOWN_NOTICE")
                    })?)
                }
                None => site::notice_before(&database, controller, &site, fingerprint).await?,
            };
        let after = site::notice_document(&database, controller, &site, fingerprint).await?;
        let [before, after] = [before, after].map(|document| document.as_deref().map(read).transpose());
        let changes = Changes::between(&before?.unwrap_or_default(), &after?.unwrap_or_default());
        Ok(Shown::Object(vec![
            ("purposes", of_list(&changes.purposes)),
            ("vendors", of_list(&changes.vendors)),
            ("others", Shown::list(changes.others.iter().map(String::as_str))),
        ]))
    })
}

fn read(document: &str) -> Result<Value, Problem> {
    serde_json::from_str(document).map_err(|_| Problem::internal("a notice that cannot be read"))
}
