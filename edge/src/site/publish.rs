//! Publishing a notice: the draft becomes a document that is never changed, visitors are shown it from then on, and the journal
//! says who did it; all that in one batch, which does nothing if somebody else published since the draft was begun.

use nod_core::{
    canonical,
    id::{Fingerprint, SiteKey},
    journal::{Action, Entry},
    notice::{ControllerContact, Draft, Notice},
    site::Site,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use super::{Manager, NotDone, notices, of_controller, renew, settings};
use crate::{database::time, http::Problem, journal::append};

/// The largest notice, in bytes of canonical JSON.
pub(super) const SIZE: usize = 128 * 1024;
/// How often a publication is tried when others publish for the same site.
const ATTEMPTS: usize = 3;

/// What is to be published.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    pub(crate) draft: &'a Value,
    /// The notice that it must replace, if it is said.
    pub(crate) based_on: Option<&'a str>,
    /// Whether visitors who have chosen are asked again; if they must be, where it is not said.
    pub(crate) ask_again: Option<bool>,
    /// The language for visitors whose own is not spoken; as before, if it is not said.
    pub(crate) default_locale: Option<&'a str>,
    /// Where the controller's privacy policy is; as before, if it is not said.
    pub(crate) privacy_policy: Option<&'a str>,
}

/// A notice about to be published.
struct Publication {
    key: SiteKey,
    replaces: Fingerprint,
    fingerprint: Fingerprint,
    version: u32,
    document: String,
    entry: Entry,
}

impl Manager<'_> {
    /// Publishes a notice. The answer is its fingerprint.
    pub(crate) async fn publish(&self, key: &SiteKey, wish: Wish<'_>) -> Result<Result<Fingerprint, NotDone>, Problem> {
        for _ in 0..ATTEMPTS {
            let site = of_controller(self.environment, &self.staff.controller, key).await?;
            let Some(site) = site else { return Ok(Err(NotDone::UnknownSite)) };
            let publication = match self.prepare(&site, wish).await? {
                Ok(publication) => publication,
                Err(why) => return Ok(Err(why)),
            };
            if self.store(&publication).await? {
                renew(self.environment, key).await?;
                return Ok(Ok(publication.fingerprint));
            }
        }
        Err(Problem::still_changing())
    }

    async fn prepare(&self, site: &Site, wish: Wish<'_>) -> Result<Result<Publication, NotDone>, Problem> {
        if wish.based_on.is_some_and(|read| read != site.fingerprint.as_str()) {
            return Ok(Err(NotDone::OtherNotice(site.fingerprint.clone())));
        }
        let about = settings::about(self.database, &site.controller).await?;
        let newest = notices::newest(self.database, &site.controller, &site.key).await?;
        let before = &site.notice.controller;
        let controller = ControllerContact {
            name: about.name,
            contact: about.contact.unwrap_or_else(|| before.contact.clone()),
            privacy_policy: wish.privacy_policy.map_or_else(|| before.privacy_policy.clone(), str::to_owned),
        };
        let locale = wish.default_locale.unwrap_or(&site.notice.default_locale).to_owned();
        let made = Draft::read(wish.draft, newest.saturating_add(1))
            .and_then(|draft| draft.publish(site.key.clone(), controller, locale))
            .map_err(|wrong| NotDone::Invalid(wrong.0));
        let notice = match made.and_then(|notice| fit(notice, site, wish.ask_again)) {
            Ok(notice) => notice,
            Err(why) => return Ok(Err(why)),
        };
        let version = notice.version;
        let document = canonical::bytes(&notice).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let document = document.ok_or_else(|| Problem::internal("a notice that JSON cannot hold"))?;
        if document.len() > SIZE {
            return Ok(Err(NotDone::LongDraft));
        }
        let fingerprint = Fingerprint::of(document.as_bytes());
        let detail = json!({
            "version": version, "notice": fingerprint, "replaced": site.fingerprint, "by": self.staff.actor,
        });
        Ok(Ok(Publication {
            key: site.key.clone(),
            replaces: site.fingerprint.clone(),
            entry: self.entry(Action::NoticePublished, site.key.to_string(), detail)?,
            fingerprint,
            version,
            document,
        }))
    }

    /// Publishes it, unless somebody else has published since it was prepared.
    async fn store(&self, publication: &Publication) -> Result<bool, Problem> {
        let is_as_prepared = is_shown(&publication.replaces);
        let batch = vec![
            self.insert(publication, &is_as_prepared)?,
            append(self.database, &publication.entry, &is_as_prepared)?,
            self.show(publication, &is_as_prepared)?,
        ];
        Ok(self.database.batch::<Value>(batch).await?.is_some())
    }

    /// A notice that was published before, and is again, is there already.
    fn insert(&self, publication: &Publication, is_as_prepared: &str) -> Result<D1PreparedStatement, Problem> {
        let [controller, site] = notices::of(&self.staff.controller, &publication.key);
        self.database.statement(
            &format!(
                "INSERT INTO notices (controller, site, fingerprint, version, document, published_at)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE {is_as_prepared} ON CONFLICT DO NOTHING"
            ),
            &[
                controller,
                site,
                D1Type::Text(publication.fingerprint.as_str()),
                D1Type::Real(publication.version.into()),
                D1Type::Text(&publication.document),
                time(publication.entry.at),
            ],
        )
    }

    fn show(&self, publication: &Publication, is_as_prepared: &str) -> Result<D1PreparedStatement, Problem> {
        let [controller, site] = notices::of(&self.staff.controller, &publication.key);
        self.database.statement(
            &[
                "UPDATE sites SET notice = ?3 WHERE controller = ?1 AND key = ?2 AND ",
                is_as_prepared,
                " RETURNING notice",
            ]
            .concat(),
            &[controller, site, D1Type::Text(publication.fingerprint.as_str())],
        )
    }
}

/// Holds while visitors are shown the notice that was read: `?1` is the controller, `?2` the site. A fingerprint is hex.
fn is_shown(notice: &Fingerprint) -> String {
    format!("(SELECT notice FROM sites WHERE controller = ?1 AND key = ?2) = '{notice}'")
}

/// Under the version of the earlier notice earlier choices stay. So they must be choices on what is shown.
fn fit(notice: Notice, site: &Site, asks_again: Option<bool>) -> Result<Notice, NotDone> {
    let with_version_of_before = Notice { version: site.notice.version, ..notice };
    if with_version_of_before == site.notice {
        return Err(NotDone::NothingChanged);
    }
    let may_stay = site.notice.choices_hold_on(&with_version_of_before);
    match asks_again {
        Some(false) if !may_stay => Err(NotDone::MustAskAgain),
        None | Some(false) if may_stay => Ok(with_version_of_before),
        _ => Ok(Notice { version: notice.version, ..with_version_of_before }),
    }
}
