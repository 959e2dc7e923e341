//! Fills the banner that was rendered when the project was built: `{{name}}` becomes the text of that name.

/// Replaces each `{{name}}` by what `text` gives for it, escaped for HTML text and quoted attributes; an unknown name
/// becomes nothing. Text that is put in is never read again, so a text cannot bring a placeholder of its own.
pub fn fill<'a>(template: &str, text: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(template.len().saturating_mul(2));
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            filled.push_str("{{");
            rest = after;
            continue;
        };
        escape(text(name.trim()).unwrap_or_default(), &mut filled);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_texts_and_unknown_names_nothing() {
        let text = |name: &str| (name == "hello").then_some("Guten Tag");
        assert_eq!(
            fill("<p title='{{hello}}'>{{ hello }}, {{nobody}}!</p>", text),
            "<p title='Guten Tag'>Guten Tag, !</p>"
        );
        assert_eq!(fill("{{ open", text), "{{ open");
    }

    proptest! {
        #[test]
        fn no_text_can_leave_its_place(text in ".*") {
            let filled = fill("<p a=\"{{x}}\">{{x}}</p>", |_| Some(&text));
            prop_assert_eq!(filled.matches('<').count(), 2);
            prop_assert_eq!(filled.matches('"').count(), 2);
        }

        #[test]
        fn any_template_is_filled_without_a_panic(template in ".*") {
            fill(&template, |_| None);
        }
    }
}
