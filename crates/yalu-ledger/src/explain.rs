//! Why a belief is what it is: what each origin weighs, since when, and what would change it.

use crate::belief::{Belief, running};
use crate::evidence::Sign;
use crate::phases::{JOINT, Joint, OWN, runs};
use crate::track::{Track, both};
use crate::{Day, Ledger, Statement};
use std::collections::BTreeMap;
use yalu_model::{Claim, CrossingId, Precision};

/// Days before the day in question within which evidence both ways is a conflict.
const CONFLICT_DAYS: i32 = 60;
/// Bits that each side must have for a conflict: odds of two to one.
const CONFLICT_BITS: f64 = 1.0;
/// Shares of the posterior between which a change is said to lie.
const INTERVAL: [f64; 3] = [0.05, 0.5, 0.95];

/// What one origin weighs.
#[derive(Clone, PartialEq, Debug)]
pub struct Weight {
    /// The report that counts for its origin, by its place in the input.
    pub statement: usize,
    /// Others that go back to the same origin, by their places: copies, and what it said again.
    pub copies: Vec<usize>,
    /// Log odds of running with it, less those without it, bits: positive speaks for running.
    pub bits: f64,
}

/// When the service came to run, or ceased to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Since {
    /// Whether it is taken to run since then.
    pub runs: bool,
    /// The day before which the change lies with a chance of one in twenty.
    pub earliest: Day,
    /// The median.
    pub likely: Day,
    /// The day before which it lies with a chance of nineteen in twenty.
    pub latest: Day,
}

/// A report that does not exist, and what it would make of the belief.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WhatIf {
    /// What would be said.
    pub heard: Hypothetical,
    /// Log odds of running it would add, bits.
    pub bits: f64,
    /// The chance of running it would leave.
    pub running: f64,
}

/// Reports that would change one's mind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hypothetical {
    /// An agency's own sighting of a train or truck on that day.
    Sighting,
    /// An official of either side says that it runs.
    OfficialRuns,
    /// An official of either side says that it does not.
    OfficialStands,
    /// An anonymous source says that it has begun again.
    AnonymousResumed,
}

/// A belief with its reasons.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The belief.
    pub belief: Belief,
    /// What each origin weighs, the heaviest first. Leaving an origin out changes what the others add, so that weights need not add up.
    pub weights: Vec<Weight>,
    /// The latest sighting of its service: its place in the input and the last day it speaks of.
    pub last_sighting: Option<(usize, Day)>,
    /// Since when.
    pub since: Since,
    /// Whether there is evidence of a bit or more both ways in the last 60 days.
    pub conflict: bool,
    /// What would change one's mind.
    pub what_if: Vec<WhatIf>,
}

impl Hypothetical {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sighting, Self::OfficialRuns, Self::OfficialStands, Self::AnonymousResumed];

    fn statement(self, day: Day) -> Statement {
        let (source_type, claim) = match self {
            Self::Sighting => ("agency_observation", Claim::Observed),
            Self::OfficialRuns => ("official_party", Claim::Running),
            Self::OfficialStands => ("official_party", Claim::Denied),
            Self::AnonymousResumed => ("media_anon", Claim::Resumed),
        };
        Statement {
            id: String::new(),
            reported: day,
            event: None,
            precision: Precision::Day,
            crossing: String::new(),
            mode: String::new(),
            claim,
            quantity: None,
            unit: String::new(),
            source_type: source_type.to_owned(),
            origin: String::new(),
            derived: false,
        }
    }
}

impl Ledger {
    /// The belief of a day from all that is known by another, with its reasons. Days that have not come as of then are explained as the last
    /// that has.
    pub fn explain(&self, crossing: CrossingId, day: Day, as_of: Day) -> Explanation {
        let day = day.min(as_of).max(self.input.from);
        let (belief, track) = self.at(crossing, day, as_of, &|_| false);
        let with = odds(&belief);
        let origins = self.roots_of(crossing, as_of);
        let mut weights: Vec<Weight> = origins
            .values()
            .map(|statements| {
                let (without, _) = self.at(crossing, day, as_of, &|i| statements.contains(&i));
                let statement = statements[0];
                let copies = self.copies(crossing, statement, as_of);
                Weight { statement, copies, bits: (with - odds(&without)) / std::f64::consts::LN_2 }
            })
            .collect();
        weights.sort_by(|a, b| b.bits.abs().total_cmp(&a.bits.abs()).then(a.statement.cmp(&b.statement)));
        let said = self.said_of(crossing);
        let last_sighting = said
            .iter()
            .filter(|s| s.direct && s.sign == Sign::Movement && s.known <= as_of && s.days.1 <= day)
            .max_by_key(|s| (s.days.1, s.known, s.statement))
            .map(|s| (s.statement, s.days.1));
        let recent = |w: &&Weight| {
            let statement = &self.input.statements[w.statement];
            day.since(statement.event.map_or(statement.reported, |e| e.1).min(statement.reported)) <= CONFLICT_DAYS
        };
        let side = |sign: f64| weights.iter().filter(recent).map(|w| (sign * w.bits).max(0.0)).sum::<f64>();
        let conflict = side(1.0) >= CONFLICT_BITS && side(-1.0) >= CONFLICT_BITS;
        Explanation {
            belief: Belief::of(day, &belief, self.heard(crossing, as_of)),
            last_sighting,
            since: self.since(&track, day, &belief),
            conflict,
            what_if: self.what_if(crossing, as_of),
            weights,
        }
    }

    /// The smoothed phases of a day, and the track they come from.
    fn at(&self, crossing: CrossingId, day: Day, as_of: Day, without: &dyn Fn(usize) -> bool) -> (Joint, Track<'_>) {
        let mut track = self.track(crossing, as_of, without);
        track.advance(as_of.max(self.input.from));
        let i = usize::try_from(day.since(self.input.from)).unwrap_or(0);
        let later = track.later(i);
        let belief = match (track.filtered.get(i), later.first()) {
            (Some(filtered), Some(later)) => both(filtered, later),
            _ => self.chain_of(crossing).start,
        };
        (belief, track)
    }

    /// The statements of each root that count for a crossing.
    fn roots_of(&self, crossing: CrossingId, as_of: Day) -> BTreeMap<usize, Vec<usize>> {
        let mut roots: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for s in self.said_of(crossing).iter().filter(|s| s.known <= as_of) {
            roots.entry(self.root(s.statement)).or_default().push(s.statement);
        }
        roots
    }

    /// Reports of a crossing that go back to the same source as one of them, known by a day.
    fn copies(&self, crossing: CrossingId, of: usize, as_of: Day) -> Vec<usize> {
        let root = self.root(of);
        let known = |i: &usize| self.input.statements[*i].reported <= as_of;
        self.named(crossing).filter(|i| *i != of && self.root(*i) == root).filter(known).collect()
    }

    /// When the side of a day began: the chance that it has held without a break since each earlier day, from the same recursions
    /// kept to that side.
    fn since(&self, track: &Track, day: Day, belief: &Joint) -> Since {
        let yes = running(belief) >= 0.5;
        let i = usize::try_from(day.since(self.input.from)).unwrap_or(0).min(track.filtered.len().saturating_sub(1));
        // What is heard after the day weighs the same on both; it is in the belief of the day.
        let after = track.later(i).first().copied().unwrap_or([1.0; JOINT]);
        let kept = |x: &Joint| -> Joint { std::array::from_fn(|p| if runs(p % OWN) == yes { x[p] } else { 0.0 }) };
        let (mut held, mut any) = (kept(&after), after);
        let mut held_since = vec![0.0; i + 1];
        let mut of_all = 0.0;
        for d in (0..=i).rev() {
            let filtered = &track.filtered[d];
            let sum = |x: &Joint| filtered.iter().zip(x).map(|(f, x)| f * x).sum::<f64>();
            let share = sum(&held) / sum(&any).max(f64::MIN_POSITIVE);
            if d == i {
                of_all = share;
            }
            held_since[d] = if of_all > 0.0 { (share / of_all).min(1.0) } else { 0.0 };
            if d > 0 {
                let (h, a) = (kept(&track.behind(d, &held)), track.behind(d, &any));
                // `held` and `any` are scaled together: their ratio is what counts.
                let most = a.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
                (held, any) = (h.map(|x| x / most), a.map(|x| x / most));
            }
        }
        let begin = |share: f64| {
            let first = held_since.iter().position(|h| *h >= share).unwrap_or(i);
            self.input.from + first as i32
        };
        let [earliest, likely, latest] = INTERVAL.map(begin);
        Since { runs: yes, earliest, likely, latest }
    }

    /// What reports of the last day would change.
    fn what_if(&self, crossing: CrossingId, as_of: Day) -> Vec<WhatIf> {
        let mut told = self.track(crossing, as_of, &|_| false);
        let today = as_of.max(self.input.from);
        let before = odds(&told.advance(today));
        Hypothetical::ALL
            .into_iter()
            .map(|heard| {
                let mut track = told.clone();
                track.say(&self.hypothetical(crossing, &heard.statement(as_of)));
                let after = track.advance(today);
                let bits = (odds(&after) - before) / std::f64::consts::LN_2;
                WhatIf { heard, bits, running: running(&after) }
            })
            .collect()
    }
}

/// Log odds of running, nats, kept finite.
fn odds(belief: &Joint) -> f64 {
    let p = running(belief).clamp(1e-12, 1.0 - 1e-12);
    libm::log(p / (1.0 - p))
}
