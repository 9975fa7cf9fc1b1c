//! Many replications of one corridor, and what they say together.
//!
//! The central run takes every uncertain input at its median; replications draw them. Bands are over replications.
mod believed;
mod border;
mod capacity;
mod carried;
mod cases;
mod closure;
mod compare;
mod contingency;
mod ensemble;
mod line;
mod measure;
mod months;
mod ride;
mod saturation;
mod twice;
mod volume;

pub use believed::{Believed, believed_ensemble};
pub use border::{
    Binding, BorderFigure, BorderMeasures, BorderRuns, Cause, Caused, Changed, CountSeen, Fit, FlowDwell, ResourceUse,
    RouteFlow, Seen, SeenCut, SeenResource, SeenStep, Spread, Stand, Stay, StepDwell, TrackUse, WaitReason,
    border_measures, border_runs, changed, fit, stations_of,
};
pub use capacity::{
    CapacityStudy, CapacityStudyError, ComesBack, EFFECTIVE_SHARE, OtherTrains, Reference, ReferenceTrain,
    SCOTT_EFFICIENCY, Saturation, SectionStudy, SectionWindows, TOLERANCE, WholePattern, Worked, capacity_study,
    reference_services,
};
pub use carried::{Carried, CarriedMonth, Load, carried};
pub use cases::{Case, CaseRun, Measure, RowError, measures, read_rows, rows_text, run_case, run_cases};
pub use closure::{Closure, ClosureCost, ClosureMonth, ClosureMonths, ClosurePairs, closure_runs, story_closure};
pub use compare::{
    Beside, Change, CompareError, Compared, Comparison, DayPair, Effects, FLUID, Figure, FluidAnswer, FluidBeside,
    FluidFigure, FluidReason, GoodFlow, Recovery, RouteEffect, Uncleared, Variant, Window, compare, declared_regimes,
    index_of, uses, window,
};
pub use contingency::{
    AFTER, Contingency, HISTORY, HoldingPlace, Holds, LengthMeasured, PlaceKind, REPLICATIONS, UNDATED_DAYS, WayRound,
    closure_lengths, undated_closure,
};
pub use ensemble::{Ensemble, ensemble};
pub use line::{Delay, LineMeasures, LineRuns, Place, PointPunctuality, line_measures};
pub use measure::{
    Dwell, DwellKind, Punctuality, QueuePeak, RouteMonth, assumed_share, by_route, dwells, punctuality, queue_peaks,
};
pub use months::{
    LeftOut, MonthlyTrade, ScoredMonth, ScoredSeries, ScoringTerms, TradeInMonth, known_exports, normal_year,
    score_series,
};
pub use ride::{Call, Rating, Ride, Stage};
pub use saturation::{COUNTED_DAYS, Entries, LoadedLine, delay_band, load_line};
pub use twice::{TwiceTrains, twice_runs, twice_trains};
pub use volume::{DelayVolumes, SHARES, Volume};
