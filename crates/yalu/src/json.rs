//! The JSON that other programs read (docs/json.md).

mod closure;
mod knowledge;
mod rail;

pub use knowledge::carried;

use crate::results::{Results, usd};
use crate::words::{direction, line_name};
use serde_json::{Map, Value, json};
use yalu_model::{Basis, Corridor, Direction, Dist, Quantity};
use yalu_number::Estimate;
use yalu_plan::LineKind;
use yalu_sim::{MonthOutcome, Outcome};
use yalu_study::assumed_share;
use yalu_units::{Idx, Mass};

pub use yalu_view::SCHEMA_VERSION;

/// A run as one object.
pub fn run(r: &Results) -> Value {
    let c = &r.corridor;
    let [forward, back] = r.directions();
    let central = &r.ensemble.central;
    let wagons = r.wagons();
    let all = |_: usize| true;
    let by_rail = |i: usize| c.routes.as_slice()[i].rail.is_some();
    let mut out = json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": c.id,
        "title": c.title,
        "from": r.from(),
        "to": r.to(),
        "seed": r.seed,
        "replications": r.replications,
        "trains_run": r.trains_run(),
        "wagons_crossed": {
            forward.clone(): { "loaded": wagons[0][0], "empty": wagons[0][1] },
            back.clone(): { "loaded": wagons[1][0], "empty": wagons[1][1] },
        },
        "tonnes": { forward.clone(): r.tonnes(central, 0, all), back.clone(): r.tonnes(central, 1, all) },
        "tonnes_by_rail": { forward: r.tonnes(central, 0, by_rail), back: r.tonnes(central, 1, by_rail) },
        "deadlocks": central.deadlocks,
        "trains_waiting_to_enter": central.waiting_to_enter,
        "checker_violations": r.violations.len(),
        "moves_refused_for_safety": central.refused_for_safety,
        "moves_refused_beyond_window": central.refused_beyond_window,
        "assumed_share": assumed_share(c),
        "line": line(r),
        "events": central.events,
        "wall_s": r.wall_s.1,
        "months": (0..r.plan.months.len()).map(|i| month(r, i)).collect::<Vec<_>>(),
        "reopenings": central.reopenings.iter().map(|x| json!({
            "route": c.routes.as_slice()[x.route as usize].id,
            "from": r.date(x.from),
            "peak_waiting_tonnes": x.peak.as_tonnes(),
            "days_to_clear": x.days_to_clear,
        })).collect::<Vec<_>>(),
        "regime": knowledge::regime(r),
        "knowledge": knowledge::story(r),
        "trains_waiting": rail::trains_waiting(r),
        "trains_formed": rail::trains_formed(r),
        "closure_cost": closure::cost(r),
        "twice_trains": closure::twice(r),
    });
    if let (Some(o), false) = (out.as_object_mut(), r.ensemble.drawn.is_empty()) {
        let total = |of: fn(&MonthOutcome) -> f64| bands(r, move |o| o.months.iter().map(of).sum());
        let bands = json!({
            "trains_run": total(|m| f64::from(m.trains[0] + m.trains[1])),
            "wagons_loaded": total(|m| f64::from(m.wagons_crossed[0][0] + m.wagons_crossed[1][0])),
            "tonnes": bands(r, |o| r.tonnes(o, 0, all) + r.tonnes(o, 1, all)),
            "exports_usd": total(|m| usd(m.exports_cents)),
            "imports_usd": total(|m| usd(m.imports_cents)),
            "delivered_usd": total(|m| usd(m.delivered_cents)),
            "deadlocks": bands(r, |o| o.deadlocks as f64),
        });
        o.insert("bands".into(), bands);
    }
    out
}

/// What trains on the line came to.
fn line(r: &Results) -> Value {
    let c = &r.corridor;
    let services = (0..c.services.len()).map(|i| LineKind::Service(Idx::new(i)));
    let all = services.chain((0..c.traffic.len()).map(|row| LineKind::Traffic(row as u32)));
    // Every service and direction that was asked for, arrived or not.
    let rows = all
        .zip(&r.ensemble.central.asked)
        .flat_map(|(kind, asked)| [true, false].map(|forward| (kind, forward, asked[usize::from(!forward)])));
    let services = rows.filter_map(|(kind, forward, ready)| {
        let x = r.line.runs.iter().find(|x| x.kind == kind && x.forward == forward);
        let run = |i: usize| x.map(|x| x.run_s[i]);
        (ready > 0 || x.is_some()).then(|| {
            json!({
                "id": line_name(c, kind),
                "direction": direction(forward),
                "ready": ready,
                "arrived": x.map_or(0, |x| x.arrived),
                "mean_run_s": run(0),
                "p50_run_s": run(1),
                "p90_run_s": run(2),
                "p99_run_s": run(3),
                "max_run_s": run(4),
                "train_hours": x.map_or(0.0, |x| x.train_hours),
            })
        })
    });
    json!({
        "train_hours": r.line.runs.iter().map(|x| x.train_hours).sum::<f64>(),
        "services": services.collect::<Vec<_>>(),
        "punctuality": r.line.punctuality.iter().map(|p| json!({
            "id": line_name(c, p.kind),
            "direction": direction(p.forward),
            "point": c.points[p.point].id,
            "trains": p.trains,
            "late_mean_min": p.late_min[0],
            "late_p50_min": p.late_min[1],
            "late_p90_min": p.late_min[2],
            "late_p99_min": p.late_min[3],
        })).collect::<Vec<_>>(),
        "delays": r.line.delays.iter().map(|d| json!({
            "cause": d.cause.name(),
            "point": c.points[d.place.point].id,
            "on_the_way": d.place.on_the_way,
            "times": d.times,
            "train_hours": d.train_hours,
        })).collect::<Vec<_>>(),
    })
}

fn month(r: &Results, i: usize) -> Value {
    let m = &r.months()[i];
    let backlog = |m: &MonthOutcome| m.waiting.iter().copied().sum::<Mass>().as_tonnes();
    let held = |m: &MonthOutcome| m.held.iter().copied().sum::<Mass>().as_tonnes();
    let approaching = |m: &MonthOutcome| m.approaching.iter().copied().sum::<Mass>().as_tonnes();
    let ids = || r.corridor.routes.iter().map(|x| x.id.clone());
    let by: Map<String, Value> = ids()
        .zip(r.routes(m))
        .map(|(id, x)| {
            let one = json!({
                "tonnes": x.tonnes,
                "wagons": x.wagons,
                "vehicles": x.vehicles,
                "usd": x.usd,
                "exports_usd": x.exports_usd,
            });
            (id, one)
        })
        .collect();
    let mut out = json!({
        "month": r.month_key(i),
        "exports_usd": usd(m.exports_cents),
        "imports_usd": usd(m.imports_cents),
        "delivered_usd": usd(m.delivered_cents),
        "by_route": by,
        "backlog_tonnes": backlog(m),
        "held_tonnes": held(m),
        "approaching_tonnes": approaching(m),
        "ordered_usd": usd(m.ordered_cents.iter().sum()),
        "given_up_usd": usd(m.given_up_cents.iter().sum()),
        "refused_usd": usd(m.refused_cents.iter().sum()),
        "trains": m.trains[0] + m.trains[1],
    });
    if let (Some(o), false) = (out.as_object_mut(), r.ensemble.drawn.is_empty()) {
        let one = |of: &dyn Fn(&MonthOutcome) -> f64| bands(r, |o| of(&o.months[i]));
        let routes: Map<String, Value> = ids()
            .enumerate()
            .map(|(k, id)| {
                let tonnes = one(&|m| r.routes(m)[k].tonnes);
                let usd = one(&|m| r.routes(m)[k].usd);
                (id, json!({ "tonnes": tonnes, "usd": usd }))
            })
            .collect();
        let bands = json!({
            "exports_usd": one(&|m| usd(m.exports_cents)),
            "imports_usd": one(&|m| usd(m.imports_cents)),
            "delivered_usd": one(&|m| usd(m.delivered_cents)),
            "backlog_tonnes": one(&backlog),
            "held_tonnes": one(&held),
            "approaching_tonnes": one(&approaching),
            "trains": one(&|m| f64::from(m.trains[0] + m.trains[1])),
            "by_route": routes,
        });
        o.insert("bands".into(), bands);
    }
    out
}

fn bands(r: &Results, of: impl Fn(&Outcome) -> f64) -> Value {
    json!(r.band(of))
}

/// An estimate; null where no run defines it.
pub(crate) fn band(b: &Estimate) -> Value {
    if b.defined() == 0 { Value::Null } else { json!(b) }
}

/// A corridor as one object.
pub fn corridor(c: &Corridor) -> Value {
    let date = |t| yalu_calendar::iso_date(yalu_calendar::local_date(&c.zones[c.zone].name, t));
    let point = |p: yalu_model::PointId| c.points[p].id.clone();
    json!({
        "schema_version": SCHEMA_VERSION,
        "id": c.id,
        "title": c.title,
        "from": date(c.from),
        "to": date(c.to + yalu_units::Span(-1)),
        "zone": c.zones[c.zone].name,
        "countries": c.countries,
        "seed": c.seed,
        "replications": c.replications,
        "points": c.points.iter().map(|p| json!({
            "id": p.id, "name": p.name, "local_name": p.local_name, "country": p.country,
            "lat": p.position.lat, "lon": p.position.lon, "zone": c.zones[p.zone].name,
            "kind": format!("{:?}", p.kind).to_lowercase(),
            "track_lengths_m": p.track_lengths_m.iter().map(number).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "sections": c.sections.iter().map(|s| json!({
            "id": s.id, "from": point(s.from), "to": point(s.to), "length_m": number(&s.length_m),
            "tracks": s.tracks, "gauge_mm": s.gauge_mm, "electrification": s.electrification,
            "speed_kmh": number(&s.speed_kmh), "gradient_permille": number(&s.gradient_permille),
        })).collect::<Vec<_>>(),
        "services": c.services.iter().map(|s| json!({
            "id": s.id, "title": s.title, "from": point(s.from), "to": point(s.to),
            "crossing": s.crossing.map(|x| c.crossings[x].id.clone()),
            "trains_per_day": number(&s.trains_per_day), "max_wagons": number(&s.max_wagons),
        })).collect::<Vec<_>>(),
        "routes": c.routes.iter().map(|r| json!({
            "id": r.id, "title": r.title,
            "crossings": r.crossings.iter().map(|x| c.crossings[*x].id.clone()).collect::<Vec<_>>(),
            "vehicles_per_day": r.vehicles_per_day.as_ref().map(number),
            "payload_t": r.payload_t.as_ref().map(number),
        })).collect::<Vec<_>>(),
        "crossings": c.crossings.enumerated().map(|(id, x)| json!({
            "id": x.id, "title": x.title,
            "regimes": c.regimes.iter().filter(|r| r.crossing == id).map(|r| json!({
                "from": date(r.from), "to": date(r.to + yalu_units::Span(-1)),
                "state": format!("{:?}", r.state).to_lowercase(), "confidence": r.confidence,
                "restrictions": r.restrictions,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "goods": c.goods.iter().map(|g| json!({
            "id": g.id, "title": g.title, "hs": g.hs.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "direction": if g.direction == Direction::Forward {
                format!("{}-{}", c.countries[0], c.countries[1])
            } else {
                format!("{}-{}", c.countries[1], c.countries[0])
            },
            "level_musd_per_month": number(&g.level_musd_per_month),
            "unit_value_usd_per_t": number(&g.unit_value_usd_per_t),
        })).collect::<Vec<_>>(),
        "inputs": c.inputs.len(),
        "assumed_share": assumed_share(c),
    })
}

fn number(q: &Quantity) -> Value {
    let basis = match &q.basis {
        Basis::Source(s) => json!({ "source": s }),
        Basis::Assumed(a) => json!({ "assumed": a }),
        Basis::Unstated => json!({ "assumed": "not stated" }),
    };
    let mut out = match q.dist {
        Dist::Fixed(v) => json!({ "value": v }),
        Dist::Uniform(a, b) => json!({ "low": a, "high": b }),
        Dist::Triangular(a, m, b) => json!({ "low": a, "mode": m, "high": b }),
    };
    if let (Some(o), Value::Object(b)) = (out.as_object_mut(), basis) {
        o.extend(b);
    }
    out
}
