//! Names of trains along their lines.

use crate::diagram_draw::Drawn;
use crate::place::Places;
use crate::svg::{Canvas, Words, Xy};
use crate::text::width_of;

/// Share of a name's ground that other marks may take before a crowded diagram leaves the name out.
const COVERED: f64 = 0.5;

/// Sets each train's name along its line, on the stretch where it covers least; where thinned, names that would
/// cover more than a share of their own ground are left to the pointer and the table.
pub(crate) fn draw_train_names(canvas: &mut Canvas, ways: &[Drawn], places: &mut Places, thin: bool) {
    for (way, name, fill) in ways {
        let w = width_of(name, 11.0, true);
        if name.is_empty() {
            continue;
        }
        let mut best: Option<(f64, Xy, f64)> = None;
        for pair in way.windows(2) {
            let [a, b] = pair else { continue };
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            if !length.is_finite() || length < 14.0 {
                continue;
            }
            let mut angle = (b.1 - a.1).atan2(b.0 - a.0);
            if angle.abs() > std::f64::consts::FRAC_PI_2 {
                angle += std::f64::consts::PI;
            }
            for t in [0.5, 0.25, 0.75] {
                let on = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                let base = (on.0 + angle.sin() * 6.0, on.1 - angle.cos() * 6.0);
                let mut cost = (w - length).max(0.0) * 2.0;
                let steps = (w / 8.0).ceil().clamp(2.0, 40.0) as usize;
                for i in 0..=steps {
                    let s = (i as f64 / steps as f64 - 0.5) * w;
                    let p =
                        (base.0 + angle.cos() * s + angle.sin() * 5.0, base.1 + angle.sin() * s - angle.cos() * 5.0);
                    cost += places.cost(p.0 - 4.5, p.1 - 4.5, p.0 + 4.5, p.1 + 4.5);
                }
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, base, angle));
                }
            }
        }
        let most = if thin { w * 9.0 * COVERED } else { f64::MAX };
        if let Some((_, at, angle)) = best.filter(|b| b.0 <= most) {
            canvas.text(at, Words::new(name).small().bold().fill(fill).middle().halo().turned(angle.to_degrees()));
            let half = w / 2.0;
            places.take_line(
                (at.0 - angle.cos() * half, at.1 - angle.sin() * half),
                (at.0 + angle.cos() * half, at.1 + angle.sin() * half),
                7.0,
            );
        }
    }
}
