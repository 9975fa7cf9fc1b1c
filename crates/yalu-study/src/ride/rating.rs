//! Tonnage rating: what the locomotive can haul over each section of line, beside what it hauls.

use yalu_model::{Corridor, SectionId};
use yalu_physics::RunPoint;
use yalu_plan::Line;

/// A section of line and the trailing mass the locomotive keeps moving over it.
pub struct Rating {
    /// The section.
    pub section: SectionId,
    /// Ruling gradient: the steepest, averaged over the train, curves counted, per mille.
    pub ruling_permille: f64,
    /// Trailing mass at the stated speed, t; none where wagons roll by themselves.
    pub tonnes: Option<f64>,
    /// The present trailing mass over it.
    pub share: Option<f64>,
}

/// The rating of each section of a path, at a speed (m/s).
pub fn ratings(c: &Corridor, line: &Line, curve: &[RunPoint], speed_mps: f64) -> Vec<Rating> {
    let trailing = line.consist.wagons_kg() / 1000.0;
    let mut out = Vec::new();
    for part in line.parts() {
        let begin = line.chainage_m[part.first];
        for &(section, at, _) in &part.sections {
            let (from, to) = (begin + at, begin + at + c.line.sections[section].length_m.central());
            let on = curve.iter().filter(|p| from <= p.at_m && p.at_m <= to);
            let ruling_permille = on.map(|p| p.gradient_permille).fold(f64::NEG_INFINITY, f64::max);
            if !ruling_permille.is_finite() {
                continue;
            }
            let tonnes = line.consist.hauls_kg(speed_mps, ruling_permille).map(|kg| kg / 1000.0);
            let share = tonnes.map(|t| if t > 0.0 { trailing / t } else { f64::INFINITY }).filter(|s| s.is_finite());
            out.push(Rating { section, ruling_permille, tonnes, share });
        }
    }
    out
}
