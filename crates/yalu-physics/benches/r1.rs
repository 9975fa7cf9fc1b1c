//! Job R1: what one run, and the times between all its stands, cost, profile included.

use std::time::Instant;
use yalu_physics::reference::{r1_line, r1_train};
use yalu_physics::{Exit, GRAVITY, PathProfile, PathTimes, Place, Resistance, TIMES_TOLERANCE_MPS, Train, Way, run};

fn main() {
    const RUNS: u32 = 100;
    const BATCHES: u32 = 200;
    let once = |what: &str, job: &dyn Fn(u32)| {
        job(0);
        let mut least = f64::INFINITY;
        for batch in 0..BATCHES {
            let begin = Instant::now();
            for i in 0..RUNS {
                job(batch * RUNS + i);
            }
            least = least.min(begin.elapsed().as_secs_f64() / f64::from(RUNS) * 1e6);
        }
        println!("{what}: {least:.1} µs");
    };
    println!(
        "job R1, 60 km, 3,330 t and up, {} different trains each, the quickest of {BATCHES} batches",
        RUNS * BATCHES
    );
    once("one run, profile included", &|i| {
        let r = run(&train(i), &profile(), 560.0, 60_000.0, 0.0, Exit::Stop);
        std::hint::black_box(r.map(|r| r.duration_s()).ok());
    });
    once("one run and its times at seven stands", &|i| {
        let t = PathTimes::new(&train(i), &profile(), 560.0, places(), vec![Vec::new(); 6]);
        std::hint::black_box(t.map(|t| t.at(0, 6).stop_ms).ok());
    });
    once("the same, and times from a start at each stand", &|i| {
        let t = PathTimes::new(&train(i), &profile(), 560.0, places(), vec![Vec::new(); 6]);
        std::hint::black_box(t.map(|t| (0..6).map(|k| t.at(k, 6).stop_ms).sum::<i64>()).ok());
    });
    let Ok(way) = Way::new(&profile(), 560.0) else { return };
    once("different masses on a shared way: one run and its times at seven stands", &|i| {
        let t = PathTimes::on(&train(i), &way, 560.0, places(), vec![Vec::new(); 6], TIMES_TOLERANCE_MPS);
        std::hint::black_box(t.map(|t| t.at(0, 6).stop_ms).ok());
    });
}

fn train(i: u32) -> Train {
    let mass_kg = 3_330_000.0 + f64::from(i);
    let resistance = Resistance { constant_n: mass_kg * GRAVITY * 0.0015, ..r1_train().resistance };
    Train { mass_kg, resistance, ..r1_train() }
}

fn profile() -> PathProfile {
    match r1_line() {
        Ok(p) => p,
        Err(e) => panic!("{e}"),
    }
}

fn places() -> Vec<Place> {
    let mut all: Vec<Place> =
        (1..6).map(|k| f64::from(k) * 1e4).map(|m| Place { enter_m: m - 500.0, stop_m: m + 500.0 }).collect();
    all.insert(0, Place { enter_m: 0.0, stop_m: 1000.0 });
    all.push(Place { enter_m: 59_000.0, stop_m: 60_000.0 });
    all
}
