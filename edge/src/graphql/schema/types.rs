//! The types of the API, from the table that `tables/schema.rs` makes of `schema.graphql`.

use std::sync::LazyLock;

/// Every type that is not the language's own.
static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| read(include_str!(concat!(env!("OUT_DIR"), "/types.txt"))));

/// A type.
pub(in crate::graphql) struct Type {
    pub(in crate::graphql) kind: Kind,
    pub(in crate::graphql) name: &'static str,
    pub(in crate::graphql) about: &'static str,
    /// The items of an enumeration, the fields of everything else.
    pub(in crate::graphql) members: Vec<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum Kind {
    Scalar,
    Enum,
    Object,
    Input,
}

/// A member of a type, or an argument of one.
pub(in crate::graphql) struct Member {
    pub(in crate::graphql) name: &'static str,
    /// As the schema writes it: `[String!]!`. Nothing for the items of an enumeration.
    pub(in crate::graphql) ty: &'static str,
    /// As the schema writes it; nothing where there is none.
    pub(in crate::graphql) default: &'static str,
    pub(in crate::graphql) about: &'static str,
    pub(in crate::graphql) arguments: Vec<Member>,
}

/// Every type, in the order of their names.
pub(in crate::graphql) fn all() -> &'static [Type] {
    &TYPES
}

/// The type of this name, if it is not one of the language's own.
pub(in crate::graphql) fn named(name: &str) -> Option<&'static Type> {
    all().iter().find(|ty| ty.name == name)
}

impl Type {
    pub(in crate::graphql) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl Member {
    /// The name within the type: `String` of `[String!]!`.
    pub(in crate::graphql) fn named_type(&self) -> &'static str {
        self.ty.trim_matches(['[', ']', '!'])
    }
}

fn read(table: &'static str) -> Vec<Type> {
    let mut types = Vec::<Type>::new();
    for line in table.lines() {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (what, name, ty, default, about) = (next(), next(), next(), next(), next());
        let kind = match what {
            "scalar" => Kind::Scalar,
            "enum" => Kind::Enum,
            "type" => Kind::Object,
            "input" => Kind::Input,
            _ => {
                let Some(members) = types.last_mut().map(|ty| &mut ty.members) else { continue };
                let owner = match members.last_mut() {
                    Some(member) if what == "argument" => &mut member.arguments,
                    _ => members,
                };
                owner.push(Member { name, ty, default, about, arguments: Vec::new() });
                continue;
            }
        };
        types.push(Type { kind, name, about, members: Vec::new() });
    }
    types
}
