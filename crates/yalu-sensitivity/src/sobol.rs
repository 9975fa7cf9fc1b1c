//! Shares of an output's variance by input, after Sobol' (1993): a design of points, and indices from what they give.

use crate::doubt::{Doubted, bootstrap};
use crate::error::{SensitivityError, numbers};

/// Most samples that the sequence of points has.
pub const MOST_SAMPLES: usize = 1 << 16;
/// Most inputs: the sequence has twice as many axes.
pub const MOST_INPUTS: usize = 128;

/// A list of points of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Each input from the first half of the axes.
    A,
    /// Each input from the second half.
    B,
    /// As [`Block::A`], but this input from [`Block::B`].
    Mixed(usize),
}

/// Points at which a model is run: `samples` rows in each of `inputs + 2` blocks (Saltelli et al. 2010), from an
/// Owen-scrambled Sobol' sequence.
#[derive(Clone, Copy, Debug)]
pub struct Design {
    samples: usize,
    inputs: usize,
    seed: u32,
}

impl Design {
    /// A design; a power of two of samples fills the space evenly.
    ///
    /// # Errors
    /// [`SensitivityError::NoInput`], [`SensitivityError::TooLarge`].
    pub fn new(samples: usize, inputs: usize, seed: u32) -> Result<Design, SensitivityError> {
        if inputs == 0 {
            return Err(SensitivityError::NoInput);
        }
        if samples > MOST_SAMPLES || inputs > MOST_INPUTS {
            return Err(SensitivityError::TooLarge {
                samples,
                inputs,
                most_samples: MOST_SAMPLES,
                most_inputs: MOST_INPUTS,
            });
        }
        Ok(Design { samples, inputs, seed })
    }

    /// Rows of each block.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// All blocks, in the order in which [`indices`] takes their outputs.
    pub fn blocks(&self) -> impl Iterator<Item = Block> + use<> {
        [Block::A, Block::B].into_iter().chain((0..self.inputs).map(Block::Mixed))
    }

    /// The levels of all inputs at a row of a block, each at least 0 and less than 1.
    pub fn point(&self, block: Block, row: usize) -> Vec<f64> {
        let half = |second: bool, input: usize| {
            let axis = if second { self.inputs + input } else { input };
            f64::from(sobol_burley::sample(row as u32, axis as u32, self.seed))
        };
        let second = |input: usize| match block {
            Block::A => false,
            Block::B => true,
            Block::Mixed(mixed) => mixed == input,
        };
        (0..self.inputs).map(|input| half(second(input), input)).collect()
    }
}

/// The indices of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// The share of the variance that goes with the input alone: what knowing it would take away (Saltelli et al. 2010,
    /// table 2, b).
    pub first: Doubted,
    /// The share that goes with it and all its interactions: what is left when all others are known (Jansen 1999).
    pub total: Doubted,
}

/// Indices of each input from the outputs of each block of a design, in the order of [`Design::blocks`].
///
/// # Errors
/// [`SensitivityError::Length`] where blocks differ in rows, [`SensitivityError::NotANumber`],
/// [`SensitivityError::Constant`].
pub fn indices(outputs: &[Vec<f64>]) -> Result<Vec<Indices>, SensitivityError> {
    let [a, b, mixed @ ..] = outputs else {
        return Err(SensitivityError::NoInput);
    };
    if mixed.is_empty() {
        return Err(SensitivityError::NoInput);
    }
    for block in outputs {
        if block.len() != a.len() {
            return Err(SensitivityError::Length { what: "outputs of a block", given: block.len(), expected: a.len() });
        }
        numbers(block)?;
    }
    if a.iter().chain(b).all(|y| *y == a[0]) {
        return Err(SensitivityError::Constant);
    }
    // Outputs around their mean: the products below then lose no digits to it (as SALib does).
    let mean = a.iter().chain(b).sum::<f64>() / (2 * a.len()) as f64;
    let figures = |rows: &[usize]| -> Vec<f64> {
        let n = rows.len() as f64;
        let sum = rows.iter().map(|&r| a[r] + b[r]).sum::<f64>() / (2.0 * n);
        let variance = rows.iter().map(|&r| (a[r] - sum).powi(2) + (b[r] - sum).powi(2)).sum::<f64>() / (2.0 * n);
        let of = |m: &Vec<f64>| {
            let first = rows.iter().map(|&r| (b[r] - mean) * (m[r] - a[r])).sum::<f64>() / n;
            let total = rows.iter().map(|&r| (a[r] - m[r]).powi(2)).sum::<f64>() / (2.0 * n);
            [first / variance, total / variance]
        };
        mixed.iter().flat_map(of).collect()
    };
    let all = bootstrap(a.len(), "sobol", figures);
    Ok(all.chunks_exact(2).map(|x| Indices { first: x[0], total: x[1] }).collect())
}
