//! What closures and reopenings do: notice, ramp, quota, bans, on the template's corridor; and that nothing is lost
//! whatever is shut.
//!
//! `RANDOM_CLOSURES` says how many random ones (60 where it is not set).
use proptest::prelude::*;
use std::collections::BTreeMap;
use yalu_check::check;
use yalu_model::{Ban, Corridor, Direction};
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, close, load, render, template};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::{GoodsAccount, Trace};
use yalu_units::{Instant, Span};

fn corridor(closed: &[String], opened: &[String]) -> Corridor {
    with(&[], closed, opened)
}

fn with(set: &[(&str, &str)], closed: &[String], opened: &[String]) -> Corridor {
    let set: Vec<(String, String)> = set.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let files = template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let loaded = load(&Folder { files, ..Folder::default() }, &set);
    let mut c = loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)));
    let problems = close(&mut c, closed, opened);
    assert!(problems.is_empty(), "{}", render(&problems, false));
    c
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|s| (*s).to_owned()).collect()
}

fn run(c: &Corridor) -> (Outcome, Trace) {
    let plan = compile(c, c.horizon.from).unwrap();
    let (outcome, trace) = simulate(c, &plan, Draw::central(c.sampling.seed), Recorded::Trains);
    (outcome, trace.unwrap())
}

fn midnight(c: &Corridor, y: i16, m: i8, d: i8) -> Instant {
    yalu_calendar::local_midnight(&c.horizon.zones[c.horizon.zone].name, y, m, d).unwrap()
}

/// Trains of freight over the border by day, and wagons, from a day on.
fn trains(c: &Corridor, trace: &Trace, from: Instant, days: i64) -> Vec<(u32, u32)> {
    let of = |i: i64| {
        let end = from + Span::days(i + 1);
        trace
            .days
            .iter()
            .filter(|d| d.end == end && c.trade.routes.as_slice()[usize::from(d.route)].rail.is_some())
            .fold((0, 0), |a, d| (a.0 + d.trains, a.1 + d.crossed_loaded))
    };
    (0..days).map(of).collect()
}

/// Tonnes moved from one kind of account to another within days.
fn moved(trace: &Trace, (from, to): (Instant, Instant), of: impl Fn(GoodsAccount, GoodsAccount, u16) -> bool) -> f64 {
    let within = trace.goods.iter().filter(|g| g.at >= from && g.at < to && of(g.from, g.to, g.good));
    within.map(|g| g.mass.as_tonnes()).sum()
}

#[test]
fn a_closure_shuts_and_a_ramp_climbs() {
    let shut = texts(&["RAIL:2024-01-08..2024-01-17"]);
    let after = |ramp: &str| {
        let c = corridor(&shut, &texts(&[&format!("RAIL:2024-01-18:quota=1{ramp},until=2024-03-30")]));
        let (_, trace) = run(&c);
        assert!(check(&c, &trace).is_empty());
        let after: Vec<u32> = trains(&c, &trace, midnight(&c, 2024, 1, 18), 40).iter().map(|x| x.0).collect();
        after
    };
    let c = corridor(&shut, &[]);
    let (_, trace) = run(&c);
    let closed = trains(&c, &trace, midnight(&c, 2024, 1, 8), 10);
    assert!(closed.iter().all(|x| *x == (0, 0)), "{closed:?}");
    let sum = |x: &[u32]| x.iter().sum::<u32>();
    let (at_once, climbing) = (after(""), after(",ramp=40"));
    // Of ten trains in as many days a ramp of forty lets 0.025 + .. + 0.25 go: 1.4 of them.
    assert!(2 * sum(&climbing[..10]) < sum(&at_once[..10]), "{climbing:?} {at_once:?}");
    assert!(sum(&climbing[..20]) < sum(&climbing[20..]), "{climbing:?}");
}

#[test]
fn a_quota_of_wagons_holds_on_every_day() {
    let c = corridor(
        &texts(&["RAIL:2024-01-08..2024-01-10"]),
        &texts(&["RAIL:2024-01-11:wagons_per_day=7,until=2024-03-30"]),
    );
    let (_, trace) = run(&c);
    let after = trains(&c, &trace, midnight(&c, 2024, 1, 13), 40);
    let most = after.iter().map(|x| x.1).max().unwrap();
    assert!(most > 0 && most <= 7, "{after:?}");
}

#[test]
fn who_knows_of_a_closure_does_not_order_by_it() {
    // Goods are eight days on their way to the border: those ordered twelve to eight days before would come to a shut one.
    let far = [("route.rail.approach_days", "8")];
    let ordered = |notice: &str| {
        let c = with(&far, &texts(&[&format!("RAIL:2024-01-20..2024-02-20{notice}")]), &[]);
        let (_, trace) = run(&c);
        let eve = (midnight(&c, 2024, 1, 8), midnight(&c, 2024, 1, 20));
        let rail = c.trade.routes.enumerated().find(|(_, r)| r.rail.is_some()).map(|(i, _)| i.0 as u16).unwrap();
        moved(&trace, eve, |from, to, _| {
            from == GoodsAccount::Ordered
                && matches!(to, GoodsAccount::Waiting(r) | GoodsAccount::Approaching(r) if r == rail)
        })
    };
    let (surprised, warned) = (ordered(""), ordered(":notice=12"));
    assert!(warned < 0.9 * surprised, "{warned} {surprised}");
}

#[test]
fn a_ban_refuses_what_is_ordered() {
    let mut c = corridor(&[], &[]);
    let good = c.trade.goods.iter().position(|g| g.direction == Direction::Forward && !g.no_vehicle).unwrap();
    let hs = c.trade.goods.as_slice()[good].hs.clone();
    let bans: Vec<Ban> = hs.into_iter().map(|hs| Ban { direction: Some(Direction::Forward), hs: Some(hs) }).collect();
    for r in &mut c.border.regimes {
        r.bans.clone_from(&bans);
    }
    let (_, trace) = run(&c);
    let whole = (c.horizon.from, c.horizon.to);
    let mine = |g: u16| usize::from(g) == good;
    let refused = moved(&trace, whole, |_, to, g| mine(g) && to == GoodsAccount::Refused);
    let crossed = moved(&trace, whole, |_, to, g| mine(g) && matches!(to, GoodsAccount::Released(_)));
    let others = moved(&trace, whole, |_, to, g| !mine(g) && matches!(to, GoodsAccount::Released(_)));
    assert!(refused > 0.0 && crossed == 0.0 && others > 0.0, "{refused} {crossed} {others}");
    assert!(check(&c, &trace).is_empty());
}

#[test]
fn a_ban_on_imports_refuses_one_way_alone() {
    let mut c = corridor(&[], &[]);
    for r in &mut c.border.regimes {
        r.restrictions.push("import_ban".into());
    }
    let (_, trace) = run(&c);
    let way = |g: u16| c.trade.goods.as_slice()[usize::from(g)].direction;
    let whole = (c.horizon.from, c.horizon.to);
    let refused = |d| moved(&trace, whole, |_, to, g| way(g) == d && to == GoodsAccount::Refused);
    let came = |d| moved(&trace, whole, |_, to, g| way(g) == d && matches!(to, GoodsAccount::Released(_)));
    assert!(refused(Direction::Forward) > 0.0 && came(Direction::Forward) == 0.0);
    assert!(refused(Direction::Back) == 0.0 && came(Direction::Back) > 0.0);
    assert!(check(&c, &trace).is_empty());
}

/// After each entry of the books: what was ordered stands somewhere, to the kilogram and the cent, and nothing is owed.
fn balanced(trace: &Trace) {
    let mut held: BTreeMap<(GoodsAccount, u16), (i64, i64)> = BTreeMap::new();
    let mut sum = (0i64, 0i64);
    for g in &trace.goods {
        let from = held.entry((g.from, g.good)).or_default();
        (from.0, from.1) = (from.0 - g.mass.0, from.1 - g.usd_cents);
        assert!(g.from == GoodsAccount::Ordered || from.0 >= 0 && from.1 >= 0, "{g:?}");
        assert!(g.ordered <= g.at, "{g:?}");
        let to = held.entry((g.to, g.good)).or_default();
        (to.0, to.1) = (to.0 + g.mass.0, to.1 + g.usd_cents);
        if g.from == GoodsAccount::Ordered {
            sum = (sum.0 + g.mass.0, sum.1 + g.usd_cents);
        }
    }
    let stands = held.iter().filter(|((a, _), _)| *a != GoodsAccount::Ordered);
    let stands = stands.fold((0, 0), |a, (_, x)| (a.0 + x.0, a.1 + x.1));
    assert_eq!(stands, sum);
}

fn count() -> u32 {
    std::env::var("RANDOM_CLOSURES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: count(), ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_lost_whatever_is_shut(
        from in 1u32..28,
        days in 0u32..40,
        road in any::<bool>(),
        quota in prop::option::of(0u32..4),
        ramp in 0u32..40,
        notice in 0u32..20,
        trial in any::<bool>(),
        replication in 0u32..9,
    ) {
        let date = |n: u32| {
            let (month, day) = if n < 31 { (1, n + 1) } else if n < 60 { (2, n - 30) } else { (3, n - 59) };
            format!("2024-{month:02}-{day:02}")
        };
        let last = from + days;
        let name = if road { "ALL-LAND" } else { "RAIL" };
        let close = [format!("{name}:{}..{}:notice={notice}", date(from), date(last))];
        let mut more = vec![format!("ramp={ramp}")];
        more.extend(quota.map(|q| format!("quota={q}")));
        more.extend(trial.then(|| "trial".to_owned()));
        let reopen = [format!("RAIL:{}:{}", date(last + 1), more.join(","))];
        let c = corridor(&close, &reopen);
        let plan = compile(&c, c.horizon.from).unwrap();
        let draw = if replication == 0 { Draw::central(c.sampling.seed) } else { Draw::replication(c.sampling.seed, replication) };
        let (outcome, trace) = simulate(&c, &plan, draw, Recorded::Trains);
        let trace = trace.unwrap();
        let found = check(&c, &trace);
        prop_assert!(found.is_empty(), "{found:?}");
        prop_assert_eq!(outcome.deadlocks, 0);
        balanced(&trace);
        // The same with nobody looking.
        prop_assert_eq!(outcome, simulate(&c, &plan, draw, Recorded::Nothing).0);
    }
}
