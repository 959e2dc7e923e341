//! Light and dark: the banner's colours in each, as `widget/styles/banner.css` has them, and how an accent is painted there.

use super::Colour;

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// An accent as it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Painted {
    /// The colour.
    pub accent: Colour,
    /// The colour of what is written on it.
    pub text: &'static str,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the banner and the preferences are painted on.
    pub(super) const fn surface(self) -> Colour {
        match self {
            Self::Light => Colour::new(0xff_ff_ff),
            Self::Dark => Colour::new(0x16_1b_18),
        }
    }

    /// What parts of the transparency centre are told apart by: the hardest ground to be read on. It goes with any accent.
    #[cfg(any(test, feature = "records"))]
    pub(super) const fn tint(self) -> Colour {
        match self {
            Self::Light => Colour::new(0xec_ee_ed),
            Self::Dark => Colour::new(0x26_2b_28),
        }
    }

    /// The banner's colours but for the accent, as custom properties.
    #[cfg(feature = "records")]
    pub(super) const fn palette(self) -> &'static str {
        match self {
            Self::Light => "--nod-surface:#fff;--nod-ink:#18201c;--nod-soft:#454f49;--nod-line:#cfd6d1;",
            Self::Dark => "--nod-surface:#161b18;--nod-ink:#f0f4f1;--nod-soft:#bcc6c0;--nod-line:#3d4741;",
        }
    }

    /// An accent on a ground of this scheme; the product's own where none is named.
    pub(super) fn painted(self, accent: Option<Colour>, ground: Colour) -> Painted {
        match (accent, self) {
            (Some(accent), _) => {
                let accent = accent.readable_on(ground);
                Painted { accent, text: accent.ink() }
            }
            (None, Self::Light) => Painted { accent: Colour::DEFAULT, text: "#ffffff" },
            (None, Self::Dark) => Painted { accent: Colour::new(0xa4_dc_c0), text: "#0c1a13" },
        }
    }
}
