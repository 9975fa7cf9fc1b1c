//! The run in the terminal's words.

use yalu_number::{Summary, Unit, percent};
use yalu_study::assumed_share;
use yalu_view::run::{Results, tables};

/// The summary of a run behind its answers.
pub fn summary(r: &Results, colour: bool, width: usize) -> String {
    let heading = format!("{}, {} to {}", r.corridor.about.title, r.from(), r.to());
    Summary { heading, facts: facts(r), tables: tables::all(r), notes: notes(r) }.text(colour, width)
}

fn facts(r: &Results) -> Vec<(String, String)> {
    let shown = &r.ensemble.central;
    let count = |n: u64| Unit::Number.count(n);
    let mut out = vec![
        (
            "Assumed".into(),
            format!(
                "{} of {} numeric inputs have no source",
                percent(assumed_share(&r.corridor)),
                r.corridor.inputs.len()
            ),
        ),
        (
            "Line".into(),
            format!(
                "{} deadlocks, {} moves refused for safety, {} rules broken",
                shown.deadlocks,
                count(shown.refused_for_safety),
                r.violations.len()
            ),
        ),
    ];
    if shown.waiting_to_enter > 0 {
        let n = Unit::Trains.count(shown.waiting_to_enter);
        out.push(("Overload".into(), format!("{n} had not found a way onto the line at the end")));
    }
    out.push((
        "Shown".into(),
        format!("{} {} events, {}", r.shown(), count(shown.events), Unit::Trains.count(r.ensemble.trace.trains.len())),
    ));
    out
}

fn notes(r: &Results) -> Vec<String> {
    let mut out = vec![match r.ensemble.drawn.len() {
        0 => "One run at the median of every input: no bands.".into(),
        n @ 1..20 => format!("Bands over {} only: read them as hints.", Unit::Runs.count(n)),
        n => format!("Bands: 5 to 95 % of {} with the uncertain inputs drawn.", Unit::Runs.count(n)),
    }];
    out.extend(r.seal.as_ref().and_then(yalu_view::seal::Seal::told));
    out.extend(r.corridor.about.wrong.iter().map(|w| format!("Wrong: {w}")));
    out.push(format!("Again: {}", r.command));
    out
}
