//! The template's corridor with rail both ways, changed by texts; its runs, and that nothing in them is lost.
#![allow(dead_code)]
use std::collections::BTreeMap;
use yalu_check::check;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, render, template};
use yalu_sim::{MonthOutcome, Outcome, Recorded, simulate};
use yalu_trace::{GoodsAccount, Trace, WagonAccount};

/// File, what is put in place of what.
pub type Change = (&'static str, String, String);

/// The template's corridor with a rail route back, and some texts of its files put in place of others.
pub fn corridor(changes: &[Change]) -> Corridor {
    let mut files: BTreeMap<String, String> = template("both ways").into_iter().collect();
    for (file, find, put) in changes {
        let text = files.get_mut(*file).expect("a file of the template");
        assert!(text.contains(find.as_str()), "`{find}` is in {file}");
        *text = text.replace(find.as_str(), put);
    }
    let files = files.into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)))
}

/// A service and a route from the second country to the first.
pub fn way_back(rail: &str, turn: &str) -> Vec<Change> {
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
colour = "brown"
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
pub fn beyond(more: &str) -> String {
    format!(
        "approach_days = 6\n\n[route.rail]\nover_border = \"bridge-back\"\nfleet_wagons = 120\nloading_places = 20\n\
         loading_h = 1\nturnaround_days = 4\n{more}assumed = \"test\"\n"
    )
}

pub fn run(c: &Corridor, draw: Draw) -> (Outcome, Trace) {
    let plan = compile(c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(c, &plan, draw, Recorded::Trains);
    let trace = trace.expect("a trace");
    assert_eq!(out.deadlocks, 0, "trains that can never move again");
    assert_eq!(check(c, &trace), [], "rules broken");
    assert_eq!(out, simulate(c, &plan, draw, Recorded::Nothing).0, "the same twice");
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
            c.trade.routes.as_slice()[usize::from(w.route)].id
        );
    }
    assert_eq!(fleet.values().sum::<i64>(), bought, "wagons");
}
