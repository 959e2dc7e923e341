//! What belongs to one instance: its port, its state, its rows.

use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::{Path, PathBuf, absolute};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use super::mailbox::Mailbox;
use crate::arguments::DevOptions;
use crate::inputs::{Inputs, is_same, walk, write, write_private};
use crate::process::{remove, run_quietly};
use crate::project::Project;
use crate::report;
use crate::secrets;
use crate::setup::Tools;
use crate::site::Definition;
use crate::staff::{Invitation, OwnerToken};

const PORT: u16 = 8787;
/// Who signs in to the demo's dashboard first.
const DEMO_OWNER: &str = "owner@marl.example";
/// Nobody has this address: `.example` is reserved (RFC 2606).
const FROM: &str = "NOD_MAIL_FROM:privacy@nod.example";

pub(crate) struct Instance {
    pub(crate) port: u16,
    pub(crate) url: String,
    pub(crate) state: PathBuf,
    pub(crate) dev_json: PathBuf,
    pub(crate) demo: Definition,
}

impl Instance {
    pub(crate) fn new(project: &Project, options: &DevOptions) -> Result<Self> {
        let port = match options.port.unwrap_or(PORT) {
            0 => free_port()?,
            port if is_free(port) => port,
            port => bail!("Port {port} is in use. Stop what listens there, or choose another with --port."),
        };
        let path = |given: &Option<PathBuf>, default: &str| match given {
            Some(path) => absolute(path).with_context(|| format!("{} is no path.", path.display())),
            None => Ok(project.path(default)),
        };
        let origins = ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{port}"));
        Ok(Self {
            port,
            url: format!("http://localhost:{port}"),
            state: path(&options.state, "target/dev")?,
            dev_json: path(&options.dev_json, "target/dev.json")?,
            demo: Definition::demo(project, origins.to_vec())?,
        })
    }

    /// The instance whose state is there, to work on while it is not served.
    pub(crate) fn at(project: &Project, state: Option<PathBuf>) -> Result<Self> {
        Self::new(project, &DevOptions { port: Some(0), state, ..DevOptions::default() })
    }

    /// Where the e-mails of this instance land.
    pub(crate) fn mail(&self) -> PathBuf {
        self.state.join("mail")
    }

    /// How this instance sends mail: into its own mailbox, or as the options say: `cloudflare` for the binding, `none`, or the address
    /// of another provider.
    pub(crate) fn mail_variables(&self, options: &DevOptions) -> Result<Vec<String>> {
        let url = match options.mail.as_deref() {
            Some("cloudflare") => return Ok(vec![FROM.to_owned(), "NOD_MAIL_PROVIDER:cloudflare".to_owned()]),
            Some("none") => return Ok(Vec::new()),
            Some(url) => url.to_owned(),
            None => Mailbox::open(&self.mail(), &secrets::read(&self.secrets(), secrets::MAIL_KEY)?)?.url,
        };
        Ok(vec![FROM.to_owned(), format!("NOD_MAIL_URL:{url}")])
    }

    pub(crate) fn secrets(&self) -> PathBuf {
        self.state.join("secrets.env")
    }

    /// The folder of wrangler's databases and stores.
    pub(crate) fn stores(&self) -> PathBuf {
        self.state.join("stores")
    }

    /// Wrangler, with everything that it keeps kept within this instance's state.
    pub(crate) fn wrangler(&self, project: &Project, tools: &Tools, arguments: &[&str]) -> Result<Command> {
        let mut wrangler = tools.wrangler(project)?;
        wrangler
            .args(arguments)
            .args(["--config", "edge/wrangler.toml", "--local", "--persist-to"])
            .arg(self.stores())
            .env("WRANGLER_LOG_PATH", self.state.join("logs"))
            .env("CLOUDFLARE_DEV_REGISTRY_PATH", self.state.join("registry"));
        Ok(wrangler)
    }

    /// Makes the state what this checkout needs: folders, secrets, tables, rows. Repeating it changes nothing. Gives the
    /// token that acts for the demo's owner.
    pub(crate) fn prepare(&self, project: &Project, tools: &Tools) -> Result<OwnerToken> {
        fs::create_dir_all(self.mail()).with_context(|| format!("{} could not be made.", self.mail().display()))?;
        let names = [secrets::SIGNING_KEY, &secrets::master_key(1), secrets::MAIL_KEY];
        secrets::keep(&self.secrets(), &names)?;
        secrets::keep_webhook(&self.secrets(), secrets::MAIL_WEBHOOK_SECRET)?;
        let owner = OwnerToken::kept(&self.state.join("staff-token"))?;
        forget_copies(&self.stores())?;
        let now = now();
        let wanted = Inputs::new(project).files("edge/migrations")?.value(&self.rows(&owner, 0)?).digest();
        let stamp = self.state.join("seeded");
        if is_same(&stamp, &wanted) {
            return Ok(owner);
        }
        report::step("database: migrations and the demo site", || {
            self.migrate(project, tools)?;
            let seed = self.state.join("seed.sql");
            write(&seed, self.rows(&owner, now)?.as_bytes())?;
            self.execute(project, tools, &seed)
        })?;
        write(&stamp, wanted.as_bytes())?;
        Ok(owner)
    }

    /// The statements that put the demo and its owner's token into the database.
    fn rows(&self, owner: &OwnerToken, now_ms: u128) -> Result<String> {
        let token = owner.seed(&self.demo.site.controller, "cargo xtask dev", now_ms);
        Ok(self.demo.seed(now_ms)? + &token)
    }

    fn migrate(&self, project: &Project, tools: &Tools) -> Result<()> {
        run_quietly(&mut self.wrangler(project, tools, &["d1", "migrations", "apply", "DB"])?)
            .context("A migration failed on the local database. Mend it in edge/migrations, or begin anew with --fresh")
    }

    /// Runs statements on the local database, all or none.
    pub(crate) fn run(&self, project: &Project, tools: &Tools, statements: &str) -> Result<()> {
        let file = self.state.join("statements.sql");
        write_private(&file, statements.as_bytes())?;
        let mut node = tools.node(project)?;
        run_quietly(node.args(["--no-warnings", "--eval", RUN, "--"]).arg(self.database()?).arg(&file))?;
        remove(&file)
    }

    /// The one file of the local D1 that is no book-keeping of wrangler's.
    fn database(&self) -> Result<PathBuf> {
        let folder = self.stores().join("v3/d1");
        let mut files = walk(&folder)?;
        files.retain(|file| {
            file.extension().is_some_and(|extension| extension == "sqlite")
                && !file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("metadata"))
        });
        ensure!(files.len() == 1, "{} should hold one database and holds {}.", folder.display(), files.len());
        files.pop().context("There is no database.")
    }

    /// A new link by which the demo's owner signs in: it works once, within a day.
    pub(crate) fn invite(&self, project: &Project, tools: &Tools) -> Result<String> {
        let invitation = Invitation::draw()?;
        let statements = invitation.seed(&self.demo.site.controller, DEMO_OWNER, now(), 24)?;
        self.run(project, tools, &statements).context("The demo's owner could not be invited")?;
        Ok(invitation.address(&self.url))
    }

    fn execute(&self, project: &Project, tools: &Tools, statements: &Path) -> Result<()> {
        let mut execute = self.wrangler(project, tools, &["d1", "execute", "DB", "--yes"])?;
        execute.arg("--file").arg(statements);
        run_quietly(&mut execute).context("The demo site could not be put into the local database")
    }
}

/// The time, in milliseconds since 1970.
pub(crate) fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()
}

/// Runs statements on a database's file. Wrangler takes seconds for the first, and minutes for many; `SQLite`'s own reader does not.
const RUN: &str = "
const { readFileSync } = require('node:fs');
const { DatabaseSync } = require('node:sqlite');
const [file, statements] = process.argv.slice(1);
const database = new DatabaseSync(file);
database.exec('PRAGMA busy_timeout = 10000; BEGIN;');
database.exec(readFileSync(statements, 'utf8'));
database.exec('COMMIT;');";

/// Empties the store of the sites' copies, so that no site of an earlier run is served. Other stores hold what is nowhere
/// else: keys without which texts are noise.
fn forget_copies(stores: &Path) -> Result<()> {
    remove(&stores.join("v3/kv/SITES"))
}

fn is_free(port: u16) -> bool {
    // A machine without IPv6 cannot bind there at all: that is no other program's doing.
    let six = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Err(error) => error.kind() != std::io::ErrorKind::AddrInUse,
        Ok(_) => true,
    };
    six && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// A port that nobody listens on at this moment.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("No port could be had on 127.0.0.1.")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::{forget_copies, is_free};
    use crate::project::Project;

    #[test]
    fn copies_are_forgotten_and_keys_are_not() {
        let stores = Project::here().work(&format!("test-stores-{}", std::process::id()));
        for store in ["SITES", "KEYS"] {
            std::fs::create_dir_all(stores.join("v3/kv").join(store).join("blobs")).unwrap();
        }
        forget_copies(&stores).unwrap();
        forget_copies(&stores).unwrap();
        assert!(!stores.join("v3/kv/SITES").exists() && stores.join("v3/kv/KEYS/blobs").exists());
        std::fs::remove_dir_all(&stores).unwrap();
    }

    #[test]
    fn a_port_in_use_is_noticed() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
        drop(listener);
        assert!(is_free(port));
    }
}
