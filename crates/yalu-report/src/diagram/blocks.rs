//! Blocks that trains occupy: from the head entering until the tail is clear and the route released.

use super::View;
use super::axis::Axis;
use super::runs::Run;
use yalu_chart::Occupation;
use yalu_model::PointId;
use yalu_plan::{Line, Part};
use yalu_trace::PointTime;
use yalu_units::{Idx, Instant, Span};

/// Occupations of all blocks on the axis by some trains, in their order.
///
/// At stands the trace's own times; between them ends of blocks lie in proportion to the undisturbed run.
pub fn occupations(v: &View, axis: &Axis, runs: &[Run]) -> Vec<Occupation> {
    let release = Span::from_seconds(v.c.line.operation.route_setting_s.central());
    let mut out = Vec::new();
    for (train, run) in runs.iter().enumerate() {
        let line = v.plan.lines.get(run.train.pattern as usize);
        // Where it last started.
        let mut started = 0;
        for (k, w) in run.times.windows(2).enumerate() {
            let (a, b) = (&w[0], &w[1]);
            if a.stopped {
                started = k;
            }
            let km = |t: &PointTime| axis.km(PointId::new(t.point as usize));
            let (Some(from_km), Some(to_km)) = (km(a), km(b)) else { continue };
            let at = |share: f64| from_km + (to_km - from_km) * share;
            let mut open = (0.0, a.depart);
            for e in line.map_or_else(Vec::new, |l| ends(l, started, k, a, b)) {
                out.push(Occupation {
                    train,
                    from_km: at(open.0),
                    to_km: at(e.share),
                    from: open.1.0,
                    to: (e.clear.min(b.section_clear) + release).0,
                });
                open = (e.share, e.pass);
            }
            let to = (b.section_clear + release).0;
            out.push(Occupation { train, from_km: at(open.0), to_km, from: open.1.0, to });
        }
    }
    out
}

/// The end of a block: its place as a share of the way between two stands, and when head and tail pass it.
struct End {
    share: f64,
    pass: Instant,
    clear: Instant,
}

/// Ends of blocks between two stands of a train that last started at a stand.
fn ends(line: &Line, started: usize, leg: usize, a: &PointTime, b: &PointTime) -> Vec<End> {
    let Some(part) = line.parts().iter().rev().find(|p: &&Part| p.first <= leg) else { return Vec::new() };
    let started = started.max(part.first);
    let (Some(from), Some(to)) = (part.places.get(leg - part.first), part.places.get(leg + 1 - part.first)) else {
        return Vec::new();
    };
    let places = part.blocks.get(leg - part.first).map_or(&[][..], Vec::as_slice);
    let begin = if started == leg { 0 } else { line.times.at(started, leg).pass_ms };
    let planned = (line.times.at(started, leg + 1).enter_ms - begin).max(1) as f64;
    let took = (b.enter - a.depart).0 as f64;
    let when = |ms: i64| a.depart + Span((took * (ms - begin) as f64 / planned).round() as i64);
    let way = (to.enter_m - from.stop_m).max(1e-6);
    let times = line.times.blocks(started, leg).iter().zip(places);
    times.map(|(t, m)| End { share: (m - from.stop_m) / way, pass: when(t.pass_ms), clear: when(t.clear_ms) }).collect()
}
