//! What raters that err say of items: true classes and confusion of each rater, without knowing the truth.
//!
//! Dawid and Skene (1979), Applied Statistics 28, 20-28, by expectation and maximisation; with a Dirichlet prior on each row of
//! a rater's confusion where raters said little (below some thirty items the plain method finds patterns in noise).

/// One rating: item, rater and class, each counted from 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rating {
    /// What was rated.
    pub item: usize,
    /// Who rated it; one rater may rate an item more than once.
    pub rater: usize,
    /// As what.
    pub class: usize,
    /// How much it counts; 1 for a plain rating.
    pub weight: f64,
}

/// What is found.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Chance of each class, by item.
    pub items: Vec<Vec<f64>>,
    /// Share of each class among all items.
    pub shares: Vec<f64>,
    /// By rater and true class, the chance of each rating.
    pub confusion: Vec<Vec<Vec<f64>>>,
    /// Log-likelihood after each expectation step, nats.
    pub log_likelihoods: Vec<f64>,
}

/// Classes by rater: pseudo-counts of ratings, by true class and class said.
pub type Prior = Vec<Vec<Vec<f64>>>;

/// Finds classes and confusions from normalised counts as the first guess, until the log-likelihood rises by less than
/// `tolerance` or `most` steps are done. Ratings with a class or a rater beyond `classes` or `raters` are left out. `prior` holds pseudo-counts
/// for each rater (empty: none, the plain method).
pub fn dawid_skene(
    ratings: &[Rating],
    (raters, classes): (usize, usize),
    prior: &Prior,
    tolerance: f64,
    most: usize,
) -> Found {
    let ratings: Vec<Rating> =
        ratings.iter().copied().filter(|r| r.rater < raters && r.class < classes && r.weight > 0.0).collect();
    let count = ratings.iter().map(|r| r.item + 1).max().unwrap_or(0);
    let mut items = vec![vec![0.0; classes]; count];
    for r in &ratings {
        items[r.item][r.class] += r.weight;
    }
    for item in &mut items {
        normalise(item);
    }
    let mut found = Found { items, shares: Vec::new(), confusion: Vec::new(), log_likelihoods: Vec::new() };
    for _ in 0..most {
        maximise(&mut found, &ratings, (raters, classes), prior);
        let log_likelihood = expect(&mut found, &ratings);
        let before = found.log_likelihoods.last().copied();
        found.log_likelihoods.push(log_likelihood);
        if before.is_some_and(|b| log_likelihood - b < tolerance) {
            break;
        }
    }
    found
}

/// Shares and confusions from the chances of the classes.
fn maximise(found: &mut Found, ratings: &[Rating], (raters, classes): (usize, usize), prior: &Prior) {
    found.shares = (0..classes).map(|c| found.items.iter().map(|i| i[c]).sum()).collect();
    normalise(&mut found.shares);
    found.confusion =
        (0..raters).map(|r| prior.get(r).cloned().unwrap_or_else(|| vec![vec![0.0; classes]; classes])).collect();
    for r in ratings {
        for (row, chance) in found.confusion[r.rater].iter_mut().zip(&found.items[r.item]) {
            row[r.class] += r.weight * chance;
        }
    }
    for row in found.confusion.iter_mut().flatten() {
        normalise(row);
    }
}

/// Chances of the classes from shares and confusions; the log-likelihood.
fn expect(found: &mut Found, ratings: &[Rating]) -> f64 {
    let shares: Vec<f64> = found.shares.iter().map(|s| libm::log(*s)).collect();
    let logs: Vec<Vec<Vec<f64>>> = found
        .confusion
        .iter()
        .map(|rater| rater.iter().map(|row| row.iter().map(|p| libm::log(*p)).collect()).collect())
        .collect();
    for item in &mut found.items {
        item.copy_from_slice(&shares);
    }
    for r in ratings {
        for (j, row) in found.items[r.item].iter_mut().zip(&logs[r.rater]) {
            *j += r.weight * row[r.class];
        }
    }
    let mut log_likelihood = 0.0;
    for item in &mut found.items {
        let most = item.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for chance in item.iter_mut() {
            *chance = if most.is_finite() { libm::exp(*chance - most) } else { 0.0 };
        }
        let total = normalise(item);
        if total > 0.0 {
            log_likelihood += most + libm::log(total);
        }
    }
    log_likelihood
}

/// Scales to a sum of 1 and returns the sum; even chances where it is 0.
fn normalise(row: &mut [f64]) -> f64 {
    let total: f64 = row.iter().sum();
    let even = 1.0 / row.len().max(1) as f64;
    for x in row.iter_mut() {
        *x = if total > 0.0 { *x / total } else { even };
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(item: usize, rater: usize, class: usize) -> Rating {
        Rating { item, rater, class, weight: 1.0 }
    }

    #[test]
    fn a_rater_at_odds_with_the_others_is_found_out() {
        let ratings: Vec<Rating> = (0..60)
            .flat_map(|i| {
                let class = i % 2;
                let odd = if i % 3 == 0 { 1 - class } else { class };
                [rating(i, 0, class), rating(i, 1, class), rating(i, 2, odd)]
            })
            .collect();
        let found = dawid_skene(&ratings, (3, 2), &Vec::new(), 1e-9, 100);
        assert!(found.confusion[0][0][0] > 0.99);
        assert!((found.confusion[2][0][0] - 2.0 / 3.0).abs() < 0.02, "{:?}", found.confusion[2]);
        assert!(found.log_likelihoods.windows(2).all(|w| w[1] >= w[0] - 1e-9));
    }

    #[test]
    fn the_prior_holds_a_rater_that_said_little() {
        let ratings = [rating(0, 0, 0), rating(0, 1, 1)];
        let prior: Prior = vec![vec![vec![18.0, 2.0], vec![2.0, 18.0]]; 2];
        let found = dawid_skene(&ratings, (2, 2), &prior, 1e-9, 50);
        for row in found.confusion.iter().flatten() {
            let (least, most) = (row[0].min(row[1]), row[0].max(row[1]));
            assert!(least > 0.09 && most < 0.91, "{row:?}");
        }
    }

    #[test]
    fn nothing_said_finds_nothing() {
        let found = dawid_skene(&[], (2, 2), &Vec::new(), 1e-9, 5);
        assert!(found.items.is_empty());
        assert_eq!(dawid_skene(&[rating(0, 9, 0)], (2, 2), &Vec::new(), 1e-9, 5).items.len(), 0);
    }
}
