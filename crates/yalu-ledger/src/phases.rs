//! Hidden phases of a crossing: its state, and how long it has been in it.
//!
//! A chain forgets how long a state has lasted. Phases remember as much as is needed: a change is fresh for some days, in which it
//! ends more often and more is heard of it; a closure is settled, then long.

use crate::chain::Chain;
use crate::{DurationModel, Settings};
use yalu_model::State;

/// Number of phases.
pub(crate) const PHASES: usize = 8;
/// A number for each phase.
pub(crate) type Phases = [f64; PHASES];

pub(crate) const NOT_OPENED: usize = 0;
pub(crate) const SHUT_FRESH: usize = 1;
pub(crate) const SHUT_SETTLED: usize = 2;
pub(crate) const SHUT_LONG: usize = 3;
pub(crate) const LIMITED_FRESH: usize = 4;
pub(crate) const LIMITED: usize = 5;
pub(crate) const OPEN_FRESH: usize = 6;
pub(crate) const OPEN: usize = 7;

/// The phases in which a change has just happened.
pub(crate) const FRESH: [usize; 3] = [SHUT_FRESH, LIMITED_FRESH, OPEN_FRESH];

/// Days a settled closure takes to become a long one: half a year.
const SETTLED_DAYS: f64 = 150.0;
/// Ages at which closures of the three phases are taken to end, days: within the first fortnight, a season, years.
const AGES: [f64; 3] = [15.0, 90.0, 500.0];
/// Mean days before a crossing that never opened opens: none of the kind did within a decade.
const NOT_OPENED_DAYS: f64 = 3650.0;

/// The state of a phase.
pub(crate) fn state(phase: usize) -> State {
    match phase {
        NOT_OPENED => State::NotOpened,
        SHUT_FRESH | SHUT_SETTLED | SHUT_LONG => State::Suspended,
        LIMITED_FRESH | LIMITED => State::Limited,
        _ => State::Open,
    }
}

/// Whether it runs in a phase.
pub(crate) fn runs(phase: usize) -> bool {
    phase >= LIMITED_FRESH
}

/// A value for each phase by its state: not opened, suspended, limited, open.
pub(crate) fn by_state([not_opened, shut, limited, open]: [f64; 4]) -> Phases {
    [not_opened, shut, shut, shut, limited, limited, open, open]
}

/// The chain of a crossing: hazards of closures from their durations, all others from the settings.
pub(crate) fn chain(settings: &Settings, closures: &DurationModel) -> Chain<PHASES> {
    with_hazards(settings, AGES.map(|age| closures.hazard(age)), [1.0, 1.0])
}

/// The chain with given hazards of closures, and the hazards of limited and open services multiplied.
pub(crate) fn with_hazards(settings: &Settings, closures: [f64; 3], [limited, open]: [f64; 2]) -> Chain<PHASES> {
    let mut step = [[0.0; PHASES]; PHASES];
    let s = settings;
    let ageing = 1.0 / s.fresh_days.max(1.0);
    for (phase, hazard) in [SHUT_FRESH, SHUT_SETTLED, SHUT_LONG].into_iter().zip(closures) {
        step[phase][LIMITED_FRESH] = hazard * s.reopens_limited;
        step[phase][OPEN_FRESH] = hazard * (1.0 - s.reopens_limited);
    }
    step[SHUT_FRESH][SHUT_SETTLED] = ageing;
    step[SHUT_SETTLED][SHUT_LONG] = 1.0 / SETTLED_DAYS;
    step[LIMITED_FRESH][LIMITED] = ageing;
    step[OPEN_FRESH][OPEN] = ageing;
    for phase in [LIMITED_FRESH, LIMITED] {
        let hazard = limited / s.limited_days.max(1.0);
        step[phase][SHUT_FRESH] = hazard * s.limited_ends_shut;
        step[phase][OPEN] += hazard * (1.0 - s.limited_ends_shut);
    }
    for phase in [OPEN_FRESH, OPEN] {
        let hazard = open / s.open_days.max(1.0);
        step[phase][SHUT_FRESH] = hazard;
        step[phase][LIMITED] += 0.5 * hazard;
    }
    step[NOT_OPENED][LIMITED_FRESH] = 0.5 / NOT_OPENED_DAYS;
    step[NOT_OPENED][OPEN_FRESH] = 0.5 / NOT_OPENED_DAYS;
    for (phase, row) in step.iter_mut().enumerate() {
        let leaves: f64 = row.iter().sum();
        if leaves > 1.0 {
            for x in row.iter_mut() {
                *x /= leaves;
            }
        } else {
            row[phase] = 1.0 - leaves;
        }
    }
    Chain { start: start(s.start), step }
}

/// The first day: nothing is fresh.
fn start([not_opened, shut, limited, open]: [f64; 4]) -> Phases {
    let mut first = [0.0; PHASES];
    first[NOT_OPENED] = not_opened;
    first[SHUT_SETTLED] = shut;
    first[LIMITED] = limited;
    first[OPEN] = open;
    first
}

/// A service that does not run begins, with a chance.
pub(crate) fn begin(belief: &mut Phases, chance: f64, settings: &Settings) {
    for phase in [NOT_OPENED, SHUT_FRESH, SHUT_SETTLED, SHUT_LONG] {
        let begun = belief[phase] * chance;
        belief[phase] -= begun;
        belief[LIMITED_FRESH] += begun * settings.reopens_limited;
        belief[OPEN_FRESH] += begun * (1.0 - settings.reopens_limited);
    }
}

/// The ages of the closure phases' hazards, for one set of parameters.
pub(crate) fn hazards_of(lomax: crate::Lomax) -> [f64; 3] {
    AGES.map(|age| lomax.hazard(age))
}
