//! The mail as a page: tables for the oldest programs, styles of its own, light and dark.

use super::{
    Accent,
    blocks::{Block, Draft},
};

/// Programs that read styles follow the reader's colours; the others have the light ones from the attributes.
const STYLES: &str = ":root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (prefers-color-scheme:dark){.page,.page td{background:#161b18!important;color:#f0f4f1!important}\
.box{background:#1f2622!important;border-color:#3d4741!important}.soft,.soft th,.soft td{color:#bcc6c0!important}}";

const FONT: &str =
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5;color:#18201c";

/// Draws the page.
pub(super) fn draw(draft: &Draft, accent: Accent) -> String {
    let mut out = Page(String::with_capacity(4096));
    out.raw(&["<!doctype html><html lang=\"", draft.locale, "\" dir=\"ltr\"><head><meta charset=\"utf-8\">"]);
    out.raw(&["<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>"]);
    out.text(&draft.subject);
    out.raw(&["</title><style>", STYLES, "</style></head><body class=\"page\" style=\"margin:0;background:#fff\">"]);
    out.raw(&["<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#fff\"><tr>"]);
    out.raw(&["<td align=\"center\" style=\"padding:24px 16px\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:560px\">"]);
    out.raw(&[
        "<tr><td dir=\"auto\" style=\"",
        FONT,
        ";font-weight:600;padding-bottom:12px;border-bottom:3px solid ",
        &accent.css(),
        "\">",
    ]);
    out.text(&draft.sender);
    out.raw(&["</td></tr><tr><td style=\"", FONT, ";padding-top:12px\">"]);
    for block in &draft.blocks {
        out.block(block, accent);
    }
    out.raw(&["</td></tr></table></td></tr></table></body></html>\n"]);
    out.0
}

struct Page(String);

impl Page {
    fn block(&mut self, block: &Block, accent: Accent) {
        match block {
            Block::Paragraph(text) => self.element("p", "margin:12px 0", text),
            Block::Small(text) => {
                self.raw(&["<p class=\"soft\" style=\"margin:24px 0 0;font-size:14px;color:#454f49\">"]);
                self.text(text);
                self.raw(&["</p>"]);
            }
            Block::Facts(rows) => self.facts(rows),
            Block::Quote { by, text } => {
                self.element("p", "margin:12px 0 4px", by);
                let style = "margin:0 0 12px;padding:12px;background:#f4f6f4;border-left:3px solid #cfd6d1";
                self.raw(&["<blockquote class=\"box\" dir=\"auto\" style=\"", style, "\">"]);
                self.text(text);
                self.raw(&["</blockquote>"]);
            }
            Block::Button { label, link, otherwise } => self.button(label, link, otherwise, accent),
        }
    }

    fn facts(&mut self, rows: &[(&'static str, String)]) {
        self.raw(&["<table class=\"soft\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:12px 0\">"]);
        for (label, value) in rows {
            let cell = "font-size:14px;line-height:1.5;padding:2px 0";
            self.raw(&[
                "<tr><th scope=\"row\" align=\"left\" style=\"",
                cell,
                ";padding-right:16px;font-weight:400;vertical-align:top\">",
            ]);
            self.text(label);
            self.raw(&["</th><td dir=\"auto\" style=\"", cell, "\">"]);
            self.text(value);
            self.raw(&["</td></tr>"]);
        }
        self.raw(&["</table>"]);
    }

    fn button(&mut self, label: &str, link: &str, otherwise: &str, accent: Accent) {
        self.raw(&["<p style=\"margin:20px 0\"><a href=\""]);
        self.text(link);
        let style = "\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600;background:";
        self.raw(&[style, &accent.css(), ";color:", accent.ink(), "\">"]);
        self.text(label);
        self.raw(&["</a></p><p class=\"soft\" style=\"margin:12px 0;font-size:14px;color:#454f49\">"]);
        self.text(otherwise);
        self.raw(&["<br><span style=\"word-break:break-all\">"]);
        self.text(link);
        self.raw(&["</span></p>"]);
    }

    fn element(&mut self, name: &str, style: &str, text: &str) {
        self.raw(&["<", name, " style=\"", style, "\">"]);
        self.text(text);
        self.raw(&["</", name, ">"]);
    }

    /// What is ours.
    fn raw(&mut self, parts: &[&str]) {
        for part in parts {
            self.0.push_str(part);
        }
    }

    /// What may be anybody's.
    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' => self.0.push_str("<br>"),
                other => self.0.push(other),
            }
        }
    }
}
