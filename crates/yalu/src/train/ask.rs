//! What was asked for: service, wagons, load, stops; unknown names are told with the nearest.

use crate::args::Train as Args;
use crate::terminal::Problem;
use crate::words::unknown;
use yalu_model::{Corridor, Quantity, ServiceId, ServiceKind, Stop};
use yalu_plan::{Wish, plain};

/// A train asked for.
pub struct Asked {
    /// Its service.
    pub service: ServiceId,
    /// As the service is written, or back.
    pub forward: bool,
    /// Whether its wagons are loaded.
    pub loaded: bool,
    /// Wagons.
    pub wagons: u32,
    /// Stops beyond those of its service.
    pub stops: Vec<Stop>,
}

impl Asked {
    /// What the options say; what they leave out is as the service runs: full out, empty back.
    pub fn new(c: &Corridor, a: &Args) -> Result<Asked, Problem> {
        let id = service(c, &a.service)?;
        let s = &c.trains.services[id];
        let m = &a.make_up;
        let empties = m.back && s.kind == ServiceKind::Freight && !plain(c, id);
        let stops = a.stop_at.iter().map(|text| stop(c, text)).collect::<Result<_, _>>()?;
        Ok(Asked {
            service: id,
            forward: !m.back,
            loaded: m.loaded || !(m.empty || empties),
            wagons: m.wagons.unwrap_or_else(|| s.max_wagons.central().round() as u32),
            stops,
        })
    }

    /// The same as the plan takes it.
    pub fn wish(&self) -> Wish<'_> {
        Wish {
            service: self.service,
            forward: self.forward,
            loaded: self.loaded,
            wagons: self.wagons,
            stops: &self.stops,
        }
    }
}

/// The service of an id.
pub fn service(c: &Corridor, id: &str) -> Result<ServiceId, Problem> {
    let found = c.trains.services.enumerated().find(|(_, s)| s.id == id).map(|(i, _)| i);
    found.ok_or_else(|| unknown("service", id, c.trains.services.iter().map(|s| s.id.as_str())))
}

/// `POINT` or `POINT=MINUTES`.
fn stop(c: &Corridor, text: &str) -> Result<Stop, Problem> {
    let (id, minutes) = text.split_once('=').unwrap_or((text, "0"));
    let point = crate::words::point(c, id)?;
    let minutes: f64 = minutes.parse().ok().filter(|m| (0.0..=100_000.0).contains(m)).ok_or_else(|| {
        Problem::new(format!("--stop-at {text}: not a number of minutes")).help("write --stop-at POINT=5")
    })?;
    Ok(Stop { point, minutes: Quantity::assumed("stop-at", minutes, "asked for"), reverses: false })
}
