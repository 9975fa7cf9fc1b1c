//! Progress on standard error.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar over so many runs; silent when standard error is no terminal.
pub fn bar(runs: u64, what: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    ProgressBar::new(runs).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(what)
}
