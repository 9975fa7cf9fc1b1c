//! From what the study measured.

use super::{Contingency, HoldingPlace, Length, Limits, Shares, WayRound, YardFull};
use crate::SCHEMA_VERSION;
use crate::compare::{Pair, mode};
use yalu_model::{Corridor, Quantity, Route};
use yalu_number::Unit;
use yalu_study::{Holds, LengthMeasured, PlaceKind, Recovery, assumed_share};

/// What the scenario does not say.
pub(super) const NOT_KNOWN: &str = "not known";

impl Contingency {
    /// Of a study of closures.
    pub fn of(x: &yalu_study::Contingency, command: String, wall_s: f64) -> Self {
        let (c, v) = (&x.compared.base, x.closure());
        let closure = Pair::of(c, v);
        let change = closure.change.as_ref();
        let recovery = v.comparison.recovery.as_ref();
        let places = x.places();
        let has_yard = places.iter().any(|p| matches!(p.kind, PlaceKind::Yard { .. }));
        Self {
            schema_version: SCHEMA_VERSION,
            scenario: c.about.id.clone(),
            title: c.about.title.clone(),
            crossings: v.window.crossings.clone(),
            from: change.map(|x| x.from),
            to: change.map(|x| x.to),
            days: x.days[x.main],
            seed: x.compared.seed,
            replications: x.compared.replications,
            command,
            wall_s,
            inputs: c.inputs.len(),
            assumed_share: assumed_share(c),
            shares: recovery.map(Shares::of),
            first_yard_full: recovery.filter(|_| has_yard).map(YardFull::of),
            ways: x.ways().iter().map(|w| WayRound::of(c, w)).collect(),
            places: places.into_iter().map(|p| HoldingPlace::of(c, p)).collect(),
            lengths: x.lengths().iter().map(Length::of).collect(),
            closure,
        }
    }
}

impl Shares {
    fn of(r: &Recovery) -> Self {
        let [diverts, lost, waits] = r.shares;
        Self { diverts, lost, waits }
    }
}

impl YardFull {
    fn of(r: &Recovery) -> Self {
        Self { days: r.yard_full_days, runs: r.yard_full_days.defined(), anyway_share_of_days: r.yard_full_anyway }
    }
}

impl WayRound {
    fn of(c: &Corridor, w: &yalu_study::WayRound) -> Self {
        let r = &c.trade.routes[w.route];
        Self {
            id: r.id.clone(),
            title: r.title.clone(),
            mode: mode(r.mode),
            normal: w.normal,
            runs: w.runs,
            limits: Limits::of(c, r, w.hold_days),
            capacity_t_per_day: w.capacity_t_per_day,
            used_t_per_day: w.used_t_per_day,
            left_t_per_day: w.left_t_per_day,
            days: w.days,
            usd_per_t: w.usd_per_t,
            takes_t: w.takes_t,
        }
    }
}

impl Limits {
    fn of(c: &Corridor, r: &Route, hold_days: f64) -> Self {
        let l = &r.limits;
        let number = |q: &Option<Quantity>, unit: Unit| {
            q.as_ref().map_or_else(|| NOT_KNOWN.to_owned(), |q| unit.range([q.low(), q.high()]))
        };
        let word = |s: &str| if s.is_empty() { NOT_KNOWN.to_owned() } else { s.to_owned() };
        Self {
            gauge: l.gauge_mm.as_ref().map_or_else(
                || gauge_of_line(c, r).unwrap_or_else(|| NOT_KNOWN.to_owned()),
                |q| Unit::Millimetres.range([q.low(), q.high()]),
            ),
            train_length: number(&l.train_length_m, Unit::Metres),
            axle_load: number(&l.axle_load_t, Unit::Tonnes),
            electrified: word(&l.electrified),
            ruling_grade: number(&l.ruling_grade_permil, Unit::PerMille),
            hours: word(&l.hours),
            quarantine: if hold_days > 0.0 {
                format!("{} held", Unit::Days.write(hold_days))
            } else {
                "none declared".into()
            },
            also: Some(l.note.clone()).filter(|note| !note.is_empty()),
        }
    }
}

/// The gauges of the sections that its trains leave by; none of a route off the modelled line.
fn gauge_of_line(c: &Corridor, r: &Route) -> Option<String> {
    let from = c.trains.services[r.rail.as_ref()?.over_border].from;
    let all = || c.line.sections.iter().filter(|s| s.from == from || s.to == from).map(|s| f64::from(s.gauge_mm));
    Some(Unit::Millimetres.range([all().reduce(f64::min)?, all().reduce(f64::max)?]))
}

impl HoldingPlace {
    fn of(c: &Corridor, p: yalu_study::HoldingPlace) -> Self {
        let name = match p.kind {
            PlaceKind::Yard { point, beyond: false } => format!("Yard of {}", c.line.points[point].name),
            PlaceKind::Yard { point, beyond: true } => {
                format!("Yard of {}, beyond the crossing", c.line.points[point].name)
            }
            PlaceKind::Hold(hold) => format!("{}, beyond the crossing", c.border.holds[hold].title),
            PlaceKind::Stations { country, count: 1 } => format!("1 station of {country}, all but one track"),
            PlaceKind::Stations { country, count } => format!("{count} stations of {country}, all but one track each"),
        };
        let (holds, unit) = match p.holds {
            Holds::Tracks(x) => (x, "tracks"),
            Holds::Tonnes(x) => (x, "t"),
        };
        Self { name, holds, unit: unit.into(), full_after_days: p.full_after_days }
    }
}

impl Length {
    fn of(l: &LengthMeasured) -> Self {
        Self {
            days: l.days,
            linear_rule_musd: l.linear_rule_musd,
            lost_musd: l.lost_musd,
            delay_musd: l.delay_musd,
            clear_days: l.clear_days,
            runs_that_clear: l.clear_days.map_or(0, |days| days.defined()),
            over_linear_from_shortest: l.over_linear,
            beyond_linear_musd: l.beyond_linear_musd,
        }
    }
}
