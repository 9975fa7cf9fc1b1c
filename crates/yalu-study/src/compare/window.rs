//! Which days a comparison looks at, and what changes in them.

use super::follow::Days;
use yalu_calendar::{civil, local_midnight};
use yalu_model::{Corridor, Regime};
use yalu_plan::Plan;
use yalu_regime::declared;
use yalu_units::{Instant, Span};

/// Days before the change that orders are followed from: they are under way or waiting when it comes.
const BEFORE: Span = Span::days(60);

/// A time in which crossings run in one variant and not in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// First instant.
    pub from: Instant,
    /// End, exclusive: open in both again, or the horizon's end.
    pub to: Instant,
    /// Whether the second variant is the one that is shut longer.
    pub second_is_shut: bool,
}

/// The days a comparison looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Instant,
    /// End, exclusive.
    pub to: Instant,
    /// Crossings that run in one variant only at some time, by id.
    pub crossings: Vec<String>,
    /// When, if there are any.
    pub change: Option<Change>,
}

impl Window {
    /// The windows of corridors against the first of them. All are cut at the last day looked at, for nothing is run beyond it.
    pub fn against_first(corridors: &mut [Corridor], after: Span) -> Vec<Window> {
        let Some((base, others)) = corridors.split_first() else { return Vec::new() };
        let windows: Vec<Window> = others.iter().map(|c| window(base, c, base.horizon.from, after)).collect();
        let end = windows.iter().map(|w| w.to).max();
        for c in corridors {
            c.end_at(end.unwrap_or(c.horizon.to));
        }
        windows
    }

    /// Lets corridors begin at a midnight so long before the first window, where they begin earlier: what happened before moves little of
    /// what is told. Services at intervals are counted from the begin of the horizon, so that corridors with any stay as they are.
    pub fn begin_before(corridors: &mut [Corridor], windows: &[Window], history: Span) {
        let Some(first) = windows.iter().map(|w| w.from).min() else { return };
        if corridors.iter().flat_map(|c| &c.trains.services).any(|s| s.every.is_some()) {
            return;
        }
        for c in corridors {
            let zone = &c.horizon.zones[c.horizon.zone].name;
            let (y, m, d, ..) = civil(zone, Instant(first.0 - history.0));
            let midnight = local_midnight(zone, y, m, d).unwrap_or(c.horizon.from);
            c.horizon.from = c.horizon.from.max(midnight);
        }
    }

    pub(super) fn days(&self, plan: &Plan) -> Option<Days> {
        let first = plan.days.iter().position(|d| d.end > self.from)?;
        let end = plan.days.iter().rposition(|d| d.start < self.to)? + 1;
        let index = |t: Instant| plan.days.partition_point(|d| d.start < t).clamp(first, end);
        let during = self.change.map_or((first, first), |c| (index(c.from), index(c.to)));
        (end > first).then_some(Days { first, end, during })
    }
}

/// The window of two variants: from sixty days before a crossing first runs in one of them only to `after` beyond the time it
/// last does; the whole horizon where none does. Goods under way at its end are told as pending.
pub fn window(first: &Corridor, second: &Corridor, from: Instant, after: Span) -> Window {
    let (mut crossings, mut change): (Vec<String>, Option<(Instant, Instant)>) = (Vec::new(), None);
    let mut shut = [Span(0); 2];
    for (id, x) in first.border.crossings.enumerated() {
        let Some((other, _)) = second.border.crossings.enumerated().find(|(_, y)| y.id == x.id) else { continue };
        let used = first.trade.routes.iter().any(|r| r.crossings.contains(&id))
            || second.trade.routes.iter().any(|r| r.crossings.contains(&other));
        let mut cuts: Vec<Instant> = first.border.regimes.iter().filter(|r| r.crossing == id).map(|r| r.from).collect();
        cuts.extend(second.border.regimes.iter().filter(|r| r.crossing == other).map(|r| r.from));
        cuts.extend(first.border.regimes.iter().chain(&second.border.regimes).map(|r| r.to));
        cuts.extend([from, first.horizon.to]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut differs = false;
        for w in cuts.windows(2).filter(|w| w[0] >= from && w[1] <= first.horizon.to) {
            let runs = |c: &Corridor, x| declared(c, x, w[0]).is_some_and(Regime::runs);
            let both = [runs(first, id), runs(second, other)];
            if both[0] == both[1] || !used {
                continue;
            }
            differs = true;
            shut[usize::from(both[0])] = shut[usize::from(both[0])] + (w[1] - w[0]);
            change = Some(change.map_or((w[0], w[1]), |(a, b)| (a.min(w[0]), b.max(w[1]))));
        }
        if differs {
            crossings.push(x.id.clone());
        }
    }
    let change = change.map(|(from, to)| Change { from, to, second_is_shut: shut[1] >= shut[0] });
    let (begin, end) = change.map_or((from, first.horizon.to), |c| {
        (from.max(Instant(c.from.0 - BEFORE.0)), first.horizon.to.min(c.to + after))
    });
    Window { from: begin, to: end, crossings, change }
}
