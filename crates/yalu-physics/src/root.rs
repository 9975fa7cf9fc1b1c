//! Where a function of one number crosses zero between two places.

/// What a function is at a place: its value and its derivative.
pub(crate) type Told = (f64, f64);

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

/// The crossing of a function, told with its derivative, that rises from below zero at `low` to above it at `high`;
/// beside both places stands what it is there.
///
/// Newton's method from where the cubic through both ends crosses, halving where it leaves the bracket or is slow. A
/// step so small that the next would be lost in rounding is the last.
pub(crate) fn rise(f: impl Fn(f64) -> Told, (low, at_low): (f64, Told), (high, at_high): (f64, Told)) -> f64 {
    let (mut low, mut high) = (low, high);
    let width = high - low;
    let mut x = low + width * crossing(at_low, at_high, width);
    if !(x > low && x < high) {
        x = f64::midpoint(low, high);
    }
    let mut before = f64::INFINITY;
    for _ in 0..100 {
        let (y, slope) = f(x);
        if y == 0.0 {
            return x;
        }
        if y < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - y / slope;
        let quick = newton >= low && newton <= high && (newton - x).abs() <= 0.5 * before;
        let next = if quick { newton } else { f64::midpoint(low, high) };
        let moved = (next - x).abs();
        (x, before) = (next, moved);
        if quick && moved <= 1e-8 * x.abs() || moved <= f64::EPSILON * x.abs() {
            break;
        }
    }
    x
}

/// About where a function crosses zero, as a part of the way between two values with their derivatives: the inverse of
/// the function taken as a cubic.
fn crossing((y0, slope0): Told, (y1, slope1): Told, width: f64) -> f64 {
    let rise = y1 - y0;
    let u = -y0 / rise;
    let (begin, end) = (rise / (slope0 * width), rise / (slope1 * width));
    u * (begin + u * (3.0 - 2.0 * begin - end + u * (begin + end - 2.0)))
}

#[cfg(test)]
mod tests {
    use super::{Told, root};

    fn rise(f: impl Fn(f64) -> Told, low: f64, high: f64) -> f64 {
        super::rise(&f, (low, f(low)), (high, f(high)))
    }

    #[test]
    fn crossings_are_found_to_the_last_bits_from_either_side() {
        assert!((root(|x| x * x - 2.0, 0.0, 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((root(|x| 2.0 - x * x, 0.0, 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((root(|x| (x - 1.0).powi(9), 0.0, 3.0) - 1.0).abs() < 1e-9);
        assert_eq!(root(|x| x, 0.0, 1.0), 0.0);
    }

    #[test]
    fn rises_are_found_to_the_last_bits() {
        for high in [1.5, 2.0, 1e3, 1e9] {
            let x = rise(|x| (x * x - 2.0, 2.0 * x), 0.0, high);
            assert!((x - 2.0_f64.sqrt()).abs() < 1e-15, "{high}: {x}");
            // A derivative of nothing, and one of infinity, at the crossing.
            let x = rise(|x| ((x - 1.0).powi(9), 9.0 * (x - 1.0).powi(8)), 0.0, high);
            assert!((x - 1.0).abs() < 1e-6, "{high}: {x}");
            let x = rise(|x| ((x - 1.0).cbrt(), (x - 1.0).abs().powf(-2.0 / 3.0) / 3.0), 0.0, high);
            assert!((x - 1.0).abs() < 1e-6, "{high}: {x}");
        }
    }
}
