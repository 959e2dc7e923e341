//! The widget on the page: built once, opened as often as the visitor asks.

use crate::{
    desk::{Desk, focus},
    json::Json,
    page,
    preferences::Preferences,
};
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{CssStyleSheet, Element, Event, HtmlDialogElement, ShadowRoot};

/// Minified by the build script.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/preferences.css"));

thread_local! {
    static WIDGET: OnceCell<Widget> = const { OnceCell::new() };
}

/// Opens the preferences, with the choice in force.
///
/// `root` is the shadow root to live in, `notice` what `notice.json` says. Both count on the first call only: a notice
/// does not change under a visitor's eyes.
#[wasm_bindgen]
pub fn open(root: &ShadowRoot, notice: JsValue) {
    let widget = WIDGET.with(|widget| widget.get_or_init(|| Widget::new(root, Json(notice))).clone());
    spawn_local(async move {
        if let Some(consent) = page::consent().await {
            widget.desk.start(&consent);
        }
        widget.show();
    });
}

/// Cloning gives another handle to the same widget.
#[derive(Clone)]
struct Widget {
    desk: Desk,
    dialog: HtmlDialogElement,
}

impl Widget {
    /// Builds the dialog, closed, in an element of its own.
    fn new(root: &ShadowRoot, notice: Json) -> Self {
        // Neither an element nor a sheet that a script has made can be refused.
        let container = document().create_element("div").unwrap_throw();
        _ = root.append_child(&container);
        if let Ok(sheet) = CssStyleSheet::new() {
            _ = sheet.replace_sync(STYLES);
            root.adopted_style_sheets().push(&sheet);
        }

        let desk = Desk::new(container.clone(), &notice.list("purposes"));
        let shown = desk.shown();
        mount_to(container.clone().unchecked_into(), move || view! { <Preferences notice shown /> }).forget();
        let widget = Self { desk, dialog: container.first_element_child().unwrap_throw().unchecked_into() };

        let clicked = widget.clone();
        let listener = page::listener(move |event| clicked.answer(event.unchecked_ref()));
        _ = container.add_event_listener_with_callback("click", &listener);
        let desk = widget.desk.clone();
        page::on_consent(&page::listener(move |_| {
            let desk = desk.clone();
            spawn_local(async move {
                if let Some(consent) = page::consent().await {
                    desk.follow(&consent);
                }
            });
        }));
        widget
    }

    /// Does what the clicked control says in `data-act`.
    fn answer(&self, click: &Event) {
        let target = click.target().map(JsCast::unchecked_into::<Element>);
        let Some(Ok(Some(control))) = target.map(|target| target.closest("[data-act]")) else { return };
        match control.get_attribute("data-act").unwrap_or_default().as_str() {
            "close" => self.dialog.close(),
            "turn" => self.desk.turn(&control.id()),
            "save" => self.desk.save(),
            "again" => self.desk.retry(),
            all => self.desk.choose(JsValue::from_str(all)),
        }
    }

    fn show(&self) {
        // Refused only when it is open already.
        _ = self.dialog.show_modal();
        focus(&self.dialog, "h2");
    }
}
