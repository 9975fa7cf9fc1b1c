//! The JSON that other programs read (docs/json.md).

use serde_json::{Value, json};
use yalu_model::{Basis, Corridor, Direction, Dist, Quantity, Words as _};
use yalu_study::assumed_share;

pub use yalu_view::SCHEMA_VERSION;

/// A corridor as one object.
pub fn corridor(c: &Corridor) -> Value {
    let date = |t| yalu_calendar::iso_date(yalu_calendar::local_date(&c.horizon.zones[c.horizon.zone].name, t));
    let point = |p: yalu_model::PointId| c.line.points[p].id.clone();
    json!({
        "schema_version": SCHEMA_VERSION,
        "id": c.about.id,
        "title": c.about.title,
        "from": date(c.horizon.from),
        "to": date(c.horizon.to + yalu_units::Span(-1)),
        "zone": c.horizon.zones[c.horizon.zone].name,
        "countries": c.about.countries,
        "seed": c.sampling.seed,
        "replications": c.sampling.replications,
        "points": c.line.points.iter().map(|p| json!({
            "id": p.id, "name": p.name, "local_name": p.local_name, "country": p.country,
            "lat": p.position.lat, "lon": p.position.lon, "zone": c.horizon.zones[p.zone].name,
            "kind": p.kind.word(),
            "track_lengths_m": p.track_lengths_m.iter().map(number).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "sections": c.line.sections.iter().map(|s| json!({
            "id": s.id, "from": point(s.from), "to": point(s.to), "length_m": number(&s.length_m),
            "tracks": s.tracks, "gauge_mm": s.gauge_mm, "electrification": s.electrification,
            "speed_kmh": number(&s.speed_kmh), "gradient_permille": number(&s.gradient_permille),
        })).collect::<Vec<_>>(),
        "services": c.trains.services.iter().map(|s| json!({
            "id": s.id, "title": s.title, "from": point(s.from), "to": point(s.to),
            "crossing": s.crossing.map(|x| c.border.crossings[x].id.clone()),
            "trains_per_day": number(&s.trains_per_day), "max_wagons": number(&s.max_wagons),
        })).collect::<Vec<_>>(),
        "routes": c.trade.routes.iter().map(|r| json!({
            "id": r.id, "title": r.title,
            "crossings": r.crossings.iter().map(|x| c.border.crossings[*x].id.clone()).collect::<Vec<_>>(),
            "vehicles_per_day": r.vehicles_per_day.as_ref().map(number),
            "payload_t": r.payload_t.as_ref().map(number),
        })).collect::<Vec<_>>(),
        "crossings": c.border.crossings.enumerated().map(|(id, x)| json!({
            "id": x.id, "title": x.title,
            "regimes": c.border.regimes.iter().filter(|r| r.crossing == id).map(|r| json!({
                "from": date(r.from), "to": date(r.to + yalu_units::Span(-1)),
                "state": crate::words::state(r.state), "confidence": r.confidence,
                "restrictions": r.restrictions,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "goods": c.trade.goods.iter().map(|g| json!({
            "id": g.id, "title": g.title, "hs": g.hs.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "direction": if g.direction == Direction::Forward {
                format!("{}-{}", c.about.countries[0], c.about.countries[1])
            } else {
                format!("{}-{}", c.about.countries[1], c.about.countries[0])
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
