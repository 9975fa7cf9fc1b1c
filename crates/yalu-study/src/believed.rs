//! Regimes from the ledger: each replication draws what it was and will be from what is believed as of a day.

use crate::Ensemble;
use crate::ensemble::drawn_in;
use std::borrow::Cow;
use yalu_ledger::{Day, Ledger};
use yalu_model::{Basis, Corridor, CrossingId, Mode, Regime, State};
use yalu_plan::{Draw, Plan};
use yalu_sim::{Recorded, simulate};
use yalu_units::{Instant, Span, address};

/// What is believed as of a day, as a source of regimes.
///
/// The ledger tells states. What a state lets through (trains a day, wagons, days of hold) is told by the declared
/// regimes that began by that day: the one in force if it has the same state, else the last of the same state, else the
/// last that ran. Crossings that are places keep their declared regimes, the last one known for good. Crossings are drawn
/// one by one: that they open and shut together is in what is known of them, not in the draws of what is to come.
#[derive(Clone, Copy, Debug)]
pub struct Believed<'a> {
    ledger: &'a Ledger,
    as_of: Day,
}

/// From a day on, a state.
type Path = Vec<(Day, State)>;

impl<'a> Believed<'a> {
    /// What a ledger believes as of a day. Its crossings must be the corridor's, in the same order.
    pub fn new(ledger: &'a Ledger, as_of: Day) -> Self {
        Self { ledger, as_of }
    }

    /// The day as of which it is believed.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The corridor under one draw of the regimes, the likeliest ones in the central run.
    pub fn corridor(&self, c: &Corridor, plan: &Plan, draw: Draw) -> Corridor {
        let mut out = c.clone();
        out.border.regimes = self.regimes(c, plan, draw);
        out
    }

    fn regimes(&self, c: &Corridor, plan: &Plan, draw: Draw) -> Vec<Regime> {
        let calendar = Calendar::of(c, plan);
        let known_to = calendar.midnight(self.as_of + 1);
        let mut out = Vec::new();
        for (id, crossing) in c.border.crossings.enumerated() {
            let declared: Vec<&Regime> = c
                .border
                .regimes
                .iter()
                .filter(|r| r.crossing == id && r.from < known_to.max(c.horizon.from + Span::days(1)))
                .collect();
            let told = crossing.mode != Mode::Place && self.ledger.crossings().get(id).is_some();
            if !told {
                let last = declared.len().saturating_sub(1);
                let ends = |i: usize, r: &Regime| if i == last { r.to.max(c.horizon.to) } else { r.to };
                out.extend(declared.iter().enumerate().map(|(i, r)| Regime { to: ends(i, r), ..(*r).clone() }));
            } else if !declared.is_empty() {
                let path = self.path(id, calendar.span(), draw, &crossing.id);
                out.extend(spelled(&path, &declared, &calendar, self.as_of));
            }
        }
        out
    }

    fn path(&self, crossing: CrossingId, (from, to): (Day, Day), draw: Draw, name: &str) -> Path {
        if !draw.is_central() {
            let mut stream = draw.key().stream(address(&["ledger", name]), 0);
            return self.ledger.sample_path(crossing, self.as_of, (from, to), &mut stream);
        }
        let mut path = Path::new();
        for b in self.ledger.as_of(crossing, self.as_of, from, to) {
            let state = match (b.running() >= 0.5, b.open >= b.limited, b.suspended >= b.not_opened) {
                (true, true, _) => State::Open,
                (true, false, _) => State::Limited,
                (false, _, true) => State::Suspended,
                (false, _, false) => State::NotOpened,
            };
            if path.last().is_none_or(|p| p.1 != state) {
                path.push((b.day, state));
            }
        }
        path
    }
}

/// The days of the horizon as instants.
struct Calendar {
    first: Day,
    midnights: Vec<Instant>,
}

impl Calendar {
    fn of(c: &Corridor, plan: &Plan) -> Self {
        let first = Day::at(&c.horizon.zones[c.horizon.zone].name, c.horizon.from);
        Self { first, midnights: plan.days.iter().map(|d| d.start).chain([c.horizon.to]).collect() }
    }

    fn span(&self) -> (Day, Day) {
        (self.first, self.first + (self.midnights.len() as i32 - 2).max(0))
    }

    /// The midnight a day begins at, no earlier and no later than the horizon.
    fn midnight(&self, day: Day) -> Instant {
        let i = usize::try_from(day.since(self.first)).unwrap_or(0).min(self.midnights.len() - 1);
        self.midnights[i]
    }
}

/// The regimes of a path: its states, cut where the declared regime that lends its numbers changes.
fn spelled(path: &Path, declared: &[&Regime], calendar: &Calendar, as_of: Day) -> Vec<Regime> {
    let mut out: Vec<Regime> = Vec::new();
    let end = calendar.midnight(calendar.span().1 + 1);
    for (i, &(day, state)) in path.iter().enumerate() {
        let (from, to) = (calendar.midnight(day), path.get(i + 1).map_or(end, |next| calendar.midnight(next.0)));
        let cuts = declared.iter().map(|r| r.from).filter(|t| from < *t && *t < to);
        let mut starts = vec![from];
        starts.extend(cuts);
        for (j, &start) in starts.iter().enumerate() {
            let stop = starts.get(j + 1).copied().unwrap_or(to);
            if start >= stop {
                continue;
            }
            let Some(model) = lends(declared, state, start) else { continue };
            let runs = matches!(state, State::Open | State::Limited);
            let same = model.state == state || runs && matches!(model.state, State::Open | State::Limited);
            let blank = Regime {
                trains_per_day: None,
                wagons_per_train: None,
                capacity_share: None,
                hold_days: None,
                restrictions: Vec::new(),
                ..model.clone()
            };
            out.push(Regime {
                from: start,
                to: stop,
                state,
                start_uncertainty_days: 0.0,
                start_basis: "ledger".into(),
                reasoning: String::new(),
                basis: Basis::Assumed(format!("drawn from the ledger, as of day {}", as_of.0)),
                ..if same { model.clone() } else { blank }
            });
        }
    }
    out
}

/// The declared regime that tells what a state lets through at an instant.
fn lends<'r>(declared: &[&'r Regime], state: State, at: Instant) -> Option<&'r Regime> {
    let past = || declared.iter().rev().filter(|r| r.from <= at);
    let runs = |s: State| matches!(s, State::Open | State::Limited);
    let same = past().find(|r| r.state == state);
    let ran = past().find(|r| runs(r.state) == runs(state));
    same.or(ran).or_else(|| past().next()).or(declared.first()).copied()
}

/// Runs the central run and so many replications, each under regimes of its own drawn from what is believed.
pub fn believed_ensemble(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    replications: u32,
    believed: Believed,
    done: &(impl Fn() + Sync),
) -> Ensemble {
    let likeliest = believed.corridor(c, plan, Draw::central(seed));
    let (central, trace) = simulate(&likeliest, plan, Draw::central(seed), Recorded::Trains);
    done();
    let world = |draw: Draw| Cow::Owned(believed.corridor(c, plan, draw));
    let drawn = drawn_in(&world, plan, seed, replications, done);
    Ensemble { central, shown: None, trace: trace.unwrap_or_default(), drawn }
}
