//! Server-side destinations: each event is brought to those that may have it.
