//! How the fields that do something ([`super::table`]) do it. All others show a member of what these have read.

use std::{future::Future, pin::Pin, sync::Arc};

use async_graphql::{
    Context, Error, Lookahead, Result, ServerError,
    dynamic::{FieldValue, ResolverContext},
};
use worker::send::SendFuture;

use super::{
    access::Access,
    input::{self, Input},
    limits::Cost,
    schema::Member,
    session::{Session, coded},
    shown::Shown,
    table::OWN,
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
    pub(super) of: &'static str,
    pub(super) name: &'static str,
    /// Who may have it done.
    pub(super) access: Access,
    pub(super) cost: Cost,
    pub(super) work: for<'a> fn(Asked<'a>) -> Work<'a>,
}

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
            own.access.check(asked.session, own.name)?;
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
