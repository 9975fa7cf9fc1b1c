//! A train's run as one object (docs/json.md).

use super::ride::{Call, Ride, section_name};
use crate::json::SCHEMA_VERSION;
use crate::words::direction;
use serde_json::{Value, json};

/// Distance between marks, metres.
const MARKS_M: f64 = 10_000.0;

/// The object; with its curve where that is asked for.
pub fn ride(r: &Ride, rating_kmh: f64, curve: bool) -> Value {
    let consist = &r.line.consist;
    let s = &r.c.services[r.service];
    let marks = (1..).map(|k| f64::from(k) * MARKS_M).take_while(|m| *m < r.path_m());
    let mut out = json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": r.c.id,
        "service": s.id,
        "direction": direction(r.line.forward),
        "train": {
            "locomotive": consist.locomotive_id(),
            "wagon": r.c.wagons[s.wagon].id,
            "wagons": consist.wagons,
            "loaded": r.line.loaded,
            "load_t": consist.load_t,
            "mass_t": r.train.mass_kg / 1000.0,
            "trailing_t": consist.wagons_kg() / 1000.0,
            "length_m": r.train.length_m,
            "max_speed_kmh": r.train.max_speed_mps * 3.6,
            "braking_mps2": r.train.service_braking_mps2,
            "rotating_mass_factor": r.train.rotating_mass_factor,
        },
        "path_m": r.path_m(),
        "duration_s": r.duration_s(),
        "scheduled_s": r.calls.last().map_or(0.0, |x| r.scheduled_s(x)),
        "supplement": r.factor - 1.0,
        "wheel_kwh": r.wheel_kwh(),
        "braked_kwh": r.braked_kwh(),
        "marks": marks.filter_map(|m| Some(json!({ "at_m": m, "time_s": r.time_at(m)? }))).collect::<Vec<_>>(),
        "stations": r.calls.iter().enumerate().map(|(i, x)| station(r, i, x)).collect::<Vec<_>>(),
        "bound": r.bound().iter().map(|b| json!({ "from_m": b.0, "to_m": b.1, "by": b.2.word() })).collect::<Vec<_>>(),
        "rating_kmh": rating_kmh,
        "rating": r.ratings.iter().map(|x| json!({
            "section": section_name(r.c, x.section),
            "ruling_permille": x.ruling_permille,
            "tonnes": x.tonnes,
            "share": x.share,
        })).collect::<Vec<_>>(),
    });
    if let (Some(o), true) = (out.as_object_mut(), curve) {
        let points = r.points.iter().map(|p| {
            json!({
                "at_m": p.at_m,
                "time_s": p.time_s,
                "speed_mps": p.speed_mps,
                "limit_mps": p.limit_mps,
                "braking_mps": p.braking_mps,
                "gradient_permille": p.gradient_permille,
                "by": p.mark.word(),
            })
        });
        o.insert("curve".into(), points.collect());
    }
    out
}

fn station(r: &Ride, i: usize, x: &Call) -> Value {
    let t = x.run_s + x.stood_s;
    let s = r.scheduled_s(x);
    let calls = super::view::calls(r, i);
    json!({
        "id": r.c.points[x.point].id,
        "name": r.c.points[x.point].name,
        "km": x.at_m / 1000.0,
        "head_m": x.head_m,
        "arrive_s": calls.0.arrive_s,
        "pass_s": calls.0.pass_s,
        "depart_s": calls.0.depart_s,
        "scheduled_arrive_s": calls.1.arrive_s,
        "scheduled_pass_s": calls.1.pass_s,
        "scheduled_depart_s": calls.1.depart_s,
        "supplement_s": s - t,
        "limit_kmh": x.limit_mps.map(|v| v * 3.6),
    })
}
