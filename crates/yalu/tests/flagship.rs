//! The flagship corridor: it loads, its trace breaks no rule, and its shape is what was seen, before any tuning.
mod program;

use program::{json, yalu};
use std::path::Path;
use yalu_model::Corridor;
use yalu_plan::{Draw, Plan, compile};
use yalu_scenario::{Severity, load, read_folder, render};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::{Trace, TrainKind};

fn corridor() -> Corridor {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
    let loaded = load(&read_folder(&dir).expect("it is there"), &[]);
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    assert!(errors.is_empty(), "{}", render(&errors, false));
    loaded.corridor.expect("a corridor")
}

fn central() -> (Corridor, Plan, Outcome, Trace) {
    let c = corridor();
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(&c, &plan, Draw::central(c.sampling.seed), Recorded::Trains);
    (c, plan, out, trace.expect("a trace"))
}

#[test]
fn the_central_run_breaks_no_rule_and_has_the_shape_that_was_seen() {
    let (c, plan, out, trace) = central();
    assert_eq!(out.deadlocks, 0);
    assert_eq!(yalu_check::check(&c, &trace), []);
    let at = |y: i16, m: i8| &out.months[plan.months.iter().position(|x| *x == (y, m)).expect("a month")];
    let musd = |y: i16, m: i8| at(y, m).exports_cents as f64 / 1e8;
    // All routes shut: next to nothing crosses.
    for (y, m) in [(2020, 10), (2020, 11), (2020, 12), (2021, 1)] {
        assert!(musd(y, m) < 1.0, "{y}-{m} {}", musd(y, m));
    }
    // Early 2022: one train a day of ten to fifteen cars, and as many back with the empties.
    for m in [2, 3, 4] {
        let x = at(2022, m);
        assert!((24..=31).contains(&x.trains[0]), "2022-{m}: {} trains", x.trains[0]);
        let cars = f64::from(x.wagons_crossed[0][0]) / f64::from(x.trains[0]);
        assert!((10.0..=15.0).contains(&cars), "2022-{m}: {cars} cars");
        assert_eq!(x.wagons_crossed[1][0], 0, "cars go back empty");
    }
    // Summer 2022: recovery by sea, with no train.
    for m in 5..=8 {
        assert_eq!(at(2022, m).trains, [0, 0]);
    }
    assert!(musd(2022, 5) < 0.7 * musd(2022, 4) && musd(2022, 8) > 1.5 * musd(2022, 5));
    // A clear rise by November.
    assert!(musd(2022, 11) > 1.2 * musd(2022, 8), "{} {}", musd(2022, 11), musd(2022, 8));
    // Before 2020 the level is that of customs, 140 to 280 MUSD a month.
    assert!((1..=12).all(|m| (140.0..280.0).contains(&musd(2019, m))));
}

#[test]
fn on_three_days_the_train_leaves_at_0743_and_empties_are_back_about_0825() {
    let (c, plan, _, trace) = central();
    let bridge = c.trains.services.iter().position(|s| s.id == "bridge").expect("the bridge") as u32;
    for day in plan.days.iter().filter(|d| d.date.0 == 2022 && d.date.1 == 9 && (26..=28).contains(&d.date.2)) {
        let minutes = |t: yalu_units::Instant| (t - day.start).as_minutes();
        let today = |first: &yalu_trace::PointTime| day.start <= first.depart && first.depart < day.end;
        let runs: Vec<_> = trace
            .trains
            .iter()
            .filter(|r| r.kind == TrainKind::Freight && r.line == bridge && today(&trace.times_of(r)[0]))
            .collect();
        assert_eq!(runs.len(), 2, "one train out and one back on {:?}", day.date);
        let (out, back) = (runs[0], runs[1]);
        let (left, home) = (trace.times_of(out)[0].depart, trace.times_of(back).last().expect("an end").arrive);
        assert!((minutes(left) - 463.0).abs() < 0.5, "out at {}", minutes(left));
        assert!((minutes(home) - 505.0).abs() < 5.0, "back at {}", minutes(home));
        assert!((10..=20).contains(&out.loaded) && out.empty == 0 && back.loaded == 0 && back.empty > 0);
        // Not unloaded meanwhile: what comes back are wagons that stood there.
        let on_the_train =
            trace.cuts.iter().filter(|x| x.forward && x.formed <= left && x.ended.is_none_or(|e| e > home)).count();
        assert!(on_the_train > 0);
    }
}

#[test]
fn the_report_tells_the_closure_by_other_ways_and_twice_the_trains() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
    let dir = tempfile::tempdir().expect("a folder");
    let path = scenario.to_str().expect("a path");
    let args = ["run", path, "-o", "o", "--replications", "2", "--from", "2022-01-01", "--to", "2023-04-30", "--json"];
    let r = json(&yalu(dir.path(), &args));
    let by_month = &r["closure_cost"]["by_month"];
    assert_eq!(
        (by_month["last_before"].as_str(), by_month["months"][4]["days_running"].as_u64()),
        (Some("2022-04"), Some(5))
    );
    assert!(r["closure_cost"]["recovery"]["lost_days_of_flow"]["p50"].as_f64().is_some_and(|d| d > 0.0));
    assert_eq!(
        (r["twice_trains"]["trains_allowed"].as_f64(), r["twice_trains"]["pairs"].as_u64()),
        (Some(1.0), Some(2))
    );
    let page = std::fs::read_to_string(dir.path().join("o/report.html")).expect("a page");
    for id in ["f-closure-service", "f-closure-backlog", "f-closure-bearers", "f-other-ways", "f-share-loss"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    // From observed.csv: 14.5, 59.7, 71.5 and 90.1 of 98.1 MUSD.
    for words in
        ["15\u{202f}% in May 2022", "61\u{202f}% in Jul 2022", "73\u{202f}% in Aug 2022", "92\u{202f}% in Sep 2022"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("2 trains a day instead of 1"));
}
