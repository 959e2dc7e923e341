//! Events: taken from pages, decided once more, counted, handed on.
