//! The table of the API's types, from `schema.graphql`: to add a type is to write it there.
//!
//! One line a type (`scalar`, `enum`, `type`, `input`), behind it one for each of its members and their arguments. The
//! columns: what it is, its name, its type, its default, its description.

use std::{error::Error, fmt::Write as _};

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
};

/// Where the schema is, seen from the package.
pub(crate) const PATH: &str = "schema.graphql";

pub(crate) fn table(schema: &str) -> Result<String, Box<dyn Error>> {
    let mut table = String::new();
    for definition in parse_schema(schema)?.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            write_type(&mut table, &definition.node)?;
        }
    }
    Ok(table)
}

fn write_type(table: &mut String, definition: &TypeDefinition) -> Result<(), Box<dyn Error>> {
    let name = &definition.name.node;
    let mut first = |kind| line(table, kind, name, "", "", definition.description.as_ref());
    match &definition.kind {
        TypeKind::Scalar => first("scalar")?,
        TypeKind::Enum(of) => {
            first("enum")?;
            for value in &of.values {
                line(table, "member", &value.node.value.node, "", "", value.node.description.as_ref())?;
            }
        }
        TypeKind::InputObject(of) => {
            first("input")?;
            of.fields.iter().try_for_each(|field| input(table, "member", field))?;
        }
        TypeKind::Object(of) => {
            first("type")?;
            for field in &of.fields {
                let field = &field.node;
                let ty = field.ty.node.to_string();
                line(table, "member", &field.name.node, &ty, "", field.description.as_ref())?;
                field.arguments.iter().try_for_each(|argument| input(table, "argument", argument))?;
            }
        }
        TypeKind::Interface(_) | TypeKind::Union(_) => return Err(format!("{name}: only objects are shown").into()),
    }
    Ok(())
}

fn input(table: &mut String, kind: &str, value: &Positioned<InputValueDefinition>) -> Result<(), std::fmt::Error> {
    let value = &value.node;
    let default = value.default_value.as_ref().map(|default| default.node.to_string()).unwrap_or_default();
    line(table, kind, &value.name.node, &value.ty.node.to_string(), &default, value.description.as_ref())
}

/// No column holds a tab; of a description's own lines each but the last ends with a carriage return.
fn line(
    table: &mut String,
    kind: &str,
    name: &str,
    ty: &str,
    default: &str,
    about: Option<&Positioned<String>>,
) -> Result<(), std::fmt::Error> {
    let about = about.map(|about| about.node.replace('\n', "\r")).unwrap_or_default();
    writeln!(table, "{kind}\t{name}\t{ty}\t{default}\t{about}")
}
