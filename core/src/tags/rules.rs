//! The rules of a document, and what follows when a trigger fires.

use super::{
    Effect, Node, Scope,
    action::{self, Made},
    condition, pattern,
};

/// How often an event of a rule may make another.
const MAX_DEPTH: usize = 4;

/// The most effects of one trigger: rules that call each other may not multiply beyond it.
const MAX_EFFECTS: usize = 100;

/// The rules, with the variables that they have set so far.
pub struct Rules<N> {
    rules: Vec<N>,
    /// The rule of each trigger, in the document's order.
    triggers: Vec<usize>,
    /// The rules that wait for events, with the names that they wait for.
    events: Vec<(usize, String)>,
    vendors: Vec<String>,
    variables: Vec<(String, N)>,
}

impl<N: Node> Rules<N> {
    /// The rules of a published document.
    pub fn new(document: &N) -> Self {
        let rules = document.member("rules").items().unwrap_or_default();
        let (mut triggers, mut events) = (Vec::new(), Vec::new());
        for (index, rule) in rules.iter().enumerate() {
            for trigger in rule.member("when").items().unwrap_or_default() {
                triggers.push(index);
                if trigger.member("on").text().as_deref() == Some("event") {
                    events.push((index, trigger.member("name").text().unwrap_or_default()));
                }
            }
        }
        let vendors = document.member("vendors").items().unwrap_or_default();
        let vendors = vendors.iter().map(|vendor| vendor.member("id").text().unwrap_or_default()).collect();
        let declared = document.member("variables");
        let names = declared.names().unwrap_or_default();
        let variables = names.into_iter().map(|name| (name.clone(), declared.member(&name))).collect();
        Self { rules, triggers, events, vendors, variables }
    }

    /// A trigger fired: the one at this place, counted over all rules in the document's order. What follows, in order.
    pub fn fire(&mut self, trigger: usize, context: &N) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(rule) = self.triggers.get(trigger) {
            self.run(*rule, context, None, 0, &mut effects);
        }
        effects
    }

    /// Does any rule wait for events of this name?
    pub fn await_event(&self, name: &str) -> bool {
        self.events.iter().any(|(_, wanted)| pattern::matches(wanted, name))
    }

    /// An event was tracked, and not by a rule: `{name, purpose, props}`. What follows, in order.
    pub fn tracked(&mut self, event: &N, context: &N) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.react(event, context, 0, &mut effects);
        effects
    }

    fn react(&mut self, event: &N, context: &N, depth: usize, effects: &mut Vec<Effect>) {
        let name = event.member("name").text().unwrap_or_default();
        let waiting = self.events.iter().filter(|(_, wanted)| pattern::matches(wanted, &name));
        let mut waiting: Vec<usize> = waiting.map(|(rule, _)| *rule).collect();
        waiting.dedup();
        for rule in waiting {
            self.run(rule, context, Some(event), depth, effects);
        }
    }

    fn run(&mut self, rule: usize, context: &N, event: Option<&N>, depth: usize, effects: &mut Vec<Effect>) {
        let Some(rule) = self.rules.get(rule).cloned() else { return };
        if !condition::permits(&rule, &Scope { context, event, variables: &self.variables }) {
            return;
        }
        for action in rule.member("then").items().unwrap_or_default() {
            if effects.len() >= MAX_EFFECTS {
                return;
            }
            match action::carry_out(&action, &self.vendors, &Scope { context, event, variables: &self.variables }) {
                Made::Nothing => {}
                Made::Variable(name, value) => self.set(name, value),
                Made::Effect(effect) => {
                    let tracked = if depth < MAX_DEPTH { effect.event() } else { None };
                    let purpose = event.and_then(|event| event.member("purpose").text());
                    effects.push(effect.caused_by(purpose));
                    if let Some(event) = tracked {
                        self.react(&N::parse(&event), context, depth + 1, effects);
                    }
                }
            }
        }
    }

    fn set(&mut self, name: String, value: N) {
        match self.variables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, kept)) => *kept = value,
            None => self.variables.push((name, value)),
        }
    }
}

#[cfg(all(test, feature = "records"))]
mod tests;
