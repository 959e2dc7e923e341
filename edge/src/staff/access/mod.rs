//! Cloudflare Access, where the deployment names its team and its application: whoever it lets pass to the dashboard, and is staff here,
//! is signed in without a link. The session is one like any other: listed, revocable, and over when its token is.
//!
//! One token has one session. Once that was ended, by its member or by an owner, the token begins no other: they go through Access anew.

mod keys;

use nod_core::{
    id::{ActorId, ControllerId, Fingerprint},
    journal::{Action, Actor, Entry},
    staff::access::{Passed, Token},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type, console_error};

use super::{
    Address,
    refusal::{self, Refusal, Why},
    session::{self, Beginning},
    sign_in::seen,
};
use crate::{
    clock,
    database::{Database, time},
    http::{Call, Problem},
    journal,
};

/// The header that Access puts on each call. Its cookie says the same, and does not always come.
const HEADER: &str = "Cf-Access-Jwt-Assertion";

/// Somebody who passed, as a member of one controller.
#[derive(Deserialize)]
struct Found {
    controller: ControllerId,
    id: ActorId,
}

/// Signs in whoever comes through Access and is not signed in yet; gives the cookie. Whatever is wrong, the dashboard is shown all the
/// same: it asks for an address.
pub(crate) async fn enter(call: &Call) -> Option<String> {
    match entered(call).await {
        Ok(cookie) => cookie,
        Err(problem) => {
            console_error!("staff: nobody was let in by Access: {}", problem.name());
            None
        }
    }
}

async fn entered(call: &Call) -> Result<Option<String>, Problem> {
    let Some((team, application)) = call.environment.access() else { return Ok(None) };
    let Some(text) = call.header(HEADER) else { return Ok(None) };
    let Ok(token) = Token::read(&text) else { return Ok(None) };
    let (database, now) = (Database::of(call)?, clock::now()?);
    if session::authenticate(call, &database).await?.is_some() || !keys::verify(&team, &token, now).await {
        return Ok(None);
    }
    let Ok(passed) = token.passed(&team, &application, now) else { return Ok(None) };
    let Some(address) = Address::read(&call.environment, &passed.email)? else { return Ok(None) };
    let wanted = call.parameter("controller").and_then(|id| ControllerId::parse(&id));
    let Some(found) = member(&database, &address, wanted.as_ref()).await? else {
        turn_away(&database, &address).await?;
        return Ok(None);
    };
    let proof = Fingerprint::of(text.as_bytes());
    begin(&database, &found, &passed, &proof, now).await
}

/// Whose member somebody is: the wanted controller's, or else the one's where they were last. A query that need not take a controller:
/// it finds out which it is.
async fn member(
    database: &Database,
    address: &Address,
    wanted: Option<&ControllerId>,
) -> Result<Option<Found>, Problem> {
    let statement = database.statement(
        "SELECT staff.controller, staff.id FROM json_each(?1) AS mark
         CROSS JOIN staff ON staff.mark = mark.value AND staff.removed_at IS NULL AND (?2 IS NULL OR staff.controller = ?2)
         ORDER BY staff.last_seen_at DESC, staff.controller LIMIT 1",
        &[D1Type::Text(&address.marks()?), crate::database::optional_text(wanted.map(ControllerId::as_str))],
    )?;
    database.first(statement).await
}

/// Somebody whom Access let pass and who is not staff. Where there is one controller, it is told; where there are several, they are
/// nobody's.
async fn turn_away(database: &Database, address: &Address) -> Result<(), Problem> {
    #[derive(Deserialize)]
    struct Only {
        id: ControllerId,
    }
    let controllers: Vec<Only> =
        database.all(database.statement("SELECT id FROM controllers ORDER BY id LIMIT 2", &[])?).await?;
    if let [Only { id }] = &controllers[..] {
        let refusal = Refusal { controller: id, who: address.mark(), what: "sign_in", why: Why::NotStaff };
        refusal::note(database, &[refusal]).await;
    }
    Ok(())
}

/// The session, if its token's was not ended before.
async fn begin(
    database: &Database,
    Found { controller, id }: &Found,
    passed: &Passed,
    proof: &Fingerprint,
    now: Timestamp,
) -> Result<Option<String>, Problem> {
    let session = Beginning::new()?;
    let detail = json!({"by": id, "how": "access", "session": session.id});
    let (owner, object) = (controller.clone(), id.to_string());
    let entry =
        Entry { controller: owner, at: now, actor: Actor::Staff, action: Action::StaffSignedIn, object, detail };
    let begun = "EXISTS (SELECT 1 FROM staff_sessions WHERE controller = ?1 AND id = ?2)";
    let refusal = Refusal { controller, who: id.as_str(), what: "sign_in", why: Why::Revoked };
    let ended = ["NOT ", begun].concat();
    let mut batch = vec![
        replace(database, controller, id, proof, now)?,
        session.insert_by_access(database, controller, id, proof, passed.until, now)?,
        journal::append_all(database, controller, &[entry], session.id.as_str(), begun)?,
        seen(database, controller, id, now)?,
    ];
    batch.extend(refusal.statements(database, now, (&ended, session.id.as_str()))?);
    batch.push(database.statement(
        "SELECT 1 AS found FROM staff_sessions WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(session.id.as_str())],
    )?);
    Ok(database.batch::<Value>(batch).await?.map(|_| session.set_cookie_until(passed.until, now)))
}

/// The session that the same token began before: its cookie did not come along (a strict one does not on the way from a mail), and the
/// new one takes its place.
fn replace(
    database: &Database,
    controller: &ControllerId,
    id: &ActorId,
    proof: &Fingerprint,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE staff_sessions INDEXED BY staff_sessions_by_staff SET expires_at = ?4
         WHERE controller = ?1 AND staff = ?2 AND proof = ?3 AND revoked_at IS NULL AND expires_at > ?4",
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str()), D1Type::Text(proof.as_str()), time(now)],
    )
}
