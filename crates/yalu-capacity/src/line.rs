//! A line as the closed forms see it, and what they say of it.

use crate::cycle::{RunTimes, SchemeCycle};
use crate::error::{CapacityError, above_zero, not_negative, share, within_day};

/// A station of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct StationInput {
    /// Its name.
    pub name: String,
    /// Usable lengths of the tracks on which trains of the line can stand or pass, m; empty for a halt.
    pub tracks_m: Vec<f64>,
    /// Whether opposing trains may enter at the same time (overlaps, catch points).
    pub simultaneous_entry: bool,
}

/// Where a train is, in shares of a section, counted from its first station in both directions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Share of the length.
    pub length_share: f64,
    /// Share of the running time out that lies on this side.
    pub out_share: f64,
    /// Share of the running time back that lies on this side.
    pub back_share: f64,
}

/// A section of line between two stations.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionInput {
    /// Its name.
    pub name: String,
    /// 1 or 2.
    pub tracks: u8,
    /// Running times from its first station to its second.
    pub out: RunTimes,
    /// Running times from its second station to its first.
    pub back: RunTimes,
    /// Between two trains out, as its blocks have it, s. Without intermediate signals: the running time and what it takes
    /// to report the train in.
    pub headway_out_s: f64,
    /// Between two trains back, s.
    pub headway_back_s: f64,
    /// Closed to trains (possessions, night), s a day.
    pub closed_s_per_day: f64,
    /// How running time is spread over its length, from first station to second, ends left out; empty for evenly.
    pub progress: Vec<Progress>,
}

/// A line for trains of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct LineInput {
    /// Stations in order of trains out; one more than sections.
    pub stations: Vec<StationInput>,
    /// Sections in order of trains out.
    pub sections: Vec<SectionInput>,
    /// Length of the train, locomotives included, m.
    pub train_length_m: f64,
    /// Net load of a train out, t.
    pub net_t_out: f64,
    /// Net load of a train back, t; 0 where it comes back empty.
    pub net_t_back: f64,
    /// From a train being in to the route of the opposing one being set, s: the meeting interval.
    pub route_setting_s: f64,
    /// From a train being in to the opposing one passing, where they may not enter at the same time, s.
    pub non_simultaneous_s: f64,
    /// Share of the day a timetable can use, d, for planned figures; 1 makes them the bound.
    pub effective_share: f64,
    /// Efficiency E of Scott's formula; 0.7 to 0.8.
    pub scott_efficiency: f64,
    /// Traffic that occupancy is told for, pairs a day; None for the planned capacity of the line.
    pub traffic_pairs_per_day: Option<f64>,
}

impl LineInput {
    pub(crate) fn check(&self) -> Result<(), CapacityError> {
        if self.sections.is_empty() || self.stations.len() != self.sections.len() + 1 {
            return Err(CapacityError::shape("a line has at least one section, and one station more than sections"));
        }
        for station in &self.stations {
            for length in &station.tracks_m {
                not_negative("the length of a track", *length)?;
            }
        }
        for section in &self.sections {
            section.check()?;
        }
        not_negative("the length of the train", self.train_length_m)?;
        not_negative("the net load out", self.net_t_out)?;
        not_negative("the net load back", self.net_t_back)?;
        not_negative("the time of route setting", self.route_setting_s)?;
        not_negative("the interval of non-simultaneous arrival", self.non_simultaneous_s)?;
        share("the effective share", self.effective_share)?;
        share("the efficiency", self.scott_efficiency)?;
        not_negative("the traffic", self.traffic_pairs_per_day.unwrap_or(0.0))
    }
}

impl SectionInput {
    fn check(&self) -> Result<(), CapacityError> {
        if !(1..=2).contains(&self.tracks) {
            let (what, value) = ("the number of tracks of a section", f64::from(self.tracks));
            return Err(CapacityError::Input { what, rule: "1 or 2", value });
        }
        self.out.check()?;
        self.back.check()?;
        above_zero("the headway out", self.headway_out_s)?;
        above_zero("the headway back", self.headway_back_s)?;
        within_day("the time closed", self.closed_s_per_day)?;
        let mut last = Progress { length_share: 0.0, out_share: 0.0, back_share: 0.0 };
        for point in &self.progress {
            share("a share of the length", point.length_share)?;
            share("a share of the running time out", point.out_share)?;
            share("a share of the running time back", point.back_share)?;
            above_zero("a step of the share of the length", point.length_share - last.length_share)?;
            not_negative("a step of the share of the running time out", point.out_share - last.out_share)?;
            not_negative("a step of the share of the running time back", point.back_share - last.back_share)?;
            last = *point;
        }
        // The end of the section is no point of its own.
        above_zero("what is left of the length behind the last point", 1.0 - last.length_share)
    }
}

/// Trains and tonnes of equal traffic both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throughput {
    /// Pairs a day: a train out and one back.
    pub pairs_per_day: f64,
    /// Trains a day, both directions together.
    pub trains_per_day: f64,
    /// Net tonnes a day out.
    pub net_t_out_per_day: f64,
    /// Net tonnes a day back.
    pub net_t_back_per_day: f64,
    /// Net million tonnes a year of 365 days, both directions together.
    pub net_mt_per_year: f64,
}

/// How a day of a section is spent, s. Of two tracks, the one with the longer headway.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occupancy {
    /// Traffic, pairs a day.
    pub pairs_per_day: f64,
    /// Running of trains; on double track their headways.
    pub running_s: f64,
    /// Intervals between opposing trains: route setting, non-simultaneous arrival.
    pub route_setting_s: f64,
    /// Additions for stopping and starting.
    pub stops_s: f64,
    /// Closed to trains.
    pub closed_s: f64,
    /// What is left; below zero where the traffic does not fit.
    pub buffer_s: f64,
    /// Running, intervals and stops as a share of the time not closed; 0 without traffic.
    pub rate: f64,
}

/// Platoons of so many trains each way through a single-track section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Platoon {
    /// Trains each way in a cycle, k.
    pub trains_each_way: usize,
    /// Length of the cycle, s.
    pub cycle_s: f64,
    /// The bound, pairs a day.
    pub pairs_per_day: f64,
    /// Whether both stations have k tracks for the waiting platoon and one more.
    pub stations_hold: bool,
}

/// How a section is worked.
#[derive(Clone, Debug, PartialEq)]
pub enum Working {
    /// One track, opposing trains in turn.
    Single(Box<SingleWorking>),
    /// A track for each direction.
    Double {
        /// The bound, trains out a day.
        out_per_day: f64,
        /// The bound, trains back a day.
        back_per_day: f64,
    },
}

/// One track, opposing trains in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleWorking {
    /// The four ways of clearing the section.
    pub schemes: [SchemeCycle; 4],
    /// The smallest.
    pub chosen: SchemeCycle,
    /// Platoons of 1 to 4 trains each way.
    pub platoons: Vec<Platoon>,
}

/// Capacity of a section as this train finds it: from one station where it can meet to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionCapacity {
    /// Names of the sections in it, joined by " + ".
    pub name: String,
    /// First of the input's sections in it.
    pub first_section: usize,
    /// Last of the input's sections in it; beyond the first where a loop is too short for the train.
    pub last_section: usize,
    /// How it is worked.
    pub working: Working,
    /// The bound: the whole day not closed, no reserve.
    pub bound: Throughput,
    /// With the effective share of the day.
    pub planned: Throughput,
    /// Scott's formula, trains a day both ways; on double track both directions added.
    pub scott_trains_per_day: f64,
    /// How its day is spent.
    pub occupancy: Occupancy,
}

/// Platoons on the whole line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinePlatoon {
    /// Trains each way in a cycle.
    pub trains_each_way: usize,
    /// The bound of the line, pairs a day.
    pub pairs_per_day: f64,
    /// The section that binds.
    pub binding: usize,
    /// Whether all stations between which it is worked hold the platoons.
    pub stations_hold: bool,
}

/// A station where two of this train cannot meet.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortLoop {
    /// Position among the stations.
    pub station: usize,
    /// Its name.
    pub name: String,
    /// Length of the longest train that two of could meet, m: its second longest track.
    pub meets_up_to_m: f64,
    /// Whether its neighbouring sections are one for this train. Not at the ends of the line, nor beside double track.
    pub merges: bool,
}

/// What it is worth to make a short loop long enough.
#[derive(Clone, Debug, PartialEq)]
pub struct LongerLoop {
    /// Position among the stations.
    pub station: usize,
    /// The bound of the line with it.
    pub line_after: Throughput,
    /// Gain of the line, pairs a day.
    pub gain_pairs_per_day: f64,
}

/// What one more loop is worth, at the best place in a section.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLoop {
    /// Position among the capacities by section.
    pub capacity: usize,
    /// The input's section in which it lies.
    pub section: usize,
    /// Where in it, share of its length from its first station.
    pub length_share: f64,
    /// Cycle between the first station and the loop, s.
    pub first_cycle_s: f64,
    /// Cycle between the loop and the second station, s.
    pub second_cycle_s: f64,
    /// The bound of the section with it, pairs a day.
    pub section_pairs_per_day: f64,
    /// The bound of the line with it.
    pub line_after: Throughput,
    /// Gain of the line, pairs a day; 0 where another section binds.
    pub gain_pairs_per_day: f64,
}

/// Capacity of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineCapacity {
    /// By section, as this train finds them.
    pub sections: Vec<SectionCapacity>,
    /// The section that binds: the least bound, the first of equals.
    pub binding: usize,
    /// The bound of the line.
    pub bound: Throughput,
    /// With the effective share of the day.
    pub planned: Throughput,
    /// Platoons of 1 to 4 trains each way.
    pub platoons: Vec<LinePlatoon>,
    /// Stations where two of this train cannot meet.
    pub short_loops: Vec<ShortLoop>,
    /// What it is worth to lengthen each of those that merge sections.
    pub longer_loops: Vec<LongerLoop>,
    /// What one more loop is worth, for each single-track section.
    pub one_more_loop: Vec<NewLoop>,
}
