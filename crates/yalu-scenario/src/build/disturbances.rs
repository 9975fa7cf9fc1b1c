//! What disturbs the line: rows into windows of time and rates.

use super::{Builder, id, id_opt};
use crate::diagnostic::At;
use crate::row::Row;
use crate::value::Day;
use yalu_model::{
    CutWhen, Disturbances, EntryDelay, FailureWhen, LocomotiveFailure, Possession, PowerCut, SectionId,
    SpeedRestriction,
};
use yalu_units::{Idx as _, Instant};

const FILE: &str = "disturbances.toml";
const DAY_MS: i64 = 86_400_000;

impl Builder<'_> {
    pub(super) fn disturbances(&mut self) -> Disturbances {
        Disturbances {
            possessions: self.possessions(),
            restrictions: self.restrictions(),
            failures: self.failures(),
            power_cuts: self.power_cuts(),
            entry_delays: self.entry_delays(),
        }
    }

    fn possessions(&mut self) -> Vec<Possession> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list(FILE, "possession") {
            let section = r.index("section").and_then(|i| files.csv("network/sections.csv").get(i));
            let all = section.and_then(|s| s.integer("tracks"));
            let tracks = r.integer("tracks").or(all).and_then(|n| u8::try_from(n).ok()).unwrap_or(1);
            out.push(Possession { id: r.text("id"), section: id(r, "section"), tracks, windows: self.windows(r) });
        }
        out
    }

    fn restrictions(&mut self) -> Vec<SpeedRestriction> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list(FILE, "speed_restriction") {
            let period = self.days(r).map(|days| self.span(r, days));
            if let Some(period) = period {
                self.told_if_outside(r, period);
            }
            out.push(SpeedRestriction {
                id: r.text("id"),
                section: id(r, "section"),
                from_m: r.number("from_m").unwrap_or(0.0),
                to_m: r.number("to_m").unwrap_or(0.0),
                speed_kmh: r.number("speed_kmh").unwrap_or(0.0),
                period: period.unwrap_or_default(),
            });
        }
        out
    }

    fn failures(&mut self) -> Vec<LocomotiveFailure> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list(FILE, "locomotive_failure") {
            let noun = "locomotive_failure";
            let (dated, random) = (["service", "after", "from"], ["per_million_km", "locomotive"]);
            let when = if self.is_dated(r, noun, &dated, &random) {
                self.need(r, noun, "service", "The service whose train fails.");
                self.need(r, noun, "after", "The point the train has left.");
                self.need(r, noun, "from", "The first train from this day on.");
                FailureWhen::Dated(id(r, "service"), id(r, "after"), self.first(r, "from").unwrap_or_default())
            } else {
                if r.given("locomotive") {
                    self.need(r, noun, "per_million_km", "Failures in a million train kilometres.");
                }
                FailureWhen::Rate(r.quantity("per_million_km"), id_opt(r, "locomotive"))
            };
            out.push(LocomotiveFailure { id: r.text("id"), when, minutes: r.quantity("minutes") });
        }
        out
    }

    fn power_cuts(&mut self) -> Vec<PowerCut> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list(FILE, "power_cut") {
            let noun = "power_cut";
            let (dated, random) = (["from", "to", "week", "daily", "zone"], ["per_year", "hours"]);
            let when = if self.is_dated(r, noun, &dated, &random) {
                self.need(r, noun, "from", "First day.");
                self.need(r, noun, "to", "Last day.");
                CutWhen::Dated(self.windows(r))
            } else {
                if random.iter().any(|key| r.given(key)) {
                    self.need(r, noun, "per_year", "Cuts a year.");
                    self.need(r, noun, "hours", "Hours of each cut.");
                }
                CutWhen::Rate(r.quantity("per_year"), r.quantity("hours"))
            };
            if r.get("sections").is_some() && r.indices("sections").is_empty() {
                self.sink.error("Y0310", r.at("sections"), "the power cut names no section", None);
            }
            let sections = r.indices("sections").iter().map(|(i, _)| SectionId::new(*i)).collect();
            out.push(PowerCut { id: r.text("id"), sections, when });
        }
        out
    }

    fn entry_delays(&mut self) -> Vec<EntryDelay> {
        let files = self.files;

        files
            .list(FILE, "entry_delay")
            .iter()
            .map(|r| EntryDelay {
                id: r.text("id"),
                service: id_opt(r, "service"),
                share: r.quantity("share"),
                minutes: r.quantity("minutes"),
            })
            .collect()
    }

    /// Whether a row is dated and not at random; it is one of both.
    fn is_dated(&mut self, r: &Row, noun: &str, dated: &[&str], random: &[&str]) -> bool {
        let first = |keys: &[&str]| keys.iter().find(|key| r.given(key)).map(|key| (*key).to_owned());
        let (a, b) = (first(dated), first(random));
        match (&a, &b) {
            (Some(a), Some(b)) => {
                let help = format!("at random: {}; dated: {}", random.join(", "), dated.join(", "));
                self.sink.error("Y0610", r.at(b), format!("`{b}` beside `{a}` in `{noun}`"), Some(help));
            }
            (None, None) => {
                let message = format!("the `{noun}` is neither dated nor at random");
                let help = format!("at random: {}; dated: {}", random.join(", "), dated.join(", "));
                self.sink.error("Y0202", r.at, message, Some(help));
            }
            _ => {}
        }
        a.is_some()
    }

    /// The times of `from`, `to` and `week` or `daily`, in UTC, in order, cut to the horizon. Hours that reach into
    /// the next day do so on the last day too; without hours the period is one window.
    fn windows(&mut self, r: &Row) -> Vec<(Instant, Instant)> {
        let week = self.week(r);
        let Some((from, to)) = self.days(r) else {
            return Vec::new();
        };
        let period = self.span(r, (from, to));
        if from > to || self.told_if_outside(r, period) {
            return Vec::new();
        }
        let Some(week) = week else {
            return self.cut(vec![period]);
        };
        if week.iter().all(Vec::is_empty) {
            if !r.failed.contains(&"week") && !r.failed.contains(&"daily") {
                self.sink.error("Y0603", hours_at(r), "these hours are never open", None);
            }
            return Vec::new();
        }
        let all = self.by_day(r, &week, (from, to));
        if all.is_empty() {
            let help = "no day of `week` lies between `from` and `to`".to_owned();
            self.sink.warn("Y0805", r.at("from"), "no hours fall in the period", Some(help));
        }
        self.cut(all)
    }

    /// The hours of each day of a period; hours that touch are one window.
    fn by_day(&mut self, r: &Row, week: &[Vec<(u32, u32)>; 7], days: (Day, Day)) -> Vec<(Instant, Instant)> {
        let zone = self.zone_of(r);
        let number = |d: Day| yalu_calendar::epoch_day(d.0, d.1, d.2).map_or(0, i64::from);
        // Days that reach the horizon in any zone.
        let first = number(days.0).max(self.from.0.div_euclid(DAY_MS) - 3);
        let last = number(days.1).min(self.to.0.div_euclid(DAY_MS) + 3);
        let mut out: Vec<(Instant, Instant)> = Vec::new();
        let mut last_day = first;
        for n in first..=last {
            let (year, month, day, _, weekday) = yalu_calendar::civil("UTC", Instant(n * DAY_MS));
            for &(a, b) in week.get(usize::from(weekday)).map_or(&[][..], Vec::as_slice) {
                let b = if b <= a { b + 86_400 } else { b };
                let at = |s| yalu_calendar::local_time(&zone, (year, month, day), s);
                let (Some(a), Some(b)) = (at(a), at(b)) else { continue };
                if b <= a {
                    continue;
                }
                match out.last_mut() {
                    // Those of one day have been told.
                    Some(last) if a < last.1 && last_day < n => {
                        let help = "hours that reach into the next day end before its own begin".to_owned();
                        let message = "hours of a day begin before those of the day before end";
                        self.sink.error("Y0604", hours_at(r), message, Some(help));
                        return out;
                    }
                    Some(last) if a == last.1 => last.1 = b,
                    _ => out.push((a, b)),
                }
                last_day = n;
            }
        }
        out
    }

    fn cut(&self, windows: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
        let clipped = windows.into_iter().map(|(a, b)| (a.max(self.from), b.min(self.to)));
        clipped.filter(|(a, b)| a < b).collect()
    }

    /// Start and exclusive end of days in the row's zone.
    fn span(&self, r: &Row, days: (Day, Day)) -> (Instant, Instant) {
        let zone = self.zone_of(r);
        let begin = yalu_calendar::local_time(&zone, days.0, 0).unwrap_or_default();
        (begin, yalu_calendar::local_time(&zone, days.1, 86_400).unwrap_or_default())
    }

    fn zone_of(&self, r: &Row) -> String {
        r.text_opt("zone").unwrap_or_else(|| self.zone.clone())
    }

    /// Whether a period touches no day of the horizon; then a warning says so.
    fn told_if_outside(&mut self, r: &Row, (from, to): (Instant, Instant)) -> bool {
        let outside = from < to && (to <= self.from || from >= self.to);
        if outside {
            let help = "the horizon is `from` and `to` of [corridor] in scenario.toml".to_owned();
            self.sink.warn("Y0704", r.at("from"), "the period touches no day of the horizon", Some(help));
        }
        outside
    }
}

/// Where the hours of a row stand.
fn hours_at(r: &Row) -> At {
    if r.given("daily") { r.at("daily") } else { r.at("week") }
}
