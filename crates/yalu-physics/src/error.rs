//! What can stand in the way of a run.

/// Why there is no run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PhysicsError {
    /// The load cannot be started or kept moving.
    #[error("the train stalls {at_m:.0} m after the start of its path: {missing_n:.0} N of tractive force are missing")]
    Stall {
        /// Metres along the profile.
        at_m: f64,
        /// Newtons that are missing to stand still against the gradient.
        missing_n: f64,
    },
    /// The load moves, but so slowly that its run has no end to compute.
    #[error("the train crawls {at_m:.0} m after the start of its path, at {speed_mps:e} m/s")]
    Crawl {
        /// Metres along the profile.
        at_m: f64,
        /// Speed there, m/s.
        speed_mps: f64,
    },
    /// Its brakes cannot hold the load on a falling gradient.
    #[error(
        "the brakes cannot hold the train {at_m:.0} m after the start of its path: the gradient falls {falls_permille:.1} per mille under it, they hold {held_permille:.1}"
    )]
    RunsAway {
        /// Metres along the profile.
        at_m: f64,
        /// How steeply the gradient under the train falls there, per mille.
        falls_permille: f64,
        /// The steepest its brakes hold, per mille.
        held_permille: f64,
    },
    /// A value no train or line can have.
    #[error("{what}")]
    Input {
        /// What is wrong.
        what: String,
    },
}

impl PhysicsError {
    pub(crate) fn input(what: impl Into<String>) -> Self {
        Self::Input { what: what.into() }
    }
}
