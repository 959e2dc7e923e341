//! The outbox: work that an effect leaves behind.

use crate::environment::Environment;

/// Does some of the work that is due. For after an answer, in `wait_until`.
pub(crate) async fn drain(environment: Environment) {
    let _ = environment;
}

/// What is done without traffic, at each tick of the clock.
pub(crate) async fn scheduled(environment: Environment) {
    drain(environment).await;
}
