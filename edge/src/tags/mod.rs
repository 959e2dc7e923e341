//! Tag configurations: versions of what an owner publishes.
