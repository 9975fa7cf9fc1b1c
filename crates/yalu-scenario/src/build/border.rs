//! Hours, border stations, holds.

use super::{Builder, id};
use crate::diagnostic::meant;
use crate::row::Row;
use std::collections::BTreeSet;
use yalu_model::{
    Activity, BorderStation, HoldId, HoldPlace, OpeningHours, PointId, Quantity, StartRule, StationId, Team,
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
            let week = week.unwrap_or_default();
            if week.iter().all(Vec::is_empty) && !self.sink.failed() {
                self.sink.error("Y0603", r.at, "these hours are never open", None);
            }
            let closed = r.dates("closed_days").iter();
            out.push(OpeningHours {
                id: r.text("id"),
                zone: self.zone(&r.text("zone")),
                week,
                closed_days: closed.filter_map(|d| yalu_calendar::epoch_day(d.0, d.1, d.2)).collect(),
            });
        }
        out
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
            let teams: Vec<Team> = r
                .rows("team")
                .iter()
                .map(|t| Team { id: t.text("id"), count: t.quantity("count"), hours: t.index("hours").unwrap_or(0) })
                .collect();
            let activities = r.rows("activity").iter().map(|a| self.activity(a, &teams)).collect();
            out.push(BorderStation {
                point: id(r, "point"),
                yard_tracks: r.quantity("yard_tracks"),
                hours: hours.clone(),
                teams,
                activities,
            });
        }
        out
    }

    fn activity(&mut self, r: &Row, teams: &[Team]) -> Activity {
        let team = r.text_opt("team").and_then(|name| {
            let found = teams.iter().position(|t| t.id == name);
            if found.is_none() {
                let help = meant(&name, teams.iter().map(|t| t.id.as_str()))
                    .unwrap_or_else(|| "teams are declared in the same [[station]]".to_owned());
                self.sink.error("Y0403", r.at("team"), format!("the station has no team `{name}`"), Some(help));
            }
            found
        });
        let per_wagon = format!("{}.minutes_per_wagon", r.path);
        Activity {
            id: r.text("id"),
            title: r.text("title"),
            loaded: r.text("applies_to") == "loaded",
            forward: r.forward("direction").unwrap_or(true),
            team,
            minutes: r.quantity("minutes"),
            minutes_per_wagon: r
                .quantity_opt("minutes_per_wagon")
                .unwrap_or_else(|| Quantity::assumed(&per_wagon, 0.0, "no time for each wagon is given")),
            may_start: if r.text("may_start") == "any_open_time" {
                StartRule::AnyOpenTime
            } else {
                StartRule::IfItCanFinish
            },
            only_under: r.text_opt("only_under"),
        }
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
