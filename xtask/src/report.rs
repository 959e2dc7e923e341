//! What xtask says while it works: one line as a step begins, one as it ends or is skipped.

use std::io::{IsTerminal, Write, stdout};
use std::time::{Duration, Instant};

use anyhow::{Error, Result};

/// Announces a step that takes a while, runs it and says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{} {what}", mark("▸", "36"));
    let started = Instant::now();
    let result = work()?;
    println!("{} {what} ({})", mark("✓", "32"), seconds(started.elapsed()));
    Ok(result)
}

/// Says something to whoever still listens: what is piped into `head` may have lost its reader.
pub(crate) fn say(what: &str) {
    let _ = writeln!(stdout(), "{what}");
}

/// Says that something was there already.
pub(crate) fn present(what: &str) {
    println!("{} {what}", mark("✓", "32"));
}

/// Says something that the developer should know and need not act on at once.
pub(crate) fn note(what: &str) {
    println!("{} {what}", mark("!", "33"));
}

/// Says why the command failed, with the causes beneath.
pub(crate) fn failure(error: &Error) {
    eprintln!("\n{} {error}", mark("✗", "31"));
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}

/// A duration as people read it: `0.4 s`, `3 min 20 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// A sign in colour on a terminal, plain elsewhere.
pub(crate) fn mark(sign: &str, colour: &str) -> String {
    if stdout().is_terminal() { format!("\u{1b}[{colour}m{sign}\u{1b}[0m") } else { sign.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::seconds;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
    }
}
