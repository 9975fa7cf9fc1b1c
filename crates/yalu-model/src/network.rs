//! The line: operational points, sections of line, other trains.

use crate::{LocomotiveId, PointId, Quantity, WagonId, ZoneId};

/// A civil time zone by its IANA name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone {
    /// IANA name (`Asia/Pyongyang`).
    pub name: String,
}

/// A position on the WGS 84 ellipsoid, degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LatLon {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
}

/// What an operational point is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointKind {
    /// A station with a passing loop.
    Station,
    /// A station where trains are handed over.
    BorderStation,
    /// The border itself, on the open line.
    BorderPoint,
    /// A stopping place without a loop.
    Halt,
    /// Closed to traffic; trains pass.
    Closed,
    /// Off the present line, kept for the record.
    Bypassed,
    /// End of the line.
    Terminus,
    /// A yard off the line (warehouses).
    Yard,
    /// A sea port.
    Port,
    /// A place of road traffic.
    Road,
}

/// An operational point (`network/points.csv`).
#[derive(Clone, Debug)]
pub struct OperationalPoint {
    /// Short name (`id`).
    pub id: String,
    /// Romanised name (`name`).
    pub name: String,
    /// Name in local script (`local_name`), may be empty.
    pub local_name: String,
    /// ISO country (`country`).
    pub country: String,
    /// Position (`lat`, `lon`).
    pub position: LatLon,
    /// Civil time zone (`zone`).
    pub zone: ZoneId,
    /// Kind (`kind`).
    pub kind: PointKind,
    /// Lengths of the tracks trains can stand on, metres (`track_lengths_m`, parted by `;`); empty: trains only pass.
    pub track_lengths_m: Vec<Quantity>,
    /// Whether trains from both sides may enter at the same time (`simultaneous_entry`).
    pub simultaneous_entry: bool,
    /// Remarks (`note`).
    pub note: String,
}

/// A section of line between neighbouring operational points (`network/sections.csv`).
#[derive(Clone, Debug)]
pub struct Section {
    /// Short name (`id`).
    pub id: String,
    /// End nearer the first country (`from`).
    pub from: PointId,
    /// Other end (`to`).
    pub to: PointId,
    /// Length, metres (`length_m`).
    pub length_m: Quantity,
    /// 1 or 2 tracks (`tracks`).
    pub tracks: u8,
    /// Gauge, millimetres (`gauge_mm`).
    pub gauge_mm: u32,
    /// Traction supply by a name of its own, `none` or `unknown` (`electrification`).
    pub electrification: String,
    /// Line speed, km/h (`speed_kmh`).
    pub speed_kmh: Quantity,
    /// Mean gradient from `from` to `to`, per mille, rising positive (`gradient_permille`).
    pub gradient_permille: Quantity,
    /// Signal blocks per track (`blocks`).
    pub blocks: u32,
    /// Finer speed and gradient by distance (`network/profiles.csv`).
    pub profile: Vec<ProfilePiece>,
}

/// A piece of a section with its own speed, gradient or curve (`network/profiles.csv`).
#[derive(Clone, Debug)]
pub struct ProfilePiece {
    /// From, metres after the section's start.
    pub from_m: f64,
    /// To, metres after the section's start.
    pub to_m: f64,
    /// Gradient, per mille.
    pub gradient_permille: Option<f64>,
    /// Speed, km/h.
    pub speed_kmh: Option<f64>,
    /// Curve radius, metres.
    pub curve_radius_m: Option<f64>,
}

/// Which kind of other train.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrafficKind {
    /// Domestic freight.
    Domestic,
    /// Passenger.
    Passenger,
}

/// Other trains between two points, each way (`network/traffic.csv`).
#[derive(Clone, Debug)]
pub struct Traffic {
    /// Short name (`id`).
    pub id: String,
    /// One end (`from`).
    pub from: PointId,
    /// Other end (`to`).
    pub to: PointId,
    /// Kind (`kind`).
    pub kind: TrafficKind,
    /// Trains a day in each direction (`trains_per_day`), drawn anew each day.
    pub trains_per_day: Quantity,
    /// Locomotive (`locomotive`).
    pub locomotive: LocomotiveId,
    /// Wagon (`wagon`).
    pub wagon: WagonId,
    /// Number of wagons (`wagons`).
    pub wagons: u32,
    /// Tonnes of load per wagon (`load_t`).
    pub load_t: f64,
}

impl Section {
    /// The other end of the section, if `p` is one of its ends.
    pub fn other(&self, p: PointId) -> Option<PointId> {
        if self.from == p {
            Some(self.to)
        } else if self.to == p {
            Some(self.from)
        } else {
            None
        }
    }
}

crate::words! {
    PointKind {
        "station" => Self::Station,
        "border_station" => Self::BorderStation,
        "border_point" => Self::BorderPoint,
        "halt" => Self::Halt,
        "closed" => Self::Closed,
        "bypassed" => Self::Bypassed,
        "terminus" => Self::Terminus,
        "yard" => Self::Yard,
        "port" => Self::Port,
        "road" => Self::Road,
    }
    TrafficKind { "domestic" => Self::Domestic, "passenger" => Self::Passenger }
}
