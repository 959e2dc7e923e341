//! A member's address: sealed where it is stored, and found by a mark that the master key makes.

use nod_core::{
    id::{ActorId, ControllerId},
    identity::email,
    seal::Context,
};

use crate::{environment::Environment, http::Problem, identity::unicode, keys};

/// An address in its canonical form.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) text: String,
    /// Under every master key, the newest first.
    marks: Vec<String>,
}

impl Address {
    /// Nothing where the text is no address.
    pub(crate) fn read(environment: &Environment, written: &str) -> Result<Option<Self>, Problem> {
        let Ok(canonical) = email::canonical(written, unicode()) else { return Ok(None) };
        let text = canonical.expose().to_owned();
        let marks = keys::masters(environment)?.staff_marks(&text).map_err(Problem::no_master_key)?;
        Ok(Some(Self { text, marks }))
    }

    /// What new rows get.
    pub(super) fn mark(&self) -> &str {
        self.marks.first().map_or("", String::as_str)
    }

    /// Every mark as a JSON list, for statements that look an address up.
    pub(super) fn marks(&self) -> Result<String, Problem> {
        crate::database::json(&self.marks)
    }

    pub(super) fn seal(
        &self,
        environment: &Environment,
        owner: &ControllerId,
        id: &ActorId,
    ) -> Result<String, Problem> {
        keys::seal(environment, &place(owner, id), self.text.as_bytes())
    }
}

/// The address of a member.
pub(super) fn open(
    environment: &Environment,
    owner: &ControllerId,
    id: &ActorId,
    sealed: &str,
) -> Result<String, Problem> {
    keys::open_text(environment, &place(owner, id), sealed)
}

fn place(controller: &ControllerId, id: &ActorId) -> Context {
    Context::new("staff", controller, id.as_str(), "email")
}
