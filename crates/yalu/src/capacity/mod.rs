//! What a line carries, in words, tables, charts and JSON.
pub mod charts;
pub mod csv;
pub mod json;
pub mod summary;
mod tables;

use yalu_capacity::{Agreement, Crossing, Scheme};
use yalu_model::Corridor;
use yalu_plan::LineKind;
use yalu_report::number::percent;
use yalu_study::{CapacityStudy, ComesBack, OtherTrains, ReferenceTrain, Worked};

/// What the command came to.
pub struct Told {
    /// The corridor.
    pub corridor: Corridor,
    /// One line for each reference train.
    pub studies: Vec<CapacityStudy>,
    /// Mean delay tolerated, minutes.
    pub tolerated_min: f64,
    /// Command that makes the same results.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
}

impl Told {
    /// Id of the service of a study.
    pub fn service(&self, study: &CapacityStudy) -> &str {
        &self.corridor.services[study.reference.out.service].id
    }

    /// First and last station of a study.
    pub fn ends<'a>(&'a self, study: &CapacityStudy) -> [&'a str; 2] {
        let points = &study.reference.points;
        let name = |p: Option<&yalu_model::PointId>| p.map_or("", |p| self.corridor.points[*p].name.as_str());
        [name(points.first()), name(points.last())]
    }

    /// Length of a stretch of a study, km.
    pub fn length_km(&self, study: &CapacityStudy, stretch: usize) -> f64 {
        study.reference.length_m(&self.corridor, stretch) / 1000.0
    }

    /// A reference train in words.
    pub fn train(&self, train: &ReferenceTrain) -> String {
        let c = &self.corridor;
        let load = if train.load_t > 0.0 { format!("{:.0} t net", train.net_t()) } else { "empty".into() };
        format!(
            "{} and {} × {}, {:.0} m, {load}",
            c.locomotives[train.locomotive].id, train.wagons, c.wagons[train.wagon].id, train.length_m
        )
    }

    /// How the reference train comes back, in words.
    pub fn comes_back(&self, study: &CapacityStudy) -> String {
        let train = self.train(&study.reference.back);
        match study.reference.comes_back {
            ComesBack::Empty => format!("{train}: the service turns"),
            ComesBack::As(id) => format!("{train}: as service {}", self.corridor.services[id].id),
            ComesBack::Alike => format!("{train}: nothing says how it comes back, taken as out"),
        }
    }

    /// Other trains by their id.
    pub fn other<'a>(&'a self, other: &OtherTrains) -> &'a str {
        match other.kind {
            LineKind::Service(s) => &self.corridor.services[s].id,
            LineKind::Traffic(row) => self.corridor.traffic.get(row as usize).map_or("", |t| t.id.as_str()),
        }
    }
}

/// A scheme in data.
pub fn scheme(s: Scheme) -> &'static str {
    match s {
        Scheme::EnteringPass => "entering_pass",
        Scheme::LeavingPass => "leaving_pass",
        Scheme::OutPasses => "out_passes",
        Scheme::BackPasses => "back_passes",
    }
}

/// A crossing in data.
pub fn crossing(x: Crossing) -> &'static str {
    match x {
        Crossing::OutStands => "out_stands",
        Crossing::BackStands => "back_stands",
        Crossing::BothStand => "both_stand",
        Crossing::None => "none",
    }
}

/// How a simulated throughput stands to its closed form, for people.
pub fn agreement(a: Agreement) -> String {
    match a {
        Agreement::Agrees => "agrees".into(),
        Agreement::SimulatedBelow { by } => format!("{} below", percent(by)),
        Agreement::SimulatedAbove { by } => format!("{} ABOVE", percent(by)),
    }
}

/// How trains share a line where that is not in turn, for people.
pub fn worked(w: Worked) -> String {
    match w {
        Worked::InTurn => String::new(),
        Worked::Platoons(k) => format!("platoons of {k}"),
        Worked::Following => "trains following".into(),
    }
}
