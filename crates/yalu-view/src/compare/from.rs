//! From what the study measured.

use super::{
    Back, Change, Compare, DayPair, Effects, FlowRow, Flows, FluidAnswer, FluidBeside, FluidReason, Good, OutOfBalance,
    Pair, Recovery, Route,
};
use crate::SCHEMA_VERSION;
use crate::names::day;
use std::collections::BTreeMap;
use yalu_model::{Corridor, Mode};
use yalu_number::Estimate;
use yalu_sim::Short;
use yalu_study::{Beside, Compared, Comparison, FLUID, Figure, Window, assumed_share};
use yalu_trade::LEVELS;
use yalu_units::{Instant, Span};

impl Compare {
    /// Of variants beside a base.
    pub fn of(x: &Compared, command: String, wall_s: f64) -> Self {
        let c = &x.base;
        Self {
            schema_version: SCHEMA_VERSION,
            scenario: c.about.id.clone(),
            title: c.about.title.clone(),
            countries: c.about.countries.clone(),
            seed: x.seed,
            replications: x.replications,
            command,
            wall_s,
            inputs: c.inputs.len(),
            assumed_share: assumed_share(c),
            wrong: c.about.wrong.clone(),
            attribution: c.about.attribution.clone(),
            variants: x.variants.iter().map(|v| Pair::of(c, v)).collect(),
        }
    }
}

impl Pair {
    /// Of one variant beside its base.
    pub fn of(base: &Corridor, v: &Beside) -> Self {
        let (x, w) = (&v.comparison, &v.window);
        let on = |t: Instant| day(base, t);
        let [a, b] = &base.about.countries;
        let n = x.replications;
        let noon = |i: usize| w.from + Span::days(i as i64) + Span::hours(12);
        let days = x.days.iter().enumerate().map(|(i, d)| DayPair {
            day: on(noon(i)),
            waiting_t: d.waiting_t,
            waiting_there_t: d.waiting_there_t,
            share_of_flow: Some(d.service).filter(|share| share.defined() > 0),
            cost_usd: d.cost_usd,
        });
        let goods = x.good_ids.iter().zip(&x.goods).map(|((id, title), e)| Good {
            id: id.clone(),
            title: title.clone(),
            effects: Effects::of(e),
        });
        let [forward, back] = &x.sides;
        Self {
            base: x.names[0].clone(),
            variant: x.names[1].clone(),
            replications: n,
            from: on(w.from),
            to: on(w.to + Span(-1)),
            change: Change::of(base, &v.corridor, w, x),
            countries: base.about.countries.clone(),
            total: Effects::of(&x.total),
            sides: [(format!("{a}-{b}"), Effects::of(forward)), (format!("{b}-{a}"), Effects::of(back))].into(),
            goods: goods.collect(),
            routes: (0..x.routes.len()).map(|i| Route::of([&v.corridor, base], x, i)).collect(),
            trains_not_formed: not_formed(x),
            recovery: x.recovery.as_ref().map(Recovery::of),
            flows: Flows::of(x),
            days: days.collect(),
            out_of_balance: OutOfBalance {
                kg: x.out_of_balance[0],
                us_cents: x.out_of_balance[1],
                wagons: x.out_of_balance[2],
                entries: x.entries,
            },
        }
    }
}

/// Trains not formed by cause, of the causes that kept any.
fn not_formed(x: &Comparison) -> BTreeMap<String, [Estimate; 2]> {
    let Some([base, variant]) = &x.not_formed else { return BTreeMap::new() };
    let both = Short::ALL.iter().zip(base.iter().zip(variant));
    both.filter(|(_, (a, b))| a.p95() > 0.0 || b.p95() > 0.0)
        .map(|(why, (a, b))| (why.name().to_owned(), [*a, *b]))
        .collect()
}

/// The mode of a route in data.
pub fn mode(m: Mode) -> String {
    match m {
        Mode::Rail | Mode::Passenger => "rail",
        Mode::Road | Mode::Place => "road",
        Mode::Sea => "sea",
        Mode::Air => "air",
    }
    .to_owned()
}

impl Change {
    fn of(base: &Corridor, variant: &Corridor, w: &Window, x: &Comparison) -> Option<Self> {
        let change = w.change?;
        let title = |id: &String| {
            let found = variant.border.crossings.iter().chain(&base.border.crossings).find(|x| &x.id == id);
            found.map_or_else(|| id.clone(), |x| x.title.clone())
        };
        Some(Self {
            crossings: w.crossings.clone(),
            crossing_titles: w.crossings.iter().map(title).collect(),
            from: day(base, change.from),
            to: day(base, change.to + Span(-1)),
            days: (change.to - change.from).as_days().round() as u32,
            shut_in: x.names[usize::from(change.second_is_shut)].clone(),
        })
    }
}

impl Effects {
    fn of(e: &yalu_study::Effects) -> Self {
        let of = |f: Figure| *e.of(f);
        Self {
            ordered_t: of(Figure::OrderedT),
            delivered_t: of(Figure::DeliveredT),
            lost_t: of(Figure::LostT),
            lost_usd: of(Figure::LostUsd),
            late_t: of(Figure::LateT),
            delay_tonne_days: of(Figure::DelayTonneDays),
            delay_usd: of(Figure::DelayUsd),
            diverted_t: of(Figure::DivertedT),
            pending_t: of(Figure::PendingT),
            carriage_usd: of(Figure::CarriageUsd),
        }
    }
}

impl Route {
    fn of(corridors: [&Corridor; 2], x: &Comparison, at: usize) -> Self {
        let ((id, title), r) = (&x.route_ids[at], &x.routes[at]);
        let found = corridors.into_iter().find_map(|c| c.trade.routes.iter().find(|r| &r.id == id));
        Self {
            id: id.clone(),
            title: title.clone(),
            mode: found.map_or_else(String::new, |r| mode(r.mode)),
            colour: found.map_or_else(String::new, |r| r.colour.clone()),
            came_t: r.came_t,
            difference_t: r.difference_t,
            diverted_to_t: r.diverted_to_t,
        }
    }
}

impl Recovery {
    fn of(r: &yalu_study::Recovery) -> Self {
        let answer = |f: &yalu_study::FluidAnswer| FluidAnswer {
            peak_t: f.peak_t,
            clear_days: f.clear_days,
            runs_that_clear: f.clear_days.defined(),
            delay_tonne_days: f.delay_tonne_days,
        };
        let levels = LEVELS.iter().map(|level| format!("{:.0}", level * 100.0));
        let beside = r.beside_fluid().into_iter().map(|b| FluidBeside {
            figure: b.figure.name().to_owned(),
            agrees: b.agrees,
            reasons: b.reasons.into_iter().map(|x| FluidReason { reason: x.name.to_owned(), moves: x.moves }).collect(),
        });
        Self {
            peak_t: r.peak_t,
            peak_day: r.peak_day,
            clear_days: r.clear_days,
            runs_that_clear: r.clear_days.defined(),
            normal_days: r.normal_days,
            made_up_share: r.made_up,
            uncleared_runs: r.uncleared.iter().map(|(why, n)| (why.name().to_owned(), *n)).collect(),
            spare_t_per_day: r.spare_t,
            delay_tonne_days: r.delay_tonne_days,
            lost_days_of_flow: r.loss_days,
            least_share: r.least_share,
            back_to_percent: levels.zip(r.back_days.map(|days| Back { days, runs: days.defined() })).collect(),
            flow_t_per_day: r.flow_t,
            flow_usd_per_day: r.flow_usd,
            capacity_t_per_day: r.capacity_t,
            throughput_t_per_day: r.throughput_t,
            fluid: FLUID.map(str::to_owned).into_iter().zip(r.fluid.iter().map(answer)).collect(),
            fluid_beside_simulated: beside.collect(),
        }
    }
}

impl Flows {
    fn of(x: &Comparison) -> Option<Self> {
        let rows = |list: &[yalu_study::GoodFlow]| -> Vec<FlowRow> {
            let row = |f: &yalu_study::GoodFlow| FlowRow {
                good: x.good_ids[f.good].0.clone(),
                route: x.route_ids[f.route].0.clone(),
                t_per_day: f.t_per_day,
            };
            list.iter().map(row).collect()
        };
        let [before, during, after] = x.flows.first()?;
        Some(Self { before: rows(before), during: rows(during), after: rows(after) })
    }
}
