//! A scoring as one object (docs/json.md).

use super::{Scored, Sum, words};
use crate::json::SCHEMA_VERSION;
use serde_json::{Value, json};
use yalu_model::{Corridor, Direction};
use yalu_score::{Interval, Month, Together};

/// All columns scored.
pub fn document(c: &Corridor, file: &str, replications: usize, model: &str, all: &[Scored]) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": c.id,
        "observed": file,
        "model": model,
        "replications": replications,
        "series": all.iter().map(|s| series(c, s)).collect::<Vec<_>>(),
    })
}

/// `2022-09`.
pub fn key(month: (i16, i8)) -> String {
    yalu_calendar::iso_month(month)
}

fn series(c: &Corridor, s: &Scored) -> Value {
    let [a, b] = &c.countries;
    let direction = match s.series.direction {
        Some(Direction::Forward) => format!("{a}-{b}"),
        Some(Direction::Back) => format!("{b}-{a}"),
        None => "both".into(),
    };
    let months = s.months.iter().zip(&s.central).zip(&s.taken_out).map(|((m, central), taken_out)| {
        json!({
            "month": key(m.month.civil()),
            "observed": m.observed,
            "taken_out": taken_out,
            "central": central,
            "middle": m.middle,
            "median": m.median,
            "band50": band(m.band50),
            "band90": band(m.band90),
            "error_log10": m.error,
            "inside50": m.band50.holds(m.observed),
            "inside90": m.band90.holds(m.observed),
            "crps_log10": m.crps,
            "winkler90_log10": m.winkler90,
            "pit": m.pit,
        })
    });
    json!({
        "column": s.series.column,
        "unit": s.series.unit.name(),
        "direction": direction,
        "months": months.collect::<Vec<_>>(),
        "left_out": s.left_out.iter().map(|(m, why)| json!({ "month": key(*m), "why": why.words() })).collect::<Vec<_>>(),
        "together": s.sums.iter().map(sum).collect::<Vec<_>>(),
    })
}

fn band(b: Interval) -> Value {
    json!([b.low, b.high])
}

fn sum(s: &Sum) -> Value {
    let mut out = of_together(&s.model);
    if let Some(o) = out.as_object_mut() {
        o.insert("above".into(), json!(s.above));
        let baselines = s.baselines.iter().map(|(b, rms, own, months)| {
            json!({ "baseline": words(*b), "rms_log10": rms, "model_rms_log10": own, "months": months })
        });
        o.insert("baselines".into(), baselines.collect());
    }
    out
}

/// What some months come to.
pub fn of_together(t: &Together) -> Value {
    let worst: Month = t.worst;
    json!({
        "months": t.months,
        "rms_log10": t.rms,
        "rms_log10_without_worst": t.rms_without_worst,
        "worst": key(worst.civil()),
        "bias_log10": t.bias,
        "inside50": t.inside50,
        "inside90": t.inside90,
        "width90_log10": t.width90,
        "crps_log10": t.crps,
        "winkler90_log10": t.winkler90,
    })
}
