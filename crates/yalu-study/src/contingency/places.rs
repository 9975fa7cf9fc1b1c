//! Where trains and goods can be held, and when each place is full by what would have crossed.

use super::Contingency;
use yalu_model::{HoldId, OperationalPoint, PointId, RailRoute, Route};

/// Where trains or goods can stand.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldingPlace {
    /// What it is.
    pub kind: PlaceKind,
    /// How much it holds.
    pub holds: Holds,
    /// Days until full trains of what would have crossed fill it, least and greatest; none where they do not come to it.
    pub full_after_days: Option<[f64; 2]>,
}

/// A kind of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// The yard of a border station.
    Yard {
        /// The station's operational point.
        point: PointId,
        /// Whether it lies beyond the crossing, seen from where the goods wait.
        beyond: bool,
    },
    /// A quarantine hold, beyond the crossing.
    Hold(HoldId),
    /// The stations of a country that have two tracks and more, with all but one of each.
    Stations {
        /// The country.
        country: String,
        /// How many.
        count: usize,
    },
}

/// How much a place holds, least and greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holds {
    /// Tracks, of a train each.
    Tracks([f64; 2]),
    /// Tonnes of goods.
    Tonnes([f64; 2]),
}

impl Contingency {
    /// The places of the line that the closure shuts; none where nothing is shut.
    pub fn places(&self) -> Vec<HoldingPlace> {
        let c = &self.compared.base;
        let Some(flow_t) = self.closure().comparison.recovery.as_ref().map(|r| r.flow_t) else { return Vec::new() };
        let shut: Vec<(&Route, &RailRoute)> =
            c.trade.routes.iter().filter(|r| self.is_shut(r)).filter_map(|r| Some((r, r.rail.as_ref()?))).collect();
        let train_t = |rail: &RailRoute| {
            let s = &c.trains.services[rail.over_border];
            s.max_wagons.central() * c.trains.wagons[s.wagon].payload_t.central()
        };
        let load_t = shut.iter().map(|(_, rail)| train_t(rail)).fold(0.0, f64::max);
        let mut out = Vec::new();
        if load_t > 0.0 {
            let trains = [flow_t.p05() / load_t, flow_t.p95() / load_t];
            for s in &c.border.stations {
                let country = &c.line.points[s.point].country;
                let near = shut.iter().any(|(r, _)| &c.line.points[r.waits_at].country == country);
                let holds = [s.yard_tracks.low(), s.yard_tracks.high()];
                out.push(HoldingPlace {
                    kind: PlaceKind::Yard { point: s.point, beyond: !near },
                    holds: Holds::Tracks(holds),
                    full_after_days: (trains[1] > 0.0 && near)
                        .then(|| [holds[0] / trains[1], holds[1] / trains[0].max(1e-9)]),
                });
            }
        }
        for id in shut.iter().filter_map(|(_, rail)| rail.hold) {
            let holds = &c.border.holds[id].capacity_t;
            out.push(HoldingPlace {
                kind: PlaceKind::Hold(id),
                holds: Holds::Tonnes([holds.low(), holds.high()]),
                full_after_days: None,
            });
        }
        let tracks = |p: &OperationalPoint| p.track_lengths_m.len();
        for country in c.about.countries.iter().filter(|_| load_t > 0.0) {
            let here: Vec<usize> =
                c.line.points.iter().filter(|p| &p.country == country).map(tracks).filter(|n| *n >= 2).collect();
            let spare = (here.iter().sum::<usize>() - here.len()) as f64;
            if !here.is_empty() {
                out.push(HoldingPlace {
                    kind: PlaceKind::Stations { country: country.clone(), count: here.len() },
                    holds: Holds::Tracks([spare; 2]),
                    full_after_days: None,
                });
            }
        }
        out
    }
}
