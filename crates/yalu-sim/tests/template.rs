//! The corridor of `yalu new`, simulated.
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, template};
use yalu_sim::{Recorded, simulate};

fn corridor() -> yalu_model::Corridor {
    let files = template("example").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    load(&Folder { files, ..Folder::default() }, &[]).corridor.expect("the template loads")
}

#[test]
fn goods_cross_and_nothing_is_lost() {
    let c = corridor();
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(&c, &plan, Draw::central(1), Recorded::Trains);
    let trace = trace.expect("a trace");
    eprintln!("{:?}", out.months);
    eprintln!("{} events, {} trains", out.events, trace.trains.len());
    eprintln!("{:?}", out.reopenings);
    eprintln!("cuts {:?}", &trace.cuts[..5.min(trace.cuts.len())]);
    eprintln!("cuts {} steps {} refused {}", trace.cuts.len(), trace.steps.len(), out.refused_for_safety);
    assert_eq!(out.deadlocks, 0);
    assert!(out.months.iter().map(|m| m.trains[0]).sum::<u32>() > 0);
    assert!(out.months.iter().all(|m| m.exports_cents > 0));
}
