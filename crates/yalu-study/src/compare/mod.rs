//! Two variants of a corridor with common random numbers: what is lost, late and goes another way, and how it recovers.
mod displaced;
mod fluid;
mod follow;
mod pair;
mod pairing;
mod recover;
mod routes;
mod sum;
mod window;

pub use fluid::{FluidBeside, FluidFigure, FluidReason};
pub use pair::Figure;
pub(crate) use pairing::{Paired, Pairing};
pub use routes::declared_regimes;
pub use window::{Change, Window, window};

use displaced::{Displaced, displaced};
use follow::{Days, Follow, follow};
use pair::{FIGURES, Prices, pair};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
pub use recover::Uncleared;
use recover::{Recovered, Terms, recovered};
use yalu_model::Corridor;
use yalu_number::Estimate;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, Short, simulate};
use yalu_units::{Grid, Idx, Mass, ids};

/// The fluid answers told: the rule, each reason to leave it alone, and all of them together.
pub const FLUID: [&str; 6] = ["plain", "diverted", "given_up", "ramp", "throughput", "all"];

/// A corridor with its plan and a name.
#[derive(Clone, Copy, Debug)]
pub struct Variant<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The corridor.
    pub corridor: &'a Corridor,
    /// Its plan.
    pub plan: &'a Plan,
}

/// Figures with their bands; differences are second less first.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    bands: [Estimate; FIGURES],
}

impl Effects {
    /// The band of a figure.
    pub fn of(&self, figure: Figure) -> &Estimate {
        &self.bands[figure as usize]
    }
}

/// A route in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteEffect {
    /// Tonnes of what was ordered in the window that came by it.
    pub came_t: [Estimate; 2],
    /// The difference.
    pub difference_t: Estimate,
    /// Tonnes that crossed by it instead, of what would have crossed by the shut crossing while it was shut; where none is
    /// shut, that came by it instead of another.
    pub diverted_to_t: Estimate,
}

/// Tonnes a day of a good over a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoodFlow {
    /// Index of the good in [`Comparison::goods`].
    pub good: usize,
    /// Index of the route in [`Comparison::routes`].
    pub route: usize,
    /// Tonnes a day in the central runs, first and second.
    pub t_per_day: [f64; 2],
}

/// How the shut crossing's backlog and the flow came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// Whether it is shut in the second run (else in the first).
    pub second_is_shut: bool,
    /// Most tonnes that wait more for the crossing's routes.
    pub peak_t: Estimate,
    /// Days after the closure's begin on which they do.
    pub peak_day: Estimate,
    /// Days after the reopening until no more than a day's flow waits more on most days of a week, over the runs where that comes before the end.
    pub clear_days: Estimate,
    /// Days after the reopening until a week's flow over the crossing first lies in its normal range: 5 to 95 % of the weeks of the
    /// same run left open; over the runs where one does.
    pub normal_days: Estimate,
    /// Share of what did not cross while it was shut that crossed after it above the open run's flow.
    pub made_up: Estimate,
    /// Runs in which what stood had not gone by the end, by why.
    pub uncleared: Vec<(Uncleared, u32)>,
    /// Tonnes a day that can cross after it beyond what would have crossed.
    pub spare_t: Estimate,
    /// Tonne-days of waiting more for the crossing's routes.
    pub delay_tonne_days: Estimate,
    /// Days of normal flow lost: the resilience triangle.
    pub loss_days: Estimate,
    /// The least share of the normal flow.
    pub least_share: Estimate,
    /// Days after the reopening until the flow to consignees is back to 90, 95 and 100 % within its noise and stays; over the
    /// runs where it is.
    pub back_days: [Estimate; 3],
    /// Tonnes a day that would have crossed there, that can by the scenario's numbers, and that did at most.
    pub flow_t: Estimate,
    /// What can.
    pub capacity_t: Estimate,
    /// The most that did, over fifteen days.
    pub throughput_t: Estimate,
    /// US dollars a day that would have crossed there.
    pub flow_usd: Estimate,
    /// Of what would have crossed while it was shut: goes another way, is given up or refused, waits. Each run's add up to one.
    pub shares: [Estimate; 3],
    /// Days of the closure until loaded trains stand outside a yard that is not full in the other run on that day, over the
    /// runs where they do.
    pub yard_full_days: Estimate,
    /// Share of the closure's days on which a yard is full in the run that is open.
    pub yard_full_anyway: Estimate,
    /// The fluid answers of [`FLUID`].
    pub fluid: Vec<FluidAnswer>,
}

/// A closed form beside the simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct FluidAnswer {
    /// Most that waits, tonnes.
    pub peak_t: Estimate,
    /// Days after the reopening until nothing does, over the runs where it has an end.
    pub clear_days: Estimate,
    /// Tonne-days.
    pub delay_tonne_days: Estimate,
}

/// A day of both runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayPair {
    /// Tonnes waiting to cross or on the way there, all routes.
    pub waiting_t: [Estimate; 2],
    /// The same on the routes of the crossings that change.
    pub waiting_there_t: [Estimate; 2],
    /// Share of the first run's flow to consignees that comes in the second.
    pub service: Estimate,
    /// Difference of the value of tonne-days waiting up to the day, US dollars at the mean day's cost.
    pub cost_usd: Estimate,
}

/// One variant beside the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Names of both.
    pub names: [String; 2],
    /// By good, in the order of [`Comparison::good_ids`].
    pub goods: Vec<Effects>,
    /// By direction of trade: from the first to the second country, and back.
    pub sides: [Effects; 2],
    /// All.
    pub total: Effects,
    /// By route, in the order of [`Comparison::route_ids`].
    pub routes: Vec<RouteEffect>,
    /// Ids and titles of goods, those of the first corridor first.
    pub good_ids: Vec<(String, String)>,
    /// Ids and titles of routes.
    pub route_ids: Vec<(String, String)>,
    /// By day of the window.
    pub days: Vec<DayPair>,
    /// What left before, during and after the change, by good and route; nothing where there is no change.
    pub flows: Vec<[Vec<GoodFlow>; 3]>,
    /// How it recovered, where a crossing is shut in one of them.
    pub recovery: Option<Recovery>,
    /// The most the books were out over all runs and entries: kilograms, US cents, wagons.
    pub out_of_balance: [i64; 3],
    /// Entries of the books looked at.
    pub entries: u64,
    /// What is lost and what delay costs in each pair, US dollars: pairs of two comparisons with one base go together.
    pub harm_usd: Vec<f64>,
    /// Trains not formed in the first and the second run over all days run, by cause as in [`Short::ALL`]; none where only traces were paired.
    pub not_formed: Option<[[Estimate; Short::ALL.len()]; 2]>,
    /// Pairs that bands rest on.
    pub replications: usize,
}

/// A variant with what came of it beside the base.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The corridor of the variant.
    pub corridor: Corridor,
    /// Days looked at, and what changes in them.
    pub window: Window,
    /// What came of it.
    pub comparison: Comparison,
}

/// Variants beside one base.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The corridor that the others are set beside.
    pub base: Corridor,
    /// The others.
    pub variants: Vec<Beside>,
    /// Seed of the draws.
    pub seed: u64,
    /// Replications asked for; one is the central run.
    pub replications: u32,
}

/// Why two corridors cannot be paired.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CompareError {
    /// Their days differ.
    #[error("{first} and {second} do not cover the same days in the same zone")]
    Days {
        /// Name of the first.
        first: String,
        /// Name of the second.
        second: String,
    },
    /// There is no day to look at.
    #[error("no day lies in the period compared")]
    NoDay,
}

ids! {
    GoodName "A good of either variant."
    RouteName "A route of either variant."
}

/// Goods and routes of two corridors under one numbering: the first's, then what only the second has.
struct Names {
    goods: Vec<(String, String)>,
    routes: Vec<(String, String)>,
    good_of: [Vec<usize>; 2],
    route_of: [Vec<usize>; 2],
}

fn merged<'a>(lists: [Vec<(&'a str, &'a str)>; 2]) -> (Vec<(String, String)>, [Vec<usize>; 2]) {
    let mut all: Vec<(String, String)> = Vec::new();
    let of = lists.map(|list| {
        list.into_iter()
            .map(|(id, title)| {
                all.iter().position(|x| x.0 == id).unwrap_or_else(|| {
                    all.push((id.to_owned(), title.to_owned()));
                    all.len() - 1
                })
            })
            .collect()
    });
    (all, of)
}

fn names(a: &Corridor, b: &Corridor) -> Names {
    let (goods, good_of) = merged([a, b].map(|c| c.trade.goods.iter().map(|g| (&*g.id, &*g.title)).collect()));
    let (routes, route_of) = merged([a, b].map(|c| c.trade.routes.iter().map(|r| (&*r.id, &*r.title)).collect()));
    Names { goods, routes, good_of, route_of }
}

/// One replication of a pair, kept until all are there.
struct Kept {
    goods: Vec<[f64; FIGURES]>,
    sides: [[f64; FIGURES]; 2],
    routes: Vec<[f64; 2]>,
    diverted_to: Vec<f64>,
    waiting: Vec<[f32; 2]>,
    waiting_there: Vec<[f32; 2]>,
    service: Vec<f32>,
    day_usd: f64,
    recovered: Option<Recovered>,
    /// Tonnes that left, by run and phase.
    crossed: [[Grid<GoodName, RouteName, f64>; 3]; 2],
    out_of_balance: [i64; 3],
    entries: u64,
    /// Trains not formed, by run and cause.
    not_formed: Option<[NotFormed; 2]>,
}

/// Trains that timetable, regimes and services had and that were not formed, by cause as in [`Short::ALL`].
type NotFormed = [f64; Short::ALL.len()];

fn not_formed(o: &Outcome) -> NotFormed {
    let of = |why: Short| o.months.iter().flat_map(|m| &m.forming).map(|f| f64::from(f.not_formed[why as usize])).sum();
    Short::ALL.map(of)
}

/// Runs the first variant once and each other beside it, replication by replication with the same draws; tells each run done.
pub fn compare(
    base: Variant,
    others: &[Variant],
    windows: &[Window],
    seed: u64,
    replications: u32,
    done: &(impl Fn() + Sync),
) -> Result<Vec<Comparison>, CompareError> {
    let all: Vec<Names> = others.iter().map(|v| names(base.corridor, v.corridor)).collect();
    for v in others {
        let same = |a: &Corridor, b: &Corridor| {
            (a.horizon.from, a.horizon.to) == (b.horizon.from, b.horizon.to)
                && a.horizon.zones[a.horizon.zone].name == b.horizon.zones[b.horizon.zone].name
        };
        if !same(base.corridor, v.corridor) {
            return Err(CompareError::Days { first: base.name.to_owned(), second: v.name.to_owned() });
        }
    }
    let numbers = 0..=if replications > 1 { replications } else { 0 };
    let mut kept: Vec<Vec<Kept>> = others.iter().map(|_| Vec::new()).collect();
    let runs: Vec<Result<Vec<Kept>, CompareError>> = numbers
        .into_par_iter()
        .map(|n| {
            let draw = if n == 0 { Draw::central(seed) } else { Draw::replication(seed, n) };
            let run = |v: &Variant| {
                let (outcome, trace) = simulate(v.corridor, v.plan, draw, Recorded::Books);
                done();
                (not_formed(&outcome), trace.unwrap_or_default())
            };
            let (short, first) = run(&base);
            let beside = |((v, w), names): ((&Variant, &Window), &Names)| {
                let days = w.days(base.plan).ok_or(CompareError::NoDay)?;
                let (short_too, second) = run(v);
                let kept = one(&base, v, w, days, names, draw, [&first, &second]);
                Ok(Kept { not_formed: Some([short, short_too]), ..kept })
            };
            others.iter().zip(windows).zip(&all).map(beside).collect()
        })
        .collect();
    for run in runs {
        for (list, k) in kept.iter_mut().zip(run?) {
            list.push(k);
        }
    }
    let told = others.iter().zip(windows).zip(all.into_iter().zip(kept));
    told.map(|((v, w), (names, kept))| {
        let days = w.days(base.plan).ok_or(CompareError::NoDay)?;
        Ok(sum::all([base.name, v.name], names.goods, names.routes, (days, w.change), kept))
    })
    .collect()
}

/// Pairs the traces of one replication.
fn one(
    base: &Variant,
    other: &Variant,
    w: &Window,
    days: Days,
    names: &Names,
    draw: Draw,
    traces: [&yalu_trace::Trace; 2],
) -> Kept {
    let both = [base, other];
    let there = both.map(|v| {
        let mine = |r: &yalu_model::Route| {
            r.crossings.iter().any(|&x| w.crossings.contains(&v.corridor.border.crossings[x].id))
        };
        v.corridor.trade.routes.iter().map(mine).collect::<Vec<bool>>()
    });
    let follow = |i: usize| follow(both[i].corridor, both[i].plan, traces[i], days, &there[i]);
    let runs = [follow(0), follow(1)];
    // What a good or a route costs is taken from the corridor that has it first.
    let price = |count: usize, of: &[Vec<usize>; 2], value: &dyn Fn(&Corridor, usize) -> f64| -> Vec<f64> {
        let at = |n: usize| {
            let found =
                both.iter().zip(of).find_map(|(v, of)| of.iter().position(|x| *x == n).map(|i| (v.corridor, i)));
            found.map_or(0.0, |(c, i)| value(c, i))
        };
        (0..count).map(at).collect()
    };
    let day_usd_per_t =
        price(names.goods.len(), &names.good_of, &|c, i| draw.value(&c.trade.goods.as_slice()[i].day_usd_per_t));
    let carriage_usd_per_t =
        price(names.routes.len(), &names.route_of, &|c, i| draw.value(&c.trade.routes.as_slice()[i].cost_usd_per_t));
    let prices = Prices { day_usd_per_t: &day_usd_per_t, carriage_usd_per_t: &carriage_usd_per_t };
    let mut paired = pair(
        [&runs[0], &runs[1]],
        days.count(),
        [&names.good_of[0], &names.good_of[1]],
        [&names.route_of[0], &names.route_of[1]],
        &prices,
    );
    let open = usize::from(w.change.is_some_and(|c| !c.second_is_shut));
    let sign = if open == 0 { 1.0 } else { -1.0 };
    let kept_from = w.change.map(|_| kept_from(both, [&runs[0], &runs[1]], (days, open), names, draw, &there));
    if let Some(x) = &kept_from {
        for (figures, g) in paired.goods.iter_mut().zip(&x.goods) {
            figures[Figure::DivertedT as usize] = sign * g[1];
        }
        paired.diverted_to = x.taken.iter().map(|t| sign * t).collect();
    }
    let mut sides = [[0.0; FIGURES]; 2];
    for (g, figures) in paired.goods.iter().enumerate() {
        let back = both.iter().zip(&names.good_of).find_map(|(v, of)| {
            let i = of.iter().position(|x| *x == g)?;
            Some(v.corridor.trade.goods.as_slice()[i].direction == yalu_model::Direction::Back)
        });
        let side = &mut sides[usize::from(back.unwrap_or(false))];
        for (a, b) in side.iter_mut().zip(figures) {
            *a += b;
        }
    }
    let total = |figure: Figure| sides[0][figure as usize] + sides[1][figure as usize];
    let recovered = w.change.zip(kept_from).map(|(change, kept_from)| {
        let shut = 1 - open;
        let c = both[shut].corridor;
        let used = || c.trade.routes.ids().zip(&there[shut]).filter(|(_, there)| **there).map(|(r, _)| r);
        let regimes = declared_regimes(c, draw);
        let grown = regimes.clone().without_ramps();
        let terms = Terms {
            capacity_t: used().map(|r| grown.capacity_a_day_t(r, change.to)).sum(),
            ramp_days: used().map(|r| regimes.ramp_days(r, change.to)).fold(0.0, f64::max),
            displaced: &kept_from,
            lost_t: (sign * total(Figure::LostT)).max(0.0),
            shut_again: shut_again(c, both[shut].plan, w, days),
            yards: yards([&runs[open], &runs[shut]], [&names.route_of[open], &names.route_of[shut]]),
        };
        recovered(&runs[open], &runs[shut], days, &terms)
    });
    let (ordered, cost) = (total(Figure::OrderedT), paired.goods.iter().zip(&day_usd_per_t));
    let day_usd = cost.map(|(f, usd)| f[Figure::OrderedT as usize] * usd).sum::<f64>() / ordered.max(1e-9);
    let crossed = [0, 1].map(|i| {
        runs[i].crossed.each_ref().map(|phase| {
            let mut out = Grid::filled(names.goods.len(), names.routes.len(), 0.0);
            for ((g, r), mass) in phase.enumerated() {
                let good = GoodName::new(names.good_of[i][g.index()]);
                out[(good, RouteName::new(names.route_of[i][r.index()]))] += mass.as_tonnes();
            }
            out
        })
    });
    let begin = days.during.0.saturating_sub(days.first);
    let tonnes = |a: &[Mass], b: &[Mass]| -> Vec<[f32; 2]> {
        a.iter().zip(b).map(|(a, b)| [a.as_tonnes() as f32, b.as_tonnes() as f32]).collect()
    };
    Kept {
        goods: paired.goods,
        sides,
        routes: paired.routes,
        diverted_to: paired.diverted_to,
        waiting: tonnes(&runs[0].waiting, &runs[1].waiting),
        waiting_there: tonnes(&runs[0].waiting_there, &runs[1].waiting_there),
        service: recover::share(&runs[0], &runs[1], begin, days.count()).into_iter().map(|x| x as f32).collect(),
        day_usd,
        recovered,
        crossed,
        out_of_balance: std::array::from_fn(|i| runs[0].out_of_balance[i].max(runs[1].out_of_balance[i])),
        entries: runs[0].entries + runs[1].entries,
        not_formed: None,
    }
}

/// What a closure kept from crossing, followed in both runs; what the other routes have free is theirs by the shut variant's
/// numbers, day by day, less what they carry in the open run.
fn kept_from(
    both: [&Variant; 2],
    runs: [&Follow; 2],
    (days, open): (Days, usize),
    names: &Names,
    draw: Draw,
    there: &[Vec<bool>; 2],
) -> Displaced {
    let shut = 1 - open;
    let mut side_of = vec![0; names.goods.len()];
    for (v, of) in both.iter().zip(&names.good_of) {
        for (g, at) in v.corridor.trade.goods.iter().zip(of) {
            side_of[*at] = usize::from(g.direction == yalu_model::Direction::Back);
        }
    }
    let mut free_t = vec![[0.0f64; 2]; names.routes.len()];
    let c = both[shut].corridor;
    let regimes = declared_regimes(c, draw);
    for (((id, r), at), there) in c.trade.routes.enumerated().zip(&names.route_of[shut]).zip(&there[shut]) {
        if *there {
            continue;
        }
        let closed = &both[shut].plan.days[days.during.0..days.during.1];
        let carries: f64 = closed.iter().map(|d| regimes.capacity_t(id, d)).sum();
        free_t[*at] = r.directions.map(|goes| if goes { carries } else { 0.0 });
    }
    let [_, during, _] = &runs[open].crossed;
    for ((g, r), mass) in during.enumerated() {
        let (g, r) = (names.good_of[open][g.index()], names.route_of[open][r.index()]);
        let free = &mut free_t[r][side_of[g]];
        *free = (*free - mass.as_tonnes()).max(0.0);
    }
    displaced(
        [&runs[open].passages, &runs[shut].passages],
        &displaced::Terms {
            good_of: [&names.good_of[open], &names.good_of[shut]],
            route_of: [&names.route_of[open], &names.route_of[shut]],
            side_of: &side_of,
            free_t: &free_t,
        },
    )
}

/// Whether a crossing that changed is declared shut again after it, within the days looked at.
fn shut_again(c: &Corridor, plan: &Plan, w: &Window, days: Days) -> bool {
    let (Some(change), Some(last)) = (w.change, plan.days.get(days.end - 1)) else { return false };
    let mine = |r: &&yalu_model::Regime| w.crossings.contains(&c.border.crossings[r.crossing].id);
    c.border.regimes.iter().filter(mine).any(|r| !r.runs() && r.to > change.to && r.from < last.end)
}

/// Trains outside their yard by day, of each route that changes in both runs.
fn yards<'a>(runs: [&'a Follow; 2], route_of: [&[usize]; 2]) -> Vec<[&'a [f32]; 2]> {
    let of = |i: usize, at: usize| {
        let own = route_of[i].iter().position(|x| *x == at)?;
        runs[i].held_back.get(own).map(Vec::as_slice).filter(|x| !x.is_empty())
    };
    route_of[0].iter().filter_map(|&at| Some([of(0, at)?, of(1, at)?])).collect()
}

/// Index of a name, for those who look for one.
pub fn index_of(list: &[(String, String)], id: &str) -> Option<usize> {
    list.iter().position(|x| x.0 == id)
}

/// Whether a route of a corridor uses a crossing.
pub fn uses(c: &Corridor, route: usize, crossing: &str) -> bool {
    c.trade
        .routes
        .as_slice()
        .get(route)
        .is_some_and(|r| r.crossings.iter().any(|x| c.border.crossings.as_slice()[x.index()].id == crossing))
}
