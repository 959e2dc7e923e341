//! How what a site shows its visitors looks: one colour, light or dark, corners, and where the banner stands.
//!
//! There is one accent, and everything that has a colour has it: to refuse must look as to accept does, so no button has a colour
//! of its own. Whatever the colour, it can be read: each scheme has it as it is, or as much darker or lighter as its ground asks.

mod colour;
#[cfg(feature = "records")]
mod css;
#[cfg(feature = "records")]
mod document;
mod scheme;

pub use colour::Colour;
#[cfg(feature = "records")]
pub use document::Unfit;
pub use scheme::{Painted, Scheme};

macro_rules! choices {
    ($(#[$about:meta])* $choice:ident { $(#[$first_about:meta])* $first:ident => $first_name:literal, $($(#[$doc:meta])* $variant:ident => $name:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $choice {
            $(#[$first_about])*
            #[default]
            $first,
            $($(#[$doc])* $variant),+
        }

        impl $choice {
            /// Each of them, the product's own first.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$variant),+];

            /// The name that documents and the API use.
            pub const fn name(self) -> &'static str {
                match self { Self::$first => $first_name, $(Self::$variant => $name),+ }
            }

            /// The one of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }
        }
    };
}

choices! {
    /// Light or dark.
    Theme {
        /// As the visitor's system is.
        Auto => "auto",
        /// Always light, as the site is.
        Light => "light",
        /// Always dark.
        Dark => "dark",
    }
}

choices! {
    /// The corners of buttons and boxes.
    Corners {
        /// A little round.
        Soft => "soft",
        /// None.
        Square => "square",
        /// Buttons end in half circles.
        Round => "round",
    }
}

choices! {
    /// Where the banner stands in a wide window. In a narrow one it is as wide as the window, at its end.
    ///
    /// It stands at the window's lower edge wherever that is: in the middle of the page it would be in the way of who has not
    /// answered, and of what has the keyboard's focus (WCAG 2.2, 2.4.11).
    Position {
        /// In the corner where lines begin.
        StartCorner => "start_corner",
        /// In the corner where lines end.
        EndCorner => "end_corner",
        /// Between the two.
        Centre => "centre",
        /// From one to the other.
        Bar => "bar",
    }
}

/// How it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "records",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "serde_json::Value", into = "serde_json::Value")
)]
pub struct Look {
    /// The colour of buttons, switches and links; the product's own where none is named.
    pub accent: Option<Colour>,
    /// Light or dark.
    pub theme: Theme,
    /// The corners.
    pub corners: Corners,
    /// Where the banner stands.
    pub position: Position,
}

impl Look {
    /// The accent as a scheme has it on its surfaces.
    pub fn painted(self, scheme: Scheme) -> Painted {
        scheme.painted(self.accent, scheme.surface())
    }

    /// The scheme that a visitor sees whose system has this one.
    pub const fn scheme(self, system: Scheme) -> Scheme {
        match self.theme {
            Theme::Auto => system,
            Theme::Light => Scheme::Light,
            Theme::Dark => Scheme::Dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{colour::tests::exact_contrast, *};

    #[test]
    fn every_choice_is_known_by_its_name_and_the_first_is_the_products_own() {
        assert_eq!(Theme::ALL.iter().map(|it| it.name()).collect::<Vec<_>>(), ["auto", "light", "dark"]);
        assert!(Theme::ALL.iter().all(|it| Theme::parse(it.name()) == Some(*it)));
        assert!(Corners::ALL.iter().all(|it| Corners::parse(it.name()) == Some(*it)));
        assert!(Position::ALL.iter().all(|it| Position::parse(it.name()) == Some(*it)));
        assert_eq!((Theme::ALL[0], Corners::ALL[0], Position::ALL[0]), Default::default());
        assert_eq!(Position::parse("middle"), None);
    }

    #[test]
    fn a_visitor_sees_their_systems_scheme_unless_the_site_has_one() {
        let seen = |theme| Scheme::ALL.map(|system| Look { theme, ..Look::default() }.scheme(system));
        assert_eq!(seen(Theme::Auto), Scheme::ALL);
        assert_eq!(seen(Theme::Light), [Scheme::Light; 2]);
        assert_eq!(seen(Theme::Dark), [Scheme::Dark; 2]);
    }

    proptest! {
        /// Buttons, switches and links, and what is written on them, in light and in dark, wherever they stand.
        #[test]
        fn any_accent_can_be_read(number in 0u32..=0xff_ff_ff) {
            let look = Look { accent: Some(Colour::new(number)), ..Look::default() };
            for scheme in Scheme::ALL {
                for (painted, grounds) in [
                    (look.painted(scheme), vec![scheme.surface()]),
                    (scheme.painted(look.accent, scheme.tint()), vec![scheme.surface(), scheme.tint()]),
                ] {
                    let text = Colour::parse(painted.text).unwrap();
                    prop_assert!(exact_contrast(painted.accent, text) >= 4.5, "{scheme:?} {painted:?}");
                    for ground in grounds {
                        prop_assert!(exact_contrast(painted.accent, ground) >= 4.5, "{scheme:?} {painted:?} on {ground:?}");
                    }
                }
            }
        }
    }
}
