//! What a study of inputs cannot be made from.

/// Why there is no measure of sensitivity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SensitivityError {
    /// A design needs an input.
    #[error("there is no input to vary")]
    NoInput,
    /// A sequence of points has a last one and a last axis.
    #[error(
        "{samples} samples of {inputs} inputs are beyond the {most_samples} samples of {most_inputs} inputs that there are points for"
    )]
    TooLarge {
        /// Samples asked for.
        samples: usize,
        /// Inputs asked for.
        inputs: usize,
        /// Most samples.
        most_samples: usize,
        /// Most inputs.
        most_inputs: usize,
    },
    /// Lists that go together have different lengths.
    #[error("{what}: {given} where {expected} belong")]
    Length {
        /// What the list holds.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many there must be.
        expected: usize,
    },
    /// Too few runs to say anything.
    #[error("{runs} runs are too few: {least} are the least")]
    TooFew {
        /// Runs there are.
        runs: usize,
        /// The least that say something.
        least: usize,
    },
    /// The output is the same in each run.
    #[error("the output is the same in each run, so nothing moves it")]
    Constant,
    /// An output of a run is no number.
    #[error("the output of run {run} is not a number")]
    NotANumber {
        /// The run, from 0.
        run: usize,
    },
}

/// Refuses outputs that are no numbers.
pub(crate) fn numbers(outputs: &[f64]) -> Result<(), SensitivityError> {
    match outputs.iter().position(|y| !y.is_finite()) {
        Some(run) => Err(SensitivityError::NotANumber { run }),
        None => Ok(()),
    }
}
