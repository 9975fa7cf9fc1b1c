//! Indices of the season: own, pooled over crossings, and shrunk between them.
//!
//! A moving average over a cycle leaves deviations; their Huber mean by place in the cycle, weighted by age, is the own index
//! (classical decomposition, made robust). Crossings share strength: own indices are shrunk toward the mean of all
//! (Bunn and Vassilopoulos 1999, Miller and Williams 2003), as far as noise explains their distance (James and Stein 1961).

use crate::period::{Period, Step};
use crate::robust::{MAD, huber, median_of};

/// Most places that a cycle has.
pub(crate) const PLACES: usize = 12;

/// An index for each place of a cycle.
pub(crate) type Indices = [f64; PLACES];

/// A cycle of the seasons, and how it is estimated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cycle {
    /// Periods of it.
    pub span: usize,
    /// Places in it that have an index.
    pub places: usize,
    /// Periods of history that are used.
    pub window: usize,
    /// Periods of a year.
    pub per_year: usize,
    step: Step,
}

impl Cycle {
    /// The cycles of a step: months of the year, for days also days of the week.
    pub fn of(step: Step) -> Vec<Cycle> {
        let per_year = step.per_year();
        let year = Cycle { span: per_year, places: 12, window: 15 * per_year, per_year, step };
        match step {
            Step::Day => vec![Cycle { span: 7, places: 7, window: 2 * per_year, per_year, step }, year],
            Step::Week | Step::Month => vec![year],
        }
    }
    /// The place of a period in it.
    pub fn place(&self, index: i32) -> usize {
        if self.places == 7 { (index + 3).rem_euclid(7) as usize } else { Period { step: self.step, index }.month() }
    }
}

/// Indices of one series.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Own {
    /// Index by place, of mean zero, in logs.
    pub indices: Indices,
    /// Effective number of values behind an index.
    pub number: f64,
    /// Standard deviation of what they leave.
    pub sd: f64,
}

/// Deviations from a moving average over a cycle, an even one centred by halves at its ends; none where under three
/// quarters of it are there.
fn deviations(z: &[f64], span: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); z.len() + 1];
    for (i, v) in z.iter().enumerate() {
        let (value, one) = if v.is_nan() { (0.0, 0.0) } else { (*v, 1.0) };
        sums[i + 1] = (sums[i].0 + value, sums[i].1 + one);
    }
    let half = span / 2;
    let between = |a: usize, b: usize| (sums[b].0 - sums[a].0, sums[b].1 - sums[a].1);
    (0..z.len())
        .map(|i| {
            if i < half || i + half >= z.len() {
                return f64::NAN;
            }
            let (sum, weight) = if span % 2 == 1 {
                between(i - half, i + half + 1)
            } else {
                let (a, b) = (between(i - half, i + half), between(i - half + 1, i + half + 1));
                (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1))
            };
            if weight >= 0.75 * span as f64 { z[i] - sum / weight } else { f64::NAN }
        })
        .collect()
}

/// Means of deviations by place, as they stood after so many periods.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Means {
    periods: usize,
    /// Mean and effective number of values.
    of: [(f64, f64); PLACES],
}

/// Own indices of logs up to an origin, with the place of each; none under four cycles since the start, or where a third
/// of the last three is missing. `means` are those of the period before, if they are at hand.
pub(crate) fn own(z: &[f64], places: &[u8], cycle: &Cycle, means: &mut Option<Means>) -> Option<Own> {
    let periods = z.len();
    let start = z.iter().position(|v| v.is_finite())?;
    let from = z.len().saturating_sub(cycle.window).max(start);
    let (z, places) = (&z[from..], &places[from..]);
    let recent = z.len().saturating_sub(3 * cycle.span);
    let there = z[recent..].iter().filter(|v| v.is_finite()).count();
    if z.len() < 4 * cycle.span || there < 2 * cycle.span {
        return None;
    }
    let d = deviations(z, cycle.span);
    // By one month more, a deviation comes (and the oldest goes) half a year back, and those of its own month age.
    let n = z.len();
    let before = means.filter(|m| cycle.step == Step::Month && m.periods + 1 == periods);
    let stays =
        |p: usize| before.is_some() && p != places[n - 1] as usize && p != places[n - 1 - cycle.span / 2] as usize;
    let mut of = before.map_or([(0.0, 0.0); PLACES], |m| m.of);
    let (mut values, mut weights) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for (p, mean) in of.iter_mut().enumerate().take(cycle.places).filter(|(p, _)| !stays(*p)) {
        values.clear();
        weights.clear();
        for (i, v) in d.iter().enumerate().filter(|(i, v)| places[*i] as usize == p && v.is_finite()) {
            values.push(*v);
            weights.push(AGE[((n - 1 - i) / cycle.per_year).min(AGE.len() - 1)]);
        }
        *mean = huber(&values, &weights);
    }
    *means = Some(Means { periods, of });
    let mut indices = of.map(|m| m.0);
    let numbers: f64 = of.iter().map(|m| m.1).sum();
    let mean = indices.iter().sum::<f64>() / cycle.places as f64;
    indices[..cycle.places].iter_mut().for_each(|s| *s -= mean);
    let mut left: Vec<f64> =
        d.iter().zip(places).map(|(d, p)| d - indices[*p as usize]).filter(|v| v.is_finite()).collect();
    let middle = median_of(left.iter().copied())?;
    for v in &mut left {
        *v = (*v - middle).abs();
    }
    let sd = MAD * median_of(left)?;
    Some(Own { indices, number: numbers / cycle.places as f64, sd })
}

/// Weight of a year's value by its age: `0.9^age`.
const AGE: [f64; 16] = {
    let mut w = [1.0; 16];
    let mut i = 1;
    while i < 16 {
        w[i] = w[i - 1] * 0.9;
        i += 1;
    }
    w
};

/// Spread between crossings beyond the noise of each, as a weight in the pool.
const BETWEEN: f64 = 0.05;

/// The mean of indices over crossings, each weighted by how well it is known; zero under three.
pub(crate) fn pooled<'a>(all: impl IntoIterator<Item = &'a Own>) -> Indices {
    let mut sum = [0.0; PLACES];
    let (mut weights, mut n) = (0.0, 0);
    for own in all {
        let w = 1.0 / (own.sd * own.sd / own.number.max(1.0) + BETWEEN * BETWEEN);
        for (s, v) in sum.iter_mut().zip(own.indices) {
            *s += w * v;
        }
        weights += w;
        n += 1;
    }
    if n < 3 { [0.0; PLACES] } else { sum.map(|s| s / weights) }
}

/// Own indices drawn toward the pool's by the share of their distance that is noise; the pool's where there are no own.
pub(crate) fn shrunk(own: Option<&Own>, pool: &Indices, places: usize) -> Indices {
    let Some(own) = own else {
        return *pool;
    };
    let noise = own.sd * own.sd / own.number.max(1.0);
    let apart: f64 = own.indices.iter().zip(pool).map(|(s, p)| (s - p).powi(2)).sum::<f64>() / (places as f64 - 1.0);
    let kept = if apart > 0.0 { (1.0 - noise / apart).max(0.0) } else { 0.0 };
    std::array::from_fn(|i| pool[i] + kept * (own.indices[i] - pool[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 6e-6, "{a} is not {b}");
    }

    /// O3.
    #[test]
    fn a_cycle_is_averaged_with_half_ends() {
        let mut y: Vec<f64> = (1..=25).map(f64::from).collect();
        y[12] = 26.0;
        let d = deviations(&y, 12);
        for (item, mean) in [(13, 14.083_333), (12, 13.083_333), (7, 7.541_667)] {
            near(y[item - 1] - d[item - 1], mean);
        }
        assert!(d[5].is_nan() && d[19].is_nan() && d[18].is_finite());
    }

    /// O4.
    #[test]
    fn indices_shrink_as_far_as_noise_explains() {
        let s = [-0.10, -0.12, 0.05, 0.03, 0.0, 0.02, -0.06, 0.0, 0.04, 0.09, 0.05, 0.0];
        let p = [-0.04, -0.08, 0.06, 0.02, 0.01, 0.0, -0.03, 0.0, 0.02, 0.05, 0.01, -0.02];
        let own = Own { indices: s, number: 6.5, sd: 0.05 };
        let due = [
            -0.0765, -0.104_33, 0.053_92, 0.026_08, 0.003_92, 0.012_17, -0.048_25, 0.0, 0.032_17, 0.074_33, 0.034_33,
            -0.007_83,
        ];
        for (a, b) in shrunk(Some(&own), &p, 12).iter().zip(due) {
            near(*a, b);
        }
        assert_eq!(shrunk(Some(&Own { sd: 0.08, ..own }), &p, 12), p);
        assert_eq!(shrunk(None, &p, 12), p);
        assert_eq!(pooled([&own, &own]), [0.0; 12]);
    }
}
