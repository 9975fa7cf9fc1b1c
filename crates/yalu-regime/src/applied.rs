//! A regime as one replication applies it: its start shifted where it is uncertain, its ranges drawn.

use yalu_calendar::Day;
use yalu_model::{Corridor, CrossingId, Draw, Mode, Regime, State};
use yalu_trace::{AppliedRegime, Turns};
use yalu_units::{IndexVec, Instant, Span};

/// Whether uncertain dates of regimes move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dates {
    /// As written.
    AsGiven,
    /// Within their uncertainty: `start_uncertainty_days` before or after.
    Widened,
}

/// A regime with its numbers drawn.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the files")]
#[derive(Clone, Debug)]
pub struct Applied<'a> {
    /// First instant.
    pub from: Instant,
    /// End, exclusive.
    pub to: Instant,
    /// Anything may cross.
    pub running: bool,
    /// Trains a day each way, once grown.
    pub(crate) trains_per_day: Option<f64>,
    /// Wagons a train may have.
    pub wagons_per_train: Option<u32>,
    /// Wagons a day each way, all trains together, once grown.
    pub(crate) wagons_per_day: Option<f64>,
    /// Share of vehicles, once grown.
    pub(crate) capacity_share: f64,
    /// Days goods are held after crossing.
    pub hold_days: Option<f64>,
    /// Time in which it grows to what it allows.
    pub(crate) ramp: Option<Span>,
    /// Time before its first day that it is known.
    pub(crate) notice: Option<Span>,
    /// When which way may cross.
    pub turns: Turns,
    /// The day's trains go one after another.
    pub convoy: bool,
    /// Goods are held and watched.
    pub quarantine: bool,
    /// A city or port that lets only part through.
    pub(crate) lockdown: bool,
    /// As written.
    pub regime: &'a Regime,
}

impl<'a> Applied<'a> {
    fn new(c: &Corridor, r: &'a Regime, from: Instant, draw: Draw) -> Self {
        let has = |word: &str| r.restrictions.iter().any(|w| w == word);
        let days = |q| Span::from_seconds(draw.value(q) * 86_400.0);
        Self {
            from,
            to: r.to,
            running: r.runs(),
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
            lockdown: c.border.crossings[r.crossing].mode == Mode::Place && r.state == State::Limited,
            regime: r,
        }
    }

    /// Whether it names a restriction.
    pub fn names(&self, word: &str) -> bool {
        self.regime.restrictions.iter().any(|w| w == word)
    }

    /// Share of what it allows that passes on the day of an instant: it grows evenly over its ramp.
    pub(crate) fn grown(&self, t: Instant) -> f64 {
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

    pub(crate) fn without_ramp(&mut self) {
        self.ramp = None;
    }

    pub(crate) fn told(&self, crossing: u32) -> AppliedRegime {
        AppliedRegime {
            crossing,
            from: self.from,
            to: self.to,
            running: self.running,
            trains_per_day: self.trains_per_day.map_or(-1, |n| n.ceil() as i32),
            wagons_per_train: self.wagons_per_train.map_or(-1, |n| n as i32),
            wagons_per_day: self.wagons_per_day.map_or(-1, |n| n.ceil() as i32),
            turns: self.turns,
        }
    }
}

/// The regimes of a replication by crossing. A start given as uncertain by some days moves by whole days within them, and
/// the end of the regime before moves with it.
pub(crate) fn applied<'a>(
    c: &'a Corridor,
    days: &[Day],
    draw: Draw,
    dates: Dates,
) -> IndexVec<CrossingId, Vec<Applied<'a>>> {
    let mut by_crossing: IndexVec<CrossingId, Vec<Applied>> = c.border.crossings.iter().map(|_| Vec::new()).collect();
    let moves = dates == Dates::Widened && !draw.is_central();
    for r in &c.border.regimes {
        let list = &mut by_crossing[r.crossing];
        let mut from = r.from;
        if moves && r.start_uncertainty_days > 0.0 && from > c.horizon.from {
            let level = draw.level(&format!("regime start.{}.{}", c.border.crossings[r.crossing].id, r.from.0));
            from = shifted(days, from, ((level * 2.0 - 1.0) * r.start_uncertainty_days).round() as i64);
        }
        if let Some(last) = list.last_mut() {
            // Never past its neighbours: each regime keeps at least a day.
            from = from.max(next_midnight(days, last.from)).min(r.to);
            let touches = last.regime.to == r.from;
            last.to = if touches { from } else { last.to.min(from) };
        }
        list.push(Applied::new(c, r, from, draw));
    }
    by_crossing
}

/// The local midnight some days from a day's.
fn shifted(days: &[Day], from: Instant, by: i64) -> Instant {
    let Some(last) = days.last().filter(|d| from < d.end) else { return from };
    let i = days.partition_point(|d| d.start < from) as i64 + by;
    days.get(i.max(0) as usize).map_or(last.end, |d| d.start)
}

/// The end of the day of an instant; a day later where that is outside the horizon.
fn next_midnight(days: &[Day], t: Instant) -> Instant {
    let within = days.last().is_some_and(|d| t < d.end);
    let today = days.partition_point(|d| d.start <= t).checked_sub(1).filter(|_| within);
    today.map_or(t + Span::days(1), |i| days[i].end)
}
