//! What a line carries: closed forms, and the simulated line beside them.

mod line_only;
mod occupation;
mod others;
mod reference;

pub use occupation::{EFFECTIVE_SHARE, SCOTT_EFFICIENCY};
pub use others::OtherTrains;
pub use reference::{ComesBack, Reference, ReferenceTrain, reference_services};

use crate::saturation::{Entries, LoadedLine, days, load_line, warm_up_days};
use crate::volume::{DelayVolumes, delay_volumes};
use line_only::line_only;
use occupation::line_input;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use yalu_capacity::{
    Agreement, CapacityError, Crossing, CrossingStation, DAY_S, LineCapacity, LineInput, RunMs, SectionCapacity,
    SingleTrackLine, SingleTrackSection, WindowPlan, WindowRun, WindowedSection, Working, assess, best_pattern,
    saturation_flag,
};
use yalu_model::{Corridor, ServiceId};
use yalu_plan::{Plan, PlanError, compile};
use yalu_units::Span;

/// Share by which a simulated throughput may differ from the closed form of the same working: what whole trains in a
/// few days come to, and sections whose starts and stops are not quite additive.
pub const TOLERANCE: f64 = 0.05;
/// Demands of the whole line when it is run full, shares of its closed form: each as long as the line carries the one
/// before, for a line that is asked for far more than it takes carries less.
const OVERLOADS: [f64; 7] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1];
/// A line that carries less than this share of a demand is full.
const FULL: f64 = 0.98;
/// Demand of a section alone when it is run full: above its closed form, so that trains are ready at all times.
const OVERLOAD: f64 = 1.1;
/// Figures that differ by less are equal.
const HAIR: f64 = 1e-4;
/// Windows told, hours.
const WINDOWS_H: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 6.0, 12.0];
/// Inner stations up to which the best crossing pattern of the whole line is searched.
const MOST_SEARCHED: usize = 8;

/// Why there is no capacity to tell.
#[derive(Debug, thiserror::Error)]
pub enum CapacityStudyError {
    /// A service without a pattern.
    #[error("service {service} has no path on the line")]
    NoLine {
        /// The service.
        service: String,
    },
    /// A path that turns round on its way.
    #[error("service {service} reverses at {point}: capacity is told for lines that are run through")]
    Reverses {
        /// The service.
        service: String,
        /// The point.
        point: String,
    },
    /// A path that runs a stretch twice.
    #[error("service {service} runs a stretch of line twice: capacity is told for lines that are run through")]
    Twice {
        /// The service.
        service: String,
    },
    /// The line alone cannot be compiled.
    #[error("the line of service {service} alone cannot be run")]
    Plan {
        /// The service.
        service: String,
        /// Why.
        source: PlanError,
    },
    /// The closed forms refuse what the line gives.
    #[error("the closed forms refuse the line of service {service}")]
    Closed {
        /// The service.
        service: String,
        /// Why.
        source: CapacityError,
    },
}

/// How trains of both directions share a line, where its closed form is to stand beside the simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// Out and back in turn.
    InTurn,
    /// In platoons of so many each way.
    Platoons(usize),
    /// One after the other the same way as long as one likes: two tracks, or a section with no station between.
    Following,
}

/// A part of the line run full, beside its closed form.
#[derive(Clone, Debug, PartialEq)]
pub struct Saturation {
    /// The closed form of the working the simulator is allowed, trains a day both ways.
    pub closed_form: f64,
    /// That working. Platoons that stations do not hold while they wait may still follow each other as they run: where
    /// more arrives than stations hold, it is the shortest that allow it.
    pub worked: Worked,
    /// The line run full.
    pub line: LoadedLine,
    /// How they stand to each other.
    pub agreement: Agreement,
}

/// What is told of a section beside its closed forms.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionStudy {
    /// What other trains take of its day, s.
    pub others_s: f64,
    /// Pairs a day of the reference train that are left beside them: a bound.
    pub left_pairs_per_day: f64,
    /// Occupancy after UIC 406 at today's traffic, other trains among it: share of the time not closed.
    pub occupancy: f64,
    /// The section alone, run full; none where it is always closed.
    pub alone: Option<Saturation>,
}

/// Directional windows of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionWindows {
    /// Position among the capacities by section.
    pub section: usize,
    /// Windows of rising length.
    pub plans: Vec<WindowPlan>,
}

/// The best crossing pattern of one train each way in turn over the whole line.
#[derive(Clone, Debug, PartialEq)]
pub struct WholePattern {
    /// What happens at each inner station.
    pub crossings: Vec<Crossing>,
    /// Its cycle, pushed together, s.
    pub cycle_s: f64,
    /// Trains a day both ways; possessions left out.
    pub trains_per_day: f64,
}

/// What a line carries for one reference train.
#[derive(Clone, Debug)]
pub struct CapacityStudy {
    /// The reference train and its path.
    pub reference: Reference,
    /// Pairs of it a day today: at the end of the horizon.
    pub pairs_today: f64,
    /// Other trains on its line today.
    pub others: Vec<OtherTrains>,
    /// The line as the closed forms saw it.
    pub input: LineInput,
    /// The closed forms.
    pub capacity: LineCapacity,
    /// By section as the closed forms have them.
    pub sections: Vec<SectionStudy>,
    /// Pairs a day of the reference train left beside other trains, and the section that binds them.
    pub left: (f64, usize),
    /// Directional windows: of the section that binds, and of the one over the border.
    pub windows: Vec<SectionWindows>,
    /// The best crossing pattern, where the line is all single track and short enough to search.
    pub pattern: Option<WholePattern>,
    /// The whole line, run full.
    pub saturation: Option<Saturation>,
    /// Delay over volume.
    pub volumes: DelayVolumes,
    /// Run of a train out and one back that nothing hinders, s.
    pub free_run_s: [f64; 2],
}

/// Studies what the line of a service carries; `plan` is that of the whole corridor, `tolerated_s` a delay.
pub fn capacity_study(
    c: &Corridor,
    plan: &Plan,
    service: ServiceId,
    tolerated_s: f64,
) -> Result<CapacityStudy, CapacityStudyError> {
    let reference = reference::reference(c, plan, service)?;
    let name = || c.trains.services[service].id.clone();
    let closed = |source: CapacityError| CapacityStudyError::Closed { service: name(), source };
    let legs = reference.stretches.len();
    let horizon_days = (c.horizon.to - c.horizon.from).as_days().max(1.0);
    let closed_s: Vec<f64> = reference
        .stretches
        .iter()
        .map(|s| plan.closed[*s].whole.iter().map(|w| (w.1 - w.0).0 as f64 / 1000.0).sum::<f64>() / horizon_days)
        .collect();
    let pairs_today = others::per_day(c, service);
    let others = others::others(c, plan, &reference);

    let (line, mut own, warm_up) = alone(c, &reference, 0..legs)?;
    let free_run_s = free_run(&line, &own);
    let input = line_input(&line, &own, &reference, &closed_s, pairs_today)
        .ok_or_else(|| CapacityStudyError::NoLine { service: name() })?;
    let capacity = assess(&input).map_err(closed)?;
    let of = |s: &SectionCapacity| {
        let single = matches!(s.working, Working::Single(_));
        let others_s = others::taken_s(&others, s.first_section, s.last_section, single, input.route_setting_s);
        let open_s = DAY_S - s.occupancy.closed_s;
        let share = if open_s > 0.0 { (1.0 - others_s / open_s).max(0.0) } else { 0.0 };
        let used = s.occupancy.running_s + s.occupancy.route_setting_s + s.occupancy.stops_s + others_s;
        let occupancy = if open_s > 0.0 { used / open_s } else { s.occupancy.rate };
        let stretches = s.first_section..s.last_section + 1;
        let alone = if stretches == (0..legs) { None } else { section_alone(c, &reference, stretches, &closed_s)? };
        let left_pairs_per_day = s.bound.pairs_per_day * share;
        Ok(SectionStudy { others_s, left_pairs_per_day, occupancy, alone })
    };
    let mut sections = capacity.sections.par_iter().map(of).collect::<Result<Vec<_>, CapacityStudyError>>()?;
    let left = sections
        .iter()
        .map(|s| s.left_pairs_per_day)
        .enumerate()
        .fold((f64::INFINITY, 0), |least, (at, n)| if n < least.0 { (n, at) } else { least });
    let saturation = saturated(&line, &mut own, warm_up, &allowed(&input, &capacity), &OVERLOADS).map_err(closed)?;
    if let ([only], Some(whole)) = (sections.as_mut_slice(), &saturation) {
        only.alone = Some(whole.clone());
    }
    let full = saturation.as_ref().map_or(0.0, |s| s.line.trains_per_day());
    let volumes = delay_volumes(&line, &mut own, warm_up, (capacity.bound.pairs_per_day, full), tolerated_s);
    Ok(CapacityStudy {
        pairs_today,
        others,
        windows: windows(&reference, &input, &capacity).map_err(closed)?,
        pattern: whole_pattern(&input),
        reference,
        input,
        capacity,
        sections,
        left,
        saturation,
        volumes,
        free_run_s,
    })
}

/// Part of the line as a corridor of its own with its plan, and days before those counted.
fn alone(
    c: &Corridor,
    r: &Reference,
    stretches: std::ops::Range<usize>,
) -> Result<(Corridor, Plan, i64), CapacityStudyError> {
    let failed = |source| CapacityStudyError::Plan { service: c.trains.services[r.out.service].id.clone(), source };
    let first = line_only(c, r, stretches, 1);
    let mut plan = compile(&first, first.horizon.from).map_err(failed)?;
    let warm_up = warm_up_days(free_run(&first, &plan).iter().copied().fold(0.0, f64::max));
    let mut line = first;
    line.horizon.to = line.horizon.from + Span::days(days(warm_up));
    // The calendar of the longer horizon; the line and its running times stay.
    let mut bare = line.clone();
    bare.trains.services = yalu_units::IndexVec::new();
    let calendar = compile(&bare, bare.horizon.from).map_err(failed)?;
    (plan.days, plan.months) = (calendar.days, calendar.months);
    plan.departures = vec![Vec::new(); 2];
    Ok((line, plan, warm_up))
}

/// Runs of a train out and one back that nothing hinders, s.
fn free_run(c: &Corridor, plan: &Plan) -> [f64; 2] {
    let of = |at: usize| {
        let line = plan.lines.get(at)?;
        let factor = line.factor(c, yalu_plan::Draw::central(c.sampling.seed));
        line.undisturbed.last().map(|u| u.run_ms as f64 / 1000.0 * factor)
    };
    [of(0).unwrap_or(0.0), of(1).unwrap_or(0.0)]
}

/// A section from one station where the train can meet to the next, run full on its own.
fn section_alone(
    c: &Corridor,
    r: &Reference,
    stretches: std::ops::Range<usize>,
    closed_s: &[f64],
) -> Result<Option<Saturation>, CapacityStudyError> {
    let (line, mut plan, warm_up) = alone(c, r, stretches.clone())?;
    let Some(input) = line_input(&line, &plan, r, &closed_s[stretches], 0.0) else { return Ok(None) };
    let refused = |source| CapacityStudyError::Closed { service: c.trains.services[r.out.service].id.clone(), source };
    let capacity = assess(&input).map_err(refused)?;
    saturated(&line, &mut plan, warm_up, &allowed(&input, &capacity), &[OVERLOAD]).map_err(refused)
}

/// A closed form, trains a day both ways, and its working.
type Allowed = (f64, Worked);

/// Closed forms of what the simulator may do, each above the one before; the first is that of the platoons stations hold.
///
/// A section without a station between has no bound on how many follow: trains wait outside.
fn allowed(input: &LineInput, capacity: &LineCapacity) -> Vec<Allowed> {
    if let [only] = capacity.sections.as_slice() {
        let open_s = DAY_S - only.occupancy.closed_s;
        let parts = &input.sections[only.first_section..=only.last_section];
        let headways_s = parts.iter().map(|s| s.headway_out_s + s.headway_back_s).fold(0.0, f64::max);
        let (in_turn, following) = match only.working {
            Working::Double { out_per_day, back_per_day } => (0.0, out_per_day + back_per_day),
            Working::Single(_) => (capacity.bound.trains_per_day, 2.0 * open_s / headways_s),
        };
        let most =
            if following > in_turn * (1.0 + HAIR) { (following, Worked::Following) } else { (in_turn, Worked::InTurn) };
        return vec![most];
    }
    let mut all: Vec<Allowed> = vec![(capacity.bound.trains_per_day, Worked::InTurn)];
    for p in &capacity.platoons {
        let next = (2.0 * p.pairs_per_day, Worked::Platoons(p.trains_each_way));
        if all.last().is_some_and(|last| next.0 > last.0 * (1.0 + HAIR)) {
            if p.stations_hold {
                all.clear();
            }
            all.push(next);
        }
    }
    all
}

/// A line run at rising demands, shares of its closed form, until it is full; the one at which most arrive.
fn saturated(
    line: &Corridor,
    plan: &mut Plan,
    warm_up: i64,
    allowed: &[Allowed],
    demands: &[f64],
) -> Result<Option<Saturation>, CapacityError> {
    let Some(&(first, _)) = allowed.first() else { return Ok(None) };
    let mut most: Option<LoadedLine> = None;
    for demand in demands {
        let Some((loaded, _)) = load_line(line, plan, warm_up, first / 2.0 * demand, Entries::Even) else {
            continue;
        };
        let full = loaded.pairs_per_day() < FULL * loaded.asked_per_day;
        if most.as_ref().is_none_or(|m| m.pairs_per_day() < loaded.pairs_per_day()) {
            most = Some(loaded);
        }
        if full {
            break;
        }
    }
    let Some(loaded) = most else { return Ok(None) };
    let mut stands = None;
    for &(closed_form, worked) in allowed {
        let agreement = saturation_flag(closed_form, loaded.trains_per_day(), TOLERANCE)?;
        stands = Some((closed_form, worked, agreement));
        if !agreement.is_contradiction() {
            break;
        }
    }
    Ok(stands.map(|(closed_form, worked, agreement)| Saturation { closed_form, worked, line: loaded, agreement }))
}

/// Windows of the section that binds and of the one over the border.
fn windows(r: &Reference, input: &LineInput, capacity: &LineCapacity) -> Result<Vec<SectionWindows>, CapacityError> {
    let over = |leg: usize| capacity.sections.iter().position(|s| (s.first_section..=s.last_section).contains(&leg));
    let mut told = vec![capacity.binding];
    told.extend(r.border.and_then(over).filter(|s| *s != capacity.binding));
    told.retain(|s| matches!(capacity.sections[*s].working, Working::Single(_)));
    let of = |section: usize| {
        let s = &capacity.sections[section];
        let parts = &input.sections[s.first_section..=s.last_section];
        let most = |f: fn(&yalu_capacity::SectionInput) -> f64| parts.iter().map(f).fold(0.0, f64::max);
        let windowed = WindowedSection {
            out: WindowRun {
                traverse_s: parts.iter().map(|s| s.out.pass_pass_s).sum(),
                headway_s: most(|s| s.headway_out_s),
            },
            back: WindowRun {
                traverse_s: parts.iter().map(|s| s.back.pass_pass_s).sum(),
                headway_s: most(|s| s.headway_back_s),
            },
            turn_s: input.route_setting_s,
            closed_s_per_day: s.occupancy.closed_s,
        };
        Ok(SectionWindows { section, plans: windowed.table(&WINDOWS_H.map(|h| h * 3600.0))? })
    };
    told.into_iter().map(of).collect()
}

/// The best crossing pattern of a line that is all single track, if it is short enough to search.
fn whole_pattern(input: &LineInput) -> Option<WholePattern> {
    let inner = input.stations.len().checked_sub(2).filter(|n| (1..=MOST_SEARCHED).contains(n))?;
    if input.sections.iter().any(|s| s.tracks != 1) {
        return None;
    }
    let ms = |s: f64| (s * 1000.0).round() as i64;
    let (meeting_ms, apart_ms) = (ms(input.route_setting_s), ms(input.non_simultaneous_s));
    let stations = input.stations.iter().enumerate().map(|(k, s)| {
        let long = s.tracks_m.iter().filter(|m| **m >= input.train_length_m).count();
        CrossingStation {
            can_cross: k == 0 || k == inner + 1 || long >= 2,
            meeting_ms,
            non_simultaneous_ms: if s.simultaneous_entry { meeting_ms } else { apart_ms },
        }
    });
    let run = |r: &yalu_capacity::RunTimes| RunMs {
        pass_pass: ms(r.pass_pass_s),
        start_add: ms(r.start_add_s),
        stop_add: ms(r.stop_add_s),
    };
    let sections = input.sections.iter().map(|s| SingleTrackSection {
        out: run(&s.out),
        back: run(&s.back),
        headway_out_ms: ms(s.headway_out_s),
        headway_back_ms: ms(s.headway_back_s),
    });
    let line = SingleTrackLine { stations: stations.collect(), sections: sections.collect() };
    let (crossings, compression) = best_pattern(&line).ok()?;
    Some(WholePattern { crossings, cycle_s: compression.cycle_s, trains_per_day: compression.trains_per_day() })
}
