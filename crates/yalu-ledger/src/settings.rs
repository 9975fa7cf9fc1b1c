//! What the ledger assumes. Every constant that moves a belief stands here, with its reason.
//!
//! None is fitted by a search, none to one event; `docs/ledger.md` says which were changed after looking at scores, and what each moves.
//! Lengths of closures are learnt from closures elsewhere
//! ([`crate::DurationModel`]), reliabilities from the reports themselves ([`crate::Reliability`]).

use crate::reliability::Reliabilities;

/// How reliabilities of source types come about.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Learning {
    /// Learnt without truth from the reports known at the start of each year, so that no belief knows the future.
    #[default]
    WithoutTruth,
    /// As given: the priors, or learnt beforehand (with truth, say).
    Fixed(Reliabilities),
}

/// Settings of the belief.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// How reliabilities come about.
    pub learning: Learning,
    /// Whether monthly trade is heard. Off by default: it is also what a simulation predicts.
    pub customs: bool,
    /// Chances on the first day: not opened, suspended, limited, open. A crossing is on the list because goods go over it, or
    /// did: eight in ten run freely, one in ten does not run.
    pub start: [f64; 4],
    /// Chance that a statement on all land crossings speaks of a given one. Single crossings have opened years before such
    /// statements ended, so that little more than half is meant for each.
    pub national: f64,
    /// Chance that what is said of one mode holds for another at the same place: bridge and authorities are shared, rules and
    /// dates are not.
    pub sibling: f64,
    /// How much likelier it is that a service which is said to begin on a day did not run the day before: beginnings are also told of
    /// services that began earlier.
    pub begins: f64,
    /// Chance that a statement that something is not confirmed speaks of a standstill: silence more than knowledge.
    pub unconfirmed: f64,
    /// Chance that a sighting of something that is not a freight service (an empty train, a trial, a bus) speaks of the service all the
    /// same: trials come before services, and often without.
    pub not_a_service: f64,
    /// Errors of a sighting over errors of a claim from the same type of source: who saw a train can be wrong about which
    /// train, but not by hearsay.
    pub sighting_errors: f64,
    /// Days after which half of the mentions of an event misdate it. Later articles give old events in a clause, from memory.
    pub misdated_half_days: f64,
    /// Days within which hearsay from sources of one type is taken as sharing its sources: the second report of a kind weighs half, the third a third.
    pub hearsay_days: i32,
    /// Chance a day that a change at a crossing that many watch brings a new report, while the change is fresh: one a
    /// week or so. Without one, the change becomes less likely each day.
    pub follow_up: f64,
    /// The same where nothing has changed: one in a month and a half.
    pub attention: f64,
    /// Independent reports after which a crossing is half as watched as it can be. Nothing follows from silence at a crossing that no
    /// one watches.
    pub watched_half: f64,
    /// Days a change stays fresh.
    pub fresh_days: f64,
    /// Mean days of a limited service: a restriction is for the time being, a season or so.
    pub limited_days: f64,
    /// Share of limited services that end shut, the others end open: somewhat more than half, since who limits fears something.
    pub limited_ends_shut: f64,
    /// Mean days of an open service before it is shut: the bridge's road was closed three times for repair in the twelve years
    /// 2004 to 2016 (four years), and half as often it is only limited.
    pub open_days: f64,
    /// How much likelier a limited service than another holds its goods (in quarantine, days of wait), and an open one.
    pub held: [f64; 2],
    /// Share of reopenings that begin limited: not known, so even.
    pub reopens_limited: f64,
    /// Greatest odds, in nats, that one month's trade may bring: it reaches several routes.
    pub trade_nats: f64,
    /// Chance that a plan for tomorrow comes true.
    pub plan_holds: f64,
    /// Days of lead by which that chance falls by half: plans a day or three ahead held, plans weeks ahead did not.
    pub plan_half_days: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            learning: Learning::default(),
            customs: false,
            start: [0.02, 0.08, 0.1, 0.8],
            national: 0.8,
            sibling: 0.15,
            begins: 3.0,
            unconfirmed: 0.2,
            not_a_service: 0.1,
            sighting_errors: 0.3,
            misdated_half_days: 180.0,
            hearsay_days: 14,
            follow_up: 0.15,
            attention: 0.022,
            watched_half: 3.0,
            fresh_days: 30.0,
            limited_days: 120.0,
            limited_ends_shut: 0.6,
            open_days: 1460.0,
            held: [3.0, 1.0 / 3.0],
            reopens_limited: 0.5,
            trade_nats: 2.0,
            plan_holds: 0.5,
            plan_half_days: 3.0,
        }
    }
}
