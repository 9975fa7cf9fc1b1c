//! Capacity as JSON (docs/json.md).

use super::{Told, crossing, scheme};
use crate::json::SCHEMA_VERSION;
use serde_json::{Value, json};
use yalu_capacity::{Agreement, SectionCapacity, Throughput, Working};
use yalu_study::{CapacityStudy, ComesBack, LoadedLine, ReferenceTrain, Saturation, SectionStudy, TOLERANCE, Worked};

/// The whole document.
pub fn document(told: &Told) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": told.corridor.id,
        "title": told.corridor.title,
        "tolerated_min": told.tolerated_min,
        "tolerance": TOLERANCE,
        "lines": told.studies.iter().map(|s| line(told, s)).collect::<Vec<_>>(),
        "wall_s": told.wall_s,
    })
}

fn line(told: &Told, study: &CapacityStudy) -> Value {
    let (c, r) = (&told.corridor, &study.reference);
    let capacity = &study.capacity;
    let ids: Vec<&str> = r.points.iter().map(|p| c.points[*p].id.as_str()).collect();
    let name = |at: usize| capacity.sections[at].name.as_str();
    json!({
        "service": told.service(study),
        "from": ids.first(),
        "to": ids.last(),
        "stands": ids,
        "train_out": train(told, &r.out),
        "train_back": train(told, &r.back),
        "comes_back": match r.comes_back {
            ComesBack::Empty => json!("empty"),
            ComesBack::As(id) => json!({ "service": c.services[id].id }),
            ComesBack::Alike => json!("assumed_alike"),
        },
        "free_run_s": study.free_run_s,
        "route_setting_s": study.input.route_setting_s,
        "non_simultaneous_s": study.input.non_simultaneous_s,
        "pairs_today": study.pairs_today,
        "other_trains": study.others.iter().map(|o| json!({
            "id": told.other(o), "per_day": o.per_day, "both_ways": o.both_ways,
            "from": ids.get(o.stretches.0), "to": ids.get(o.stretches.1),
        })).collect::<Vec<_>>(),
        "binding": name(capacity.binding),
        "bound": throughput(&capacity.bound),
        "planned": throughput(&capacity.planned),
        "left": {
            "pairs_per_day": study.left.0, "trains_per_day": 2.0 * study.left.0, "binding": name(study.left.1),
        },
        "sections": capacity.sections.iter().zip(&study.sections).enumerate()
            .map(|(at, (s, more))| section(study, at, s, more)).collect::<Vec<_>>(),
        "platoons": capacity.platoons.iter().map(|p| json!({
            "trains_each_way": p.trains_each_way, "pairs_per_day": p.pairs_per_day,
            "trains_per_day": 2.0 * p.pairs_per_day, "binding": name(p.binding), "stations_hold": p.stations_hold,
        })).collect::<Vec<_>>(),
        "windows": study.windows.iter().map(|w| json!({
            "section": name(w.section),
            "plans": w.plans.iter().map(|p| json!({
                "window_s": p.window_out_s, "trains_out": p.trains_out, "trains_back": p.trains_back,
                "pairs_per_day": p.pairs_per_day(), "trains_per_day": p.trains_per_day(),
                "clearing_share": p.clearing_share, "wait_out_s": p.wait_out_s, "wait_back_s": p.wait_back_s,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "one_more_loop": capacity.one_more_loop.iter().map(|l| json!({
            "section": study.input.sections[l.section].name,
            "km": told.length_km(study, l.section) * l.length_share,
            "section_pairs_per_day": l.section_pairs_per_day,
            "line_pairs_per_day": l.line_after.pairs_per_day,
            "gain_pairs_per_day": l.gain_pairs_per_day,
        })).collect::<Vec<_>>(),
        "short_loops": capacity.short_loops.iter().map(|s| json!({
            "station": ids.get(s.station), "name": s.name, "meets_up_to_m": s.meets_up_to_m, "merges": s.merges,
            "gain_pairs_per_day": capacity.longer_loops.iter().find(|l| l.station == s.station)
                .map(|l| l.gain_pairs_per_day),
        })).collect::<Vec<_>>(),
        "crossing_pattern": study.pattern.as_ref().map(|p| json!({
            "crossings": p.crossings.iter().map(|x| crossing(*x)).collect::<Vec<_>>(),
            "cycle_s": p.cycle_s, "trains_per_day": p.trains_per_day,
        })),
        "saturation": study.saturation.as_ref().map(saturation),
        "delay_volume": {
            "volumes": study.volumes.volumes.iter().map(|v| {
                let mut o = loaded(&v.line);
                if let Some(o) = o.as_object_mut() {
                    o.insert("share".into(), json!(v.share));
                    o.insert("carried".into(), json!(v.carried));
                }
                o
            }).collect::<Vec<_>>(),
            "curve": study.volumes.curve.map(|x| json!({
                "delay_at_zero_s": x.delay_at_zero_s, "growth_per_train": x.growth_per_train,
            })),
            "practical": study.volumes.practical.map(|(trains, reached)| json!({
                "trains_per_day": trains, "reached": reached,
            })),
        },
    })
}

fn train(told: &Told, t: &ReferenceTrain) -> Value {
    let c = &told.corridor;
    json!({
        "locomotive": c.locomotives[t.locomotive].id, "wagon": c.wagons[t.wagon].id, "wagons": t.wagons,
        "net_t": t.net_t(), "length_m": t.length_m,
    })
}

fn throughput(t: &Throughput) -> Value {
    json!({
        "pairs_per_day": t.pairs_per_day, "trains_per_day": t.trains_per_day,
        "net_t_out_per_day": t.net_t_out_per_day, "net_t_back_per_day": t.net_t_back_per_day,
        "net_mt_per_year": t.net_mt_per_year,
    })
}

fn section(study: &CapacityStudy, at: usize, s: &SectionCapacity, more: &SectionStudy) -> Value {
    let parts = &study.input.sections[s.first_section..=s.last_section];
    let held: Vec<Value> = parts
        .iter()
        .map(|p| {
            let run = |r: &yalu_capacity::RunTimes, headway_s: f64| {
                json!({
                    "pass_pass_s": r.pass_pass_s, "start_add_s": r.start_add_s, "stop_add_s": r.stop_add_s,
                    "headway_s": headway_s,
                })
            };
            json!({ "name": p.name, "out": run(&p.out, p.headway_out_s), "back": run(&p.back, p.headway_back_s) })
        })
        .collect();
    let working = match &s.working {
        Working::Single(w) => json!({
            "tracks": 1,
            "cycles_s": w.schemes.iter().map(|x| (scheme(x.scheme).to_string(), json!(x.cycle_s)))
                .collect::<serde_json::Map<_, _>>(),
            "scheme": scheme(w.chosen.scheme),
            "cycle_s": w.chosen.cycle_s,
            "platoons": w.platoons.iter().map(|p| json!({
                "trains_each_way": p.trains_each_way, "cycle_s": p.cycle_s, "pairs_per_day": p.pairs_per_day,
                "stations_hold": p.stations_hold,
            })).collect::<Vec<_>>(),
        }),
        Working::Double { out_per_day, back_per_day } => {
            json!({ "tracks": 2, "out_per_day": out_per_day, "back_per_day": back_per_day })
        }
    };
    json!({
        "name": s.name,
        "binding": at == study.capacity.binding,
        "held": held,
        "working": working,
        "bound": throughput(&s.bound),
        "planned": throughput(&s.planned),
        "scott_trains_per_day": s.scott_trains_per_day,
        "closed_s_per_day": s.occupancy.closed_s,
        "other_trains_s_per_day": more.others_s,
        "left_pairs_per_day": more.left_pairs_per_day,
        "occupancy": more.occupancy,
        "alone": more.alone.as_ref().map(saturation),
    })
}

fn saturation(s: &Saturation) -> Value {
    let (agrees, off) = match s.agreement {
        Agreement::Agrees => ("agrees", 0.0),
        Agreement::SimulatedBelow { by } => ("below", -by),
        Agreement::SimulatedAbove { by } => ("above", by),
    };
    json!({
        "closed_form_trains_per_day": s.closed_form,
        "closed_form_worked": match s.worked {
            Worked::InTurn => json!("in_turn"),
            Worked::Platoons(k) => json!({ "platoons": k }),
            Worked::Following => json!("following"),
        },
        "simulated": loaded(&s.line),
        "agreement": agrees,
        "off_by": off,
    })
}

fn loaded(l: &LoadedLine) -> Value {
    json!({
        "asked_per_day_each_way": l.asked_per_day,
        "arrived_out_per_day": l.arrived_per_day[0],
        "arrived_back_per_day": l.arrived_per_day[1],
        "trains_per_day": l.trains_per_day(),
        "mean_run_s": l.mean_run_s,
        "delay_mean_s": l.delay_s.map(|d| d[0]),
        "delay_p50_s": l.delay_s.map(|d| d[1]),
        "delay_p90_s": l.delay_s.map(|d| d[2]),
        "served_share": l.served,
        "deadlocks": l.deadlocks,
    })
}
