//! Reading what the API answers: a document becomes what its members are called here.
//!
//! Members are looked up by the names of fields at run time, and nothing is said about the one that cannot be read: what a compiler
//! derives for each type, with its errors, was a seventh of the module that a browser downloads.

use crate::tree::Tree;

static NOTHING: Tree = Tree::Nothing;

/// What can be read from a document.
pub trait Read: Sized {
    /// Reads a value. What cannot be read is any value of the type, and not whole: so nothing half read has to be taken away again.
    fn read(tree: &Tree, is_whole: &mut bool) -> Self;

    /// Reads the member of an object that is called as this field.
    // One call for each field.
    #[inline(never)]
    fn member(tree: &Tree, field: &str, is_whole: &mut bool) -> Self {
        Self::read(member(tree, field, is_whole), is_whole)
    }
}

/// What a document says; nothing where any of it cannot be read.
pub fn read<T: Read>(tree: &Tree) -> Option<T> {
    let mut is_whole = true;
    let it = T::read(tree, &mut is_whole);
    is_whole.then_some(it)
}

/// The member of an object that is called as this field, if it is there.
pub fn member<'a>(tree: &'a Tree, field: &str, is_whole: &mut bool) -> &'a Tree {
    *is_whole &= matches!(tree, Tree::Object(_));
    tree.members().iter().find(|(name, _)| is_called(name, field)).map_or(&NOTHING, |(_, value)| value)
}

/// Whether `lastSeenAt` is the name of `last_seen_at`.
fn is_called(name: &str, field: &str) -> bool {
    let mut letters = name.bytes();
    let mut is_first = false;
    for byte in field.bytes() {
        if byte == b'_' {
            is_first = true;
        } else {
            let wanted = if is_first { byte.to_ascii_uppercase() } else { byte };
            is_first = false;
            if letters.next() != Some(wanted) {
                return false;
            }
        }
    }
    letters.next().is_none()
}

impl Read for String {
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        *is_whole &= matches!(tree, Tree::Text(_));
        tree.text().to_owned()
    }
}

impl Read for bool {
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        *is_whole &= matches!(tree, Tree::Truth(_));
        *tree == Tree::Truth(true)
    }
}

impl Read for i32 {
    #[expect(clippy::cast_possible_truncation, reason = "what is no number of this type is not whole")]
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        let read = number(tree) as Self;
        *is_whole &= Tree::Number(read.into()) == *tree;
        read
    }
}

impl Read for u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is no number of this type is not whole"
    )]
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        let read = number(tree) as Self;
        *is_whole &= Tree::Number(read.into()) == *tree;
        read
    }
}

fn number(tree: &Tree) -> f64 {
    if let Tree::Number(number) = tree { *number } else { 0.0 }
}

impl Read for Tree {
    fn read(tree: &Tree, _: &mut bool) -> Self {
        tree.clone()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        (!tree.is_nothing()).then(|| T::read(tree, is_whole))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(tree: &Tree, is_whole: &mut bool) -> Self {
        *is_whole &= matches!(tree, Tree::List(_));
        tree.items().iter().map(|item| T::read(item, is_whole)).collect()
    }
}

/// Structs that can be read. A field stands for the member of its name, `last_seen_at` for `lastSeenAt`; with `= "name"` behind its type
/// for the member of that name, with `= or_default` for one that may be missing, and with `= flat` for members of the same object.
macro_rules! records {
    (@ $tree:ident $is_whole:ident $field:ident) => {
        $crate::read::Read::member($tree, stringify!($field), $is_whole)
    };
    (@ $tree:ident $is_whole:ident $field:ident flat) => {
        $crate::read::Read::read($tree, $is_whole)
    };
    (@ $tree:ident $is_whole:ident $field:ident or_default) => {
        Option::unwrap_or_default($crate::read::Read::member($tree, stringify!($field), $is_whole))
    };
    (@ $tree:ident $is_whole:ident $field:ident $name:literal) => {
        $crate::read::Read::member($tree, $name, $is_whole)
    };
    ($(
        $(#[$about:meta])*
        $visible:vis struct $name:ident $(<$of:ident>)? {
            $($(#[$about_field:meta])* $field_visible:vis $field:ident: $type:ty $(= $how:tt)?),+ $(,)?
        }
    )+) => {$(
        $(#[$about])*
        #[allow(clippy::struct_field_names, reason = "fields are called as the API calls them")]
        $visible struct $name $(<$of>)? {
            $($(#[$about_field])* $field_visible $field: $type),+
        }

        impl $(<$of: $crate::read::Read>)? $crate::read::Read for $name $(<$of>)? {
            fn read(tree: &$crate::tree::Tree, is_whole: &mut bool) -> Self {
                Self { $($field: $crate::read::records!(@ tree is_whole $field $($how)?)),+ }
            }
        }
    )+};
}
pub(crate) use records;

#[cfg(test)]
mod tests {
    use super::{is_called, read};
    use crate::tree::tests_support::tree;

    records! {
        #[derive(Debug, Default, PartialEq)]
        struct Counts {
            granted: u32,
            refused: u32,
        }

        #[derive(Debug, Default, PartialEq)]
        struct Site {
            public_key: String,
            is_shown: bool,
            days_left: Option<i32>,
            number: u32 = "version",
            counts: Counts = flat,
            before: Option<Counts>,
            origins: Vec<String>,
            receipt: String = or_default,
        }

        #[derive(Debug, PartialEq)]
        struct Listed<T> {
            nodes: Vec<T>,
        }
    }

    const SITE: &str = r#"{"publicKey": "a", "isShown": true, "daysLeft": -3, "version": 7, "granted": 1, "refused": 2,
        "before": {"granted": 3, "refused": 4}, "origins": ["b", "c"], "receipt": "d", "unknown": [{}]}"#;

    /// The site, as it reads where something stands in it otherwise.
    fn with(old: &str, new: &str) -> Option<Site> {
        assert!(SITE.contains(old), "{old}");
        read(&tree(&SITE.replace(old, new)))
    }

    #[test]
    fn every_member_is_read_by_the_name_of_its_field() {
        let wanted = Site {
            public_key: "a".to_owned(),
            is_shown: true,
            days_left: Some(-3),
            number: 7,
            counts: Counts { granted: 1, refused: 2 },
            before: Some(Counts { granted: 3, refused: 4 }),
            origins: vec!["b".to_owned(), "c".to_owned()],
            receipt: "d".to_owned(),
        };
        assert_eq!(read(&tree(SITE)), Some(wanted));
    }

    #[test]
    fn what_may_be_missing_may_be_null_too() {
        let site = with(r#""daysLeft": -3"#, r#""daysLeft": null"#).unwrap();
        assert_eq!(site.days_left, None);
        let site = with(r#""before": {"granted": 3, "refused": 4}, "#, "").unwrap();
        assert_eq!(site.before, None);
        let site = with(r#", "receipt": "d""#, "").unwrap();
        assert_eq!(site.receipt, "");
    }

    #[test]
    fn what_is_missing_or_of_another_kind_makes_the_whole_unreadable() {
        for (old, new) in [
            (r#""publicKey": "a", "#, ""),
            (r#""publicKey""#, r#""public_key""#),
            (r#""a""#, "null"),
            (r#""a""#, "1"),
            ("true", r#""true""#),
            ("-3", "0.5"),
            ("-3", "2147483648"),
            (r#""version": 7"#, r#""number": 7"#),
            ("7", "-7"),
            ("7", "7.5"),
            ("7", "4294967296"),
            (r#""granted": 1, "#, ""),
            (r#""granted": 3"#, r#""granted": null"#),
            (r#"{"granted": 3, "refused": 4}"#, r#""none""#),
            (r#"["b", "c"]"#, r#""b""#),
            (r#""c""#, "{}"),
            (r#""d""#, "4"),
        ] {
            assert_eq!(with(old, new), None, "{old} is {new}");
        }
        assert_eq!(read::<Site>(&tree("null")), None);
        assert_eq!(read::<Listed<Counts>>(&tree("[]")), None);
    }

    #[test]
    fn a_list_of_anything_is_read() {
        let listed = read(&tree(r#"{"nodes": [{"granted": 1, "refused": 0}]}"#));
        assert_eq!(listed, Some(Listed { nodes: vec![Counts { granted: 1, refused: 0 }] }));
        assert_eq!(read(&tree(r#"{"nodes": []}"#)), Some(Listed::<Counts> { nodes: Vec::new() }));
        assert_eq!(read::<Listed<Counts>>(&tree(r#"{"nodes": [{"granted": 1}]}"#)), None);
    }

    #[test]
    fn fields_are_called_as_the_api_calls_members() {
        assert!(is_called("lastSeenAt", "last_seen_at") && is_called("id", "id"));
        for name in ["last_seen_at", "lastseenat", "lastSeen", "lastSeenAtAll", "LastSeenAt", ""] {
            assert!(!is_called(name, "last_seen_at"), "{name}");
        }
    }
}
