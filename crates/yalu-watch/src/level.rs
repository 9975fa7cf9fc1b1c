//! The level of a series without its season: cleaned of outliers, smoothed at two speeds.

use crate::period::Step;
use crate::robust::{MAD, median_of};

/// How fast levels follow, by month; a day or week follows so much less that a month of them follows as far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speeds {
    fast: f64,
    slow: f64,
    /// Periods of history that are smoothed.
    pub window: usize,
}

/// Fast and slow smoothing of a month (chosen on origins 2004 to 2016, docs/watch.md).
const FAST: f64 = 0.6;
const SLOW: f64 = 0.2;
/// Share of the fast level where counts are large; the slow one has it where they are small.
pub(crate) const FAST_SHARE: f64 = 0.65;

impl Speeds {
    /// Of a step.
    pub fn of(step: Step) -> Speeds {
        let a = |a: f64| 1.0 - libm::pow(1.0 - a, 1.0 / step.per_month());
        let window = if step == Step::Month { 120 } else { 400 };
        Speeds { fast: a(FAST), slow: a(SLOW), window }
    }
}

/// A level in logs, at both speeds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Level {
    /// The one that follows fast.
    pub fast: f64,
    /// The one that follows slowly.
    pub slow: f64,
    /// The median of five years.
    pub long: f64,
}

impl Level {
    /// Both with a share of the fast one.
    pub fn mixed(self, fast_share: f64) -> f64 {
        fast_share * self.fast + (1.0 - fast_share) * self.slow
    }
}

/// Replaces missing values and lone outliers by a centred median of seven (Hampel 1974); the last value is never one.
pub(crate) fn cleaned(x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut medians = medians_of_seven(x);
    interpolate(&mut medians);
    let sd = (MAD * median_of(x.iter().zip(&medians).map(|(x, m)| (x - m).abs())).unwrap_or(0.0)).max(0.02);
    (0..n)
        .map(|i| {
            let out = (x[i] - medians[i]).abs() > 4.0 * sd && i + 1 < n;
            if x[i].is_nan() || out { medians[i] } else { x[i] }
        })
        .collect()
}

/// Centred medians of seven, of fewer at the ends and beside gaps, of none under two.
fn medians_of_seven(x: &[f64]) -> Vec<f64> {
    // The window's values in order: one comes, one goes, and the others stay where they are.
    let mut near = [0.0f64; 8];
    let mut k = 0;
    let mut come = x.iter().copied();
    let mut take = |near: &mut [f64; 8], k: &mut usize| {
        let Some(v) = come.next().filter(|v| v.is_finite()) else {
            return;
        };
        let mut j = *k;
        while j > 0 && near[j - 1] > v {
            near[j] = near[j - 1];
            j -= 1;
        }
        near[j] = v;
        *k += 1;
    };
    (0..3).for_each(|_| take(&mut near, &mut k));
    (0..x.len())
        .map(|i| {
            take(&mut near, &mut k);
            if i >= 4
                && x[i - 4].is_finite()
                && let Some(j) = near[..k].iter().position(|v| *v == x[i - 4])
            {
                near.copy_within(j + 1..k, j);
                k -= 1;
            }
            if k < 2 { f64::NAN } else { f64::midpoint(near[(k - 1) / 2], near[k / 2]) }
        })
        .collect()
}

/// Fills gaps straight between their ends; those at the ends stay.
fn interpolate(v: &mut [f64]) {
    let mut last: Option<usize> = None;
    for i in 0..v.len() {
        if v[i].is_nan() {
            continue;
        }
        if let Some(a) = last {
            for j in a + 1..i {
                v[j] = v[a] + (v[i] - v[a]) * (j - a) as f64 / (i - a) as f64;
            }
        }
        last = Some(i);
    }
}

impl Speeds {
    /// Errors of the level of each step for the value that came: `cleaned` teaches the level, `values` are met.
    pub fn errors(&self, cleaned: &[f64], values: &[f64]) -> Vec<f64> {
        let Some(first) = cleaned.iter().copied().find(|v| v.is_finite()) else {
            return Vec::new();
        };
        let mut l = Level { fast: first, slow: first, long: first };
        let one = |(c, v): (&f64, &f64)| {
            let e = v - l.mixed(FAST_SHARE);
            if c.is_finite() {
                l.fast += self.fast * (c - l.fast);
                l.slow += self.slow * (c - l.slow);
            }
            e
        };
        cleaned.iter().zip(values).map(one).collect()
    }
}

/// Smooths values at both speeds (simple exponential smoothing; Hyndman and others 2008): both begin at the median of
/// the first six, and a value that is missing changes nothing. Beside them the median of the
/// last `long` values.
pub(crate) fn level(x: &[f64], speeds: &Speeds, long: usize) -> Option<Level> {
    let begin = x.iter().position(|v| v.is_finite())?;
    let start = median_of(x[begin..].iter().take(6).copied())?;
    let long = median_of(x[x.len().saturating_sub(long)..].iter().copied())?;
    let mut l = Level { fast: start, slow: start, long };
    for v in x[begin..].iter().filter(|v| v.is_finite()) {
        l.fast += speeds.fast * (v - l.fast);
        l.slow += speeds.slow * (v - l.slow);
    }
    Some(l)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    /// O1.
    #[test]
    fn a_level_follows_at_two_speeds() {
        let x = [5.0, 5.1, 4.9, 5.2, 5.0, 5.3, 5.1, 4.2, 5.0, 5.2, 5.1, 5.4];
        let speeds = Speeds::of(Step::Month);
        let l = level(&x, &speeds, 60).unwrap();
        near(l.fast, 5.272_334);
        near(l.slow, 5.087_956);
        near(l.mixed(FAST_SHARE), 5.207_802);
        near(level(&x[..8], &speeds, 60).unwrap().fast, 4.575_536);
        assert_eq!(level(&[f64::NAN; 3], &speeds, 60), None);
    }

    /// O5.
    #[test]
    fn a_lone_outlier_is_replaced_and_the_last_value_is_not() {
        let x = [5.0, 5.1, 4.9, 5.0, 3.0, 5.1, 5.0, 4.9, 5.2, 4.0];
        let mut due = x;
        due[4] = 5.0;
        assert_eq!(cleaned(&x), due);
        let gap = [5.0, f64::NAN, f64::NAN, f64::NAN, f64::NAN, f64::NAN, f64::NAN, f64::NAN, 5.0];
        assert!(cleaned(&gap).iter().filter(|v| v.is_nan()).count() > 0);
    }
}
