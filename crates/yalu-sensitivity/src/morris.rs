//! Elementary effects, after Morris (1991): walks through the space of inputs, one input moved at a time.

use crate::error::{SensitivityError, numbers};
use yalu_units::{StreamKey, address};

/// Levels that an input takes: 0, 1/3, 2/3, 1 (Morris 1991).
const LEVELS: u64 = 4;
/// A step: two levels of four, so that all levels are met equally often.
const STEP: f64 = 2.0 / 3.0;

/// Walks of `inputs + 1` points each.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectories {
    /// Inputs varied.
    pub inputs: usize,
    /// Each walk: its points, and the input that is moved on the way to each but the first.
    pub walks: Vec<(Vec<Vec<f64>>, Vec<usize>)>,
}

impl Trajectories {
    /// So many walks, the same for the same seed.
    ///
    /// # Errors
    /// [`SensitivityError::NoInput`].
    pub fn new(walks: usize, inputs: usize, seed: u64) -> Result<Trajectories, SensitivityError> {
        if inputs == 0 {
            return Err(SensitivityError::NoInput);
        }
        let walks = (0..walks)
            .map(|walk| {
                let mut random =
                    StreamKey { seed, replication: walk as u32 }.stream(address(&["sensitivity", "morris"]), 0);
                let mut order: Vec<usize> = (0..inputs).collect();
                for i in (1..inputs).rev() {
                    order.swap(i, random.below(i as u64 + 1) as usize);
                }
                // A start on the lower levels steps up, one on the upper levels steps down.
                let mut point: Vec<f64> =
                    (0..inputs).map(|_| random.below(LEVELS) as f64 / (LEVELS - 1) as f64).collect();
                let mut points = vec![point.clone()];
                for &input in &order {
                    point[input] += if point[input] < 0.5 { STEP } else { -STEP };
                    points.push(point.clone());
                }
                (points, order)
            })
            .collect();
        Ok(Trajectories { inputs, walks })
    }

    /// All points, walk by walk.
    pub fn points(&self) -> impl Iterator<Item = &[f64]> {
        self.walks.iter().flat_map(|(points, _)| points).map(Vec::as_slice)
    }
}

/// What moving one input does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Mean effect of going from one end of the input's range to the other, in the output's unit.
    pub mean: f64,
    /// Mean of its size, whatever its sign (Campolongo et al. 2007): nought for an input that does nothing.
    pub size: f64,
    /// Standard deviation between walks: nought where the effect is the same wherever the others stand.
    pub spread: f64,
    /// Standard error of the size.
    pub size_error: f64,
}

/// Effects of each input from the outputs at [`Trajectories::points`].
///
/// # Errors
/// [`SensitivityError::Length`], [`SensitivityError::NotANumber`], [`SensitivityError::TooFew`] below two walks.
pub fn effects(t: &Trajectories, outputs: &[f64]) -> Result<Vec<Effect>, SensitivityError> {
    let expected = t.points().count();
    if outputs.len() != expected {
        return Err(SensitivityError::Length { what: "outputs of the walks", given: outputs.len(), expected });
    }
    if t.walks.len() < 2 {
        return Err(SensitivityError::TooFew { runs: t.walks.len(), least: 2 });
    }
    numbers(outputs)?;
    let mut of: Vec<Vec<f64>> = vec![Vec::with_capacity(t.walks.len()); t.inputs];
    for ((points, order), y) in t.walks.iter().zip(outputs.chunks(t.inputs + 1)) {
        for (i, &input) in order.iter().enumerate() {
            let step = points[i + 1][input] - points[i][input];
            of[input].push((y[i + 1] - y[i]) / step);
        }
    }
    Ok(of.iter().map(|list| effect(list)).collect())
}

fn effect(list: &[f64]) -> Effect {
    let n = list.len() as f64;
    let mean_of = |f: fn(f64) -> f64| list.iter().map(|x| f(*x)).sum::<f64>() / n;
    let deviation =
        |f: fn(f64) -> f64, mean: f64| (list.iter().map(|x| (f(*x) - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let (mean, size) = (mean_of(|x| x), mean_of(f64::abs));
    Effect { mean, size, spread: deviation(|x| x, mean), size_error: deviation(f64::abs, size) / n.sqrt() }
}
