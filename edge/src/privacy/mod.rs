//! The transparency centre's page: a frame without content, which the centre's own module (`www/`) fills in the browser.
//!
//! It holds the little that must be there without a script: whose page it is and where to write to, in the visitor's language.

mod policy;
mod shell;

use nod_core::{locale, template};

use crate::{
    http::{Answer, Call, Problem},
    site,
};

/// `GET /privacy/{site key}`; with `?embed` the form alone, for the pages of the site.
pub(crate) async fn answer(call: &Call, key: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let site = site::find_by_path(call, key).await?;
    let shell = shell::load(call).await?;
    let language = language(call, &shell, &site.notice.default_locale);
    let words = shell.languages.get(language);
    let turnstile = call.environment.turnstile_site_key().unwrap_or_default();
    let controller = &site.notice.controller;
    let look = site.look.unwrap_or_default();
    let styles = look.centre_css();
    let page = template::fill(&shell.shell, |name| match name {
        "lang" => Some(language),
        "dir" => Some("ltr"),
        "site" => Some(site.key.as_str()),
        "controller" => Some(&controller.name),
        "contact" => Some(&controller.contact),
        "policy" => Some(&controller.privacy_policy),
        "turnstile" => Some(&turnstile),
        "theme" => Some(look.theme.name()),
        "look" => Some(&styles),
        word => words.and_then(|words| words.get(word)).map(String::as_str),
    });
    let framed_by = call.parameter("embed").map(|_| site.origins.as_slice());
    Ok(Answer::new(200, "text/html; charset=utf-8", page.into_bytes())
        .with("Content-Security-Policy", policy::policy(framed_by, !turnstile.is_empty()))
        .with("Cache-Control", "private, no-cache")
        .with("Vary", "Accept-Language")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        // A visitor's path, and with it whose requests they look at, is nobody else's business.
        .with("Referrer-Policy", "same-origin")
        .unless_known(call.header("If-None-Match").as_deref()))
}

/// The language that the visitor wants, or else the site's own, or else the first.
fn language<'a>(call: &Call, shell: &'a shell::Shell, own: &str) -> &'a str {
    let asked = call.parameter("lang").unwrap_or_default();
    let accepted = call.header("Accept-Language").unwrap_or_default();
    let offered = shell.languages.keys().map(String::as_str);
    let wishes = [asked.as_str(), accepted.as_str(), own, "en"];
    let wishes = wishes.map(|wish| wish.get(..512).unwrap_or(wish));
    locale::negotiate(&wishes, &offered).unwrap_or("en")
}
