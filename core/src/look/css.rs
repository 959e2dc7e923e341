//! A look as style sheets: one that stands behind the banner's own in its element, one for the transparency centre.
//!
//! Inside the element a rule for the host yields to the page's rules for the element, so what the page's style sheet says of
//! `nod-consent` counts more than what is set here.

use super::{Corners, Look, Painted, Position, Scheme, Theme};

/// What is painted where: the selectors of one root, whatever its scheme, and for those that make it dark.
struct Root {
    any: &'static str,
    unless_light: &'static str,
    dark: &'static str,
}

const HOST: Root =
    Root { any: ":host", unless_light: ":host(:not([data-theme=light]))", dark: ":host([data-theme=dark])" };
const PAGE: Root = Root { any: ":root", unless_light: ":root:not([data-theme=light])", dark: ":root[data-theme=dark]" };

/// The host, in a selector that outweighs those of the banner's own schemes.
const OUTWEIGHING_HOST: &str = ":host(:not(#n))";

impl Look {
    /// What follows the banner's own style sheet, of which it is made (`widget/styles/banner.css`).
    pub fn css(self) -> String {
        let fixed = match self.theme {
            Theme::Auto => None,
            Theme::Light => Some(Scheme::Light),
            Theme::Dark => Some(Scheme::Dark),
        };
        let mut sheet = String::new();
        match fixed {
            Some(scheme) => {
                let colours = [scheme.palette(), &declarations(self.painted(scheme))].concat();
                push_rule(OUTWEIGHING_HOST, &colours, &mut sheet);
            }
            None if self.accent.is_some() => {
                push_accents(&HOST, Scheme::ALL.map(|scheme| declarations(self.painted(scheme))), &mut sheet);
            }
            None => {}
        }
        if let Some(radius) = self.radius() {
            push_rule(HOST.any, radius, &mut sheet);
        }
        sheet.push_str(match self.position {
            Position::StartCorner => "",
            Position::EndCorner => "@media(min-width:36em){.banner{inset-inline:auto 20px}}",
            // What is said after a choice is only as wide as its words, there too.
            Position::Centre => {
                "@media(min-width:36em){.banner{inset-inline:0;margin-inline:auto;max-inline-size:fit-content}}"
            }
            // Lines are no longer than can be read well, and the answers stand beside the question where there is room.
            Position::Bar => {
                "@media(min-width:36em){.banner{inset:auto 0 0;inline-size:auto;border-width:1px 0 0;border-radius:0;\
                 padding-inline:max(20px,calc(50% - 34em))}}\
                 @media(min-width:60em){.banner[data-state=asking]{display:grid;grid-template-columns:1fr 26em;\
                 column-gap:32px;align-items:center}}"
            }
        });
        sheet
    }

    /// What follows the transparency centre's style sheet. Its scheme is the page's own, by `data-theme`.
    pub fn centre_css(self) -> String {
        let mut sheet = String::new();
        if self.accent.is_some() {
            let colours = Scheme::ALL.map(|scheme| {
                let painted = scheme.painted(self.accent, scheme.tint());
                [declarations(painted).as_str(), "--tint:", &scheme.tint().css(), ";"].concat()
            });
            push_accents(&PAGE, colours, &mut sheet);
        }
        if let Some(radius) = self.radius() {
            push_rule(PAGE.any, radius, &mut sheet);
        }
        sheet
    }

    const fn radius(self) -> Option<&'static str> {
        match self.corners {
            Corners::Soft => None,
            Corners::Square => Some("--nod-radius:0px"),
            // Half of what a button is high.
            Corners::Round => Some("--nod-radius:22px"),
        }
    }
}

fn declarations(Painted { accent, text }: Painted) -> String {
    ["--nod-accent:", &accent.css(), ";--nod-on-accent:", text, ";"].concat()
}

/// In light, and in dark, be it the system's or the root's own.
fn push_accents(root: &Root, [light, dark]: [String; 2], sheet: &mut String) {
    push_rule(root.any, &light, sheet);
    sheet.push_str("@media(prefers-color-scheme:dark){");
    push_rule(root.unless_light, &dark, sheet);
    sheet.push('}');
    push_rule(root.dark, &dark, sheet);
}

fn push_rule(selector: &str, declarations: &str, sheet: &mut String) {
    for part in [selector, "{", declarations.trim_end_matches(';'), "}"] {
        sheet.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Colour;

    fn look(accent: u32) -> Look {
        Look { accent: Some(Colour::new(accent)), ..Look::default() }
    }

    #[test]
    fn the_products_own_look_needs_no_style_sheet() {
        assert_eq!((Look::default().css(), Look::default().centre_css()), (String::new(), String::new()));
    }

    #[test]
    fn an_accent_is_set_in_light_and_in_dark() {
        let sheet = look(0x7a_1f_3d).css();
        assert!(sheet.starts_with(":host{--nod-accent:#7a1f3d;--nod-on-accent:#ffffff}@media("), "{sheet}");
        assert_eq!(sheet.matches("--nod-accent:").count(), 3);
        let dark = look(0x7a_1f_3d).painted(Scheme::Dark);
        let declared = format!("{{--nod-accent:{};--nod-on-accent:{}}}", dark.accent.css(), dark.text);
        assert!(dark.accent != Colour::new(0x7a_1f_3d) && sheet.ends_with(&declared), "{sheet}");
        let centre = look(0x7a_1f_3d).centre_css();
        assert!(centre.starts_with(":root{--nod-accent:#7a1f3d;--nod-on-accent:#ffffff;--tint:#eceeed}"), "{centre}");
    }

    #[test]
    fn one_scheme_for_everybody_has_all_of_its_colours() {
        let dark = Look { theme: Theme::Dark, ..Look::default() }.css();
        assert_eq!(
            dark,
            ":host(:not(#n)){--nod-surface:#161b18;--nod-ink:#f0f4f1;--nod-soft:#bcc6c0;--nod-line:#3d4741;\
             --nod-accent:#a4dcc0;--nod-on-accent:#0c1a13}"
        );
        let light = Look { theme: Theme::Light, ..look(0xff_d4_00) }.css();
        assert!(light.contains("--nod-surface:#fff;") && !light.contains("prefers-color-scheme"), "{light}");
    }

    /// The schemes here are those of the banner's style sheet, which knows nothing of this file.
    #[test]
    fn the_schemes_are_the_banners() {
        let banner = include_str!("../../../widget/styles/banner.css").replace([' ', '\n'], "");
        let tokens = include_str!("../../../www/styles/tokens.css").replace([' ', '\n'], "");
        for scheme in Scheme::ALL {
            let Painted { accent, text } = Look::default().painted(scheme);
            let short = if text == "#ffffff" { "#fff" } else { text };
            let block = format!("{}--nod-accent:{};--nod-on-accent:{short};", scheme.palette(), accent.css());
            for sheet in [&banner, &tokens] {
                assert!(sheet.contains(&block), "{block}");
            }
        }
        for part in [".banner{", "[data-state=\"asking\"]", "@media(min-width:36em)"] {
            assert!(banner.contains(part), "{part}");
        }
    }

    #[test]
    fn corners_and_places_are_rules_of_their_own() {
        for (position, corners) in
            Position::ALL.iter().flat_map(|position| Corners::ALL.iter().map(move |corners| (*position, *corners)))
        {
            let look = Look { corners, position, ..Look::default() };
            let sheet = look.css();
            assert_eq!(sheet.contains("--nod-radius:"), corners != Corners::Soft);
            assert_eq!(sheet.contains(".banner"), position != Position::StartCorner);
            assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
            assert!(!sheet.contains("button"), "no button has a look of its own");
            assert_eq!(look.centre_css().contains("--nod-radius:"), corners != Corners::Soft);
        }
    }
}
