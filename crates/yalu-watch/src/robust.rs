//! Order statistics and robust means of values that may be missing (not a number).

/// A number's place in the order of numbers, as an integer: integers are set in order faster.
fn key(v: f64) -> i64 {
    let bits = v.to_bits().cast_signed();
    bits ^ ((bits >> 63) & i64::MAX)
}

/// The number of a [`key`].
fn of_key(k: i64) -> f64 {
    f64::from_bits((k ^ ((k >> 63) & i64::MAX)).cast_unsigned())
}

/// Median of the finite among some values, the middle two averaged; none of none.
pub(crate) fn median_of(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values = values.into_iter();
    // Room for all at once: growing step by step costs as much as the median.
    let mut keys: Vec<i64> = Vec::with_capacity(values.size_hint().1.unwrap_or(0));
    keys.extend(values.filter(|v| v.is_finite()).map(key));
    let n = keys.len();
    if n == 0 {
        return None;
    }
    let (below, middle, _) = keys.select_nth_unstable(n / 2);
    let middle = of_key(*middle);
    if n % 2 == 1 {
        return Some(middle);
    }
    let low = below.iter().copied().max().map_or(middle, of_key);
    Some(f64::midpoint(low, middle))
}

/// A normal law's standard deviation over its median absolute deviation.
pub(crate) const MAD: f64 = 1.4826;

/// Standard deviation by the median of absolute values: of residuals about zero.
pub(crate) fn spread(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    median_of(values.into_iter().map(f64::abs)).map(|m| MAD * m)
}

/// Huber's mean (1964), k = 1.5, of weighted values: eight steps from the median, at the scale of the median absolute
/// deviation. Under three values a plain weighted mean. With it the effective number of values, `(sum w)²/sum w²`.
pub(crate) fn huber(values: &[f64], weights: &[f64]) -> (f64, f64) {
    let total: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    if total <= 0.0 {
        return (0.0, 0.0);
    }
    let n = total * total / squares;
    let mean = |w: &dyn Fn(usize) -> f64| {
        let (mut sum, mut of) = (0.0, 0.0);
        for (i, v) in values.iter().enumerate() {
            let w = w(i);
            sum += w * v;
            of += w;
        }
        sum / of
    };
    let middle = median_of(values.iter().copied()).unwrap_or(0.0);
    let scale = spread(values.iter().map(|v| v - middle)).unwrap_or(0.0);
    if values.len() < 3 {
        return (mean(&|i| weights[i]), n);
    }
    if scale <= 0.0 {
        return (middle, n);
    }
    let mut m = middle;
    let far = 1.5 * scale;
    for _ in 0..8 {
        let next = mean(&|i| {
            let apart = (values[i] - m).abs();
            if apart > far { weights[i] * far / apart } else { weights[i] }
        });
        let still = (next - m).abs() <= 1e-12 * scale;
        m = next;
        if still {
            break;
        }
    }
    (m, n)
}

/// The smallest of sorted values with a cumulated share of at least `p`.
pub(crate) fn lower_quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let n = sorted.len();
    // A share met exactly is met, whatever the last bit of the product says.
    let rank = (p * n as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted.get(rank.min(n).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    /// O2.
    #[test]
    fn the_huber_mean_keeps_one_closure_out() {
        let v = [0.02, -0.05, 0.01, 0.03, -0.9, 0.04, -0.02, 0.0];
        let middle = median_of(v).unwrap();
        near(middle, 0.005);
        near(spread(v.map(|x| x - middle)).unwrap(), 0.037_065);
        let (m, n) = huber(&v, &[1.0; 8]);
        near(m, -0.003_657);
        near(n, 8.0);
        let weights: Vec<f64> = (0..8).rev().map(|age| 0.9f64.powi(age)).collect();
        let (m, n) = huber(&v, &weights);
        near(m, -0.003_534);
        near(n, 7.564_747);
    }

    /// O6.
    #[test]
    fn quantiles_are_order_statistics() {
        let v = [-2.1, -1.0, -0.4, -0.1, 0.0, 0.2, 0.3, 0.7, 1.2, 2.5];
        assert_eq!([0.05, 0.25, 0.95].map(|p| lower_quantile(&v, p).unwrap()), [-2.1, -0.4, 2.5]);
        assert_eq!((lower_quantile(&[], 0.5), median_of([f64::NAN])), (None, None));
    }
}
