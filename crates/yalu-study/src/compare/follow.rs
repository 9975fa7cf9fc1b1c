//! What became of each day's orders in one run, read from the books of its trace.

use super::displaced::Passages;
use yalu_model::{Corridor, GoodId, Route, RouteId};
use yalu_plan::Plan;
use yalu_trace::{GoodsAccount, GoodsMove, Trace, WagonAccount};
use yalu_units::{Grid, Idx, IndexVec, Instant, Mass};

/// Goods of one day's order that came to their consignees together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parcel {
    pub at: Instant,
    pub mass: Mass,
    pub route: u16,
}

/// What became of what was ordered of one good on one day.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    pub ordered: (Mass, i64),
    /// In the order of time.
    pub released: Vec<Parcel>,
    /// Given up or refused.
    pub gone: (Mass, i64),
}

/// Days a run is told over, as indices of the plan's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Days {
    pub first: usize,
    /// Exclusive.
    pub end: usize,
    /// Days of the change, first and exclusive end; empty where there is none.
    pub during: (usize, usize),
}

impl Days {
    pub fn count(self) -> usize {
        self.end - self.first
    }
    /// Before, during, after: 0, 1, 2.
    pub fn phase(self, day: usize) -> usize {
        if day < self.during.0 { 0 } else { 1 + usize::from(day >= self.during.1) }
    }
}

/// One run, followed.
#[derive(Clone, Debug)]
pub(super) struct Follow {
    /// By day of the window.
    pub fates: IndexVec<GoodId, Vec<Fate>>,
    /// Mass that waits to cross or is on its way to, at the end of each day, all routes.
    pub waiting: Vec<Mass>,
    /// The same on the routes of the crossings that change.
    pub waiting_there: Vec<Mass>,
    /// Mass that came to consignees on each day.
    pub released: Vec<Mass>,
    /// Mass that left over the changing crossings on each day.
    pub crossed_there: Vec<Mass>,
    /// Its value, US cents, over the days of the change.
    pub usd_cents_there: i64,
    /// Loaded trains that stand outside their yard, by route and day of the window; nothing of other routes.
    pub held_back: Vec<Vec<f32>>,
    /// What crossed or was given up from the begin of the change on, by order.
    pub passages: Passages,
    /// Mass that left, by phase.
    pub crossed: [Grid<GoodId, RouteId, Mass>; 3],
    /// The most that the books were ever out: kilograms, US cents, wagons.
    pub out_of_balance: [i64; 3],
    /// Entries of the books.
    pub entries: u64,
}

/// Follows the orders of a trace through the days of a window; routes of changing crossings are marked.
pub(super) fn follow(c: &Corridor, plan: &Plan, trace: &Trace, days: Days, there: &[bool]) -> Follow {
    let (goods, routes, n) = (c.trade.goods.len(), c.trade.routes.len(), days.count());
    let mut out = Follow {
        fates: c.trade.goods.iter().map(|_| vec![Fate::default(); n]).collect(),
        waiting: vec![Mass(0); n],
        waiting_there: vec![Mass(0); n],
        released: vec![Mass(0); n],
        crossed_there: vec![Mass(0); n],
        usd_cents_there: 0,
        held_back: held_back(c, plan, trace, days, there),
        passages: Passages::new(),
        crossed: std::array::from_fn(|_| Grid::filled(goods, routes, Mass(0))),
        out_of_balance: [0, 0, wagons_out(trace)],
        entries: (trace.goods.len() + trace.wagons.len()) as u64,
    };
    let window = |t: Instant| plan.days.partition_point(|d| d.start <= t).checked_sub(1)?.checked_sub(days.first);
    let (mut day, mut waiting, mut waiting_there) = (0, Mass(0), Mass(0));
    // What was ordered, less what stands in each account: nothing, at every entry.
    let (mut owed, mut stock) = ((0i64, 0i64), Stock::new(c));
    let close = |out: &mut Follow, day: usize, waiting, there| {
        if let Some(w) = day.checked_sub(days.first).filter(|w| *w < n) {
            (out.waiting[w], out.waiting_there[w]) = (waiting, there);
        }
    };
    for g in &trace.goods {
        while plan.days.get(day).is_some_and(|d| d.end <= g.at) {
            close(&mut out, day, waiting, waiting_there);
            day += 1;
        }
        stock.moved(g.from, -g.mass.0, -g.usd_cents);
        stock.moved(g.to, g.mass.0, g.usd_cents);
        if g.from == GoodsAccount::Ordered {
            owed = (owed.0 + g.mass.0, owed.1 + g.usd_cents);
        }
        out.out_of_balance[0] = out.out_of_balance[0].max((owed.0 - stock.sum.0).abs()).max(-stock.least.0);
        out.out_of_balance[1] = out.out_of_balance[1].max((owed.1 - stock.sum.1).abs()).max(-stock.least.1);
        for (account, sign) in [(g.from, -1), (g.to, 1)] {
            if let GoodsAccount::Waiting(r) | GoodsAccount::Approaching(r) = account {
                waiting += Mass(sign * g.mass.0);
                if there[usize::from(r)] {
                    waiting_there += Mass(sign * g.mass.0);
                }
            }
        }
        let today = day.checked_sub(days.first).filter(|w| *w < n);
        if let (GoodsAccount::Waiting(r), GoodsAccount::UnderWay(_)) = (g.from, g.to)
            && let Some(w) = today
        {
            let at = (GoodId::new(usize::from(g.good)), RouteId::new(usize::from(r)));
            out.crossed[days.phase(day)][at] += g.mass;
            if there[usize::from(r)] {
                out.crossed_there[w] += g.mass;
                if days.phase(day) == 1 {
                    out.usd_cents_there += g.usd_cents;
                }
            }
        }
        if today.is_some() && days.during.1 > days.during.0 && days.phase(day) > 0 {
            passed(&mut out.passages, g, days.phase(day) == 1, there);
        }
        if let (GoodsAccount::Released(_), Some(w)) = (g.to, today) {
            out.released[w] += g.mass;
        }
        let Some(ordered) = window(g.ordered).filter(|w| *w < n) else { continue };
        let fate = &mut out.fates[GoodId::new(usize::from(g.good))][ordered];
        if g.from == GoodsAccount::Ordered {
            fate.ordered = (fate.ordered.0 + g.mass, fate.ordered.1 + g.usd_cents);
        }
        match g.to {
            GoodsAccount::Released(route) => {
                fate.released.push(Parcel { at: g.at, mass: g.mass, route });
            }
            // By no route of the model: it came, and not by the one that changes.
            GoodsAccount::ByException => fate.released.push(Parcel { at: g.at, mass: g.mass, route: u16::MAX }),
            GoodsAccount::GivenUp | GoodsAccount::Refused => {
                fate.gone = (fate.gone.0 + g.mass, fate.gone.1 + g.usd_cents);
            }
            _ => {}
        }
    }
    for d in day..days.end {
        close(&mut out, d, waiting, waiting_there);
    }
    out
}

/// Counts a move to the passage of its order, if it crosses or is given up.
fn passed(passages: &mut Passages, g: &GoodsMove, during: bool, there: &[bool]) {
    let gone = matches!(g.to, GoodsAccount::GivenUp | GoodsAccount::Refused);
    let crossing = match (g.from, g.to) {
        (GoodsAccount::Waiting(r), GoodsAccount::UnderWay(_)) => Some(r),
        _ => None,
    };
    if !gone && crossing.is_none() {
        return;
    }
    let of = passages.entry((g.good, g.ordered)).or_default();
    match crossing {
        Some(r) if !there[usize::from(r)] => *of.elsewhere.entry(r).or_default() += g.mass,
        Some(_) if during => of.there += g.mass,
        _ if gone => of.gone += g.mass,
        _ => {}
    }
}

/// Loaded trains that stand outside their yard, by route and day; of routes for which a yard is declared where their goods wait.
fn held_back(c: &Corridor, plan: &Plan, trace: &Trace, days: Days, there: &[bool]) -> Vec<Vec<f32>> {
    let country = |p| &c.line.points[p].country;
    let yard = |r: &Route| c.border.stations.iter().any(|s| country(s.point) == country(r.waits_at));
    let told: Vec<bool> = c.trade.routes.iter().zip(there).map(|(r, there)| *there && yard(r)).collect();
    let mut out: Vec<Vec<f32>> = told.iter().map(|t| vec![0.0; if *t { days.count() } else { 0 }]).collect();
    for d in trace.days.iter().filter(|d| told[usize::from(d.route)]) {
        let day = plan.days.partition_point(|x| x.end < d.end);
        if let Some(x) = day.checked_sub(days.first).and_then(|w| out[usize::from(d.route)].get_mut(w)) {
            *x += d.standing.held_back;
        }
    }
    out
}

/// Mass and value in an account.
type Held = (i64, i64);

/// What stands in the accounts of a route.
#[derive(Clone, Default)]
struct OfRoute {
    approaching: Held,
    waiting: Held,
    under_way: Held,
    held: Held,
    released: Held,
}

/// What stands in the accounts of goods.
struct Stock {
    routes: IndexVec<RouteId, OfRoute>,
    postponed: Held,
    given_up: Held,
    refused: Held,
    by_exception: Held,
    sum: Held,
    /// The least any account ever held.
    least: Held,
}

impl Stock {
    fn new(c: &Corridor) -> Self {
        let routes = c.trade.routes.iter().map(|_| OfRoute::default()).collect();
        let none = (0, 0);
        Self { routes, postponed: none, given_up: none, refused: none, by_exception: none, sum: none, least: none }
    }

    fn moved(&mut self, account: GoodsAccount, mass: i64, cents: i64) {
        let of = |r: u16| RouteId::new(usize::from(r));
        let x = match account {
            GoodsAccount::Ordered => return,
            GoodsAccount::Postponed => &mut self.postponed,
            GoodsAccount::Approaching(r) => &mut self.routes[of(r)].approaching,
            GoodsAccount::Waiting(r) => &mut self.routes[of(r)].waiting,
            GoodsAccount::UnderWay(r) => &mut self.routes[of(r)].under_way,
            GoodsAccount::Held(r) => &mut self.routes[of(r)].held,
            GoodsAccount::Released(r) => &mut self.routes[of(r)].released,
            GoodsAccount::GivenUp => &mut self.given_up,
            GoodsAccount::Refused => &mut self.refused,
            GoodsAccount::ByException => &mut self.by_exception,
        };
        (x.0, x.1) = (x.0 + mass, x.1 + cents);
        self.least = (self.least.0.min(x.0), self.least.1.min(x.1));
        self.sum = (self.sum.0 + mass, self.sum.1 + cents);
    }
}

/// The most wagons that were ever missing or too many in any account.
fn wagons_out(trace: &Trace) -> i64 {
    let mut held: std::collections::BTreeMap<(u16, WagonAccount), i64> = std::collections::BTreeMap::new();
    for &(route, [stock, away]) in &trace.fleet {
        held.insert((route, WagonAccount::Stock), i64::from(stock));
        held.insert((route, WagonAccount::Far), i64::from(away));
    }
    let mut least = 0;
    for w in &trace.wagons {
        let from = held.entry((w.route, w.from)).or_default();
        *from -= i64::from(w.wagons);
        least = least.min(*from);
        *held.entry((w.route, w.to)).or_default() += i64::from(w.wagons);
    }
    let (now, fleet): (i64, i64) =
        (held.values().sum(), trace.fleet.iter().map(|x| i64::from(x.1[0]) + i64::from(x.1[1])).sum());
    (now - fleet).abs().max(-least)
}
