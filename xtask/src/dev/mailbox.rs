//! The mailbox of a local instance: a small server that speaks the mail provider's protocol (Resend's `POST /emails`) on a
//! loopback port and puts each mail into a folder, as `7-verify.json`, `.html` and `.txt`. Nothing leaves the machine.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::spawn;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The largest request that is taken, in bytes.
const LARGEST: u64 = 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// A mailbox that listens until the process ends.
pub(super) struct Mailbox {
    /// Where the Worker posts mails to.
    pub(super) url: String,
}

impl Mailbox {
    /// Opens one on a free port. Mails of an earlier run stay in the folder, and are counted on from.
    pub(super) fn open(folder: &Path, key: &str) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("No port could be had for the mailbox.")?;
        let url = format!("http://127.0.0.1:{}/emails", listener.local_addr()?.port());
        let mut postman =
            Postman { folder: folder.to_owned(), key: key.to_owned(), count: last(folder)?, known: HashMap::new() };
        spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who breaks off is not answered, and nobody else is the worse for it.
                let _ = postman.serve(stream);
            }
        });
        Ok(Self { url })
    }
}

/// The number of the newest mail in a folder.
fn last(folder: &Path) -> Result<u32> {
    let number = |name: &str| name.split_once('-')?.0.parse::<u32>().ok();
    let entries = fs::read_dir(folder).with_context(|| format!("{} could not be read.", folder.display()))?;
    Ok(entries.flatten().filter_map(|entry| number(entry.file_name().to_str()?)).max().unwrap_or(0))
}

struct Postman {
    folder: PathBuf,
    key: String,
    count: u32,
    /// Idempotency keys with the body that came under each, and the answer.
    known: HashMap<String, (String, Value)>,
}

/// A request as far as it is of interest.
#[derive(Default)]
struct Request {
    line: String,
    authorization: String,
    idempotency: String,
    body: String,
}

impl Postman {
    fn serve(&mut self, mut stream: TcpStream) -> Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let (status, answer) = match read(&stream)? {
            Some(request) => self.answer(&request)?,
            None => (413, json!({"message": "too long, or of no known length"})),
        };
        let body = answer.to_string();
        let length = body.len();
        let head = format!("HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n");
        write!(stream, "{head}Connection: close\r\n\r\n{body}")?;
        Ok(())
    }

    fn answer(&mut self, request: &Request) -> Result<(u16, Value)> {
        if !request.line.starts_with("POST /emails ") {
            return Ok((404, json!({"message": "there is only POST /emails"})));
        }
        if request.authorization != format!("Bearer {}", self.key) {
            return Ok((401, json!({"name": "missing_api_key", "message": "another key than this instance's"})));
        }
        if let Some((body, answer)) = self.known.get(&request.idempotency) {
            let other = json!({"name": "invalid_idempotent_request", "message": "another mail under a used key"});
            return Ok(if *body == request.body { (200, answer.clone()) } else { (409, other) });
        }
        let Ok(mail) = serde_json::from_str::<Value>(&request.body) else {
            return Ok((422, json!({"name": "validation_error", "message": "no JSON"})));
        };
        if let Some(field) = ["from", "to", "subject", "html", "text"].into_iter().find(|field| mail[*field].is_null())
        {
            return Ok((422, json!({"name": "missing_required_field", "message": field})));
        }
        self.count += 1;
        self.put(&mail)?;
        let answer = json!({"id": format!("local-{}", self.count)});
        if !request.idempotency.is_empty() {
            self.known.insert(request.idempotency.clone(), (request.body.clone(), answer.clone()));
        }
        Ok((200, answer))
    }

    /// Writes a mail. The one with everything comes last and whole, so that who sees it sees all.
    fn put(&self, mail: &Value) -> Result<()> {
        let is_plain =
            |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let mut tags = mail["tags"].as_array().into_iter().flatten();
        let kind = tags.find(|tag| tag["name"] == "kind").and_then(|tag| tag["value"].as_str());
        let name = format!("{}-{}", self.count, kind.filter(is_plain).unwrap_or("mail"));
        for (part, extension) in [("html", "html"), ("text", "txt")] {
            fs::write(self.folder.join(format!("{name}.{extension}")), mail[part].as_str().unwrap_or_default())?;
        }
        let draft = self.folder.join(format!(".{name}.json"));
        fs::write(&draft, serde_json::to_string_pretty(mail)?)?;
        fs::rename(draft, self.folder.join(format!("{name}.json")))?;
        Ok(())
    }
}

/// Reads a request; `None` where it is too long or does not say how long it is.
fn read(stream: &TcpStream) -> Result<Option<Request>> {
    let mut reader = BufReader::new(stream.take(LARGEST));
    let mut request = Request::default();
    reader.read_line(&mut request.line)?;
    let mut length = None;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        let Some((name, value)) = header.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "authorization" => value.clone_into(&mut request.authorization),
            "idempotency-key" => value.clone_into(&mut request.idempotency),
            "content-length" => length = value.parse::<u64>().ok(),
            _ => {}
        }
    }
    let Some(length) = length.filter(|length| *length < LARGEST) else { return Ok(None) };
    reader.take(length).read_to_string(&mut request.body)?;
    Ok(Some(request))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::Mailbox;
    use crate::project::Project;

    fn post(url: &str, key: &str, idempotency: &str, body: &str) -> String {
        let host = url.trim_start_matches("http://").trim_end_matches("/emails");
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!("POST /emails HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n");
        let length = body.len();
        write!(stream, "{head}Idempotency-Key: {idempotency}\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_mail_lands_once_and_only_with_the_key() {
        let folder = Project::here().work(&format!("test-mailbox-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("4-verify.json"), "{}").unwrap();
        let mailbox = Mailbox::open(&folder, "the key").unwrap();
        let mail = r#"{"from":"a@b","to":["c@d"],"subject":"s","html":"<p>","text":"t","tags":[{"name":"kind","value":"sign_in"}]}"#;
        assert!(post(&mailbox.url, "another", "k", mail).starts_with("HTTP/1.1 401"));
        assert!(post(&mailbox.url, "the key", "k", mail).contains("local-5"));
        assert!(post(&mailbox.url, "the key", "k", mail).contains("local-5"));
        assert!(post(&mailbox.url, "the key", "k", &mail.replace("\"s\"", "\"x\"")).starts_with("HTTP/1.1 409"));
        assert!(post(&mailbox.url, "the key", "l", "{}").starts_with("HTTP/1.1 422"));
        let evil = mail.replace("sign_in", "../../x");
        assert!(post(&mailbox.url, "the key", "m", &evil).contains("local-6"));
        let mut names: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let expected = [
            "4-verify.json",
            "5-sign_in.html",
            "5-sign_in.json",
            "5-sign_in.txt",
            "6-mail.html",
            "6-mail.json",
            "6-mail.txt",
        ];
        assert_eq!(names, expected);
        fs::remove_dir_all(&folder).unwrap();
    }
}
