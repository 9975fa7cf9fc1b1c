//! History matching, and a walk over what it leaves.
//!
//! Implausibility of levels in a month: `|z - E f| / √(V_emulator + V_discrepancy)` (Craig and others 1997); levels are
//! ruled out where all but one month's exceed 3. The walk is a Metropolis chain on the emulator; what it visits is run in
//! the model itself before anything is said of it.

use super::emulator::{Emulator, Levels};
use crate::PARAMS;
use yalu_units::StreamKey;

/// Levels are ruled out beyond this.
pub const CUT: f64 = 3.0;
/// Beyond so many standard deviations a month counts in a straight line: one month must not rule all others.
const HUBER: f64 = 2.5;
/// Sweeps over all parameters before levels are kept.
const WARM_UP: usize = 300;
/// Sweeps between levels kept.
const THIN: usize = 10;

/// Months to be met: index of the month in the runs, and log10 reported.
pub type Target = (usize, f64);

/// What a month's miss counts, at so many standard deviations.
pub fn penalty(z: f64) -> f64 {
    let z = z.abs();
    if z < HUBER { z * z } else { HUBER * (2.0 * z - HUBER) }
}

/// A search for levels that meet some months.
pub struct Search<'a> {
    /// Stand-in for the model.
    pub emulator: &'a Emulator,
    /// Months to be met.
    pub targets: &'a [Target],
    /// Standard deviation, log10, of what no parameter explains.
    pub discrepancy: f64,
}

impl Search<'_> {
    fn misses(&self, levels: &Levels) -> impl Iterator<Item = f64> {
        let mut means = vec![0.0; self.emulator.variance.len()];
        self.emulator.mean(levels, &mut means);
        self.targets.iter().map(move |&(i, y)| {
            (y - means[i]) / (self.emulator.variance[i] + self.discrepancy * self.discrepancy).sqrt()
        })
    }

    /// The second largest implausibility of some levels.
    pub fn implausibility(&self, levels: &Levels) -> f64 {
        let mut most = [0.0f64; 2];
        for z in self.misses(levels).map(f64::abs) {
            if z > most[0] {
                most = [z, most[0]];
            } else if z > most[1] {
                most[1] = z;
            }
        }
        if self.targets.len() > 1 { most[1] } else { most[0] }
    }

    /// The share of the prior that is not ruled out, over so many draws.
    pub fn plausible_share(&self, draws: u32, seed: u64) -> f64 {
        let kept = (0..draws).filter(|i| {
            let mut s = StreamKey { seed, replication: *i }.stream(0, 0);
            self.implausibility(&[0; PARAMS].map(|_| s.unit())) <= CUT
        });
        kept.count() as f64 / f64::from(draws.max(1))
    }

    fn log_weight(&self, levels: &Levels) -> f64 {
        -0.5 * self.misses(levels).map(penalty).sum::<f64>()
    }

    /// So many levels, as they are likely given the months.
    pub fn walk(&self, count: usize, seed: u64) -> Vec<Levels> {
        let mut stream = StreamKey { seed, replication: 0 }.stream(1, 0);
        // From the best of some draws.
        let draws = (0..200).map(|_| [0; PARAMS].map(|_| stream.unit()));
        let scored = draws.map(|l| (self.log_weight(&l), l));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
        let (mut weight, mut at) = best.unwrap_or((f64::NEG_INFINITY, [0.5; PARAMS]));
        let mut out = Vec::with_capacity(count);
        for sweep in 0..WARM_UP + THIN * count {
            for j in 0..PARAMS {
                let mut next = at;
                next[j] = reflected(at[j] + (stream.unit() - 0.5) * 0.8);
                let w = self.log_weight(&next);
                if libm::log(stream.unit().max(1e-300)) < w - weight {
                    (weight, at) = (w, next);
                }
            }
            if sweep >= WARM_UP && (sweep - WARM_UP).is_multiple_of(THIN) {
                out.push(at);
            }
        }
        out
    }
}

/// Back into 0 to 1, as from a mirror.
fn reflected(x: f64) -> f64 {
    let x = x.abs() % 2.0;
    if x > 1.0 { 2.0 - x } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two months that see one parameter: the walk must find the normal law that theory gives.
    #[test]
    fn the_walk_has_the_spread_that_theory_gives() {
        let runs: Vec<(Levels, Vec<f64>)> = (0..3000)
            .map(|i| {
                let mut s = StreamKey { seed: 9, replication: i }.stream(0, 0);
                let l = [0; PARAMS].map(|_| s.unit());
                (l, vec![l[0], l[0]])
            })
            .collect();
        let emulator = Emulator::fit(&runs).unwrap();
        let targets = [(0, 0.45), (1, 0.55)];
        let search = Search { emulator: &emulator, targets: &targets, discrepancy: 0.1 };
        let found = search.walk(2000, 5);
        let n = found.len() as f64;
        let mean = found.iter().map(|l| l[0]).sum::<f64>() / n;
        let sd = (found.iter().map(|l| (l[0] - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert!((mean - 0.5).abs() < 0.01 && (sd - 0.1 / 2f64.sqrt()).abs() < 0.01, "{mean} {sd}");
        // The others stay as they were.
        let other = found.iter().map(|l| l[7]).sum::<f64>() / n;
        assert!((other - 0.5).abs() < 0.05, "{other}");
        assert_eq!(search.walk(20, 5), search.walk(20, 5));
        // 0.1 each way at three standard deviations, of which one month may miss.
        assert!(search.implausibility(&[0.5; PARAMS]) < 1.0 && search.implausibility(&[0.0; PARAMS]) > 4.0);
        let share = search.plausible_share(4000, 1);
        assert!((share - 0.7).abs() < 0.05, "{share}");
    }

    #[test]
    fn mirrors_keep_levels_in_their_range() {
        for (x, y) in [(0.3, 0.3), (-0.2, 0.2), (1.3, 0.7), (2.1, 0.1)] {
            assert!((reflected(x) - y).abs() < 1e-12);
        }
        assert!(penalty(1.0) == 1.0 && penalty(10.0) < 100.0);
    }
}
