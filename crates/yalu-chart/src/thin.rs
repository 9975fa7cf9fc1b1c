//! Lines with fewer points that look the same.

use crate::svg::Xy;

/// Drops points that lie within a tolerance (pixels) of the line drawn without them; breaks of the pen stay.
pub(crate) fn thinned(points: &[Xy], tolerance: f64) -> Vec<Xy> {
    let mut out: Vec<Xy> = Vec::new();
    let finite = |p: &Xy| p.0.is_finite() && p.1.is_finite();
    for run in points.chunk_by(|a, b| finite(a) == finite(b)) {
        match run {
            [first, ..] if finite(first) => part(run, tolerance, &mut out),
            [first, ..] => out.push(*first),
            [] => {}
        }
    }
    out
}

/// The line from the last kept point may turn only as far as every point passed allows.
fn part(run: &[Xy], tolerance: f64, out: &mut Vec<Xy>) {
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return };
    let mut kept = first;
    let mut before = first;
    let (mut low, mut high) = (f64::MIN, f64::MAX);
    let mut base: Option<f64> = None;
    out.push(first);
    for &p in run.iter().skip(1) {
        let (dx, dy) = (p.0 - kept.0, p.1 - kept.1);
        let length = dx.hypot(dy);
        let spread = if length > tolerance { (tolerance / length).asin() } else { std::f64::consts::PI };
        let angle = dy.atan2(dx);
        let zero = *base.get_or_insert(angle);
        let turn = (angle - zero + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU) - std::f64::consts::PI;
        if turn < low || turn > high {
            out.push(before);
            kept = before;
            let (dx, dy) = (p.0 - kept.0, p.1 - kept.1);
            let length = dx.hypot(dy);
            let spread = if length > tolerance { (tolerance / length).asin() } else { std::f64::consts::PI };
            base = Some(dy.atan2(dx));
            (low, high) = (-spread, spread);
        } else {
            low = low.max(turn - spread);
            high = high.min(turn + spread);
        }
        before = p;
    }
    if run.len() > 1 {
        out.push(last);
    }
}

#[cfg(test)]
mod tests {
    use super::thinned;

    #[test]
    fn straight_lines_keep_their_ends_and_bends_stay() {
        let line: Vec<_> = (0..=100).map(|i| (f64::from(i), f64::from(i) * 2.0)).collect();
        assert_eq!(thinned(&line, 0.1), [(0.0, 0.0), (100.0, 200.0)]);
        let bent: Vec<_> = (0_i32..=100).map(|i| (f64::from(i), f64::from(i - 50).abs())).collect();
        assert_eq!(thinned(&bent, 0.1), [(0.0, 50.0), (50.0, 0.0), (100.0, 50.0)]);
        let level = [(0.0, 5.0), (40.0, 5.0), (40.0, 9.0), (80.0, 9.0)];
        assert_eq!(thinned(&level, 0.1), level);
    }

    #[test]
    fn a_curve_stays_within_the_tolerance() {
        let curve: Vec<_> = (0..=2000).map(|i| (f64::from(i) * 0.2, (f64::from(i) * 0.005).sin() * 80.0)).collect();
        let thin = thinned(&curve, 0.3);
        assert!(thin.len() < 150, "{}", thin.len());
        for p in &curve {
            let near = thin
                .windows(2)
                .filter_map(|w| match w {
                    [a, b] if a.0 <= p.0 && p.0 <= b.0 => {
                        Some((p.1 - (a.1 + (b.1 - a.1) * (p.0 - a.0) / (b.0 - a.0).max(1e-9))).abs())
                    }
                    _ => None,
                })
                .fold(f64::MAX, f64::min);
            assert!(near < 1.2, "{near} at {p:?}");
        }
    }
}
