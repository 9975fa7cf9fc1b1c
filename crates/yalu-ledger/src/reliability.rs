//! How often sources of a type are right, learnt from the reports with truth or without.

use crate::Day;
use crate::dawid_skene::{Rating, dawid_skene};

/// What a claim comes down to: the service runs, or it does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    /// It runs.
    Runs,
    /// It does not run.
    Stands,
}

/// How often sources of one type are right.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reliability {
    /// Chance that a service that runs is said to run.
    pub runs: f64,
    /// Chance that a service that does not run is said not to.
    pub stands: f64,
}

/// Reliabilities by type of source.
#[derive(Clone, PartialEq, Debug)]
pub struct Reliabilities {
    by_type: Vec<(String, Reliability)>,
}

/// A claim that can be counted: crossing, week, type of source, side.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Tally {
    pub crossing: usize,
    pub day: Day,
    pub source_type: usize,
    pub side: Side,
    /// Chance that it speaks of this crossing and day.
    pub chance: f64,
}

/// Types of source with the share of right claims taken before any is learnt. Own sightings of an agency are rarely wrong;
/// officials know but also speak for a purpose; images show yards, not trains; anonymous sources of single outlets were wrong about a third of the time.
const PRIOR: &[(&str, f64)] = &[
    ("agency_observation", 0.9),
    ("official_party", 0.9),
    ("third_country_official", 0.9),
    ("international_org", 0.9),
    ("satellite", 0.85),
    ("state_media", 0.8),
    ("media_other", 0.75),
    ("media_anon", 0.7),
];

/// The same for a type that is not in the list.
const PRIOR_OTHER: f64 = 0.65;

/// Claims that the prior counts for. A type must have spoken some dozen times before its own record outweighs the prior.
const PRIOR_CLAIMS: f64 = 20.0;

/// Learning ends once the likelihood rises by less, nats, or after so many steps: what is left moves no reliability by a thousandth.
const SETTLED_NATS: f64 = 1e-2;
const MOST_STEPS: usize = 20;

/// Days of a week: claims on a crossing within one are taken to be about the same state.
const WEEK_DAYS: i32 = 7;

impl Default for Reliabilities {
    fn default() -> Self {
        Self::prior()
    }
}

impl Reliabilities {
    /// What is taken before anything is learnt.
    pub fn prior() -> Self {
        let even = |(name, right): &(&str, f64)| ((*name).to_owned(), Reliability { runs: *right, stands: *right });
        Self { by_type: PRIOR.iter().map(even).collect() }
    }

    /// The reliability of a type.
    pub fn of(&self, source_type: &str) -> Reliability {
        let known = self.by_type.iter().find(|(name, _)| name == source_type);
        known.map_or(Reliability { runs: PRIOR_OTHER, stands: PRIOR_OTHER }, |(_, r)| *r)
    }

    /// Types with their reliabilities.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Reliability)> {
        self.by_type.iter().map(|(name, r)| (name.as_str(), *r))
    }

    /// Learns from claims that are rated against each other, week by week (Dawid and Skene, with the prior as pseudo-counts).
    pub(crate) fn without_truth(types: &[String], tallies: &[Tally]) -> Self {
        let mut items: Vec<(usize, i32)> = tallies.iter().map(item).collect();
        items.sort_unstable();
        items.dedup();
        let ratings: Vec<Rating> = tallies
            .iter()
            .filter_map(|t| {
                let item = items.binary_search(&item(t)).ok()?;
                Some(Rating { item, rater: t.source_type, class: t.side as usize, weight: t.chance })
            })
            .collect();
        let prior = types.iter().map(|name| pseudo_counts(name)).collect();
        let found = dawid_skene(&ratings, (types.len(), 2), &prior, SETTLED_NATS, MOST_STEPS);
        Self::from_rows(types, &found.confusion)
    }

    /// Learns from claims beside what is known to have been: `ran` gives the truth of a crossing's day, if there is one.
    pub(crate) fn with_truth(types: &[String], tallies: &[Tally], ran: impl Fn(usize, Day) -> Option<bool>) -> Self {
        let mut rows: Vec<Vec<Vec<f64>>> = types.iter().map(|name| pseudo_counts(name)).collect();
        for t in tallies {
            if let Some(ran) = ran(t.crossing, t.day) {
                rows[t.source_type][usize::from(!ran)][t.side as usize] += t.chance;
            }
        }
        Self::from_rows(types, &rows)
    }

    fn from_rows(types: &[String], rows: &[Vec<Vec<f64>>]) -> Self {
        let mut out = Self::prior();
        for (name, row) in types.iter().zip(rows) {
            let share = |class: usize| {
                let (right, both) = (row[class][class], row[class][0] + row[class][1]);
                if both > 0.0 { right / both } else { PRIOR_OTHER }
            };
            let learnt = Reliability { runs: share(0), stands: share(1) };
            match out.by_type.iter_mut().find(|(known, _)| known == name) {
                Some((_, r)) => *r = learnt,
                None => out.by_type.push((name.clone(), learnt)),
            }
        }
        out
    }
}

fn item(t: &Tally) -> (usize, i32) {
    (t.crossing, t.day.0.div_euclid(WEEK_DAYS))
}

fn pseudo_counts(name: &str) -> Vec<Vec<f64>> {
    let right = PRIOR.iter().find(|(known, _)| *known == name).map_or(PRIOR_OTHER, |p| p.1);
    let (yes, no) = (PRIOR_CLAIMS * right, PRIOR_CLAIMS * (1.0 - right));
    vec![vec![yes, no], vec![no, yes]]
}
