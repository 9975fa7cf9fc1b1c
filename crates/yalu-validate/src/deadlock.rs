//! Meets on a single track: states counted, and what the look-ahead makes of each.

use crate::exhaustive::{LOOP_M, Line, TRAIN_M};
use crate::{Observed, Oracle, Tolerance, Unobserved};

const LAYER: &str = "Safe look-ahead";
const SOURCE: &str = "computed independently: two separately written enumerators agree on every number";
const BACKWARD: &str = "exhaustive search of the same moves, backward from the end";
/// Numbers of things have no hundredth: they change by one. Where no state is unsafe, a train more makes none; a block
/// more does.
const TRAINS: &str = "trains from each end: a hundredth more is one more, a hundredth less one less";
const BLOCK: &str = "block at the far end: a hundredth more begins another, a hundredth less leaves room for no train";
const FIT: &str = "fit of trains in loop tracks: a hundredth longer trains, or a hundredth shorter tracks";
const TRACKS: &str = "tracks in a loop: a hundredth more begins another, a hundredth less takes one away";

/// A line: tracks by place, trains each way, and its states: reachable, safe, unsafe, dead.
type Case = (&'static str, &'static [usize], usize, [usize; 4]);

const CASES: [Case; 7] = [
    ("1", &[1], 1, [8, 8, 0, 0]),
    ("1-2-1", &[1, 2, 1], 1, [23, 23, 0, 0]),
    ("1-2-1", &[1, 2, 1], 2, [122, 117, 5, 5]),
    ("1-2-1", &[1, 2, 1], 3, [327, 305, 22, 16]),
    ("1-2-1-2-1", &[1, 2, 1, 2, 1], 2, [471, 452, 19, 10]),
    ("1-2-1-2-1", &[1, 2, 1, 2, 1], 3, [1994, 1794, 200, 34]),
    ("1-2-1-2-1-2-1", &[1, 2, 1, 2, 1, 2, 1], 3, [9124, 8248, 876, 54]),
];

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all: Vec<Oracle> = CASES.iter().flat_map(counts).collect();
    all.push(judged("refused", "safe states refused, all seven lines", FIT, refused));
    all.push(judged("misjudged", "states judged wrong either way, all seven lines", TRACKS, misjudged));
    all
}

fn counts(&(name, tracks, each_way, expected): &Case) -> Vec<Oracle> {
    let expected_unsafe = expected[2];
    let kinds = ["reachable", "safe", "unsafe", "dead"];
    let oracles = kinds.into_iter().zip(expected).map(|(kind, expected)| Oracle {
        id: format!("states.{name}.{each_way}+{each_way}.{kind}"),
        layer: LAYER,
        what: format!("tracks {name}, {each_way} + {each_way} trains: {kind} states"),
        unit: "",
        expected: expected as f64,
        tolerance: Tolerance::Absolute(0.0),
        source: SOURCE,
        constant: if expected_unsafe > 0 { TRAINS } else { BLOCK },
        observe: Box::new(move |f| {
            let line = if expected_unsafe > 0 {
                Line::new(tracks, changed(each_way, f))
            } else {
                Line::new(&with_end(tracks, f), each_way)
            };
            let states = line.states();
            let safe = |held: bool| -> Result<usize, Unobserved> {
                let all = states.held_safe(&line.window, &line.runners)?;
                Ok(all.into_iter().filter(|s| *s == held).count())
            };
            let seen = match kind {
                "reachable" => states.count(),
                "dead" => states.dead(),
                kind => safe(kind == "safe")?,
            };
            Ok(seen as f64)
        }),
    });
    oracles.collect()
}

/// The line with a part of a block more or less at its end.
fn with_end(tracks: &[usize], factor: f64) -> Vec<usize> {
    let mut out = tracks.to_vec();
    if factor > 1.0 {
        out.push(1);
    } else if let (true, Some(end)) = (factor < 1.0, out.last_mut()) {
        *end = 0;
    }
    out
}

/// A number of things of which a part counts as one more, or is one less.
fn changed(n: usize, factor: f64) -> usize {
    let n = n as f64 * factor;
    if factor > 1.0 { n.ceil() as usize } else { n.floor() as usize }
}

fn judged(id: &str, what: &str, constant: &'static str, wrong: fn(&Line, f64) -> Result<usize, Unobserved>) -> Oracle {
    Oracle {
        id: format!("states.{id}"),
        layer: LAYER,
        what: what.into(),
        unit: "",
        expected: 0.0,
        tolerance: Tolerance::Absolute(0.0),
        source: BACKWARD,
        constant,
        observe: Box::new(move |f| -> Observed {
            let mut all = 0;
            for (_, tracks, each_way, _) in CASES {
                all += wrong(&Line::new(tracks, each_way), f)?;
            }
            Ok(all as f64)
        }),
    }
}

/// Safe states that the look-ahead refuses where it takes trains for longer, or loops for shorter, than they are.
fn refused(line: &Line, factor: f64) -> Result<usize, Unobserved> {
    let states = line.states();
    let (mut window, mut runners) = (line.window.clone(), line.runners.clone());
    let metres = |m: u32, factor: f64| (f64::from(m) * factor) as u32;
    for track in window.places.iter_mut().filter(|p| p.len() > 1).flatten() {
        *track = metres(LOOP_M, factor.min(1.0));
    }
    for runner in &mut runners {
        runner.length_m = metres(TRAIN_M, factor.max(1.0));
    }
    let held = states.held_safe(&window, &runners)?;
    Ok(states.can_leave().into_iter().zip(held).filter(|(safe, held)| *safe && !held).count())
}

/// States that it misjudges where it takes loops for wider or narrower than they are.
fn misjudged(line: &Line, factor: f64) -> Result<usize, Unobserved> {
    let states = line.states();
    let mut window = line.window.clone();
    for place in window.places.iter_mut().filter(|p| p.len() > 1) {
        place.resize(changed(place.len(), factor), LOOP_M);
    }
    let held = states.held_safe(&window, &line.runners)?;
    Ok(states.can_leave().into_iter().zip(held).filter(|(safe, held)| safe != held).count())
}
