//! A finished run as points for pictures and tables.

use yalu_chart::{Binds, RunPoint};
use yalu_physics::{Mark, TrainRun};

/// The run at every change of what binds, and at least every so many metres.
pub fn points(run: &TrainRun, step_m: f64) -> Vec<RunPoint> {
    let all = run.points(step_m).into_iter();
    all.map(|p| RunPoint {
        at_m: p.at_m,
        time_s: p.time_s,
        speed_mps: p.speed_mps,
        limit_mps: p.allowed_mps,
        braking_mps: p.braking_mps,
        gradient_permille: p.gradient_permille,
        mark: binds(p.mark),
    })
    .collect()
}

/// The word of a chart for what binds.
pub fn binds(mark: Mark) -> Binds {
    match mark {
        Mark::Traction => Binds::Traction,
        Mark::Power => Binds::Power,
        Mark::Adhesion => Binds::Adhesion,
        Mark::Limit => Binds::Limit,
        Mark::Braking => Binds::Braking,
    }
}
