//! Nod's Worker: the door through which pages, visitors and tools reach the house.
//!
//! One folder per capability, each with its routes and its SQL and nothing of its neighbours'. This file knows only which
//! path belongs to which capability.

mod circumstances;
mod clock;
mod connection;
mod consent;
mod dashboard;
mod database;
mod demo;
mod destinations;
mod environment;
mod events;
mod export;
mod graphql;
mod health;
mod http;
mod identity;
mod journal;
mod keys;
mod mail;
mod outbox;
mod page;
mod period;
mod privacy;
mod queue;
mod receipt;
mod retention;
mod rights;
mod script;
mod site;
mod staff;
mod tags;
mod webhooks;
mod wellknown;

use environment::Environment;
use http::{Answer, Call, Problem};
use worker::{Context, Env, MessageBatch, Request, Response, ScheduleContext, ScheduledEvent, console_error, event};

/// What a path stands for.
#[derive(Debug, PartialEq, Eq)]
enum Route<'a> {
    Consent,
    Dashboard,
    DemoCollect(&'a str),
    Events,
    Export(&'a str),
    GraphQl,
    GlobalPrivacyControl,
    Health,
    KeySet,
    MailEvents,
    Notice(&'a str),
    Privacy(&'a str),
    RightsFile(&'a str),
    Root,
    Script(&'a str),
    Tags(&'a str),
    Webhook(&'a str),
    /// Whatever the static assets have.
    Asset,
}

impl<'a> Route<'a> {
    fn of(path: &'a str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        if let Some(id) = path.strip_prefix("v1/rights/files/").filter(|id| !id.contains('/')) {
            return Self::RightsFile(id);
        }
        if path == "dashboard" || path.starts_with("dashboard/") {
            return Self::Dashboard;
        }
        let mut segments = path.splitn(4, '/');
        match (segments.next().unwrap_or_default(), segments.next(), segments.next(), segments.next()) {
            ("", None, None, None) => Self::Root,
            ("graphql", None, None, None) => Self::GraphQl,
            ("healthz", None, None, None) => Self::Health,
            (".well-known", Some("gpc.json"), None, None) => Self::GlobalPrivacyControl,
            (".well-known", Some("jwks.json"), None, None) => Self::KeySet,
            ("v1", Some("consent"), None, None) => Self::Consent,
            ("v1", Some("events"), None, None) => Self::Events,
            ("v1", Some("export"), Some(name), None) => Self::Export(name),
            ("v1", Some("mail"), Some("events"), None) => Self::MailEvents,
            ("v1", Some("webhooks"), Some(token), None) => Self::Webhook(token),
            ("demo", Some("collect"), Some(kind), None) => Self::DemoCollect(kind),
            (key, Some("nod.js"), None, None) => Self::Script(key),
            (key, Some("notice.json"), None, None) => Self::Notice(key),
            (key, Some("tags.json"), None, None) => Self::Tags(key),
            ("privacy", Some(key), None, None) => Self::Privacy(key),
            _ => Self::Asset,
        }
    }
}

/// Answers a request.
#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    let mut call = Call::new(request, env, context);
    let path = call.path();
    let answer = match Route::of(&path) {
        Route::Consent => consent::answer(&mut call).await,
        Route::Dashboard => dashboard::answer(&call).await,
        Route::DemoCollect(kind) => demo::collect(&call, kind),
        Route::Events => events::answer(&mut call).await,
        Route::Export(name) => export::answer(&call, name).await,
        Route::GlobalPrivacyControl => wellknown::global_privacy_control(&call),
        Route::GraphQl => graphql::answer(call).await,
        Route::Health => health::answer(&call).await,
        Route::KeySet => receipt::key_set(&call),
        Route::MailEvents => mail::events(&mut call).await,
        Route::Notice(key) => site::notice(&call, key).await,
        Route::Privacy(key) => privacy::answer(&call, key).await,
        Route::RightsFile(id) => rights::download(&call, id).await,
        Route::Script(key) => script::answer(&call, key).await,
        Route::Tags(key) => tags::answer(&call, key).await,
        Route::Webhook(token) => webhooks::answer(&mut call, token).await,
        Route::Root if call.environment.is_development() => demo::welcome(&call),
        Route::Root | Route::Asset => return asset(call).await,
    };
    answer.unwrap_or_else(Answer::from).into_response()
}

/// What is done without traffic, at each tick of the clock.
#[event(scheduled)]
async fn scheduled(_tick: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let environment = Environment::new(env);
    webhooks::tidy(&environment).await;
    events::scheduled(&environment).await;
    destinations::tidy(&environment).await;
    rights::scheduled(&environment).await;
    mail::scheduled(&environment).await;
    rights::tidy(&environment).await;
    staff::tidy(&environment).await;
    outbox::scheduled(environment).await;
}

/// What waited in a queue.
#[event(queue)]
async fn queue(batch: MessageBatch<()>, env: Env, _context: Context) -> worker::Result<()> {
    let environment = Environment::new(env);
    let messages = queue::Message::all(&batch);
    match batch.queue().as_str() {
        "nod-events" => events::consume(&environment, &messages).await,
        "nod-deliveries" => destinations::consume(&environment, &messages).await,
        "nod-lost" => destinations::consume_lost(&environment, &messages).await,
        other => console_error!("queue: nobody knows {other}"),
    }
    Ok(())
}

async fn asset(call: Call) -> worker::Result<Response> {
    let response = call.environment.assets()?.fetch_request(call.request).await?;
    if response.status_code() == 404 { Answer::from(Problem::nothing_here()).into_response() } else { Ok(response) }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn paths_have_their_routes() {
        for (path, route) in [
            ("/", Route::Root),
            ("/healthz", Route::Health),
            ("/graphql", Route::GraphQl),
            ("/v1/consent", Route::Consent),
            ("/v1/events", Route::Events),
            ("/.well-known/gpc.json", Route::GlobalPrivacyControl),
            ("/.well-known/jwks.json", Route::KeySet),
            ("/demo/collect/video", Route::DemoCollect("video")),
            ("/demo-shop/nod.js", Route::Script("demo-shop")),
            ("/demo-shop/notice.json", Route::Notice("demo-shop")),
            ("/demo-shop/tags.json", Route::Tags("demo-shop")),
            ("/dashboard", Route::Dashboard),
            ("/dashboard/requests/abc", Route::Dashboard),
            ("/dashboards", Route::Asset),
            ("/privacy/demo-shop", Route::Privacy("demo-shop")),
            ("/privacy", Route::Asset),
            ("/privacy/", Route::Privacy("")),
            ("/v1/export/requests.csv", Route::Export("requests.csv")),
            ("/v1/mail/events", Route::MailEvents),
            ("/v1/webhooks/abc", Route::Webhook("abc")),
            ("/v1/rights/files/abc", Route::RightsFile("abc")),
            ("/v1/rights/files/abc/d", Route::Asset),
            ("//", Route::Asset),
            ("/demo/", Route::Asset),
            ("/healthz/", Route::Asset),
            ("/v1/consent/more", Route::Asset),
            ("/v1/webhooks", Route::Asset),
            ("/v1/webhooks/abc/", Route::Asset),
            ("/demo/collect/video/more", Route::Asset),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }
}
