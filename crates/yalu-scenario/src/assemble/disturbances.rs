//! What disturbs the line: rows into windows of time and rates.

use super::Builder;
use super::border::Intervals;
use crate::describe::{LocomotiveFailureRow, PossessionRow, PowerCutRow, SpeedRestrictionRow};
use crate::diagnostic::At;
use crate::value::Day;
use yalu_model::{
    CutWhen, Disturbances, EntryDelay, FailureWhen, LocomotiveFailure, Possession, PowerCut, SpeedRestriction,
};
use yalu_units::{Idx as _, Instant};

const DAY_MS: i64 = 86_400_000;

/// Days and hours as a row gives them.
struct When<'a> {
    days: (Day, Day),
    /// Where its first day stands.
    from_at: At,
    zone: &'a str,
    week: Option<[Intervals; 7]>,
    hours_at: At,
}

/// A key that makes a row dated or random: its name, whether it is there, where.
type Key = (&'static str, bool, At);

macro_rules! keys {
    ($row:expr, $($key:ident)+) => { [$((stringify!($key), $row.$key.is_some(), $row.at.$key)),+] };
}

impl Builder<'_> {
    pub(super) fn disturbances(&mut self) -> Disturbances {
        let Some(f) = &self.files.disturbances else { return Disturbances::default() };
        Disturbances {
            possessions: f.possession.iter().map(|r| self.possession(r)).collect(),
            restrictions: f.speed_restriction.iter().map(|r| self.restriction(r)).collect(),
            failures: f.locomotive_failure.iter().filter_map(|r| self.failure(r)).collect(),
            power_cuts: f.power_cut.iter().filter_map(|r| self.power_cut(r)).collect(),
            entry_delays: f
                .entry_delay
                .iter()
                .map(|r| EntryDelay {
                    id: r.id.clone(),
                    service: r.service,
                    share: r.share.clone(),
                    minutes: r.minutes.clone(),
                })
                .collect(),
        }
    }

    fn possession(&mut self, r: &PossessionRow) -> Possession {
        let all = self.files.sections.get(r.section.index()).map_or(1, |s| s.tracks);
        let week = self.week(r.at.row, r.week.as_ref(), r.daily.as_deref());
        self.in_order(r.from, r.to, r.at.to);
        let zone = self.zone_or_border(r.zone.as_ref());
        let hours_at = if r.daily.is_some() { r.at.daily } else { r.at.week };
        let when = When { days: (r.from, r.to), from_at: r.at.from, zone: &zone, week, hours_at };
        Possession {
            id: r.id.clone(),
            section: r.section,
            tracks: r.tracks.unwrap_or(all),
            windows: self.windows(&when),
        }
    }

    fn restriction(&mut self, r: &SpeedRestrictionRow) -> SpeedRestriction {
        self.in_order(r.from, r.to, r.at.to);
        let zone = self.zone_or_border(r.zone.as_ref());
        let period = span(&zone, (r.from, r.to));
        self.told_if_outside(r.at.from, period);
        SpeedRestriction {
            id: r.id.clone(),
            section: r.section,
            from_m: r.from_m,
            to_m: r.to_m,
            speed_kmh: r.speed_kmh,
            period,
        }
    }

    fn failure(&mut self, r: &LocomotiveFailureRow) -> Option<LocomotiveFailure> {
        let when = if self.is_dated(
            r.at.row,
            "locomotive_failure",
            &keys!(r, service after from),
            &keys!(r, per_million_km locomotive),
        ) {
            need!(self, r, "locomotive_failure", service, "The service whose train fails.");
            need!(self, r, "locomotive_failure", after, "The point the train has left.");
            need!(self, r, "locomotive_failure", from, "The first train from this day on.");
            FailureWhen::Dated(r.service?, r.after?, self.midnight(r.from?))
        } else {
            if r.locomotive.is_some() {
                need!(self, r, "locomotive_failure", per_million_km, "Failures in a million train kilometres.");
            }
            FailureWhen::Rate(r.per_million_km.clone()?, r.locomotive)
        };
        Some(LocomotiveFailure { id: r.id.clone(), when, minutes: r.minutes.clone() })
    }

    fn power_cut(&mut self, r: &PowerCutRow) -> Option<PowerCut> {
        if r.sections.is_empty() {
            self.sink.error("Y0310", r.at.sections, "the power cut names no section", None);
        }
        let dated = self.is_dated(r.at.row, "power_cut", &keys!(r, from to week daily zone), &keys!(r, per_year hours));
        let when = if dated {
            need!(self, r, "power_cut", from, "First day.");
            need!(self, r, "power_cut", to, "Last day.");
            let week = self.week(r.at.row, r.week.as_ref(), r.daily.as_deref());
            let days = (r.from?, r.to?);
            self.in_order(days.0, days.1, r.at.to);
            let zone = self.zone_or_border(r.zone.as_ref());
            let hours_at = if r.daily.is_some() { r.at.daily } else { r.at.week };
            CutWhen::Dated(self.windows(&When { days, from_at: r.at.from, zone: &zone, week, hours_at }))
        } else {
            if r.per_year.is_some() || r.hours.is_some() {
                need!(self, r, "power_cut", per_year, "Cuts a year.");
                need!(self, r, "power_cut", hours, "Hours of each cut.");
            }
            CutWhen::Rate(r.per_year.clone()?, r.hours.clone()?)
        };
        Some(PowerCut { id: r.id.clone(), sections: r.sections.iter().map(|(id, _)| *id).collect(), when })
    }

    /// Whether a row is dated and not at random; it is one of both.
    fn is_dated(&mut self, row: At, noun: &str, dated: &[Key], random: &[Key]) -> bool {
        let first = |keys: &[Key]| keys.iter().find(|(_, given, _)| *given).copied();
        let names = |keys: &[Key]| keys.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
        let help = || Some(format!("at random: {}; dated: {}", names(random), names(dated)));
        match (first(dated), first(random)) {
            (Some((a, ..)), Some((b, _, at))) => {
                self.sink.error("Y0610", at, format!("`{b}` beside `{a}` in `{noun}`"), help());
            }
            (None, None) => {
                self.sink.error("Y0202", row, format!("the `{noun}` is neither dated nor at random"), help());
            }
            _ => {}
        }
        first(dated).is_some()
    }

    /// The times of `from`, `to` and `week` or `daily`, in UTC, in order, cut to the horizon. Hours that reach into
    /// the next day do so on the last day too; without hours the period is one window.
    fn windows(&mut self, w: &When<'_>) -> Vec<(Instant, Instant)> {
        let period = span(w.zone, w.days);
        if w.days.0 > w.days.1 || self.told_if_outside(w.from_at, period) {
            return Vec::new();
        }
        let Some(week) = &w.week else {
            return self.cut(vec![period]);
        };
        if week.iter().all(Vec::is_empty) {
            self.sink.error("Y0603", w.hours_at, "these hours are never open", None);
            return Vec::new();
        }
        let all = self.by_day(w, week);
        if all.is_empty() {
            let help = "no day of `week` lies between `from` and `to`".to_owned();
            self.sink.warn("Y0805", w.from_at, "no hours fall in the period", Some(help));
        }
        self.cut(all)
    }

    /// The hours of each day of a period; hours that touch are one window.
    fn by_day(&mut self, w: &When<'_>, week: &[Intervals; 7]) -> Vec<(Instant, Instant)> {
        let number = |d: Day| yalu_calendar::epoch_day(d.0, d.1, d.2).map_or(0, i64::from);
        // Days that reach the horizon in any zone.
        let first = number(w.days.0).max(self.from.0.div_euclid(DAY_MS) - 3);
        let last = number(w.days.1).min(self.to.0.div_euclid(DAY_MS) + 3);
        let mut out: Vec<(Instant, Instant)> = Vec::new();
        let mut last_day = first;
        for n in first..=last {
            let (year, month, day, _, weekday) = yalu_calendar::civil("UTC", Instant(n * DAY_MS));
            for &(a, b) in week.get(usize::from(weekday)).map_or(&[][..], Vec::as_slice) {
                let b = if b <= a { b + 86_400 } else { b };
                let at = |s| yalu_calendar::local_time(w.zone, (year, month, day), s);
                let (Some(a), Some(b)) = (at(a), at(b)) else { continue };
                if b <= a {
                    continue;
                }
                match out.last_mut() {
                    // Those of one day have been told.
                    Some(last) if a < last.1 && last_day < n => {
                        let help = "hours that reach into the next day end before its own begin".to_owned();
                        let message = "hours of a day begin before those of the day before end";
                        self.sink.error("Y0604", w.hours_at, message, Some(help));
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

    fn zone_or_border(&self, zone: Option<&String>) -> String {
        zone.unwrap_or(&self.zone).clone()
    }

    /// Whether a period touches no day of the horizon; then a warning says so.
    fn told_if_outside(&mut self, at: At, (from, to): (Instant, Instant)) -> bool {
        let outside = from < to && (to <= self.from || from >= self.to);
        if outside {
            let help = "the horizon is `from` and `to` of [corridor] in scenario.toml".to_owned();
            self.sink.warn("Y0704", at, "the period touches no day of the horizon", Some(help));
        }
        outside
    }
}

/// Start and exclusive end of days in a zone.
fn span(zone: &str, days: (Day, Day)) -> (Instant, Instant) {
    let begin = yalu_calendar::local_time(zone, days.0, 0).unwrap_or_default();
    (begin, yalu_calendar::local_time(zone, days.1, 86_400).unwrap_or_default())
}
