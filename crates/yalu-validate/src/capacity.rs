//! Line capacity in closed form.

use crate::{Observed, Oracle, Tolerance};
use yalu_capacity::{
    CapacityError, Crossing, CrossingStation, DAY_S, ParallelDiagram, RunMs, RunTimes, SchemeCycle, SingleTrackLine,
    SingleTrackSection, StationIntervals, alternating, compress, meets_per_train, non_parallel_pairs_rounded,
    non_parallel_trains_rounded, occupancy_time_rate, parallel_rounded, platoon_cycle_s, schemes, scott_trains_per_day,
    smallest,
};

const LAYER: &str = "Line capacity";
const MIN: f64 = 60.0;

const CLOSED: &str = "closed form, worked out by hand";
const SCHEMES: &str = "Chinese rules for the capacity of sections (平行运行图, tikuw.cn), worked out independently";
const MAX_PLUS: &str = "computed independently by a periodic max-plus recursion";
const SCOTT: &str = "calculators of Scott's formula (Indian railways), two published cases";
const SCOTT_OWN: &str = "Scott's formula (Indian railways), worked out independently";
const ROUNDING: &str = "Chinese rules for the capacity of sections: rounding (79.3 and 79.6 are their examples)";

const RUNNING: &str = "running time";
const PER_DAY: &str = "trains a day before rounding";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = platoons();
    all.extend(limiting_section());
    all.extend(patterns());
    all.push(oracle(
        "meets",
        "10 a day each way, 5 h: meets of a train".into(),
        ("", 25.0 / 6.0),
        CLOSED,
        RUNNING,
        |f| Ok(meets_per_train(10.0, 5.0 * 3600.0 * f, 5.0 * 3600.0 * f)?),
    ));
    all.extend(scott());
    all.extend(rounding());
    all
}

/// Closed forms are met to the last bits.
fn oracle(
    id: &str,
    what: String,
    (unit, expected): (&'static str, f64),
    source: &'static str,
    constant: &'static str,
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("capacity.{id}"),
        layer: LAYER,
        what,
        unit,
        expected,
        tolerance: Tolerance::Relative(1e-12),
        source,
        constant,
        observe: Box::new(observe),
    }
}

/// 20 min each way, 2 min at each end, a headway of 8 min: platoons of 1, 2 and 3.
fn platoons() -> Vec<Oracle> {
    let each = [(1, 44.0), (2, 60.0), (3, 76.0)].map(|(k, cycle_min)| {
        let trains = 2.0 * k as f64;
        let expected = ("trains/day", trains * 1440.0 / cycle_min);
        oracle(
            &format!("platoon.{k}"),
            format!("20/20 min, τ 2, platoons of {k}"),
            expected,
            CLOSED,
            RUNNING,
            move |f| {
                let cycle_s = platoon_cycle_s((40.0 * f + 4.0) * MIN, k, 8.0 * MIN, 8.0 * MIN)?;
                let day =
                    ParallelDiagram { cycle_s, units_per_cycle: trains, fixed_s_per_day: 0.0, effective_share: 1.0 };
                Ok(day.per_day()?)
            },
        )
    });
    each.into()
}

/// 16 and 17 min, start 2 and stop 1, non-simultaneous arrival 4 and meeting 2: the four ways of clearing it.
fn four_ways(factor: f64) -> Result<[SchemeCycle; 4], CapacityError> {
    let run = |m: f64| RunTimes { pass_pass_s: m * MIN * factor, start_add_s: 2.0 * MIN, stop_add_s: MIN };
    let ends = StationIntervals { non_simultaneous_s: 4.0 * MIN, meeting_s: 2.0 * MIN };
    schemes(&run(16.0), &run(17.0), &ends, &ends)
}

fn limiting_section() -> Vec<Oracle> {
    let ways = ["entering trains pass", "leaving trains pass", "trains out pass", "trains back pass"];
    let mut all: Vec<Oracle> = Vec::new();
    for (i, (way, minutes)) in ways.into_iter().zip([43.0, 41.0, 42.0, 42.0]).enumerate() {
        let (id, what) = (format!("scheme.{}", way.replace(' ', "-")), format!("16/17 min, {way}: cycle"));
        all.push(oracle(&id, what, ("min", minutes), SCHEMES, RUNNING, move |f| Ok(four_ways(f)?[i].cycle_s / MIN)));
    }
    for (id, what, fixed_min, effective_share, pairs) in [
        ("scheme.pairs", "the smallest cycle, whole day", 0.0, 1.0, 35.1),
        ("scheme.pairs-with-possession", "the same, 90 min of possession, d 0.9", 90.0, 0.9, 29.6),
    ] {
        all.push(oracle(id, what.into(), ("pairs/day", pairs), SCHEMES, RUNNING, move |f| {
            let (cycle_s, fixed_s_per_day) = (smallest(&four_ways(f)?).cycle_s, fixed_min * MIN);
            let day = ParallelDiagram { cycle_s, units_per_cycle: 1.0, fixed_s_per_day, effective_share };
            Ok(parallel_rounded(day.per_day()?))
        }));
    }
    all
}

/// Sections of 20, 30 and 25 min, 2 min at each station, by what happens at the two inner ones.
fn cycle_s(crossings: [Crossing; 2], factor: f64) -> Result<f64, CapacityError> {
    let station = CrossingStation { can_cross: true, meeting_ms: 120_000, non_simultaneous_ms: 120_000 };
    let section = |minutes: f64| {
        let run = RunMs { pass_pass: (minutes * 60_000.0 * factor).round() as i64, start_add: 0, stop_add: 0 };
        SingleTrackSection { out: run, back: run, headway_out_ms: 480_000, headway_back_ms: 480_000 }
    };
    let sections = [20.0, 30.0, 25.0].map(section).to_vec();
    let line = SingleTrackLine { stations: vec![station; sections.len() + 1], sections };
    Ok(compress(&line, &alternating(&crossings))?.cycle_s)
}

fn patterns() -> Vec<Oracle> {
    use Crossing::{BothStand, None};
    let mut all: Vec<Oracle> = [
        ("staggered", "crossing at both stations", [BothStand, BothStand], 64.0),
        ("at-second", "crossing at the second alone", [None, BothStand], 104.0),
        ("at-first", "crossing at the first alone", [BothStand, None], 114.0),
        ("nowhere", "crossing nowhere", [None, None], 154.0),
    ]
    .map(|(id, what, crossings, minutes)| {
        let what = format!("20/30/25 min, {what}: cycle");
        oracle(&format!("pattern.{id}"), what, ("min", minutes), MAX_PLUS, RUNNING, move |f| {
            Ok(cycle_s(crossings, f)? / MIN)
        })
    })
    .into();
    let (what, expected) = ("16 pairs a day of the first: occupancy", 16.0 * 64.0 / 14.4);
    all.push(oracle("pattern.occupancy", what.into(), ("%", expected), MAX_PLUS, RUNNING, |f| {
        Ok(100.0 * occupancy_time_rate(16.0 * cycle_s([BothStand, BothStand], f)?, DAY_S)?)
    }));
    all
}

/// Slowest run and block operation, min; efficiency; trains a day.
fn scott() -> Vec<Oracle> {
    let cases = [
        (10.0, 2.0, 0.9, 108.0, SCOTT),
        (20.0, 100.0, 0.75, 9.0, SCOTT),
        (20.0, 5.0, 0.7, 40.32, SCOTT_OWN),
        (24.0, 4.0, 0.7, 36.0, SCOTT_OWN),
    ];
    let each = cases.map(|(run, operation, efficiency, trains, source)| {
        let (id, what) =
            (format!("scott.{run}-{operation}"), format!("Scott, {run} and {operation} min, E {efficiency}"));
        oracle(&id, what, ("trains/day", trains), source, RUNNING, move |f| {
            Ok(scott_trains_per_day(run * MIN * f, operation * MIN, efficiency)?)
        })
    });
    each.into()
}

fn rounding() -> Vec<Oracle> {
    type Case = (&'static str, &'static str, f64, f64, fn(f64) -> f64);
    let cases: [Case; 4] = [
        ("trains-79.3", "non-parallel trains, 79.3", 79.3, 79.0, non_parallel_trains_rounded),
        ("trains-79.6", "non-parallel trains, 79.6", 79.6, 79.0, non_parallel_trains_rounded),
        ("pairs-35.3", "non-parallel pairs, 35.3", 35.3, 35.0, non_parallel_pairs_rounded),
        ("pairs-35.7", "non-parallel pairs, 35.7", 35.7, 35.5, non_parallel_pairs_rounded),
    ];
    let each = cases.map(|(id, what, exact, rounded, round)| {
        let what = format!("{what} rounded");
        oracle(&format!("rounding.{id}"), what, ("", rounded), ROUNDING, PER_DAY, move |f| Ok(round(exact * f)))
    });
    each.into()
}
