//! Crossings, regimes, reports, observed values, the story.

use super::{Builder, id};
use crate::row::Row;
use yalu_model::{
    Ban, Claim, Crossing, CrossingId, Direction, LatLon, Mode, Observed, Regime, Report, SeenTrain, State, Story,
    StoryClaim, StoryQuestion,
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
            })
            .collect()
    }

    pub(super) fn regimes(&mut self) -> Vec<Regime> {
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
            let (bans, windows) = (self.bans(r), self.directional(r));
            out.push(Regime { bans, windows, ..regime(r, from, to) });
        }
        out.sort_by_key(|r| (r.crossing, r.from));
        out
    }

    /// The two directions as texts.
    fn ways(&self) -> Option<[String; 2]> {
        let countries = self.files.toml("scenario.toml")?.row("corridor")?.strings("countries");
        let [a, b] = countries.as_slice() else { return None };
        Some([format!("{a}-{b}"), format!("{b}-{a}")])
    }

    /// Hours of the restrictions `window:CN-KP=06:00-12:00` and `convoy`: one direction before noon, the other after.
    fn directional(&mut self, r: &Row) -> [Option<(u32, u32)>; 2] {
        const NOON: u32 = 43_200;
        let Some(ways) = self.ways() else { return [None; 2] };
        let mut out = if r.texts("restrictions").iter().any(|(w, _)| w == "convoy") {
            [Some((0, NOON)), Some((NOON, 86_400))]
        } else {
            [None; 2]
        };
        for (text, at) in r.texts("restrictions") {
            let Some(rest) = text.strip_prefix("window:") else { continue };
            let parts = rest.split_once('=').map(|(way, hours)| (way.trim(), crate::value::interval(hours)));
            let way = parts.and_then(|(way, _)| ways.iter().position(|w| w == way));
            let hours = parts.and_then(|(_, hours)| hours).filter(|(a, b)| a < b);
            if let Some((way, hours)) = way.zip(hours) {
                out[way] = Some(hours);
            } else {
                let help = format!("write `window:{}=06:00-12:00`, within one day", ways[0]);
                self.sink.error("Y0319", *at, format!("`{text}` is no window of a direction"), Some(help));
            }
        }
        out
    }

    /// What a regime refuses: `27`, `CN-KP:27` or `CN-KP`.
    fn bans(&mut self, r: &Row) -> Vec<Ban> {
        let Some([forth, back]) = self.ways() else { return Vec::new() };
        let ways = [(forth.clone(), Direction::Forward), (back, Direction::Back)];
        let mut out = Vec::new();
        for (text, at) in r.texts("bans_hs") {
            let (way, hs) = match text.split_once(':') {
                Some((way, hs)) => (Some(way.trim()), hs.trim()),
                None if text.starts_with(|c: char| c.is_ascii_digit()) => (None, text.as_str()),
                None => (Some(text.as_str()), ""),
            };
            let direction = way.and_then(|w| ways.iter().find(|x| x.0 == w)).map(|x| x.1);
            let heading = (2..=10).contains(&hs.len()) && hs.chars().all(|c| c.is_ascii_digit());
            if way.is_some() != direction.is_some() || !(heading || hs.is_empty() && direction.is_some()) {
                let help =
                    format!("write a heading of 2 to 10 digits, `27`; one way, `{forth}:27`; or a way, `{forth}`");
                self.sink.error("Y0318", *at, format!("`{text}` is no ban"), Some(help));
            }
            out.push(Ban { direction, hs: hs.to_owned() });
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
            event_start: self.first(r, "event_start"),
            event_end: r.days("event_end").map(|d| self.midnight(d.1)),
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

fn regime(r: &Row, from: Instant, to: Instant) -> Regime {
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
        notice_days: r.quantity_opt("notice_days"),
        ramp_days: r.quantity_opt("ramp_days"),
        bans: Vec::new(),
        windows: [None; 2],
        restrictions: r.strings("restrictions"),
        confidence: r.text("confidence"),
        start_basis: r.text("start_basis"),
        reasoning: r.text("reasoning"),
        basis: r.basis.clone(),
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
