//! What is measured before a document is validated.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{ExecutableDocument, FragmentDefinition, OperationType, Selection, SelectionSet},
};

use super::{ALIASES, COST, DEPTH, Excess, FIELDS, FRAGMENTS, SCHEMA_LISTS, cost};
use crate::graphql::schema::{Type, named};

/// The fields whose types have such fields again, without an end.
const LISTS_OF_THE_SCHEMA: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// Measures a document that was parsed, with fragments as often as they are used.
pub(in crate::graphql) fn check_shape(document: &ExecutableDocument, variables: &Variables) -> Result<(), Excess> {
    if document.fragments.len() > FRAGMENTS {
        return Err(Excess::Fragments);
    }
    let mut survey = Survey { fragments: &document.fragments, variables, met: Vec::new() };
    let mut whole = Shape::default();
    for (_, operation) in document.operations.iter() {
        let root = match operation.node.ty {
            OperationType::Mutation => "Mutation",
            OperationType::Query | OperationType::Subscription => "Query",
        };
        whole = whole.beside(survey.selections(&operation.node.selection_set.node, named(root))?);
    }
    match whole {
        Shape { depth, .. } if depth > DEPTH => Err(Excess::Depth),
        Shape { fields, .. } if fields > FIELDS => Err(Excess::Fields),
        Shape { aliases, .. } if aliases > ALIASES => Err(Excess::Aliases),
        Shape { lists, .. } if lists > SCHEMA_LISTS => Err(Excess::SchemaLists),
        Shape { cost, .. } if cost > COST => Err(Excess::Cost),
        _ => Ok(()),
    }
}

#[derive(Clone, Copy, Default)]
struct Shape {
    depth: usize,
    fields: usize,
    aliases: usize,
    lists: usize,
    cost: usize,
}

impl Shape {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            lists: self.lists.max(other.lists),
            cost: self.cost.saturating_add(other.cost),
        }
    }
}

/// Each fragment is measured once: without that, fragments of fragments would take exponential time.
struct Survey<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    variables: &'a Variables,
    /// Those that were met; without a shape while they are being measured.
    met: Vec<(&'a str, Option<Shape>)>,
}

impl<'a> Survey<'a> {
    /// Fields of this type; of none for the schema's own, and for what validation will refuse.
    fn selections(&mut self, set: &'a SelectionSet, of: Option<&Type>) -> Result<Shape, Excess> {
        let mut whole = Shape::default();
        for selection in &set.items {
            whole = whole.beside(match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let ty = of.and_then(|ty| ty.member(name)).and_then(|member| named(member.named_type()));
                    let inner = self.selections(&field.node.selection_set.node, ty)?;
                    let is_list = LISTS_OF_THE_SCHEMA.contains(&name);
                    Shape {
                        depth: inner.depth.saturating_add(1),
                        fields: inner.fields.saturating_add(1),
                        aliases: inner.aliases.saturating_add(usize::from(field.node.alias.is_some())),
                        lists: inner.lists.saturating_add(usize::from(is_list)),
                        cost: cost::of(of, &field.node, self.variables, inner.cost),
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(of, |condition| named(&condition.node.on.node));
                    self.selections(&inline.node.selection_set.node, of)?
                }
                Selection::FragmentSpread(spread) => self.fragment(spread.node.fragment_name.node.as_str())?,
            });
        }
        Ok(whole)
    }

    fn fragment(&mut self, name: &str) -> Result<Shape, Excess> {
        // One that is not there is for validation to name.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Shape::default()) };
        if let Some((_, shape)) = self.met.iter().find(|(met, _)| name == met) {
            return shape.ok_or(Excess::Cycle);
        }
        let place = self.met.len();
        self.met.push((name, None));
        let of = named(&fragment.node.type_condition.node.on.node);
        let shape = self.selections(&fragment.node.selection_set.node, of)?;
        if let Some((_, measured)) = self.met.get_mut(place) {
            *measured = Some(shape);
        }
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::graphql::json::variables as variables_of;

    fn shape(document: &str) -> Result<(), Excess> {
        async_graphql::parser::parse_query(document)
            .map_or(Ok(()), |document| check_shape(&document, &Variables::default()))
    }

    #[test]
    fn fragments_count_as_often_as_they_are_used() {
        let doubling = |times: usize| {
            let fragments: Vec<_> =
                (0..times).map(|n| format!("fragment f{n} on T {{ ...f{} ...f{} }}", n + 1, n + 1)).collect();
            format!("{{ ...f0 }} {} fragment f{times} on T {{ a }}", fragments.join(" "))
        };
        assert_eq!(shape(&doubling(9)), Ok(()));
        assert_eq!(shape(&doubling(40)), Err(Excess::Fields));
        assert_eq!(shape(&doubling(80)), Err(Excess::Fragments));
        assert_eq!(shape("{ ...a } fragment a on T { ...b } fragment b on T { x { ...a } }"), Err(Excess::Cycle));
    }

    #[test]
    fn depth_aliases_and_lists_of_the_schema_are_bounded_through_fragments_too() {
        let nested = |fields: usize| "{ a ".repeat(fields) + &"}".repeat(fields);
        assert_eq!(shape(&nested(DEPTH)), Ok(()));
        assert_eq!(
            shape(&nested(DEPTH + 1).replacen("{ a ", "{ ... on T { a ", 1).replacen('}', "}}", 1)),
            Err(Excess::Depth)
        );
        let aliases = |count: usize| (0..count).map(|n| format!("a{n}: a ")).collect::<String>();
        assert_eq!(shape(&format!("{{ {} }}", aliases(ALIASES))), Ok(()));
        assert_eq!(shape(&format!("{{ ...f ...f }} fragment f on T {{ {} }}", aliases(16))), Err(Excess::Aliases));
        let lists = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        assert_eq!(shape(lists), Err(Excess::SchemaLists));
    }
    #[test]
    fn a_page_costs_its_items_times_their_fields_wherever_it_is_asked_for() {
        let fields = "nodes { id event status }";
        let cost = |arguments: &str, variables: serde_json::Value| {
            let document = format!(
                "query ($n: Int) {{ ...f }} fragment f on Query {{ {} }}",
                (0..26).map(|n| format!("a{n}: deliveries{arguments} {{ {fields} }} ")).collect::<String>()
            );
            let variables = variables.as_object().cloned().map(variables_of).unwrap_or_default();
            async_graphql::parser::parse_query(document).map_or(Ok(()), |document| check_shape(&document, &variables))
        };
        assert_eq!(cost("(first: 96)", json!({})), Ok(()));
        assert_eq!(cost("(first: 97)", json!({})), Err(Excess::Cost));
        assert_eq!(cost("", json!({})), Ok(()));
        assert_eq!(cost("(first: $n)", json!({"n": 96})), Ok(()));
        assert_eq!(cost("(first: $n)", json!({"n": 97})), Err(Excess::Cost));
        assert_eq!(cost("(first: $n)", json!({})), Err(Excess::Cost));
        assert_eq!(cost("(first: 99999999999)", json!({})), Err(Excess::Cost));
        assert_eq!(cost("(first: -5)", json!({})), Ok(()));
    }
}
