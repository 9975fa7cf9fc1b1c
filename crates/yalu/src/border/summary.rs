//! The border in the terminal's words.

use super::{Told, stock, tables, words};
use yalu_report::Summary;
use yalu_report::number::{band, thousands, with_unit};
use yalu_study::{BorderFigure, assumed_share};

/// Everything the command has to say.
pub fn text(told: &Told, colour: bool, width: usize) -> String {
    let [from, to] = told.period();
    let station = told.station.map_or(String::new(), |s| format!(", {}", words::station(&told.corridor, s)));
    let s = Summary {
        heading: format!("{}: the border{station}, {from} to {to}", told.corridor.title),
        facts: facts(told),
        tables: tables::all(told),
        notes: notes(told),
    };
    yalu_report::summary(&s, colour, width)
}

fn facts(told: &Told) -> Vec<(String, String)> {
    let m = &told.runs.central;
    let mut out =
        vec![("Border ran".to_string(), format!("{} of {} days", thousands(m.running_days, 0), thousands(m.days, 0)))];
    for (i, route) in told.rail() {
        let of = |f: BorderFigure| {
            // One run has no band.
            if told.runs.all().len() == 1 {
                let (value, unit) = (f.of(m, i), words::figure(f).1);
                return value.map_or_else(|| "none".to_string(), |v| with_unit(v, 1, unit));
            }
            told.runs
                .estimate(f, i)
                .band()
                .map_or_else(|| "none".to_string(), |b| band(b.p50, b.p05, b.p95, words::figure(f).1))
        };
        let title = |what: &str| {
            if told.rail().count() > 1 { format!("{}: {what}", route.title) } else { words::sentence_case(what) }
        };
        out.push((
            title("loaded, a running day"),
            format!("{} trains, {} wagons", of(BorderFigure::Trains), of(BorderFigure::Wagons)),
        ));
        out.push((
            title("at the border"),
            format!(
                "{} a train on the mean, {} one in ten exceeds",
                of(BorderFigure::TrainMean),
                of(BorderFigure::TrainP90)
            ),
        ));
        out.push((
            title("waiting to cross"),
            format!("{} trains on the mean, {} at most", of(BorderFigure::QueueMean), of(BorderFigure::QueueMost)),
        ));
    }
    out.extend(on_the_day(told));
    for (i, sentence) in words::binds(&told.corridor, m, told.runs.all()).into_iter().enumerate() {
        out.push((if i == 0 { "What binds".into() } else { String::new() }, sentence));
    }
    for (i, v) in told.variants.iter().enumerate() {
        let b = &v.runs.central.binding;
        let first = b.first().map_or_else(|| "nothing waits".into(), |x| words::cause(&told.corridor, x.cause));
        let at = b.at_stations.map_or_else(|| "nothing".into(), |x| words::cause(&told.corridor, x.cause));
        out.push((
            format!("Binds with {}", tables::letter(i)),
            format!("{}; at the stations {at}", words::sentence_case(&first)),
        ));
    }
    if let Some(counted) = &told.counted {
        out.extend(stock::facts(told, counted));
    }
    out
}

fn notes(told: &Told) -> Vec<String> {
    let runs = told.runs.all().len();
    let mut out = vec![format!(
        "Bands: 5 – 95 % of {runs} run{} in which every uncertain input is drawn. Tables: the central run, every input at its \
         median; docs/border.md says what each word means.",
        if runs == 1 { "" } else { "s" }
    )];
    if !told.variants.is_empty() {
        out.push(
            "Changes: the same draws with and without, so that a difference of a pair is the change’s own.".into(),
        );
    }
    out.push(format!(
        "{} of the numeric inputs have no source and are assumed.",
        yalu_report::number::percent(assumed_share(&told.corridor))
    ));
    out.push(format!("Again: {}", told.command));
    out
}

/// Loaded trains that waited at the end of the story's day, by rail route, where the period holds it.
fn on_the_day(told: &Told) -> Vec<(String, String)> {
    let day = told.corridor.story.as_ref().map(|s| s.day);
    let Some((day, at)) = day.and_then(|d| Some((d, told.days().iter().position(|x| *x == d)?))) else {
        return Vec::new();
    };
    let rail = told.rail().filter_map(|(i, route)| {
        let of = |m: &yalu_study::BorderMeasures| {
            m.routes.iter().find(|f| f.route == i).and_then(|f| f.queue.get(at).copied())
        };
        let b = yalu_number::Band::of(told.runs.all().iter().filter_map(of))?;
        Some(format!("{}: {}", route.title, band(b.p50, b.p05, b.p95, "trains")))
    });
    vec![(format!("Waiting on {}", told.date(day)), rail.collect::<Vec<_>>().join("; "))]
}
