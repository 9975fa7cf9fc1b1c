//! Job R1 above what its line takes: both ways go on arriving, and none waits for ever.
mod support;

use support::job_r1;
use yalu_check::check;
use yalu_model::{Corridor, Every};
use yalu_plan::{Draw, compile};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::Trace;
use yalu_units::Span;

fn ran(days: i64, every_s: u32, trains: Option<u32>) -> (Corridor, Outcome, Trace) {
    let mut c = job_r1(days);
    for s in &mut c.trains.services {
        s.every = Some(Every { first_s: 0, every_s, trains });
    }
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(&c, &plan, Draw::central(1), Recorded::Trains);
    let trace = trace.expect("a trace");
    assert_eq!(out.deadlocks, 0);
    assert_eq!(check(&c, &trace), []);
    (c, out, trace)
}

#[test]
fn both_ways_arrive_however_many_wait() {
    for every_s in [60, 300, 600, 900, 1200] {
        let (c, out, trace) = ran(5, every_s, None);
        let mut arrived = [0_u32; 2];
        for t in trace.trains.iter().filter(|t| trace.times_of(t).last().is_some_and(|x| x.arrive < c.horizon.to)) {
            arrived[t.line as usize] += 1;
        }
        eprintln!("every {every_s} s: {arrived:?} arrive, {} events, {} beyond", out.events, out.refused_beyond_window);
        // A pair in 1,500 s is 288 in five days.
        assert!(
            arrived.iter().all(|n| *n > 270) && arrived[0].abs_diff(arrived[1]) <= 10,
            "every {every_s} s: {arrived:?}"
        );
    }
}

/// What SUMO 1.28.0 makes of 72 trains each way, once 600 s apart and once 60 s: mean seconds from schedule to arrival.
#[test]
fn a_standing_queue_is_worked_off_as_fast_as_by_sumo() {
    for (every_s, sumo_s) in [(600, 34_934.0), (60, 54_104.0)] {
        let (_, _, trace) = ran(10, every_s, Some(72));
        assert_eq!(trace.trains.len(), 144, "all arrive");
        let run = |t: &yalu_trace::TrainRun| trace.times_of(t).last().map_or(Span(0), |x| x.arrive - t.scheduled);
        let mean_s = trace.trains.iter().map(|t| run(t).0 as f64 / 1000.0).sum::<f64>() / 144.0;
        eprintln!(
            "every {every_s} s: mean {mean_s:.0} s, SUMO {sumo_s:.0} s: {:+.1} %",
            (mean_s / sumo_s - 1.0) * 100.0
        );
        assert!(mean_s < sumo_s * 1.10, "every {every_s} s: {mean_s}");
    }
}

#[test]
fn four_months_of_four_times_too_many_trains_are_simulated_in_bounded_work() {
    let mut c = job_r1(120);
    for s in &mut c.trains.services {
        s.every = Some(Every { first_s: 0, every_s: 350, trains: None });
    }
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let begun = std::time::Instant::now();
    let out = simulate(&c, &plan, Draw::central(1), Recorded::Nothing).0;
    eprintln!(
        "{} events in {:.1} s, {} refused, {} beyond",
        out.events,
        begun.elapsed().as_secs_f64(),
        out.refused_for_safety,
        out.refused_beyond_window
    );
    assert_eq!(out.deadlocks, 0);
}
