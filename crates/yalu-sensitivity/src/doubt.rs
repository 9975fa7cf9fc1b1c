//! How far an index may be off: the bootstrap over rows.

use yalu_units::{Stream, StreamKey, address};

/// Draws with replacement from which a 95 % interval is read.
const DRAWS: usize = 400;

/// A figure with the interval that holds it in 95 of 100 cases, by the percentile bootstrap (Efron 1979).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubted {
    /// From all rows.
    pub value: f64,
    /// 2.5 % of the draws lie below.
    pub low: f64,
    /// 2.5 % of the draws lie above.
    pub high: f64,
}

/// The stream of draws for a purpose: the same for the same purpose, whatever else is computed.
pub(crate) fn stream(purpose: &str) -> Stream {
    StreamKey { seed: 0, replication: 0 }.stream(address(&["sensitivity", purpose]), 0)
}

/// Intervals of `figures`, computed anew from rows drawn with replacement.
pub(crate) fn bootstrap(rows: usize, purpose: &str, figures: impl Fn(&[usize]) -> Vec<f64>) -> Vec<Doubted> {
    let all: Vec<usize> = (0..rows).collect();
    let values = figures(&all);
    let mut draws: Vec<Vec<f64>> = values.iter().map(|_| Vec::with_capacity(DRAWS)).collect();
    let mut random = stream(purpose);
    let mut drawn = all;
    for _ in 0..DRAWS {
        for row in &mut drawn {
            *row = random.below(rows as u64) as usize;
        }
        for (list, x) in draws.iter_mut().zip(figures(&drawn)) {
            list.push(x);
        }
    }
    values
        .into_iter()
        .zip(draws)
        .map(|(value, mut list)| {
            list.sort_by(f64::total_cmp);
            Doubted { value, low: list[DRAWS / 40], high: list[DRAWS - 1 - DRAWS / 40] }
        })
        .collect()
}
