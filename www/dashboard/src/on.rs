//! Handlers of events, in boxes: to the framework each kind of event has one type of handler, and not one for each place, which would
//! be a tenth of the module.

use leptos::ev::{Event, MouseEvent, SubmitEvent};

/// On a click, and by the keyboard.
pub(crate) fn click(act: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(act)
}

/// When a form is sent.
pub(crate) fn submit(act: impl FnMut(SubmitEvent) + 'static) -> Box<dyn FnMut(SubmitEvent)> {
    Box::new(act)
}

/// When what is written or chosen changes, or when something is opened.
pub(crate) fn change(act: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(act)
}
