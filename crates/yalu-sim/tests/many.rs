//! Many trains that wait outside the line cost no more each than few.
mod support;

use support::job_r1;
use yalu_model::Every;
use yalu_plan::{Draw, compile};
use yalu_sim::{Recorded, simulate};

#[test]
fn trains_that_wait_outside_cost_no_more_the_more_there_are() {
    let mut each = Vec::new();
    for trains in [250, 500, 1000, 2000] {
        let mut c = job_r1(90);
        for s in &mut c.trains.services {
            s.every = Some(Every { first_s: 0, every_s: 1, trains: Some(trains) });
        }
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let begun = std::time::Instant::now();
        let (out, trace) = simulate(&c, &plan, Draw::central(1), Recorded::Trains);
        let took = begun.elapsed();
        assert_eq!((out.deadlocks, trace.expect("a trace").trains.len()), (0, 2 * trains as usize));
        each.push(out.events as f64 / f64::from(2 * trains));
        eprintln!("{trains} each way: {} events, {:.1} a train, {took:?}", out.events, each[each.len() - 1]);
    }
    assert!(each[3] < each[0] * 1.1, "events a train: {each:?}");
}
