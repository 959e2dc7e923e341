//! What a rule can see, and the paths by which it is named: `page.path`, `event.props.total`, `variables.currency`.

use super::Node;

/// Everything that a path can lead to.
pub struct Scope<'a, N> {
    /// `{page, element, trigger, event, variables, consent, regime, model}`, as far as there is such a thing here.
    pub context: &'a N,
    /// The event that a rule reacts to; it stands before the context's.
    pub event: Option<&'a N>,
    /// Variables; each stands before the context's of the same name.
    pub variables: &'a [(String, N)],
}

impl<'a, N: Node> Scope<'a, N> {
    /// What is in a context, and nothing else.
    pub fn of(context: &'a N) -> Self {
        Self { context, event: None, variables: &[] }
    }

    /// What stands at a path; nothing where nothing does.
    pub fn find(&self, path: &str) -> N {
        let (root, mut rest) = step(path);
        let mut found = match (root, self.event) {
            ("event", Some(event)) => event.clone(),
            ("variables", _) => match self.variable(&mut rest) {
                Some(value) => value,
                None => self.context.member(root),
            },
            _ => self.context.member(root),
        };
        while let Some(names) = rest {
            let (name, behind) = step(names);
            found = found.member(name);
            rest = behind;
        }
        found
    }

    /// The variable that the path begins with, if it has been set; the path then goes on behind its name.
    fn variable(&self, path: &mut Option<&str>) -> Option<N> {
        let (name, behind) = step((*path)?);
        let (_, value) = self.variables.iter().find(|(known, _)| known == name)?;
        *path = behind;
        Some(value.clone())
    }
}

/// The first name of a path, and the path behind it.
fn step(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'.').and_then(|dot| path.split_at_checked(dot)) {
        Some((name, rest)) => (name, rest.get(1..)),
        None => (path, None),
    }
}
