//! What is written of a world: eight types of source with their habits and faults.

use super::dice::Dice;
use super::services::{CROSSINGS, Service, Shut};
use super::{DAYS, Rates};
use crate::{Day, Statement};
use yalu_model::{Claim, Mode, Precision, State};
use yalu_units::StreamKey;

/// How a type of source writes.
struct Source {
    name: &'static str,
    /// Share of the reports.
    share: f64,
    /// Chance that a report is made up or hearsay of nothing.
    rumour: f64,
    /// Chance that what it takes for a fact is the contrary.
    wrong: f64,
    /// Median days from the event to the report.
    lag_days: f64,
    /// Chance that it tells a sighting where it could tell a state.
    sees: f64,
}

const fn source(name: &'static str, [share, rumour, wrong, lag_days, sees]: [f64; 5]) -> Source {
    Source { name, share, rumour, wrong, lag_days, sees }
}

/// The eight types: share, rumours, errors, lag in days, sightings.
const SOURCES: [Source; 8] = [
    source("agency_observation", [0.17, 0.02, 0.03, 0.6, 0.6]),
    source("official_party", [0.11, 0.03, 0.03, 0.7, 0.1]),
    source("third_country_official", [0.11, 0.03, 0.05, 2.0, 0.1]),
    source("international_org", [0.05, 0.02, 0.05, 12.0, 0.1]),
    source("satellite", [0.1, 0.02, 0.1, 6.0, 0.7]),
    source("state_media", [0.09, 0.08, 0.08, 1.0, 0.1]),
    source("media_other", [0.15, 0.12, 0.1, 2.0, 0.2]),
    source("media_anon", [0.22, 0.22, 0.12, 1.5, 0.3]),
];

/// How much oftener a watched crossing is written of than another.
const WATCHED: f64 = 5.0;
/// How much oftener a change is written of on its day; the interest falls as a power of the days since.
const INTEREST: f64 = 12.0;
/// The same of a crossing that is shut, or limited, than of one that is open: what runs is no news.
const SHUT: f64 = 2.5;
const LIMITED: f64 = 1.5;
/// The same of a one-off movement, on its day.
const EPISODE: f64 = 10.0;
/// Share of changes that nobody notices.
const UNNOTICED: f64 = 0.15;
/// Share of reports of a change, of those written when it is new.
const TELLS_CHANGE: f64 = 0.8;
/// Share of reports that mention an old change in passing, and of these that misdate it.
const IN_PASSING: (f64, f64) = (0.08, 0.35);
/// Share of reports of a closure that are plans, and of these that know.
const PLANS: (f64, f64) = (0.15, 0.3);
/// Share of one-off movements that are told as a service.
const TAKEN_FOR_SERVICE: f64 = 0.2;
/// Share of dates that are exact, a few days off, a month off; the rest are a year off.
const DATES: [f64; 3] = [0.8, 0.13, 0.055];
/// Chance that a copy names its origin, or the copy it was taken from; else nobody can tell that it is one.
const NAMES: (f64, f64) = (0.65, 0.2);
/// Copies of a report on average, for the number of reports to come out as asked.
const COPIES: f64 = 0.35;
/// Reports on all land crossings for each change of the border.
const OF_ALL: usize = 2;

/// The reports of a world, in no order of days, each with its place in the order in which reports are left out, 0 to 1.
pub(super) fn reports(key: StreamKey, border: &[Shut], services: &[Service], rates: Rates) -> Vec<(Statement, f64)> {
    let interest: Vec<Vec<f64>> = (0..services.len()).map(|c| interest(key, c, &services[c])).collect();
    let told = border.iter().flat_map(|s| [s.from, s.to]).filter(|d| (0..DAYS).contains(d)).count() * OF_ALL;
    let wanted = (rates.reports / (1.0 + COPIES) - told as f64).max(0.3 * rates.reports);
    let each = wanted / interest.iter().flatten().sum::<f64>().max(1.0);
    let mut out = Vec::new();
    for (c, (service, interest)) in services.iter().zip(&interest).enumerate() {
        let mut writer = Writer { dice: Dice::of(key, "reports", c), crossing: c, service, reports: &mut out };
        for day in 0..DAYS {
            // Several on one day where much is written.
            let mut expected = each * interest[day as usize];
            while expected > 0.0 {
                if writer.dice.chance(expected.min(1.0)) {
                    writer.write(day);
                }
                expected -= 1.0;
            }
        }
    }
    of_all(key, border, &mut out);
    let mut dice = Dice::of(key, "left out", 0);
    out.into_iter().filter(|s| s.reported.0 < DAYS).map(|s| (s, dice.unit())).collect()
}

/// How much is written of a crossing, by day.
fn interest(key: StreamKey, crossing: usize, service: &Service) -> Vec<f64> {
    let mut dice = Dice::of(key, "interest", crossing);
    let noticed: Vec<i32> = service.changes().into_iter().filter(|_| !dice.chance(UNNOTICED)).collect();
    let weight = if CROSSINGS[crossing].1 { WATCHED } else { 1.0 } * dice.between(0.6, 1.4);
    (0..DAYS)
        .map(|day| {
            let since = noticed.iter().rev().find(|c| **c <= day).map_or(DAYS, |c| day - c);
            let change = INTEREST / (1.0 + f64::from(since) / 3.0);
            let episode = if service.episodes[day as usize] { EPISODE } else { 0.0 };
            let standing = match service.states[day as usize] {
                State::Suspended => SHUT,
                State::Limited => LIMITED,
                State::Open | State::NotOpened | State::Unknown => 1.0,
            };
            weight * (standing + change + episode)
        })
        .collect()
}

/// Writes the reports of one crossing.
struct Writer<'a> {
    dice: Dice,
    crossing: usize,
    service: &'a Service,
    reports: &'a mut Vec<Statement>,
}

impl Writer<'_> {
    /// One report of a day, and its copies.
    fn write(&mut self, day: i32) {
        let Some(source) = self.dice.pick(&SOURCES, |s| s.share) else { return };
        let mut s = if self.dice.chance(source.rumour) { self.rumour(day) } else { self.fact(source, day) };
        source.name.clone_into(&mut s.source_type);
        s.reported = Day(day + self.dice.lognormal(source.lag_days, 0.9));
        if self.dice.chance(0.15) {
            s.event = None;
        }
        s.origin.clone_from(&s.id);
        self.copies(&s);
        self.reports.push(s);
    }

    fn blank(&self, day: i32, claim: Claim) -> Statement {
        let (mode, _) = CROSSINGS[self.crossing];
        let word = match mode {
            Mode::Rail => "rail",
            Mode::Road => "road",
            Mode::Sea => "sea",
            Mode::Air => "air",
            Mode::Passenger | Mode::Place => "passenger",
        };
        Statement {
            id: format!("C{}-{}", self.crossing, self.reports.len()),
            reported: Day(day),
            event: Some((Day(day), Day(day))),
            precision: Precision::Day,
            crossing: format!("C{}", self.crossing),
            mode: word.to_owned(),
            claim,
            quantity: None,
            unit: String::new(),
            source_type: String::new(),
            origin: String::new(),
            derived: false,
        }
    }

    /// Something that nobody saw.
    fn rumour(&mut self, day: i32) -> Statement {
        let claims =
            [(Claim::Planned, 0.4), (Claim::Resumed, 0.25), (Claim::Suspended, 0.2), (Claim::Unconfirmed, 0.15)];
        let claim = self.dice.pick(&claims, |c| c.1).map_or(Claim::Planned, |c| c.0);
        let mut s = self.blank(day, claim);
        if claim == Claim::Planned {
            let at = Day(day + 1 + self.dice.exponential(25.0));
            s.event = Some((at, at));
        }
        s
    }

    fn fact(&mut self, source: &Source, day: i32) -> Statement {
        let changes = self.service.changes();
        let past = changes.iter().rev().find(|c| **c <= day).copied();
        if let Some(change) = past {
            let new = TELLS_CHANGE / (1.0 + f64::from(day - change) / 10.0);
            if self.dice.chance(new) {
                return self.change(change, day);
            }
            if self.dice.chance(IN_PASSING.0) {
                let old = changes.iter().filter(|c| **c <= day).count();
                let which = changes[(self.dice.unit() * old as f64) as usize];
                let mut s = self.change(which, day);
                if self.dice.chance(IN_PASSING.1) {
                    let off = self.dice.lognormal(60.0, 1.0) * if self.dice.chance(0.5) { 1 } else { -1 };
                    s.event = s.event.map(|(a, b)| (a + off, b + off));
                    s.precision = Precision::Month;
                }
                return s;
            }
        }
        let i = day as usize;
        if self.service.episodes[i] && self.dice.chance(0.8) {
            let claim = if self.dice.chance(TAKEN_FOR_SERVICE) { Claim::Resumed } else { Claim::Observed };
            let mut s = self.blank(day, claim);
            if claim == Claim::Observed && self.dice.chance(0.6) {
                (s.quantity, s.unit) =
                    (Some(1.0), if self.dice.chance(0.2) { "trial train" } else { "train" }.to_owned());
            }
            return s;
        }
        let runs = self.service.runs(day) != self.dice.chance(source.wrong);
        if !runs && self.dice.chance(PLANS.0) {
            let next = changes.iter().find(|c| **c > day).filter(|c| self.service.runs(**c));
            let at = match next {
                Some(c) if self.dice.chance(PLANS.1) => *c,
                _ => day + 1 + self.dice.exponential(30.0),
            };
            let mut s = self.blank(day, Claim::Planned);
            s.event = Some((Day(at), Day(at)));
            return s;
        }
        self.standing(source, day, runs)
    }

    /// A change, with the day it is said to have been on.
    fn change(&mut self, change: i32, day: i32) -> Statement {
        let (before, after) = (self.service.states[change as usize - 1], self.service.states[change as usize]);
        let ran = matches!(before, State::Open | State::Limited);
        let claim = match (before, self.service.runs(change)) {
            (State::NotOpened, true) => Claim::Opened,
            (_, true) if !ran => Claim::Resumed,
            (_, true) => Claim::Running,
            _ => Claim::Suspended,
        };
        let mut s = self.blank(change, claim);
        let place = self.dice.unit();
        let sign = if self.dice.chance(0.5) { 1 } else { -1 };
        let (off, precision) = if place < DATES[0] {
            (0, if self.dice.chance(0.9) { Precision::Day } else { Precision::Approx })
        } else if place < DATES[0] + DATES[1] {
            (1 + self.dice.exponential(3.0), if self.dice.chance(0.5) { Precision::Day } else { Precision::Approx })
        } else if place < DATES.iter().sum() {
            (self.dice.exponential(20.0), Precision::Month)
        } else {
            (365, Precision::Day)
        };
        let at = Day((change + sign * off).min(day));
        s.event = Some((at, at));
        s.precision = precision;
        if after == State::Limited {
            self.limits(&mut s);
        }
        s
    }

    /// How it stands on a day.
    fn standing(&mut self, source: &Source, day: i32, runs: bool) -> Statement {
        let sees = self.dice.chance(source.sees);
        if !runs {
            let claims = [(Claim::Suspended, 0.6), (Claim::Denied, 0.25), (Claim::Unconfirmed, 0.15)];
            let claim = self.dice.pick(&claims, |c| c.1).map_or(Claim::Suspended, |c| c.0);
            let mut s = self.blank(day, if sees { Claim::Observed } else { claim });
            if sees {
                (s.quantity, s.unit) = (Some(0.0), "vehicles".to_owned());
            }
            return s;
        }
        let mut s = self.blank(day, if sees { Claim::Observed } else { Claim::Running });
        if self.service.states[day as usize] == State::Limited {
            self.limits(&mut s);
        } else if sees && self.dice.chance(0.6) {
            (s.quantity, s.unit) = (Some(self.vehicles(1.0)), self.unit().to_owned());
        }
        s
    }

    /// What a report of a limited service tells of its limit.
    fn limits(&mut self, s: &mut Statement) {
        if self.service.quarantine && self.dice.chance(0.4) {
            (s.quantity, s.unit) = (Some(10.0), "days quarantine".to_owned());
        } else if self.dice.chance(0.5) {
            (s.quantity, s.unit) = (Some(self.vehicles(self.service.limited_share)), self.unit().to_owned());
        }
    }

    fn unit(&self) -> &'static str {
        match CROSSINGS[self.crossing].0 {
            Mode::Rail | Mode::Passenger => "freight cars",
            Mode::Road => "trucks",
            _ => "ships",
        }
    }

    /// Vehicles as counted: half to twice as many as there are.
    fn vehicles(&mut self, share: f64) -> f64 {
        let factor = libm::exp2(self.dice.between(-0.7, 0.7));
        (self.service.vehicles * share * factor).round().max(1.0)
    }

    /// Copies, later and by lesser sources. Most have none, a few have many.
    fn copies(&mut self, original: &Statement) {
        let mut from = original.id.clone();
        for n in 0..self.dice.pareto(1.0, 2.2).min(7) - 1 {
            let mut copy = original.clone();
            copy.id = format!("{}-{n}", original.id);
            copy.reported = original.reported + self.dice.lognormal(2.0, 1.2);
            let lesser = if self.dice.chance(0.5) { "media_other" } else { "media_anon" };
            lesser.clone_into(&mut copy.source_type);
            let place = self.dice.unit();
            if place < NAMES.0 {
                copy.derived = true;
                if self.dice.chance(0.2) {
                    copy.origin = copy.origin.to_lowercase();
                }
            } else if place < NAMES.0 + NAMES.1 {
                (copy.derived, copy.origin) = (true, from.clone());
            } else {
                copy.origin.clone_from(&copy.id);
            }
            from.clone_from(&copy.id);
            self.reports.push(copy);
        }
    }
}

/// What officials and their press say of all land crossings when the border shuts or opens: true of those that follow.
fn of_all(key: StreamKey, border: &[Shut], out: &mut Vec<Statement>) {
    let mut dice = Dice::of(key, "all", 0);
    for (n, shut) in border.iter().enumerate() {
        for (day, opens) in [(shut.from, false), (shut.to, true)] {
            for i in 0..OF_ALL {
                let types = ["official_party", "state_media", "third_country_official"];
                let said = day + if i == 0 { dice.exponential(1.0) } else { dice.exponential(20.0) };
                let source_type = dice.pick(&types, |_| 1.0).map_or("state_media", |t| *t).to_owned();
                if !(0..DAYS).contains(&day) || dice.chance(0.2) {
                    continue;
                }
                let (claim, unit) = match (opens, shut.state) {
                    (true, State::Suspended) => (Claim::Resumed, ""),
                    (true, _) => (Claim::Running, ""),
                    (false, State::Suspended) => (Claim::Suspended, ""),
                    (false, _) => (Claim::Running, "days quarantine"),
                };
                let id = format!("ALL-{n}-{opens}-{i}");
                out.push(Statement {
                    origin: id.clone(),
                    id,
                    reported: Day(said),
                    event: Some((Day(day), Day(day))),
                    precision: Precision::Day,
                    crossing: Statement::ALL_LAND.to_owned(),
                    mode: if dice.chance(0.5) { "all" } else { "rail+road" }.to_owned(),
                    claim,
                    quantity: (!unit.is_empty()).then_some(10.0),
                    unit: unit.to_owned(),
                    source_type,
                    derived: false,
                });
            }
        }
    }
}
