//! Hours, border stations, holds.

use super::{Builder, id};
use crate::row::Row;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{
    AcceptanceQuota, BorderStation, HoldId, HoldPlace, OpeningHours, PointId, QuotaPer, Resource, ResourceKind,
    StationId,
};
use yalu_units::IndexVec;

const FILE: &str = "border.toml";

impl Builder<'_> {
    fn hours(&mut self) -> Vec<OpeningHours> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list(FILE, "hours") {
            let week = self.week(r);
            if week.is_none() && !r.given("week") {
                let help = "write one of `week = { mon = [...] }` and `daily = [...]`".to_owned();
                self.sink.error("Y0603", r.at, "hours need either `week` or `daily`", Some(help));
            }
            let hours = OpeningHours {
                id: r.text("id"),
                zone: self.zone(&r.text("zone")),
                week: week.unwrap_or_default(),
                special_days: self.special_days(r),
            };
            let zone = r.text("zone");
            let never = || {
                yalu_calendar::opening_intervals(&hours.week, &hours.special_days, &zone, self.from, self.to).is_empty()
            };
            if !self.sink.failed() && never() {
                let help = "give intervals on some day of the horizon".to_owned();
                self.sink.error("Y0603", r.at, "these hours are never open", Some(help));
            }
            out.push(hours);
        }
        out
    }

    /// Days with hours of their own: closed days, holidays of every year of the horizon, exceptions, which come first.
    fn special_days(&mut self, r: &Row) -> Vec<(i32, Vec<(u32, u32)>)> {
        let zone = r.text("zone");
        let day_of = |t| {
            let (y, m, d, _, _) = yalu_calendar::civil(&zone, t);
            (y, m, d)
        };
        let (first, last) = (day_of(self.from), day_of(yalu_units::Instant(self.to.0 - 1)));
        let epoch = |d: (i16, i8, i8)| yalu_calendar::epoch_day(d.0, d.1, d.2);
        let mut special: BTreeMap<i32, Vec<(u32, u32)>> = BTreeMap::new();
        for day in r.dates("closed_days") {
            special.extend(epoch(*day).map(|d| (d, Vec::new())));
        }
        for (text, at) in r.texts("holidays") {
            // Of a leap year, so that 29 February is one.
            let Some((_, month, day)) = crate::value::day(&format!("2024-{text}")) else {
                let help =
                    "holidays are MM-DD, closed every year; a day of one year belongs in `closed_days`".to_owned();
                self.sink.error("Y0306", *at, format!("`{text}` is no day of the year"), Some(help));
                continue;
            };
            special.extend((first.0..=last.0).filter_map(|y| Some((epoch((y, month, day))?, Vec::new()))));
        }
        for x in r.rows("exception") {
            let Some((day, _)) = x.days("day") else { continue };
            if day < first || day > last {
                let help = "correct the day, or leave it out".to_owned();
                self.sink.warn("Y0704", x.at("day"), "the exception lies outside the horizon", Some(help));
            }
            let open = self.intervals(x, "open");
            special.extend(epoch(day).map(|d| (d, open)));
        }
        special.into_iter().collect()
    }

    /// The intervals of each day of the week by `week` or `daily`; none where neither is given.
    pub(super) fn week(&mut self, r: &Row) -> Option<[Vec<(u32, u32)>; 7]> {
        if r.given("week") && r.given("daily") {
            let help = "write one of `week = { mon = [...] }` and `daily = [...]`".to_owned();
            self.sink.error("Y0603", r.at, "hours need either `week` or `daily`", Some(help));
            return None;
        }
        if let Some(w) = r.row("week") {
            let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            return Some(days.map(|day| self.intervals(w, day)));
        }
        r.given("daily").then(|| {
            let daily = self.intervals(r, "daily");
            std::array::from_fn(|_| daily.clone())
        })
    }

    /// Intervals of a day. One that ends before it begins reaches into the next day, and only the last may.
    fn intervals(&mut self, r: &Row, field: &str) -> Vec<(u32, u32)> {
        let list = r.intervals(field);
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
        for r in files.list(FILE, "station") {
            let resources = self.resources(r);
            let activities = self.activities(r, &resources);
            out.push(BorderStation {
                point: id(r, "point"),
                yard_tracks: r.quantity("yard_tracks"),
                track_wagons: r.quantity_opt("track_wagons"),
                most_tracks: [true, false].map(|way| {
                    let mut limits = r.rows("most_tracks").iter();
                    limits.find(|m| m.forward("direction") == Some(way)).map(|m| m.quantity("tracks"))
                }),
                quota: self.quota(r),
                hours: hours.clone(),
                resources,
                activities,
            });
        }
        out
    }

    /// Teams, then other resources.
    fn resources(&mut self, r: &Row) -> Vec<Resource> {
        let mut names = BTreeSet::new();
        let mut out = Vec::new();
        for (row, team) in r.rows("team").iter().map(|t| (t, true)).chain(r.rows("resource").iter().map(|t| (t, false)))
        {
            let word = row.text("kind");
            let kind = ResourceKind::WORDS.iter().find(|(w, _)| *w == word).map_or(ResourceKind::Team, |(_, k)| *k);
            // Twice among teams or among resources has been told.
            if !names.insert(row.text("id")) && !team && r.rows("team").iter().any(|t| t.text("id") == row.text("id")) {
                let help = "teams and resources of a station need names of their own".to_owned();
                self.sink.error("Y0402", row.at("id"), format!("`{}` is there twice", row.text("id")), Some(help));
            }
            out.push(Resource {
                id: row.text("id"),
                kind,
                count: row.quantity("count"),
                hours: row.index("hours"),
                away_when_idle_min: row.quantity_opt("away_when_idle_min"),
            });
        }
        out
    }

    fn quota(&mut self, r: &Row) -> Option<AcceptanceQuota> {
        let q = r.row("quota")?;
        let shift = q.text("per") == "shift";
        if shift {
            self.need(q, "quota", "hours", "a shift is an opening of hours: name them");
        } else if q.given("hours") {
            let help = "leave `hours` out, or write per = \"shift\"".to_owned();
            self.sink.error("Y0610", q.at("hours"), "a quota per day has no hours", Some(help));
        }
        let per = q.index("hours").filter(|_| shift).map_or(QuotaPer::Day, QuotaPer::Shift);
        Some(AcceptanceQuota { trains: q.quantity("value"), per })
    }

    pub(super) fn holds(&mut self) -> IndexVec<HoldId, HoldPlace> {
        let files = self.files;
        let stations: BTreeSet<usize> = files.list(FILE, "station").iter().filter_map(|s| s.index("point")).collect();
        let mut out = IndexVec::new();
        for r in files.list(FILE, "hold") {
            let capacity = r.quantity("capacity_t");
            if r.get("capacity_t").is_some() && capacity.high() <= 0.0 {
                let help = "give the tonnes it can hold".to_owned();
                self.sink.error("Y0607", r.at("capacity_t"), "the hold has no capacity", Some(help));
            }
            if r.index("station").is_some_and(|p| !stations.contains(&p)) {
                let help = "add a [[station]] with this point".to_owned();
                self.sink.error("Y0401", r.at("station"), "no border station is declared at this point", Some(help));
            }
            let (from, to) = self.period(r);
            let station: PointId = id(r, "station");
            out.push(HoldPlace {
                id: r.text("id"),
                title: r.text("title"),
                point: id(r, "point"),
                station,
                capacity_t: capacity,
                platform_places: r.quantity("platform_places"),
                unloading_h: r.quantity("unloading_h"),
                hold_days: r.quantity("hold_days"),
                from,
                to,
                release_t_per_day: r.quantity("release_t_per_day"),
            });
        }
        out
    }
}
