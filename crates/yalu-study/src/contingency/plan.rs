//! Which closures are run.

use yalu_calendar::{civil, local_midnight};
use yalu_model::{Corridor, CrossingId, Regime};
use yalu_regime::declared;
use yalu_units::{Instant, Span};

/// Time looked at after the longest closure (assumed: half a year shows the queue of most closures go).
pub const AFTER: Span = Span::days(180);
/// Time simulated before the days looked at (assumed: half a year is longer than most goods wait).
pub const HISTORY: Span = Span::days(180);
/// Days of a closure that is not dated (assumed).
pub const UNDATED_DAYS: u32 = 30;
/// Most replications where none are asked for: up to four closures stand beside each.
pub const REPLICATIONS: u32 = 20;
/// Days between the begin of a closure that is not dated and the end of the horizon (assumed: a year to recover in).
const ROOM: i64 = 365;

/// Where a closure of a crossing begins that is not dated: the last time, a year before the horizon's end or earlier by whole
/// weeks, that it runs for as long as such a closure lasts; none where it never does.
pub fn undated_closure(c: &Corridor, crossing: CrossingId) -> Option<Instant> {
    let zone = &c.horizon.zones[c.horizon.zone].name;
    let midnight = |t: Instant| {
        let (y, m, d, ..) = civil(zone, t);
        local_midnight(zone, y, m, d).unwrap_or(c.horizon.from)
    };
    let runs = |from: Instant| {
        let days = (0..i64::from(UNDATED_DAYS)).map(|d| from + Span::days(d));
        days.into_iter().all(|t| declared(c, crossing, t).is_some_and(Regime::runs))
    };
    let room = Span::days(ROOM.min((c.horizon.to - c.horizon.from).as_days() as i64 / 2));
    let mut at = midnight(Instant(c.horizon.to.0 - room.0));
    while at > c.horizon.from && !runs(at) {
        at = midnight(Instant(at.0 - Span::days(7).0));
    }
    runs(at).then_some(at)
}

/// Lengths to run: a quarter, half, the whole and twice a closure, as far as the horizon goes.
pub fn closure_lengths(c: &Corridor, from: Instant, days: u32) -> Vec<u32> {
    let room = (c.horizon.to - from).as_days().floor().max(1.0) as u32;
    let mut out = vec![days.div_ceil(4), days.div_ceil(2), days, days.saturating_mul(2)];
    out.retain(|d| *d == days || *d <= room);
    out.sort_unstable();
    out.dedup();
    out
}
