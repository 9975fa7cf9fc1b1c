//! The ledger: three days and one report by every path there is, scores.

use crate::{Observed, Oracle, Tolerance};
use yalu_ledger::{Day, Ledger, LedgerInput, Settings, Statement, Watched, brier, log_score};
use yalu_model::{Claim, CrossingId, Mode, Precision};

const LAYER: &str = "Ledger";

const PATHS_SOURCE: &str =
    "enumerated independently: every path of three days through the 33 pairs of phases, equations of docs/ledger.md";
const BY_HAND: &str = "worked out by hand";

/// Chances of running on days 1, 2 and 3 as known then, and on days 1 and 2 as known now.
const STOP: [f64; 5] =
    [0.809_939_636_937_1, 0.053_758_807_573_5, 0.084_194_512_201_1, 0.808_691_411_349_6, 0.055_122_950_440_1];
const SEEN: [f64; 5] =
    [0.809_939_636_937_1, 0.935_597_126_119_8, 0.935_101_590_798_6, 0.933_128_069_652_1, 0.935_861_750_796_2];

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = days();
    all.extend(scores());
    all
}

fn oracle(
    id: &str,
    what: &str,
    expected: f64,
    tolerance: f64,
    (source, constant): (&'static str, &'static str),
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("ledger.{id}"),
        layer: LAYER,
        what: what.to_owned(),
        unit: "",
        expected,
        tolerance: Tolerance::Absolute(tolerance),
        source,
        constant,
        observe: Box::new(observe),
    }
}

/// Three days of a land crossing with one report on the second: belief of a day, as known then or with all three days.
fn three_days((source_type, claim): (&str, Claim), known_now: bool, day: i32, vary: impl Fn(&mut Settings)) -> f64 {
    let statement = Statement {
        id: "one".into(),
        reported: Day(1),
        event: None,
        precision: Precision::Day,
        crossing: "A-B-RAIL".into(),
        mode: "rail".into(),
        claim,
        quantity: None,
        unit: String::new(),
        source_type: source_type.into(),
        origin: String::new(),
        derived: false,
    };
    let mut input = LedgerInput {
        crossings: [Watched::new("A-B-RAIL", Mode::Rail)].into_iter().collect(),
        statements: vec![statement],
        ..LedgerInput::default()
    };
    vary(&mut input.settings);
    let ledger = Ledger::new(input);
    let (first, last) = (Day(0), Day(2));
    let of = if known_now {
        ledger.as_of(CrossingId(0), last, first, last)
    } else {
        ledger.known_then(CrossingId(0), first, last)
    };
    of[day as usize].running()
}

fn days() -> Vec<Oracle> {
    let stop = ("official_party", Claim::Suspended);
    let seen = ("agency_observation", Claim::Observed);
    let mut all = Vec::new();
    for (id, what, report, known_now, day, expected) in [
        ("stop.then-1", "runs before an official stop, as known then", stop, false, 0, STOP[0]),
        ("stop.then-2", "runs on the day of an official stop, as known then", stop, false, 1, STOP[1]),
        ("stop.then-3", "runs the day after, as known then", stop, false, 2, STOP[2]),
        ("stop.now-1", "runs the day before an official stop, as known now", stop, true, 0, STOP[3]),
        ("stop.now-2", "runs on the day of an official stop, as known now", stop, true, 1, STOP[4]),
        ("seen.then-2", "runs on the day of a sighting, as known then", seen, false, 1, SEEN[1]),
        ("seen.then-3", "runs the day after, as known then", seen, false, 2, SEEN[2]),
        ("seen.now-1", "runs the day before a sighting, as known now", seen, true, 0, SEEN[3]),
    ] {
        all.push(oracle(id, what, expected, 1e-9, (PATHS_SOURCE, "mean days of an open service"), move |f| {
            Ok(three_days(report, known_now, day, |s| s.open_days *= f))
        }));
    }
    all.push(oracle(
        "stop.dated",
        "runs on the day of an official stop",
        STOP[1],
        1e-9,
        (PATHS_SOURCE, "days over which a false date is spread"),
        move |f| Ok(three_days(stop, false, 1, |s| s.onset_days *= f)),
    ));
    all
}

/// Chances 0.9, 0.7 and 0.2 of what was, was not and was not.
fn scores() -> Vec<Oracle> {
    let mean = |score: fn(f64, bool) -> f64, f: f64| {
        Ok([(0.9, true), (0.7, false), (0.2, false)].map(|(p, was)| score(p * f, was)).iter().sum::<f64>() / 3.0)
    };
    let with = (BY_HAND, "chances given");
    vec![
        oracle("score.brier", "Brier score of 0.9, 0.7, 0.2 against 1, 0, 0", 0.18, 1e-12, with, move |f| {
            mean(brier, f)
        }),
        oracle("score.log", "log score of the same, nats", 0.510_825_6, 5e-8, with, move |f| mean(log_score, f)),
    ]
}
