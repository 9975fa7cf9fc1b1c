//! The border as JSON (docs/json.md).

use super::stock::Asked;
use super::{Told, words};
use crate::json::{SCHEMA_VERSION, band};
use serde_json::{Map, Value, json};
use yalu_border::flow::Interval;
use yalu_sim::Short;
use yalu_study::{
    BorderFigure, BorderMeasures, BorderRuns, Caused, FlowDwell, Spread, StepDwell, WaitReason, assumed_share, changed,
};
use yalu_trace::StepKind;

/// The whole document.
pub fn document(told: &Told) -> Value {
    let [from, to] = told.period();
    let m = &told.runs.central;
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": told.corridor.id,
        "title": told.corridor.title,
        "from": from,
        "to": to,
        "station": told.station.map(|s| words::station_id(&told.corridor, s)),
        "seed": told.seed,
        "replications": told.replications,
        "days": m.days,
        "running_days": m.running_days,
        "figures": told.rail().map(|(i, r)| json!({ "route": r.id, "bands": figures(&told.runs, i) })).collect::<Vec<_>>(),
        "dwell": m.flows.iter().map(|f| flow(told, f)).collect::<Vec<_>>(),
        "resources": resources(told, m),
        "tracks": m.tracks.iter().map(|t| json!({
            "station": words::station_id(&told.corridor, t.station), "tracks": t.tracks, "held_mean": t.mean,
            "held_most": t.most, "all_held_share": t.full_share,
            "caused_wagon_h": { "no_track": t.caused_wagon_h, "quota": t.quota_wagon_h },
        })).collect::<Vec<_>>(),
        "stands": m.stays.iter().map(|s| json!({
            "station": words::station_id(&told.corridor, s.station), "mean_h": s.hours, "wagons": s.wagons,
            "trains": s.trains, "wagons_there_mean": s.stock,
        })).collect::<Vec<_>>(),
        "routes": m.routes.iter().map(|f| {
            let short: Map<String, Value> =
                Short::ALL.into_iter().map(|s| (s.name().to_owned(), json!(f.short[s as usize]))).collect();
            json!({
                "route": told.corridor.routes.as_slice().get(f.route).map(|r| &r.id),
                "trains": f.trains, "wagons": f.wagons, "allowed_trains_per_day": f.allowed_per_day,
                "formed": f.formed, "not_formed_or_short": short,
                "queue_by_day": f.queue.iter().map(|q| (q * 10.0).round() / 10.0).collect::<Vec<_>>(),
            })
        }).collect::<Vec<_>>(),
        "binds": binds(told, &told.runs),
        "what_if": told.variants.iter().map(|v| json!({
            "change": v.what,
            "routes": told.rail().map(|(i, r)| json!({ "route": r.id, "figures": effects(told, &v.runs, i) })).collect::<Vec<_>>(),
            "binds": binds(told, &v.runs),
        })).collect::<Vec<_>>(),
        "counted": told.counted.as_ref().map(|x| {
            let (kind, asked) = match x.asked {
                Asked::Stock(s) => ("stock_wagons", s),
                Asked::Flow(f) => ("flow_trains_per_day", f),
            };
            let answers = match x.asked {
                Asked::Stock(_) => ["wagons_per_day", "trains_per_day"],
                Asked::Flow(_) => ["wagons_standing", "trains_standing"],
            };
            let mut out = json!({
                "station": words::station_id(&told.corridor, x.station), "dwell_h": interval(x.dwell_h),
                "wagons_per_train": interval(x.wagons_per_train),
            });
            if let Some(o) = out.as_object_mut() {
                o.insert(kind.into(), interval(asked));
                o.insert(answers[0].into(), interval(x.wagons));
                o.insert(answers[1].into(), interval(x.trains));
            }
            out
        }),
        "assumed_share": assumed_share(&told.corridor),
        "command": told.command,
        "wall_s": told.wall_s,
    })
}

fn interval(x: Interval) -> Value {
    json!({ "low": x.least, "high": x.most })
}

fn figures(runs: &BorderRuns, route: usize) -> Map<String, Value> {
    let one = |f: BorderFigure| (f.name().to_owned(), band(&runs.estimate(f, route)));
    BorderFigure::ALL.into_iter().map(one).collect()
}

fn effects(told: &Told, with: &BorderRuns, route: usize) -> Map<String, Value> {
    let one = |f: BorderFigure| {
        let x = changed(&told.runs, with, f, route);
        let told = json!({
            "with": band(&x.with), "difference": band(&x.difference), "pairs": x.difference.defined(),
            "grew_in": x.grew_fell.0, "fell_in": x.grew_fell.1,
        });
        (f.name().to_owned(), if x.difference.defined() == 0 { Value::Null } else { told })
    };
    BorderFigure::ALL.into_iter().map(one).collect()
}

fn spread(s: Spread) -> Value {
    json!({ "mean_h": s.mean, "p50_h": s.p50, "p90_h": s.p90 })
}

fn flow(told: &Told, f: &FlowDwell) -> Value {
    json!({
        "route": told.corridor.routes.as_slice().get(f.route).map(|r| &r.id),
        "loaded": f.loaded,
        "trains": f.cuts,
        "wagons": f.wagons,
        "train": spread(f.train),
        "wagon": spread(f.wagon),
        "waiting_mean_h": { "train": f.waiting[0], "wagon": f.waiting[1] },
        "steps": f.steps.iter().map(|s| step(told, s)).collect::<Vec<_>>(),
    })
}

/// A step's name in data, as in the tables of `yalu run`.
fn step_name(told: &Told, what: StepKind) -> String {
    match what {
        StepKind::Activity(s, a) => {
            let station = told.corridor.stations.as_slice().get(usize::from(s));
            station.and_then(|x| x.activities.get(usize::from(a))).map_or_else(String::new, |a| a.id.clone())
        }
        StepKind::Entering(_) => "entering".into(),
        StepKind::Loading => "loading".into(),
        StepKind::OverBorder => "over_border".into(),
        StepKind::Onward => "onward".into(),
        StepKind::IntoHold => "into_hold".into(),
        StepKind::Unloading => "unloading".into(),
        StepKind::Turnaround => "turnaround".into(),
    }
}

fn step(told: &Told, s: &StepDwell) -> Value {
    let waits = |w: &[f64; 6]| -> Map<String, Value> {
        WaitReason::ALL.into_iter().map(|r| (r.name().to_owned(), json!(w[r as usize]))).collect()
    };
    json!({
        "station": s.station.map(|i| words::station_id(&told.corridor, i)),
        "step": step_name(told, s.what),
        "trains": s.cuts,
        "wagons": s.wagons,
        "train": spread(s.train),
        "wagon": spread(s.wagon),
        "work_mean_h": { "train": s.work[0], "wagon": s.work[1] },
        "waits_mean_h": { "train": waits(&s.waits_train), "wagon": waits(&s.waits_wagon) },
    })
}

fn resources(told: &Told, m: &BorderMeasures) -> Vec<Value> {
    let c = &told.corridor;
    let one = |r: &yalu_study::ResourceUse| {
        let [busy, closed, near] = r.caused_wagon_h;
        json!({
            "station": words::station_id(c, r.station),
            "resource": words::resource(c, r.station, r.resource),
            "count": r.count,
            "open_h": r.open_h,
            "clock_h": r.clock_h,
            "busy_h": r.busy_h,
            "busy_beyond_closing_h": r.beyond_h,
            "used_by_open_hour": r.by_open_hour,
            "used_by_clock_hour": r.by_clock_hour,
            "used_by_hour_of_day": r.by_hour_of_day,
            "caused_wagon_h": { "no_resource": busy, "closed": closed, "closing_too_near": near },
        })
    };
    m.resources.iter().map(one).collect()
}

fn binds(told: &Told, runs: &BorderRuns) -> Value {
    let b = &runs.central.binding;
    let c = &told.corridor;
    let one = |x: &Caused| {
        json!({
            "cause": words::cause_kind(x.cause), "words": words::cause(c, x.cause), "wagon_h": x.wagon_h,
            "share": x.share, "used_share": x.used,
        })
    };
    json!({
        "first": b.first().as_ref().map(one),
        "at_stations": b.at_stations.as_ref().map(one),
        "station_wait_share": b.station_wait_share,
        "all": b.all.iter().filter(|x| x.wagon_h > 0.0).map(one).collect::<Vec<_>>(),
        "in_runs": runs.binding().iter().map(|(x, n)| json!({ "words": words::cause(c, *x), "runs": n })).collect::<Vec<_>>(),
        "runs": runs.all().len(),
    })
}
