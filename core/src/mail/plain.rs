//! The mail as text. What somebody wrote stands behind `>`, so that it cannot play the mail's own part.

use super::blocks::{Block, Draft};

/// Draws the text.
pub(super) fn draw(draft: &Draft) -> String {
    let parts: Vec<String> = draft.blocks.iter().map(block).collect();
    [&parts.join("\n\n"), "\n\n-- \n", &draft.sender, "\n"].concat()
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) | Block::Small(text) => text.clone(),
        Block::Facts(rows) => {
            let rows: Vec<String> = rows.iter().map(|(label, value)| [label, ": ", value].concat()).collect();
            rows.join("\n")
        }
        Block::Quote { by, text } => [by, "\n> ", &text.replace('\n', "\n> ")].concat(),
        Block::Button { label, link, .. } => [label, ":\n", link].concat(),
    }
}
