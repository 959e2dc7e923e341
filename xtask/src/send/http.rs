//! One POST. Node has an HTTP client with TLS, and setup sees to Node: xtask needs none of its own.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::process::command;
use crate::project::Project;

const SCRIPT: &str = "
let text = '';
for await (const part of process.stdin) text += part;
const { url, headers, body } = JSON.parse(text);
try {
  const answer = await fetch(url, { method: 'POST', headers, body: Buffer.from(body, 'base64'), redirect: 'manual' });
  console.log(JSON.stringify({ status: answer.status, body: await answer.text() }));
} catch (error) {
  console.log(JSON.stringify({ failure: (error.cause ?? error).message || (error.cause ?? error).code || 'no answer' }));
}";

pub(super) type Header = (String, String);

pub(super) struct Client<'a> {
    node: PathBuf,
    project: &'a Project,
}

pub(super) struct Answer {
    pub(super) status: u64,
    pub(super) body: String,
}

impl Answer {
    /// In one line.
    pub(super) fn shown(&self) -> String {
        let line: String =
            self.body.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(400).collect();
        format!("{} {line}", self.status)
    }
}

impl<'a> Client<'a> {
    pub(super) fn new(node: PathBuf, project: &'a Project) -> Self {
        Self { node, project }
    }

    pub(super) fn post(&self, url: &str, headers: &[Header], body: &[u8]) -> Result<Answer> {
        let request = json!({"url": url, "headers": headers, "body": Base64::encode_string(body)});
        let mut node = command(self.project, &self.node);
        node.args(["--input-type=module", "--eval", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut node = node.spawn().context("Node could not be started.")?;
        let mut input = node.stdin.take().context("Node has no standard input.")?;
        input.write_all(request.to_string().as_bytes())?;
        drop(input);
        let printed = node.wait_with_output()?;
        let answer: Value = serde_json::from_slice(&printed.stdout).context("Node sent nothing.")?;
        if let Some(failure) = answer["failure"].as_str() {
            bail!("{url} cannot be reached: {failure}");
        }
        let body = answer["body"].as_str().unwrap_or_default().to_owned();
        Ok(Answer { status: answer["status"].as_u64().context("There was no answer.")?, body })
    }
}
