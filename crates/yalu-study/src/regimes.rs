//! Regimes asked for in place of those declared: a crossing shut for some days, or reopened under limits.

use yalu_model::{Basis, Corridor, CrossingId, Quantity, Regime, State};
use yalu_units::Instant;

/// What a reopened crossing lets pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Trains a day each way; none: as its services run.
    pub trains_per_day: Option<f64>,
    /// Wagons a train; none: as its services have.
    pub wagons_per_train: Option<f64>,
    /// Days in which it grows to that.
    pub ramp_days: Option<f64>,
}

/// Shuts a crossing from one midnight to another; what was declared holds before and after.
pub fn close(c: &mut Corridor, crossing: CrossingId, from: Instant, to: Instant) {
    put(c, asked(crossing, from, to, State::Suspended, "shut by --close"));
}

/// Lets a crossing run from a midnight on: until the declared regime of that day ends, or, where that does not run, until
/// the crossing is declared to run again; but no longer than to `until`.
pub fn reopen(c: &mut Corridor, crossing: CrossingId, from: Instant, until: Instant, limits: &Limits) {
    let runs = |r: &Regime| matches!(r.state, State::Open | State::Limited);
    let mine = || c.regimes.iter().filter(|r| r.crossing == crossing);
    let end = match mine().find(|r| r.from <= from && from < r.to) {
        Some(r) if runs(r) => r.to,
        _ => mine().filter(|r| runs(r) && r.from > from).map(|r| r.from).min().unwrap_or(c.to),
    };
    let limited = limits.trains_per_day.is_some() || limits.wagons_per_train.is_some() || limits.ramp_days.is_some();
    let state = if limited { State::Limited } else { State::Open };
    let id = &c.crossings[crossing].id;
    let quantity = |field: &str, value: Option<f64>| {
        value.map(|v| Quantity::assumed(&format!("reopen.{id}.{}.{field}", from.0), v, "asked for by --reopen"))
    };
    let regime = Regime {
        trains_per_day: quantity("trains_per_day", limits.trains_per_day),
        wagons_per_train: quantity("wagons_per_train", limits.wagons_per_train),
        ramp_days: quantity("ramp_days", limits.ramp_days),
        ..asked(crossing, from, end.min(until), state, "reopened by --reopen")
    };
    put(c, regime);
}

fn asked(crossing: CrossingId, from: Instant, to: Instant, state: State, why: &str) -> Regime {
    Regime {
        crossing,
        from,
        to,
        state,
        start_uncertainty_days: 0.0,
        trains_per_day: None,
        wagons_per_train: None,
        wagons_per_day: None,
        capacity_share: None,
        hold_days: None,
        restrictions: Vec::new(),
        notice_days: None,
        ramp_days: None,
        bans: Vec::new(),
        confidence: "high".into(),
        start_basis: String::new(),
        reasoning: why.into(),
        basis: Basis::Assumed(why.into()),
    }
}

/// Puts a regime over those of its crossing; what it covers of them is gone.
fn put(c: &mut Corridor, regime: Regime) {
    let mut out = Vec::with_capacity(c.regimes.len() + 2);
    for r in std::mem::take(&mut c.regimes) {
        if r.crossing != regime.crossing || r.to <= regime.from || regime.to <= r.from {
            // What goes on right after it begins on a given day.
            let next = r.crossing == regime.crossing && r.from == regime.to;
            let start_uncertainty_days = if next { 0.0 } else { r.start_uncertainty_days };
            out.push(Regime { start_uncertainty_days, ..r });
            continue;
        }
        if r.from < regime.from {
            out.push(Regime { to: regime.from, ..r.clone() });
        }
        if r.to > regime.to {
            out.push(Regime { from: regime.to, start_uncertainty_days: 0.0, ..r });
        }
    }
    out.push(regime);
    out.sort_by_key(|r| (r.crossing, r.from));
    c.regimes = out;
}
