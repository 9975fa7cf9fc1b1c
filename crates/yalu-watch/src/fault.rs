//! Counts that are doubted: found by what other measures and neighbours say of the same period, and never taken for news.

use crate::combine::Residual;
use crate::counts::CrossingId;
use crate::read::Measure;

/// Why a count is doubted. Its value is drawn, and neither judged nor taught to the normal range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Zero, beside another measure that has its usual count.
    ZeroBesideCount,
    /// Ten times, or a tenth of, what is usual: a digit too many or too few.
    Tenfold,
    /// Far out, while all others are where they use to be.
    OutOfStep,
    /// All measures zero: shut, or not reported.
    AllZero,
    /// Fits the neighbour's usual counts, and the neighbour's fit here: exchanged.
    Swapped(CrossingId),
    /// Nothing here, and at the neighbour what both use to have: its counts moved there.
    MovedTo(CrossingId),
}

/// One measure of a crossing in a period, beside what was expected.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seen {
    /// What is counted.
    pub measure: Measure,
    /// The count; not a number where there is no row.
    pub count: f64,
    /// What was expected, in logs.
    pub expected: f64,
    /// Its residual, with the floor of a log of zero.
    pub residual: Residual,
}

/// Faults that one crossing's measures alone show, in their order.
pub fn of_measures(all: &[Seen]) -> Vec<Option<Fault>> {
    let there = |s: &&Seen| s.count.is_finite();
    if all.iter().filter(there).count() > 0 && all.iter().filter(there).all(|s| s.count == 0.0) {
        let due = all.iter().filter(there).any(|s| libm::exp(s.expected) >= 1.0);
        return all.iter().map(|s| (due && s.count == 0.0).then_some(Fault::AllZero)).collect();
    }
    all.iter()
        .enumerate()
        .map(|(i, s)| {
            let others = || all.iter().enumerate().filter(move |(j, o)| *j != i && o.count.is_finite()).map(|(_, o)| o);
            if s.count.is_nan() || others().next().is_none() {
                return None;
            }
            if s.count == 0.0 {
                let beside = others().any(|o| o.count > 0.25 * libm::exp(o.expected));
                return (libm::exp(s.expected) >= 8.0 && beside).then_some(Fault::ZeroBesideCount);
            }
            let Residual { e, s: scale } = s.residual;
            let calm = |o: &Seen| o.residual.e.abs() < (3.0 * o.residual.s).clamp(0.5, 1.0);
            let tenth = (e.abs() - std::f64::consts::LN_10).abs() < (2.5 * scale).clamp(0.35, 0.8);
            if tenth && e.abs() > 4.0 * scale && (e > 0.0 || others().any(calm)) {
                return Some(Fault::Tenfold);
            }
            let alone = e.abs() > 0.6 && s.residual.z().abs() > 6.0;
            (alone && others().all(|o| o.residual.z().abs() < 2.0)).then_some(Fault::OutOfStep)
        })
        .collect()
}

/// Most squared standard deviations that one count can be out by.
const MOST: f64 = 40.0;

/// Misfit of a count against an expectation, in squared standard deviations, no more than [`MOST`].
fn misfit(count: f64, expected: f64, scale: f64) -> f64 {
    let floor = crate::pass::FLOOR;
    let e = if count > 0.0 { (libm::log(count) - expected).max(floor) } else { floor };
    (e / scale).powi(2).min(MOST)
}

/// How far a count is from an expectation in logs, in standard deviations; half a train or box is nothing.
pub(crate) fn apart(count: f64, expected: f64, scale: f64) -> f64 {
    libm::log((count + 0.5) / (libm::exp(expected) + 0.5)) / scale
}

/// How unlikely a count is where another was expected: the log of Student's law of 4 degrees.
fn unlikely(count: f64, expected: f64, scale: f64) -> f64 {
    2.5 * libm::log1p(apart(count, expected, scale).powi(2) / 4.0)
}

/// By how much, in logs, an exchange has to be likelier than counts that are what they say; and how unlikely each measure's
/// two counts may stay.
const SAVED: f64 = 10.0;
const LEFT: f64 = 3.0;

/// What an exchange of the counts of two crossings makes likelier, in logs; none where it would not make them fit, or
/// less than two measures are counted at both.
pub fn swap_saves(here: &[Seen], there: &[Seen]) -> Option<f64> {
    let (mut n, mut as_is, mut swapped) = (0.0, 0.0, 0.0);
    for a in here.iter().filter(|a| a.count.is_finite()) {
        let Some(b) = there.iter().find(|b| b.measure == a.measure && b.count.is_finite()) else {
            continue;
        };
        n += 1.0;
        as_is += unlikely(a.count, a.expected, a.residual.s) + unlikely(b.count, b.expected, b.residual.s);
        swapped += unlikely(b.count, a.expected, a.residual.s) + unlikely(a.count, b.expected, b.residual.s);
    }
    let saved = as_is - swapped;
    (n >= 2.0 && saved > SAVED && swapped < LEFT * n).then_some(saved)
}

/// A neighbour's count of a measure, what it uses to have (zero where it had none) and its scale in logs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Beside {
    /// The count.
    pub count: f64,
    /// What was expected.
    pub expected: f64,
    /// Standard deviation of its residuals.
    pub scale: f64,
}

/// How much better a neighbour's counts fit what both crossings use to have than what it has alone, where nothing is
/// counted here; none where they do not fit. `there` holds the neighbour's counts of the same measures.
pub fn moved_fits(here: &[Seen], there: &[Option<Beside>]) -> Option<f64> {
    let nothing = here.iter().all(|s| s.count.is_nan() || s.count == 0.0);
    if here.is_empty() || !nothing {
        return None;
    }
    let (mut n, mut better) = (0.0, 0.0);
    for (a, b) in here.iter().zip(there) {
        let Some(b) = b.filter(|b| b.count.is_finite()) else {
            continue;
        };
        if b.count <= 0.0 {
            return None;
        }
        let e = libm::log(b.count / (libm::exp(a.expected) + b.expected));
        if e.abs() >= 2.5 * b.scale.max(0.06) {
            return None;
        }
        let own = if b.expected > 0.0 { misfit(b.count, libm::log(b.expected), b.scale) } else { MOST };
        n += 1.0;
        better += own - (e / b.scale).powi(2);
    }
    (n > 0.0 && better / n > 6.0).then_some(better / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{Empty, Loaded, Trains};

    fn seen(measure: Measure, count: f64, expected: f64, s: f64) -> Seen {
        let e = if count > 0.0 { libm::log(count / expected) } else { crate::pass::FLOOR };
        Seen { measure, count, expected: libm::log(expected), residual: Residual { e, s } }
    }

    /// O14.
    #[test]
    fn faults_are_named_by_what_others_say() {
        let zero = [seen(Trains, 0.0, 160.0, 0.1), seen(Loaded, 7600.0, 7700.0, 0.1)];
        assert_eq!(of_measures(&zero), [Some(Fault::ZeroBesideCount), None]);
        let odd =
            [seen(Trains, 628.0, 184.0, 0.1), seen(Loaded, 5550.0, 5811.0, 0.1), seen(Empty, 8684.0, 8803.0, 0.1)];
        assert_eq!(of_measures(&odd), [Some(Fault::OutOfStep), None, None]);
        let all = [seen(Trains, 0.0, 5.0, 0.1), seen(Loaded, 0.0, 505.0, 0.1), seen(Empty, 0.0, 50.0, 0.1)];
        assert_eq!(of_measures(&all), [Some(Fault::AllZero); 3]);
        let digit = [seen(Loaded, 130.0, 1300.0, 0.1), seen(Trains, 30.0, 30.0, 0.1)];
        assert_eq!(of_measures(&digit), [Some(Fault::Tenfold), None]);
        let closure = [seen(Trains, 40.0, 160.0, 0.1), seen(Loaded, 1900.0, 7700.0, 0.1)];
        assert_eq!(of_measures(&closure), [None, None]);
        assert_eq!(of_measures(&[seen(Trains, 0.0, 160.0, 0.1)]), [Some(Fault::AllZero)]);
    }

    #[test]
    fn exchanged_and_moved_counts_are_seen_at_the_neighbour() {
        let here = [seen(Trains, 30.0, 120.0, 0.1), seen(Loaded, 900.0, 5000.0, 0.1)];
        let there = [seen(Trains, 120.0, 30.0, 0.1), seen(Loaded, 5000.0, 900.0, 0.1)];
        assert!(swap_saves(&here, &there).is_some());
        assert_eq!(swap_saves(&here, &[seen(Trains, 31.0, 30.0, 0.1), seen(Loaded, 905.0, 900.0, 0.1)]), None);
        // A loss that went to the neighbour fits neither.
        let gained = [seen(Trains, 120.0, 30.0, 0.1), seen(Loaded, 5000.0, 900.0, 0.1)];
        assert_eq!(swap_saves(&[seen(Trains, 60.0, 150.0, 0.1), seen(Loaded, 900.0, 8000.0, 0.1)], &gained), None);
        let gone = [seen(Trains, f64::NAN, 60.0, 0.1), seen(Loaded, 0.0, 2000.0, 0.1)];
        let beside = |count, expected| Some(Beside { count, expected, scale: 0.1 });
        assert!(moved_fits(&gone, &[beside(160.0, 100.0), beside(6050.0, 4000.0)]).is_some());
        assert!(moved_fits(&gone, &[beside(62.0, 0.0), beside(1950.0, 0.0)]).is_some());
        assert_eq!(moved_fits(&gone, &[beside(101.0, 100.0), beside(4050.0, 4000.0)]), None);
        assert_eq!(moved_fits(&here, &[beside(160.0, 100.0), None]), None);
    }
}
