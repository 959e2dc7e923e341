//! One field of a form: its label, a hint, what is wrong with it.

use leptos::prelude::*;

/// What is wrong with a form: a sentence for a field, or for the whole under an empty name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problems(Vec<(String, String)>);

/// The fields that the form shows by themselves; what is said of others is said of the whole.
const FIELDS: [&str; 6] = ["kind", "email", "name", "message", "agent_name", "agent_email"];

impl Problems {
    pub(crate) fn whole(sentence: String) -> Self {
        Self(vec![(String::new(), sentence)])
    }

    pub(crate) fn add(&mut self, field: &str, sentence: String) {
        let field = if FIELDS.contains(&field) { field } else { "" };
        self.0.push((field.to_owned(), sentence));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with this field; empty where nothing is.
    pub(crate) fn of(&self, field: &str) -> String {
        self.0.iter().find(|(of, _)| of == field).map(|(_, sentence)| sentence.clone()).unwrap_or_default()
    }
}

/// `kind` is an input's type, or `area` for several lines. `form` begins the ids where another form of the screen has a field of the name.
#[component]
pub(crate) fn Field(
    name: &'static str,
    #[prop(optional)] form: &'static str,
    label: String,
    #[prop(default = String::new())] hint: String,
    kind: &'static str,
    complete: &'static str,
    #[prop(default = false)] is_needed: bool,
    problems: RwSignal<Problems>,
) -> impl IntoView {
    let optional = (!is_needed).then(|| view! { <span class="soft">" " {crate::texts::t("optional")}</span> });
    let id = [form, name].concat();
    let (hint_id, problem_id) = ([id.as_str(), "-hint"].concat(), [id.as_str(), "-problem"].concat());
    let labelled = id.clone();
    let described = [hint_id.as_str(), problem_id.as_str()].join(" ");
    let problem = move || problems.with(|found| found.of(name));
    let invalid = move || problems.with(|found| if found.of(name).is_empty() { "false" } else { "true" });
    let needed = is_needed.then_some("true");
    let input = if kind == "area" {
        view! { <textarea id=id name=name rows="4" maxlength="4000" autocomplete=complete aria-describedby=described aria-invalid=invalid></textarea> }.into_any()
    } else {
        view! { <input id=id name=name type=kind maxlength="254" autocomplete=complete aria-required=needed aria-describedby=described aria-invalid=invalid /> }.into_any()
    };
    view! {
        <div class="field">
            <label for=labelled>{label}{optional}</label>
            <p class="hint" id=hint_id>{hint}</p>
            {input}
            <p class="problem" id=problem_id>{problem}</p>
        </div>
    }
}
