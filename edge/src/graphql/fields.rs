//! The fields that do something: each with who may, what it costs and what it does. All others show a member of what these have
//! read.

use std::{future::Future, pin::Pin, sync::Arc};

use async_graphql::{
    Context, Error, Lookahead, Result, ServerError,
    dynamic::{FieldValue, ResolverContext},
};
use nod_core::staff::{Role, Scope};
use worker::send::SendFuture;

use super::{
    access::Access,
    change,
    input::{self, Input},
    limits::Cost,
    query,
    schema::Member,
    session::{Session, coded},
    shown::Shown,
    types,
};

/// What a field is asked with.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) session: &'a Session,
    pub(super) arguments: Input<'a>,
    /// What it is a field of; nothing at the root.
    pub(super) parent: &'a Shown,
    context: &'a Context<'a>,
}

impl<'a> Asked<'a> {
    /// The input of a change.
    pub(super) fn input(self) -> Result<Input<'a>> {
        self.arguments.input("input").ok_or_else(|| coded("`input` is needed.", "BAD_INPUT"))
    }

    /// What is asked for of the answer.
    pub(super) fn look_ahead(self) -> Lookahead<'a> {
        self.context.look_ahead()
    }
}

/// What a field does.
pub(super) type Work<'a> = Pin<Box<dyn Future<Output = Result<Shown>> + 'a>>;

/// A field that does something.
pub(super) struct Own {
    of: &'static str,
    name: &'static str,
    /// Who may have it done.
    access: Access,
    pub(super) cost: Cost,
    work: for<'a> fn(Asked<'a>) -> Work<'a>,
}

/// What is read on its own and may be large.
const LARGE: Cost = Cost::Work { once: 100, times: 1 };

/// What anybody may ask for, once a call.
const INTAKE: Cost = Cost::Work { once: 5_001, times: 1 };
/// What is read of one request on its own.
const READ: Cost = Cost::Work { once: 20, times: 1 };

const OWN: &[Own] = &[
    Own { of: "Query", name: "me", access: Access::Anyone, cost: Cost::FIELD, work: query::me },
    Own {
        of: "Query",
        name: "connections",
        access: Access::Staff(Role::Viewer, Scope::Connections),
        cost: Cost::Page,
        work: query::connections,
    },
    Own {
        of: "Query",
        name: "deliveries",
        access: Access::Staff(Role::Viewer, Scope::Connections),
        cost: Cost::Page,
        work: query::deliveries,
    },
    Own {
        of: "Query",
        name: "dataSubject",
        access: Access::Staff(Role::Viewer, Scope::People),
        cost: Cost::Work { once: 1_000, times: 10 },
        work: query::data_subject,
    },
    Own {
        of: "Query",
        name: "journal",
        access: Access::Staff(Role::Viewer, Scope::Journal),
        cost: Cost::Page,
        work: query::journal,
    },
    Own {
        of: "Query",
        name: "rightsRequests",
        access: Access::Staff(Role::Viewer, Scope::Requests),
        cost: Cost::Page,
        work: query::rights_requests,
    },
    Own {
        of: "Query",
        name: "tags",
        access: Access::Staff(Role::Viewer, Scope::Tags),
        cost: Cost::FIELD,
        work: query::tags,
    },
    Own {
        of: "Query",
        name: "eventSummary",
        access: Access::Staff(Role::Viewer, Scope::Events),
        cost: Cost::Work { once: 500, times: 1 },
        work: query::event_summary,
    },
    Own {
        of: "Mutation",
        name: "createConnection",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::CHANGE,
        work: change::create_connection,
    },
    Own {
        of: "Mutation",
        name: "rotateConnectionSecret",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::CHANGE,
        work: change::rotate_connection_secret,
    },
    Own {
        of: "Mutation",
        name: "disableConnection",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::CHANGE,
        work: change::disable_connection,
    },
    Own {
        of: "Mutation",
        name: "saveFieldMapping",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::CHANGE,
        work: change::save_field_mapping,
    },
    Own {
        of: "Mutation",
        name: "tryFieldMapping",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::Work { once: 100, times: 1 },
        work: change::try_field_mapping,
    },
    Own {
        of: "Mutation",
        name: "replayDelivery",
        access: Access::Staff(Role::Reviewer, Scope::Connections),
        cost: Cost::Work { once: 1_000, times: 1 },
        work: change::replay_delivery,
    },
    Own {
        of: "Mutation",
        name: "splitDataSubject",
        access: Access::Staff(Role::Reviewer, Scope::People),
        cost: Cost::Work { once: 1_000, times: 20 },
        work: change::split_data_subject,
    },
    Own {
        of: "Mutation",
        name: "saveTags",
        access: Access::Staff(Role::Owner, Scope::Tags),
        cost: Cost::CHANGE,
        work: change::save_tags,
    },
    Own {
        of: "Mutation",
        name: "publishTags",
        access: Access::Staff(Role::Owner, Scope::Tags),
        cost: Cost::CHANGE,
        work: change::publish_tags,
    },
    Own {
        of: "Mutation",
        name: "rollbackTags",
        access: Access::Staff(Role::Owner, Scope::Tags),
        cost: Cost::CHANGE,
        work: change::rollback_tags,
    },
    Own {
        of: "Mutation",
        name: "completeRightsTask",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::complete_rights_task,
    },
    Own {
        of: "Mutation",
        name: "addRightsFile",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::add_rights_file,
    },
    Own {
        of: "Mutation",
        name: "setRightsEndpoint",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::CHANGE,
        work: change::set_rights_endpoint,
    },
    Own {
        of: "Mutation",
        name: "setDestinationSecret",
        access: Access::Staff(Role::Owner, Scope::Tags),
        cost: Cost::CHANGE,
        work: change::set_destination_secret,
    },
    Own { of: "Query", name: "site", access: Access::Anyone, cost: LARGE, work: query::site },
    Own { of: "Query", name: "consentHistory", access: Access::Anyone, cost: LARGE, work: query::consent_history },
    Own {
        of: "Query",
        name: "rightsRequest",
        access: Access::Staff(Role::Viewer, Scope::Requests),
        cost: LARGE,
        work: query::rights_request,
    },
    Own {
        of: "Query",
        name: "rightsRequestByToken",
        access: Access::Anyone,
        cost: LARGE,
        work: query::rights_request_by_token,
    },
    Own {
        of: "Mutation",
        name: "submitRightsRequest",
        access: Access::Anyone,
        cost: INTAKE,
        work: change::submit_rights_request,
    },
    Own {
        of: "Mutation",
        name: "verifyRightsRequest",
        access: Access::Anyone,
        cost: INTAKE,
        work: change::verify_rights_request,
    },
    Own {
        of: "Mutation",
        name: "requestSignInLink",
        access: Access::Anyone,
        cost: INTAKE,
        work: change::request_sign_in_link,
    },
    Own { of: "Mutation", name: "signIn", access: Access::Anyone, cost: INTAKE, work: change::sign_in },
    Own { of: "Mutation", name: "signOut", access: Access::Subject, cost: Cost::CHANGE, work: change::sign_out },
    Own {
        of: "Mutation",
        name: "withdrawRightsRequest",
        access: Access::SubjectOr(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::withdraw_rights_request,
    },
    Own {
        of: "Mutation",
        name: "appealRightsRequest",
        access: Access::SubjectOr(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::appeal_rights_request,
    },
    Own {
        of: "Mutation",
        name: "messageRightsRequest",
        access: Access::SubjectOr(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::message_rights_request,
    },
    Own {
        of: "Mutation",
        name: "startRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::start_rights_request,
    },
    Own {
        of: "Mutation",
        name: "extendRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::extend_rights_request,
    },
    Own {
        of: "Mutation",
        name: "holdRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::hold_rights_request,
    },
    Own {
        of: "Mutation",
        name: "resumeRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::resume_rights_request,
    },
    Own {
        of: "Mutation",
        name: "fulfilRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::fulfil_rights_request,
    },
    Own {
        of: "Mutation",
        name: "denyRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::deny_rights_request,
    },
    Own {
        of: "Mutation",
        name: "assignRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::assign_rights_request,
    },
    Own {
        of: "Mutation",
        name: "previewRightsMail",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::preview_rights_mail,
    },
    Own {
        of: "Mutation",
        name: "enterRightsRequest",
        access: Access::Staff(Role::Reviewer, Scope::Requests),
        cost: Cost::CHANGE,
        work: change::enter_rights_request,
    },
    Own { of: "Tags", name: "draft", access: Access::Inherited, cost: Cost::FIELD, work: types::tags::draft },
    Own { of: "Tags", name: "published", access: Access::Inherited, cost: Cost::FIELD, work: types::tags::published },
    Own { of: "Tags", name: "versions", access: Access::Inherited, cost: Cost::Page, work: types::tags::versions },
    Own { of: "Tags", name: "templates", access: Access::Inherited, cost: Cost::FIELD, work: types::tags::templates },
    Own {
        of: "Tags",
        name: "destinations",
        access: Access::Inherited,
        cost: LARGE,
        work: types::destination::destinations,
    },
    // Up to 128 KB each, and read one by one.
    Own { of: "TagDraft", name: "problems", access: Access::Inherited, cost: LARGE, work: types::tags::problems },
    Own { of: "TagDraft", name: "changes", access: Access::Inherited, cost: LARGE, work: types::tags::changes },
    Own { of: "TagVersion", name: "document", access: Access::Inherited, cost: LARGE, work: types::tags::document },
    Own { of: "TagVersion", name: "changes", access: Access::Inherited, cost: LARGE, work: types::tags::changes },
    Own { of: "SubjectRequest", name: "name", access: Access::Inherited, cost: READ, work: types::rights::name },
    Own { of: "SubjectRequest", name: "message", access: Access::Inherited, cost: READ, work: types::rights::message },
    Own { of: "SubjectRequest", name: "events", access: Access::Inherited, cost: READ, work: types::rights::events },
    Own {
        of: "SubjectRequest",
        name: "messages",
        access: Access::Inherited,
        cost: READ,
        work: types::rights::messages,
    },
    Own { of: "SubjectRequest", name: "files", access: Access::Inherited, cost: READ, work: types::rights::files },
    Own { of: "RightsRequest", name: "email", access: Access::Inherited, cost: READ, work: types::rights::email },
    Own { of: "RightsRequest", name: "name", access: Access::Inherited, cost: READ, work: types::rights::name },
    Own { of: "RightsRequest", name: "message", access: Access::Inherited, cost: READ, work: types::rights::message },
    Own { of: "RightsRequest", name: "agent", access: Access::Inherited, cost: READ, work: types::rights::agent },
    Own { of: "RightsRequest", name: "events", access: Access::Inherited, cost: READ, work: types::rights::events },
    Own { of: "RightsRequest", name: "messages", access: Access::Inherited, cost: READ, work: types::rights::messages },
    Own { of: "RightsRequest", name: "files", access: Access::Inherited, cost: READ, work: types::rights::files },
    Own { of: "RightsRequest", name: "tasks", access: Access::Inherited, cost: READ, work: types::rights::tasks },
    Own { of: "RightsRequest", name: "mails", access: Access::Inherited, cost: READ, work: types::rights::mails },
    Own {
        of: "RightsRequest",
        name: "subject",
        access: Access::Inherited,
        cost: Cost::Work { once: 1_000, times: 10 },
        work: query::subject_of,
    },
    Own { of: "RightsDenial", name: "note", access: Access::Inherited, cost: READ, work: types::rights::note },
    Own {
        of: "WebhookConnection",
        name: "url",
        access: Access::Staff(Role::Owner, Scope::Connections),
        cost: Cost::FIELD,
        work: types::connection::url,
    },
];

/// The field of this type and name, if it is one of its own.
pub(super) fn own(of: &str, name: &str) -> Option<&'static Own> {
    OWN.iter().find(|own| own.of == of && own.name == name)
}

type Answered<'a> = Pin<Box<dyn Future<Output = Result<Option<FieldValue<'a>>>> + Send + 'a>>;

/// Does what a field does. It stays on this thread, which is the only one; the library asks for what could go to another.
pub(super) fn answer<'a>(own: &'static Own, member: &'static Member, context: ResolverContext<'a>) -> Answered<'a> {
    Box::pin(SendFuture::new(async move {
        let ResolverContext { ctx: context, args, parent_value } = context;
        let done = async {
            let arguments = input::read(&member.arguments, args.as_index_map())?;
            let asked = Asked {
                session: Session::of(context)?,
                arguments: Input::new(&arguments),
                parent: parent_value.downcast_ref().unwrap_or(&Shown::Nothing),
                context,
            };
            own.access.check(asked.session)?;
            (own.work)(asked).await
        };
        done.await.map(shown).map_err(|error| placed(context, error))
    }))
}

fn shown(shown: Shown) -> Option<FieldValue<'static>> {
    match shown {
        Shown::Nothing => None,
        Shown::Object(_) | Shown::Shared(_) => Some(FieldValue::owned_any(shown)),
        Shown::List(items) => Some(FieldValue::list(items.into_iter().filter_map(self::shown))),
        leaf => leaf.leaf().map(FieldValue::value),
    }
}

/// Where a field stands in the answer. The library asks no field of its dynamic schemas for it.
pub(super) struct Place(pub(super) Vec<async_graphql::PathSegment>);

fn placed(context: &Context<'_>, error: Error) -> Error {
    let place = context.set_error_path(ServerError::new("", None)).path;
    Error { source: Some(Arc::new(Place(place))), ..error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::schema::named;

    #[test]
    fn every_field_that_does_something_is_in_the_schema_and_every_question_and_change_does_something() {
        for Own { of, name, .. } in OWN {
            assert!(named(of).is_some_and(|ty| ty.member(name).is_some()), "{of}.{name}");
        }
        for root in ["Query", "Mutation"] {
            for member in named(root).iter().flat_map(|ty| &ty.members) {
                assert!(own(root, member.name).is_some(), "{root}.{}", member.name);
            }
        }
    }

    /// What people read of a field is what it does: without its line in the table a new field does not pass, nor with another.
    #[test]
    fn who_may_is_what_the_schema_says_at_the_end_of_each_question_and_change() {
        for root in ["Query", "Mutation"] {
            for member in named(root).iter().flat_map(|ty| &ty.members) {
                let access = own(root, member.name).map(|own| own.access);
                let about = member.about.replace('\r', " ");
                let said = access.and_then(Access::sentence).is_some_and(|sentence| about.contains(&sentence));
                assert!(said, "{root}.{} is {access:?}, and says: {about}", member.name);
            }
        }
    }
}
