//! What the reports add to a run, in JSON.

use super::band;
use crate::ledger::json::belief;
use crate::results::{Results, usd};
use serde_json::{Map, Value, json};
use yalu_ledger::record::day_text;
use yalu_model::Corridor;
use yalu_study::{Carried, Load};

/// Where regimes came from, with months under declared ones where they were drawn.
pub fn regime(r: &Results) -> Value {
    let Some(as_of) = &r.as_of else { return json!({ "source": "declared" }) };
    let months = (0..r.plan.months.len()).filter_map(|i| {
        let exports = |o: &yalu_sim::Outcome| usd(o.months[i].exports_cents);
        Some(json!({ "month": r.month_key(i), "exports_usd": r.declared_band(exports)? }))
    });
    json!({ "source": "ledger", "as_of": as_of, "declared_months": months.collect::<Vec<_>>() })
}

/// What was known of the story's crossing on its day.
pub fn story(r: &Results) -> Value {
    let Some(k) = r.knowledge.as_ref().and_then(|k| k.story.as_ref()) else { return Value::Null };
    let days = [30, 90, 180].into_iter().filter_map(|n: usize| {
        let d = k.forecast.days.get(n - 1)?;
        Some(json!({
            "days_ahead": n,
            "p_running": d.belief.running(),
            "p_running_band": { "p05": d.running.low, "p50": d.running.middle, "p95": d.running.high },
            "p_changed": d.changed,
        }))
    });
    json!({
        "day": day_text(k.day),
        "then": belief(&k.then.belief),
        "p_running_now": k.now,
        "for": k.reasons[0],
        "against": k.reasons[1],
        "forecast": days.collect::<Vec<_>>(),
        "carries": k.carried.as_ref().map(|x| carried(&r.corridor, x)),
    })
}

/// What would be carried.
pub fn carried(c: &Corridor, x: &Carried) -> Value {
    let load = |l: &Load| json!({ "wagons": band(&l.wagons), "tonnes": band(&l.tonnes), "usd": band(&l.usd) });
    let months = x.months.iter().map(|m| {
        let mut row = load(&m.load);
        if let Some(o) = row.as_object_mut() {
            o.insert("month".into(), yalu_calendar::iso_month(m.month).into());
        }
        row
    });
    let routes: Map<String, Value> = x.by_route.iter().map(|(r, b)| (c.routes[*r].id.clone(), band(b))).collect();
    let goods: Map<String, Value> = x.by_good.iter().map(|(g, b)| (c.goods[*g].id.clone(), band(b))).collect();
    json!({
        "total": load(&x.total),
        "months": months.collect::<Vec<_>>(),
        "tonnes_by_route": routes,
        "tonnes_by_good": goods,
        "replications": x.replications,
    })
}
