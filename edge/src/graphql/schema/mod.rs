//! The schema that the library executes, made of the table of types and of the fields that do something ([`super::fields`]).
//!
//! No type has code of its own: whatever is no field of its own is a member of what was read before ([`super::shown`]).

mod types;

pub(super) use types::{Kind, Member, Type, all, named};

use async_graphql::{
    Name, Value,
    dynamic::{
        Enum, EnumItem, Field, FieldFuture, FieldValue, InputObject, InputValue, Object, ResolverContext, Scalar,
        Schema, SchemaError, TypeRef,
    },
};

use super::{
    fields::{self, Own},
    json, limits,
    shown::Shown,
};

/// What a moment looks like.
const DATE_TIME: (&str, &str) = ("DateTime", "https://scalars.graphql.org/andimarek/date-time");

/// The schema.
pub(super) fn schema() -> Result<Schema, SchemaError> {
    let mut schema = Schema::build("Query", Some("Mutation"), None)
        .limit_depth(limits::DEPTH)
        .limit_recursive_depth(limits::BRACKETS)
        .limit_directives(limits::DIRECTIVES);
    for ty in all() {
        schema = match ty.kind {
            Kind::Scalar => schema.register(scalar(ty)),
            Kind::Enum => schema.register(enumeration(ty)),
            Kind::Object => schema.register(object(ty)),
            Kind::Input => schema.register(input(ty)),
        };
    }
    schema.finish()
}

/// The value that a default stands for.
pub(super) fn default(member: &Member) -> Option<Value> {
    if member.default.is_empty() {
        return None;
    }
    let json = serde_json::from_str(member.default).ok().map(json::value);
    // What is no JSON is an item of an enumeration.
    Some(json.unwrap_or_else(|| Value::Enum(Name::new(member.default))))
}

fn scalar(ty: &Type) -> Scalar {
    let scalar = Scalar::new(ty.name).description(about(ty.about));
    let (name, address) = DATE_TIME;
    if ty.name == name { scalar.specified_by_url(address) } else { scalar }
}

fn enumeration(ty: &Type) -> Enum {
    let mut made = Enum::new(ty.name).description(about(ty.about));
    for member in &ty.members {
        made = made.item(EnumItem::new(member.name).description(about(member.about)));
    }
    made
}

fn input(ty: &Type) -> InputObject {
    let mut made = InputObject::new(ty.name).description(about(ty.about));
    for member in &ty.members {
        made = made.field(argument(member));
    }
    made
}

fn object(ty: &'static Type) -> Object {
    let mut made = Object::new(ty.name);
    if !ty.about.is_empty() {
        made = made.description(about(ty.about));
    }
    for member in &ty.members {
        made = made.field(field(ty, member));
    }
    made
}

fn field(ty: &'static Type, member: &'static Member) -> Field {
    let reference = reference(member.ty);
    let mut field = match fields::own(ty.name, member.name) {
        Some(own) => Field::new(member.name, reference, move |context| own_field(own, member, context)),
        None => Field::new(member.name, reference, member_field),
    };
    if !member.about.is_empty() {
        field = field.description(about(member.about));
    }
    for one in &member.arguments {
        field = field.argument(argument(one));
    }
    field
}

fn own_field<'a>(own: &'static Own, member: &'static Member, context: ResolverContext<'a>) -> FieldFuture<'a> {
    FieldFuture::Future(fields::answer(own, member, context))
}

/// A member of what was read before.
#[expect(clippy::needless_pass_by_value, reason = "the library's form")]
fn member_field(context: ResolverContext<'_>) -> FieldFuture<'_> {
    let parent = context.parent_value.downcast_ref::<Shown>();
    FieldFuture::Value(parent.and_then(|parent| parent.member(context.ctx.field().name())).and_then(borrowed))
}

/// What the library shows of something that was read.
fn borrowed(shown: &Shown) -> Option<FieldValue<'_>> {
    match shown {
        Shown::Object(_) => Some(FieldValue::borrowed_any(shown)),
        Shown::List(items) => Some(FieldValue::list(items.iter().filter_map(borrowed))),
        Shown::Shared(shared) => borrowed(shared),
        leaf => leaf.leaf().map(FieldValue::value),
    }
}

fn argument(member: &Member) -> InputValue {
    let mut made = InputValue::new(member.name, reference(member.ty));
    if !member.about.is_empty() {
        made = made.description(about(member.about));
    }
    match default(member) {
        Some(default) => made.default_value(default),
        None => made,
    }
}

/// A description of several lines has them in one column of the table.
fn about(text: &str) -> String {
    text.replace('\r', "\n")
}

fn reference(ty: &'static str) -> TypeRef {
    if let Some(inner) = ty.strip_suffix('!') {
        TypeRef::NonNull(Box::new(reference(inner)))
    } else if let Some(inner) = ty.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        TypeRef::List(Box::new(reference(inner)))
    } else {
        TypeRef::Named(ty.into())
    }
}
