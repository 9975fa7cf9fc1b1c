//! A day's page with placeholder pictures: `cargo run -p yalu-report --example sample -- report.html`.

mod pictures;
mod record;
mod story;

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        let _ = writeln!(std::io::stderr(), "usage: sample FILE [plain]");
        return ExitCode::from(2);
    };
    let mut report = story::report();
    if arguments.next().is_some_and(|word| word == "plain") {
        story::without_story(&mut report);
    }
    match std::fs::write(&path, yalu_report::html(&report)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "{path}: {why}");
            ExitCode::FAILURE
        }
    }
}
