//! A calibration as one object (docs/json.md).

use super::Told;
use crate::json::SCHEMA_VERSION;
use crate::score::json::{key, of_together};
use serde_json::{Map, Value, json};
use yalu_regime::Dates;
use yalu_score::{Month, Together};
use yalu_trade::calibrate::{Calibration, HeldOut, Sums};
use yalu_trade::{TABLE, Values};

/// All of it.
pub fn document(t: &Told) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": t.c.id,
        "observed": t.file,
        "months_used": t.task.known.len(),
        "least_musd": t.task.least,
        "small_musd": t.task.small,
        "seed": t.task.seed,
        "runs": t.readings.iter().map(|r| u64::from(r.runs)).sum::<u64>(),
        "parameters": TABLE.iter().map(|p| json!({
            "id": p.id, "meaning": p.meaning, "unit": p.unit, "low": p.at(0.0), "median": p.at(0.5), "high": p.at(1.0),
            "even_in": if p.log { "logarithm" } else { "value" }, "source": p.source,
        })).collect::<Vec<_>>(),
        "readings": t.readings.iter().map(|r| reading(t, r)).collect::<Vec<_>>(),
        "wall_s": t.wall_s,
    })
}

fn reading(t: &Told, r: &Calibration) -> Value {
    let held = |begin: &str| mean(r, begin);
    let blocks: Map<String, Value> = t.blocks.iter().map(|b| (b.clone(), held(b))).collect();
    json!({
        "dates": if r.dates == Dates::Widened { "widened" } else { "as_given" },
        "plausible_share": r.plausible_share,
        "posterior": r.posterior.iter().map(|p| json!({
            "id": TABLE[p.param].id, "p05": p.values[0], "p50": p.values[1], "p95": p.values[2], "width_of_prior": p.width,
        })).collect::<Vec<_>>(),
        "not_told_apart": r.pairs.iter().map(|p| json!({
            "ids": p.params.map(|i| TABLE[i].id), "correlation": p.correlation,
        })).collect::<Vec<_>>(),
        "accepted": r.accepted.iter().map(|l| Values::at(l).0).collect::<Vec<_>>(),
        "fit": sums(&r.fit),
        "held_out": { "halves": held("half"), "blocks": blocks },
        "splits": r.held.iter().map(split).collect::<Vec<_>>(),
        "months": t.months.iter().zip(&r.months).map(|(m, x)| json!({
            "month": key(*m), "middle": x.middle, "p05": x.quantiles[0], "p25": x.quantiles[1], "p50": x.quantiles[2],
            "p75": x.quantiles[3], "p95": x.quantiles[4],
        })).collect::<Vec<_>>(),
    })
}

fn sums(s: &Sums) -> Value {
    let of = |x: &Option<Together>| x.as_ref().map(of_together);
    json!({ "above_least": of(&s.above_least), "above_small": of(&s.above_small) })
}

fn split(h: &HeldOut) -> Value {
    json!({
        "name": h.split.name,
        "together": sums(&h.sums),
        "last_known_rms_log10": h.baselines[0],
        "neighbours_rms_log10": h.baselines[1],
        "months": h.months.iter().map(|m| {
            let month: Month = m.month;
            json!({ "month": key(month.civil()), "observed": m.observed, "middle": m.middle,
                "band90": [m.band90.low, m.band90.high], "error_log10": m.error })
        }).collect::<Vec<_>>(),
    })
}

/// Means over splits whose name begins so.
fn mean(r: &Calibration, begin: &str) -> Value {
    let of = |f: fn(&Together) -> f64| r.mean(begin, |h| h.sums.above_small.as_ref().map(f));
    json!({
        "splits": r.held.iter().filter(|h| h.split.name.starts_with(begin)).count(),
        "rms_log10": of(|t| t.rms),
        "rms_log10_without_worst": of(|t| t.rms_without_worst),
        "rms_log10_above_least": r.mean(begin, |h| h.sums.above_least.map(|t| t.rms)),
        "rms_log10_above_least_without_worst": r.mean(begin, |h| h.sums.above_least.map(|t| t.rms_without_worst)),
        "bias_log10": of(|t| t.bias),
        "inside50": of(|t| t.inside50),
        "inside90": of(|t| t.inside90),
        "width90_log10": of(|t| t.width90),
        "crps_log10": of(|t| t.crps),
        "last_known_rms_log10": r.mean(begin, |h| h.baselines[0]),
        "neighbours_rms_log10": r.mean(begin, |h| h.baselines[1]),
    })
}
