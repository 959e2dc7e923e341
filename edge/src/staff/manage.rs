//! What owners do with members: add one, give another role, remove one. There is always an owner.

use std::fmt;

use nod_core::{
    id::{ActorId, AttemptId, ItemId},
    journal::{Action, Actor, Entry},
    mail,
    staff::{Role, Scopes},
    time::Timestamp,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use super::{
    Address, Member, Staff, link, member,
    sign_in::{self, Recipient, Sending},
};
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    journal, keys,
};

/// The longest name, in characters.
const NAME: usize = 100;

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    Unknown,
    Name,
    Email,
    Known,
    LastOwner,
    Bound,
}

impl NotDone {
    /// The code that the API uses.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN_STAFF",
            Self::Name => "INVALID_LENGTH",
            Self::Email => "INVALID_EMAIL",
            Self::Known => "KNOWN_STAFF",
            Self::LastOwner => "LAST_OWNER",
            Self::Bound => "SCOPE_TOO_WIDE",
        }
    }

    /// The part of the input that it is about.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Unknown | Self::LastOwner => "id",
            Self::Name => "name",
            Self::Email | Self::Known => "email",
            Self::Bound => "role",
        }
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("There is no member of staff with this id. Look them up under `staff`."),
            Self::Name => write!(out, "The name has between 1 and {NAME} characters."),
            Self::Email => out.write_str("This is not an e-mail address. Write one address, such as jane@example.com."),
            Self::Known => out.write_str("Somebody with this address is staff already. Change their role instead."),
            Self::LastOwner => {
                out.write_str("This is the only owner, and there must be one. Make somebody else an owner first.")
            }
            Self::Bound => out.write_str(
                "Members reach every part of the API, and your token does not. Use a token without scopes, or the dashboard.",
            ),
        }
    }
}

/// Who does it, where.
pub(crate) struct Manager<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) staff: &'a Staff,
    /// Where this Worker answers: `https://nod.example`.
    pub(crate) origin: &'a str,
}

impl Manager<'_> {
    /// Adds a member, who gets a link by mail.
    pub(crate) async fn add(&self, email: &str, name: &str, role: Role) -> Result<Result<Member, NotDone>, Problem> {
        if !self.staff.scopes.cover(&Scopes::All) {
            return Ok(Err(NotDone::Bound));
        }
        let name = name.trim();
        if !(1..=NAME).contains(&name.chars().count()) {
            return Ok(Err(NotDone::Name));
        }
        let Some(address) = Address::read(self.environment, email)? else { return Ok(Err(NotDone::Email)) };
        let (id, now) = (ActorId::from_random(keys::random()?), clock::now()?);
        let effect = AttemptId::from_random(keys::random()?);
        let mut batch = vec![self.insert(&id, &address, name, role, effect.as_str(), now)?];
        batch.push(self.journal(Action::StaffAdded, &id, json!({"role": role.name()}), &effect, now)?);
        let (environment, database) = (self.environment, self.database);
        let sending = Sending { environment, database, origin: self.origin, page: sign_in::HOME };
        let to = Recipient { id: &id, address: &address.text, kind: mail::Kind::StaffInvited };
        let controller = (&self.staff.controller, self.staff.controller_name.as_str());
        batch.extend(sending.statements(controller, &to, None, link::INVITED).await?.0);
        self.database.results(batch).await?;
        let made = member::of_id(self.database, &self.staff.controller, &id).await?;
        Ok(made.ok_or(NotDone::Known))
    }

    fn insert(
        &self,
        id: &ActorId,
        address: &Address,
        name: &str,
        role: Role,
        effect: &str,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        self.database.statement(
            "INSERT INTO staff (controller, id, mark, email, name, role, created_at, created_by, effect)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
             WHERE NOT EXISTS (SELECT 1 FROM json_each(?10) AS mark CROSS JOIN staff
                               ON staff.mark = mark.value AND staff.controller = ?1 AND staff.removed_at IS NULL)",
            &[
                D1Type::Text(self.staff.controller.as_str()),
                D1Type::Text(id.as_str()),
                D1Type::Text(address.mark()),
                D1Type::Text(&address.seal(self.environment, &self.staff.controller, id)?),
                D1Type::Text(name),
                D1Type::Text(role.name()),
                time(now),
                D1Type::Text(self.staff.actor.as_str()),
                D1Type::Text(effect),
                D1Type::Text(&address.marks()?),
            ],
        )
    }

    /// Gives a member another role. Their sessions have it at once.
    pub(crate) async fn change_role(&self, id: &ActorId, role: Role) -> Result<Result<Member, NotDone>, Problem> {
        if !self.staff.scopes.cover(&Scopes::All) {
            return Ok(Err(NotDone::Bound));
        }
        let sql = "UPDATE staff SET role = ?4, effect = ?2
                   WHERE controller = ?1 AND id = ?3 AND removed_at IS NULL AND role <> ?4";
        let condition = if role == Role::Owner { "" } else { ANOTHER_OWNER };
        let detail = json!({"role": role.name()});
        self.change(id, &[sql, condition].concat(), D1Type::Text(role.name()), (Action::StaffRoleChanged, detail)).await
    }

    /// Removes a member. Their sessions and links hold no more.
    pub(crate) async fn remove(&self, id: &ActorId) -> Result<Result<Member, NotDone>, Problem> {
        let sql =
            "UPDATE staff SET removed_at = ?4, effect = ?2 WHERE controller = ?1 AND id = ?3 AND removed_at IS NULL";
        let now = clock::now()?;
        self.change(id, &[sql, ANOTHER_OWNER].concat(), time(now), (Action::StaffRemoved, json!({}))).await
    }

    async fn change(
        &self,
        id: &ActorId,
        sql: &str,
        value: D1Type<'_>,
        (action, detail): (Action, Value),
    ) -> Result<Result<Member, NotDone>, Problem> {
        let controller = &self.staff.controller;
        let before = member::of_id(self.database, controller, id).await?;
        let Some(before) = before.filter(|member| member.removed_at.is_none()) else {
            return Ok(Err(NotDone::Unknown));
        };
        let (effect, now) = (AttemptId::from_random(keys::random()?), clock::now()?);
        let arguments =
            [D1Type::Text(controller.as_str()), D1Type::Text(effect.as_str()), D1Type::Text(id.as_str()), value];
        let batch = vec![self.database.statement(sql, &arguments)?, self.journal(action, id, detail, &effect, now)?];
        self.database.results(batch).await?;
        let after = member::of_id(self.database, controller, id).await?;
        let Some(after) = after else { return Ok(Err(NotDone::Unknown)) };
        let is_changed = after.role() != before.role() || after.removed_at != before.removed_at;
        let was_as_wished = action == Action::StaffRoleChanged && before.role() != Some(Role::Owner);
        Ok(if is_changed || was_as_wished { Ok(after) } else { Err(NotDone::LastOwner) })
    }

    /// Ends a session: a member's own, or for an owner anybody's. Whether there was one.
    pub(crate) async fn revoke(&self, id: &ItemId) -> Result<bool, Problem> {
        let now = clock::now()?;
        let whose = (self.staff.role < Role::Owner).then_some(&self.staff.actor);
        let is_live = "EXISTS (SELECT 1 FROM staff_sessions WHERE controller = ?1 AND id = ?2 AND revoked_at IS NULL)";
        let is_theirs = match whose {
            Some(actor) => [
                is_live,
                " AND '",
                actor.as_str(),
                "' = (SELECT staff FROM staff_sessions WHERE controller = ?1 AND id = ?2)",
            ]
            .concat(),
            None => is_live.to_owned(),
        };
        let (controller, object) = (self.staff.controller.clone(), id.to_string());
        let detail = json!({"by": self.staff.actor});
        let entry =
            Entry { controller, at: now, actor: Actor::Staff, action: Action::StaffSessionEnded, object, detail };
        let batch = vec![
            journal::append(self.database, &entry, &is_theirs)?,
            super::revoke_session(self.database, &self.staff.controller, id, whose, now)?,
        ];
        Ok(self.database.batch::<Value>(batch).await?.is_some())
    }

    fn journal(
        &self,
        action: Action,
        id: &ActorId,
        mut detail: Value,
        effect: &AttemptId,
        at: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        if let Value::Object(members) = &mut detail {
            members.insert("by".to_owned(), json!(self.staff.actor));
        }
        let controller = self.staff.controller.clone();
        let entry = Entry { controller, at, actor: Actor::Staff, action, object: id.to_string(), detail };
        let changed = "EXISTS (SELECT 1 FROM staff WHERE controller = ?1 AND effect = ?2)";
        journal::append_all(self.database, &self.staff.controller, &[entry], effect.as_str(), changed)
    }
}

/// What must hold before an owner is no owner any more.
const ANOTHER_OWNER: &str =
    " AND (role <> 'owner' OR EXISTS (SELECT 1 FROM staff AS other WHERE other.controller = ?1 AND other.id <> ?3
     AND other.role = 'owner' AND other.removed_at IS NULL))";
