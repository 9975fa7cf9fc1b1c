//! How commands begin and end.

use crate::terminal::Problem;

/// How a command ended that could do its work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Nothing to complain of.
    Fine,
    /// Something was found.
    Findings,
}

impl Ended {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Ended::Fine => 0,
            Ended::Findings => 1,
        }
    }
}

/// Starts the threads asked for.
pub fn threads(n: Option<u16>) -> Result<(), Problem> {
    let Some(n) = n else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(n)).build_global();
    pool.map_err(|e| Problem::new("the threads asked for cannot be started").because(e))
}
