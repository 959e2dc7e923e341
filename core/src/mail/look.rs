//! The controller's colour.

/// A colour with the colour of text upon it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    rgb: [u8; 3],
}

impl Accent {
    /// Where the controller named none: the widget's own.
    pub const DEFAULT: Self = Self { rgb: [0x14, 0x50, 0x3c] };

    /// Reads `#rrggbb`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self { rgb: [red, green, blue] })
    }

    /// `#rrggbb`.
    pub(super) fn css(self) -> String {
        let mut text = String::from("#");
        for digit in self.rgb.iter().flat_map(|part| [part >> 4, part & 15]) {
            crate::text::push_digit(digit, crate::text::DIGITS, &mut text);
        }
        text
    }

    /// Black or white, whichever can be read better on it (WCAG 2.2, relative luminance; both are alike at 0.179). The gamma
    /// of sRGB is taken from a cubic, which is within a thousandth of it and needs no table of powers.
    pub(super) fn ink(self) -> &'static str {
        let [red, green, blue] = self.rgb.map(|part| {
            let share = f32::from(part) / 255.0;
            share * (share * (share * 0.305_306 + 0.682_171_1) + 0.012_522_9)
        });
        if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 { "#000000" } else { "#FFFFFF" }
    }
}

#[cfg(test)]
mod tests {
    use super::Accent;

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(Accent::parse("#1f4fD8").map(Accent::css).as_deref(), Some("#1F4FD8"));
        for text in ["", "#", "#fff", "1f4fd8", "#1f4fd", "#1f4fd8;", "#1f4f d", "red", "#+1f4fd", "url(x)", "#ééé"]
        {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        let luminance = |rgb: [u8; 3]| {
            let [red, green, blue] = rgb.map(|part| {
                let share = f64::from(part) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let steps = || (0..=255u8).step_by(5);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let accent = Accent { rgb: [red, green, blue] };
            let ink = if accent.ink() == "#000000" { 0.0 } else { 1.0 };
            let (low, high) = if ink == 0.0 { (ink, luminance(accent.rgb)) } else { (luminance(accent.rgb), ink) };
            let contrast = (high + 0.05) / (low + 0.05);
            assert!(contrast >= 4.5, "{accent:?}: {contrast}");
        }
    }
}
