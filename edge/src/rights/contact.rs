//! An address, as rows know it: by its mark, which is the pseudonym that its identity has or would have. Without the
//! master keys a mark tells nothing, and it makes no identity: anybody can type an address.

use nod_core::{
    id::{ControllerId, IdentityId},
    identity::{Kind, email, hash::PlainHash, pseudonym::Pseudonym},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::attempt::{Attempt, Guard};
use crate::{
    database::{self, Database, time},
    environment::Environment,
    http::Problem,
    identity::unicode,
    keys,
};

/// An address in its canonical form, which is also where mail goes: so who reads the mail is who has the mark.
pub(crate) struct Contact {
    pub(crate) address: String,
    /// Under every key, the newest first.
    pub(crate) marks: Vec<Pseudonym>,
    form: u8,
}

impl Contact {
    /// Nothing where the text is no address.
    pub(crate) fn read(
        environment: &Environment,
        controller: &ControllerId,
        written: &str,
    ) -> Result<Option<Self>, Problem> {
        let Ok(canonical) = email::canonical(written, unicode()) else { return Ok(None) };
        let keyring = keys::masters(environment)?.keyring(controller, Kind::Email).map_err(Problem::no_master_key)?;
        let marks = keyring.candidates(&PlainHash::of(&canonical));
        Ok(Some(Self { address: canonical.expose().to_owned(), marks, form: canonical.form() }))
    }

    /// What new rows get.
    pub(crate) fn mark(&self) -> Result<String, Problem> {
        let newest = self.marks.first().ok_or_else(|| Problem::internal("an address without a mark"))?;
        Ok(newest.to_string())
    }

    /// Every mark as a JSON list, for statements that look an address up.
    pub(crate) fn marks(&self) -> Result<String, Problem> {
        database::json(&self.marks)
    }

    /// The identity, if there is one.
    pub(crate) async fn identity(
        &self,
        database: &Database,
        controller: &ControllerId,
    ) -> Result<Option<IdentityId>, Problem> {
        #[derive(Deserialize)]
        struct Row {
            id: IdentityId,
        }
        let statement = database.statement(
            "SELECT identities.id FROM json_each(?2) AS mark CROSS JOIN identities
             ON identities.controller = ?1 AND identities.pseudonym = mark.value
             ORDER BY mark.key LIMIT 1",
            &[D1Type::Text(controller.as_str()), D1Type::Text(&self.marks()?)],
        )?;
        Ok(database.first::<Row>(statement).await?.map(|row| row.id))
    }

    /// The statement that makes the identity of an address that was proven, behind its proof. One that is there under any
    /// key stays what it is.
    pub(super) fn insert(
        &self,
        attempt: &Attempt<'_>,
        guard: Guard,
        id: &IdentityId,
        at: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        let newest = self.marks.first().ok_or_else(|| Problem::internal("an address without a mark"))?;
        let row = json!({"id": id, "pseudonym": newest, "key_version": newest.version().number(), "form": self.form});
        attempt.guarded_by(
            guard,
            "INSERT INTO identities (controller, id, kind, pseudonym, key_version, form, created_at)
             SELECT ?1, ?3 ->> 'id', 'email', ?3 ->> 'pseudonym', ?3 ->> 'key_version', ?3 ->> 'form', ?4
             WHERE NOT EXISTS (SELECT 1 FROM json_each(?5) AS mark CROSS JOIN identities
                               ON identities.controller = ?1 AND identities.pseudonym = mark.value) AND",
            vec![D1Type::Text(&row.to_string()), time(at), D1Type::Text(&self.marks()?)],
        )
    }
}
