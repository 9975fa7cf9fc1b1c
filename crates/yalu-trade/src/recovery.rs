//! How a flow that was disturbed came back: what was lost, and when it was whole again.
//!
//! Bruneau and others (2003), Earthquake Spectra 19: loss of resilience `∫ (1 - Q) dt`, Q the share of the normal flow.

use crate::TradeError;
use crate::error::{finite, not_negative};

/// The share of the normal flow at a day; straight in between.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// Day.
    pub day: f64,
    /// Share of the normal flow.
    pub share: f64,
}

/// How a flow came back.
#[derive(Clone, PartialEq, Debug)]
pub struct Recovery {
    /// Days of normal flow lost: where the share lies below 1.
    pub loss_days: f64,
    /// Days of normal flow gained above it.
    pub overshoot_days: f64,
    /// The least share, and the first day of it.
    pub least: Point,
    /// First day from which the share never again falls below 0.90, 0.95, 1; none where it does not.
    pub back_on: [Option<f64>; 3],
}

/// Levels of [`Recovery::back_on`].
pub const LEVELS: [f64; 3] = [0.90, 0.95, 1.0];

/// Recovery from points in order of days. Two points of one day are a jump.
pub fn recovery(points: &[Point]) -> Result<Recovery, TradeError> {
    let first = *points.first().ok_or(TradeError::Empty { what: "point" })?;
    for p in points {
        finite("a day", p.day)?;
        not_negative("a share of the normal flow", p.share)?;
    }
    let mut out = Recovery { loss_days: 0.0, overshoot_days: 0.0, least: first, back_on: [None; 3] };
    for w in points.windows(2) {
        let (a, b) = (w[0], w[1]);
        not_negative("the days between points", b.day - a.day)?;
        let below = area_below(a, b);
        out.loss_days += below;
        out.overshoot_days += below - (1.0 - f64::midpoint(a.share, b.share)) * (b.day - a.day);
        if b.share < out.least.share {
            out.least = b;
        }
    }
    for (back, level) in out.back_on.iter_mut().zip(LEVELS) {
        *back = back_on(points, level);
    }
    Ok(out)
}

/// `∫ (1 - share)+` over a straight piece.
fn area_below(a: Point, b: Point) -> f64 {
    let (x, y, days) = (1.0 - a.share, 1.0 - b.share, b.day - a.day);
    match (x >= 0.0, y >= 0.0) {
        (true, true) => f64::midpoint(x, y) * days,
        (false, false) => 0.0,
        (true, false) => 0.5 * x * days * (x / (x - y)),
        (false, true) => 0.5 * y * days * (y / (y - x)),
    }
}

/// The first day from which the share stays at a level, seen from the end.
fn back_on(points: &[Point], level: f64) -> Option<f64> {
    let last = points.iter().rposition(|p| p.share < level - 1e-12);
    let Some(i) = last else { return points.first().map(|p| p.day) };
    let (a, b) = (points[i], *points.get(i + 1)?);
    Some(a.day + (b.day - a.day) * (level - a.share) / (b.share - a.share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(day: f64, share: f64) -> Point {
        Point { day, share }
    }

    #[test]
    fn a_second_fall_counts_as_not_yet_back() {
        let r = recovery(&[p(0.0, 0.5), p(10.0, 1.0), p(10.0, 0.8), p(30.0, 1.2), p(40.0, 1.2)]).unwrap();
        for (seen, day) in r.back_on.iter().zip([15.0, 17.5, 20.0]) {
            assert!((seen.unwrap() - day).abs() < 1e-9, "{:?}", r.back_on);
        }
        assert_eq!(r.least, p(0.0, 0.5));
        assert!((r.loss_days - (2.5 + 1.0)).abs() < 1e-12 && (r.overshoot_days - (1.0 + 2.0)).abs() < 1e-12);
    }

    #[test]
    fn what_never_came_back_has_no_day() {
        let r = recovery(&[p(0.0, 1.0), p(0.0, 0.2), p(50.0, 0.92)]).unwrap();
        assert!(r.back_on[0].is_some() && r.back_on[1].is_none() && r.back_on[2].is_none());
        assert_eq!(recovery(&[]).unwrap_err().to_string(), "there is no point");
        assert!(recovery(&[p(5.0, 1.0), p(4.0, 1.0)]).is_err());
        assert_eq!(recovery(&[p(3.0, 1.0)]).unwrap().back_on, [Some(3.0); 3]);
    }
}
