//! Looks in words.

use nod_core::look::{Colour, Corners, Look, Position, Scheme, Theme};

/// Light or dark.
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "As the visitor's system is",
        Theme::Light => "Always light",
        Theme::Dark => "Always dark",
    }
}

/// The corners.
pub const fn corners(corners: Corners) -> &'static str {
    match corners {
        Corners::Soft => "A little round",
        Corners::Square => "Square",
        Corners::Round => "Round",
    }
}

/// Where the banner stands.
pub const fn position(position: Position) -> &'static str {
    match position {
        Position::StartCorner => "In the lower corner where lines begin",
        Position::EndCorner => "In the lower corner where lines end",
        Position::Centre => "In the middle of the lower edge",
        Position::Bar => "Along the whole lower edge",
    }
}

/// Whose screen it is.
pub const fn screen(system: Scheme) -> &'static str {
    match system {
        Scheme::Light => "On a light screen",
        Scheme::Dark => "On a dark screen",
    }
}

/// All of it.
pub fn about(look: Look) -> String {
    if look == Look::default() {
        return "Nod's own: nothing is set.".to_owned();
    }
    let colour = look.accent.map_or_else(|| "Nod's own colour".to_owned(), Colour::css);
    let others =
        [("theme", theme(look.theme)), ("corners", corners(look.corners)), ("banner", position(look.position))];
    others.into_iter().fold(["Colour: ", &colour].concat(), |said, (what, words)| {
        [said.as_str(), "; ", what, ": ", &words[..1].to_ascii_lowercase(), &words[1..]].concat()
    }) + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_said_in_one_sentence() {
        assert_eq!(about(Look::default()), "Nod's own: nothing is set.");
        let look = Look { accent: Colour::parse("#7a1f3d"), position: Position::Bar, ..Look::default() };
        assert_eq!(
            about(look),
            "Colour: #7a1f3d; theme: as the visitor's system is; corners: a little round; banner: along the whole lower edge."
        );
    }
}
