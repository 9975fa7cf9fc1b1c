//! Variants side by side as JSON (docs/json.md).

use super::{Beside, Told, fluid};
use crate::json::{SCHEMA_VERSION, band};
use serde_json::{Map, Value, json};
use yalu_study::{Effects, FLUID, Figure};

/// All of it as one object.
pub fn document(told: &Told) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": told.base.id,
        "title": told.base.title,
        "seed": told.seed,
        "replications": told.replications,
        "command": told.command,
        "wall_s": told.wall_s,
        "variants": told.variants.iter().map(|v| variant(told, v)).collect::<Vec<_>>(),
    })
}

/// One variant beside the base.
pub fn variant(told: &Told, v: &Beside) -> Value {
    let x = &v.comparison;
    let c = &told.base;
    let [a, b] = &c.countries;
    let change = v.window.change.map(|w| {
        json!({
            "crossings": v.window.crossings,
            "from": told.date(w.from),
            "to": told.last(w.to),
            "days": ((w.to - w.from).as_days()).round(),
            "shut_in": x.names[usize::from(w.second_is_shut)],
        })
    });
    let mut sides = Map::new();
    for (way, side) in [format!("{a}-{b}"), format!("{b}-{a}")].into_iter().zip(&x.sides) {
        sides.insert(way, effects(side));
    }
    let named = |(id, title): &(String, String), value: Value| {
        let mut out = json!({ "id": id, "title": title });
        if let (Some(o), Value::Object(more)) = (out.as_object_mut(), value) {
            o.extend(more);
        }
        out
    };
    let goods: Vec<Value> = x.good_ids.iter().zip(&x.goods).map(|(n, e)| named(n, effects(e))).collect();
    let route = |r: &yalu_study::RouteEffect| {
        json!({
            "came_t": [band(&r.came_t[0]), band(&r.came_t[1])],
            "difference_t": band(&r.difference_t),
            "diverted_to_t": band(&r.diverted_to_t),
        })
    };
    let days = x.days.iter().enumerate().map(|(i, d)| {
        json!({
            "day": told.date(v.window.from + yalu_units::Span::days(i as i64) + yalu_units::Span::hours(12)),
            "waiting_t": [band(&d.waiting_t[0]), band(&d.waiting_t[1])],
            "waiting_there_t": [band(&d.waiting_there_t[0]), band(&d.waiting_there_t[1])],
            "share_of_flow": band(&d.service),
            "cost_usd": band(&d.cost_usd),
        })
    });
    let flows = x.flows.first().map(|phases| {
        let mut out = Map::new();
        for (name, rows) in ["before", "during", "after"].into_iter().zip(phases) {
            let rows = rows.iter().map(
                |f| json!({ "good": x.good_ids[f.good].0, "route": x.route_ids[f.route].0, "t_per_day": f.t_per_day }),
            );
            out.insert(name.into(), rows.collect());
        }
        Value::Object(out)
    });
    json!({
        "base": x.names[0],
        "variant": x.names[1],
        "replications": x.replications,
        "from": told.date(v.window.from),
        "to": told.last(v.window.to),
        "change": change,
        "total": effects(&x.total),
        "sides": sides,
        "goods": goods,
        "routes": x.route_ids.iter().zip(&x.routes).map(|(n, r)| named(n, route(r))).collect::<Vec<_>>(),
        "recovery": x.recovery.as_ref().map(recovery),
        "flows": flows,
        "days": days.collect::<Vec<_>>(),
        "out_of_balance": {
            "kg": x.out_of_balance[0],
            "us_cents": x.out_of_balance[1],
            "wagons": x.out_of_balance[2],
            "entries": x.entries,
        },
    })
}

fn effects(e: &Effects) -> Value {
    let all = Figure::ALL.into_iter().map(|f| (f.name().to_owned(), band(e.of(f))));
    Value::Object(all.collect())
}

fn recovery(r: &yalu_study::Recovery) -> Value {
    let mut back = Map::new();
    for (level, days) in ["90", "95", "100"].into_iter().zip(&r.back_days) {
        back.insert(level.into(), json!({ "days": band(days), "runs": days.defined() }));
    }
    let mut answers = Map::new();
    for (key, f) in FLUID.into_iter().zip(&r.fluid) {
        let told = json!({
            "peak_t": band(&f.peak_t),
            "clear_days": band(&f.clear_days),
            "runs_that_clear": f.clear_days.defined(),
            "delay_tonne_days": band(&f.delay_tonne_days),
        });
        answers.insert(key.into(), told);
    }
    let beside = fluid(r).into_iter().map(|s| {
        let reasons = s.reasons.iter().map(|x| json!({ "reason": x.key, "moves": x.moves }));
        json!({ "figure": s.key, "agrees": s.agrees, "reasons": reasons.collect::<Vec<_>>() })
    });
    json!({
        "peak_t": band(&r.peak_t),
        "peak_day": band(&r.peak_day),
        "clear_days": band(&r.clear_days),
        "runs_that_clear": r.clear_days.defined(),
        "delay_tonne_days": band(&r.delay_tonne_days),
        "lost_days_of_flow": band(&r.loss_days),
        "least_share": band(&r.least_share),
        "back_to_percent": back,
        "flow_t_per_day": band(&r.flow_t),
        "capacity_t_per_day": band(&r.capacity_t),
        "throughput_t_per_day": band(&r.throughput_t),
        "fluid": answers,
        "fluid_beside_simulated": beside.collect::<Vec<_>>(),
    })
}
