//! One train of a service, as somebody wishes it, without compiling the whole corridor.

use crate::builder::{LineBuilder, consist};
use crate::network::stands;
use crate::{Consist, Line, PlanError};
use yalu_model::{Corridor, ServiceId, Stop};

/// A train of a service with wagons, load and stops of its own.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The service.
    pub service: ServiceId,
    /// As the service is written, or back.
    pub forward: bool,
    /// Whether its wagons are loaded.
    pub loaded: bool,
    /// Wagons.
    pub wagons: u32,
    /// Stops beyond those of its service, in any order.
    pub stops: &'a [Stop],
}

impl Wish<'_> {
    /// Its vehicles, at the median of their inputs.
    pub fn consist(&self, c: &Corridor) -> Consist {
        consist(c, self.service, self.wagons, self.loaded)
    }

    /// Its path and running times, under no temporary restriction.
    pub fn line(&self, c: &Corridor) -> Result<Line, PlanError> {
        let (stands, stretches, of) = stands(c);
        LineBuilder::new(c, &stands, &stretches, &of, &[]).one(self)
    }
}
