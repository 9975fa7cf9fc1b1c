//! Oracles of line capacity: closed forms, published and computed figures.
use yalu_capacity::{
    DAY_S, DelayCurve, Displacing, LineUse, ParallelDiagram, RunTimes, Scheme, StationIntervals, WindowRun,
    WindowedSection, additional_time_rate, capacity_consumption, double_track_per_day, meets_per_train,
    non_parallel_freight_per_day, non_parallel_pairs_rounded, non_parallel_trains_rounded, occupancy_time_rate,
    parallel_rounded, platoon_cycle_s, schemes, scott_trains_per_day, smallest,
};

const MIN: f64 = 60.0;

fn near(seen: f64, want: f64, within: f64) {
    assert!((seen - want).abs() <= within, "{seen} is not within {within} of {want}");
}

fn diagram(cycle_s: f64, units_per_cycle: f64) -> ParallelDiagram {
    ParallelDiagram { cycle_s, units_per_cycle, fixed_s_per_day: 0.0, effective_share: 1.0 }
}

#[test]
fn platoons_of_one_two_three() {
    let pair = 44.0 * MIN;
    for (k, cycle_min, trains) in [(1, 44.0, 65.454_545), (2, 60.0, 96.0), (3, 76.0, 113.684_210)] {
        let cycle = platoon_cycle_s(pair, k, 8.0 * MIN, 8.0 * MIN).unwrap();
        near(cycle, cycle_min * MIN, 1e-9);
        near(diagram(cycle, 2.0 * k as f64).per_day().unwrap(), trains, 1e-6);
    }
}

#[test]
fn four_ways_of_clearing_the_limiting_section() {
    let run = |m: f64| RunTimes { pass_pass_s: m * MIN, start_add_s: 2.0 * MIN, stop_add_s: MIN };
    let ends = StationIntervals { non_simultaneous_s: 4.0 * MIN, meeting_s: 2.0 * MIN };
    let all = schemes(&run(16.0), &run(17.0), &ends, &ends).unwrap();
    assert_eq!(all.map(|s| s.cycle_s / MIN), [43.0, 41.0, 42.0, 42.0]);
    let chosen = smallest(&all);
    assert_eq!(chosen.scheme, Scheme::LeavingPass);
    near(chosen.running_s + chosen.start_stop_s + chosen.intervals_s, 41.0 * MIN, 1e-9);
    let mut day = diagram(chosen.cycle_s, 1.0);
    near(parallel_rounded(day.per_day().unwrap()), 35.1, 1e-12);
    day.fixed_s_per_day = 90.0 * MIN;
    day.effective_share = 0.9;
    near(parallel_rounded(day.per_day().unwrap()), 29.6, 1e-12);
}

/// Each end and each direction takes its own part: unequal values tell them apart.
#[test]
fn schemes_take_the_right_end_and_direction() {
    let out = RunTimes { pass_pass_s: 1000.0, start_add_s: 1.0, stop_add_s: 20.0 };
    let back = RunTimes { pass_pass_s: 2000.0, start_add_s: 300.0, stop_add_s: 4000.0 };
    let a = StationIntervals { non_simultaneous_s: 50_000.0, meeting_s: 600_000.0 };
    let b = StationIntervals { non_simultaneous_s: 7_000_000.0, meeting_s: 80_000_000.0 };
    let cycles = schemes(&out, &back, &a, &b).unwrap().map(|s| s.cycle_s - 3000.0);
    assert_eq!(cycles, [7_054_020.0, 80_600_301.0, 80_054_300.0, 7_600_021.0]);
}

#[test]
fn rounding_and_deductions() {
    let pairs = [(20.49, 20.0), (20.5, 20.5), (20.99, 20.5), (0.3, 0.0)];
    for (exact, rounded) in pairs {
        assert_eq!(non_parallel_pairs_rounded(exact), rounded);
    }
    assert_eq!(non_parallel_trains_rounded(79.3), 79.0);
    assert_eq!(non_parallel_trains_rounded(79.6), 79.0);
    assert_eq!(non_parallel_trains_rounded(0.1 * 3.0 * 10.0), 3.0);
    let passenger = [Displacing { per_day: 4.0, coefficient: 1.2 }];
    let pick_up = [Displacing { per_day: 2.0, coefficient: 1.5 }];
    near(non_parallel_freight_per_day(29.6, &passenger, &pick_up).unwrap(), 29.6 - 4.8 - 1.0, 1e-12);
    let many = [Displacing { per_day: 40.0, coefficient: 1.2 }];
    assert_eq!(non_parallel_freight_per_day(29.6, &many, &[]).unwrap(), 0.0);
    near(double_track_per_day(480.0, 7200.0, 0.9).unwrap(), 148.5, 1e-9);
}

#[test]
fn scott() {
    for (t, op, e, trains) in
        [(10.0, 2.0, 0.9, 108.0), (20.0, 100.0, 0.75, 9.0), (20.0, 5.0, 0.7, 40.32), (24.0, 4.0, 0.7, 36.0)]
    {
        near(scott_trains_per_day(t * MIN, op * MIN, e).unwrap(), trains, 1e-9);
    }
}

#[test]
fn occupancy_and_consumption() {
    near(occupancy_time_rate(16.0 * 64.0 * MIN, DAY_S).unwrap(), 0.7111, 1e-4);
    let limit = LineUse::Mixed.recalled_limit().day;
    let additional = additional_time_rate(limit).unwrap();
    near(additional, 2.0 / 3.0, 1e-12);
    near(capacity_consumption(limit * DAY_S, additional, DAY_S).unwrap(), 1.0, 1e-12);
    assert!(occupancy_time_rate(1.0, 0.0).is_err());
    assert!(capacity_consumption(1.0, -0.1, DAY_S).is_err());
    assert!(additional_time_rate(0.0).is_err() && additional_time_rate(1.5).is_err());
}

#[test]
fn meets_and_delay() {
    near(meets_per_train(10.0, 5.0 * 3600.0, 5.0 * 3600.0).unwrap(), 4.1667, 5e-5);
    let curve = DelayCurve::through((10.0, 600.0), (30.0, 2400.0)).unwrap();
    near(curve.delay_at_zero_s, 300.0, 1e-9);
    near(curve.delay_s(20.0).unwrap(), 1200.0, 1e-9);
    near(curve.practical_trains_per_day(1200.0).unwrap(), 20.0, 1e-9);
    assert_eq!(curve.practical_trains_per_day(100.0).unwrap(), 0.0);
    assert!(curve.delay_s(1e6).is_err() && curve.delay_s(-1.0).is_err());
    assert!(DelayCurve::through((10.0, 600.0), (10.0, 700.0)).is_err());
    assert!(DelayCurve::through((10.0, 600.0), (20.0, 500.0)).is_err());
}

fn bridge() -> WindowedSection {
    let run = WindowRun { traverse_s: 20.0 * MIN, headway_s: 8.0 * MIN };
    WindowedSection { out: run, back: run, turn_s: 2.0 * MIN, closed_s_per_day: 0.0 }
}

/// A window for exactly k trains is a platoon of k.
#[test]
fn windows_are_platoons() {
    for (k, trains) in [(1, 65.454_545), (2, 96.0), (3, 113.684_210)] {
        let window = (22.0 + 8.0 * f64::from(k - 1)) * MIN;
        let plan = bridge().plan(window, window).unwrap();
        assert_eq!((plan.trains_out, plan.trains_back), (k as u32, k as u32));
        near(plan.trains_per_day(), trains, 1e-6);
        near(plan.clearing_share, 22.0 * MIN / window, 1e-12);
        // A minute more carries no train more.
        assert!(bridge().plan(window + MIN, window + MIN).unwrap().trains_per_day() < plan.trains_per_day());
    }
    let none = bridge().plan(21.0 * MIN, 60.0 * MIN).unwrap();
    assert_eq!((none.trains_out, none.trains_back), (0, 5));
    near(none.clearing_share, 43.0 / 81.0, 1e-12);
}

#[test]
fn best_and_shortest_windows() {
    let best = bridge().best_window(60.0 * MIN).unwrap();
    near(best.window_out_s, 54.0 * MIN, 1e-9);
    near(best.pairs_per_day(), 5.0 * 1440.0 / 108.0, 1e-9);
    // Closed 96 of 108 min to a train out: the window back, and 22 min of its own for clearing.
    near(best.wait_out_s, 76.0 * 76.0 / 216.0 * MIN, 1e-9);
    let short = bridge().shortest_window(48.0, 40.0, 240.0 * MIN).unwrap().unwrap();
    near(short.window_out_s, 30.0 * MIN, 1e-9);
    assert_eq!(bridge().shortest_window(90.0, 90.0, 240.0 * MIN).unwrap(), None);
    assert_eq!(bridge().best_window(10.0 * MIN).unwrap().trains_per_day(), 0.0);
    let rows = bridge().table(&[3600.0, 7200.0, 14_400.0]).unwrap();
    assert!(rows.windows(2).all(|w| w[0].clearing_share > w[1].clearing_share && w[0].wait_out_s < w[1].wait_out_s));
    assert!(bridge().plan(0.0, 60.0).is_err() && bridge().table(&[f64::NAN]).is_err());
    assert!(WindowedSection { turn_s: -1.0, ..bridge() }.plan(3600.0, 3600.0).is_err());
    let dense = WindowRun { traverse_s: 60.0, headway_s: 1e-3 };
    assert!(WindowedSection { out: dense, ..bridge() }.best_window(86_400.0).is_err());
}

#[test]
fn bad_numbers_are_refused() {
    for bad in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
        assert!(scott_trains_per_day(bad, 1.0, 0.7).is_err());
        assert!(scott_trains_per_day(1.0, bad, 0.7).is_err());
        assert!(scott_trains_per_day(1.0, 1.0, bad).is_err());
        assert!(diagram(bad, 1.0).per_day().is_err());
        assert!(diagram(60.0, bad).per_day().is_err());
        assert!(ParallelDiagram { fixed_s_per_day: bad, ..diagram(60.0, 1.0) }.per_day().is_err());
        assert!(ParallelDiagram { effective_share: bad, ..diagram(60.0, 1.0) }.per_day().is_err());
        assert!(platoon_cycle_s(60.0, 1, bad, 1.0).is_err());
        assert!(meets_per_train(1.0, bad, 1.0).is_err());
        assert!(occupancy_time_rate(bad, 1.0).is_err());
        let ends = StationIntervals { non_simultaneous_s: 1.0, meeting_s: 1.0 };
        let run = RunTimes::passing(60.0);
        assert!(schemes(&RunTimes::passing(bad), &run, &ends, &ends).is_err());
        assert!(schemes(&run, &run, &ends, &StationIntervals { meeting_s: bad, ..ends }).is_err());
    }
    assert!(scott_trains_per_day(0.0, 1.0, 0.7).is_err() && scott_trains_per_day(1.0, 1.0, 1.01).is_err());
    assert!(platoon_cycle_s(60.0, 0, 1.0, 1.0).is_err() && diagram(0.0, 1.0).per_day().is_err());
    let said = scott_trains_per_day(600.0, 60.0, 1.5).unwrap_err().to_string();
    assert_eq!(said, "the efficiency must be between 0 and 1, not 1.5");
}
