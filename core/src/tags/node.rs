//! One reader over the documents of both places: JavaScript's objects in a page, JSON at the edge.

/// A value of a document. Cloning one is cheap: it clones a handle.
///
/// Both kinds must give the same, so that a rule means the same everywhere; `vectors.json` is the test of it.
pub trait Node: Clone + Sized {
    /// A text; nothing else is one.
    fn text(&self) -> Option<String>;

    /// A number; a text that spells one is none.
    fn number(&self) -> Option<f64>;

    /// `true` or `false`.
    fn truth(&self) -> Option<bool>;

    /// Is nothing there? `null`, or JavaScript's `undefined`.
    fn is_nothing(&self) -> bool;

    /// The member of an object that has this name, an element of a list by its index, or a list's `length`; nothing where
    /// there is none. Only what is its own: what a JavaScript object inherits is not there, and a text has no members.
    #[must_use]
    fn member(&self, name: &str) -> Self;

    /// How many elements a list has. `None`: it is no list.
    fn count(&self) -> Option<usize>;

    /// The element of a list at this place, counted from 0; nothing where there is none.
    #[must_use]
    fn item(&self, place: usize) -> Self;

    /// The names of an object's members. `None`: it is no object, or it is a list.
    fn names(&self) -> Option<Vec<String>>;

    /// The value as JSON, numbers spelled as JavaScript spells them; `null` for what JSON cannot hold.
    fn json(&self) -> String;

    /// The value that a JSON text spells; nothing where it spells none.
    fn parse(json: &str) -> Self;

    /// The text that is the member of this name.
    fn text_at(&self, name: &str) -> Option<String> {
        self.member(name).text()
    }

    /// Is it this text?
    fn is(&self, text: &str) -> bool {
        self.text().is_some_and(|own| own == text)
    }

    /// The first element of a list with which `fits` is content.
    fn find(&self, fits: &dyn Fn(&Self) -> bool) -> Option<usize> {
        (0..self.count().unwrap_or(0)).find(|place| fits(&self.item(*place)))
    }

    /// The texts in a list.
    fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for place in 0..self.count().unwrap_or(0) {
            if let Some(text) = self.item(place).text() {
                texts.push(text);
            }
        }
        texts
    }
}
