//! What a rule can see, and the paths by which it is named: `page.path`, `event.props.total`, `variables.currency`.

use super::Node;
use crate::text::cut;

/// Everything that a path can lead to.
pub struct Scope<'a, N> {
    /// `{page, element, trigger, event, variables, consent, regime, model}`, as far as there is such a thing here.
    pub context: &'a N,
    /// The event that a rule reacts to; it stands before the context's.
    pub event: Option<&'a N>,
    /// Variables that were set; each stands before the one of the same name that a document or a context has.
    pub variables: &'a [(String, N)],
    /// The variables of the document; the context's where there is none.
    pub declared: Option<&'a N>,
}

impl<'a, N: Node> Scope<'a, N> {
    /// What is in a context, and nothing else.
    pub fn of(context: &'a N) -> Self {
        Self { context, event: None, variables: &[], declared: None }
    }

    /// What stands at a path; nothing where nothing does.
    pub fn find(&self, path: &str) -> N {
        let (root, mut rest) = step(path);
        let mut found = match (root, self.event, self.declared) {
            ("event", Some(event), _) => event.clone(),
            ("variables", _, Some(declared)) => declared.clone(),
            _ => self.context.member(root),
        };
        let mut is_variable = root == "variables";
        while let Some(names) = rest {
            let (name, behind) = step(names);
            let set = self.variables.iter().find(|(known, _)| is_variable && known == name);
            found = set.map_or_else(|| found.member(name), |(_, value)| value.clone());
            is_variable = false;
            rest = behind;
        }
        found
    }
}

/// The first name of a path, and the path behind it.
fn step(path: &str) -> (&str, Option<&str>) {
    cut(path, b'.').map_or((path, None), |(name, rest)| (name, Some(rest)))
}
