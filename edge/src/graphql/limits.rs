//! What one request may ask for. Each bound is checked before what it bounds is done: brackets and words before the document
//! is parsed, its shape before it is validated, its cost before it is executed.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

/// The largest body, in bytes.
pub(super) const BODY: usize = 64 * 1024;
/// The words and signs of a document. The largest that tools send, the introspection, has some 300.
pub(super) const TOKENS: usize = 3_000;
/// Brackets within brackets, of whatever kind.
pub(super) const BRACKETS: usize = 32;
/// Fragments that a document defines.
pub(super) const FRAGMENTS: usize = 64;
/// Fields within fields. The introspection of graphql-js has 15.
pub(super) const DEPTH: usize = 16;
/// Fields, each as often as fragments repeat it.
pub(super) const FIELDS: usize = 1_000;
/// Fields that are asked for under another name, which is how one is asked for many times.
pub(super) const ALIASES: usize = 30;
/// Lists of the schema's own lists: fields of types of fields, which grow by multiplication.
pub(super) const SCHEMA_LISTS: usize = 2;
/// Directives on one field.
pub(super) const DIRECTIVES: usize = 4;
/// What a request may cost: a field costs one, a page its items times their fields, a look-up or a change a hundred and more.
pub(super) const COST: usize = 10_000;
/// The items of a page.
pub(super) const PAGE: i32 = 100;
/// The items of a page where nothing is said.
pub(super) const USUAL_PAGE: i32 = 50;

/// The fields whose types have such fields again, without an end.
const LISTS_OF_THE_SCHEMA: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// A bound that a document goes past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    Tokens,
    Brackets,
    Fragments,
    Cycle,
    Depth,
    Fields,
    Aliases,
    SchemaLists,
}

impl Excess {
    /// What is wrong, and what to do.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::Tokens => format!("The document has more than {TOKENS} words and signs. Ask for less at once."),
            Self::Brackets => format!("The document has more than {BRACKETS} brackets within each other."),
            Self::Fragments => format!("The document has more than {FRAGMENTS} fragments."),
            Self::Cycle => "A fragment leads back to itself. Take one of the spreads out.".to_owned(),
            Self::Depth => format!("The document asks for more than {DEPTH} fields within each other."),
            Self::Fields => format!("The document asks for more than {FIELDS} fields. Ask for less at once."),
            Self::Aliases => {
                format!("The document gives more than {ALIASES} fields another name. Ask for less at once.")
            }
            Self::SchemaLists => {
                format!(
                    "The document asks for more than {SCHEMA_LISTS} lists of the schema's fields within each other."
                )
            }
        }
    }
}

/// Counts words and brackets of a document that was not parsed yet.
pub(super) fn check_text(document: &str) -> Result<(), Excess> {
    let (mut tokens, mut open) = (0_usize, 0_usize);
    let mut rest = document.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'#' => skip_while(after, |byte| byte != b'\n' && byte != b'\r'),
            b'"' => skip_string(after),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => {
                skip_while(after, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
            _ => after,
        };
        match first {
            b'#' | b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'{' | b'(' | b'[' => open = open.saturating_add(1),
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        tokens = tokens.saturating_add(1);
        if open > BRACKETS {
            return Err(Excess::Brackets);
        }
        if tokens > TOKENS {
            return Err(Excess::Tokens);
        }
    }
    Ok(())
}

fn skip_while(text: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    let end = text.iter().position(|byte| !belongs(*byte)).unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

/// What is behind a string whose first quotation mark is gone.
fn skip_string(text: &[u8]) -> &[u8] {
    let (mut rest, end) = match text.strip_prefix(b"\"\"") {
        Some(block) => (block, b"\"\"\"".as_slice()),
        None => (text, b"\"".as_slice()),
    };
    loop {
        if let Some(after) = rest.strip_prefix(end) {
            return after;
        }
        // An escaped quotation mark ends no string; a block string knows no other escape, and none that hides its end.
        let skipped = if rest.starts_with(b"\\\"\"\"") && end.len() == 3 {
            4
        } else if rest.starts_with(b"\\") && end.len() == 1 {
            2
        } else {
            1
        };
        match rest.get(skipped..) {
            Some(after) => rest = after,
            None => return &[],
        }
    }
}

/// Measures a document that was parsed, with fragments as often as they are used.
pub(super) fn check_shape(document: &ExecutableDocument) -> Result<(), Excess> {
    if document.fragments.len() > FRAGMENTS {
        return Err(Excess::Fragments);
    }
    let mut survey = Survey { fragments: &document.fragments, known: HashMap::new(), under_way: HashSet::new() };
    let mut whole = Shape::default();
    for (_, operation) in document.operations.iter() {
        whole = whole.beside(survey.selections(&operation.node.selection_set.node)?);
    }
    match whole {
        Shape { depth, .. } if depth > DEPTH => Err(Excess::Depth),
        Shape { fields, .. } if fields > FIELDS => Err(Excess::Fields),
        Shape { aliases, .. } if aliases > ALIASES => Err(Excess::Aliases),
        Shape { lists, .. } if lists > SCHEMA_LISTS => Err(Excess::SchemaLists),
        _ => Ok(()),
    }
}

#[derive(Clone, Copy, Default)]
struct Shape {
    depth: usize,
    fields: usize,
    aliases: usize,
    lists: usize,
}

impl Shape {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            lists: self.lists.max(other.lists),
        }
    }
}

/// Each fragment is measured once: without that, fragments of fragments would take exponential time.
struct Survey<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    known: HashMap<&'a str, Shape>,
    under_way: HashSet<&'a str>,
}

impl<'a> Survey<'a> {
    fn selections(&mut self, set: &'a SelectionSet) -> Result<Shape, Excess> {
        let mut whole = Shape::default();
        for selection in &set.items {
            whole = whole.beside(match &selection.node {
                Selection::Field(field) => {
                    let inner = self.selections(&field.node.selection_set.node)?;
                    let is_list = LISTS_OF_THE_SCHEMA.contains(&field.node.name.node.as_str());
                    Shape {
                        depth: inner.depth.saturating_add(1),
                        fields: inner.fields.saturating_add(1),
                        aliases: inner.aliases.saturating_add(usize::from(field.node.alias.is_some())),
                        lists: inner.lists.saturating_add(usize::from(is_list)),
                    }
                }
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(spread.node.fragment_name.node.as_str())?,
            });
        }
        Ok(whole)
    }

    fn fragment(&mut self, name: &str) -> Result<Shape, Excess> {
        // One that is not there is for validation to name.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Shape::default()) };
        if let Some(shape) = self.known.get(name.as_str()) {
            return Ok(*shape);
        }
        if !self.under_way.insert(name) {
            return Err(Excess::Cycle);
        }
        let shape = self.selections(&fragment.node.selection_set.node)?;
        self.known.insert(name, shape);
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(document: &str) -> Result<(), Excess> {
        async_graphql::parser::parse_query(document).map_or(Ok(()), |document| check_shape(&document))
    }

    #[test]
    fn brackets_and_words_are_counted_before_anything_is_parsed() {
        assert_eq!(check_text(&"{a".repeat(BRACKETS)), Ok(()));
        assert_eq!(check_text(&"{a".repeat(BRACKETS + 1)), Err(Excess::Brackets));
        assert_eq!(check_text(&"[(".repeat(20)), Err(Excess::Brackets));
        assert_eq!(check_text(&"a ".repeat(TOKENS)), Ok(()));
        assert_eq!(check_text(&"a,".repeat(TOKENS + 1)), Err(Excess::Tokens));
    }

    #[test]
    fn what_strings_and_comments_hold_is_one_word_or_none() {
        let brackets = "{".repeat(100);
        assert_eq!(check_text(&format!(r#"{{ a(b: "{brackets}\"{brackets}") # {brackets}"#)), Ok(()));
        assert_eq!(check_text(&format!(r#"{{ a(b: """{brackets} " \""" {brackets}""")"#)), Ok(()));
        assert_eq!(check_text(&format!(r#"{{ a(b: "\\") {brackets}"#)), Err(Excess::Brackets));
        assert_eq!(check_text(&format!(r#"{{ a(b: """\n""") {brackets}"#)), Err(Excess::Brackets));
        assert_eq!(check_text(&format!("# {brackets}\r{brackets}")), Err(Excess::Brackets));
        assert_eq!(check_text("{ a(b: \"\\"), Ok(()));
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
}
