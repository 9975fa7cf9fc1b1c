//! The capacity of a line, section by section.

use crate::cycle::{RunTimes, SchemeCycle, StationIntervals, four, smallest};
use crate::error::CapacityError;
use crate::line::{
    LineCapacity, LineInput, LinePlatoon, Occupancy, Platoon, SectionCapacity, ShortLoop, SingleWorking, Throughput,
    Working,
};
use crate::loops::{longer_loops, one_more_loop};
use crate::{DAY_S, scott_trains_per_day};

/// Longest platoon told.
const MOST_PLATOON: usize = 4;
const DAYS_PER_YEAR: f64 = 365.0;

/// Sections between two stations where the train can meet, as one.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub first: usize,
    pub last: usize,
    pub tracks: u8,
    pub out: RunTimes,
    pub back: RunTimes,
    headway_out_s: f64,
    headway_back_s: f64,
    closed_s: f64,
    pub a: StationIntervals,
    pub b: StationIntervals,
}

/// Assesses a line: cycles, trains and tonnes by section, what binds, what a loop is worth.
pub fn assess(input: &LineInput) -> Result<LineCapacity, CapacityError> {
    input.check()?;
    let meets: Vec<bool> = (0..input.stations.len()).map(|s| long_tracks(input, s) >= 2).collect();
    let held = sections_held(input, &meets);
    let (binding, line_pairs) = least(held.iter().map(Held::pairs_per_day));
    let planned_pairs = line_pairs * input.effective_share;
    let traffic = input.traffic_pairs_per_day.unwrap_or(planned_pairs);
    let sections = held.iter().map(|h| section(input, h, traffic)).collect::<Result<Vec<_>, _>>()?;
    let bound = Throughput::of(input, line_pairs);
    Ok(LineCapacity {
        platoons: line_platoons(&sections),
        binding,
        bound,
        planned: Throughput::of(input, planned_pairs),
        short_loops: short_loops(input, &meets),
        longer_loops: longer_loops(input, &meets, &bound),
        one_more_loop: one_more_loop(input, &held, &bound),
        sections,
    })
}

/// The sections of the line with those merged between which this train cannot meet.
pub(crate) fn sections_held(input: &LineInput, meets: &[bool]) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for (at, section) in input.sections.iter().enumerate() {
        if let Some(last) = held.last_mut()
            && merges(input, meets, at)
        {
            last.last = at;
            last.out.pass_pass_s += section.out.pass_pass_s;
            last.out.stop_add_s = section.out.stop_add_s;
            last.back.pass_pass_s += section.back.pass_pass_s;
            last.back.start_add_s = section.back.start_add_s;
            last.headway_out_s = last.headway_out_s.max(section.headway_out_s);
            last.headway_back_s = last.headway_back_s.max(section.headway_back_s);
            // Possessions are assumed to lie at the same hours: the bound may be too high, never too low.
            last.closed_s = last.closed_s.max(section.closed_s_per_day);
            last.b = intervals(input, at + 1);
        } else {
            held.push(Held {
                first: at,
                last: at,
                tracks: section.tracks,
                out: section.out,
                back: section.back,
                headway_out_s: section.headway_out_s,
                headway_back_s: section.headway_back_s,
                closed_s: section.closed_s_per_day,
                a: intervals(input, at),
                b: intervals(input, at + 1),
            });
        }
    }
    held
}

/// The least of values and its position; the first of equals.
pub(crate) fn least(values: impl Iterator<Item = f64>) -> (usize, f64) {
    values.enumerate().fold((0, f64::INFINITY), |least, next| if next.1 < least.1 { next } else { least })
}

impl Held {
    pub fn available_s(&self) -> f64 {
        DAY_S - self.closed_s
    }

    pub fn schemes(&self) -> [SchemeCycle; 4] {
        four(&self.out, &self.back, &self.a, &self.b)
    }

    /// The bound, pairs a day.
    pub fn pairs_per_day(&self) -> f64 {
        let pair_s = if self.tracks == 1 {
            smallest(&self.schemes()).cycle_s
        } else {
            self.headway_out_s.max(self.headway_back_s)
        };
        self.available_s() / pair_s
    }
}

impl Throughput {
    pub(crate) fn of(input: &LineInput, pairs_per_day: f64) -> Self {
        let (out, back) = (pairs_per_day * input.net_t_out, pairs_per_day * input.net_t_back);
        Self {
            pairs_per_day,
            trains_per_day: 2.0 * pairs_per_day,
            net_t_out_per_day: out,
            net_t_back_per_day: back,
            net_mt_per_year: (out + back) * DAYS_PER_YEAR / 1e6,
        }
    }
}

fn section(input: &LineInput, held: &Held, traffic: f64) -> Result<SectionCapacity, CapacityError> {
    let available = held.available_s();
    let (working, scott, parts) = if held.tracks == 1 {
        let schemes = held.schemes();
        let chosen = smallest(&schemes);
        let slowest = held.out.pass_pass_s.max(held.back.pass_pass_s);
        let scott = scott_trains_per_day(slowest, input.route_setting_s, input.scott_efficiency)?;
        let platoons = (1..=MOST_PLATOON).map(|k| platoon(input, held, chosen.cycle_s, k)).collect();
        let parts = (chosen.running_s, chosen.intervals_s, chosen.start_stop_s);
        (Working::Single(Box::new(SingleWorking { schemes, chosen, platoons })), scott, parts)
    } else {
        let (out, back) = (held.headway_out_s, held.headway_back_s);
        let scott = scott_trains_per_day(out, 0.0, input.scott_efficiency)?
            + scott_trains_per_day(back, 0.0, input.scott_efficiency)?;
        let working = Working::Double { out_per_day: available / out, back_per_day: available / back };
        (working, scott, (out.max(back), 0.0, 0.0))
    };
    let pairs = held.pairs_per_day();
    let names: Vec<&str> = input.sections[held.first..=held.last].iter().map(|s| s.name.as_str()).collect();
    Ok(SectionCapacity {
        name: names.join(" + "),
        first_section: held.first,
        last_section: held.last,
        working,
        bound: Throughput::of(input, pairs),
        planned: Throughput::of(input, pairs * input.effective_share),
        scott_trains_per_day: scott,
        occupancy: occupancy(traffic, held, parts),
    })
}

fn occupancy(pairs_per_day: f64, held: &Held, (running, route_setting, stops): (f64, f64, f64)) -> Occupancy {
    let used = pairs_per_day * (running + route_setting + stops);
    let available = held.available_s();
    let rate = match (used > 0.0, available > 0.0) {
        (false, _) => 0.0,
        (true, true) => used / available,
        // Traffic over a section that is never open does not fit, however little.
        (true, false) => used / DAY_S + 1.0,
    };
    Occupancy {
        pairs_per_day,
        running_s: pairs_per_day * running,
        route_setting_s: pairs_per_day * route_setting,
        stops_s: pairs_per_day * stops,
        closed_s: held.closed_s,
        buffer_s: available - used,
        rate,
    }
}

fn platoon(input: &LineInput, held: &Held, pair_cycle_s: f64, k: usize) -> Platoon {
    let cycle_s = pair_cycle_s + (k - 1) as f64 * (held.headway_out_s + held.headway_back_s);
    let holds = |station: usize| beside_double(input, station) || long_tracks(input, station) > k;
    Platoon {
        trains_each_way: k,
        cycle_s,
        pairs_per_day: k as f64 * held.available_s() / cycle_s,
        stations_hold: holds(held.first) && holds(held.last + 1),
    }
}

fn line_platoons(sections: &[SectionCapacity]) -> Vec<LinePlatoon> {
    (0..MOST_PLATOON)
        .map(|at| {
            let of = |s: &SectionCapacity| match &s.working {
                Working::Single(w) => (w.platoons[at].pairs_per_day, w.platoons[at].stations_hold),
                Working::Double { .. } => (s.bound.pairs_per_day, true),
            };
            let (binding, pairs_per_day) = least(sections.iter().map(|s| of(s).0));
            let stations_hold = sections.iter().all(|s| of(s).1);
            LinePlatoon { trains_each_way: at + 1, pairs_per_day, binding, stations_hold }
        })
        .collect()
}

/// How a station keeps opposing trains apart.
fn intervals(input: &LineInput, station: usize) -> StationIntervals {
    let meeting_s = input.route_setting_s;
    let apart = if input.stations[station].simultaneous_entry { meeting_s } else { input.non_simultaneous_s };
    StationIntervals { non_simultaneous_s: apart, meeting_s }
}

fn long_tracks(input: &LineInput, station: usize) -> usize {
    input.stations[station].tracks_m.iter().filter(|m| **m >= input.train_length_m).count()
}

/// Whether a section is one with the section before it.
fn merges(input: &LineInput, meets: &[bool], section: usize) -> bool {
    !meets[section] && !beside_double(input, section)
}

/// Whether double track begins or ends at a station, or goes through it: opposing trains then pass each other anyway.
fn beside_double(input: &LineInput, station: usize) -> bool {
    let before = station.checked_sub(1).and_then(|s| input.sections.get(s));
    [before, input.sections.get(station)].into_iter().flatten().any(|s| s.tracks == 2)
}

fn short_loops(input: &LineInput, meets: &[bool]) -> Vec<ShortLoop> {
    let short = meets.iter().enumerate().filter(|(_, meets)| !**meets);
    short
        .map(|(station, _)| {
            let mut lengths = input.stations[station].tracks_m.clone();
            lengths.sort_by(|a, b| b.total_cmp(a));
            ShortLoop {
                station,
                name: input.stations[station].name.clone(),
                meets_up_to_m: lengths.get(1).copied().unwrap_or(0.0),
                merges: station > 0 && station < input.sections.len() && merges(input, meets, station),
            }
        })
        .collect()
}
