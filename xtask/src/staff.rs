//! How the first people and programs get in: a token of the API, and a link for the first owner. The database keeps the SHA-256 of
//! either; what opens is shown or kept once.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use nod_core::id::{ActorId, ControllerId};
use nod_core::link::Token;
use nod_core::seal;
use nod_core::staff::{Role, StaffToken};

use crate::inputs::read;
use crate::secrets::random;
use crate::site::quoted;

/// A token that an owner acts with.
pub(crate) struct OwnerToken {
    id: ActorId,
    token: StaffToken,
}

impl OwnerToken {
    /// A new token.
    pub(crate) fn draw() -> Result<Self> {
        let id = ActorId::from_random(random()?);
        Ok(Self { token: StaffToken::new(&id, &random()?), id })
    }

    /// The token that a file keeps; a new one, which it keeps from now on, where there is none.
    pub(crate) fn kept(path: &Path) -> Result<Self> {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let token = Self::draw()?;
                writeln!(file, "{}", token.text())
                    .with_context(|| format!("{} could not be written.", path.display()))?;
                Ok(token)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Self::parse(read(path)?.trim()).with_context(|| {
                    format!("{} holds no staff token. Remove it, and run the command again.", path.display())
                })
            }
            Err(error) => Err(error).with_context(|| format!("{} could not be written.", path.display())),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let token = StaffToken::parse(text)?;
        // nod_staff_{id}_{secret}: the id has 22 characters.
        let id = ActorId::parse(text.strip_prefix("nod_staff_")?.get(..22)?)?;
        Some(Self { id, token })
    }

    /// The token itself.
    pub(crate) fn text(&self) -> &str {
        self.token.expose()
    }

    /// The statement that lets it act for a controller. Repeating it changes nothing.
    pub(crate) fn seed(&self, controller: &ControllerId, label: &str, now_ms: u128) -> String {
        let (hash, role) = (self.token.hash(), Role::Owner.name());
        let [controller, id, role, label, hash] =
            [controller.as_str(), self.id.as_str(), role, label, hash.as_str()].map(quoted);
        format!(
            "INSERT INTO staff_tokens (controller, id, role, label, hash, created_at)\n\
             VALUES ({controller}, {id}, {role}, {label}, {hash}, {now_ms})\n\
             ON CONFLICT DO NOTHING;\n"
        )
    }
}

/// A link by which somebody becomes a controller's first owner, or signs in where they are staff already. It works once.
pub(crate) struct Invitation {
    token: Token,
}

impl Invitation {
    /// A new one.
    pub(crate) fn draw() -> Result<Self> {
        Ok(Self { token: Token::new(&random()?) })
    }

    /// Where it leads, on a Worker that answers at `origin`.
    pub(crate) fn address(&self, origin: &str) -> String {
        format!("{origin}/dashboard#sign-in={}", self.token.expose())
    }

    /// The statement that makes it hold for so many hours. The address is sealed under the token itself: nobody who has only the
    /// database reads it, and nothing else need be known here.
    pub(crate) fn seed(&self, controller: &ControllerId, email: &str, now_ms: u128, hours: u128) -> Result<String> {
        let hash = self.token.hash();
        let place = seal::Context::new("staff_links", controller, hash.as_str(), "sealed");
        let key = self.token.key().context("The token of a link makes no key.")?;
        let sealed = key.seal(&place, random()?, email.as_bytes());
        let [controller, hash, sealed] = [controller.as_str(), hash.as_str(), &sealed].map(quoted);
        let ends_at = now_ms + hours * 3_600_000;
        Ok(format!(
            "INSERT INTO staff_links (controller, hash, sealed, created_at, expires_at)\n\
             VALUES ({controller}, {hash}, {sealed}, {now_ms}, {ends_at});\n"
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::OwnerToken;
    use crate::project::Project;

    #[test]
    fn a_token_is_made_once_and_kept_for_its_owner_alone() {
        let folder = Project::here().work(&format!("test-staff-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("staff-token");
        let made = OwnerToken::kept(&file).unwrap();
        let kept = OwnerToken::kept(&file).unwrap();
        assert_eq!((&made.id, made.text()), (&kept.id, kept.text()));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&file, "nod_staff_short").unwrap();
        assert!(OwnerToken::kept(&file).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_database_gets_the_hash_and_never_the_token() {
        let token = OwnerToken::draw().unwrap();
        let sql = token.seed(&nod_core::id::ControllerId::parse("demo").unwrap(), "it's mine", 5);
        assert!(!sql.contains(token.text()) && sql.contains("'it''s mine'"));
        assert!(sql.contains(&crate::inputs::sha256(token.text().as_bytes())));
    }
}
