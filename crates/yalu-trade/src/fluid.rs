//! Backlog of a closure as a fluid: what arrives, what goes, what stands.
//!
//! Rates are straight lines between given days, so the backlog is exact: pieces of parabolas, cut where it empties or
//! fills its storage. A unit is what the rates count: wagons, tonnes, dollars. (Newell, Applications of Queueing Theory,
//! 1982, chapter 2.)

use crate::TradeError;
use crate::error::{above_zero, not_negative, share};

/// Some days in which rates run straight from a first to a last value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// How many days.
    pub days: f64,
    /// Units a day that arrive, at its begin and end.
    pub arrivals: (f64, f64),
    /// Units a day that can go, at its begin and end.
    pub capacity: (f64, f64),
}

/// The backlog at a day on which its course changes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Knot {
    /// Day.
    pub day: f64,
    /// Units that stand.
    pub backlog: f64,
}

/// What came of the stretches.
#[derive(Clone, PartialEq, Debug)]
pub struct Backlog {
    /// Days on which the course of the backlog changes, the first and the last among them.
    pub knots: Vec<Knot>,
    /// Most that stood, and the first day it did.
    pub peak: Knot,
    /// First day on which storage was full, if it was.
    pub full_on: Option<f64>,
    /// First day after the peak on which nothing stood, if there was one.
    pub clear_on: Option<f64>,
    /// Units turned away at full storage.
    pub lost: f64,
    /// Units that went.
    pub served: f64,
    /// Unit-days of waiting.
    pub delay: f64,
}

/// The backlog over stretches, from nothing. With a storage, what arrives beyond it is lost.
pub fn backlog(stretches: &[Stretch], storage: Option<f64>) -> Result<Backlog, TradeError> {
    if let Some(k) = storage {
        not_negative("the storage", k)?;
    }
    let most = storage.unwrap_or(f64::INFINITY);
    let mut at = Knot { day: 0.0, backlog: 0.0 };
    let mut out =
        Backlog { knots: vec![at], peak: at, full_on: None, clear_on: None, lost: 0.0, served: 0.0, delay: 0.0 };
    for s in stretches {
        not_negative("the days of a stretch", s.days)?;
        for rate in [s.arrivals.0, s.arrivals.1, s.capacity.0, s.capacity.1] {
            not_negative("a rate", rate)?;
        }
        if s.days > 0.0 {
            at = over(s, at, most, &mut out);
        }
    }
    Ok(out)
}

/// A straight rate: its value at a time of the stretch, and its integral to there.
#[derive(Clone, Copy)]
struct Rate {
    first: f64,
    slope: f64,
}

impl Rate {
    fn new((first, last): (f64, f64), days: f64) -> Self {
        Self { first, slope: (last - first) / days }
    }
    fn at(self, t: f64) -> f64 {
        self.first + self.slope * t
    }
    fn sum(self, from: f64, to: f64) -> f64 {
        self.first * (to - from) + 0.5 * self.slope * (to * to - from * from)
    }
    /// The first time after `from`, before `to`, at which the integral from there comes to a value.
    fn reaches(self, value: f64, from: f64, to: f64) -> Option<f64> {
        roots(0.5 * self.slope, self.at(from), -value).into_iter().map(|t| from + t).find(|t| *t > from && *t < to)
    }
}

/// Goes over one stretch, changing course where the backlog empties, fills, or leaves either.
fn over(s: &Stretch, begin: Knot, most: f64, out: &mut Backlog) -> Knot {
    let (arrivals, capacity) = (Rate::new(s.arrivals, s.days), Rate::new(s.capacity, s.days));
    let net = Rate { first: arrivals.first - capacity.first, slope: arrivals.slope - capacity.slope };
    let turn = if net.slope == 0.0 { None } else { Some(-net.first / net.slope) };
    let (mut t, mut b) = (0.0, begin.backlog);
    while t < s.days {
        // On a bound the backlog stays while the net rate presses against it. Told by the time it turns, not by its
        // value there, which rounding makes a little more or less than nothing.
        let falls = turn.map_or(net.first <= 0.0, |x| (t < x) == (net.slope > 0.0));
        let rises = turn.map_or(net.first >= 0.0, |x| (t < x) == (net.slope < 0.0));
        let (presses_down, presses_up) = (b <= 0.0 && falls, b >= most && rises);
        let turns = turn.filter(|x| *x > t && *x < s.days);
        let end;
        if presses_down || presses_up {
            end = turns.unwrap_or(s.days);
            out.delay += b * (end - t);
            if presses_up {
                out.full_on.get_or_insert(begin.day + t);
                out.lost += net.sum(t, end);
                out.served += capacity.sum(t, end);
            } else {
                out.served += arrivals.sum(t, end);
            }
        } else {
            let empties = net.reaches(-b, t, s.days).unwrap_or(s.days);
            let fills = if most.is_finite() { net.reaches(most - b, t, s.days).unwrap_or(s.days) } else { s.days };
            // Where it turns it may peak.
            let first = empties.min(fills);
            end = turns.map_or(first, |x| first.min(x));
            let (d, n0) = (end - t, net.at(t));
            out.delay += b * d + n0 * d * d / 2.0 + net.slope * d * d * d / 6.0;
            out.served += capacity.sum(t, end);
            b = (b + net.sum(t, end)).clamp(0.0, most);
            if end == empties && empties < fills {
                b = 0.0;
            } else if end == fills && fills < empties {
                b = most;
            }
        }
        t = end;
        let knot = Knot { day: begin.day + t, backlog: b };
        out.knots.push(knot);
        if b > out.peak.backlog {
            (out.peak, out.clear_on) = (knot, None);
        } else if b <= 0.0 && out.clear_on.is_none() && out.peak.backlog > 0.0 {
            out.clear_on = Some(knot.day);
        }
    }
    Knot { day: begin.day + s.days, backlog: b }
}

/// Real roots of `a t² + b t + c`, ascending.
fn roots(a: f64, b: f64, c: f64) -> Vec<f64> {
    if a == 0.0 {
        return if b == 0.0 { Vec::new() } else { vec![-c / b] };
    }
    let d = b * b - 4.0 * a * c;
    if d < 0.0 {
        return Vec::new();
    }
    // Without cancellation (Numerical Recipes, section 5.6).
    let q = -0.5 * (b + d.sqrt().copysign(b));
    let mut out = vec![q / a];
    if q != 0.0 {
        out.push(c / q);
    }
    out.sort_by(f64::total_cmp);
    out
}

/// A crossing that shuts and opens again.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ClosureCase {
    /// Units a day that arrive.
    pub arrivals_per_day: f64,
    /// Units a day it takes once it is open.
    pub capacity_per_day: f64,
    /// Days it is shut.
    pub closed_days: f64,
    /// Share of arrivals that go another way while it is shut.
    pub diverted_share: f64,
    /// Share of the remaining arrivals that are not placed any more at the end of the closure; it grows from nothing at
    /// its begin in a straight line.
    pub cancelled_share: f64,
    /// Units a day it takes first after it opens, and for how many days (a trial, a quota).
    pub partial: Option<(f64, f64)>,
    /// Days over which capacity then climbs to the full one, in a straight line.
    pub ramp_days: f64,
    /// Units that can stand; what arrives beyond is lost.
    pub storage: Option<f64>,
}

/// What a closure does, with the day counted from its begin.
#[derive(Clone, PartialEq, Debug)]
pub struct ClosureAnswer {
    /// The backlog by day.
    pub backlog: Backlog,
    /// Days after the opening until nothing stands; none while arrivals are no less than capacity.
    pub clear_days: Option<f64>,
    /// Units that went another way.
    pub diverted: f64,
    /// Units never placed.
    pub cancelled: f64,
}

impl ClosureCase {
    /// A closure that all wait for: full capacity at once, endless storage.
    pub fn plain(arrivals_per_day: f64, capacity_per_day: f64, closed_days: f64) -> Self {
        Self {
            arrivals_per_day,
            capacity_per_day,
            closed_days,
            diverted_share: 0.0,
            cancelled_share: 0.0,
            partial: None,
            ramp_days: 0.0,
            storage: None,
        }
    }

    /// The fluid answer. For a plain case with arrivals λ, capacity μ and D days: peak `λD`, clear `λD/(μ-λ)` after the
    /// opening, delay `λμD²/(2(μ-λ))`.
    pub fn answer(&self) -> Result<ClosureAnswer, TradeError> {
        above_zero("the arrivals", self.arrivals_per_day)?;
        not_negative("the capacity", self.capacity_per_day)?;
        not_negative("the days of the closure", self.closed_days)?;
        not_negative("the days of the ramp", self.ramp_days)?;
        share("the diverted share", self.diverted_share)?;
        share("the cancelled share", self.cancelled_share)?;
        let full = self.arrivals_per_day;
        let stay = full * (1.0 - self.diverted_share);
        let (quota, quota_days) = self.partial.unwrap_or((0.0, 0.0));
        not_negative("the capacity of the partial opening", quota)?;
        not_negative("the days of the partial opening", quota_days)?;
        let from = if self.partial.is_some() { quota } else { 0.0 };
        let mut stretches = vec![
            Stretch {
                days: self.closed_days,
                arrivals: (stay, stay * (1.0 - self.cancelled_share)),
                capacity: (0.0, 0.0),
            },
            Stretch { days: quota_days, arrivals: (full, full), capacity: (quota, quota) },
            Stretch { days: self.ramp_days, arrivals: (full, full), capacity: (from, self.capacity_per_day) },
        ];
        // Long enough to clear whatever stands when full capacity is there; with no capacity to spare, a day.
        let before = backlog(&stretches, self.storage)?;
        let stands = before.knots.last().map_or(0.0, |k| k.backlog);
        let spare = self.capacity_per_day - full;
        let days = if spare > 0.0 { stands / spare * (1.0 + 1e-9) + 1.0 } else { 1.0 };
        let rates = (self.capacity_per_day, self.capacity_per_day);
        stretches.push(Stretch { days, arrivals: (full, full), capacity: rates });
        let backlog = backlog(&stretches, self.storage)?;
        Ok(ClosureAnswer {
            clear_days: backlog.clear_on.map(|d| d - self.closed_days),
            diverted: full * self.diverted_share * self.closed_days,
            cancelled: stay * self.cancelled_share * self.closed_days / 2.0,
            backlog,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
    }

    #[test]
    fn a_partial_opening_below_arrivals_lets_the_backlog_grow_on() {
        let c = ClosureCase { partial: Some((12.0, 30.0)), ..ClosureCase::plain(20.0, 30.0, 45.0) };
        let a = c.answer().unwrap();
        // 900 at the opening, 8 a day more for 30 days, then 10 a day less.
        assert!(near(a.backlog.peak.backlog, 1140.0) && near(a.backlog.peak.day, 75.0), "{a:?}");
        assert!(near(a.clear_days.unwrap(), 30.0 + 114.0));
    }

    #[test]
    fn a_ramp_turns_the_backlog_where_capacity_meets_arrivals() {
        let c = ClosureCase { ramp_days: 60.0, ..ClosureCase::plain(20.0, 30.0, 45.0) };
        let a = c.answer().unwrap();
        // Capacity comes to 20 after 40 of the 60 days; till then 20·40 − 30·40²/120 more stand.
        assert!(near(a.backlog.peak.day, 85.0) && near(a.backlog.peak.backlog, 900.0 + 400.0), "{:?}", a.backlog.peak);
        // 20 days of ramp take off 100, the rest goes at 10 a day.
        assert!(near(a.clear_days.unwrap(), 60.0 + 120.0), "{a:?}");
    }

    #[test]
    fn who_goes_elsewhere_or_gives_up_does_not_stand() {
        let c = ClosureCase { diverted_share: 0.4, cancelled_share: 0.5, ..ClosureCase::plain(20.0, 30.0, 45.0) };
        let a = c.answer().unwrap();
        assert!(near(a.diverted, 360.0) && near(a.cancelled, 135.0));
        assert!(near(a.backlog.peak.backlog, 900.0 - 360.0 - 135.0));
    }

    #[test]
    fn without_spare_capacity_it_never_clears() {
        assert_eq!(ClosureCase::plain(20.0, 20.0, 10.0).answer().unwrap().clear_days, None);
        assert_eq!(ClosureCase::plain(20.0, 30.0, 0.0).answer().unwrap().backlog.peak.backlog, 0.0);
        let e = ClosureCase::plain(20.0, 30.0, -1.0).answer().unwrap_err().to_string();
        assert_eq!(e, "the days of the closure must be a number not below zero, not -1");
    }

    proptest! {
        #[test]
        fn the_plain_case_is_the_closed_form(l in 0.1..100.0f64, over in 1.01..5.0f64, d in 0.1..400.0f64) {
            let m = l * over;
            let a = ClosureCase::plain(l, m, d).answer().unwrap();
            prop_assert!(near(a.backlog.peak.backlog, l * d));
            prop_assert!(near(a.clear_days.unwrap(), l * d / (m - l)));
            prop_assert!(near(a.backlog.delay, l * m * d * d / (2.0 * (m - l))));
        }

        /// What arrived has gone, stands, or was lost; and small steps find the same.
        #[test]
        fn nothing_comes_or_goes_unseen(
            parts in prop::collection::vec((0.5..40.0f64, 0.0..50.0f64, 0.0..50.0f64, 0.0..60.0f64, 0.0..60.0f64), 1..6),
            storage in prop::option::of(1.0..800.0f64),
        ) {
            let all: Vec<Stretch> = parts
                .iter()
                .map(|p| Stretch { days: p.0, arrivals: (p.1, p.2), capacity: (p.3, p.4) })
                .collect();
            let b = backlog(&all, storage).unwrap();
            let came: f64 = all.iter().map(|s| s.days * f64::midpoint(s.arrivals.0, s.arrivals.1)).sum();
            let stands = b.knots.last().unwrap().backlog;
            prop_assert!((came - b.served - b.lost - stands).abs() < 1e-6 * came.max(1.0), "{} {b:?}", came);
            let (mut x, mut delay, mut peak) = (0.0f64, 0.0, 0.0f64);
            for s in &all {
                let n = 4000;
                let dt = s.days / f64::from(n);
                for i in 0..n {
                    let u = (f64::from(i) + 0.5) / f64::from(n);
                    let net = s.arrivals.0 + (s.arrivals.1 - s.arrivals.0) * u
                        - s.capacity.0 - (s.capacity.1 - s.capacity.0) * u;
                    let next = (x + net * dt).clamp(0.0, storage.unwrap_or(f64::INFINITY));
                    delay += f64::midpoint(x, next) * dt;
                    x = next;
                    peak = peak.max(x);
                }
            }
            prop_assert!((x - stands).abs() < 0.5, "{x} {stands}");
            prop_assert!((peak - b.peak.backlog).abs() < 0.5);
            prop_assert!((delay - b.delay).abs() < 0.01 * delay + 5.0, "{delay} {}", b.delay);
        }
    }
}
