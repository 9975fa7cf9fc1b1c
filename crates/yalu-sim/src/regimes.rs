//! Regimes as one replication applies them: uncertain starts shifted, ranges drawn.

use yalu_model::{Ban, Corridor, CrossingId, Good, Regime};
use yalu_plan::{Draw, Plan};
use yalu_trace::AppliedRegime;
use yalu_units::{Idx, Instant, Span};

/// How many days before it happens an opening is known, where the regime does not say (assumed: of the reports on the
/// flagship, forecasts one to three days ahead held and earlier ones did not). A closure is known when it comes.
const KNOWN_AHEAD_DAYS: f64 = 3.0;

/// A regime with its numbers drawn.
#[derive(Clone, Debug)]
pub(crate) struct Applied<'a> {
    pub from: Instant,
    pub to: Instant,
    pub running: bool,
    pub trains_per_day: Option<f64>,
    /// Wagons a train may have, the day's wagons not counted.
    wagons_per_train: Option<u32>,
    /// Wagons a day over all trains.
    wagons_per_day: Option<f64>,
    /// Days from its begin over which capacity climbs to the whole.
    ramp_days: f64,
    /// Days ahead that its begin is known, where that is said.
    notice_days: Option<f64>,
    pub capacity_share: f64,
    pub hold_days: Option<f64>,
    pub regime: &'a Regime,
}

impl Applied<'_> {
    /// The share of its capacity that is there on a day: it climbs in equal steps, the first on its first day.
    pub fn climbed(&self, t: Instant) -> f64 {
        if self.ramp_days <= 0.0 {
            1.0
        } else {
            (((t - self.from).as_days() + 1e-9).floor() + 1.0).min(self.ramp_days) / self.ramp_days
        }
    }

    /// Whether it limits trains or wagons on a day at all.
    pub fn limits_trains(&self, t: Instant) -> bool {
        self.trains_per_day.is_some() || self.wagons_per_day.is_some() || self.climbed(t) < 1.0
    }

    /// Trains a day it allows of a service that runs so many of its own, with at most so many wagons each.
    pub fn trains(&self, own: f64, most_wagons: u32, t: Instant) -> f64 {
        let trains = self.trains_per_day.unwrap_or(own) * self.climbed(t);
        match self.wagons_per_day.map(|w| w * self.climbed(t)) {
            // Fewer than one wagon a day: one now and then.
            Some(w) if w < 1.0 => trains.min(w),
            Some(w) => trains.min((w / f64::from(self.per_train(most_wagons))).ceil()),
            None => trains,
        }
    }

    /// Wagons a train of the day may have: no more than its share of the day's wagons.
    pub fn wagons(&self, most_wagons: u32, own: f64, t: Instant) -> u32 {
        let most = self.wagons_per_train.unwrap_or(most_wagons);
        match self.wagons_per_day.map(|w| w * self.climbed(t)) {
            Some(w) => most.min((w / self.trains(own, most_wagons, t).max(1.0).ceil()).floor().max(1.0) as u32),
            None => most,
        }
    }

    /// The most wagons a train may cross with, where anything limits it.
    pub fn most_wagons(&self, most_wagons: u32, own: f64, t: Instant) -> Option<u32> {
        let limited = self.wagons_per_train.is_some() || self.wagons_per_day.is_some();
        limited.then(|| self.wagons(most_wagons, own, t))
    }

    fn per_train(&self, most_wagons: u32) -> u32 {
        self.wagons_per_train.unwrap_or(most_wagons).max(1)
    }
}

/// The regimes of all crossings.
pub(crate) struct Regimes<'a> {
    by_crossing: Vec<Vec<Applied<'a>>>,
    /// Days ahead that anything can be known.
    pub known_ahead: usize,
    /// Whether any regime refuses goods.
    pub any_bans: bool,
}

impl<'a> Regimes<'a> {
    /// Draws the regimes of a replication. A start given as uncertain by some days moves by whole days within
    /// them, and the end of the regime before moves with it.
    pub fn new(c: &'a Corridor, plan: &Plan, draw: Draw) -> Self {
        let mut by_crossing: Vec<Vec<Applied>> = vec![Vec::new(); c.crossings.len()];
        for r in &c.regimes {
            let list = &mut by_crossing[r.crossing.index()];
            let id = &c.crossings[r.crossing].id;
            let mut from = r.from;
            if r.start_uncertainty_days > 0.0 && !draw.is_central() && from > c.from {
                let level = draw.level(&format!("regime start.{id}.{}", r.from.0));
                let days = ((level * 2.0 - 1.0) * r.start_uncertainty_days).round() as i64;
                from = shifted(plan, from, days);
            }
            if let Some(last) = list.last_mut() {
                // Never past its neighbours: each regime keeps at least a day.
                from = from.max(last.from + Span::days(1)).min(r.to);
                let touches = last.regime.to == r.from;
                last.to = if touches { from } else { last.to.min(from) };
            }
            list.push(Applied {
                from,
                to: r.to,
                running: r.runs(),
                trains_per_day: r.trains_per_day.as_ref().map(|q| draw.value(q)),
                wagons_per_train: r.wagons_per_train.as_ref().map(|q| draw.value(q).round().max(0.0) as u32),
                wagons_per_day: r.wagons_per_day.as_ref().map(|q| draw.value(q)),
                ramp_days: r.ramp_days.as_ref().map_or(0.0, |q| draw.value(q)),
                notice_days: r.notice_days.as_ref().map(|q| draw.value(q)),
                capacity_share: r.capacity_share.as_ref().map_or(1.0, |q| draw.value(q)),
                hold_days: r.hold_days.as_ref().map(|q| draw.value(q)),
                regime: r,
            });
        }
        let all = || by_crossing.iter().flatten();
        let notice = all().filter_map(|r| r.notice_days).fold(KNOWN_AHEAD_DAYS, f64::max);
        let any_bans = all().any(|r| !r.regime.bans.is_empty());
        Self { known_ahead: notice.ceil() as usize, any_bans, by_crossing }
    }

    /// The regime of a crossing at an instant.
    pub fn at(&self, crossing: CrossingId, t: Instant) -> Option<&Applied<'a>> {
        let list = &self.by_crossing[crossing.index()];
        let i = list.partition_point(|r| r.from <= t);
        list.get(i.checked_sub(1)?).filter(|r| t < r.to)
    }

    /// Whether anything may cross at an instant.
    pub fn running(&self, crossing: CrossingId, t: Instant) -> bool {
        self.at(crossing, t).is_some_and(|r| r.running)
    }

    /// Whether it is known so many days before that a crossing will be as it then is.
    pub fn known(&self, crossing: CrossingId, then: Instant, days: f64) -> bool {
        self.at(crossing, then)
            .is_none_or(|r| days <= r.notice_days.unwrap_or(if r.running { KNOWN_AHEAD_DAYS } else { 0.0 }))
    }

    /// Whether a crossing lets a good pass at an instant.
    pub fn lets(&self, crossing: CrossingId, t: Instant, good: &Good) -> bool {
        !self.at(crossing, t).is_some_and(|r| Ban::refuse(&r.regime.bans, good))
    }

    /// Whether a regime names a restriction at an instant.
    pub fn restricted(&self, crossing: CrossingId, t: Instant, word: &str) -> bool {
        self.at(crossing, t).is_some_and(|r| r.regime.restricts(word))
    }

    /// As the trace tells them: a quota of trains is the most on any one day.
    pub fn told(&self) -> Vec<AppliedRegime> {
        let mut out = Vec::new();
        for (crossing, list) in self.by_crossing.iter().enumerate() {
            out.extend(list.iter().filter(|r| r.from < r.to).map(|r| AppliedRegime {
                crossing: crossing as u32,
                from: r.from,
                to: r.to,
                running: r.running,
                trains_per_day: r.trains_per_day.map_or(-1, |n| n.ceil() as i32),
                wagons_per_train: r.wagons_per_train.map_or(-1, |n| n as i32),
            }));
        }
        out
    }
}

/// The local midnight some days from a day's.
fn shifted(plan: &Plan, from: Instant, days: i64) -> Instant {
    if plan.days.last().is_none_or(|d| from >= d.end) {
        return from;
    }
    let i = plan.days.partition_point(|d| d.start < from) as i64 + days;
    match plan.days.get(i.max(0) as usize) {
        Some(d) => d.start,
        None => plan.days.last().map_or(from, |d| d.end),
    }
}
