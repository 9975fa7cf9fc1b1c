//! What a statement says of a crossing and its border: likelihoods by state on the days it speaks of, and dated turns.

use crate::phases::{BORDERS, ByBorder};
use crate::placing::{Reach, names_any};
use crate::{Day, Settings, Statement};
use yalu_model::{Claim, Mode, Precision};

/// What a claim comes down to: the service runs, or it does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    /// It runs.
    Runs,
    /// It does not run.
    Stands,
}

/// What kind of thing is said of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// It came to be on this side.
    Onset(Side),
    /// It is on this side.
    Standing(Side),
    /// Something crossed.
    Movement,
}

impl Sign {
    pub fn side(self) -> Side {
        match self {
            Self::Onset(side) | Self::Standing(side) => side,
            Self::Movement => Side::Runs,
        }
    }
}

/// A turn with its days: how many times likelier it is on each of them than where nothing is said.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Dated {
    /// The day of the first value.
    pub first: Day,
    pub times: Vec<f64>,
}

/// What a statement says to one crossing.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Said {
    /// Place of the statement in the input.
    pub statement: usize,
    pub known: Day,
    pub sign: Sign,
    /// Days it speaks of, none after it became known.
    pub days: (Day, Day),
    /// Likelihoods of these days, together, by the crossing's state (not opened, suspended, limited, open) and the border's.
    pub own: [f64; 4],
    pub border: ByBorder,
    /// The turn it dates, for the crossing and for the border.
    pub turn: Option<Dated>,
    pub border_turn: Option<(usize, Dated)>,
    /// It names this crossing.
    pub direct: bool,
}

/// Words of a unit: not a freight service.
const NO_SERVICE: &[&str] =
    &["empty", "trial", "test", "bus", "people", "person", "passenger", "warehouse", "building", "house"];
/// Words of a unit: vehicles and what they carry.
const VEHICLES: &[&str] = &[
    "train",
    "car",
    "wagon",
    "truck",
    "container",
    "teu",
    "ship",
    "vessel",
    "flight",
    "horse",
    "animal",
    "tonne",
    "vehicle",
];
/// Words of a unit: goods are held, so that the service is restricted.
const HELD: &[&str] = &["quarantine", "held", "hold", "wait", "isolat"];
/// Chance that a count in a unit that names no vehicle (piles of goods, days of a wait) speaks of the service.
const NO_VEHICLE: f64 = 0.5;
/// Days by which an approximate date may be off.
const APPROX_DAYS: i32 = 4;
/// The same of a date given to the month, and to the year.
const MONTH_DAYS: i32 = 15;
const YEAR_DAYS: i32 = 182;
/// Mean days by which a date that is not exact is off, beyond its precision.
const OFF_DAYS: f64 = 4.0;
/// How far that is followed, in means.
const OFF_REACH: f64 = 3.0;
/// Days within which what happened is news.
const NEWS_DAYS: i32 = 3;
/// Days from one sighting to another of the same movement, and of the same episode.
const SAME_MOVEMENT_DAYS: i32 = 1;
const SAME_EPISODE_DAYS: i32 = 14;
/// What a second sighting of the same movement weighs, of a first.
const SAME_MOVEMENT: f64 = 0.15;

impl Said {
    /// Speaks of the days before it became known, not of long ago.
    pub fn news(&self) -> bool {
        self.known.since(self.days.1) <= NEWS_DAYS
    }
}

/// What a crossing has been told so far, as far as it bears on what comes next.
#[derive(Default)]
pub(crate) struct Told {
    /// Days of sightings.
    seen: Vec<Day>,
    /// The most vehicles counted, by what was counted, and how often they were counted.
    counts: Vec<(&'static str, f64, u32)>,
    /// The last day of which it was claimed that it runs, if it was not said to stand since.
    claimed: Option<Day>,
}

/// What a statement comes down to, with the chance that it speaks of the service; nothing for plans.
pub(crate) fn sign(s: &Statement, mode: Mode, settings: &Settings) -> Option<(Sign, f64)> {
    match s.claim {
        Claim::Resumed | Claim::Opened => Some((Sign::Onset(Side::Runs), 1.0)),
        Claim::Running => Some((Sign::Standing(Side::Runs), 1.0)),
        Claim::Suspended => Some((Sign::Onset(Side::Stands), 1.0)),
        Claim::Denied => Some((Sign::Standing(Side::Stands), 1.0)),
        Claim::Unconfirmed => Some((Sign::Standing(Side::Stands), settings.unconfirmed)),
        Claim::Planned | Claim::Retracted => None,
        Claim::Observed => {
            let people = mode == Mode::Passenger && !names_any(&s.unit, &NO_SERVICE[..3]);
            let vehicles = s.unit.is_empty() || names_any(&s.unit, VEHICLES);
            let speaks = if vehicles { 1.0 } else { NO_VEHICLE };
            if names_any(&s.unit, NO_SERVICE) && !people {
                Some((Sign::Movement, settings.not_a_service))
            } else if s.quantity == Some(0.0) {
                Some((Sign::Standing(Side::Stands), speaks))
            } else {
                Some((Sign::Movement, speaks))
            }
        }
    }
}

/// What a statement says to a crossing that it reaches.
pub(crate) fn said(
    (statement, s): (usize, &Statement),
    reach: &Reach,
    (sign, speaks): (Sign, f64),
    told: &mut Told,
    settings: &Settings,
) -> Said {
    let days = days(s);
    let lag = s.reported.since(days.1);
    let right = Settings::right(&s.source_type);
    let chance = (reach.chance * speaks * settings.dated_right(lag)).clamp(0.0, 1.0);
    let held = sign.side() == Side::Runs && names_any(&s.unit, HELD);
    let one_off = told.one_off(s, sign, days.1, settings);
    let mut own = match sign {
        Sign::Standing(side) => sided(side, right, settings.standing, one_off, chance),
        Sign::Onset(side) => sided(side, right, settings.onset_state, one_off, chance),
        Sign::Movement => movement(right, chance, told.sighting(days.1), settings),
    };
    let few = if held { Some(1.0) } else { told.few(s, sign) };
    if let Some(few) = few {
        // From three to one for few to one to three for many, by the chance that it is meant.
        let odds = libm::pow(settings.limited_odds, chance * (few - 0.5));
        own[2] *= odds;
        own[3] /= odds;
    }
    let turn = turn_of(s, sign, right, (chance, one_off), settings);
    let border = reach.border * speaks * settings.dated_right(lag);
    let to = match sign.side() {
        Side::Stands => BORDERS - 1,
        Side::Runs => usize::from(held),
    };
    Said {
        statement,
        known: s.reported,
        sign,
        days,
        own,
        border: if reach.border > 0.0 { of_border(to, right, border) } else { [1.0; BORDERS] },
        border_turn: turn_of(s, sign, right, (border, one_off), settings).map(|t| (to, t)),
        turn,
        direct: reach.direct,
    }
}

/// Likelihoods of a claim that it is on a side, by state; a claim that does not speak of it says nothing.
fn sided(side: Side, right: f64, weight: f64, told: f64, chance: f64) -> [f64; 4] {
    let odds = libm::pow(right / (1.0 - right), weight);
    let right = odds / (1.0 + odds);
    let wrong = 1.0 - right + told * right;
    let (yes, no) = (chance * right + (1.0 - chance) * 0.5, chance * wrong + (1.0 - chance) * 0.5);
    match side {
        Side::Runs => [no, no, yes, yes],
        Side::Stands => [yes, yes, no, no],
    }
}

/// Likelihoods of a sighting by state: one-off movements happen where it is shut.
fn movement(right: f64, chance: f64, sighting: Sighting, settings: &Settings) -> [f64; 4] {
    let (episode, weight) = match sighting {
        Sighting::First => (settings.episode[0], 1.0),
        Sighting::SameEpisode => (settings.episode[1], 1.0),
        Sighting::SameMovement => (settings.episode[0], SAME_MOVEMENT),
    };
    let shut = libm::pow(episode + (1.0 - right) * (1.0 - episode), weight * chance);
    [shut, shut, 1.0, 1.0]
}

fn of_border(to: usize, right: f64, chance: f64) -> ByBorder {
    let given = |p: f64| chance * p + (1.0 - chance) * 0.5;
    // A restricted border is shut to some and open to others.
    let mut out = [given(1.0 - right), given(0.5), given(1.0 - right)];
    out[to] = given(right);
    if to == 1 {
        out[0] = given(0.5);
    }
    out
}

/// A dated turn: how many times likelier it is on each day, if a true date is exact or a little off and a false one lies anywhere.
fn turn_of(s: &Statement, sign: Sign, right: f64, (chance, one_off): (f64, f64), settings: &Settings) -> Option<Dated> {
    let Sign::Onset(side) = sign else { return None };
    if chance <= 0.0 {
        return None;
    }
    let dated = match side {
        Side::Runs => 1.0,
        Side::Stands => settings.stop_dated[usize::from(s.source_type == "satellite")],
    };
    let strength = chance * dated * settings.onset_days / ((1.0 - right) / right + one_off);
    let (first, last) = s.event.unwrap_or((s.reported, s.reported));
    let wide = wide(s.precision);
    // A month is told as its days, or as one of them.
    let (from, to) =
        if s.precision == Precision::Month && last > first { (first, last) } else { (first - wide, first + wide) };
    let reach = (OFF_DAYS.max(f64::from(wide) / 2.0) * OFF_REACH) as i32;
    let decay = 1.0 - 1.0 / OFF_DAYS.max(f64::from(wide) / 2.0);
    let tails = 2.0 * decay / (1.0 - decay);
    let inside = f64::from(to.since(from)) + 1.0;
    let times = (from - reach)
        .through((to + reach).min(s.reported))
        .map(|day| {
            let out = if day < from { from.since(day) } else { day.since(to).max(0) };
            let share = if out == 0 {
                settings.exact / inside
            } else {
                (1.0 - settings.exact) * libm::pow(decay, f64::from(out)) / tails
            };
            1.0 + strength * share
        })
        .collect();
    Some(Dated { first: from - reach, times })
}

fn wide(precision: Precision) -> i32 {
    match precision {
        Precision::Day => 0,
        Precision::Approx => APPROX_DAYS,
        Precision::Month => MONTH_DAYS,
        Precision::Year => YEAR_DAYS,
    }
}

/// Days whose state a statement tells, none after it became known: of a change, the days after it.
fn days(s: &Statement) -> (Day, Day) {
    let (first, last) = s.event.unwrap_or((s.reported, s.reported));
    let wide = if first == last { wide(s.precision) } else { 0 };
    let (first, last) = match s.claim {
        Claim::Resumed | Claim::Opened | Claim::Suspended if first == last => (last + wide, last + wide),
        _ => (first - wide, last + wide),
    };
    (first.min(s.reported), last.min(s.reported))
}

impl Settings {
    /// Chance that an event is dated right, so many days later.
    fn dated_right(&self, lag: i32) -> f64 {
        let age = f64::from(lag) / self.misdated_half_days;
        1.0 / (1.0 + age * age)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sighting {
    First,
    /// Again within the fortnight.
    SameEpisode,
    /// Of a day on which it was seen already.
    SameMovement,
}

impl Told {
    /// Chance that a one-off crossing is told as a service: less where another claim came before it. An official party knows its own.
    fn one_off(&mut self, s: &Statement, sign: Sign, day: Day, settings: &Settings) -> f64 {
        match sign {
            Sign::Movement => 0.0,
            Sign::Onset(Side::Stands) | Sign::Standing(Side::Stands) => {
                self.claimed = self.claimed.filter(|d| *d > day);
                0.0
            }
            Sign::Onset(Side::Runs) | Sign::Standing(Side::Runs) => {
                let again = self.claimed.is_some();
                self.claimed = self.claimed.max(Some(day));
                if s.source_type == "official_party" { 0.0 } else { settings.episode_told[usize::from(again)] }
            }
        }
    }

    fn sighting(&mut self, day: Day) -> Sighting {
        let near = |days: i32| self.seen.iter().any(|d| day.since(*d).abs() <= days);
        let out = if near(SAME_MOVEMENT_DAYS) {
            Sighting::SameMovement
        } else if near(SAME_EPISODE_DAYS) {
            Sighting::SameEpisode
        } else {
            Sighting::First
        };
        self.seen.push(day);
        out
    }

    /// How few vehicles were counted beside the most ever counted: 0 for as many, 1 for next to none. Nothing before the third count.
    fn few(&mut self, s: &Statement, sign: Sign) -> Option<f64> {
        let counted = s.quantity.filter(|q| *q > 0.0 && q.is_finite() && sign.side() == Side::Runs)?;
        let what = VEHICLES.iter().find(|v| names_any(&s.unit, &[**v]))?;
        let i = self.counts.iter().position(|c| c.0 == *what).unwrap_or_else(|| {
            self.counts.push((*what, 0.0, 0));
            self.counts.len() - 1
        });
        let (_, most, times) = &mut self.counts[i];
        *most = most.max(counted);
        *times += 1;
        (*times > 2).then(|| 1.0 - counted / *most)
    }
}
