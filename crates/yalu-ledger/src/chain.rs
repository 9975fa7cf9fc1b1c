//! Hidden Markov chains: beliefs as they were known then (filtered) and as they are known now (smoothed).
//!
//! The forward and backward recursions with scaling at each step, as in Rabiner (1989), Proc. IEEE 77, 257-286.

/// A chain over `N` hidden states, one step a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain<const N: usize> {
    /// Chances of the states on the first day.
    pub start: [f64; N],
    /// Chances of the states a day later, a row for each state of today; rows add up to 1.
    pub step: [[f64; N]; N],
}

/// Multiplies a belief by the likelihoods of what was heard and scales it to 1. Returns their mean: the chance of hearing
/// it. Where no state could have said it, the belief stays as it was and 0 is returned.
pub fn hear<const N: usize>(belief: &mut [f64; N], likelihood: &[f64; N]) -> f64 {
    let mut joint = *belief;
    for (j, l) in joint.iter_mut().zip(likelihood) {
        *j *= l;
    }
    let total: f64 = joint.iter().sum();
    if total > 0.0 && total.is_finite() {
        for (b, j) in belief.iter_mut().zip(joint) {
            *b = j / total;
        }
        total
    } else {
        0.0
    }
}

impl<const N: usize> Chain<N> {
    /// The belief a day later, before anything is heard.
    pub fn ahead(&self, belief: &[f64; N]) -> [f64; N] {
        let mut next = [0.0; N];
        for (b, row) in belief.iter().zip(&self.step) {
            for (n, p) in next.iter_mut().zip(row) {
                *n += b * p;
            }
        }
        next
    }

    /// For each state of today, the mean of a function of tomorrow's state.
    pub fn behind(&self, of_tomorrow: &[f64; N]) -> [f64; N] {
        let mut today = [0.0; N];
        for (t, row) in today.iter_mut().zip(&self.step) {
            *t = row.iter().zip(of_tomorrow).map(|(p, x)| p * x).sum();
        }
        today
    }

    /// The belief of each day from what was heard up to that day, and the log-likelihood of it all (nats).
    pub fn filter(&self, likelihoods: &[[f64; N]]) -> (Vec<[f64; N]>, f64) {
        let mut log_likelihood = 0.0;
        let mut beliefs: Vec<[f64; N]> = Vec::with_capacity(likelihoods.len());
        for likelihood in likelihoods {
            let mut belief = beliefs.last().map_or(self.start, |b| self.ahead(b));
            log_likelihood += libm::log(hear(&mut belief, likelihood));
            beliefs.push(belief);
        }
        (beliefs, log_likelihood)
    }

    /// For each state of each day, the likelihood of all that was heard later, scaled to a greatest value of 1.
    pub fn later(&self, likelihoods: &[[f64; N]]) -> Vec<[f64; N]> {
        let mut out = vec![[1.0; N]; likelihoods.len()];
        for day in (1..likelihoods.len()).rev() {
            let mut heard = out[day];
            for (h, l) in heard.iter_mut().zip(&likelihoods[day]) {
                *h *= l;
            }
            out[day - 1] = scaled(self.behind(&heard));
        }
        out
    }

    /// The belief of each day from all that was heard, given the filtered beliefs.
    pub fn smooth(&self, filtered: &[[f64; N]], likelihoods: &[[f64; N]]) -> Vec<[f64; N]> {
        let later = self.later(likelihoods);
        filtered
            .iter()
            .zip(&later)
            .map(|(f, l)| {
                let mut belief = *f;
                hear(&mut belief, l);
                belief
            })
            .collect()
    }
}

/// A vector scaled to a greatest value of 1; all ones where there is none.
pub(crate) fn scaled<const N: usize>(mut x: [f64; N]) -> [f64; N] {
    let most = x.iter().copied().fold(0.0, f64::max);
    if most > 0.0 && most.is_finite() {
        for v in &mut x {
            *v /= most;
        }
        x
    } else {
        [1.0; N]
    }
}
