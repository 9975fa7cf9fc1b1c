//! A closure in pairs of runs, and twice the trains: they are the runs of the ensemble, and their shares add up.
use std::path::Path;
use yalu_model::{Corridor, Quantity};
use yalu_plan::{Plan, compile};
use yalu_scenario::{load, read_folder};
use yalu_study::{closure_runs, ensemble, story_closure, twice_trains};
use yalu_units::Instant;

fn scenario(name: &str) -> Corridor {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
    load(&read_folder(&dir).expect("it is there"), &[]).corridor.expect("it loads")
}

fn at(c: &Corridor, (y, m, d): (i16, i8, i8)) -> Instant {
    yalu_calendar::local_midnight(&c.horizon.zones[c.horizon.zone].name, y, m, d).expect("a day")
}

/// The flagship over the year of its story.
fn flagship() -> (Corridor, Plan) {
    let mut c = scenario("dandong-sinuiju");
    (c.horizon.from, c.horizon.to) = (at(&c, (2021, 7, 1)), at(&c, (2023, 5, 1)));
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    (c, plan)
}

#[test]
fn the_runs_of_a_closure_are_those_of_the_ensemble() {
    let (c, plan) = flagship();
    let closure = story_closure(&c).expect("a closure");
    let (runs, told) = closure_runs(&c, &plan, 7, 2, closure, &|| ());
    let alone = ensemble(&c, &plan, 7, 2, &|| ());
    assert_eq!((&runs.central, &runs.drawn), (&alone.central, &alone.drawn));
    let (cost, pairs) = told.expect("it is told");
    assert_eq!((cost.replications, pairs.comparison.replications), (2, 2));
    assert_eq!(pairs.comparison.out_of_balance, [0; 3], "the books of every run are in balance");
    let recovery = pairs.comparison.recovery.expect("it recovers");
    assert!(recovery.second_is_shut && recovery.loss_days.p05() > 0.0, "{recovery:?}");
    let shown = runs.show_nearest(&|_| std::borrow::Cow::Borrowed(&c), &plan, 7);
    let at = shown.shown.expect("one of two is shown") as usize - 1;
    assert_eq!(shown.central.months, shown.drawn[at].months, "it is the replication, simulated once more");
    assert!(!shown.trace.trains.is_empty());
}

#[test]
fn the_months_of_a_closure_are_shares_of_the_runs() {
    let (c, plan) = flagship();
    let closure = story_closure(&c).expect("a closure");
    let (runs, told) = closure_runs(&c, &plan, 7, 1, closure, &|| ());
    let cost = told.expect("it is told").0;
    let m = cost.by_month.expect("months before it are told");
    let month = |i: usize| plan.months[i];
    assert_eq!(month(m.last_before), (2022, 4), "shut on two of its days");
    assert_eq!((month(m.before.0), month(m.before.1)), ((2022, 2), (2022, 4)));
    let told: Vec<_> = m.months.iter().map(|x| (month(x.month), x.days_running)).collect();
    assert_eq!(told, [((2022, 5), 0), ((2022, 6), 0), ((2022, 7), 0), ((2022, 8), 0), ((2022, 9), 5)]);
    assert!(m.share_before.p50() > 0.0 && m.share_before.p50() < 1.0);
    let exports = |i: usize| runs.central.months[i].exports_cents as f64 / 100.0;
    for x in &m.months {
        // One run: the loss is the declared month against the same month left running.
        let left = cost.left_running_usd[x.month - cost.months.0].p50();
        assert!((x.lost.p50() - (1.0 - exports(x.month) / left)).abs() < 1e-12, "{x:?}");
        // Other ways carry no more than all exports, and but for what goes by wire all of them where no train runs.
        let all = exports(x.month) / exports(m.last_before);
        assert!(x.by_others.p50() <= all + 1e-12, "{x:?} {all}");
        assert!(x.days_running > 0 || all - x.by_others.p50() < 0.05, "{x:?} {all}");
    }
    let (left, made): (f64, f64) = m
        .months
        .iter()
        .fold((0.0, 0.0), |(l, e), x| (l + cost.left_running_usd[x.month - cost.months.0].p50(), e + exports(x.month)));
    assert!((m.lost.p50() - (1.0 - made / left)).abs() < 1e-12);
}

#[test]
fn a_closure_outside_the_months_told_is_not_told() {
    let (c, _) = flagship();
    let closure = story_closure(&c).expect("a closure");
    let plan = compile(&c, at(&c, (2022, 8, 1))).expect("it compiles");
    let (runs, told) = closure_runs(&c, &plan, 7, 1, closure, &|| ());
    assert!(told.is_none() && runs.drawn.is_empty());
    assert_eq!(runs.central, ensemble(&c, &plan, 7, 1, &|| ()).central);
}

#[test]
fn where_a_quota_binds_twice_the_trains_run() {
    let mut c = scenario("malaszewicze-brest");
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let story = c.about.story.clone().expect("a story");
    let asked = (story.crossing, story.day);
    let declared = ensemble(&c, &plan, 7, 2, &|| ());
    assert_eq!(twice_trains(&c, &plan, 7, asked, &declared, &|| ()), None, "no regime sets a number");
    for r in c.border.regimes.iter_mut().filter(|r| r.crossing == story.crossing && r.from > story.day) {
        r.trains_per_day = Some(Quantity::assumed("regime.quota", 4.0, "a test"));
    }
    let declared = ensemble(&c, &plan, 7, 2, &|| ());
    let x = twice_trains(&c, &plan, 7, asked, &declared, &|| ()).expect("a quota to double");
    assert_eq!((x.allowed, x.replications), ((4.0, Some(20)), 2));
    // Two pairs: their medians are means, so that the differences add up.
    let (with, without) = (x.trains[1].p50(), x.trains[0].p50());
    assert!(x.trains_more.p05() > 0.0 && x.rail_t.p05() > 0.0, "{x:?}");
    assert!((x.trains_more.p50() - (with - without)).abs() < 1e-9 && with < 2.0 * without, "{x:?}");
}
