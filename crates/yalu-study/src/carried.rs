//! What the routes would carry in the days after a day, by regimes drawn from what is believed as of it.

use crate::believed::Believed;
use crate::ensemble::drawn_in;
use crate::measure::by_route;
use std::borrow::Cow;
use yalu_model::{Corridor, GoodId, RouteId};
use yalu_number::Estimate;
use yalu_plan::{PlanError, compile};
use yalu_sim::{MonthOutcome, Outcome};
use yalu_units::{Idx, Instant, Span};

/// Days simulated before the forecast begins, so that stocks, queues and wagons are where they then are.
const BEFORE: Span = Span::days(400);

/// What would be carried over some days.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// First and last civil month told, the first and last often in part.
    pub months: Vec<CarriedMonth>,
    /// The whole of it.
    pub total: Load,
    /// Net tonnes over the border by route, only those that carry something in some draw.
    pub by_route: Vec<(RouteId, Estimate)>,
    /// Net tonnes over the routes asked for by good, the most first.
    pub by_good: Vec<(GoodId, Estimate)>,
    /// Draws it rests on.
    pub replications: usize,
}

/// What would be carried in a month, or the part of it that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedMonth {
    /// Year and month.
    pub month: (i16, i8),
    /// What is carried.
    pub load: Load,
}

/// Loads over the routes asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Loaded wagons.
    pub wagons: Estimate,
    /// Net tonnes.
    pub tonnes: Estimate,
    /// Value of the goods, US dollars.
    pub usd: Estimate,
}

/// Simulates so many days from the end of the day as of which it is believed, each replication under regimes of its own,
/// and tells what some routes would carry. Goods that a rule refuses are never carried.
pub fn carried(
    c: &Corridor,
    believed: Believed,
    (begin, end): (Instant, Instant),
    routes: &[RouteId],
    (seed, replications): (u64, u32),
    done: &(impl Fn() + Sync),
) -> Result<Carried, PlanError> {
    let mut ahead = c.clone();
    ahead.horizon.from = c.horizon.from.max(begin - BEFORE);
    ahead.horizon.to = end;
    let plan = compile(&ahead, begin)?;
    let world = |draw| Cow::Owned(believed.corridor(&ahead, &plan, draw));
    let drawn = drawn_in(&world, &plan, seed, replications.max(2), done);
    let load = |of: &dyn Fn(&Outcome) -> Vec<usize>| Load {
        wagons: over(&drawn, |o| of(o).iter().map(|i| wagons(&o.months[*i], routes)).sum()),
        tonnes: over(&drawn, |o| of(o).iter().map(|i| sums(&ahead, &o.months[*i], routes).0).sum()),
        usd: over(&drawn, |o| of(o).iter().map(|i| sums(&ahead, &o.months[*i], routes).1).sum()),
    };
    let months = plan.months.iter().enumerate();
    let by_route = ahead.trade.routes.enumerated().filter_map(|(id, _)| {
        let b = over(&drawn, |o| o.months.iter().map(|m| by_route(&ahead, m)[id.index()].tonnes).sum());
        (b.p95() > 0.0).then_some((id, b))
    });
    let mut by_good: Vec<(GoodId, Estimate)> = ahead
        .trade
        .goods
        .enumerated()
        .filter_map(|(id, _)| {
            let b = over(&drawn, |o| o.months.iter().map(|m| of_good(m, routes, id)).sum());
            (b.p95() > 0.0).then_some((id, b))
        })
        .collect();
    by_good.sort_by(|a, b| b.1.p50().total_cmp(&a.1.p50()).then(a.0.cmp(&b.0)));
    Ok(Carried {
        months: months.map(|(i, &month)| CarriedMonth { month, load: load(&|_| vec![i]) }).collect(),
        total: load(&|o| (0..o.months.len()).collect()),
        by_route: by_route.collect(),
        by_good,
        replications: drawn.len(),
    })
}

fn over(drawn: &[Outcome], of: impl Fn(&Outcome) -> f64) -> Estimate {
    Estimate::of_all(drawn.iter().map(of))
}

fn wagons(m: &MonthOutcome, routes: &[RouteId]) -> f64 {
    routes.iter().map(|r| f64::from(m.wagons[r.index()])).sum()
}

fn sums(c: &Corridor, m: &MonthOutcome, routes: &[RouteId]) -> (f64, f64) {
    let by = by_route(c, m);
    routes.iter().map(|r| &by[r.index()]).fold((0.0, 0.0), |(t, u), x| (t + x.tonnes, u + x.usd))
}

fn of_good(m: &MonthOutcome, routes: &[RouteId], good: GoodId) -> f64 {
    routes.iter().map(|r| m.flows[(good, *r)].mass.as_tonnes()).sum()
}
