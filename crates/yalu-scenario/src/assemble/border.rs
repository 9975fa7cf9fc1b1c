//! Hours, border stations, holds.

use super::Builder;
use crate::describe::{HoursRow, QuotaRow, QuotaUnit, StationRow, WeekRow};
use crate::diagnostic::At;
use crate::row::Placed;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{
    AcceptanceQuota, BorderStation, Direction, HoldId, HoldPlace, OpeningHours, PointId, QuotaPer, Resource,
    ResourceKind, StationId,
};
use yalu_units::IndexVec;

/// Times of a day, in seconds after midnight.
pub(super) type Intervals = Vec<(u32, u32)>;

impl Builder<'_> {
    fn hours(&mut self) -> Vec<OpeningHours> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.border.iter().flat_map(|f| &f.hours) {
            let week = self.week(r.at.row, r.week.as_ref(), r.daily.as_deref());
            if r.week.is_none() && r.daily.is_none() {
                let help = "write one of `week = { mon = [...] }` and `daily = [...]`".to_owned();
                self.sink.error("Y0603", r.at.row, "hours need either `week` or `daily`", Some(help));
            }
            let hours = OpeningHours {
                id: r.id.clone(),
                zone: self.zone(&r.zone),
                week: week.unwrap_or_default(),
                special_days: self.special_days(r),
            };
            let never = || {
                yalu_calendar::opening_intervals(&hours.week, &hours.special_days, &r.zone, self.from, self.to)
                    .is_empty()
            };
            if !self.sink.failed() && never() {
                let help = "give intervals on some day of the horizon".to_owned();
                self.sink.error("Y0603", r.at.row, "these hours are never open", Some(help));
            }
            out.push(hours);
        }
        out
    }

    /// Days with hours of their own: closed days, holidays of every year of the horizon, exceptions, which come first.
    fn special_days(&mut self, r: &HoursRow) -> Vec<(i32, Intervals)> {
        let day_of = |t| {
            let (y, m, d, _, _) = yalu_calendar::civil(&r.zone, t);
            (y, m, d)
        };
        let (first, last) = (day_of(self.from), day_of(yalu_units::Instant(self.to.0 - 1)));
        let epoch = |d: (i16, i8, i8)| yalu_calendar::epoch_day(d.0, d.1, d.2);
        let mut special: BTreeMap<i32, Intervals> = BTreeMap::new();
        for day in &r.closed_days {
            special.extend(epoch(*day).map(|d| (d, Vec::new())));
        }
        for (text, at) in &r.holidays {
            // Of a leap year, so that 29 February is one.
            let Some((_, month, day)) = crate::value::day(&format!("2024-{text}")) else {
                let help =
                    "holidays are MM-DD, closed every year; a day of one year belongs in `closed_days`".to_owned();
                self.sink.error("Y0306", *at, format!("`{text}` is no day of the year"), Some(help));
                continue;
            };
            special.extend((first.0..=last.0).filter_map(|y| Some((epoch((y, month, day))?, Vec::new()))));
        }
        for x in &r.exception {
            if x.day < first || x.day > last {
                let help = "correct the day, or leave it out".to_owned();
                self.sink.warn("Y0704", x.at.day, "the exception lies outside the horizon", Some(help));
            }
            let open = self.intervals(&x.open);
            special.extend(epoch(x.day).map(|d| (d, open)));
        }
        special.into_iter().collect()
    }

    /// The intervals of each day of the week by `week` or `daily`; none where not one of the two is given.
    pub(super) fn week(
        &mut self,
        at: At,
        week: Option<&WeekRow>,
        daily: Option<&[Placed<(u32, u32)>]>,
    ) -> Option<[Intervals; 7]> {
        match (week, daily) {
            (Some(_), Some(_)) => {
                let help = "write one of `week = { mon = [...] }` and `daily = [...]`".to_owned();
                self.sink.error("Y0603", at, "hours need either `week` or `daily`", Some(help));
                None
            }
            (Some(w), None) => {
                Some([&w.mon, &w.tue, &w.wed, &w.thu, &w.fri, &w.sat, &w.sun].map(|day| self.intervals(day)))
            }
            (None, Some(daily)) => {
                let daily = self.intervals(daily);
                Some(std::array::from_fn(|_| daily.clone()))
            }
            (None, None) => None,
        }
    }

    /// Intervals of a day. One that ends before it begins reaches into the next day, and only the last may.
    fn intervals(&mut self, list: &[Placed<(u32, u32)>]) -> Intervals {
        for pair in list.windows(2) {
            if let [((a, b), _), ((c, _), at)] = pair
                && (b <= a || c < b)
            {
                let help = "intervals of a day stand in order and apart".to_owned();
                self.sink.error("Y0604", *at, "this interval begins before the one before it ends", Some(help));
            }
        }
        list.iter().map(|(i, _)| *i).collect()
    }

    pub(super) fn stations(&mut self) -> IndexVec<StationId, BorderStation> {
        let hours = self.hours();
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.stations() {
            let resources = self.resources(r);
            // Where a resource is wrong, an activity may name it.
            let known = r.team.whole() && r.resource.whole();
            let activities = if known { self.activities(r, &resources) } else { Vec::new() };
            out.push(BorderStation {
                point: r.point,
                yard_tracks: r.yard_tracks.clone(),
                track_wagons: r.track_wagons.clone(),
                most_tracks: [Direction::Forward, Direction::Back].map(|way| {
                    let mut limits = r.most_tracks.iter();
                    limits.find(|m| m.direction == way).map(|m| m.tracks.clone())
                }),
                quota: r.quota.as_ref().map(|q| self.quota(q)),
                hours: hours.clone(),
                resources,
                activities,
            });
        }
        out
    }

    /// Teams, then other resources.
    fn resources(&mut self, r: &StationRow) -> Vec<Resource> {
        let teams = r.team.iter().map(|t| Resource {
            id: t.id.clone(),
            kind: ResourceKind::Team,
            count: t.count.clone(),
            hours: Some(t.hours),
            away_when_idle_min: None,
        });
        let mut out: Vec<Resource> = teams.collect();
        for x in &r.resource {
            // Twice among resources has been told.
            if r.team.iter().any(|t| t.id == x.id) {
                let help = "teams and resources of a station need names of their own".to_owned();
                self.sink.error("Y0402", x.at.id, format!("`{}` is there twice", x.id), Some(help));
            }
            out.push(Resource {
                id: x.id.clone(),
                kind: x.kind,
                count: x.count.clone(),
                hours: x.hours,
                away_when_idle_min: x.away_when_idle_min.clone(),
            });
        }
        out
    }

    fn quota(&mut self, q: &QuotaRow) -> AcceptanceQuota {
        let per = match q.per {
            QuotaUnit::Shift => {
                need!(self, q, "quota", hours, "a shift is an opening of hours: name them");
                q.hours.map_or(QuotaPer::Day, QuotaPer::Shift)
            }
            QuotaUnit::Day => {
                if q.hours.is_some() {
                    let help = "leave `hours` out, or write per = \"shift\"".to_owned();
                    self.sink.error("Y0610", q.at.hours, "a quota per day has no hours", Some(help));
                }
                QuotaPer::Day
            }
        };
        AcceptanceQuota { trains: q.value.clone(), per }
    }

    pub(super) fn holds(&mut self) -> IndexVec<HoldId, HoldPlace> {
        let files = self.files;
        // Where a station is wrong, a hold may be its.
        let whole = files.border.as_ref().is_none_or(|f| f.station.whole());
        let stations: BTreeSet<PointId> = files.stations().map(|s| s.point).collect();
        let mut out = IndexVec::new();
        for r in files.border.iter().flat_map(|f| &f.hold) {
            if r.capacity_t.high() <= 0.0 {
                let help = "give the tonnes it can hold".to_owned();
                self.sink.error("Y0607", r.at.capacity_t, "the hold has no capacity", Some(help));
            }
            if whole && !stations.contains(&r.station) {
                let help = "add a [[station]] with this point".to_owned();
                self.sink.error("Y0401", r.at.station, "no border station is declared at this point", Some(help));
            }
            let (from, to) = self.period(r.from, r.to, r.at.to);
            out.push(HoldPlace {
                id: r.id.clone(),
                title: r.title.clone(),
                point: r.point,
                station: r.station,
                capacity_t: r.capacity_t.clone(),
                platform_places: r.platform_places.clone(),
                unloading_h: r.unloading_h.clone(),
                hold_days: r.hold_days.clone(),
                from,
                to,
                release_t_per_day: r.release_t_per_day.clone(),
            });
        }
        out
    }
}
