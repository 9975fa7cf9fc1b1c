//! The flagship's line, held to what is known to have been. Figures of the issue; `examples/flagship.rs` prints them all.
mod corridor;

use corridor::figures::{FROM, Figures, TO, figures};
use corridor::{date, day, input, rail};
use yalu_ledger::{Belief, Day, Ledger, LedgerInput, Order, Statement};
use yalu_model::{Claim, Precision};
use yalu_units::{StreamKey, address};

const CUSTOMS: bool = true;
const REPORTS_ALONE: bool = false;

#[test]
fn belief_beats_simple_rules() {
    let f = figures(input(REPORTS_ALONE));
    let by_report = f.best_brier(Order::Reported);
    assert!(f.then.brier <= 0.6 * by_report, "{:?} {by_report}", f.then);
    assert!(f.then.log <= 0.75 * f.best_log(Order::Reported), "{:?}", f.then);
    let c = figures(input(CUSTOMS));
    let by_event = c.best_brier(Order::Event);
    assert!(c.then.brier <= 0.8 * by_event, "{:?} {by_event}", c.then);
    assert!(c.then.log <= 0.75 * c.best_log(Order::Event), "{:?}", c.then);
}

#[test]
fn known_now_scores_better_than_known_then() {
    for customs in [REPORTS_ALONE, CUSTOMS] {
        let f = figures(input(customs));
        assert!(f.now.brier < f.then.brier && f.now.log < f.then.log, "{customs}: {:?} {:?}", f.now, f.then);
    }
}

#[test]
fn the_long_stop_never_looks_like_running_and_a_line_that_runs_does() {
    for customs in [REPORTS_ALONE, CUSTOMS] {
        let f = figures(input(customs));
        assert!(f.stop.0 <= 0.25, "{} on {}", f.stop.0, date(f.stop.1));
        assert!(f.ran.0 > 0.75, "{} on {}", f.ran.0, date(f.ran.1));
    }
}

#[test]
fn changes_are_found() {
    for customs in [REPORTS_ALONE, CUSTOMS] {
        let Figures { changes, .. } = figures(input(customs));
        let days: Vec<(String, bool)> = changes.iter().map(|c| (date(c.day), c.runs)).collect();
        let expected = [("2020-08-16", false), ("2022-01-16", true), ("2022-04-29", false), ("2022-09-26", true)];
        assert_eq!(days, expected.map(|(d, runs)| (d.to_owned(), runs)));
        let found = changes[0].found.expect("found");
        assert!(found <= day("2020-12-06"), "{}", date(found));
        for c in &changes[1..] {
            let (first, found) = c.first_report.zip(c.found).expect("found");
            assert!(found.since(first) <= 3, "{}: {} {}", date(c.day), date(first), date(found));
        }
    }
}

#[test]
fn plans_raise_no_day() {
    let with = series(input(REPORTS_ALONE));
    let mut without = input(REPORTS_ALONE);
    without.statements.retain(|s| s.claim != Claim::Planned);
    assert_eq!(greatest_rise(&series(without), &with), 0.0);
}

/// Copies at other dates, by other publishers, in other words: none of them is news.
#[test]
fn copies_of_an_origin_count_once() {
    let base = input(REPORTS_ALONE);
    let before = series(base.clone());
    for (i, original) in base.statements.iter().enumerate() {
        let mut more = base.clone();
        for n in 0..10 {
            let mut copy = Statement { id: format!("{}-{n}", original.id), ..original.clone() };
            copy.reported = copy.reported + 3 * n;
            copy.derived = n % 2 == 0;
            if n > 4 {
                copy.source_type = "media_other".into();
                copy.event = copy.event.map(|(a, b)| (a + n, b + n));
            }
            more.statements.push(copy);
        }
        let after = series(more);
        let moved = before.iter().zip(&after).map(|(a, b)| (a.running() - b.running()).abs()).fold(0.0, f64::max);
        assert!(moved <= 0.02, "{} ({i}) moves a day by {moved}", original.id);
    }
}

#[test]
fn a_lone_claim_fades_and_sightings_in_four_weeks_convince() {
    let base = input(REPORTS_ALONE);
    let mut stream = StreamKey { seed: 5, replication: 0 }.stream(address(&["lone"]), 0);
    let (first, last) = (day("2020-12-11"), day("2022-01-01"));
    for n in 0..100 {
        let at = first + stream.below(last.since(first) as u64) as i32;
        let mut lone = base.clone();
        lone.statements.push(said("lone", at, Claim::Resumed, "media_anon"));
        let series = Ledger::new(lone).known_then(rail(), at, at + 30);
        let most = series.iter().take(14).map(Belief::running).fold(0.0, f64::max);
        assert!(most <= 0.5, "{n}: {} on {}", most, date(at));
        assert!(series[14].running() < 0.4, "{n}: {} two weeks after {}", series[14].running(), date(at));
        for source_type in ["agency_observation", "satellite", "media_anon"] {
            let mut four = base.clone();
            four.statements
                .extend((0..4).map(|week| said(&format!("week {week}"), at + 7 * week, Claim::Observed, source_type)));
            let series = Ledger::new(four).known_then(rail(), at, at + 21);
            let (first, last) = (series[0].running(), series[21].running());
            assert!(first < 0.6 && last > 0.4, "{n}: {first}, {last} ({source_type}) from {}", date(at));
        }
    }
}

/// Rows a later article dates wrong do not break a past that others saw.
#[test]
fn a_background_line_with_a_wrong_date_moves_little() {
    let mut wrong = input(REPORTS_ALONE);
    let before = Ledger::new(wrong.clone()).known_now(rail(), day("2022-05-05"), day("2022-09-20"));
    let mut line = said("wrong", day("2024-03-01"), Claim::Resumed, "media_other");
    line.event = Some((day("2022-06-15"), day("2022-06-15")));
    line.precision = Precision::Month;
    wrong.statements.push(line);
    let after = Ledger::new(wrong).known_now(rail(), day("2022-05-05"), day("2022-09-20"));
    assert!(greatest_rise(&before, &after) < 0.05, "{}", greatest_rise(&before, &after));
}

fn series(input: LedgerInput) -> Vec<Belief> {
    Ledger::new(input).known_then(rail(), day(FROM), day(TO))
}

fn greatest_rise(before: &[Belief], after: &[Belief]) -> f64 {
    before.iter().zip(after).map(|(a, b)| b.running() - a.running()).fold(0.0, f64::max)
}

fn said(id: &str, reported: Day, claim: Claim, source_type: &str) -> Statement {
    Statement {
        id: id.into(),
        reported,
        event: Some((reported, reported)),
        precision: Precision::Day,
        crossing: "DAN-SIN-RAIL".into(),
        mode: "rail".into(),
        claim,
        quantity: None,
        unit: String::new(),
        source_type: source_type.into(),
        origin: id.into(),
        derived: false,
    }
}
