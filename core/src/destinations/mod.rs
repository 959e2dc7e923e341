//! Server-side destinations: how each wants its events, and what its answers mean.
