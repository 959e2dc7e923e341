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
    document: N,
    list: N,
    /// The rule of each trigger, in the document's order.
    triggers: Vec<usize>,
    /// The rules that wait for events, with the names that they wait for.
    events: Vec<(usize, String)>,
    variables: Vec<(String, N)>,
}

impl<N: Node> Rules<N> {
    /// The rules of a published document.
    pub fn new(document: &N) -> Self {
        let (mut triggers, mut events) = (Vec::new(), Vec::new());
        let rules = document.member("rules");
        for rule in 0..rules.count().unwrap_or(0) {
            let when = rules.item(rule).member("when");
            for place in 0..when.count().unwrap_or(0) {
                let trigger = when.item(place);
                triggers.push(rule);
                if trigger.member("on").is("event") {
                    events.push((rule, trigger.text_at("name").unwrap_or_default()));
                }
            }
        }
        Self { document: document.clone(), list: rules, triggers, events, variables: Vec::new() }
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
        let name = event.text_at("name").unwrap_or_default();
        let mut last = None;
        for place in 0..self.events.len() {
            let waits = self.events.get(place).filter(|(_, wanted)| pattern::matches(wanted, &name));
            // However many of its triggers fire, a rule runs once.
            if let Some(rule) = waits.map(|(rule, _)| *rule).filter(|rule| last != Some(*rule)) {
                last = Some(rule);
                self.run(rule, context, Some(event), depth, effects);
            }
        }
    }

    fn run(&mut self, rule: usize, context: &N, event: Option<&N>, depth: usize, effects: &mut Vec<Effect>) {
        let rule = self.list.item(rule);
        let (declared, vendors) = (self.document.member("variables"), self.document.member("vendors"));
        let declared = Some(&declared);
        if !condition::permits(&rule, &Scope { context, event, variables: &self.variables, declared }) {
            return;
        }
        let actions = rule.member("then");
        for place in 0..actions.count().unwrap_or(0) {
            if effects.len() >= MAX_EFFECTS {
                return;
            }
            let scope = Scope { context, event, variables: &self.variables, declared };
            match action::carry_out(&actions.item(place), &vendors, &scope) {
                Made::Nothing => {}
                Made::Variable(name, value) => self.set(name, value),
                Made::Effect(effect) => {
                    let tracked = if depth < MAX_DEPTH { effect.event() } else { None };
                    effects.push(effect);
                    if let Some(event) = tracked {
                        self.react(&N::parse(&event), context, depth + 1, effects);
                    }
                }
            }
        }
    }

    fn set(&mut self, name: String, value: N) {
        match self.variables.iter_mut().find(|(known, _)| *known == name) {
            Some(variable) => variable.1 = value,
            None => self.variables.push((name, value)),
        }
    }
}

#[cfg(all(test, feature = "records"))]
mod tests;
