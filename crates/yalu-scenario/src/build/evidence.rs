//! Crossings, regimes, reports, observed values, the story.

use super::{Builder, id};
use crate::row::Row;
use yalu_model::{
    Ban, Claim, Crossing, CrossingId, Direction, LatLon, Mode, Observed, Precision, Regime, Report, SeenTrain, State,
    Story, StoryClaim, StoryQuestion,
};
use yalu_units::{IndexVec, Instant};

impl Builder<'_> {
    pub(super) fn crossings(&mut self) -> IndexVec<CrossingId, Crossing> {
        let files = self.files;
        files
            .csv("crossings.csv")
            .iter()
            .map(|r| Crossing {
                id: r.text("id"),
                title: r.text("title"),
                mode: match r.text("mode").as_str() {
                    "passenger" => Mode::Passenger,
                    "road" => Mode::Road,
                    "sea" => Mode::Sea,
                    "air" => Mode::Air,
                    "place" => Mode::Place,
                    _ => Mode::Rail,
                },
                position: r.number("lat").zip(r.number("lon")).map(|(lat, lon)| LatLon { lat, lon }),
                colour: r.text("colour"),
                trade_share: r.number("trade_share"),
            })
            .collect()
    }

    pub(super) fn regimes(&mut self, countries: [&str; 2]) -> Vec<Regime> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.csv("regimes.csv") {
            let from = self.first(r, "from").unwrap_or(self.from);
            let to = if r.get("to").is_some() {
                self.period(r).1
            } else {
                // Open: to the end of the horizon, and never empty.
                self.to.max(from + yalu_units::Span::days(1))
            };
            let bans = self.bans(r, countries);
            out.push(regime(r, (from, to), bans));
        }
        out.sort_by_key(|r| (r.crossing, r.from));
        out
    }

    /// Goods a regime bans: `27`, `*`, `AA-BB:27`.
    fn bans(&mut self, r: &Row, [a, b]: [&str; 2]) -> Vec<Ban> {
        let mut out = Vec::new();
        for (text, at) in r.texts("bans_hs") {
            let (way, hs) = text.split_once(':').map_or((None, text.as_str()), |(way, hs)| (Some(way), hs));
            let direction = match way {
                None => Some(None),
                Some(way) if way == format!("{a}-{b}") => Some(Some(Direction::Forward)),
                Some(way) if way == format!("{b}-{a}") => Some(Some(Direction::Back)),
                Some(_) => None,
            };
            let sound = hs == "*" || (2..=6).contains(&hs.len()) && hs.bytes().all(|x| x.is_ascii_digit());
            match direction {
                Some(direction) if sound => {
                    out.push(Ban { direction, hs: if hs == "*" { String::new() } else { hs.to_owned() } });
                }
                _ => {
                    let help = format!("write an HS chapter or heading (27, 1701) or *, alone or as {a}-{b}:27");
                    self.sink.error("Y0621", *at, format!("`{text}` bans nothing"), Some(help));
                }
            }
        }
        out
    }

    pub(super) fn reports(&mut self) -> Vec<Report> {
        let files = self.files;
        files.csv("reports.csv").iter().map(|r| self.report(r)).collect()
    }

    fn report(&self, r: &Row) -> Report {
        let text = |field| r.text(field);
        Report {
            id: text("id"),
            reported: self.first(r, "reported").unwrap_or_default(),
            reported_precision: precision(&text("reported_prec")),
            event_start: self.first(r, "event_start"),
            event_end: r.days("event_end").map(|d| self.midnight(d.1)),
            precision: precision(&text("prec")),
            crossing: text("crossing"),
            mode: text("mode"),
            claim: match text("claim").as_str() {
                "running" => Claim::Running,
                "suspended" => Claim::Suspended,
                "resumed" => Claim::Resumed,
                "planned" => Claim::Planned,
                "denied" => Claim::Denied,
                "unconfirmed" => Claim::Unconfirmed,
                "opened" => Claim::Opened,
                _ => Claim::Observed,
            },
            quantity: r.number("qty"),
            unit: text("unit"),
            detail: text("detail"),
            source: text("source"),
            source_type: text("source_type"),
            origin: text("origin"),
            derived: r.flag("derived"),
            url: text("url"),
        }
    }

    pub(super) fn observed(&mut self) -> Vec<Observed> {
        let files = self.files;
        files
            .csv("observed.csv")
            .iter()
            .map(|r| Observed {
                month: r.month("month").unwrap_or((1970, 1)),
                exports_musd: r.number("exports_musd"),
                imports_musd: r.number("imports_musd"),
                total_musd: r.number("total_musd"),
                exports_derived: r.text("exports_kind") == "D",
                source_date: r.text("source_date"),
                source: r.text("source"),
                url: r.text("url"),
            })
            .collect()
    }

    pub(super) fn story(&mut self) -> Option<Story> {
        let files = self.files;
        let r = files.toml("story.toml")?;
        Some(Story {
            day: self.first(r, "day").unwrap_or(self.from),
            headline: r.text("headline"),
            lead: r.text("lead"),
            crossing: id(r, "crossing"),
            seen: r.rows("seen").iter().flat_map(seen).collect(),
            questions: r
                .rows("question")
                .iter()
                .map(|x| StoryQuestion {
                    about: x.text("about"),
                    question: x.text("question"),
                    answer: x.text("answer"),
                    text: x.text("text"),
                    facts: x.pairs("facts"),
                    sources: x.strings("sources"),
                })
                .collect(),
            claims: r
                .rows("claim")
                .iter()
                .map(|x| StoryClaim {
                    said: x.text("said"),
                    record: x.text("record"),
                    model: x.text("model"),
                    sources: x.strings("sources"),
                    confidence: x.text("confidence"),
                    verdict: x.text("verdict"),
                })
                .collect(),
        })
    }
}

fn regime(r: &Row, (from, to): (Instant, Instant), bans: Vec<Ban>) -> Regime {
    Regime {
        crossing: id(r, "crossing"),
        from,
        to,
        state: match r.text("state").as_str() {
            "not_opened" => State::NotOpened,
            "suspended" => State::Suspended,
            "limited" => State::Limited,
            "open" => State::Open,
            _ => State::Unknown,
        },
        start_uncertainty_days: r.number("start_uncertainty_days").unwrap_or(0.0),
        trains_per_day: r.quantity_opt("trains_per_day"),
        wagons_per_train: r.quantity_opt("wagons_per_train"),
        wagons_per_day: r.quantity_opt("wagons_per_day"),
        capacity_share: r.quantity_opt("capacity_share"),
        hold_days: r.quantity_opt("hold_days"),
        restrictions: r.strings("restrictions"),
        notice_days: r.quantity_opt("notice_days"),
        ramp_days: r.quantity_opt("ramp_days"),
        bans,
        confidence: r.text("confidence"),
        start_basis: r.text("start_basis"),
        reasoning: r.text("reasoning"),
        basis: r.basis.clone(),
    }
}

/// A date's precision; a word that is not known is taken as approximate.
fn precision(word: &str) -> Precision {
    match word {
        "" | "day" => Precision::Day,
        "month" => Precision::Month,
        "year" => Precision::Year,
        _ => Precision::Approx,
    }
}

/// Each time of a row of trains seen.
fn seen(x: &Row) -> Vec<SeenTrain> {
    let Some((day, _)) = x.days("day") else { return Vec::new() };
    let zone = x.text("zone");
    x.times("times")
        .iter()
        .filter_map(|(s, _)| {
            let at = yalu_calendar::local_time(&zone, day, *s)?;
            Some(SeenTrain { at, point: id(x, "point"), text: x.text("text") })
        })
        .collect()
}
