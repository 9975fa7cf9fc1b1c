//! Which crossings a statement reaches, and what counts once.

use crate::evidence::{Said, Side, Told, said, sign};
use crate::roots::{Roots, of_nobody};
use crate::{Day, Settings, Statement, Watched};
use std::collections::BTreeMap;
use yalu_model::{Claim, CrossingId, Mode};
use yalu_units::IndexVec;

/// Why a statement reaches no crossing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotPlaced {
    /// No crossing has its name.
    Unknown,
    /// Its name is a place, not a service.
    Place,
    /// No land crossing runs in its mode.
    NoMode,
    /// A copy that names no origin: hearsay of nobody.
    Nobody,
}

/// A plan that a service begins.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Plan {
    pub known: Day,
    pub days: (Day, Day),
    /// Chance that it speaks of this crossing.
    pub chance: f64,
}

/// What one crossing is told.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Placed {
    /// In the order in which it became known.
    pub said: Vec<Said>,
    pub plans: Vec<Plan>,
    /// Every statement that names it, or all crossings of its mode: copies too.
    pub named: Vec<usize>,
}

/// How a crossing is reached.
pub(crate) struct Reach {
    pub crossing: CrossingId,
    /// Chance that the statement speaks of this crossing's service, and of the border.
    pub chance: f64,
    pub border: f64,
    /// It names this crossing.
    pub direct: bool,
    /// It speaks of this crossing's mode.
    covers: bool,
}

impl Reach {
    /// A statement of a crossing itself.
    pub fn own(crossing: CrossingId) -> Self {
        Self { crossing, chance: 1.0, border: 0.0, direct: true, covers: true }
    }
}

/// Statements by crossing, those that reach none with the reason, and the roots of all.
pub(crate) struct AllPlaced {
    pub by_crossing: IndexVec<CrossingId, Placed>,
    pub unreached: Vec<(usize, NotPlaced)>,
    pub roots: Roots,
}

/// Places statements. Of a root the first to be known counts, once for each crossing, side and event.
pub(crate) fn place(
    crossings: &IndexVec<CrossingId, Watched>,
    statements: &[Statement],
    settings: &Settings,
) -> AllPlaced {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_key(|i| (statements[*i].reported, statements[*i].derived, *i));
    let names: BTreeMap<&str, CrossingId> = crossings.enumerated().map(|(id, c)| (c.id.as_str(), id)).collect();
    let mut places: BTreeMap<&str, Vec<CrossingId>> = BTreeMap::new();
    for (id, c) in crossings.enumerated() {
        places.entry(c.place.as_str()).or_default().push(id);
    }
    let mut out = AllPlaced {
        by_crossing: crossings.iter().map(|_| Placed::default()).collect(),
        unreached: Vec::new(),
        roots: Roots::new(statements),
    };
    let mut heard: IndexVec<CrossingId, Heard> = crossings.iter().map(|_| Heard::default()).collect();
    for i in order {
        let s = &statements[i];
        match reach(crossings, (&names, &places), s, settings) {
            Err(why) => out.unreached.push((i, why)),
            Ok(reached) => {
                for r in reached {
                    let placed = &mut out.by_crossing[r.crossing];
                    if r.covers {
                        placed.named.push(i);
                    }
                    if !of_nobody(s) {
                        let mode = crossings[r.crossing].mode;
                        heard[r.crossing].take((i, s), out.roots.of(i), &r, mode, settings, placed);
                    }
                }
                if of_nobody(s) {
                    out.unreached.push((i, NotPlaced::Nobody));
                }
            }
        }
    }
    out.unreached.sort_by_key(|n| n.0);
    for placed in &mut out.by_crossing {
        placed.said.sort_by_key(|s| (s.known, s.direct));
    }
    out
}

/// What a crossing has heard, so that nothing counts twice.
#[derive(Default)]
struct Heard {
    /// Days of what each root has said, by side; plans have none.
    roots: BTreeMap<(usize, Option<Side>), Vec<Day>>,
    /// Hearsay by type of source and side: days it became known.
    hearsay: BTreeMap<(String, Side), Vec<Day>>,
    told: Told,
}

impl Heard {
    fn take(
        &mut self,
        (i, s): (usize, &Statement),
        root: usize,
        reach: &Reach,
        mode: Mode,
        settings: &Settings,
        out: &mut Placed,
    ) {
        let sign = sign(s, mode, settings);
        let event = s.event.map_or(s.reported, |e| e.1);
        let before = self.roots.entry((root, sign.map(|x| x.0.side()))).or_default();
        // A copy is never news; another report of the same root may be, of another event.
        if !before.is_empty() && (s.derived || before.iter().any(|d| event.since(*d).abs() < settings.root_days)) {
            return;
        }
        before.push(event);
        let Some((sign, mut speaks)) = sign else {
            if s.claim == Claim::Planned && reach.chance > 0.0 {
                let days = s.event.unwrap_or((s.reported, s.reported));
                out.plans.push(Plan { known: s.reported, days, chance: reach.chance });
            }
            return;
        };
        if s.claim != Claim::Observed && s.source_type.starts_with("media") {
            let before = self.hearsay.entry((s.source_type.clone(), sign.side())).or_default();
            let close = before.iter().rev().take_while(|d| s.reported.since(**d) <= settings.hearsay_days).count();
            before.push(s.reported);
            speaks /= (1 + close) as f64;
        }
        out.said.push(said((i, s), reach, (sign, speaks), &mut self.told, settings));
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
        let [border, each] = settings.national;
        let goods = [Mode::Rail, Mode::Road].into_iter().any(|m| covers(&s.mode, m));
        let reached: Vec<Reach> = crossings
            .enumerated()
            .filter(|(_, c)| c.land)
            .filter_map(|(crossing, c)| {
                // Rail statements of a country speak of all its trains. What is said of people alone says nothing of the border.
                let covers = covers(&s.mode, c.mode) || (c.mode == Mode::Passenger && covers(&s.mode, Mode::Rail));
                let (chance, border) = match (covers, goods) {
                    (true, true) => (each, border),
                    (true, false) => (border, 0.0),
                    (false, true) => (0.0, 0.5 * border),
                    (false, false) => return None,
                };
                Some(Reach { crossing, chance, border, direct: false, covers })
            })
            .collect();
        let any = reached.iter().any(|r| r.covers);
        return if any { Ok(reached) } else { Err(NotPlaced::NoMode) };
    }
    let own = *names.get(s.crossing.as_str()).ok_or(NotPlaced::Unknown)?;
    let c = &crossings[own];
    if c.mode == Mode::Place {
        return Err(NotPlaced::Place);
    }
    let direct =
        |crossing: CrossingId, chance: f64, covers: bool| Reach { crossing, chance, border: 0.0, direct: true, covers };
    let covered = s.mode.is_empty() || covers(&s.mode, c.mode);
    let mut out = vec![direct(own, if covered { 1.0 } else { settings.not_a_service }, covered)];
    // A pair of modes speaks of both crossings of a place.
    let others = places.get(c.place.as_str()).into_iter().flatten().filter(|x| **x != own);
    let named = others.filter(|x| !s.mode.is_empty() && covers(&s.mode, crossings[**x].mode));
    out.extend(named.map(|x| direct(*x, 1.0, true)));
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

/// Whether a unit names one of some words.
pub(crate) fn names_any(unit: &str, words: &[&str]) -> bool {
    let unit = unit.to_lowercase();
    unit.split(|c: char| !c.is_alphabetic()).any(|u| words.iter().any(|w| u.starts_with(w)))
}
