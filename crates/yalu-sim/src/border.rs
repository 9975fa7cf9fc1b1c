//! Border stations and holds: teams with opening hours, yard tracks, places to unload.

use yalu_model::{Activity, Corridor, StartRule};
use yalu_plan::{Draw, Plan};
use yalu_units::{Idx, Instant, Span, address};

/// One border station as it works today.
pub(crate) struct Station {
    /// Per team, when each of its members is next free.
    teams: Vec<Vec<Instant>>,
    /// Yard tracks not taken by a cut.
    pub yard_free: u32,
    /// Per activity: the address of its stream.
    streams: Vec<u64>,
    per_wagon: Vec<f64>,
}

/// All border stations.
pub(crate) struct Border<'a> {
    c: &'a Corridor,
    plan: &'a Plan,
    draw: Draw,
    pub stations: Vec<Station>,
}

impl<'a> Border<'a> {
    pub fn new(c: &'a Corridor, plan: &'a Plan, draw: Draw) -> Self {
        let stations = c.stations.iter().map(|s| Station {
            teams: s.resources.iter().map(|t| vec![c.from; draw.value(&t.count).round().max(1.0) as usize]).collect(),
            yard_free: draw.value(&s.yard_tracks).round().max(1.0) as u32,
            streams: s.activities.iter().map(|a| address(&["activity", &c.points[s.point].id, &a.id])).collect(),
            per_wagon: s.activities.iter().map(|a| draw.value(&a.per_wagon.minutes)).collect(),
        });
        Self { c, plan, draw, stations: stations.collect() }
    }

    /// The next activity of a cut at a station, from a place in its list on.
    pub fn next_activity(
        &self,
        station: usize,
        from: usize,
        loaded: bool,
        forward: bool,
        restricted: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        let list = &self.c.stations.as_slice()[station].activities;
        (from..list.len()).find(|&i| {
            let a = &list[i];
            a.loaded == loaded && a.forward == forward && a.only_under.as_deref().is_none_or(&restricted)
        })
    }

    /// Books an activity for a cut that is ready: when it begins and ends.
    ///
    /// The team member who is free first takes it, in the order cuts get ready. An activity that no opening is
    /// long enough for starts at any open time, so that a cut is never kept for ever.
    pub fn book(
        &mut self,
        station: usize,
        activity: usize,
        cut: u32,
        wagons: u16,
        ready: Instant,
    ) -> (Instant, Instant) {
        let s: &yalu_model::BorderStation = &self.c.stations.as_slice()[station];
        let a: &Activity = &s.activities[activity];
        let own = &mut self.stations[station];
        let u = self.draw.key().stream(own.streams[activity], u64::from(cut) * 2).unit();
        let minutes = a.duration.minutes.dist.at(u) + own.per_wagon[activity] * f64::from(wagons);
        let lasts = Span::from_seconds((minutes * 60.0).max(0.0));
        let Some(team) = a.uses.first().map(|u| u.resource) else {
            return (ready, ready + lasts);
        };
        let members = &mut own.teams[team];
        let Some(first) = (0..members.len()).min_by_key(|&i| members[i]) else {
            return (ready, ready + lasts);
        };
        let ready = ready.max(members[first]);
        let begin = match s.resources[team].hours {
            Some(hours) => opening(&self.plan.hours[station][hours], ready, lasts, a.may_start),
            None => ready,
        };
        members[first] = begin + lasts;
        (begin, begin + lasts)
    }
}

/// The first instant from `ready` on at which something that lasts may start.
fn opening(hours: &[(Instant, Instant)], ready: Instant, lasts: Span, rule: StartRule) -> Instant {
    let first = hours.partition_point(|h| h.1 <= ready);
    let fits = |h: &&(Instant, Instant)| rule == StartRule::AnyOpenTime || ready.max(h.0) + lasts <= h.1;
    let open = &hours[first..];
    open.iter().find(fits).or(open.first()).map_or(ready, |h| ready.max(h.0))
}

/// A place that loads or unloads one cut after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Platform {
    places: f64,
    hours_each: f64,
    free_at: Instant,
}

impl Platform {
    pub fn new(places: f64, hours_each: f64, from: Instant) -> Self {
        Self { places: places.round().max(1.0), hours_each, free_at: from }
    }
    /// When a cut of so many wagons is begun and done: in rounds of as many wagons as there are places.
    pub fn book(&mut self, ready: Instant, wagons: u16) -> (Instant, Instant) {
        let begin = ready.max(self.free_at);
        let rounds = (f64::from(wagons) / self.places).ceil();
        self.free_at = begin + Span::from_seconds(rounds * self.hours_each * 3600.0);
        (begin, self.free_at)
    }
}

/// The station at an operational point.
pub(crate) fn station_at(c: &Corridor, point: yalu_model::PointId) -> Option<usize> {
    c.stations.iter().position(|s| s.point == point)
}

/// The first line of a service in a direction that takes so many wagons.
pub(crate) fn line_for(plan: &Plan, service: usize, forward: bool, loaded: bool, wagons: u32) -> Option<u32> {
    let of = |l: &&(usize, &yalu_plan::Line)| {
        matches!(l.1.kind, yalu_plan::LineKind::Service(s) if s.index() == service)
            && l.1.forward == forward
            && l.1.loaded == loaded
            && l.1.wagons >= wagons
    };
    let lines: Vec<(usize, &yalu_plan::Line)> = plan.lines.iter().enumerate().collect();
    lines.iter().filter(of).min_by_key(|l| l.1.wagons).map(|l| l.0 as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_end_before_closing_waits_for_the_next_opening() {
        let h = |a: i64, b: i64| (Instant(a * 3_600_000), Instant(b * 3_600_000));
        let hours = [h(8, 12), h(14, 18)];
        let at = |t: i64| Instant(t * 3_600_000);
        let go = |t, span, rule| opening(&hours, at(t), Span::hours(span), rule).0 / 3_600_000;
        assert_eq!(go(9, 2, StartRule::IfItCanFinish), 9);
        assert_eq!(go(11, 2, StartRule::IfItCanFinish), 14);
        assert_eq!(go(11, 2, StartRule::AnyOpenTime), 11);
        assert_eq!(go(12, 1, StartRule::AnyOpenTime), 14);
        // Longer than any opening: it starts at the next one all the same.
        assert_eq!(go(6, 5, StartRule::IfItCanFinish), 8);
        // After the last opening nothing is known of hours: it starts at once.
        assert_eq!(go(19, 1, StartRule::IfItCanFinish), 19);
    }

    #[test]
    fn a_platform_takes_one_cut_after_another_in_rounds() {
        let mut p = Platform::new(10.0, 4.0, Instant(0));
        assert_eq!(p.book(Instant(0), 12), (Instant(0), Instant(8 * 3_600_000)));
        assert_eq!(p.book(Instant(3_600_000), 5), (Instant(8 * 3_600_000), Instant(12 * 3_600_000)));
    }
}
