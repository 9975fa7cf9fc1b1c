//! Points, sections, other trains.

use super::Builder;
use yalu_model::{LatLon, OperationalPoint, PointId, ProfilePiece, Section, SectionId, Traffic};
use yalu_units::IndexVec;

impl Builder<'_> {
    pub(super) fn points(&mut self) -> IndexVec<PointId, OperationalPoint> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in &files.points {
            let zone = self.zone(&r.zone);
            out.push(OperationalPoint {
                id: r.id.clone(),
                name: r.name.clone(),
                local_name: r.local_name.clone(),
                country: r.country.clone(),
                position: LatLon { lat: r.lat, lon: r.lon },
                zone,
                kind: r.kind,
                track_lengths_m: r.track_lengths_m.clone(),
                simultaneous_entry: r.simultaneous_entry.unwrap_or(true),
                note: r.note.clone(),
            });
        }
        out
    }

    pub(super) fn sections(&mut self) -> IndexVec<SectionId, Section> {
        let files = self.files;
        let mut out: IndexVec<SectionId, Section> = files
            .sections
            .iter()
            .map(|r| Section {
                id: r.id.clone(),
                from: r.from,
                to: r.to,
                length_m: r.length_m.clone(),
                tracks: r.tracks,
                gauge_mm: r.gauge_mm,
                electrification: r.electrification.clone(),
                speed_kmh: r.speed_kmh.clone(),
                gradient_permille: r.gradient_permille.clone(),
                blocks: r.blocks,
                profile: Vec::new(),
            })
            .collect();
        for r in &files.profiles {
            // A section that is wrong is not there.
            if !files.sections.whole() || out.get(r.section).is_none() {
                continue;
            }
            out[r.section].profile.push(ProfilePiece {
                from_m: r.from_m,
                to_m: r.to_m,
                gradient_permille: r.gradient_permille,
                speed_kmh: r.speed_kmh,
                curve_radius_m: r.curve_radius_m,
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
            .traffic
            .iter()
            .map(|r| Traffic {
                id: r.id.clone(),
                from: r.from,
                to: r.to,
                kind: r.kind,
                trains_per_day: r.trains_per_day.clone(),
                locomotive: r.locomotive,
                wagon: r.wagon,
                wagons: r.wagons,
                load_t: r.load_t,
            })
            .collect()
    }
}
