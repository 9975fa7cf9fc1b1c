//! Closures and reopenings laid over declared regimes, and what is told of those that cannot be.

use std::fmt::Write as _;
use yalu_model::{Basis, Corridor, State};
use yalu_scenario::{Folder, close, load, render, template};

fn corridor() -> Corridor {
    let files = template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    load(&Folder { files, ..Folder::default() }, &[]).corridor.unwrap()
}

fn day(c: &Corridor, ms: i64) -> String {
    let (y, m, d, ..) = yalu_calendar::civil(&c.horizon.zones[c.horizon.zone].name, yalu_units::Instant(ms));
    format!("{y:04}-{m:02}-{d:02}")
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|s| (*s).to_owned()).collect()
}

/// The regimes after closures and reopenings, a line each.
fn laid(closed: &[&str], opened: &[&str]) -> String {
    let mut c = corridor();
    let problems = close(&mut c, &texts(closed), &texts(opened));
    assert!(problems.is_empty(), "{}", render(&problems, false));
    let mut out = String::new();
    for r in &c.border.regimes {
        let number = |q: &Option<yalu_model::Quantity>, word: &str| {
            q.as_ref().map_or(String::new(), |q| format!(" {}..{} {word}", q.low(), q.high()))
        };
        let state = match r.state {
            State::Suspended => "suspended",
            State::Limited => "limited",
            State::Open => "open",
            _ => "other",
        };
        let _ = writeln!(
            out,
            "{} {} {} {state}{}{}{}{}{}{} {}{}",
            c.border.crossings[r.crossing].id,
            day(&c, r.from.0),
            day(&c, r.to.0 - 1),
            number(&r.trains_per_day, "trains"),
            number(&r.wagons_per_train, "cars"),
            number(&r.hold_days, "hold"),
            number(&r.notice_days, "notice"),
            number(&r.ramp_days, "ramp"),
            if r.start_uncertainty_days > 0.0 { format!(" ±{}", r.start_uncertainty_days) } else { String::new() },
            r.restrictions.join(";"),
            if let Basis::Assumed(why) = &r.basis { format!(" [assumed: {why}]") } else { String::new() },
        );
    }
    out
}

/// What is told of closures and reopenings that cannot be laid.
fn told(closed: &[&str], opened: &[&str]) -> String {
    let mut c = corridor();
    let before = format!("{:?}", c.border.regimes);
    let problems = close(&mut c, &texts(closed), &texts(opened));
    assert!(!problems.is_empty());
    assert_eq!(before, format!("{:?}", c.border.regimes), "a corridor that cannot be closed stays as it was");
    render(&problems, false)
}

#[test]
fn closures_cut_and_split_what_is_declared() {
    let shown = [
        laid(&["RAIL:2024-01-10..2024-01-19:notice=5"], &[]),
        laid(&["ALL-LAND:2024-01-20..2024-02-20"], &["RAIL:2024-02-21:quota=1..2,wagons=8,ramp=30,trial"]),
        laid(&[], &["RAIL:2024-02-05:quota=2"]),
        laid(&["ROAD:2024-01-20.."], &["ROAD:2024-03-11:share=0.2,until=2024-03-20"]),
    ];
    insta::assert_snapshot!("laid", shown.join("\n"));
}

#[test]
fn what_cannot_be_laid_is_told_with_its_place() {
    let shown = [
        told(&["RAYL:2024-01-10..2024-01-19", "RAIL:2024-01-19..2024-01-10", "RAIL:2024-13-01..2024-01-02"], &[]),
        told(
            &["RAIL 2024-01-10", "RAIL:2023-12-01..2024-01-10:notice=2 days", "RAIL:2024-01-01..2024-01-02:quota=1"],
            &[],
        ),
        told(&["RAIL:2024-01-10..2024-01-19", "ALL-LAND:2024-01-19..2024-01-25"], &["RAIL:2024-01-15"]),
        told(&[], &["RAIL:2024-01-15:quota=1", "RAIL:2024-01-15:quota=x", "RAIL:2024-02-10:until=2024-02-01"]),
        told(&["RAIL:2024-02-03..2024-02-04"], &["ROAD:2024-01-15"]),
        told(&[], &["RAIL:2024-02-10:speed=4,quota=-1"]),
    ];
    insta::assert_snapshot!("told", shown.join("\n"));
}

#[test]
fn numbers_of_a_reopening_count_as_assumed_inputs() {
    let mut c = corridor();
    let before = c.inputs.len();
    assert!(
        close(&mut c, &texts(&["RAIL:2024-01-10..2024-01-19"]), &texts(&["RAIL:2024-01-20:quota=1,ramp=9"])).is_empty()
    );
    let new: Vec<&str> = c.inputs[before..].iter().map(|(p, _)| p.as_str()).collect();
    assert_eq!(
        new,
        [
            "regime.RAIL.2024-01-10.state",
            "regime.RAIL.2024-01-20.state",
            "regime.RAIL.2024-01-20.trains_per_day",
            "regime.RAIL.2024-01-20.ramp_days"
        ]
    );
    assert!(c.inputs[before..].iter().all(|(_, b)| matches!(b, Basis::Assumed(_))));
}
