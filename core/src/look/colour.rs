//! A colour, what can be written on it, and how it is made readable on a ground.

use crate::text;

/// What is even between black and white: both can be read alike on it.
const EVEN: f32 = 0.179;
/// The contrast that text needs (WCAG 2.2, 1.4.3: 4.5), with a little more for how luminance is reckoned here.
const READABLE: f32 = 4.52;
/// In how many steps a colour is made darker or lighter, from itself to black or white.
const STEPS: u16 = 128;

/// A colour with the colour of text upon it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    rgb: [u8; 3],
}

impl Colour {
    /// The banner's own, where nobody named another.
    pub const DEFAULT: Self = Self::new(0x14_50_3c);

    /// `0xrrggbb`.
    pub(super) const fn new(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self { rgb: [red, green, blue] }
    }

    /// Reads `#rrggbb`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok().map(Self::new)
    }

    /// `#rrggbb`.
    pub fn css(self) -> String {
        let mut written = String::from("#");
        for digit in self.rgb.iter().flat_map(|part| [part >> 4, part & 15]) {
            text::push_digit(digit, "0123456789abcdef", &mut written);
        }
        written
    }

    /// Black or white, whichever can be read better on it: one of them always can.
    pub fn ink(self) -> &'static str {
        if self.luminance() > EVEN { "#000000" } else { "#ffffff" }
    }

    /// The colour as it can be read, and told apart, on this ground: itself, or no darker (no lighter on a dark ground) than that
    /// takes.
    #[must_use]
    pub fn readable_on(self, ground: Self) -> Self {
        let end = if ground.luminance() > EVEN { u8::MIN } else { u8::MAX };
        let mut steps = (0..STEPS).map(|step| self.towards(end, step));
        steps.find(|colour| colour.contrast(ground) >= READABLE).unwrap_or(Self { rgb: [end; 3] })
    }

    fn towards(self, end: u8, step: u16) -> Self {
        let mixed = |part: u8| (u16::from(part) * (STEPS - step) + u16::from(end) * step) / STEPS;
        Self { rgb: self.rgb.map(|part| u8::try_from(mixed(part)).unwrap_or(end)) }
    }

    /// WCAG 2.2's contrast ratio.
    fn contrast(self, other: Self) -> f32 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > other { one / other } else { other / one }
    }

    /// WCAG 2.2's relative luminance.
    fn luminance(self) -> f32 {
        let [red, green, blue] = self.rgb.map(light);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// How much light a part of a colour is: the gamma of sRGB. Its power of 2.4 lies between two that are made of square roots, which
/// a browser's wasm has without a table.
fn light(part: u8) -> f32 {
    let share = f32::from(part) / 255.0;
    if share <= 0.04045 {
        return share / 12.92;
    }
    let base = (share + 0.055) / 1.055;
    let eighth = base.sqrt().sqrt().sqrt();
    let low = eighth * eighth * eighth;
    let high = low * eighth.sqrt();
    base * base * (0.6 * low + 0.4 * high)
}

#[cfg(test)]
pub(super) mod tests {
    use super::Colour;

    /// As WCAG 2.2 writes it.
    pub(in crate::look) fn exact_contrast(one: Colour, other: Colour) -> f64 {
        let luminance = |colour: Colour| {
            let [red, green, blue] = colour.rgb.map(|part| {
                let share = f64::from(part) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(Colour::parse("#1f4fD8").map(Colour::css).as_deref(), Some("#1f4fd8"));
        for text in ["", "#", "#fff", "1f4fd8", "#1f4fd", "#1f4fd8;", "#1f4f d", "red", "#+1f4fd", "url(x)", "#ééé"]
        {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn light_is_reckoned_as_it_is_written() {
        for part in 0..=255u8 {
            let share = f64::from(part) / 255.0;
            let exact = if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
            assert!((f64::from(super::light(part)) - exact).abs() < 0.0005, "{part}");
        }
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        let steps = || (0..=255u8).step_by(5);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let colour = Colour { rgb: [red, green, blue] };
            let contrast = exact_contrast(colour, Colour::parse(colour.ink()).unwrap());
            assert!(contrast >= 4.5, "{colour:?}: {contrast}");
        }
    }

    #[test]
    fn what_can_be_read_stays_as_it_is_and_what_cannot_changes_no_more_than_it_must() {
        let (white, black) = (Colour::new(0xff_ff_ff), Colour::new(0));
        let wine = Colour::new(0x7a_1f_3d);
        assert_eq!(wine.readable_on(white), wine);
        let lighter = wine.readable_on(black);
        assert!(lighter != wine && exact_contrast(lighter, black) < 4.8, "{lighter:?}");
        let yellow = Colour::new(0xff_d4_00).readable_on(white);
        assert!(exact_contrast(yellow, white) < 4.8 && yellow.rgb[2] == 0, "{yellow:?}");
    }
}
