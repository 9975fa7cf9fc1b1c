//! The working time-distance diagram: any period from an hour to weeks, with occupations, waits and restrictions.

use std::fmt::Write as _;

use crate::Chart;
use crate::WIDE;
use crate::calendar::moment_iso;
use crate::parts::missing;
use crate::svg::{Xy, px};
use crate::text::{Data, datum, with_unit};
use crate::time_distance::TimeDistance;

/// A zone's clock: its name and how far it is ahead of UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Name, such as `Beijing time, UTC+8`.
    pub name: String,
    /// Minutes ahead of UTC in this period.
    pub ahead_min: i32,
}

/// A block occupied by a train, from entry until its tail is clear and the route released.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Occupation {
    /// Index of the train among the diagram's trains; its colour is the box's.
    pub train: usize,
    /// One end of the block, km.
    pub from_km: f64,
    /// Other end, km.
    pub to_km: f64,
    /// From, ms since 1970-01-01 UTC.
    pub from: i64,
    /// To, ms.
    pub to: i64,
}

/// A temporary speed restriction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restriction {
    /// Upper end, km.
    pub from_km: f64,
    /// Lower end, km.
    pub to_km: f64,
    /// Speed, km/h.
    pub kmh: f64,
    /// From, ms; `None`: since before the period.
    pub from: Option<i64>,
    /// To, ms; `None`: beyond the period.
    pub to: Option<i64>,
    /// Words after the speed, such as `track works`; may be empty.
    pub label: String,
}

/// A train that waits outside the line before it may enter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outside {
    /// Index of the train among the diagram's trains.
    pub train: usize,
    /// Where it will enter, km.
    pub km: f64,
    /// Since, ms.
    pub from: i64,
    /// Entry, ms.
    pub to: i64,
}

/// A train that waits on the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wait {
    /// Index of the train among the diagram's trains.
    pub train: usize,
    /// Where, km.
    pub km: f64,
    /// From, ms.
    pub from: i64,
    /// To, ms.
    pub to: i64,
    /// For whom or what, such as `P 3`; may be empty.
    pub whom: String,
}

/// The diagram a planner works with, for any period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkingDiagram {
    /// Stations, trains, dwells, closed hours and meets; its two zones are drawn from the clocks below instead.
    pub base: TimeDistance,
    /// Clock of the rim above; the rim below too where there is no second one.
    pub clock: Clock,
    /// Clock of the rim below.
    pub second: Option<Clock>,
    /// Tracks at each station, in the order of the stations: from two on a loop is drawn in the rail; may be empty.
    pub station_tracks: Vec<u8>,
    /// Blocks occupied by trains.
    pub occupations: Vec<Occupation>,
    /// Temporary speed restrictions.
    pub restrictions: Vec<Restriction>,
    /// Trains that wait outside.
    pub outside: Vec<Outside>,
    /// Waits; those of 20 minutes and more are told in words.
    pub waits: Vec<Wait>,
}

pub(crate) const NAME: &str = "Working time-distance diagram";
/// Waits from here on are told in words, ms (the look's rule: 20 minutes).
pub(crate) const TOLD: i64 = 1_200_000;
/// Longest period drawn, ms: four hundred days.
const LONGEST: i64 = 400 * 86_400_000;
/// Farthest moment from 1970, ms.
const FARTHEST: u64 = 20_000 * 365 * 86_400_000;
/// Style of an occupation, before its colours.
pub(crate) const BOX: &str = "fill-opacity:.13;stroke-width:.6;stroke-opacity:.45";
/// Widest picture, px.
pub(crate) const WIDEST: f64 = 12_000.0;

impl WorkingDiagram {
    /// The width at which the period reads well, px: a page up to a day, then 40 px an hour, at most 12,000.
    pub fn natural_width(&self) -> f64 {
        let hours = self.base.to.saturating_sub(self.base.from).max(0) as f64 / 3.6e6;
        if hours <= 26.0 { WIDE } else { (380.0 + hours * 40.0).clamp(WIDE, WIDEST) }
    }

    fn lacks(&self) -> Option<String> {
        if self.base.stations.len() < 2 || self.base.to <= self.base.from {
            return Some(Chart::summary(&self.base));
        }
        if self.base.to.saturating_sub(self.base.from) > LONGEST {
            return Some("Not drawn: the period is longer than 400 days.".into());
        }
        if self.base.from.unsigned_abs().max(self.base.to.unsigned_abs()) > FARTHEST {
            return Some("Not drawn: the period lies outside the years of the calendar.".into());
        }
        let known = self.base.stations.iter().filter(|s| s.km.is_finite() && s.km.abs() < 1e6).count();
        (known < 2).then(|| "Not drawn: fewer than two stations have a distance.".into())
    }
}

impl Chart for WorkingDiagram {
    fn svg_at(&self, width: f64) -> String {
        match self.lacks() {
            Some(what) => missing(width, &self.base.caption, NAME, &what),
            None => self.draw(width),
        }
    }

    /// The picture at its natural width; wider than a page it keeps that width and wants a box that scrolls.
    fn svg(&self) -> String {
        self.svg_at(self.natural_width())
    }

    fn data(&self) -> Data {
        let mut data = self.base.data();
        let name = |i: usize| self.base.trains.get(i).map_or_else(String::new, |t| t.label.clone());
        let stretch = |a: f64, b: f64| format!("{} – {}", datum(a), datum(b));
        let moment = |ms: Option<i64>| ms.map_or_else(String::new, moment_iso);
        for o in &self.occupations {
            let row = ["occupation".into(), name(o.train), moment_iso(o.from), moment_iso(o.to)];
            data.row(row.into_iter().chain([stretch(o.from_km, o.to_km), String::new()]));
        }
        for r in &self.restrictions {
            let row = ["restriction".into(), String::new(), moment(r.from), moment(r.to)];
            data.row(row.into_iter().chain([stretch(r.from_km, r.to_km), r.words()]));
        }
        for o in &self.outside {
            let row = ["outside".into(), name(o.train), moment_iso(o.from), moment_iso(o.to)];
            data.row(row.into_iter().chain([datum(o.km), span_words(o.to.saturating_sub(o.from))]));
        }
        for w in &self.waits {
            let row = ["wait".into(), name(w.train), moment_iso(w.from), moment_iso(w.to)];
            data.row(row.into_iter().chain([datum(w.km), w.words("")]));
        }
        data
    }

    fn summary(&self) -> String {
        if let Some(what) = self.lacks() {
            return what;
        }
        let mut out = Chart::summary(&self.base);
        out.truncate(out.trim_end_matches('.').len());
        let long = self.waits.iter().filter(|w| w.to.saturating_sub(w.from) >= TOLD).count();
        for (count, words) in [
            (long, ["wait of 20 minutes and more", "waits of 20 minutes and more"]),
            (self.outside.len(), ["wait outside the line", "waits outside the line"]),
            (self.restrictions.len(), ["temporary speed restriction", "temporary speed restrictions"]),
        ] {
            if count > 0 {
                let _ = write!(out, "; {count} {}", words[usize::from(count > 1)]);
            }
        }
        out.push('.');
        out
    }
}

impl Restriction {
    pub(crate) fn words(&self) -> String {
        let speed = with_unit(self.kmh, "km/h");
        if self.label.is_empty() { speed } else { format!("{speed}, {}", self.label) }
    }
}

impl Wait {
    /// The wait in words: `F 1: 44 min for P 3`.
    pub(crate) fn words(&self, train: &str) -> String {
        let mut out = if train.is_empty() { String::new() } else { format!("{train}: ") };
        out.push_str(&span_words(self.to.saturating_sub(self.from)));
        if !self.whom.is_empty() {
            let _ = write!(out, " for {}", self.whom);
        }
        out
    }
}

/// A span as `44 min`, `1 h 21` or `2 d 3 h`.
pub(crate) fn span_words(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let (h, m) = (minutes / 60, minutes % 60);
    match (h, m) {
        (0, m) => format!("{m}\u{2009}min"),
        (h, 0) if h < 48 => format!("{h}\u{2009}h"),
        (h, m) if h < 48 => format!("{h}\u{2009}h\u{2009}{m:02}"),
        (h, _) => format!("{}\u{2009}d\u{2009}{}\u{2009}h", h / 24, h % 24),
    }
}

/// The flag of a train that waits to enter: its point at the entry.
pub(crate) fn flag(at: Xy) -> String {
    format!("M{} {}l-5 -3.6v7.2Z", px(at.0), px(at.1))
}
