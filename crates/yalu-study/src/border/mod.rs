//! The border from a run: where hours go, what is used, what waits, and what binds; many runs and pairs of them.

mod binds;
mod dwell;
mod fit;
mod measures;
mod seen;
mod study;
mod times;
mod usage;

pub use binds::{Binding, Cause, Caused};
pub use dwell::{FlowDwell, Spread, StepDwell};
pub use fit::{CountSeen, Fit, fit};
pub use measures::{BorderMeasures, RouteFlow, Stand, measures as border_measures};
pub use seen::{Seen, SeenCut, SeenResource, SeenStep, Stay, WaitReason, stations_of};
pub use study::{BorderFigure, BorderRuns, Changed, border_runs, changed};
pub use usage::{ResourceUse, TrackUse};
