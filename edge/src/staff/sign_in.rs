//! Signing in. Whoever asks for a link hears the same, in the same time: what is done about it is done behind the answer. The link
//! goes to every controller's member that has the address, each to its own dashboard.

use nod_core::{
    events::visit,
    id::{ActorId, AttemptId, ControllerId, ItemId, SiteKey},
    journal::{Action, Actor, Entry},
    link::Token,
    mail,
    staff::{Role, Scopes},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type, console_error};

use super::{
    Address, Staff, link, member,
    refusal::{self, Refusal, Why},
    session::Beginning,
};
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    events::day_salt,
    http::Problem,
    journal, keys, mail as outbox,
};

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSignedIn {
    Unknown,
    Used,
    /// Members come in by Cloudflare Access alone.
    ByAccess,
}

/// Somebody who was signed in.
pub(crate) struct SignedIn {
    pub(crate) staff: Staff,
    pub(crate) cookie: String,
}

/// Who gets a link, of one controller.
#[derive(Deserialize)]
struct Found {
    controller: ControllerId,
    controller_name: String,
    id: ActorId,
}

/// Where the dashboard begins.
pub(crate) const HOME: &str = "/dashboard";

/// A link that somebody asked for.
pub(crate) struct Wanted {
    pub(crate) address: Address,
    /// Where this Worker answers.
    pub(crate) origin: String,
    /// The page of the dashboard that it leads to.
    pub(crate) page: String,
    /// Whence it was asked for.
    pub(crate) network: String,
}

/// Sends a link to whoever has the address. For behind the answer.
pub(crate) async fn request_link(environment: Environment, wanted: Wanted) {
    let Wanted { address, origin, page, network } = wanted;
    let sent = async {
        let database = Database::of_environment(&environment)?;
        for found in members(&database, &address).await? {
            let to = Recipient { id: &found.id, address: &address.text, kind: mail::Kind::StaffSignIn };
            let mark = network_mark(&environment, &found.controller, &network).await?;
            let letter = Sending { environment: &environment, database: &database, origin: &origin, page: &page };
            letter.send((&found.controller, &found.controller_name), &to, Some(&mark), link::ASKED_FOR).await?;
        }
        Ok::<_, Problem>(())
    };
    if let Err(problem) = sent.await {
        console_error!("staff: no link was sent: {}", problem.name());
    }
    outbox::drain(environment).await;
}

/// Where links are sent from.
pub(super) struct Sending<'a> {
    pub(super) environment: &'a Environment,
    pub(super) database: &'a Database,
    /// Where this Worker answers.
    pub(super) origin: &'a str,
    /// The page of the dashboard that they lead to.
    pub(super) page: &'a str,
}

/// Whom one is sent to.
pub(super) struct Recipient<'a> {
    pub(super) id: &'a ActorId,
    pub(super) address: &'a str,
    pub(super) kind: mail::Kind,
}

impl Sending<'_> {
    pub(super) async fn send(
        &self,
        (controller, name): (&ControllerId, &str),
        to: &Recipient<'_>,
        network: Option<&str>,
        lasts: i64,
    ) -> Result<(), Problem> {
        let (statements, effect) = self.statements((controller, name), to, network, lasts).await?;
        let refusal = Refusal { controller, who: to.id.as_str(), what: "sign_in", why: Why::TooMany };
        let is_not_made = ["NOT ", link::TOOK_EFFECT].concat();
        let refused = refusal.statements(self.database, clock::now()?, (&is_not_made, effect.as_str()))?;
        self.database.results(statements.into_iter().chain(refused).collect()).await.map(drop)
    }

    /// The statements that make a link and put its letter into the outbox, behind whatever made the member; and the attempt's name.
    pub(super) async fn statements(
        &self,
        (controller, name): (&ControllerId, &str),
        to: &Recipient<'_>,
        network: Option<&str>,
        lasts: i64,
    ) -> Result<(Vec<D1PreparedStatement>, AttemptId), Problem> {
        let (now, token) = (clock::now()?, Token::new(&keys::random()?));
        let expires_at = clock::later(now, lasts);
        let attempt = AttemptId::from_random(keys::random()?);
        let new = link::New { token: &token, staff: to.id, network, expires_at, effect: attempt.as_str() };
        let letter = mail::Letter {
            kind: to.kind,
            locale: "en",
            controller: name,
            site_name: "",
            contact: None,
            accent: mail::Accent::DEFAULT,
            person: None,
            agent: None,
            request: None,
            link: mail::Link::new(self.origin, &[self.page, "#sign-in=", token.expose()].concat()),
            until: Some(expires_at),
            message: None,
        };
        let post = outbox::Post { to: to.address, request: None, letter: &letter, not_after: Some(expires_at) };
        let condition = link::TOOK_EFFECT;
        let effect = outbox::Effect { database: self.database, controller, key: attempt.as_str(), condition };
        let mut statements = vec![link::insert(self.database, controller, &new, now)?];
        statements.extend(outbox::enqueue(self.environment, &effect, &post).await?);
        Ok((statements, attempt))
    }
}

/// The members who have an address, one of each controller. The one query here that takes no controller: who signs in names none.
async fn members(database: &Database, address: &Address) -> Result<Vec<Found>, Problem> {
    let statement = database.statement(
        "SELECT staff.controller, controllers.name AS controller_name, staff.id
         FROM json_each(?1) AS mark CROSS JOIN staff ON staff.mark = mark.value AND staff.removed_at IS NULL
         JOIN controllers ON controllers.id = staff.controller
         ORDER BY staff.controller LIMIT 20",
        &[D1Type::Text(&address.marks()?)],
    )?;
    database.all(statement).await
}

/// A network by a mark that is keyed with the day's salt: the address itself is kept nowhere.
async fn network_mark(environment: &Environment, controller: &ControllerId, network: &str) -> Result<String, Problem> {
    let salt = day_salt(environment, controller, clock::now()?).await.ok_or_else(Problem::keys_unavailable)?;
    let nowhere = SiteKey::parse("staff").ok_or_else(|| Problem::internal("a site key"))?;
    Ok(visit::mark(&salt, &nowhere, network, "staff"))
}

/// A click on a link.
pub(crate) async fn sign_in(
    environment: &Environment,
    database: &Database,
    token: &Token,
) -> Result<Result<SignedIn, NotSignedIn>, Problem> {
    let now = clock::now()?;
    let Some(link) = link::find(database, token).await? else { return Ok(Err(NotSignedIn::Unknown)) };
    let no = async |why, told| {
        // Nobody has used the invitation of a first owner, so it is nobody's.
        let who = link.staff.as_ref().map_or("invitation", ActorId::as_str);
        let refusal = Refusal { controller: &link.controller, who, what: "sign_in", why };
        refusal::note(database, &[refusal]).await;
        Ok(Err(told))
    };
    if link.expires_at <= now {
        return no(Why::Expired, NotSignedIn::Unknown).await;
    }
    if link.used_at.is_some() {
        return no(Why::Used, NotSignedIn::Used).await;
    }
    if environment.is_access_alone() && link.staff.is_some() {
        return Ok(Err(NotSignedIn::ByAccess));
    }
    let effect = AttemptId::from_random(keys::random()?);
    let mut batch = Vec::new();
    let (actor, role, made) = match (&link.staff, link.address(token)) {
        (Some(id), _) => match member::of_id(database, &link.controller, id).await? {
            Some(member) if member.removed_at.is_none() => (member.id.clone(), member.role(), None),
            _ => return no(Why::Revoked, NotSignedIn::Unknown).await,
        },
        (None, Some(address)) => {
            let first = Invited::of(environment, database, &link.controller, &address).await?;
            let Some(first) = first else { return Ok(Err(NotSignedIn::Unknown)) };
            batch.extend(first.statement(environment, database, &link.controller, effect.as_str(), now)?);
            (first.id.clone(), Some(first.role), Some(first.id))
        }
        (None, None) => return Ok(Err(NotSignedIn::Unknown)),
    };
    let Some(role) = role else { return Ok(Err(NotSignedIn::Unknown)) };
    let session = Beginning::new()?;
    batch.push(link::take(database, &link.controller, token, effect.as_str(), made.as_ref(), now)?);
    let entry = signed_in(&link.controller, &actor, &session.id, now);
    batch.push(journal::append_all(database, &link.controller, &[entry], effect.as_str(), link::TOOK_EFFECT)?);
    batch.push(session.insert_by_link(database, &link.controller, effect.as_str(), now)?);
    batch.push(seen(database, &link.controller, &actor, now)?);
    batch.push(took(database, &link.controller, effect.as_str())?);
    let Some(took) = database.batch::<Took>(batch).await? else { return no(Why::Used, NotSignedIn::Used).await };
    let staff = Staff {
        controller: link.controller,
        controller_name: took.controller_name,
        role,
        scopes: Scopes::All,
        actor,
        session: Some(session.id.clone()),
        is_by_access: false,
    };
    Ok(Ok(SignedIn { staff, cookie: session.set_cookie() }))
}

fn signed_in(controller: &ControllerId, actor: &ActorId, session: &ItemId, at: Timestamp) -> Entry {
    let detail = json!({"by": actor, "how": "link", "session": session});
    let (controller, object) = (controller.clone(), actor.to_string());
    Entry { controller, at, actor: Actor::Staff, action: Action::StaffSignedIn, object, detail }
}

pub(super) fn seen(
    database: &Database,
    controller: &ControllerId,
    actor: &ActorId,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE staff SET last_seen_at = ?3 WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(actor.as_str()), time(now)],
    )
}

/// That the attempt was the first.
#[derive(Deserialize)]
struct Took {
    controller_name: String,
}

fn took(database: &Database, controller: &ControllerId, effect: &str) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "SELECT controllers.name AS controller_name FROM staff_links JOIN controllers ON controllers.id = staff_links.controller
         WHERE controller = ?1 AND effect = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(effect)],
    )
}

/// Whom the invitation of a first owner is for.
struct Invited {
    id: ActorId,
    role: Role,
    /// Nothing where somebody has the address already: then the link only signs in.
    new: Option<Address>,
}

impl Invited {
    async fn of(
        environment: &Environment,
        database: &Database,
        controller: &ControllerId,
        written: &str,
    ) -> Result<Option<Self>, Problem> {
        #[derive(Deserialize)]
        struct Row {
            id: ActorId,
            role: String,
        }
        let Some(address) = Address::read(environment, written)? else { return Ok(None) };
        let statement = database.statement(
            "SELECT staff.id, staff.role FROM json_each(?2) AS mark CROSS JOIN staff
             ON staff.mark = mark.value AND staff.controller = ?1 AND staff.removed_at IS NULL LIMIT 1",
            &[D1Type::Text(controller.as_str()), D1Type::Text(&address.marks()?)],
        )?;
        if let Some(Row { id, role }) = database.first(statement).await? {
            return Ok(Role::parse(&role).map(|role| Self { id, role, new: None }));
        }
        let id = ActorId::from_random(keys::random()?);
        Ok(Some(Self { id, role: Role::Owner, new: Some(address) }))
    }

    /// The statements that make the member, for the batch that uses the link.
    fn statement(
        &self,
        environment: &Environment,
        database: &Database,
        controller: &ControllerId,
        effect: &str,
        now: Timestamp,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let Some(address) = &self.new else { return Ok(Vec::new()) };
        let name = address.text.split('@').next().unwrap_or_default();
        let insert = database.statement(
            "INSERT INTO staff (controller, id, mark, email, name, role, created_at, effect)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &[
                D1Type::Text(controller.as_str()),
                D1Type::Text(self.id.as_str()),
                D1Type::Text(address.mark()),
                D1Type::Text(&address.seal(environment, controller, &self.id)?),
                D1Type::Text(name),
                D1Type::Text(self.role.name()),
                time(now),
                D1Type::Text(effect),
            ],
        )?;
        let detail: Value = json!({"role": self.role.name(), "how": "invitation"});
        let (owner, object) = (controller.clone(), self.id.to_string());
        let entry =
            Entry { controller: owner, at: now, actor: Actor::System, action: Action::StaffAdded, object, detail };
        let made = "EXISTS (SELECT 1 FROM staff WHERE controller = ?1 AND effect = ?2)";
        Ok(vec![insert, journal::append_all(database, controller, &[entry], effect, made)?])
    }
}
