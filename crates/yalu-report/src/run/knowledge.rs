//! What was known: chance of running then and now, what was to be expected, declared regimes beside drawn ones.

use super::charts;
use crate::{Figure, Rich, Run, Section, plain};
use yalu_chart::WIDE;
use yalu_ledger::Band as DayBand;
use yalu_number::chance;
use yalu_number::{Column, Table, Unit, fixed};
use yalu_view::run::{Results, StoryKnowledge, usd};

/// Days ahead at which the forecast is told.
const AHEAD: [usize; 2] = [30, 90];
/// Days after which a remaining duration is only told to be longer.
const LONG_DAYS: f64 = 3650.0;

/// The chance that it ran on the day, in a line.
pub fn ran(k: &StoryKnowledge) -> Rich {
    vec![
        Run::Bold(chance(k.then.belief.running())),
        Run::Small(format!(" that it ran, from reports known that day; {} from all known now", chance(k.now))),
    ]
}

/// How long it was to be expected to last, in a line.
pub fn lasts(k: &StoryKnowledge) -> Rich {
    let what = if k.forecast.runs {
        "to be expected, known that day, until it stops"
    } else {
        "until it begins, known that day"
    };
    vec![Run::Band(span(&k.forecast.remaining_days)), Run::Small(format!(" {what}"))]
}

/// What was to be expected of it.
pub fn next(k: &StoryKnowledge) -> Vec<(String, Rich)> {
    let f = &k.forecast;
    let mut out = Vec::new();
    for n in AHEAD {
        if let Some(d) = f.days.get(n - 1) {
            out.push((
                format!("Runs {n} days on, known then"),
                vec![Run::Band(format!(
                    "{} ({} – {})",
                    chance(d.belief.running()),
                    chance(d.running.low),
                    chance(d.running.high)
                ))],
            ));
        }
    }
    if let Some(last) = f.days.last() {
        let what = if f.runs { "Stops" } else { "Begins" };
        let label = format!("{what} at least once within {} days", f.days.len());
        out.push((label, vec![Run::Bold(chance(last.changed))]));
    }
    let side = if f.runs { "Runs on for" } else { "Stands for" };
    out.push((side.into(), vec![Run::Band(span(&f.remaining_days))]));
    if let Some(c) = &k.carried {
        let over = format!("Would carry in {} days", f.days.len());
        out.push((format!("{over}, net"), c.total.tonnes.rich(Unit::Tonnes)));
    }
    out
}

fn span(b: &DayBand) -> String {
    let days = |d: f64| if d >= LONG_DAYS { "over ten years".to_owned() } else { fixed(d, 0) };
    format!("{} days ({} – {})", days(b.middle), days(b.low), days(b.high))
        .replace("over ten years days", "over ten years")
}

/// Months under declared regimes beside those drawn from the ledger.
pub fn declared(r: &Results) -> Option<Section> {
    let as_of = r.as_of.as_ref()?;
    let of = |i: usize| move |o: &yalu_sim::Outcome| usd(o.months[i].exports_cents) / 1e6;
    let (mut widths, mut rows) = ([0.0; 2], Vec::new());
    for i in 0..r.plan.months.len() {
        let (drawn, declared) = (r.band(of(i))?, r.declared_band(of(i))?);
        widths[0] += drawn.p95 - drawn.p05;
        widths[1] += declared.p95 - declared.p05;
        rows.push(vec![r.month(i).into(), declared.bare(Unit::Musd).into(), drawn.bare(Unit::Musd).into()]);
    }
    let n = rows.len().max(1) as f64;
    let [drawn, declared] = widths.map(|w| w / n);
    Some(Section {
        id: "declared".into(),
        title: "What was declared, and what could be believed".into(),
        short: "Belief".into(),
        lead: plain(format!(
            "Each replication draws its own service states from what was known by {as_of}; what a state lets through is taken from regimes declared by then. The 5 – 95 % band of a month is {} MUSD wide on the mean, {} MUSD under declared regimes.",
            fixed(drawn, 1),
            fixed(declared, 1)
        )),
        figures: charts::declared(r).map(|x| Figure::of("declared-exports", &x, WIDE)).into_iter().collect(),
        tables: vec![
            Table {
                id: "declared-months".into(),
                title: "Exports by month, million USD".into(),
                columns: vec![
                    Column::text("month", "Month"),
                    Column::text("declared", "declared").right(),
                    Column::text("drawn", "drawn from the reports").right(),
                ],
                rows,
                note: "Median and 5 – 95 % of the same runs: other inputs are drawn alike. Crossings are drawn one by one."
                    .into(),
            }
            .into(),
        ],
        ..Section::default()
    })
}
