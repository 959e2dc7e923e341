//! Trying a connection: a platform's sample, made new, signed as the platform signs, posted to a connection of the running
//! instance or to any other address.

mod connection;
mod http;
mod platform;
mod sample;

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use nod_core::time::Timestamp;
use serde_json::Value;

use crate::arguments::SendOptions;
use crate::project::Project;
use crate::report;
use crate::setup;

use connection::{Connection, Instance};
use http::{Answer, Client};
use platform::Platform;
use sample::Sample;

pub(crate) fn command(project: &Project, options: &SendOptions) -> Result<()> {
    let platform = Platform::parse(&options.platform)?;
    let delivery = Draft::new(project, platform, options)?;
    let client = Client::new(setup::to_send(project)?, project);
    let (instance, mut connection) = if let Some(url) = &options.url {
        (None, Connection::named(platform, url, options.secret.as_deref())?)
    } else {
        ensure!(options.secret.is_none(), "--secret goes with --url: of which connection is it?");
        let instance = Instance::running(project, &client)?;
        let connection = instance.connection(platform)?;
        (Some(instance), connection)
    };
    let mut answer = deliver(&client, &connection, &delivery, options.repeat)?;
    // The connection that was used the last time may be gone: disabled, or made in a database that was emptied since.
    if let Some(instance) = instance.as_ref().filter(|_| answer.status == 401) {
        report::note("The connection of the last time is not there any more: making another.");
        connection = instance.make(platform)?;
        answer = deliver(&client, &connection, &delivery, options.repeat)?;
    }
    advise(&answer, instance.as_ref(), delivery.sample.as_ref());
    Ok(())
}

/// What is sent, before it is signed.
struct Draft {
    platform: Platform,
    topic: String,
    body: Vec<u8>,
    sample: Option<Sample>,
    now: Timestamp,
    id: String,
}

impl Draft {
    fn new(project: &Project, platform: Platform, options: &SendOptions) -> Result<Self> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now =
            i64::try_from(since.as_millis()).ok().and_then(Timestamp::from_millis).context("The clock is wrong.")?;
        let id = sample::random_hex()?;
        let (topic, body, sample) = if let Some(file) = &options.file {
            (options.event.clone().unwrap_or_default(), bytes_of(file)?, None)
        } else {
            let sample = Sample::of(platform, options.event.as_deref())?;
            (sample.event.to_owned(), sample.body(project, now, &id)?, Some(sample))
        };
        Ok(Self { platform, topic, body, sample, now, id })
    }
}

fn bytes_of(file: &PathBuf) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{} could not be read.", file.display()))
}

/// Posts it, twice if it is to be repeated, and gives the last answer.
fn deliver(client: &Client, connection: &Connection, draft: &Draft, repeat: bool) -> Result<Answer> {
    let Draft { platform, topic, body, now, id, .. } = draft;
    let mut headers = platform.headers(topic, id, *now);
    headers.extend(connection.proof(*platform, id, body, *now)?);
    let event = if topic.is_empty() { "a body of your own" } else { topic };
    report::say(&format!("{} {event} ({} bytes) to {}", report::mark("▸", "36"), body.len(), connection.post_to));
    let mut answer = client.post(&connection.post_to, &headers, body)?;
    report::say(&format!("  {}", answer.shown()));
    if repeat {
        answer = client.post(&connection.post_to, &headers, body)?;
        report::say(&format!("  {} (the same delivery again)", answer.shown()));
    }
    Ok(answer)
}

/// What to do next.
fn advise(answer: &Answer, instance: Option<&Instance>, sample: Option<&Sample>) {
    let status = serde_json::from_str::<Value>(&answer.body).ok();
    let status = status.as_ref().and_then(|body| body["status"].as_str()).unwrap_or_default();
    let advice = match (answer.status, status) {
        (401, _) => {
            "The proof does not hold. Nod says no more to a sender; staff see why as `lastRefusedBecause` of the connection.\n  \
             Is it the secret of this connection, and its whole address?"
        }
        (404, _) => "Nothing is at that address. It is the `url` that createConnection gave, whole.",
        (_, "duplicate") => "Nod had this very delivery before: it is answered, and nothing is done twice.",
        (_, "dead_lettered") => {
            "Authentic, and of no use as it is: staff see it among `deliveries`, and can replay it."
        }
        _ => "",
    };
    if !advice.is_empty() {
        report::say(&format!("\n  {advice}"));
    }
    let (Some(instance), Some(person)) = (instance, sample.and_then(|sample| sample.person)) else { return };
    if answer.status == 200 {
        report::say(&format!("\n  What Nod knows of this person now:\n\n{}\n", instance.question(person)));
    }
}
