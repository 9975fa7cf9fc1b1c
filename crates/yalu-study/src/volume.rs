//! Delay over volume: a line loaded step by step, and the curve through it.

use crate::saturation::{Entries, LoadedLine, delay_band, load_line};
use yalu_capacity::DelayCurve;
use yalu_model::Corridor;
use yalu_number::Band;
use yalu_plan::Plan;

/// Volumes simulated, shares of the closed form, up to the first that the line does not carry.
pub const SHARES: [f64; 6] = [0.2, 0.4, 0.6, 0.8, 1.0, 1.2];
/// A volume at which fewer trains than this share arrive has no delay: it grows as long as the line is overloaded.
const SERVED: f64 = 0.98;
/// Delays below a second are none.
const LEAST_S: f64 = 1.0;

/// The line at one volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// Share of the closed form.
    pub share: f64,
    /// What came of it.
    pub line: LoadedLine,
    /// Delay of its trains, s.
    pub delay_s: Option<Band>,
    /// Whether the line carries it: no more is asked for than saturates it, and all but a few trains arrived.
    pub carried: bool,
}

/// Delay over volume.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayVolumes {
    /// Least volume first.
    pub volumes: Vec<Volume>,
    /// `D = A·e^{BV}` through mean delays at the volumes carried, by least squares of their logarithms; none where
    /// fewer than two volumes have delay, or it does not grow.
    pub curve: Option<DelayCurve>,
    /// Trains a day both ways at which the curve reaches the delay tolerated, and whether this lies within the
    /// volumes carried: beyond them it is the greatest volume carried, and no more is known.
    pub practical: Option<(f64, bool)>,
}

/// Loads the line alone at shares of its closed form, pairs a day; `full` trains a day both ways saturate it.
pub(crate) fn delay_volumes(
    c: &Corridor,
    plan: &mut Plan,
    warm_up: i64,
    (pairs_per_day, full): (f64, f64),
    tolerated_s: f64,
) -> DelayVolumes {
    let mut volumes = Vec::new();
    for share in SHARES {
        let Some((line, trace)) = load_line(c, plan, warm_up, pairs_per_day * share, Entries::Spread) else { continue };
        let (delay_s, carried) =
            (delay_band(c, &trace, warm_up), line.served >= SERVED && 2.0 * line.asked_per_day <= full);
        volumes.push(Volume { share, line, delay_s, carried });
        if !carried {
            break;
        }
    }
    let carried = || volumes.iter().filter(|v| v.carried);
    let points: Vec<(f64, f64)> = carried()
        .filter_map(|v| Some((2.0 * v.line.asked_per_day, v.line.delay_s?[0])))
        .filter(|p| p.1 >= LEAST_S)
        .collect();
    let curve = fit(&points);
    let most = carried().map(|v| 2.0 * v.line.asked_per_day).fold(0.0, f64::max);
    let practical = curve.filter(|x| x.growth_per_train > 0.0).and_then(|x| {
        let trains = x.practical_trains_per_day(tolerated_s).ok()?;
        Some((trains.min(most), trains <= most))
    });
    DelayVolumes { volumes, curve, practical }
}

/// The exponential through points (trains a day, delay in s): a straight line through the logarithms of the delays.
fn fit(points: &[(f64, f64)]) -> Option<DelayCurve> {
    let n = points.len() as f64;
    let (x, y) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1.ln()).sum::<f64>() / n);
    let spread: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    let both: f64 = points.iter().map(|p| (p.0 - x) * (p.1.ln() - y)).sum();
    if points.len() < 2 || spread <= 0.0 || both < 0.0 {
        return None;
    }
    let growth_per_train = both / spread;
    Some(DelayCurve { delay_at_zero_s: (y - growth_per_train * x).exp(), growth_per_train })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_goes_through_points_that_lie_on_one() {
        let on = |v: f64| (v, 30.0 * (0.05 * v).exp());
        let curve = fit(&[on(10.0), on(20.0), on(40.0)]).unwrap();
        assert!((curve.delay_at_zero_s - 30.0).abs() < 1e-9 && (curve.growth_per_train - 0.05).abs() < 1e-12);
        assert_eq!(fit(&[on(10.0)]), None);
        assert_eq!(fit(&[(10.0, 60.0), (20.0, 30.0)]), None, "delay that falls with volume is no curve");
    }
}
