//! Staff: people of the controller, who sign in by a link or through Cloudflare Access, and programs that act for them, which bring a
//! token.
//!
//! Whoever they are, they are one [`Staff`] to everything else: whose, of which role, and by what name the journal knows them.

mod access;
mod address;
mod issue;
mod link;
mod manage;
mod member;
mod refusal;
mod session;
mod sign_in;
mod token;
pub(crate) mod views;

pub(crate) use access::enter;
pub(crate) use address::Address;
pub(crate) use issue::{NotIssued, Token, list as tokens};
pub(crate) use manage::{Manager, NotDone};
pub(crate) use member::{Member, list as members, of_id as member};
pub(crate) use refusal::{Why, out_of_reach as refused_out_of_reach, refuse};
pub(crate) use session::{Session, list as sessions, revoke as revoke_session, unset_cookie};
pub(crate) use sign_in::{HOME, NotSignedIn, Wanted, request_link, sign_in};

use nod_core::{
    id::{ActorId, ControllerId, ItemId},
    staff::{Role, Scope, Scopes},
};

use crate::{
    clock,
    database::Database,
    environment::Environment,
    http::{Call, Problem},
};

/// Who acts, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Staff {
    pub(crate) controller: ControllerId,
    /// The controller's name, as people write it.
    pub(crate) controller_name: String,
    pub(crate) role: Role,
    /// To which parts of the API they reach: a person to all.
    pub(crate) scopes: Scopes,
    /// The member's id, or the token's.
    pub(crate) actor: ActorId,
    /// The session, where it is a person who signed in.
    pub(crate) session: Option<ItemId>,
    /// Whether it began by Cloudflare Access.
    pub(crate) is_by_access: bool,
}

/// What a call brings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Nothing.
    None,
    /// A token that is unknown, revoked or expired, or none at all.
    Invalid,
    /// A live token or session.
    Valid(Staff),
}

/// What a token is told that does not reach where it would.
pub(crate) fn out_of_reach(needed: Scope, scopes: &Scopes) -> String {
    let name = |scope: &Scope| scope.name().to_ascii_uppercase();
    let held: Vec<_> = scopes.only().unwrap_or_default().iter().map(name).collect();
    let held = if held.is_empty() { "none".to_owned() } else { held.join(", ") };
    let needed = name(&needed);
    format!("This needs the scope {needed}, and the token has {held}. Ask an owner for a token that has it.")
}

/// Who calls. A session counts for a page of ours, which alone speaks for who signed in there.
pub(crate) async fn authenticate(call: &Call) -> Result<Credentials, Problem> {
    let database = Database::of(call)?;
    if let Some(header) = call.header("Authorization") {
        return token::authenticate(&database, &header).await;
    }
    if !call.is_of_our_pages() {
        return Ok(Credentials::None);
    }
    // A session that has ended is none: the page asks who is there, and shows where to sign in.
    Ok(session::authenticate(call, &database).await?.map_or(Credentials::None, Credentials::Valid))
}

/// Forgets links and sessions that ended long ago.
pub(crate) async fn tidy(environment: &Environment) {
    let done = async {
        let (database, now) = (Database::of_environment(environment)?, clock::now()?);
        link::forget_ended(&database, now).await?;
        session::forget_ended(&database, now).await?;
        refusal::forget_old(&database, now).await
    };
    if let Err(problem) = done.await {
        worker::console_error!("staff: not tidied: {}", problem.name());
    }
}
