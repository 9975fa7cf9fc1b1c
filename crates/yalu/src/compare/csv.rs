//! Variants side by side as comma-separated values.

use super::{Beside, Told};
use crate::words::field;
use std::fmt::Write as _;
use yalu_number::{Band, Estimate};
use yalu_study::Figure;

fn row(out: &mut String, variant: &str, kind: &str, id: &str, figure: &str, b: &Estimate) {
    let Some(Band { p05, p25, p50, p75, p95 }) = b.band() else { return };
    let _ = writeln!(out, "{},{kind},{},{figure},{},{},{},{},{}", field(variant), field(id), p05, p25, p50, p75, p95);
}

/// Every figure of every variant: by all, side, good, route, and the recovery.
pub fn figures(told: &Told) -> String {
    let mut out = String::from("variant,of,id,figure,p05,p25,p50,p75,p95\n");
    for v in &told.variants {
        one(&mut out, told, v);
    }
    out
}

fn one(out: &mut String, told: &Told, v: &Beside) {
    let x = &v.comparison;
    let name = &x.names[1];
    let [a, b] = &told.base.countries;
    let sides = [format!("{a}-{b}"), format!("{b}-{a}")];
    for figure in Figure::ALL {
        row(out, name, "all", "", figure.name(), x.total.of(figure));
        for (id, side) in sides.iter().zip(&x.sides) {
            row(out, name, "side", id, figure.name(), side.of(figure));
        }
        for ((id, _), good) in x.good_ids.iter().zip(&x.goods) {
            row(out, name, "good", id, figure.name(), good.of(figure));
        }
    }
    for ((id, _), r) in x.route_ids.iter().zip(&x.routes) {
        row(out, name, "route", id, "came_t_base", &r.came_t[0]);
        row(out, name, "route", id, "came_t_variant", &r.came_t[1]);
        row(out, name, "route", id, "difference_t", &r.difference_t);
        row(out, name, "route", id, "diverted_to_t", &r.diverted_to_t);
    }
    let Some(r) = &x.recovery else { return };
    let all = [
        ("peak_t", r.peak_t),
        ("clear_days", r.clear_days),
        ("delay_tonne_days", r.delay_tonne_days),
        ("lost_days_of_flow", r.loss_days),
        ("back_to_90_days", r.back_days[0]),
        ("back_to_95_days", r.back_days[1]),
        ("back_to_100_days", r.back_days[2]),
    ];
    for (figure, b) in all {
        row(out, name, "recovery", "", figure, &b);
    }
}
