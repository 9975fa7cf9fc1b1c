//! The sheet as JSON (docs/json.md).

use super::Contingency;
use crate::compare::json::variant;
use crate::json::{SCHEMA_VERSION, band};
use serde_json::{Map, Value, json};

/// The sheet as one object.
pub fn document(x: &Contingency) -> Value {
    let (told, v) = (&x.told, x.closure());
    let (from, to) = x.period();
    let ways = x.ways().into_iter().map(|w| {
        let limits: Map<String, Value> =
            w.limits.iter().map(|(k, text)| (k.replace(' ', "_"), Value::from(text.as_str()))).collect();
        json!({
            "id": w.id,
            "title": w.title,
            "mode": w.mode,
            "normal": w.normal,
            "runs": w.runs,
            "limits": limits,
            "capacity_t_per_day": band(&w.capacity_t),
            "used_t_per_day": w.used_t,
            "left_t_per_day": band(&w.left_t),
            "days": band(&w.days),
            "usd_per_t": band(&w.usd_per_t),
            "takes_t": band(&w.takes_t),
        })
    });
    let places = x.places().into_iter().map(|p| {
        json!({
            "name": p.name,
            "holds": [p.holds.0, p.holds.1],
            "unit": p.unit,
            "full_after_days": p.full_after.map(|(a, b)| [a, b]),
        })
    });
    let lengths = x.lengths().into_iter().map(|l| {
        json!({
            "days": l.days,
            "linear_rule_musd": l.rule_musd,
            "lost_musd": band(&l.lost_musd),
            "delay_musd": band(&l.delay_musd),
            "clear_days": band(&l.clear_days),
            "runs_that_clear": l.clear_days.defined(),
            "over_linear_from_shortest": l.over_linear,
            "beyond_linear_musd": l.beyond_linear_musd.as_ref().map(band),
        })
    });
    let shares = v
        .comparison
        .recovery
        .as_ref()
        .map(|r| json!({ "diverts": band(&r.shares[0]), "lost": band(&r.shares[1]), "waits": band(&r.shares[2]) }));
    let full = v.comparison.recovery.as_ref().map(|r| {
        let days = &r.yard_full_days;
        json!({ "days": band(days), "runs": days.defined(), "anyway_share_of_days": band(&r.yard_full_anyway) })
    });
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": told.base.id,
        "title": told.base.title,
        "crossings": v.window.crossings,
        "from": from,
        "to": to,
        "days": x.days[x.main],
        "seed": told.seed,
        "replications": told.replications,
        "command": told.command,
        "wall_s": told.wall_s,
        "shares": shares,
        "first_yard_full": full,
        "ways": ways.collect::<Vec<_>>(),
        "places": places.collect::<Vec<_>>(),
        "lengths": lengths.collect::<Vec<_>>(),
        "closure": variant(told, v),
    })
}
