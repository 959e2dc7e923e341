//! Where to, and with which secret.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use nod_core::time::Timestamp;
use nod_core::webhook::{Scheme, Secrets, Source};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::http::{Client, Header};
use super::platform::Platform;
use crate::inputs::{read, write_private};
use crate::project::Project;

const LABEL: &str = "Tried with xtask send";
const DEV_JSON: &str = "target/dev.json";
/// The connections that were made for this, by instance and platform, with their secrets.
const KEPT: &str = "target/dev/send.json";

const CREATE: &str = "mutation Create($input: CreateConnectionInput!) { createConnection(input: $input) \
                      { url secret userErrors { message } } }";

/// A connection with the secret that its platform would have.
pub(super) struct Connection {
    /// The address as the platform knows it: Mandrill signs it.
    url: String,
    secret: Option<String>,
    /// The same connection where the instance listens today.
    pub(super) post_to: String,
}

#[derive(Clone, Deserialize, Serialize)]
struct Kept {
    url: String,
    secret: String,
}

impl Connection {
    /// One that the developer named.
    pub(super) fn named(platform: Platform, url: &str, secret: Option<&str>) -> Result<Self> {
        let is_unsigned = platform.source() == Source::Mailchimp;
        ensure!(secret.is_some() || is_unsigned, "--url needs the connection's --secret, to sign with.");
        Ok(Self { url: url.to_owned(), secret: secret.map(str::to_owned), post_to: url.to_owned() })
    }

    fn of_instance(kept: Kept, instance: &str) -> Self {
        // The instance may listen on another port than when the connection was made.
        let path = kept.url.splitn(4, '/').nth(3).unwrap_or_default();
        Self { post_to: format!("{instance}/{path}"), url: kept.url, secret: Some(kept.secret) }
    }

    /// The headers that prove it.
    pub(super) fn proof(&self, platform: Platform, id: &str, body: &[u8], now: Timestamp) -> Result<Vec<Header>> {
        let Some(secret) = &self.secret else { return Ok(Vec::new()) };
        let owned = |(name, value): (&str, String)| (name.to_owned(), value);
        let is_api_key = platform.scheme() == Scheme::SharedSecret && !secret.starts_with("whsec_");
        if is_api_key {
            let headers = [("authorization", format!("Bearer {secret}")), ("idempotency-key", id.to_owned())];
            return Ok(headers.map(owned).into());
        }
        let scheme = platform.scheme();
        let unusable = || format!("That is no secret of {}", platform.name());
        let secrets = Secrets::new(scheme.stored(secret).with_context(unusable)?);
        let authentication = scheme.authentication(secrets, &self.url).with_context(unusable)?;
        let signed = authentication.sign(id, body, now).context("The body is not one that the platform would sign.")?;
        Ok(signed.into_iter().map(owned).collect())
    }
}

/// The running `cargo xtask dev`.
pub(super) struct Instance<'a> {
    project: &'a Project,
    client: &'a Client<'a>,
    url: String,
    token: String,
}

impl<'a> Instance<'a> {
    pub(super) fn running(project: &'a Project, client: &'a Client<'a>) -> Result<Self> {
        let addresses = read(&project.path(DEV_JSON)).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let Some(addresses) = addresses else {
            bail!(
                "Nothing runs here ({DEV_JSON} is not there). Start `cargo xtask dev` in another terminal, or name a \
                 connection with --url and --secret."
            );
        };
        let text = |name: &str| {
            addresses[name].as_str().map(str::to_owned).with_context(|| format!("{DEV_JSON} has no {name}."))
        };
        Ok(Self { project, client, url: text("url")?, token: text("staff_token")? })
    }

    /// The connection of the last time, or a new one.
    pub(super) fn connection(&self, platform: Platform) -> Result<Connection> {
        match self.kept().remove(&self.name(platform)) {
            Some(kept) => Ok(Connection::of_instance(kept, &self.url)),
            None => self.make(platform),
        }
    }

    /// A new connection, which is used from now on.
    pub(super) fn make(&self, platform: Platform) -> Result<Connection> {
        let scheme = platform.scheme().name().to_ascii_uppercase();
        let input = json!({"source": platform.source_in_api(), "label": LABEL, "scheme": scheme});
        let answer = self.ask(CREATE, &json!({"input": input}))?;
        let created = &answer["createConnection"];
        let text = |name: &str| created[name].as_str().map(str::to_owned);
        let (Some(url), Some(secret)) = (text("url"), text("secret")) else {
            bail!("Nod made no connection: {}", created["userErrors"]);
        };
        let made = Kept { url, secret };
        let mut kept = self.kept();
        kept.insert(self.name(platform), made.clone());
        write_private(&self.project.path(KEPT), serde_json::to_string_pretty(&kept)?.as_bytes())?;
        Ok(Connection::of_instance(made, &self.url))
    }

    fn ask(&self, query: &str, variables: &Value) -> Result<Value> {
        let headers = [
            ("content-type".to_owned(), "application/json".to_owned()),
            ("authorization".to_owned(), format!("Bearer {}", self.token)),
        ];
        let body = json!({"query": query, "variables": variables}).to_string();
        let answer = self
            .client
            .post(&format!("{}/graphql", self.url), &headers, body.as_bytes())
            .context("Does `cargo xtask dev` still run?")?;
        let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        match &told["data"] {
            Value::Null => bail!("{}/graphql answered {}", self.url, answer.shown()),
            data => Ok(data.clone()),
        }
    }

    fn kept(&self) -> BTreeMap<String, Kept> {
        let text = read(&self.project.path(KEPT)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Tokens are an instance's own, so they tell instances apart where ports do not. The token itself is not written again.
    fn name(&self, platform: Platform) -> String {
        let instance: String = crate::inputs::sha256(self.token.as_bytes()).chars().take(12).collect();
        format!("{instance} {}", platform.name())
    }

    /// A command that shows a person's profile.
    pub(super) fn question(&self, (kind, value): (&str, &str)) -> String {
        let query = format!(
            "{{ dataSubject(identifier: {{kind: {kind}, value: \"{value}\"}}) {{ identities {{ kind firstSeenAt }} \
             platforms {{ connection {{ label source }} classes }} consents {{ channel granted decidedAt isStanding }} \
             requests {{ kind dueAt }} }} }}"
        );
        format!(
            "    curl -s {}/graphql -H 'Content-Type: application/json' \\\n      \
             -H \"Authorization: Bearer $(node -p 'require(\"./{DEV_JSON}\").staff_token')\" \\\n      --data-raw '{}'",
            self.url,
            json!({"query": query})
        )
    }
}

#[cfg(test)]
mod tests {
    use nod_core::time::Timestamp;

    use super::{Connection, Kept};
    use crate::send::platform::Platform;

    fn proof(platform: &str, secret: &str) -> Vec<(String, String)> {
        let platform = Platform::parse(platform).unwrap();
        let connection = Connection::named(platform, "https://nod.example/v1/webhooks/t", Some(secret)).unwrap();
        connection.proof(platform, "1", b"{}", Timestamp::from_millis(0).unwrap()).unwrap()
    }

    #[test]
    fn each_platform_proves_it_in_its_way() {
        let first = |platform, secret| proof(platform, secret).remove(0).0;
        assert_eq!(first("shopify", "shpss_1"), "x-shopify-hmac-sha256");
        assert_eq!(first("stripe", "whsec_1"), "stripe-signature");
        assert_eq!(first("custom", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"), "webhook-id");
        assert_eq!(first("custom", "nod_key_that_is_longer_than_thirty_two"), "authorization");
    }

    #[test]
    fn only_mailchimps_older_webhooks_have_no_secret() {
        let named = |platform| Connection::named(Platform::parse(platform).unwrap(), "https://nod.example", None);
        assert!(named("mailchimp").is_ok() && named("stripe").is_err());
    }

    #[test]
    fn a_connection_is_posted_to_where_the_instance_listens() {
        let kept = Kept { url: "http://localhost:8787/v1/webhooks/t?x=1".into(), secret: "s".into() };
        let connection = Connection::of_instance(kept, "http://localhost:9000");
        assert_eq!(connection.post_to, "http://localhost:9000/v1/webhooks/t?x=1");
        assert!(connection.url.contains("8787"));
    }
}
