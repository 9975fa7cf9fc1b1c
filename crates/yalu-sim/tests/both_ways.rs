//! Rail in both directions over one border: random small corridors with closures, wagons and goods that are never lost.
//!
//! `RANDOM_BORDERS` says how many (200 where it is not set).
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yalu_check::check;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, render, template};
use yalu_sim::{MonthOutcome, Outcome, simulate};
use yalu_trace::{GoodsAccount, Trace, WagonAccount};
use yalu_units::{Stream, StreamKey, address};

/// The template's corridor with a rail route back, and some texts of its files put in place of others.
fn corridor(changes: &[(&str, String, String)]) -> Corridor {
    let mut files: BTreeMap<String, String> = template("both ways").into_iter().collect();
    for (file, find, put) in changes {
        let text = files.get_mut(*file).expect("a file of the template");
        assert!(text.contains(find.as_str()), "`{find}` is in {file}");
        *text = text.replace(find.as_str(), put);
    }
    let files = files.into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let loaded = load(&Folder { files }, &[]);
    loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)))
}

/// A service and a route from the second country to the first.
fn way_back(rail: &str, turn: &str) -> Vec<(&'static str, String, String)> {
    let service = format!(
        r#"[[service]]
id = "bridge-back"
title = "B2 - A2 over the border"
kind = "freight"
from = "B2"
to = "A2"
crossing = "RAIL"
departures = ["06:00", "11:00", "17:00"]
zone = "Asia/Shanghai"
days = "daily"
locomotive = "diesel"
wagon = "boxcar"
max_wagons = 12
trains_per_day = 2
priority = 4
supplement_percent = 10
cancel_after_min = 240
assumed = "test"
{turn}
[[service]]
id = "inland""#
    );
    let route = format!(
        r#"[[route]]
id = "rail-back"
title = "Rail over the bridge, back"
colour = "tumen"
mode = "rail"
crossings = ["RAIL"]
directions = ["BB-AA"]
waits_at = "B2"
released_at = "A2"
transit_h = 20
cost_usd_per_t = 20
dislike_usd_per_t = 0
assumed = "test"
{rail}
[[route]]
id = "road""#
    );
    vec![
        ("services.toml", "[[service]]\nid = \"inland\"".into(), service),
        ("routes.toml", "[[route]]\nid = \"road\"".into(), route),
        ("trade.toml", "unit_value_usd_per_t = 30000".into(), "unit_value_usd_per_t = 60".into()),
    ]
}

/// The rail part of the route back, of wagons that go on beyond the model.
fn beyond(more: &str) -> String {
    format!(
        "approach_days = 6\n\n[route.rail]\nover_border = \"bridge-back\"\nfleet_wagons = 120\nloading_places = 20\n\
         loading_h = 1\nturnaround_days = 4\n{more}assumed = \"test\"\n"
    )
}

fn run(c: &Corridor, draw: Draw) -> (Outcome, Trace) {
    let plan = compile(c, c.from).expect("it compiles");
    let (out, trace) = simulate(c, &plan, draw, true);
    let trace = trace.expect("a trace");
    assert_eq!(out.deadlocks, 0, "trains that can never move again");
    assert_eq!(check(c, &trace), [], "rules broken");
    assert_eq!(out, simulate(c, &plan, draw, false).0, "the same twice");
    conserved(c, &out, &trace);
    (out, trace)
}

/// At every entry of the books each account holds what came less what went, and no more than was ordered or bought.
fn conserved(c: &Corridor, out: &Outcome, trace: &Trace) {
    let mut goods: BTreeMap<GoodsAccount, (i64, i64)> = BTreeMap::new();
    for g in &trace.goods {
        for (account, sign) in [(g.from, -1), (g.to, 1)] {
            let e = goods.entry(account).or_default();
            (e.0, e.1) = (e.0 + sign * g.mass.0, e.1 + sign * g.usd_cents);
        }
        let from = goods[&g.from];
        assert!(g.from == GoodsAccount::Ordered || from.0 >= 0 && from.1 >= 0, "{:?} is overdrawn", g.from);
    }
    assert_eq!(
        goods.values().fold((0, 0), |s, e| (s.0 + e.0, s.1 + e.1)),
        (0, 0),
        "mass and value that came from nowhere"
    );
    let month = |of: fn(&MonthOutcome) -> i64| out.months.iter().map(of).sum::<i64>();
    let ordered = month(|m| m.ordered_cents.iter().sum());
    let booked = -goods[&GoodsAccount::Ordered].1;
    assert_eq!(ordered, booked, "value ordered");
    let mut fleet: BTreeMap<(u16, WagonAccount), i64> = BTreeMap::new();
    for (route, n) in &trace.fleet {
        fleet.insert((*route, WagonAccount::Stock), i64::from(n[0]));
        fleet.insert((*route, WagonAccount::Far), i64::from(n[1]));
    }
    let bought: i64 = fleet.values().sum();
    for w in &trace.wagons {
        *fleet.entry((w.route, w.from)).or_default() -= i64::from(w.wagons);
        *fleet.entry((w.route, w.to)).or_default() += i64::from(w.wagons);
        assert!(
            fleet.values().all(|n| *n >= 0),
            "wagons of nowhere on {}",
            c.routes.as_slice()[usize::from(w.route)].id
        );
    }
    assert_eq!(fleet.values().sum::<i64>(), bought, "wagons");
}

#[test]
fn goods_of_the_second_country_cross_by_trains_of_their_own() {
    let c = corridor(&way_back(&beyond(""), ""));
    let (out, trace) = run(&c, Draw::central(1));
    let back = c.routes.iter().position(|r| r.id == "rail-back").expect("the route back");
    let wagons: u32 = out.months.iter().map(|m| m.wagons[back]).sum();
    let trains: u32 = trace.days.iter().filter(|d| usize::from(d.route) == back).map(|d| d.trains).sum();
    assert!(wagons > 100 && trains > 20, "{wagons} wagons in {trains} trains");
    // Imports count when they are released, and by this route they are released on leaving the far yard.
    let (imports, crossed): (i64, i64) = out
        .months
        .iter()
        .fold((0, 0), |s, m| (s.0 + m.imports_cents, s.1 + m.flows.iter().map(|f| f.usd_cents).sum::<i64>()));
    assert!(imports > 0 && imports < crossed);
    // Loaded trains to the first country are counted as such.
    let loaded: u32 = out.months.iter().map(|m| m.wagons_crossed[1][0]).sum();
    assert_eq!(loaded, wagons);
}

#[test]
fn what_is_under_way_keeps_arriving_when_the_border_shuts() {
    let mut changes = way_back(&beyond(""), "");
    // Another way stays open: nothing new sets out for the border that is shut.
    changes.push((
        "regimes.csv",
        "ROAD,2024-02-01,2024-02-29,suspended".into(),
        "ROAD,2024-02-01,2024-02-29,open".into(),
    ));
    changes.push(("border.toml", "yard_tracks = 3".into(), "yard_tracks = 1".into()));
    let c = corridor(&changes);
    let (_, trace) = run(&c, Draw::central(1));
    let back = c.routes.iter().position(|r| r.id == "rail-back").expect("the route back") as u16;
    let days: Vec<_> = trace.days.iter().filter(|d| d.route == back).collect();
    // Shut on 1 to 14 February (days 31 to 44); goods take six days there.
    let waits = |day: usize| days[day].waiting_back.as_tonnes();
    let stands = |day: usize| days[day].standing;
    assert!(waits(36) > waits(31) + 100.0, "{} t, then {} t", waits(31), waits(36));
    assert_eq!(days[38].approaching.0, 0, "nothing sets out for a border that is shut");
    assert!(waits(41) <= waits(38), "{} t, then {} t", waits(38), waits(41));
    assert!(stands(36).in_yard <= 1.0 && stands(36).held_back > 0.0, "{:?}: the yard has one track", stands(36));
    assert_eq!(days[5].waiting_back.0, 0, "nothing is there before six days have gone");
    assert!(days[5].approaching.0 > 0);
}

#[test]
fn wagons_that_are_kept_are_missed() {
    const WHY: usize = yalu_sim::Short::NoWagons as usize;
    let formed = |more: &str| {
        let c = corridor(&way_back(&beyond(more), ""));
        let back = c.routes.iter().position(|r| r.id == "rail-back").expect("the route back");
        let (out, trace) = run(&c, Draw::central(1));
        let short: u32 = out.months.iter().map(|m| m.forming[back]).map(|f| f.not_formed[WHY] + f.shortened[WHY]).sum();
        let last = trace.days.iter().rfind(|d| usize::from(d.route) == back).expect("a day");
        (short, last.wagons_stock + last.wagons_far)
    };
    let (none, all) = formed("");
    let (some, left) = formed("kept_share = 0.6\n");
    assert_eq!(none, 0, "wagons enough");
    assert!(some > 5 && left < all / 3, "{some} trains short of wagons, {left} of {all} wagons left");
}

/// A random corridor with both directions, closures and quotas.
fn case(number: u64) -> Vec<(&'static str, String, String)> {
    let key = StreamKey { seed: number, replication: 0 };
    let mut dice: Stream = key.stream(address(&["random border"]), 0);
    let mut of = |n: u64| dice.below(n);
    let turn = if of(2) == 0 { "turn = { after_min = 60 }\n" } else { "" };
    let mut more = String::new();
    if of(2) == 0 {
        let _ = writeln!(more, "kept_share = 0.0{}", of(10));
    }
    if of(2) == 0 {
        let _ = writeln!(more, "fleet_far_wagons = {}", of(80));
    }
    let unloads = format!("unloading_places = {}\nunloading_h = 2\nreturn_days = {}\n", 1 + of(20), of(4));
    let approach = format!("approach_days = {}", of(9));
    let rail = beyond(&more).replace("approach_days = 6", &approach);
    let rail = if of(2) == 0 { rail.replace("turnaround_days = 4\n", &unloads) } else { rail };
    let mut changes = way_back(&rail, turn);
    changes.push(("routes.toml", "fleet_wagons = 200".into(), format!("fleet_wagons = {}", 10 + of(200))));
    changes.push(("border.toml", "yard_tracks = 3".into(), format!("yard_tracks = {}", 1 + of(4))));
    changes.push(("border.toml", "yard_tracks = 4".into(), format!("yard_tracks = {}", 1 + of(4))));
    // Two closures, a quota after each.
    let header = "crossing,from,to,state,start_uncertainty_days,trains_per_day,wagons_per_train,capacity_share,hold_days,restrictions,confidence,start_basis,reasoning,source,assumed";
    let (a, b, d, e) = (2 + of(10), 14 + of(10), 1 + of(12), 15 + of(12));
    let quota =
        |of: &mut dyn FnMut(u64) -> u64| if of(2) == 0 { format!("{},{}", 1 + of(3), 4 + of(14)) } else { ",".into() };
    let (q1, q2) = (quota(&mut of), quota(&mut of));
    let quarantine = if of(2) == 0 { "quarantine" } else { "" };
    let rows = format!(
        "{header}\nRAIL,2024-01-01,2024-01-{a:02},open,0,,,,,,high,,,,test\n\
         RAIL,2024-01-{:02},2024-01-{b:02},suspended,0,,,,,,high,,,,test\n\
         RAIL,2024-01-{:02},2024-02-{d:02},limited,0,{q1},,,{quarantine},high,,,,test\n\
         RAIL,2024-02-{:02},2024-02-{e:02},suspended,3,,,,,,high,,,,test\n\
         RAIL,2024-02-{:02},,limited,0,{q2},,3,{quarantine},high,,,,test\n\
         ROAD,2024-01-01,,open,0,,,0.2,,,high,,,,test\n",
        a + 1,
        b + 1,
        d + 1,
        e + 1,
    );
    let old = template("both ways").into_iter().find(|f| f.0 == "regimes.csv").expect("regimes").1;
    changes.push(("regimes.csv", old, rows));
    changes
}

#[test]
fn random_borders_lose_no_wagon_no_tonne_and_no_dollar() {
    let number = std::env::var("RANDOM_BORDERS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let (mut trains, mut waited) = (0, 0.0_f32);
    let first = std::env::var("RANDOM_BORDERS_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for n in first..first + number {
        eprintln!("border {n}");
        let c = corridor(&case(n));
        let (out, _) = run(&c, if n % 2 == 0 { Draw::central(n) } else { Draw::replication(n, 1) });
        trains += out.months.iter().map(|m| m.trains[0] + m.trains[1]).sum::<u32>();
        waited = out.standing.iter().flatten().map(|s| s.trains()).fold(waited, f32::max);
    }
    eprintln!("{number} borders: {trains} trains crossed, at most {waited:.0} waited");
    assert!(u64::from(trains) > number * 20, "too little happens to tell anything");
}

/// A train that passes the border station without stopping was booked over the border before its head was there, and
/// what another route released meanwhile came after it in the books.
#[test]
fn books_stay_in_order_where_trains_pass_the_border_without_stopping() {
    run(&corridor(&case(285)), Draw::replication(285, 1));
}
