//! Where a function of one number crosses zero between two places.

/// The crossing of a function that has one sign at `low` and the other at `high`, to the last bits.
///
/// Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic where it is safe, else halves.
pub(crate) fn root(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut a, mut b) = (high, low);
    let (mut fa, mut fb) = (f(a), f(b));
    let (mut c, mut fc): (f64, f64);
    let mut part = 0.5;
    for _ in 0..100 {
        if fa == 0.0 {
            return a;
        }
        if fb == 0.0 {
            return b;
        }
        let cut = a + part * (b - a);
        let f_cut = f(cut);
        if (f_cut >= 0.0) == (fa >= 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc, b, fb) = (b, fb, a, fa);
        }
        (a, fa) = (cut, f_cut);
        let best = if fa.abs() < fb.abs() { a } else { b };
        let width = (b - a).abs();
        let least = 4.0 * f64::EPSILON * best.abs() + f64::MIN_POSITIVE;
        if width <= least {
            return best;
        }
        let least = least / width;
        let (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        part = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        part = if part.is_finite() { part.clamp(least.min(0.5), (1.0 - least).max(0.5)) } else { 0.5 };
    }
    f64::midpoint(a, b)
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn crossings_are_found_to_the_last_bits_from_either_side() {
        assert!((root(|x| x * x - 2.0, 0.0, 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((root(|x| 2.0 - x * x, 0.0, 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((root(|x| (x - 1.0).powi(9), 0.0, 3.0) - 1.0).abs() < 1e-9);
        assert_eq!(root(|x| x, 0.0, 1.0), 0.0);
    }
}
