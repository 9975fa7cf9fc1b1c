//! Lots and tonnes a day decide the same.

use super::{Lots, LotsOfDay};
use crate::Recorded;
use crate::books::{Books, Lot};
use crate::world::World;
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use yalu_model::{Allotment, Corridor, Direction, GoodId, Quantity, Regime, RouteId, State};
use yalu_plan::{Draw, compile};
use yalu_regime::Dates;
use yalu_trace::GoodsAccount;
use yalu_trade::shippers::{Carrier, Offer, Policy, Shippers, Terms, Today};
use yalu_trade::{DayModel, PARAMS, Rates, Values, habits_of};
use yalu_units::{Idx, IndexVec, Mass, Span};

const DAYS: i64 = 400;
/// Goods are asked for in such amounts that a kilogram is nothing.
const MUCH: f64 = 1e7;

fn flagship() -> &'static Corridor {
    static READ: OnceLock<Corridor> = OnceLock::new();
    READ.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
        yalu_scenario::load(&yalu_scenario::read_folder(&dir).unwrap(), &[]).corridor.unwrap()
    })
}

fn fixed(path: &str, value: f64) -> Quantity {
    Quantity::assumed(path, value, "test")
}

/// A route as drawn: capacity and cost levels, days under way, and when it is shut or limited.
type DrawnRoute = (f64, f64, u32, Vec<(i64, i64, u32)>);

/// What is drawn of a corridor: goods, and routes with the days on which they shut or are limited.
#[derive(Clone, Debug)]
struct Drawn {
    goods: Vec<(f64, f64)>,
    day_usd_per_t: f64,
    routes: Vec<DrawnRoute>,
    levels: [f64; PARAMS],
    reaction: f64,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let good = (0.2..2.0f64, 10.0..100.0f64);
    let shut = prop::collection::vec((0i64..DAYS - 30, 5i64..120, 0u32..3), 0..4);
    let route = (0.05..1.5f64, 10.0..80.0f64, 0u32..6, shut);
    let (goods, routes) = (prop::collection::vec(good, 1..6), prop::collection::vec(route, 1..5));
    (goods, 0.1..5.0f64, routes, prop::array::uniform12(0.0..=1.0f64), 3.0..20.0f64).prop_map(
        |(goods, day_usd_per_t, routes, levels, reaction)| Drawn { goods, day_usd_per_t, routes, levels, reaction },
    )
}

/// A corridor of roads and ships alone. Goods of both ways are asked for, and each route takes a share of what is.
fn corridor(drawn: &Drawn) -> Corridor {
    let mut c = flagship().clone();
    c.horizon.to = c.horizon.from + Span::days(DAYS);
    (c.trains.services, c.line.traffic, c.border.stations, c.trade.rules) =
        (IndexVec::new(), Vec::new(), IndexVec::new(), Vec::new());
    c.trade.accepted_habits = vec![Values::at(&drawn.levels).0.to_vec()];
    c.trade.reaction_days = fixed("reaction", drawn.reaction);
    let good = c.trade.goods.iter().find(|g| !g.no_vehicle).unwrap().clone();
    c.trade.goods = drawn
        .goods
        .iter()
        .enumerate()
        .map(|(i, (level, patience))| yalu_model::Good {
            direction: Direction::BOTH[i % 2],
            level_musd_per_month: fixed("level", level * MUCH),
            unit_value_usd_per_t: fixed("value", 500.0),
            day_usd_per_t: fixed("day", drawn.day_usd_per_t),
            patience_days: fixed("patience", *patience),
            postponed_share: fixed("postponed", 0.4),
            ..good.clone()
        })
        .collect();
    let asked: f64 = drawn.goods.iter().map(|g| g.0 * MUCH * 1e6 / 500.0 / 30.0).sum();
    let route = c.trade.routes.iter().find(|r| r.rail.is_none()).unwrap().clone();
    let open = c.border.regimes.iter().find(|r| r.state == State::Open).unwrap().clone();
    c.border.crossings = (0..drawn.routes.len()).map(|_| c.border.crossings[route.crossings[0]].clone()).collect();
    c.border.regimes.clear();
    c.trade.routes = IndexVec::new();
    for (crossing, (takes, cost, transit, shut)) in c.border.crossings.ids().zip(&drawn.routes) {
        c.trade.routes.push(yalu_model::Route {
            crossings: vec![crossing],
            directions: [true; 2],
            vehicles_per_day: Some(fixed("vehicles", takes * asked / 1e4)),
            payload_t: Some(fixed("payload", 1e4)),
            transit_h: fixed("transit", f64::from(*transit) * 24.0),
            approach_days: None,
            cost_usd_per_t: fixed("cost", *cost),
            dislike_usd_per_t: fixed("dislike", 0.0),
            ..route.clone()
        });
        let mut at = c.horizon.from;
        let mut spell = |to, kind: u32| {
            c.border.regimes.push(Regime {
                crossing,
                from: at,
                to,
                state: [State::Open, State::Suspended, State::Limited][kind as usize],
                start_uncertainty_days: 0.0,
                capacity_share: (kind == 2).then(|| fixed("share", 0.3)),
                hold_days: None,
                notice_days: Some(fixed("notice", 0.0)),
                restrictions: Vec::new(),
                bans: Vec::new(),
                allotment: (kind == 2).then_some(Allotment::Proportional),
                ..open.clone()
            });
            at = to;
        };
        let mut sorted = shut.clone();
        sorted.sort_unstable();
        let mut end = 0;
        for (first, days, kind) in sorted.into_iter().filter(|s| s.1 > 0) {
            if first > end {
                spell(c.horizon.from + Span::days(first), 0);
                end = (first + days).min(DAYS);
                spell(c.horizon.from + Span::days(end), kind);
            }
        }
        if end < DAYS {
            spell(c.horizon.to, 0);
        }
    }
    c
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Month by month as much crosses, and waits, in lots as in tonnes a day. One good each way: lots stand in line where tonnes are
    /// mixed, so that of goods of unlike haste others are left in a queue.
    #[test]
    fn months_agree_without_rail(drawn in drawn()) {
        let levels = drawn.levels;
        let c = corridor(&Drawn { goods: drawn.goods.into_iter().take(2).collect(), ..drawn });
        let plan = compile(&c, c.horizon.from).unwrap();
        let draw = Draw::central(1);
        let border = crate::stations(&c, &plan, draw);
        let lots = World::new(&c, &plan, &border, draw, Recorded::Nothing, true, Policy::OF_RATES).run().0.months;
        let rates = DayModel::new(&c).unwrap().run(draw, &Values::at(&levels), Dates::AsGiven);
        for ((i, a), b) in lots.iter().enumerate().zip(&rates.months) {
            let all = (b.ordered_t.forward + b.ordered_t.back).max(1.0);
            let mass = |d: Direction| {
                let flows = a.flows.enumerated().filter(|((g, _), _)| c.trade.goods[*g].direction == d);
                flows.map(|(_, f)| f.mass).sum::<Mass>() + a.exceptions[d as usize].mass
            };
            for d in Direction::BOTH {
                let (x, y) = (mass(d).as_tonnes(), b.tonnes[d]);
                prop_assert!((x - y).abs() <= 1e-3 * all, "month {i} {d:?}: {x} in lots, {y} t a day");
                let (x, y) = (a.ordered_cents[d as usize] as f64 / 100.0 / 500.0, b.ordered_t[d]);
                prop_assert!((x - y).abs() <= 1e-3 * all, "month {i} {d:?}: ordered {x} in lots, {y} t a day");
            }
            let (x, y) = (a.waiting.iter().copied().sum::<Mass>().as_tonnes(), rates.waiting_t[i]);
            prop_assert!((x - y).abs() <= 1e-3 * all.max(y), "month {i}: {x} wait in lots, {y} in tonnes");
        }
    }

    /// On one state, what is placed by each route, waits, looks elsewhere or is given up is the same. Lots of the policy of runs
    /// have no queue to decide on here: what they do with one depends on the age and place of each.
    #[test]
    fn on_one_state_both_decide_the_same(drawn in drawn(), before in 1usize..200, by_rates in any::<bool>()) {
        let policy = if by_rates { Policy::OF_RATES } else { Policy { approach: false, ..Policy::OF_LOTS } };
        let c = corridor(&drawn);
        let plan = compile(&c, c.horizon.from).unwrap();
        let (draw, habits) = (Draw::central(1), habits_of(&c, None));
        let terms = Terms::new(&c, &habits, &policy, draw);
        let capacity_t = |r: RouteId| draw.value(c.trade.routes[r].vehicles_per_day.as_ref().unwrap()) * 1e4;
        let offers_of = |number: usize| -> IndexVec<RouteId, Offer> {
            let t = plan.days[number].start;
            let offer = |r: RouteId| {
                let here = |x: &&Regime| x.crossing.index() == r.index() && x.from <= t && t < x.to;
                let runs = c.border.regimes.iter().find(here).is_some_and(Regime::runs);
                let capacity_t = if runs { capacity_t(r) } else { 0.0 };
                let allotment = c.border.regimes.iter().find(here).and_then(|x| x.allotment).or(runs.then_some(Allotment::FirstCome));
                Offer { runs, open: runs, capacity_t, allotment, ..Offer::default() }
            };
            c.trade.routes.ids().map(offer).collect()
        };
        let mut shippers = Shippers::new(terms.clone(), &habits, policy, c.horizon.from);
        let mut rates = Rates::new(&terms, |_| false);
        let days = &plan.days;
        for (number, day) in days.iter().copied().enumerate().take(before) {
            let offers = offers_of(number);
            let today = Today { day, number, to_new_year: None, regimes_changed: true, offers: &offers };
            shippers.day(&today, &mut rates);
        }
        let (routes, goods) = (c.trade.routes.len(), c.trade.goods.len());
        let now = days[before].start;
        let mut lots = Lots::new(&c, &terms, draw);
        let forward = c.trade.goods.iter().map(|g| g.direction == Direction::Forward).collect();
        let mut books = Books::new(forward, routes, 0, true);
        if by_rates {
            for (good, tonnes) in rates.postponed.enumerated() {
                let mass = Mass::from_tonnes(*tonnes);
                let lot = Lot { good: good.index() as u16, mass, usd_cents: mass.0, ordered: now, since: now };
                books.post(now, &lot, GoodsAccount::Ordered, GoodsAccount::Postponed);
                lots.postponed[good].push_back(lot);
            }
            for r in c.trade.routes.ids() {
                for (good, g) in c.trade.goods.enumerated() {
                    let mass = Mass::from_tonnes(rates.queue[(r, good)]);
                    let account = GoodsAccount::Waiting(r.index() as u16);
                    let lot = Lot { good: good.index() as u16, mass, usd_cents: mass.0, ordered: now, since: now };
                    books.post(now, &lot, GoodsAccount::Approaching(r.index() as u16), account);
                    lots.queues[r][g.direction].push_back(lot);
                }
            }
        } else {
            rates = Rates::new(&terms, |_| false);
        }
        let given_up = |rates: &Rates| c.trade.goods.ids().map(|g| rates.accounts[g].given_up).collect::<Vec<_>>();
        let gone = given_up(&rates);
        let offers = offers_of(before);
        let today = Today { day: days[before], number: before, to_new_year: None, regimes_changed: true, offers: &offers };
        let mut twin = shippers.clone();
        shippers.day(&today, &mut rates);
        twin.day(&today, &mut LotsOfDay { lots: &mut lots, books: &mut books, now, number: before as u32 });
        let all: f64 = c.trade.routes.ids().flat_map(|r| Direction::BOTH.map(|d| rates.waiting_t(r, d))).sum::<f64>() + MUCH;
        for r in c.trade.routes.ids() {
            for (good, g) in c.trade.goods.enumerated() {
                let of = lots.queues[r][g.direction].iter().filter(|l| l.good() == good);
                let (x, y) = (of.map(|l| l.mass).sum::<Mass>().as_tonnes(), rates.queue[(r, good)]);
                prop_assert!((x - y).abs() <= 1e-9 * all, "{policy:?} {r:?} {good:?}: {x} in lots, {y} in tonnes");
            }
        }
        for (good, x) in lots.postponed.enumerated() {
            let (x, y) = (x.iter().map(|l| l.mass).sum::<Mass>().as_tonnes(), rates.postponed[good]);
            prop_assert!((x - y).abs() <= 1e-9 * all, "{good:?} postponed: {x} in lots, {y} in tonnes");
        }
        for (g, before) in gone.iter().enumerate().take(goods) {
            let of = |m: &&yalu_trace::GoodsMove| usize::from(m.good) == g && m.to == GoodsAccount::GivenUp;
            let x = books.moves.iter().filter(of).map(|m| m.mass).sum::<Mass>().as_tonnes();
            let y = rates.accounts[GoodId::new(g)].given_up - before;
            prop_assert!((x - y).abs() <= 1e-9 * all, "good {g} given up: {x} in lots, {y} in tonnes");
        }
    }
}
