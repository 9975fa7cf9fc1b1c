//! Many replications of one corridor, and what they say together.
//!
//! The central run takes every uncertain input at its median; replications draw them. Bands are over replications.
mod band;
mod closure;
mod ensemble;
mod line;
mod measure;

pub use band::{Band, band};
pub use closure::{Closure, ClosureCost, closure_cost, story_closure};
pub use ensemble::{Ensemble, ensemble};
pub use line::{Delay, LineMeasures, LineRuns, Place, PointPunctuality, line_measures};
pub use measure::{
    Dwell, DwellKind, Punctuality, QueuePeak, RouteMonth, assumed_share, by_route, dwells, punctuality, queue_peaks,
};
