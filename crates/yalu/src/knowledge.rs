//! What the record of reports adds to a run: belief then and now, a forecast from the day, regimes drawn from it.

use crate::ledger::believed::{Heard, crossings, heard, horizon, known_now, known_then};
use crate::ledger::source::{Held, day_at, look};
use crate::terminal::Problem;
use std::path::Path;
use yalu_ledger::{Day, Ledger};
use yalu_model::{Corridor, CrossingId, RouteId};
use yalu_study::{Believed, Carried, carried};
use yalu_units::Instant;
use yalu_view::run::{Knowledge, StoryKnowledge};

/// Days ahead that the story's forecast tells of.
pub const STORY_DAYS: u16 = 180;

/// The reports of a folder as a run hears them; nothing where it holds none that can be read.
pub fn record(dir: &Path, c: &Corridor) -> Option<Held> {
    let none = c.record.reports.is_empty() || c.border.crossings.is_empty();
    if none { None } else { look(dir).ok().filter(|h| h.record.reports().next().is_some()) }
}

/// What the record says over the horizon and on the story's day.
pub fn knowledge(held: &Held, customs: bool) -> Option<Knowledge> {
    let ids = crossings(held, &[]).ok()?;
    let span = horizon(held);
    let then = known_then(held, customs, &ids, span);
    let now = known_now(held, customs, &ids, span);
    let story = held.corridor.about.story.as_ref().and_then(|s| {
        let day = day_at(&held.corridor, s.day);
        let heard = heard(held, customs, day);
        let series: &[yalu_ledger::Belief] = now.get(&s.crossing)?;
        let explained = heard.ledger.explain(s.crossing, day, day);
        Some(StoryKnowledge {
            day,
            reasons: crate::ledger::board::heaviest(&heard, &explained),
            then: explained,
            now: series.iter().find(|b| b.day == day)?.running(),
            forecast: heard.ledger.forecast(s.crossing, day, STORY_DAYS),
            carried: None,
        })
    });
    Some(Knowledge { then, now, story })
}

/// The ledger as of a day.
pub fn ledger(held: &Held, customs: bool, day: Day) -> Heard<'_> {
    heard(held, customs, day)
}

/// Rail routes over a crossing; all routes over it where none is by rail.
pub fn routes_over(c: &Corridor, crossing: CrossingId) -> Vec<RouteId> {
    let over = || c.trade.routes.enumerated().filter(|(_, r)| r.crossings.contains(&crossing));
    let rail: Vec<RouteId> = over().filter(|(_, r)| r.rail.is_some()).map(|x| x.0).collect();
    if rail.is_empty() { over().map(|x| x.0).collect() } else { rail }
}

/// What routes would carry over some days from the end of a day; none where the corridor has no such routes.
pub fn carries(
    c: &Corridor,
    ledger: &Ledger,
    (day, days): (Day, u16),
    routes: &[RouteId],
    (seed, replications): (u64, u32),
    done: &(impl Fn() + Sync),
) -> Result<Option<Carried>, Problem> {
    let midnight = |d: Day| -> Option<Instant> {
        // Noon in UTC lies on the civil day of any zone; from there the zone's own midnight.
        let noon = Instant((i64::from(d.0) * 86_400 + 43_200) * 1000);
        crate::period::midnight(crate::period::zone(c), noon)
    };
    let (Some(begin), Some(end)) = (midnight(day + 1), midnight(day + 1 + i32::from(days))) else { return Ok(None) };
    if routes.is_empty() {
        return Ok(None);
    }
    let told = carried(c, Believed::new(ledger, day), (begin, end), routes, (seed, replications), done);
    told.map(Some).map_err(|e| crate::physics::unfit(c, &e))
}
