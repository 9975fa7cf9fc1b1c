//! `yalu reports score --worlds`: the belief in synthetic worlds, whose truth is known.

use super::score::{order_word, rule_word};
use crate::terminal::{colour_out, print, width};
use rayon::prelude::*;
use yalu_ledger::worlds::{AHEAD_DAYS, DAYS, Rates, Stratum, StratumScore, TENTHS, Tally, WorldScore, score_world};
use yalu_number::{Align, Column, Summary, Table};

/// Mean Brier or log score of some days.
type Mean = fn(&Tally) -> f64;

/// The rates that are scored: as given, and halved and doubled.
const RATES: [(&str, f64, f64); 5] = [
    ("as given", 1.0, 1.0),
    ("reports halved", 0.5, 1.0),
    ("reports doubled", 2.0, 1.0),
    ("changes halved", 1.0, 0.5),
    ("changes doubled", 1.0, 2.0),
];

/// Worlds of one set of rates.
struct Scored {
    name: &'static str,
    rates: Rates,
    each: Vec<WorldScore>,
    all: WorldScore,
}

/// Scores the belief in so many worlds of a seed.
pub fn score(worlds: u32, seed: u64) {
    let usual = Rates::default();
    let scored: Vec<Scored> = RATES
        .into_iter()
        .map(|(name, reports, changes)| {
            let rates = Rates { reports: usual.reports * reports, changes: usual.changes * changes };
            let each: Vec<WorldScore> =
                (0..worlds).into_par_iter().map(|number| score_world(seed, number, rates)).collect();
            let mut all = WorldScore::default();
            for one in &each {
                all += one;
            }
            Scored { name, rates, each, all }
        })
        .collect();
    print(&told(&scored, worlds, seed).text(colour_out(), width()));
}

fn told(scored: &[Scored], worlds: u32, seed: u64) -> Summary {
    let mut tables = vec![overview(scored, worlds)];
    if let Some(given) = scored.first() {
        tables.extend([shares(given), strata(&given.all), ahead(&given.all)]);
    }
    Summary {
        heading: format!("Belief in {worlds} worlds of seed {seed}: 6 crossings, {DAYS} days, 5 sets of rates"),
        facts: vec![(
            "Worlds".into(),
            "made by other equations than the belief’s (crates/yalu-ledger/src/worlds); no record is read".into(),
        )],
        tables,
        notes: Vec::new(),
    }
}

fn head(names: &[&str]) -> Vec<Column> {
    let align = |i: usize| if i == 0 { Align::Left } else { Align::Right };
    names.iter().enumerate().map(|(i, n)| Column::words(n, align(i))).collect()
}

fn number(x: f64) -> String {
    format!("{x:.4}")
}

/// Each set of rates with all reports, and the greatest rise of a score as reports are added.
fn overview(scored: &[Scored], worlds: u32) -> Table {
    let row = |s: &Scored| {
        let [then, now] = s.all.all();
        let (rise, where_) = greatest_rise(s);
        vec![
            s.name.to_owned(),
            format!("{:.1}", s.all.reports as f64 / f64::from(worlds)),
            format!("{}", s.rates.changes),
            number(then.brier()),
            number(now.brier()),
            number(then.log()),
            number(now.log()),
            number(then.calibration_error()),
            number(now.calibration_error()),
            format!("{rise:+.1} {where_}"),
        ]
    };
    Table {
        title: "All reports, all days: mean scores, lower is better".into(),
        columns: head(&[
            "rates", "reports", "changes", "Brier then", "now", "log then", "now", "calibration error then", "now",
            "greatest rise",
        ]),
        rows: Table::written(scored.iter().map(row)),
        note: "greatest rise: of Brier or log score as a tenth of the reports is added, in standard errors over worlds; below 1 is none. Calibration error: ten bins of equal width, by days."
            .into(), ..Table::default() }
}

/// The change of a score from one tenth to the next over worlds, in standard errors.
fn rise(each: &[WorldScore], tenth: usize, series: usize, mean: Mean) -> f64 {
    let changes: Vec<f64> =
        each.iter().map(|w| mean(&w.shares[tenth][series]) - mean(&w.shares[tenth - 1][series])).collect();
    let n = changes.len() as f64;
    let centre = changes.iter().sum::<f64>() / n;
    let variance = changes.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>() / (n - 1.0) / n;
    if variance > 0.0 { centre / variance.sqrt() } else { 0.0 }
}

fn greatest_rise(s: &Scored) -> (f64, String) {
    let scores: [(&str, usize, Mean); 4] = [
        ("Brier then", 0, Tally::brier),
        ("log then", 0, Tally::log),
        ("Brier now", 1, Tally::brier),
        ("log now", 1, Tally::log),
    ];
    let all = (1..TENTHS).flat_map(|tenth| {
        scores
            .map(|(name, series, mean)| (rise(&s.each, tenth, series, mean), format!("{name}, {} %", 10 * (tenth + 1))))
    });
    all.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}

fn shares(s: &Scored) -> Table {
    let row = |tenth: usize| {
        let [then, now] = &s.all.shares[tenth];
        let step = |series: usize, mean: Mean| {
            if tenth == 0 { "–".to_owned() } else { format!("{:+.1}", rise(&s.each, tenth, series, mean)) }
        };
        vec![
            format!("{} %", 10 * (tenth + 1)),
            number(then.brier()),
            step(0, Tally::brier),
            number(then.log()),
            step(0, Tally::log),
            number(now.brier()),
            step(1, Tally::brier),
            number(now.log()),
            step(1, Tally::log),
        ]
    };
    Table {
        title: "By share of the reports, rates as given".into(),
        columns: head(&["reports", "Brier then", "step", "log then", "step", "Brier now", "step", "log now", "step"]),
        rows: Table::written((0..TENTHS).map(row)),
        note: "step: the change from the tenth before, in standard errors over worlds.".into(),
        ..Table::default()
    }
}

fn strata(all: &WorldScore) -> Table {
    let mut rows = Vec::new();
    for (crossing, cells) in ["watched", "hardly watched"].into_iter().zip(&all.cells) {
        for (stratum, cell) in Stratum::ALL.into_iter().zip(cells) {
            let day = match stratum {
                Stratum::Service => "service",
                Stratum::Stop => "stop",
                Stratum::NearChange => "30 days about a change",
            };
            let (brier, log) = (best(cell, Tally::brier), best(cell, Tally::log));
            rows.push(vec![
                format!("{crossing}, {day}"),
                cell.then.days.to_string(),
                number(cell.then.brier()),
                number(cell.now.brier()),
                brier,
                number(cell.then.log()),
                number(cell.now.log()),
                log,
            ]);
        }
    }
    Table {
        title: "By kind of crossing and day, all reports, rates as given".into(),
        columns: head(&["", "days", "Brier then", "now", "best rule", "log then", "now", "best rule"]),
        rows: Table::written(rows),
        note: "best rule: the best of each rule of docs/ledger.md in this row, as it is and soft (0.95 and 0.05 in place of certainty).".into(), ..Table::default() }
}

/// The best simple rule of a cell.
fn best(cell: &StratumScore, mean: Mean) -> String {
    let all =
        WorldScore::RULES.iter().zip(&cell.rules).flat_map(|(rule, two)| two.iter().map(move |t| (rule, mean(t))));
    let found = all.min_by(|a, b| a.1.total_cmp(&b.1));
    found.map_or_else(String::new, |((rule, order), x)| {
        format!("{} {} {}", number(x), rule_word(*rule), order_word(*order))
    })
}

fn ahead(all: &WorldScore) -> Table {
    let row = |(days, [ours, constant]): (&u16, &[Tally; 2])| {
        vec![
            days.to_string(),
            ours.days.to_string(),
            number(ours.brier()),
            number(constant.brier()),
            number(ours.log()),
            number(constant.log()),
        ]
    };
    Table {
        title: "Forecasts, one every 30 days, rates as given".into(),
        columns: head(&["days ahead", "forecasts", "Brier", "constant hazard", "log", "constant hazard"]),
        rows: Table::written(AHEAD_DAYS.iter().zip(&all.ahead).map(row)),
        note: "constant hazard: the same belief, as if what runs ceased and what stands began once a year on average."
            .into(),
        ..Table::default()
    }
}
