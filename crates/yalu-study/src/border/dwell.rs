//! Dwell: hours of each step, waiting by reason and work, over trains and over wagons.

use super::seen::{Seen, SeenCut, SeenStep, WaitReason};
use std::collections::BTreeMap;
use yalu_trace::StepKind;
use yalu_units::Instant;

/// Hours over trains, or over wagons: each train counts once, or as often as it has wagons.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Half took longer.
    pub p50: f64,
    /// One in ten took longer.
    pub p90: f64,
}

/// Hours of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepDwell {
    /// The step.
    pub what: StepKind,
    /// The border station that keeps cuts waiting for it; none: inland.
    pub station: Option<usize>,
    /// Cuts that went through it.
    pub cuts: usize,
    /// Their wagons.
    pub wagons: u64,
    /// From ready to end, a train.
    pub train: Spread,
    /// The same, a wagon.
    pub wagon: Spread,
    /// Waiting by reason, mean of trains, as in [`WaitReason::ALL`].
    pub waits_train: [f64; 6],
    /// Waiting by reason, mean of wagons.
    pub waits_wagon: [f64; 6],
    /// At work, mean of trains and of wagons.
    pub work: [f64; 2],
}

/// Dwell of the cuts of a route, loaded or empty, that went through all of the border within the period.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowDwell {
    /// Index of the route.
    pub route: usize,
    /// Whether loaded.
    pub loaded: bool,
    /// Cuts that were done with the border.
    pub cuts: usize,
    /// Their wagons.
    pub wagons: u64,
    /// From the first step at a border station to the end of the last, a train.
    pub train: Spread,
    /// The same, a wagon.
    pub wagon: Spread,
    /// Of this, waiting: mean of trains and of wagons.
    pub waiting: [f64; 2],
    /// By step in the order cuts go through them; inland steps too.
    pub steps: Vec<StepDwell>,
}

/// The spread of hours with weights; zeros without any.
pub(super) fn spread(hours: &mut [(f64, u64)]) -> Spread {
    hours.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: u64 = hours.iter().map(|h| h.1).sum();
    if all == 0 {
        return Spread::default();
    }
    let at = |p: f64| {
        let rank = (p * all as f64).ceil().max(1.0) as u64;
        let mut sum = 0;
        hours
            .iter()
            .find(|h| {
                sum += h.1;
                sum >= rank
            })
            .map_or(0.0, |h| h.0)
    };
    let mean = hours.iter().map(|h| h.0 * h.1 as f64).sum::<f64>() / all as f64;
    Spread { mean, p50: at(0.5), p90: at(0.9) }
}

/// Whether a step is one of the border: at a station, or waiting there to go on.
pub(super) fn at_border(s: &SeenStep) -> bool {
    s.station.is_some()
}

/// When a step that waits for a train ends as far as the border is concerned: over the border with the run, onward
/// with the departure.
pub(super) fn border_end(s: &SeenStep) -> Instant {
    if s.what == StepKind::Onward { s.begin } else { s.end }
}

/// A cut with the steps that are looked at.
type Gone<'a> = (&'a SeenCut, Vec<&'a SeenStep>);

/// Dwell by route and load, of the steps that `keep` keeps.
pub(super) fn dwell(seen: &Seen, until: Instant, keep: impl Fn(&SeenStep) -> bool) -> Vec<FlowDwell> {
    let mut by: BTreeMap<(usize, bool), Vec<Gone>> = BTreeMap::new();
    for cut in &seen.cuts {
        let steps: Vec<&SeenStep> = cut.steps.iter().filter(|s| keep(s) && s.end < until).collect();
        if !steps.is_empty() {
            by.entry((cut.route, !cut.loaded)).or_default().push((cut, steps));
        }
    }
    by.into_iter().map(|((route, empty), cuts)| flow(route, !empty, &cuts)).collect()
}

fn flow(route: usize, loaded: bool, cuts: &[Gone]) -> FlowDwell {
    // Steps in the order cuts go through them: by how many steps come before, on the mean.
    let mut order: BTreeMap<StepKind, (usize, usize)> = BTreeMap::new();
    let mut by: BTreeMap<StepKind, Vec<(&SeenStep, u64)>> = BTreeMap::new();
    let (mut train, mut wagon, mut waits) = (Vec::new(), Vec::new(), [0.0, 0.0]);
    for (cut, steps) in cuts {
        let wagons = u64::from(cut.wagons);
        for (i, s) in steps.iter().enumerate() {
            let o = order.entry(s.what).or_default();
            (o.0, o.1) = (o.0 + i, o.1 + 1);
            by.entry(s.what).or_default().push((s, wagons));
        }
        if !cut.done {
            continue;
        }
        let own = || steps.iter().filter(|s| at_border(s));
        let (Some(from), Some(to)) = (own().map(|s| s.ready).min(), own().map(|s| border_end(s)).max()) else {
            continue;
        };
        let hours = (to - from).as_hours();
        let waited: f64 = own().map(|s| (s.begin - s.ready).as_hours()).sum();
        train.push((hours, 1));
        wagon.push((hours, wagons));
        waits = [waits[0] + waited, waits[1] + waited * wagons as f64];
    }
    let done = train.len();
    let all: u64 = wagon.iter().map(|w| w.1).sum();
    let mut steps: Vec<((f64, StepKind), StepDwell)> = by
        .into_iter()
        .map(|(what, v)| {
            let place = order.get(&what).map_or(0.0, |o| o.0 as f64 / o.1.max(1) as f64);
            ((place, what), step(what, &v))
        })
        .collect();
    steps.sort_by(|a, b| a.0.0.total_cmp(&b.0.0).then(a.0.1.cmp(&b.0.1)));
    FlowDwell {
        route,
        loaded,
        cuts: done,
        wagons: all,
        train: spread(&mut train),
        wagon: spread(&mut wagon),
        waiting: [waits[0] / done.max(1) as f64, waits[1] / all.max(1) as f64],
        steps: steps.into_iter().map(|s| s.1).collect(),
    }
}

fn step(what: StepKind, v: &[(&SeenStep, u64)]) -> StepDwell {
    let wagons: u64 = v.iter().map(|x| x.1).sum();
    let hours = |s: &SeenStep| (s.end - s.ready).as_hours();
    let mut train: Vec<(f64, u64)> = v.iter().map(|(s, _)| (hours(s), 1)).collect();
    let mut wagon: Vec<(f64, u64)> = v.iter().map(|(s, w)| (hours(s), *w)).collect();
    let mean = |of: &dyn Fn(&SeenStep) -> f64, weighed: bool| -> f64 {
        let weight = |w: u64| if weighed { w as f64 } else { 1.0 };
        let all: f64 = v.iter().map(|x| weight(x.1)).sum();
        v.iter().map(|(s, w)| of(s) * weight(*w)).sum::<f64>() / all.max(1.0)
    };
    let wait = |reason: WaitReason, weighed| mean(&|s| s.waits.0[reason as usize].as_hours(), weighed);
    let work = |s: &SeenStep| (s.end - s.begin).as_hours();
    StepDwell {
        what,
        station: v.first().and_then(|x| x.0.station),
        cuts: v.len(),
        wagons,
        train: spread(&mut train),
        wagon: spread(&mut wagon),
        waits_train: WaitReason::ALL.map(|r| wait(r, false)),
        waits_wagon: WaitReason::ALL.map(|r| wait(r, true)),
        work: [mean(&work, false), mean(&work, true)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_train_counts_once_as_a_train_and_by_its_wagons() {
        let mut trains = [(10.0, 1), (20.0, 1)];
        assert_eq!(spread(&mut trains), Spread { mean: 15.0, p50: 10.0, p90: 20.0 });
        // One wagon in the quick train, nine in the slow: by wagon the mean is 19 h.
        let mut wagons = [(20.0, 9), (10.0, 1)];
        assert_eq!(spread(&mut wagons), Spread { mean: 19.0, p50: 20.0, p90: 20.0 });
        assert_eq!(spread(&mut []), Spread::default());
    }
}
