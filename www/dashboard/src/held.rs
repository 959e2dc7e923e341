//! Signals of one type, whatever they hold: one type for each would weigh two kilobytes of the framework's code.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::*;

/// Something of any type.
pub(crate) type Something = Arc<dyn Any + Send + Sync>;

/// A signal of what only one page has. Copying gives another handle to the same.
pub(crate) struct Held<T> {
    it: RwSignal<Something>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T: Clone + Default + Send + Sync + 'static> Held<T> {
    pub(crate) fn new(it: T) -> Self {
        Self { it: RwSignal::new(Arc::new(it)), of: PhantomData }
    }

    pub(crate) fn set(self, it: T) {
        self.it.set(Arc::new(it));
    }

    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        of(&self.it.get(), read)
    }

    pub(crate) fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        of(&self.it.get_untracked(), read)
    }

    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        let mut it = self.get_untracked();
        change(&mut it);
        self.set(it);
    }
}

/// What something is. It has one type as long as it is held.
fn of<T: Default + 'static, U>(it: &Something, read: impl FnOnce(&T) -> U) -> U {
    match it.downcast_ref() {
        Some(it) => read(it),
        None => read(&T::default()),
    }
}
