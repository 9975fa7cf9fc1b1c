//! Which crossings a statement speaks of, with what chance, and of which days.

use crate::reliability::Side;
use crate::{Day, Settings, Statement, Watched};
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{Claim, CrossingId, Mode, Precision};
use yalu_units::IndexVec;

/// Days by which an approximate date may be off.
const APPROX_DAYS: i32 = 3;
/// The same of a date given to the month, and to the year.
const MONTH_DAYS: i32 = 15;
const YEAR_DAYS: i32 = 182;

/// Days within which what happened is news.
const NEWS_DAYS: i32 = 3;

/// Chance that a count in a unit that names no vehicle (piles of goods, days of a wait) speaks of the service.
const NO_VEHICLE: f64 = 0.5;

/// Words of a unit: not a freight service.
const NO_SERVICE: &[&str] =
    &["empty", "trial", "test", "bus", "people", "person", "passenger", "warehouse", "building", "house"];
/// Words of a unit: vehicles and what they carry.
const VEHICLES: &[&str] =
    &["train", "car", "wagon", "truck", "container", "teu", "ship", "vessel", "flight", "horse", "animal", "tonne"];
/// Words of a unit: goods are held, so that the service is restricted.
const HELD: &[&str] = &["quarantine", "held", "hold", "wait", "isolat"];

/// Why a statement reaches no crossing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotPlaced {
    /// No crossing has its name.
    Unknown,
    /// Its name is a place, not a service.
    Place,
    /// No land crossing runs in its mode.
    NoMode,
}

/// What a statement says of one crossing.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Said {
    pub crossing: CrossingId,
    /// Place of the statement in the input.
    pub statement: usize,
    pub known: Day,
    /// Days it speaks of, none after it became known.
    pub days: (Day, Day),
    pub side: Side,
    /// Chance that it speaks of this crossing's service on these days; otherwise it says nothing.
    pub chance: f64,
    pub source_type: usize,
    pub sighting: bool,
    /// Goods are held.
    pub held: bool,
    /// It dates a beginning to the day: the day before was otherwise.
    pub begins: bool,
    pub link: Link,
}

/// What a statement names, seen from a crossing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Link {
    /// This crossing.
    Own,
    /// All land crossings.
    All,
    /// The crossing of another mode at the same place.
    Neighbour,
}

impl Said {
    /// Speaks of this crossing itself, by name or among all.
    pub fn direct(&self) -> bool {
        self.link != Link::Neighbour
    }

    /// Speaks of the days before it became known, not of long ago.
    pub fn news(&self) -> bool {
        self.known.since(self.days.1) <= NEWS_DAYS
    }
}

/// A plan that a service begins.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Plan {
    pub crossing: CrossingId,
    pub statement: usize,
    pub known: Day,
    pub days: (Day, Day),
    /// Chance that it speaks of this crossing.
    pub chance: f64,
}

/// All statements, placed.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Placed {
    /// By crossing, in the order they became known.
    pub said: Vec<Said>,
    pub plans: Vec<Plan>,
    pub unreached: Vec<(usize, NotPlaced)>,
    /// By crossing, every statement that names it, or all crossings of its mode: copies too.
    pub named: Vec<(CrossingId, usize)>,
    /// Types of source.
    pub types: Vec<String>,
}

/// How a crossing is reached.
struct Reach {
    crossing: CrossingId,
    chance: f64,
    link: Link,
    /// It speaks of this crossing's mode.
    covers: bool,
}

/// Places statements. Within an origin the first to be known counts, once for each crossing and side.
pub(crate) fn place(
    crossings: &IndexVec<CrossingId, Watched>,
    statements: &[Statement],
    settings: &Settings,
) -> Placed {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_key(|i| (statements[*i].reported, statements[*i].derived, *i));
    let mut types: Vec<String> = statements.iter().map(|s| s.source_type.clone()).collect();
    types.sort_unstable();
    types.dedup();
    let names: BTreeMap<&str, CrossingId> = crossings.enumerated().map(|(id, c)| (c.id.as_str(), id)).collect();
    let mut places: BTreeMap<&str, Vec<CrossingId>> = BTreeMap::new();
    for (id, c) in crossings.enumerated() {
        places.entry(c.place.as_str()).or_default().push(id);
    }
    let mut out = Placed { types, ..Placed::default() };
    let mut seen = Once::default();
    for i in order {
        let s = &statements[i];
        match reach(crossings, (&names, &places), s, settings) {
            Err(why) => out.unreached.push((i, why)),
            Ok(reached) => {
                for r in reached {
                    if r.covers {
                        out.named.push((r.crossing, i));
                    }
                    out.put(crossings, statements, (i, r), &mut seen, settings);
                }
            }
        }
    }
    out.unreached.sort_by_key(|n| n.0);
    out.said.sort_by_key(|s| s.crossing);
    out.named.sort_unstable();
    out.plans.sort_by_key(|p| p.crossing);
    out
}

/// What was heard already, so that nothing counts twice.
#[derive(Default)]
struct Once<'a> {
    /// Origins, by crossing, neighbour and side.
    origins: BTreeSet<(&'a str, CrossingId, bool, Option<Side>)>,
    /// Neighbours' sides, by quarter of a year.
    neighbours: BTreeSet<(CrossingId, CrossingId, Side, i32)>,
    /// Hearsay, by type of source: days it became known.
    hearsay: BTreeMap<(CrossingId, usize, Side), Vec<Day>>,
}

impl Placed {
    fn put<'a>(
        &mut self,
        crossings: &IndexVec<CrossingId, Watched>,
        statements: &'a [Statement],
        (i, r): (usize, Reach),
        seen: &mut Once<'a>,
        settings: &Settings,
    ) {
        let s = &statements[i];
        let origin = s.own_origin();
        let side = side(s, crossings[r.crossing].mode, settings.not_a_service);
        if !seen.origins.insert((origin, r.crossing, r.link == Link::Neighbour, side.map(|x| x.0))) {
            return;
        }
        let Some((side, says)) = side else {
            if s.claim == Claim::Planned && r.link != Link::Neighbour {
                let days = s.event.unwrap_or((s.reported, s.reported));
                let plan = Plan { crossing: r.crossing, statement: i, known: s.reported, days, chance: r.chance };
                self.plans.push(plan);
            }
            return;
        };
        let source_type = self.types.binary_search(&s.source_type).unwrap_or(0);
        let (days, lag) = days(s);
        let mut chance = r.chance * says * settings.word(s.claim) * settings.dated_right(lag);
        let sighting = s.claim == Claim::Observed;
        if r.link != Link::Neighbour && !sighting && s.source_type.starts_with("media") {
            let before = seen.hearsay.entry((r.crossing, source_type, side)).or_default();
            let close = before.iter().rev().take_while(|d| s.reported.since(**d) <= settings.hearsay_days).count();
            before.push(s.reported);
            chance /= (1 + close) as f64;
        }
        if r.link == Link::Neighbour {
            let other = crossings.enumerated().find(|(_, c)| c.id == s.crossing).map_or(r.crossing, |(id, _)| id);
            let quarter = s.reported.0.div_euclid(91);
            if !seen.neighbours.insert((r.crossing, other, side, quarter)) {
                return;
            }
        }
        let begins = matches!(s.claim, Claim::Resumed | Claim::Opened)
            && s.precision == Precision::Day
            && lag <= settings.fresh_days as i32 / 2;
        self.said.push(Said {
            crossing: r.crossing,
            statement: i,
            known: s.reported,
            days,
            side,
            chance: chance.clamp(0.0, 1.0),
            source_type,
            sighting,
            held: side == Side::Runs && names_any(&s.unit, HELD),
            begins,
            link: r.link,
        });
    }
}

impl Settings {
    /// Chance that an event is dated right, so many days later.
    fn dated_right(&self, lag: i32) -> f64 {
        let age = f64::from(lag) / self.misdated_half_days;
        1.0 / (1.0 + age * age)
    }

    /// Chance that a claim's word is meant as it is taken.
    fn word(&self, claim: Claim) -> f64 {
        match claim {
            Claim::Unconfirmed => self.unconfirmed,
            _ => 1.0,
        }
    }
}

/// Which crossings a statement reaches.
fn reach(
    crossings: &IndexVec<CrossingId, Watched>,
    (names, places): (&BTreeMap<&str, CrossingId>, &BTreeMap<&str, Vec<CrossingId>>),
    s: &Statement,
    settings: &Settings,
) -> Result<Vec<Reach>, NotPlaced> {
    if s.crossing == Statement::ALL_LAND {
        let reached: Vec<Reach> = crossings
            .enumerated()
            .filter(|(_, c)| c.land)
            .filter_map(|(crossing, c)| {
                // Rail statements of a country speak of all its trains.
                let covers = covers(&s.mode, c.mode) || (c.mode == Mode::Passenger && covers(&s.mode, Mode::Rail));
                let of_people = covers_people(&s.mode);
                let chance = settings.national * if covers { 1.0 } else { settings.not_a_service };
                (covers || of_people).then_some(Reach { crossing, chance, link: Link::All, covers })
            })
            .collect();
        return if reached.is_empty() { Err(NotPlaced::NoMode) } else { Ok(reached) };
    }
    let own = *names.get(s.crossing.as_str()).ok_or(NotPlaced::Unknown)?;
    let c = &crossings[own];
    if c.mode == Mode::Place {
        return Err(NotPlaced::Place);
    }
    let covered = s.mode.is_empty() || covers(&s.mode, c.mode);
    let chance = if covered { 1.0 } else { settings.not_a_service };
    let mut out = vec![Reach { crossing: own, chance, link: Link::Own, covers: covered }];
    for &crossing in places.get(c.place.as_str()).into_iter().flatten().filter(|x| **x != own) {
        let mode = crossings[crossing].mode;
        if mode == Mode::Place {
            continue;
        }
        if !s.mode.is_empty() && covers(&s.mode, mode) {
            out.push(Reach { crossing, chance: 1.0, link: Link::Own, covers: true });
        } else {
            let people = mode == Mode::Passenger || c.mode == Mode::Passenger || !covered;
            let chance = settings.sibling * if people { 0.5 } else { 1.0 };
            out.push(Reach { crossing, chance, link: Link::Neighbour, covers: false });
        }
    }
    Ok(out)
}

/// Whether a mode as written covers a mode.
fn covers(written: &str, mode: Mode) -> bool {
    let word = match mode {
        Mode::Rail => "rail",
        Mode::Passenger => "passenger",
        Mode::Road => "road",
        Mode::Sea => "sea",
        Mode::Air => "air",
        Mode::Place => return false,
    };
    written.split('+').map(str::trim).any(|w| w == word || w == "all")
}

fn covers_people(written: &str) -> bool {
    covers(written, Mode::Passenger)
}

/// What a statement comes down to for a crossing, with the chance that it speaks of its service; nothing for plans.
fn side(s: &Statement, mode: Mode, not_a_service: f64) -> Option<(Side, f64)> {
    match s.claim {
        Claim::Running | Claim::Resumed | Claim::Opened => Some((Side::Runs, 1.0)),
        Claim::Suspended | Claim::Denied | Claim::Unconfirmed => Some((Side::Stands, 1.0)),
        Claim::Planned => None,
        Claim::Observed => {
            let people = mode == Mode::Passenger && !names_any(&s.unit, &NO_SERVICE[..3]);
            if names_any(&s.unit, NO_SERVICE) && !people {
                return Some((Side::Runs, not_a_service));
            }
            let vehicles = s.unit.is_empty() || names_any(&s.unit, VEHICLES);
            if s.quantity == Some(0.0) {
                return Some((Side::Stands, if vehicles { 1.0 } else { NO_VEHICLE }));
            }
            Some((Side::Runs, if vehicles { 1.0 } else { NO_VEHICLE }))
        }
    }
}

fn names_any(unit: &str, words: &[&str]) -> bool {
    let unit = unit.to_lowercase();
    unit.split(|c: char| !c.is_alphabetic()).any(|u| words.iter().any(|w| u.starts_with(w)))
}

/// Days a statement speaks of, none after it became known, and days between the last of them and that day.
fn days(s: &Statement) -> ((Day, Day), i32) {
    let (first, last) = s.event.unwrap_or((s.reported, s.reported));
    let wide = match s.precision {
        Precision::Approx => APPROX_DAYS,
        Precision::Month if first == last => MONTH_DAYS,
        Precision::Year if first == last => YEAR_DAYS,
        Precision::Day | Precision::Month | Precision::Year => 0,
    };
    let (first, last) = (first - wide, last + wide);
    let days = (first.min(s.reported), last.min(s.reported));
    (days, s.reported.since(days.1))
}
