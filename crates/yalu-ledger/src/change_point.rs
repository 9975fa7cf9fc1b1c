//! One change of rate in a series of counts: when, and from what to what.

/// What is found; years, days or whatever the counts were taken over are counted from 0.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangePoint {
    /// Chance that the first regime's last count is the `i`-th.
    pub last_of_first: Vec<f64>,
    /// Mean count before the likeliest place of the change.
    pub rate_before: f64,
    /// Mean count after it.
    pub rate_after: f64,
}

/// The posterior of one change in Poisson counts: both rates Gamma(`shape`, `rate`) before anything is seen, every place of the change
/// equally likely. Closed form, as in Carlin, Gelfand and Smith (1992), Applied Statistics 41, 389-405. Nothing for fewer than two counts.
pub fn change_point(counts: &[f64], (shape, rate): (f64, f64)) -> Option<ChangePoint> {
    let n = counts.len();
    if n < 2 || shape <= 0.0 || rate <= 0.0 {
        return None;
    }
    let total: f64 = counts.iter().map(|c| c.max(0.0)).sum();
    let mut before = 0.0;
    let mut logs = Vec::with_capacity(n - 1);
    let mut means = Vec::with_capacity(n - 1);
    for (i, count) in counts[..n - 1].iter().enumerate() {
        before += count.max(0.0);
        let (after, first, second) = (total - before, (i + 1) as f64, (n - i - 1) as f64);
        let part = |sum: f64, span: f64| libm::lgamma(shape + sum) - (shape + sum) * libm::log(rate + span);
        logs.push(part(before, first) + part(after, second));
        means.push((before / first, after / second));
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut chances: Vec<f64> = logs.iter().map(|l| libm::exp(l - most)).collect();
    let sum: f64 = chances.iter().sum();
    for c in &mut chances {
        *c /= sum;
    }
    let likeliest = (0..n - 1).max_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(b.cmp(a)))?;
    let (rate_before, rate_after) = means[likeliest];
    Some(ChangePoint { last_of_first: chances, rate_before, rate_after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_change_is_found_and_too_little_is_not_asked() {
        let counts: Vec<f64> = [5.0; 10].into_iter().chain([1.0; 12]).collect();
        let found = change_point(&counts, (1.0, 1.0)).expect("a change");
        assert!(found.last_of_first[9] > 0.8, "{:?}", found.last_of_first);
        assert_eq!((found.rate_before, found.rate_after), (5.0, 1.0));
        assert!((found.last_of_first.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(change_point(&[3.0], (1.0, 1.0)), None);
        assert_eq!(change_point(&counts, (0.0, 1.0)), None);
    }
}
