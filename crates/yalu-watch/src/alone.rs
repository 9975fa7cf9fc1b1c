//! One series by itself: what was to be expected of some periods by those around them, without a walk of all crossings.
//!
//! For counts that are looked at only beside an event: trucks of the same place and of its neighbours, values by chapter.

use crate::gain::{Gain, gain};
use crate::level::{FAST_SHARE, Speeds, cleaned, level};
use crate::pass::Pass;
use crate::read::Measure;
use crate::robust::spread;
use crate::season::{PLACES, own, shrunk};

/// Periods before an event that a level needs.
const LEAST: usize = 12;

impl Pass {
    /// The gain of a series over periods `from..=to`, by what is known after period `known`; none where a count of them is
    /// missing or too little was before.
    pub(crate) fn alone(
        &self,
        measure: Measure,
        counts: &[f64],
        (from, to): (usize, usize),
        known: usize,
    ) -> Option<Gain> {
        let known = known.min(counts.len().checked_sub(1)?);
        if to > known || counts.get(from..=to)?.iter().any(|y| y.is_nan()) {
            return None;
        }
        let z: Vec<f64> = counts[..=known]
            .iter()
            .enumerate()
            .map(|(t, y)| if *y > 0.0 && !(from..=to).contains(&t) { libm::log(*y) } else { f64::NAN })
            .collect();
        let mut season = vec![0.0; known + 1];
        for (cycle, places) in self.cycles().iter().zip(self.places()) {
            let rest: Vec<f64> = z.iter().zip(&season).map(|(z, s)| z - s).collect();
            let indices =
                shrunk(own(&rest, &places[..=known], cycle, &mut None).as_ref(), &[0.0; PLACES], cycle.places);
            season.iter_mut().zip(places).for_each(|(s, p)| *s += indices[*p as usize]);
        }
        let x: Vec<f64> = z.iter().zip(&season).map(|(z, s)| z - s).collect();
        let speeds = Speeds::of(self.step_length());
        let year = self.step_length().per_year();
        let start = from.saturating_sub(speeds.window);
        let part = cleaned(&x[start..from]);
        if part.iter().filter(|v| v.is_finite()).count() < LEAST {
            return None;
        }
        let before = level(&part, &speeds, 5 * year)?.mixed(FAST_SHARE);
        let errors = speeds.errors(&part, &x[start..from]);
        let scale = spread(errors[errors.len().saturating_sub(36)..].iter().copied())?.max(0.02);
        let after = x[to + 1..].iter().copied().take(crate::pass::LATER[1]);
        let at = crate::pass::between(before, after, known - to);
        let periods: Vec<(f64, f64, f64)> =
            (from..=to).map(|t| (counts[t], libm::exp(at + season[t]), scale)).collect();
        Some(gain(measure, &periods, (-2.5, 1.9)))
    }
}
