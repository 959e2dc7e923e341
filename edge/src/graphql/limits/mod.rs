//! What one request may ask for. Each bound is checked before what it bounds is done: brackets and words before the document
//! is parsed, its shape before it is validated, its cost before it is executed.

mod cost;
mod shape;
mod text;

pub(super) use cost::Cost;
pub(super) use shape::check_shape;
pub(super) use text::check_text;

/// The largest body, in bytes: a tag configuration of 128 KB, and room for how it is written.
pub(super) const BODY: usize = 192 * 1024;
/// The same of staff, who may send a file of a megabyte in base64.
pub(super) const STAFF_BODY: usize = 1536 * 1024;
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
    Cost,
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
            Self::Cost => format!(
                "The document costs more than {COST}: a page its items times their fields, a look-up or a change a hundred \
                 and more. Ask for less at once."
            ),
        }
    }
}
