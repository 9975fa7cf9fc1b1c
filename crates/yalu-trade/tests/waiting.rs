//! Waiting by arithmetic: who ships under a quota, what a small way that is allotted takes, what a closure piles up.
use std::path::Path;
use std::sync::OnceLock;
use yalu_model::{Allotment, Corridor, Direction, Draw, Good, Quantity, Regime, Route, State};
use yalu_regime::Dates;
use yalu_trade::{DayModel, DayOutcome, Habits};
use yalu_units::{IndexVec, Span};

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

/// A good: tonnes a day in a month of 31 days, share that waits, rank.
type Asked = (f64, f64, u8);
/// Days over which what is late is given up.
const PATIENCE: f64 = 30.0;
/// A route: tonnes a day, cost, who may ship, first and last day shut from the first of the horizon.
type Takes = (f64, f64, Allotment, Option<(i64, i64)>);

/// Roads alone, from 1 January 2018; a good is given up over thirty days of lateness.
fn corridor(goods: &[Asked], routes: &[Takes]) -> Corridor {
    let mut c = flagship().clone();
    c.horizon.to = c.horizon.from + Span::days(243);
    (c.trains.services, c.line.traffic, c.border.stations, c.trade.rules) =
        (IndexVec::new(), Vec::new(), IndexVec::new(), Vec::new());
    c.trade.accepted_habits = Vec::new();
    c.trade.demand_factors = Vec::new();
    c.trade.reaction_days = fixed("reaction", 5.0);
    let good = c.trade.goods.iter().find(|g| !g.no_vehicle).unwrap().clone();
    let one = |(tonnes, postponed, rank): &Asked| Good {
        direction: Direction::Forward,
        level_musd_per_month: fixed("level", tonnes * 31.0 * 500.0 / 1e6),
        unit_value_usd_per_t: fixed("value", 500.0),
        season: [1.0; 12],
        day_usd_per_t: fixed("day", 1.0),
        patience_days: fixed("patience", PATIENCE),
        postponed_share: fixed("postponed", *postponed),
        rank: *rank,
        ..good.clone()
    };
    c.trade.goods = goods.iter().map(one).collect();
    let route = c.trade.routes.iter().find(|r| r.rail.is_none()).unwrap().clone();
    let open = c.border.regimes.iter().find(|r| r.state == State::Open).unwrap().clone();
    c.border.crossings = routes.iter().map(|_| c.border.crossings[route.crossings[0]].clone()).collect();
    (c.border.regimes, c.trade.routes) = (Vec::new(), IndexVec::new());
    for (crossing, (takes, cost, allotment, shut)) in c.border.crossings.ids().zip(routes) {
        c.trade.routes.push(Route {
            crossings: vec![crossing],
            directions: [true; 2],
            vehicles_per_day: Some(fixed("vehicles", takes / 10.0)),
            payload_t: Some(fixed("payload", 10.0)),
            transit_h: fixed("transit", 24.0),
            approach_days: None,
            cost_usd_per_t: fixed("cost", *cost),
            dislike_usd_per_t: fixed("dislike", 0.0),
            ..route.clone()
        });
        let day = |d: i64| c.horizon.from + Span::days(d);
        let (first, last) = shut.unwrap_or((243, 242));
        let spells = [
            (day(0), day(first), State::Open),
            (day(first), day(last + 1), State::Suspended),
            (day(last + 1), c.horizon.to, State::Open),
        ];
        for (from, to, state) in spells.into_iter().filter(|s| s.0 < s.1) {
            let allotment = (state == State::Open).then_some(*allotment);
            c.border.regimes.push(Regime {
                crossing,
                from,
                to,
                state,
                allotment,
                start_uncertainty_days: 0.0,
                ..open.clone()
            });
        }
    }
    c
}

fn run(goods: &[Asked], routes: &[Takes]) -> DayOutcome {
    let c = corridor(goods, routes);
    let out = DayModel::new(&c).unwrap().run_by(Draw::central(1), &Habits::NONE, Dates::AsGiven);
    let ordered: f64 = out.months.iter().map(|m| m.ordered_t.forward).sum();
    assert!(out.unaccounted_t < 1e-9 * ordered && out.unaccounted_usd < 1e-6 * ordered, "{out:?}");
    out
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.01 * a.abs().max(b.abs()).max(1.0)
}

use Allotment::{FirstCome, Priority, Proportional};

#[test]
fn a_small_way_that_is_allotted_takes_what_it_can_and_no_queue_stands_before_it() {
    // 100 t a day, two ways that cost the same, one is allotted 10 t: it carries 10, and three days of it stand ready.
    let o = run(&[(100.0, 0.5, 5)], &[(1000.0, 30.0, FirstCome, None), (10.0, 30.0, Proportional, None)]);
    assert!(near(o.by_route_usd[0][1], 31.0 * 10.0 * 500.0), "{:?}", o.by_route_usd);
    assert!(o.waiting_t.iter().all(|t| near(*t, 30.0)), "{:?}", o.waiting_t);
}

#[test]
fn a_quota_makes_no_queue_of_months() {
    // 100 t a day where 80 pass. In line: what is too much stands until as much a day gives up as comes, 20 = W / 30.
    let line = run(&[(100.0, 0.5, 5)], &[(80.0, 30.0, FirstCome, None)]);
    assert!((590.0..640.0).contains(&line.waiting_t[7]), "{:?}", line.waiting_t);
    // Allotted: three days of quota stand before it and no more, whatever is asked for.
    let allotted = run(&[(100.0, 0.5, 5)], &[(80.0, 30.0, Proportional, None)]);
    assert!(near(allotted.waiting_t[2], 240.0), "{:?}", allotted.waiting_t);
    // Half of what gets no leave is asked for again each day, a thirtieth of it no longer.
    let mut kept = 0.0;
    for _ in 0..200 {
        let again = kept * 29.0 / 30.0;
        let none = (20.0 + again) / (100.0 + again);
        kept = again * none + 100.0 * none * 0.5;
    }
    assert!(near(allotted.postponed_t[0], kept), "{kept} {:?}", allotted.postponed_t);
    // Both carry what passes.
    for o in [&line, &allotted] {
        assert!(near(o.months[2].tonnes.forward, 31.0 * 80.0), "{:?}", o.months[2]);
    }
    assert!(near(allotted.months[7].given_up_t.forward, 31.0 * 20.0), "{:?}", allotted.months[7]);
}

#[test]
fn a_quota_goes_by_rank_or_in_proportion() {
    let goods = [(60.0, 0.0, 5), (60.0, 0.0, 1)];
    let sent = |rule| {
        let c = corridor(&goods, &[(80.0, 30.0, rule, None)]);
        let o = DayModel::new(&c).unwrap().run_by(Draw::central(1), &Habits::NONE, Dates::AsGiven);
        o.months[2].given_up_t.forward
    };
    // Nothing is postponed: 40 t a day are not given either way; who bears it is the rule's.
    assert!(near(sent(Proportional), 31.0 * 40.0) && near(sent(Priority), 31.0 * 40.0));
}

#[test]
fn a_closure_piles_up_what_no_other_way_takes() {
    // Shut for the last 21 days of January; another way takes 30 t of 100 a day.
    let first = [(100.0, 1.0, 5)];
    let o = run(&first, &[(150.0, 30.0, FirstCome, Some((10, 30))), (30.0, 1000.0, FirstCome, None)]);
    // The other 70 a day stand; once the line is late, a thirtieth of it gives up each day.
    let stands =
        (0..21).fold(0.0, |w: f64, _| if w / 30.0 > 5.0 { w * (1.0 - 1.0 / PATIENCE) + 70.0 } else { w + 70.0 });
    assert!(o.waiting_t[0] > 0.93 * stands && o.waiting_t[0] < 21.0 * 70.0, "{stands} {:?}", o.waiting_t);
    // After it 150 and 30 pass and some 110 come: clear within the month.
    assert!(o.waiting_t[1] < 1.0, "{:?}", o.waiting_t);
    // What goes another way while it is shut is what that takes: 30 of 100.
    assert!(near(o.by_route_usd[0][1], (21.0 * 30.0) * 500.0), "{:?}", o.by_route_usd[0]);
    // Allotted: nothing stands at the border but three days of each quota; buyers ask again, until it is open.
    let p = run(&first, &[(150.0, 30.0, Proportional, Some((10, 30))), (30.0, 1000.0, Proportional, None)]);
    assert!(p.waiting_t[0] <= 3.0 * 150.0 + 3.0 * 30.0 + 1.0, "{:?}", p.waiting_t);
    assert!(p.postponed_t[0] > 600.0 && p.postponed_t[1] < 1.0, "{:?}", p.postponed_t);
}
