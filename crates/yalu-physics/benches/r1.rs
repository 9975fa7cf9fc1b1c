//! Job R1: what one run, and the times between all its stands, cost, profile included.

use std::time::Instant;
use yalu_physics::{
    Exit, GRAVITY, PathProfile, PathTimes, Piece, Place, Resistance, TIMES_TOLERANCE_MPS, Traction, Train, Way, run,
};

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
    Train {
        mass_kg,
        length_m: 560.0,
        rotating_mass_factor: 1.04,
        resistance: Resistance {
            constant_n: mass_kg * GRAVITY * 0.0015,
            linear_n_per_mps: 0.0,
            quadratic_n_per_mps2: 98.0,
        },
        traction: Traction::power(400_000.0, 3.0e6),
        service_braking_mps2: 0.30,
        max_speed_mps: 80.0 / 3.6,
    }
}

fn profile() -> PathProfile {
    let piece = |(i, g): (usize, &f64)| Piece {
        from_m: i as f64 * 1e4,
        to_m: (i + 1) as f64 * 1e4,
        gradient_permille: *g,
        speed_limit_mps: 80.0 / 3.6,
        curve_radius_m: None,
    };
    match PathProfile::new([0.0, 6.0, 0.0, -6.0, 3.0, -3.0].iter().enumerate().map(piece).collect()) {
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
