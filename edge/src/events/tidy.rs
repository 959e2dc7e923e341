//! What is done at each tick of the clock.

use crate::environment::Environment;

/// Folds what is over, and forgets what is old.
pub(crate) async fn scheduled(_environment: &Environment) {}
