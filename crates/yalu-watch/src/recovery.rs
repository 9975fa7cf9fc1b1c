//! How crossings came back after falls and closures: the reference class, and the path to expect of one more.

use crate::combine::gls;
use crate::counts::{Counts, CrossingId};
use crate::event::{Event, Kind, change_since};
use crate::pass::Pass;
use crate::robust::lower_quantile;
use std::fmt::Write as _;
use yalu_score::Interval;
use yalu_units::Idx;

/// Periods after an event that a path shows.
pub const PATH: usize = 6;
/// Fewest paths that make a band.
const FEWEST: usize = 10;
/// Within so many standard deviations of the level before, a crossing is back.
const BACK: f64 = 1.3;

/// How one crossing came back.
#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// Where.
    pub crossing: CrossingId,
    /// First and last period of the event.
    pub span: (usize, usize),
    /// Change of all measures together against what was known before the event, in logs, by periods after it.
    pub changes: [Option<f64>; PATH],
    /// Standard deviation of such a change.
    pub sd: f64,
    /// What was made up in the three periods after, over what was lost, with its standard deviation.
    pub made_up: Option<(f64, f64)>,
}

impl Path {
    /// The first period after the event in which the crossing was back.
    pub fn back_after(&self) -> Option<usize> {
        self.changes.iter().position(|c| c.is_some_and(|c| c > -BACK * self.sd)).map(|p| p + 1)
    }
}

/// Paths of all falls and closures that ended with a period known after.
pub fn paths(pass: &Pass, events: &[Event]) -> Vec<Path> {
    events
        .iter()
        .filter(|e| matches!(e.kind, Kind::Closure | Kind::Fall) && !e.ongoing && e.from > 0)
        .filter_map(|e| {
            let site = &pass.sites[e.crossing.index()];
            let before = e.from - 1;
            let scales: Vec<f64> = site
                .lines
                .iter()
                .map(|i| &pass.lines[*i])
                .filter(|l| l.active[before])
                .map(|l| l.scale[before])
                .collect();
            let changes: [Option<f64>; PATH] = std::array::from_fn(|j| {
                let t = e.to + 1 + j;
                if t < pass.done { change_since(pass, site, before, t) } else { None }
            });
            let made_up = e.after.iter().zip(&e.gains).filter(|(a, l)| a.measure == l.measure && l.value() < 0.0);
            let made_up: Vec<(f64, f64)> = made_up.map(|(a, l)| (a.value() / -l.value(), a.sd / -l.value())).collect();
            let n = made_up.len() as f64;
            let mean = made_up.iter().fold((0.0, 0.0), |s, m| (s.0 + m.0 / n, s.1 + m.1 / n));
            (!scales.is_empty()).then(|| Path {
                crossing: e.crossing,
                span: (e.from, e.to),
                changes,
                sd: gls(&scales).1,
                made_up: (n > 0.0).then_some(mean),
            })
        })
        .collect()
}

/// The 90 % band of the change so many periods after an event, for a crossing with a standard deviation, from the paths
/// of others; none of under ten.
pub fn band(others: &[&Path], after: usize, sd: f64) -> Option<Interval> {
    let mut relative: Vec<f64> = others.iter().filter_map(|p| Some(p.changes[after - 1]? / p.sd)).collect();
    relative.sort_by(f64::total_cmp);
    let n = relative.len() as f64;
    // Order statistics of one more than there are: a new one lies as likely in each gap.
    let at = |p: f64| lower_quantile(&relative, (p * (n + 1.0) / n).min(1.0));
    let low = lower_quantile(&relative, (0.05 * (n + 1.0)).floor().max(1.0) / n)?;
    (relative.len() >= FEWEST).then_some(Interval { low: low * sd, high: at(0.95)? * sd })
}

/// What paths of a class show together.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Class {
    /// Paths.
    pub paths: usize,
    /// Share back by the first, second and third period after, of those known so long.
    pub back: [f64; 3],
    /// Mean share made up with its standard error, and the spread between events (`DerSimonian` and Laird 1986).
    pub made_up: Option<(f64, f64, f64)>,
    /// Share of paths, by period after, in the band of all other crossings' paths.
    pub held: [f64; PATH],
}

/// Sums up a class; bands are checked on one crossing left out at a time.
pub fn class(all: &[Path]) -> Class {
    let back = std::array::from_fn(|k| {
        let known: Vec<&Path> = all.iter().filter(|p| p.changes[k].is_some()).collect();
        let back = known.iter().filter(|p| p.back_after().is_some_and(|b| b <= k + 1)).count();
        back as f64 / known.len().max(1) as f64
    });
    let held = std::array::from_fn(|k| {
        let (mut n, mut inside) = (0.0, 0.0);
        for p in all {
            let others: Vec<&Path> = all.iter().filter(|o| o.crossing != p.crossing).collect();
            if let (Some(c), Some(b)) = (p.changes[k], band(&others, k + 1, p.sd)) {
                n += 1.0;
                inside += f64::from(u8::from(b.holds(c)));
            }
        }
        inside / f64::max(n, 1.0)
    });
    let effects: Vec<(f64, f64)> = all.iter().filter_map(|p| p.made_up).filter(|m| m.1 > 0.0).collect();
    Class { paths: all.len(), back, made_up: random_effects(&effects), held }
}

/// The mean of effects with their standard deviations, its standard error, and the spread between them.
fn random_effects(all: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    let n = all.len() as f64;
    let sums = |tau2: f64| {
        all.iter().fold((0.0, 0.0, 0.0), |s, (x, sd)| {
            let w = 1.0 / (sd * sd + tau2);
            (s.0 + w, s.1 + w * x, s.2 + w * w)
        })
    };
    let (w, wx, ww) = sums(0.0);
    let mean = wx / w;
    let q: f64 = all.iter().map(|(x, sd)| ((x - mean) / sd).powi(2)).sum();
    let tau2 = ((q - (n - 1.0)) / (w - ww / w)).max(0.0);
    let (w, wx, _) = sums(if tau2.is_finite() { tau2 } else { 0.0 });
    (all.len() > 1).then(|| (wx / w, (1.0 / w).sqrt(), tau2.sqrt()))
}

/// A cell of CSV, in quotes where it holds what parts cells.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The reference class as a table of durations and recoveries, one row an event: what belief and contingency read.
pub fn reference_class(counts: &Counts, paths: &[Path], cause: &dyn Fn(&Path) -> Option<String>) -> String {
    let mut out = String::from("crossing,start,end,kind,cause,back_after,made_up_share,made_up_sd\n");
    for p in paths {
        let name = quoted(&counts.crossings[p.crossing].name);
        let (from, to) = (counts.period(p.span.0), counts.period(p.span.1));
        let back = p.back_after().map(|b| b.to_string()).unwrap_or_default();
        let made = p.made_up.map_or_else(|| ",".into(), |(m, s)| format!("{m:.2},{s:.2}"));
        let cause = quoted(&cause(p).unwrap_or_default());
        let _ = writeln!(out, "{name},{},{},rail border crossing,{cause},{back},{made}", from.data(), to.data());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_that_differ_widen_the_mean() {
        let (mean, error, tau) = random_effects(&[(0.1, 0.2), (0.1, 0.2), (0.1, 0.2)]).unwrap();
        assert!((mean - 0.1).abs() < 1e-12 && (error - 0.2 / 3f64.sqrt()).abs() < 1e-12 && tau == 0.0);
        let (mean, _, tau) = random_effects(&[(-1.0, 0.1), (1.0, 0.1)]).unwrap();
        assert!(mean.abs() < 1e-12 && (tau * tau - (200.0 - 1.0) / 100.0).abs() < 1e-9, "{tau}");
        assert_eq!(random_effects(&[(1.0, 1.0)]), None);
    }

    #[test]
    fn a_cause_with_a_comma_stays_one_cell() {
        assert_eq!(
            ["flood", "flood, then ice", "a \"trial\""].map(quoted),
            ["flood", "\"flood, then ice\"", "\"a \"\"trial\"\"\""]
        );
    }

    #[test]
    fn a_band_wants_ten_paths() {
        let path =
            |c: f64| Path { crossing: CrossingId(0), span: (1, 1), changes: [Some(c); PATH], sd: 1.0, made_up: None };
        let all: Vec<Path> = (0..20).map(|i| path(f64::from(i))).collect();
        let refs: Vec<&Path> = all.iter().collect();
        assert_eq!(band(&refs, 1, 2.0), Some(Interval { low: 0.0, high: 38.0 }));
        assert_eq!(band(&refs[..9], 1, 1.0), None);
        assert_eq!(path(-1.0).back_after(), Some(1));
    }
}
