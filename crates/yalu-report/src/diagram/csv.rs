//! Trains of a diagram as CSV: times by point, and occupations of blocks.

use super::{Axis, Run, View};
use std::fmt::Write as _;
use yalu_chart::Occupation;
use yalu_model::PointId;
use yalu_number::csv_field;
use yalu_plan::LineKind;
use yalu_trace::TrainKind;
use yalu_units::{Idx, Instant};
use yalu_view::names::direction;
use yalu_view::run::line_name;

/// An instant in UTC, `2022-09-26T07:43:00Z`, thousandths where there are some.
pub fn utc(t: Instant) -> String {
    let (y, m, d, s, _) = yalu_calendar::civil("UTC", t);
    let ms = t.0.rem_euclid(1000);
    let more = if ms == 0 { String::new() } else { format!(".{ms:03}") };
    format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}{more}Z", s / 3600, s / 60 % 60, s % 60)
}

/// Service or row of other traffic of a train, and its direction as that is written.
pub fn whose(v: &View, run: &Run) -> (String, &'static str) {
    if let Some(l) = v.plan.lines.get(run.train.pattern as usize) {
        return (line_name(v.c, l.kind).to_string(), direction(l.forward));
    }
    let kind = match run.train.kind {
        TrainKind::Freight | TrainKind::International => {
            LineKind::Service(yalu_model::ServiceId::new(run.train.line as usize))
        }
        TrainKind::Domestic | TrainKind::Passenger => LineKind::Traffic(run.train.line),
    };
    (line_name(v.c, kind).to_string(), direction(run.down))
}

/// Times of trains at all points where they can stand, off the diagram too: a row for each entry of the trace.
pub fn times(v: &View, axis: &Axis, runs: &[Run]) -> String {
    let mut out = String::from(
        "train,service,direction,loaded,empty,scheduled,ready,point,name,km,track,enter,arrive,depart,section_clear,track_clear,stopped,cause\n",
    );
    for run in runs {
        let (id, way) = whose(v, run);
        for t in run.times {
            let p = PointId::new(t.point as usize);
            let point = &v.c.line.points[p];
            let track = if t.track == u8::MAX { String::new() } else { (u32::from(t.track) + 1).to_string() };
            let _ = writeln!(
                out,
                "{},{},{way},{},{},{},{},{},{},{},{track},{},{},{},{},{},{},{}",
                run.label,
                csv_field(&id),
                run.train.loaded,
                run.train.empty,
                utc(run.train.scheduled),
                utc(run.train.ready),
                csv_field(&point.id),
                csv_field(&point.name),
                axis.km(p).map_or(String::new(), |km| format!("{km:.3}")),
                utc(t.enter),
                utc(t.arrive),
                utc(t.depart),
                utc(t.section_clear),
                utc(t.track_clear),
                t.stopped,
                t.cause.name()
            );
        }
    }
    out
}

/// Occupations of blocks on the diagram.
pub fn occupations(v: &View, runs: &[Run], all: &[Occupation]) -> String {
    let mut out = String::from("train,service,direction,from_km,to_km,from,to,seconds\n");
    for o in all {
        let Some(run) = runs.get(o.train) else { continue };
        let (id, way) = whose(v, run);
        let _ = writeln!(
            out,
            "{},{},{way},{:.3},{:.3},{},{},{:.3}",
            run.label,
            csv_field(&id),
            o.from_km,
            o.to_km,
            utc(Instant(o.from)),
            utc(Instant(o.to)),
            (o.to - o.from) as f64 / 1000.0
        );
    }
    out
}
