//! Points, sections, other trains.

use super::{Builder, id};
use yalu_model::{
    LatLon, OperationalPoint, PointId, PointKind, ProfilePiece, Section, SectionId, Traffic, TrafficKind,
};
use yalu_units::IndexVec;

impl Builder<'_> {
    pub(super) fn points(&mut self) -> IndexVec<PointId, OperationalPoint> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.csv("network/points.csv") {
            let zone = self.zone(&r.text("zone"));
            out.push(OperationalPoint {
                id: r.text("id"),
                name: r.text("name"),
                local_name: r.text("local_name"),
                country: r.text("country"),
                position: LatLon { lat: r.number("lat").unwrap_or(0.0), lon: r.number("lon").unwrap_or(0.0) },
                zone,
                kind: kind(&r.text("kind")),
                track_lengths_m: r.quantities("track_lengths_m"),
                simultaneous_entry: r.flag_or("simultaneous_entry", true),
                note: r.text("note"),
            });
        }
        out
    }

    pub(super) fn sections(&mut self) -> IndexVec<SectionId, Section> {
        let files = self.files;
        let mut out: IndexVec<SectionId, Section> = files
            .csv("network/sections.csv")
            .iter()
            .map(|r| Section {
                id: r.text("id"),
                from: id(r, "from"),
                to: id(r, "to"),
                length_m: r.quantity("length_m"),
                tracks: r.integer("tracks").and_then(|n| u8::try_from(n).ok()).unwrap_or(1),
                gauge_mm: r.integer("gauge_mm").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
                electrification: r.text("electrification"),
                speed_kmh: r.quantity("speed_kmh"),
                gradient_permille: r.quantity("gradient_permille"),
                blocks: r.integer("blocks").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
                profile: Vec::new(),
            })
            .collect();
        for r in files.csv("network/profiles.csv") {
            let section: SectionId = id(r, "section");
            if out.get(section).is_none() {
                continue;
            }
            out[section].profile.push(ProfilePiece {
                from_m: r.number("from_m").unwrap_or(0.0),
                to_m: r.number("to_m").unwrap_or(0.0),
                gradient_permille: r.number("gradient_permille"),
                speed_kmh: r.number("speed_kmh"),
                curve_radius_m: r.number("curve_radius_m"),
            });
        }
        for s in &mut out {
            s.profile.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        }
        out
    }

    pub(super) fn traffic(&mut self) -> Vec<Traffic> {
        let files = self.files;
        files
            .csv("network/traffic.csv")
            .iter()
            .map(|r| Traffic {
                id: r.text("id"),
                from: id(r, "from"),
                to: id(r, "to"),
                kind: if r.text("kind") == "passenger" { TrafficKind::Passenger } else { TrafficKind::Domestic },
                trains_per_day: r.quantity("trains_per_day"),
                locomotive: id(r, "locomotive"),
                wagon: id(r, "wagon"),
                wagons: r.integer("wagons").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
                load_t: r.number("load_t").unwrap_or(0.0),
            })
            .collect()
    }
}

fn kind(word: &str) -> PointKind {
    match word {
        "border_station" => PointKind::BorderStation,
        "border_point" => PointKind::BorderPoint,
        "halt" => PointKind::Halt,
        "closed" => PointKind::Closed,
        "bypassed" => PointKind::Bypassed,
        "terminus" => PointKind::Terminus,
        "yard" => PointKind::Yard,
        "port" => PointKind::Port,
        "road" => PointKind::Road,
        _ => PointKind::Station,
    }
}
