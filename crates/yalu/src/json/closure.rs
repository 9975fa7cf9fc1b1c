//! The closure of the story and twice the trains in JSON.

use super::band;
use crate::results::Results;
use serde_json::{Map, Value, json};
use yalu_sim::Short;
use yalu_study::Figure;

/// What the closure cost; null without one.
pub(super) fn cost(r: &Results) -> Value {
    let Some(x) = &r.closure else { return Value::Null };
    json!({
        "crossing": r.corridor.crossings[x.closure.crossing].id,
        "from": r.date(x.closure.from),
        "to": r.date(x.closure.to + yalu_units::Span(-1)),
        "counted_months": [r.month_key(x.months.0), r.month_key(x.months.1)],
        "exports_not_made_usd": band(&x.exports_usd),
        "given_up_usd": band(&x.given_up_usd),
        "by_month": by_month(r),
        "recovery": recovery(r),
        "pairs": x.replications,
    })
}

fn by_month(r: &Results) -> Value {
    let Some(m) = r.closure.as_ref().and_then(|x| x.by_month.as_ref()) else { return Value::Null };
    let months = m.months.iter().map(|x| {
        json!({
            "month": r.month_key(x.month),
            "days_running": x.days_running,
            "by_others_of_last_before": band(&x.by_others),
            "lost_share": band(&x.lost),
        })
    });
    json!({
        "last_before": r.month_key(m.last_before),
        "share_before": band(&m.share_before),
        "share_before_months": [r.month_key(m.before.0), r.month_key(m.before.1)],
        "lost_share": band(&m.lost),
        "lost_share_counted": band(&m.lost_counted),
        "months": months.collect::<Vec<_>>(),
    })
}

fn recovery(r: &Results) -> Value {
    let Some(v) = &r.beside else { return Value::Null };
    let Some(x) = &v.comparison.recovery else { return Value::Null };
    json!({
        "peak_t": band(&x.peak_t),
        "clear_days": band(&x.clear_days),
        "runs_that_clear": x.clear_days.defined(),
        "lost_days_of_flow": band(&x.loss_days),
        "delay_usd": band(v.comparison.total.of(Figure::DelayUsd)),
        "diverted_share": band(&x.shares[0]),
        "given_up_share": band(&x.shares[1]),
        "waiting_share": band(&x.shares[2]),
    })
}

/// Twice the trains over the story's crossing; null where they were not run.
pub(super) fn twice(r: &Results) -> Value {
    let Some(x) = &r.twice else { return Value::Null };
    let not_formed: Map<String, Value> =
        Short::ALL.into_iter().zip(&x.not_formed).map(|(s, b)| (s.name().to_owned(), band(b))).collect();
    json!({
        "counted_months": [r.month_key(x.months.0), r.month_key(x.months.1)],
        "trains_allowed": x.allowed.0,
        "slots_per_day": x.allowed.1,
        "trains": { "declared": band(&x.trains[0]), "twice": band(&x.trains[1]) },
        "trains_more": band(&x.trains_more),
        "not_formed": not_formed,
        "rail_tonnes_declared": band(&x.rail_declared_t),
        "rail_tonnes_more": band(&x.rail_t),
        "all_tonnes_more": band(&x.all_t),
        "waiting_tonnes_more": band(&x.waiting_t),
        "clear_days": {
            "declared": band(&x.clear_days[0]),
            "twice": band(&x.clear_days[1]),
            "runs_that_clear": [x.clear_days[0].defined(), x.clear_days[1].defined()],
        },
        "pairs": x.replications,
    })
}
