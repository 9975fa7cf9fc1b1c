//! A compiled line as the closed forms see it: how long each train keeps others from each section of line.
//!
//! A section of line is held from when its train must find it free until its tail is in at the far station: a train
//! that starts needs it at its start, one that passes at its braking point. That is the section's blocking time, and
//! what the simulator grants; running times of the station tracks are not in it.

use super::line_only::TRACKS_AT_ENDS;
use super::reference::Reference;
use yalu_capacity::{LineInput, Progress, RunTimes, SectionInput, StationInput};
use yalu_model::Corridor;
use yalu_plan::{Draw, Line, Plan};

/// Share of the day a timetable uses, for planned figures: about 0.9 in Chinese practice (recalled, not re-read).
pub const EFFECTIVE_SHARE: f64 = 0.9;
/// Efficiency of Scott's formula: 0.7, the lower of the usual 0.7 to 0.8.
pub const SCOTT_EFFICIENCY: f64 = 0.7;
/// Parts of a section for which progress is told.
const PARTS: u32 = 10;

/// A pattern with its running times stretched by supplement.
#[derive(Clone, Copy)]
pub(crate) struct Timed<'a> {
    line: &'a Line,
    factor: f64,
}

impl<'a> Timed<'a> {
    pub fn new(c: &Corridor, line: &'a Line) -> Self {
        Self { line, factor: line.factor(c, Draw::central(c.sampling.seed)) }
    }

    fn s(&self, ms: i64) -> f64 {
        ms as f64 / 1000.0 * self.factor
    }

    /// How long a train holds a leg: passing at both ends, and what starting and stopping there add.
    ///
    /// At the ends of its path it always starts or stops: there the additions are in the time itself.
    pub fn held(&self, leg: usize) -> RunTimes {
        let times = &self.line.times;
        let own = times.at(leg, leg + 1);
        let start = self.s(own.section_clear_ms);
        let (whole, stop_add) = if leg == 0 {
            (start, self.s(own.section_clear_stopping_ms - own.section_clear_ms))
        } else {
            let (near, far) = (times.at(0, leg), times.at(0, leg + 1));
            let stop_add = self.s(far.section_clear_stopping_ms - far.section_clear_ms);
            (self.s(far.section_clear_ms - near.brake_ms), stop_add)
        };
        // Where a start takes less than finding the section free in time, a start is the least.
        let pass = whole.min(start);
        let stop_add = if leg + 2 == self.line.stands.len() { 0.0 } else { stop_add.max(0.0) };
        RunTimes { pass_pass_s: pass, start_add_s: if leg == 0 { 0.0 } else { start - pass }, stop_add_s: stop_add }
    }

    /// Time between two such trains into a leg, as its blocks have it; the less of both passing and both starting.
    pub fn headway_s(&self, leg: usize, route_setting_s: f64) -> f64 {
        let from = |row: usize| {
            let times = &self.line.times;
            let need = if row == leg { 0.0 } else { self.s(times.at(row, leg).brake_ms) };
            let mut sees = vec![need];
            let mut clear = Vec::new();
            for block in times.blocks(row, leg) {
                sees.push(self.s(block.pass_ms) - self.line.approach_ms as f64 / 1000.0);
                clear.push(self.s(block.clear_ms));
            }
            clear.push(self.s(times.at(row, leg + 1).section_clear_ms));
            clear.iter().zip(&sees).map(|(c, s)| c - s).fold(0.0, f64::max) + route_setting_s
        };
        from(0).min(from(leg))
    }

    /// From entering a station until its braking point for passing it: below zero where it brakes before.
    fn brakes_after_entry_s(&self, stand: usize) -> f64 {
        let t = self.line.times.at(0, stand);
        self.s(t.brake_ms - t.enter_ms)
    }

    /// Seconds from the first stand at some places on the path.
    fn times_at(&self, places_m: &[f64]) -> Vec<f64> {
        let run = self.line.times.runs().next();
        run.map_or_else(Vec::new, |(_, run)| run.times_at(places_m))
    }
}

/// The trains of a plan of the line alone: out, and back.
pub(crate) fn trains<'a>(c: &Corridor, plan: &'a Plan) -> Option<(Timed<'a>, Timed<'a>)> {
    Some((Timed::new(c, plan.lines.first()?), Timed::new(c, plan.lines.get(1)?)))
}

/// The line of a plan of the line alone; `closed_s` and today's pairs by stretch come from the whole corridor.
pub(crate) fn line_input(c: &Corridor, plan: &Plan, r: &Reference, closed_s: &[f64], pairs: f64) -> Option<LineInput> {
    let (out, back) = trains(c, plan)?;
    let route_setting_s = c.line.operation.route_setting_s.central();
    let stands = &out.line.stands;
    let legs = stands.len() - 1;
    let train_length_m = r.out.length_m.max(r.back.length_m).ceil();
    let stations = stands.iter().enumerate().map(|(k, id)| {
        let stand = &plan.stands[*id];
        let ends = k == 0 || k == legs;
        let tracks_m = if ends {
            vec![train_length_m; TRACKS_AT_ENDS]
        } else {
            stand.tracks_m.iter().map(|m| f64::from(*m)).collect()
        };
        let name = c.line.points[stand.point].name.clone();
        StationInput { name, tracks_m, simultaneous_entry: stand.simultaneous_entry }
    });
    let stations: Vec<StationInput> = stations.collect();
    // A train that passes is held here from its braking point: what of the interval lies before that is in its time.
    let stated = c.line.operation.non_simultaneous_s.central();
    let inner = (1..legs).filter(|k| !stations[*k].simultaneous_entry);
    let intervals = inner.flat_map(|k| [out.brakes_after_entry_s(k), back.brakes_after_entry_s(legs - k)]);
    let non_simultaneous_s = intervals.map(|s| stated + s).fold(stated, f64::min).max(route_setting_s);
    let sections = (0..legs).map(|leg| {
        let (stretch, other) = (&plan.stretches[out.line.stretches[leg].0], legs - 1 - leg);
        SectionInput {
            name: format!("{} – {}", stations[leg].name, stations[leg + 1].name),
            tracks: if stretch.single { 1 } else { 2 },
            out: out.held(leg),
            back: back.held(other),
            headway_out_s: out.headway_s(leg, route_setting_s),
            headway_back_s: back.headway_s(other, route_setting_s),
            closed_s_per_day: closed_s.get(leg).copied().unwrap_or(0.0),
            progress: progress(&out, &back, leg),
        }
    });
    let sections = sections.collect();
    Some(LineInput {
        stations,
        sections,
        train_length_m,
        net_t_out: r.out.net_t(),
        net_t_back: r.back.net_t(),
        route_setting_s,
        non_simultaneous_s,
        effective_share: EFFECTIVE_SHARE,
        scott_efficiency: SCOTT_EFFICIENCY,
        traffic_pairs_per_day: Some(pairs),
    })
}

/// How running time is spread over a leg, both ways counted from its first station.
fn progress(out: &Timed, back: &Timed, leg: usize) -> Vec<Progress> {
    let other = out.line.stands.len() - 2 - leg;
    let places = |from: f64, to: f64| -> Vec<f64> {
        (0..=PARTS).map(|i| from + (to - from) * f64::from(i) / f64::from(PARTS)).collect()
    };
    let (there, here) = (&out.line.chainage_m, &back.line.chainage_m);
    let t = out.times_at(&places(there[leg], there[leg + 1]));
    let u = back.times_at(&places(here[other], here[other + 1]));
    let (Some(whole_out), Some(whole_back)) = (span(&t), span(&u)) else { return Vec::new() };
    let last = PARTS as usize;
    let at = |i: usize| Progress {
        length_share: i as f64 / last as f64,
        out_share: ((t[i] - t[0]) / whole_out).clamp(0.0, 1.0),
        back_share: (1.0 - (u[last - i] - u[0]) / whole_back).clamp(0.0, 1.0),
    };
    (1..last).map(at).collect()
}

fn span(times: &[f64]) -> Option<f64> {
    let whole = times.last()? - times.first()?;
    (times.len() == PARTS as usize + 1 && whole > 0.0).then_some(whole)
}
