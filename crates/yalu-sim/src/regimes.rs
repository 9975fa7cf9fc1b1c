//! Regimes as one replication applies them: uncertain starts shifted, ranges drawn.

use crate::shippers::KNOWN_AHEAD_DAYS;
use yalu_model::{Corridor, CrossingId, Mode, Regime, State};
use yalu_plan::{Draw, Plan};
use yalu_trace::{AppliedRegime, Turns};
use yalu_units::{Idx, Instant, Span};

/// What the days between two midnights may be longer by where clocks change.
const SAME_DAY: Span = Span::hours(6);

/// A regime with its numbers drawn.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the files")]
#[derive(Clone, Debug)]
pub(crate) struct Applied<'a> {
    pub from: Instant,
    pub to: Instant,
    pub running: bool,
    pub trains_per_day: Option<f64>,
    pub wagons_per_train: Option<u32>,
    pub wagons_per_day: Option<f64>,
    pub capacity_share: f64,
    pub hold_days: Option<f64>,
    /// Time in which it grows to what it allows.
    ramp: Option<Span>,
    /// Time before its first day that it is known.
    notice: Option<Span>,
    pub turns: Turns,
    pub convoy: bool,
    /// Goods are held and watched.
    pub quarantine: bool,
    /// A city or port that lets only part through.
    pub lockdown: bool,
    pub regime: &'a Regime,
}

impl Applied<'_> {
    /// Share of what it allows that passes on the day of an instant: it grows evenly over its ramp.
    pub fn grown(&self, t: Instant) -> f64 {
        self.ramp.map_or(1.0, |r| (((t - self.from).as_days().floor() + 1.0) / r.as_days().max(1.0)).clamp(0.0, 1.0))
    }
    /// Whether it limits trains by number on the day of an instant.
    pub fn counts_trains(&self, t: Instant) -> bool {
        self.trains_per_day.is_some() || self.grown(t) < 1.0
    }
    /// Wagons that may cross each way on the day of an instant.
    pub fn wagons_of_the_day(&self, t: Instant) -> Option<u32> {
        self.wagons_per_day.map(|n| (n * self.grown(t)).round() as u32)
    }
}

/// The regimes of all crossings.
pub(crate) struct Regimes<'a> {
    by_crossing: Vec<Vec<Applied<'a>>>,
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
            let has = |word: &str| r.restrictions.iter().any(|w| w == word);
            let days = |q| Span::from_seconds(draw.value(q) * 86_400.0);
            list.push(Applied {
                from,
                to: r.to,
                running: matches!(r.state, State::Open | State::Limited),
                trains_per_day: r.trains_per_day.as_ref().map(|q| draw.value(q)).or(has("trial").then_some(1.0)),
                wagons_per_train: r.wagons_per_train.as_ref().map(|q| draw.value(q).round().max(0.0) as u32),
                wagons_per_day: r.wagons_per_day.as_ref().map(|q| draw.value(q)),
                capacity_share: r.capacity_share.as_ref().map_or(1.0, |q| draw.value(q)),
                hold_days: r.hold_days.as_ref().map(|q| draw.value(q)),
                ramp: r.ramp_days.as_ref().map(days),
                notice: r.notice_days.as_ref().map(days),
                turns: match (has("directional"), has("alternate_days")) {
                    (true, _) => Turns::HalfDays,
                    (_, true) => Turns::Days,
                    _ => Turns::Both,
                },
                convoy: has("convoy"),
                quarantine: has("quarantine"),
                lockdown: c.crossings[r.crossing].mode == Mode::Place && r.state == State::Limited,
                regime: r,
            });
        }
        Self { by_crossing }
    }

    /// The regime of a crossing at an instant.
    pub fn at(&self, crossing: CrossingId, t: Instant) -> Option<&Applied<'a>> {
        let list = &self.by_crossing[crossing.index()];
        let i = list.partition_point(|r| r.from <= t);
        list.get(i.checked_sub(1)?).filter(|r| t < r.to)
    }

    /// Whether, as shippers know it on a day, anything may cross on a later one: a regime is known from its first day, or
    /// its notice before; without one an opening is known ahead, a closure not.
    pub fn believed(&self, crossing: CrossingId, today: Instant, then: Instant) -> bool {
        let list = &self.by_crossing[crossing.index()];
        let known = |r: &&Applied| {
            let ahead = if r.running { Span::days(KNOWN_AHEAD_DAYS as i64) } else { Span(0) };
            r.from <= then && r.from - today <= r.notice.unwrap_or(ahead) + SAME_DAY
        };
        // A gap that no regime covers carries nothing; what follows a regime and is not known is taken to be as it is.
        let last = list.iter().rfind(known);
        last.is_some_and(|r| r.running && (then < r.to || list.iter().any(|next| next.from == r.to)))
    }

    /// The longest notice of any regime, days.
    pub fn longest_notice_days(&self) -> usize {
        let all = self.by_crossing.iter().flatten().filter_map(|r| r.notice);
        all.map(|n| n.as_days().ceil() as usize).fold(KNOWN_AHEAD_DAYS, usize::max)
    }

    /// Whether any regime bans goods.
    pub fn ban(&self) -> bool {
        self.by_crossing.iter().flatten().any(|r| r.regime.bans_goods())
    }

    /// Whether anything may cross at an instant.
    pub fn running(&self, crossing: CrossingId, t: Instant) -> bool {
        self.at(crossing, t).is_some_and(|r| r.running)
    }

    /// Whether a regime names a restriction at an instant.
    pub fn restricted(&self, crossing: CrossingId, t: Instant, word: &str) -> bool {
        self.at(crossing, t).is_some_and(|r| r.regime.restrictions.iter().any(|w| w == word))
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
                wagons_per_day: r.wagons_per_day.map_or(-1, |n| n.ceil() as i32),
                turns: r.turns,
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
