//! Variance shares from runs that are there anyway, after Plischke, Borgonovo and Smith (2013): runs sorted by one input and
//! cut into classes; what differs between the classes goes with the input.

use crate::doubt::stream;
use crate::error::{SensitivityError, numbers};

/// The least runs that say something: four classes of ten.
const LEAST: usize = 40;
/// Runs of a class, at least.
const CLASS: usize = 10;
/// Most classes: more follow bends better than a dozen levels show, and cost more by chance.
const MOST_CLASSES: usize = 12;
/// Orders drawn to see what chance gives.
const SHUFFLES: usize = 200;

/// One input beside an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByInput {
    /// Share of the output's variance that goes with the input, freed of what classes give by chance (epsilon squared, Kelley
    /// 1935); may lie a little below nought.
    pub share: f64,
    /// The output's mean over the highest class less that over the lowest: which way it goes, in the output's unit.
    pub rise: f64,
}

/// Inputs beside one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// In the order of the inputs.
    pub inputs: Vec<ByInput>,
    /// The share that the strongest of so many inputs reaches by chance in one case of twenty; what lies below cannot be told
    /// from chance with so few runs.
    pub by_chance: f64,
}

/// How an output goes with each input: levels by input and run, the output by run.
///
/// # Errors
/// [`SensitivityError::TooFew`], [`SensitivityError::Length`], [`SensitivityError::NotANumber`],
/// [`SensitivityError::Constant`].
pub fn given(levels: &[Vec<f64>], output: &[f64]) -> Result<Given, SensitivityError> {
    let runs = output.len();
    if runs < LEAST {
        return Err(SensitivityError::TooFew { runs, least: LEAST });
    }
    numbers(output)?;
    if output.iter().all(|y| *y == output[0]) {
        return Err(SensitivityError::Constant);
    }
    let classes = (runs / CLASS).min(MOST_CLASSES);
    let mean = output.iter().sum::<f64>() / runs as f64;
    let y: Vec<f64> = output.iter().map(|y| y - mean).collect();
    let orders = levels
        .iter()
        .map(|x| {
            if x.len() != runs {
                return Err(SensitivityError::Length { what: "levels of an input", given: x.len(), expected: runs });
            }
            let mut order: Vec<usize> = (0..runs).collect();
            order.sort_by(|&i, &j| x[i].total_cmp(&x[j]));
            Ok(order)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let inputs = orders.iter().map(|order| by_input(order, &y, classes)).collect();
    Ok(Given { inputs, by_chance: by_chance(&orders, &y, classes) })
}

fn by_input(order: &[usize], y: &[f64], classes: usize) -> ByInput {
    let runs = order.len();
    let class = |i: usize| &order[i * runs / classes..(i + 1) * runs / classes];
    let mean = |list: &[usize]| list.iter().map(|&r| y[r]).sum::<f64>() / list.len() as f64;
    let between: f64 = (0..classes).map(|i| class(i).len() as f64 * mean(class(i)).powi(2)).sum();
    let all: f64 = y.iter().map(|y| y * y).sum();
    let (k, n) = (classes as f64, runs as f64);
    let within = (all - between) / (n - k);
    ByInput { share: (between - (k - 1.0) * within) / all, rise: mean(class(classes - 1)) - mean(class(0)) }
}

/// The 95th of a hundred strongest shares, over orders in which runs and outputs are drawn anew beside each other.
fn by_chance(orders: &[Vec<usize>], y: &[f64], classes: usize) -> f64 {
    let mut random = stream("given");
    let mut y = y.to_vec();
    let mut strongest: Vec<f64> = (0..SHUFFLES)
        .map(|_| {
            for i in (1..y.len()).rev() {
                y.swap(i, random.below(i as u64 + 1) as usize);
            }
            orders.iter().map(|order| by_input(order, &y, classes).share).fold(0.0, f64::max)
        })
        .collect();
    strongest.sort_by(f64::total_cmp);
    strongest[SHUFFLES * 19 / 20 - 1]
}
