//! What the ledger assumes. Every constant that moves a belief stands here, with its reason; `docs/ledger.md` says when each was set.

use crate::phases::Follows;
use yalu_model::Mode;

/// Types of source with the chance that what they claim is so. Own sightings of an agency are rarely wrong; officials know, but also speak
/// for a purpose; images show yards, not trains; anonymous sources of single outlets are wrong about a third of the time.
const RIGHT: &[(&str, f64)] = &[
    ("official_party", 0.97),
    ("agency_observation", 0.92),
    ("third_country_official", 0.92),
    ("international_org", 0.92),
    ("satellite", 0.85),
    ("state_media", 0.85),
    ("media_other", 0.75),
    ("media_anon", 0.68),
];
/// The same for a type that is not in the list.
const RIGHT_OTHER: f64 = 0.65;

/// Settings of the belief.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// Whether monthly trade is heard. Off by default: it is also what a simulation predicts.
    pub customs: bool,
    /// Chance that a crossing on the list has never opened, on the first day.
    pub not_opened: f64,
    /// Mean days before such a crossing opens: none of the kind did within a decade.
    pub not_opened_days: f64,
    /// Days a change stays fresh.
    pub fresh_days: f64,
    /// Mean days of the three lengths of closures: a week, a season, years.
    pub shut_days: [f64; 3],
    /// Shares of these lengths among a crossing's own closures, and among those that come with the border's.
    pub shut_shares: [f64; 3],
    /// See above.
    pub border_shut_shares: [f64; 3],
    /// Mean days of a limited service: a season or so.
    pub limited_days: f64,
    /// Share of limited services that end shut, the others end open.
    pub limited_ends_shut: f64,
    /// Mean days of an open service before a closure of its own.
    pub open_days: f64,
    /// How often an open service is limited, over how often it is shut.
    pub open_limits: f64,
    /// Share of reopenings that begin limited: not known, so even.
    pub reopens_limited: f64,
    /// Mean days of a border that is open, restricted, shut.
    pub border_days: [f64; 3],
    /// Share of an open border's changes that shut it.
    pub border_shuts: f64,
    /// How goods by land follow their border, passengers, sea and air.
    pub follows: [Follows; 3],
    /// Chance that a statement on all land crossings speaks of the border, and that it speaks of a given crossing.
    pub national: [f64; 2],
    /// Odds of a standing claim from its source's reliability: all of it where 1.
    pub standing: f64,
    /// The same of the state that a dated change leaves behind.
    pub onset_state: f64,
    /// Days over which a false date may be spread: what a true date is held against.
    pub onset_days: f64,
    /// Weight of a `suspended` as a dated stop, where the source is a party or an observer, and where it is an image.
    pub stop_dated: [f64; 2],
    /// Share of dates that are exact to the day.
    pub exact: f64,
    /// Chance that a shut crossing is seen to be crossed all the same, over that of one that runs: the first time, and again within the fortnight.
    pub episode: [f64; 2],
    /// The same of a service that is claimed by another than an official party: one crossing is told as a service. For the first such claim
    /// since it was last said to stand, and for others: two are hardly both of one-off crossings.
    pub episode_told: [f64; 2],
    /// Chance that a statement that something is not confirmed speaks of a standstill: silence more than knowledge.
    pub unconfirmed: f64,
    /// Chance that a sighting of something that is not a freight service (an empty train, a trial, a bus) speaks of the service all the same.
    pub not_a_service: f64,
    /// Days after which half of the mentions of an event misdate it. Later articles give old events in a clause, from memory.
    pub misdated_half_days: f64,
    /// Days within which hearsay from sources of one type is taken as sharing its sources: the second report of a kind weighs half, the third a third.
    pub hearsay_days: i32,
    /// Days after which a root may speak of a new event on the same side.
    pub root_days: i32,
    /// How much oftener a change is written of while it is fresh.
    pub follow_up: f64,
    /// Reports and days that the rate of a crossing's reports starts from, and the most it is taken for, a day.
    pub attention: [f64; 3],
    /// How much likelier a limited service than an open one holds its goods, or sends few vehicles.
    pub limited_odds: f64,
    /// Greatest odds, in nats, that one month's trade may bring: it reaches several routes.
    pub trade_nats: f64,
    /// Weight of a month's trade: other routes, prices and stocks err alike for months, so three say little more than one alone.
    pub trade_weight: f64,
    /// Chance that a plan for tomorrow comes true.
    pub plan_holds: f64,
    /// Days of lead by which that chance falls by half: plans a day or three ahead held, plans weeks ahead did not.
    pub plan_half_days: f64,
    /// Greatest odds that what one crossing hears in a day may bring to the border.
    pub border_odds: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            customs: false,
            not_opened: 0.02,
            not_opened_days: 3650.0,
            fresh_days: 20.0,
            shut_days: [12.0, 150.0, 750.0],
            shut_shares: [0.45, 0.48, 0.07],
            border_shut_shares: [0.2, 0.3, 0.5],
            limited_days: 80.0,
            limited_ends_shut: 0.6,
            open_days: 2400.0,
            open_limits: 0.75,
            reopens_limited: 0.5,
            border_days: [6000.0, 225.0, 500.0],
            border_shuts: 0.56,
            follows: [
                Follows { shuts: [0.48, 0.01], opens: [0.27, 0.005], limits: 0.33, held: 0.3 },
                Follows { shuts: [0.7, 0.01], opens: [0.15, 0.002], limits: 0.5, held: 0.3 },
                Follows { shuts: [0.2, 0.002], opens: [0.15, 0.002], limits: 0.2, held: 0.8 },
            ],
            national: [0.64, 0.2],
            standing: 1.5,
            onset_state: 0.75,
            onset_days: 30.0,
            stop_dated: [0.47, 0.1],
            exact: 0.56,
            episode: [0.2, 0.2],
            episode_told: [0.4, 0.05],
            unconfirmed: 0.3,
            not_a_service: 0.05,
            misdated_half_days: 270.0,
            hearsay_days: 14,
            root_days: 45,
            follow_up: 4.0,
            attention: [1.5, 200.0, 0.03],
            limited_odds: 3.0,
            trade_nats: 2.0,
            trade_weight: 0.35,
            plan_holds: 0.5,
            plan_half_days: 3.0,
            border_odds: 30.0,
        }
    }
}

impl Settings {
    /// Chance that what a type of source claims is so.
    pub fn right(source_type: &str) -> f64 {
        RIGHT.iter().find(|r| r.0 == source_type).map_or(RIGHT_OTHER, |r| r.1)
    }

    /// How a crossing of a mode follows its border.
    pub(crate) fn follows(&self, mode: Mode) -> Follows {
        self.follows[kind(mode)]
    }
}

/// How a crossing of a mode goes with its border: goods by land, passengers, others.
pub(crate) fn kind(mode: Mode) -> usize {
    match mode {
        Mode::Rail | Mode::Road | Mode::Place => 0,
        Mode::Passenger => 1,
        Mode::Sea | Mode::Air => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::RIGHT;
    use yalu_model::SOURCE_TYPES;

    #[test]
    fn every_kind_of_source_that_files_may_name_has_a_record() {
        assert_eq!(RIGHT.iter().map(|r| r.0).collect::<Vec<_>>(), SOURCE_TYPES);
    }
}
