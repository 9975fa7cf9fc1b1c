//! Scores of forecasts.

use crate::{Observed, Oracle, Tolerance};
use yalu_score::{
    Ensemble, Interval, brier, crps_ensemble, crps_exponential, crps_normal, log_score, quantile_ranks, range_coverage,
    winkler,
};

const LAYER: &str = "Scores";

const SCORES: &str =
    "computed independently from the definitions (Gneiting and Raftery 2007, Ferro 2013, Winkler 1972)";
const VALUE: &str = "value observed";
const SPREAD: &str = "standard deviation";

const SEVENTH: Tolerance = Tolerance::Absolute(0.5e-7);
const EXACT: Tolerance = Tolerance::Relative(1e-12);

fn oracle(
    id: &str,
    what: &str,
    (expected, tolerance): (f64, Tolerance),
    constant: &'static str,
    observe: impl Fn(f64) -> Observed + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("score.{id}"),
        layer: LAYER,
        what: what.into(),
        unit: "",
        expected,
        tolerance,
        source: SCORES,
        constant,
        observe: Box::new(observe),
    }
}

pub(crate) fn oracles() -> Vec<Oracle> {
    let members = |f: f64| [1.0 * f, 2.0 * f, 4.0 * f, 8.0 * f];
    let outcomes = [true, false, false];
    let chances = |f: f64| [0.9 * f, 0.7 * f, 0.2 * f];
    vec![
        oracle("crps.normal.0", "CRPS of N(0, 1) at 0", (0.233_695_0, SEVENTH), SPREAD, |f| {
            Ok(crps_normal(0.0, f, 0.0)?)
        }),
        oracle("crps.normal.1", "CRPS of N(0, 1) at 1", (0.602_441_4, SEVENTH), VALUE, |f| {
            Ok(crps_normal(0.0, 1.0, f)?)
        }),
        oracle("crps.normal.2", "CRPS of N(0, 1) at 2", (1.452_791_8, SEVENTH), VALUE, |f| {
            Ok(crps_normal(0.0, 1.0, 2.0 * f)?)
        }),
        oracle("crps.normal.3", "CRPS of N(5, 2) at 3", (1.204_882_7, SEVENTH), VALUE, |f| {
            Ok(crps_normal(5.0, 2.0, 3.0 * f)?)
        }),
        oracle("crps.exponential", "CRPS of an exponential law of rate 1 at 1", (0.235_758_9, SEVENTH), VALUE, |f| {
            Ok(crps_exponential(1.0, f)?)
        }),
        oracle("crps.ensemble.plain", "CRPS of {1, 2, 4, 8} at 3, plain", (0.8125, EXACT), "members", move |f| {
            Ok(crps_ensemble(&members(f), 3.0, Ensemble::Plain)?)
        }),
        oracle("crps.ensemble.fair", "the same, fair", (1.0 / 3.0, EXACT), "members", move |f| {
            Ok(crps_ensemble(&members(f), 3.0, Ensemble::Fair)?)
        }),
        oracle("winkler", "Winkler's score of [10, 30] for 90 % at 35", (120.0, EXACT), VALUE, |f| {
            Ok(winkler(Interval { low: 10.0, high: 30.0 }, 0.9, 35.0 * f)?)
        }),
        oracle("brier", "Brier's score of 0.9, 0.7, 0.2 for 1, 0, 0", (0.18, EXACT), "chances", move |f| {
            Ok(brier(&chances(f), &outcomes)?)
        }),
        oracle("log", "logarithmic score of the same", (0.510_825_6, SEVENTH), "chances", move |f| {
            Ok(log_score(&chances(f), &outcomes)?)
        }),
        oracle("range", "covered by the range of 200 draws", (199.0 / 201.0, EXACT), "draws", |f| {
            Ok(range_coverage((200.0 * f).round() as u32)?)
        }),
        oracle("quantile.low", "95th of a hundred of 1,000 runs: lower rank, 95 %", (936.0, EXACT), "share", |f| {
            Ok(f64::from(quantile_ranks(1000, 0.95 * f, 0.95)?.0))
        }),
        oracle("quantile.high", "the same: upper rank", (964.0, EXACT), "share", |f| {
            Ok(f64::from(quantile_ranks(1000, 0.95 * f, 0.95)?.1))
        }),
    ]
}
