//! Queue and throughput by day as comma-separated values.

use super::Told;
use crate::words::field;
use std::fmt::Write as _;

/// One row a day and rail route: trains that wait, tonnes, what crossed; the central run.
pub fn days(told: &Told) -> String {
    let mut out = String::from(
        "day,route,trains_waiting,waiting_in_yard,waiting_held_back,tonnes_waiting,tonnes_approaching,tonnes_held,\
         wagons_stock,trains_crossed,wagons_crossed_loaded,wagons_crossed_empty\n",
    );
    let t = told.runs.trace.since(told.plan.report_from);
    for d in &t.days {
        let Some(route) = told.corridor.routes.as_slice().get(usize::from(d.route)).filter(|r| r.rail.is_some()) else {
            continue;
        };
        let _ = writeln!(
            out,
            "{},{},{:.2},{:.2},{:.2},{:.0},{:.0},{:.0},{},{},{},{}",
            told.date(d.end + yalu_units::Span(-1)),
            field(&route.id),
            d.standing.trains(),
            d.standing.in_yard,
            d.standing.held_back,
            (d.waiting_forward + d.waiting_back).as_tonnes(),
            d.approaching.as_tonnes(),
            d.held.as_tonnes(),
            d.wagons_stock,
            d.trains,
            d.crossed_loaded,
            d.crossed_empty
        );
    }
    out
}
