//! Rail routes in JSON: loaded trains that wait to cross, by day, and trains that were not formed, by cause.

use crate::results::Results;
use serde_json::{Map, Value, json};
use yalu_sim::{Outcome, Short};

/// Loaded trains that wait to cross at the end of each day, by rail route.
pub(super) fn trains_waiting(r: &Results) -> Vec<Value> {
    let central = &r.ensemble.central.standing;
    let rail = r.corridor.routes.iter().zip(central).enumerate().filter(|(_, (route, _))| route.rail.is_some());
    rail.map(|(k, (route, days))| {
        let told = r.plan.days.iter().filter(|d| d.start >= r.plan.report_from);
        let peak = days.iter().zip(told).fold(None, |most: Option<(f32, _)>, (s, d)| {
            if most.is_some_and(|m| m.0 >= s.trains()) { most } else { Some((s.trains(), d.start)) }
        });
        let mut out = json!({
            "route": route.id,
            "first_day": r.from(),
            "peak": peak.map(|p| json!({ "trains": tenths(p.0), "day": r.date(p.1) })),
            "in_yard": days.iter().map(|s| tenths(s.in_yard)).collect::<Vec<_>>(),
            "held_back": days.iter().map(|s| tenths(s.held_back)).collect::<Vec<_>>(),
        });
        if let (Some(o), false) = (out.as_object_mut(), r.ensemble.drawn.is_empty()) {
            let by_day = (0..days.len()).filter_map(|i| r.band(|o: &Outcome| f64::from(o.standing[k][i].trains())));
            let mut bands = Map::new();
            for b in by_day {
                for (name, v) in yalu_number::Band::ENDS.into_iter().zip(b.ends()) {
                    if let Some(list) = bands.entry(name).or_insert_with(|| json!([])).as_array_mut() {
                        list.push(tenths(v as f32));
                    }
                }
            }
            let most = |o: &Outcome| o.standing[k].iter().map(|s| f64::from(s.trains())).fold(0.0, f64::max);
            o.insert("bands".into(), Value::Object(bands));
            o.insert("peak_band".into(), json!(r.band(most)));
        }
        out
    })
    .collect()
}

/// Trains of each rail route that were formed, were not, or were shorter than they may be, by cause.
pub(super) fn trains_formed(r: &Results) -> Vec<Value> {
    let rail = r.corridor.routes.iter().enumerate().filter(|(_, route)| route.rail.is_some());
    rail.map(|(k, route)| {
        let sum = |o: &Outcome, of: &dyn Fn(&yalu_sim::Forming) -> u32| -> u32 {
            o.months.iter().map(|m| of(&m.forming[k])).sum()
        };
        let causes = |of: fn(&yalu_sim::Forming) -> &[u32; 4]| -> Map<String, Value> {
            let one = |s: Short| (s.name().to_owned(), json!(sum(&r.ensemble.central, &|f| of(f)[s as usize])));
            Short::ALL.into_iter().map(one).collect()
        };
        let mut out = json!({
            "route": route.id,
            "formed": sum(&r.ensemble.central, &|f| f.formed),
            "not_formed": causes(|f| &f.not_formed),
            "shortened": causes(|f| &f.shortened),
        });
        if let (Some(o), false) = (out.as_object_mut(), r.ensemble.drawn.is_empty()) {
            let of = |s: Short| json!(r.band(|o| f64::from(sum(o, &|f| f.not_formed[s as usize]))));
            let bands: Map<String, Value> = Short::ALL.into_iter().map(|s| (s.name().to_owned(), of(s))).collect();
            o.insert("bands".into(), json!({ "not_formed": bands }));
        }
        out
    })
    .collect()
}

/// Tenths are enough for trains.
fn tenths(trains: f32) -> Value {
    json!((f64::from(trains) * 10.0).round() / 10.0)
}
