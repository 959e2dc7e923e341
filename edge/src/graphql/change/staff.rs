//! Staff come in, and owners say who they are.

use async_graphql::Result;
use nod_core::{
    id::{ActorId, ItemId},
    link::Token,
    staff::Role,
};

use super::{UserError, done, refused, refused_with};
use crate::{
    database::Database,
    events::is_within,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        query,
        session::Session,
        shown::Shown,
        types::staff as types,
    },
    http::Problem,
    staff::{self, Address, Manager, Member, NotDone, NotSignedIn},
};

/// `requestStaffSignInLink`
pub(in crate::graphql) fn request_staff_sign_in_link(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let call = asked.session.call();
        let not_accepted = |why: UserError| refused_with(vec![("accepted", false.into())], why);
        let Some(address) = Address::read(&call.environment, asked.input()?.must("email"))? else {
            return Ok(not_accepted(NotDone::Email.into()));
        };
        if call.environment.is_access_alone() {
            return Ok(not_accepted(UserError { field: "email", ..NotSignedIn::ByAccess.into() }));
        }
        let network = call.header("CF-Connecting-IP").unwrap_or_default();
        if !is_within(call.environment.rights_limit(), ["staff/", &network].concat()).await {
            let sentence = "Too many links were asked for from your network in the last minute. Try again in a minute.";
            return Ok(not_accepted(UserError { field: "email", code: "TOO_MANY", sentence: sentence.to_owned() }));
        }
        let page = asked.input()?.text("page").filter(|page| is_page(page)).unwrap_or(staff::HOME);
        let wanted = staff::Wanted { address, origin: call.origin(), page: page.to_owned(), network };
        call.context.wait_until(staff::request_link(call.environment.clone(), wanted));
        Ok(done(vec![("accepted", true.into())]))
    })
}

/// Whether it is the address of a page of the dashboard with its state, which needs no escaping (`www/dashboard/src/route.rs`).
fn is_page(text: &str) -> bool {
    let rest = text.strip_prefix(staff::HOME).unwrap_or("-");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./?=&".contains(&byte);
    text.len() <= 500 && (rest.is_empty() || rest.starts_with(['/', '?'])) && rest.bytes().all(is_plain)
}

/// `staffSignIn`
pub(in crate::graphql) fn staff_sign_in(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let call = asked.session.call();
        let Some(token) = Token::parse(asked.input()?.must("token")) else { return Ok(refused(NotSignedIn::Unknown)) };
        match staff::sign_in(&call.environment, &Database::of(call)?, &token).await? {
            Ok(signed_in) => {
                asked.session.set_cookie(signed_in.cookie);
                Ok(done(vec![("me", query::me_of_staff(call, &signed_in.staff).await?)]))
            }
            Err(why) => Ok(refused(why)),
        }
    })
}

/// Where Cloudflare Access ends its own session, on the host of the application.
const ACCESS_END: &str = "/cdn-cgi/access/logout";

/// `signOut`, of staff.
pub(super) async fn sign_out(session: &Session, database: &Database) -> Result<Shown> {
    let staff = session.visitor().filter(|staff| staff.session.is_some());
    let Some((staff, id)) = staff.and_then(|staff| Some((staff, staff.session.as_ref()?))) else {
        return Ok(done(vec![("signedOut", false.into())]));
    };
    let manager = Manager { environment: &session.call().environment, database, staff, origin: "" };
    let was_there = manager.revoke(id).await?;
    session.set_cookie(staff::unset_cookie());
    let next = staff.is_by_access.then_some(ACCESS_END);
    Ok(done(vec![("signedOut", was_there.into()), ("next", next.into())]))
}

/// `addStaff`
pub(in crate::graphql) fn add_staff(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let input = asked.input()?;
        let added = with_manager(asked, async |manager| {
            manager.add(input.must("email"), input.must("name"), role(input)).await
        });
        let added = added.await;
        super::rights::send(asked.session.call());
        added
    })
}

/// `changeStaffRole`
pub(in crate::graphql) fn change_staff_role(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let input = asked.input()?;
        with_manager(asked, async |manager| match ActorId::parse(input.must("id")) {
            Some(id) => manager.change_role(&id, role(input)).await,
            None => Ok(Err(NotDone::Unknown)),
        })
        .await
    })
}

/// `removeStaff`
pub(in crate::graphql) fn remove_staff(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let input = asked.input()?;
        with_manager(asked, async |manager| match ActorId::parse(input.must("id")) {
            Some(id) => manager.remove(&id).await,
            None => Ok(Err(NotDone::Unknown)),
        })
        .await
    })
}

/// `revokeStaffSession`
pub(in crate::graphql) fn revoke_staff_session(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let call = asked.session.call();
        let database = Database::of(call)?;
        let manager =
            Manager { environment: &call.environment, database: &database, staff: asked.session.staff()?, origin: "" };
        let revoked = match ItemId::parse(asked.input()?.must("id")) {
            Some(id) => manager.revoke(&id).await?,
            None => false,
        };
        Ok(done(vec![("revoked", revoked.into())]))
    })
}

/// Does something with a member, and answers with them.
async fn with_manager<'a>(
    asked: Asked<'a>,
    work: impl AsyncFnOnce(Manager<'_>) -> Result<std::result::Result<Member, NotDone>, Problem>,
) -> Result<Shown> {
    let (call, staff) = (asked.session.call(), asked.session.staff()?);
    let (database, origin) = (Database::of(call)?, call.origin());
    let manager = Manager { environment: &call.environment, database: &database, staff, origin: &origin };
    Ok(match work(manager).await? {
        Ok(member) => done(vec![("staffMember", types::member(&call.environment, &staff.controller, &member)?)]),
        Err(why) => refused(why),
    })
}

/// The role that an input names.
pub(super) fn role(input: Input<'_>) -> Role {
    // The schema lets nothing else through; the least is what a name that nobody knows would be worth.
    input.name("role").as_deref().and_then(Role::parse).unwrap_or(Role::Viewer)
}

impl From<NotDone> for UserError {
    fn from(why: NotDone) -> Self {
        Self { field: why.field(), code: why.code(), sentence: why.to_string() }
    }
}

impl From<NotSignedIn> for UserError {
    fn from(why: NotSignedIn) -> Self {
        let (code, sentence) = match why {
            NotSignedIn::Unknown => ("UNKNOWN_LINK", "This link is unknown or has ended. Ask for a new one."),
            NotSignedIn::ByAccess => {
                ("ACCESS_ONLY", "Members sign in through Cloudflare Access here. Open the dashboard without a link.")
            }
            NotSignedIn::Used => ("USED_LINK", "This link was used before. Ask for a new one."),
        };
        Self { field: "token", code, sentence: sentence.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn a_link_leads_to_pages_of_the_dashboard_alone() {
        for page in
            ["/dashboard", "/dashboard/requests/abc-1", "/dashboard/journal?action=rights_request.&from=2026-11-01"]
        {
            assert!(is_page(page), "{page}");
        }
        let long = ["/dashboard/", &"a".repeat(500)].concat();
        for other in
            ["", "/", "/dashboards", "//evil.example", "/dashboard#x", "/dashboard/%0a", "/dashboard/a b", &long]
        {
            assert!(!is_page(other), "{other}");
        }
    }
}
