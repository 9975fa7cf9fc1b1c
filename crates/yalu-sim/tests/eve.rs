//! A closure of a shipped corridor takes the days that it names, no more.
use std::path::Path;
use yalu_check::check;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{close, load, read_folder, render};
use yalu_sim::{Recorded, simulate};
use yalu_trace::Trace;

/// A shipped corridor in a month, with some days shut.
fn trace(folder: &str, (from, to): ((i16, i8, i8), (i16, i8, i8)), shut: &[String]) -> (Corridor, Trace) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(folder);
    let mut c = load(&read_folder(&dir).expect("it is there"), &[]).corridor.expect("it loads");
    let zone = c.horizon.zones[c.horizon.zone].name.clone();
    let midnight = |d: (i16, i8, i8)| yalu_calendar::local_midnight(&zone, d.0, d.1, d.2).expect("a day");
    (c.horizon.from, c.horizon.to) = (midnight(from), midnight(to));
    let problems = close(&mut c, shut, &[]);
    assert!(problems.is_empty(), "{}", render(&problems, false));
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let trace = simulate(&c, &plan, Draw::central(c.sampling.seed), Recorded::Trains).1.expect("a trace");
    assert_eq!(check(&c, &trace), [], "rules broken");
    (c, trace)
}

/// Trains that crossed on each day.
fn trains(c: &Corridor, trace: &Trace) -> Vec<u32> {
    let mut out = vec![0; (c.horizon.to - c.horizon.from).as_days().round() as usize];
    for d in &trace.days {
        out[(d.end - c.horizon.from).as_days().round() as usize - 1] += d.trains;
    }
    out
}

const MARCH: ((i16, i8, i8), (i16, i8, i8)) = ((2025, 2, 1), (2025, 4, 1));
/// Days from the first of February to the twelfth of March.
const TWELFTH: usize = 28 + 11;

#[test]
fn trains_run_on_the_eve_of_a_closure_and_on_the_last_day() {
    let (c, t) = trace("malaszewicze-brest", MARCH, &["MAL-BREST-RAIL:2025-03-12..2025-03-12".to_owned()]);
    let trains = trains(&c, &t);
    let usual = trains[20..TWELFTH - 1].iter().sum::<u32>() as usize / (TWELFTH - 1 - 20);
    let (eve, shut, last) = (trains[TWELFTH - 1], trains[TWELFTH], trains[trains.len() - 1]);
    assert_eq!(shut, 0, "the day named");
    assert!(eve as usize * 10 >= usual * 9, "{eve} of {usual} trains on the eve: {trains:?}");
    assert!(last as usize * 10 >= usual * 9, "{last} of {usual} trains on the last day: {trains:?}");
}

/// Wagons that stand empty beyond the border are fetched while trains on the near side lack them.
#[test]
fn empties_beyond_are_fetched_while_trains_lack_wagons() {
    let (c, t) = trace("dandong-sinuiju", ((2018, 1, 1), (2019, 1, 1)), &[]);
    let rail =
        c.trade.routes.enumerated().find(|(_, r)| r.rail.is_some()).map(|(id, _)| id.0).expect("a route by rail");
    let days = || t.days.iter().filter(|d| u32::from(d.route) == rail);
    let far = days().map(|d| d.wagons_far).sum::<u32>() / days().count() as u32;
    let trains = days().map(|d| d.trains).sum::<u32>();
    // 645 trains are due out and back. Once 161 of 250 wagons stood beyond the border, and 1,054 trains ran.
    assert!(trains > 2 * 630 && far < 130, "{trains} trains, {far} wagons beyond the border");
}
