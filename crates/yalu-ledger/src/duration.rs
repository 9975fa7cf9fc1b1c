//! How long closures last: an exponential whose rate differs from closure to closure.
//!
//! With rates from a Gamma distribution the share still shut after `t` days is `(b / (b + t))^a` (Lomax 1954, J. Am. Stat. Assoc. 49,
//! 847-852): the longer it has lasted, the longer it will. Both parameters keep their uncertainty: a grid of them, weighed by the spells seen.

/// One spell of a state, whole or cut off.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spell {
    /// Days it lasted, or has lasted so far.
    pub days: f64,
    /// Whether it has ended.
    pub ended: bool,
}

/// A Lomax distribution of a spell's length.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lomax {
    /// Shape: small where spells differ much.
    pub shape: f64,
    /// Scale, days.
    pub scale_days: f64,
}

/// Lengths of spells with what is not known of their parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct DurationModel {
    /// Parameters on a grid with their chances, which add up to 1.
    pub grid: Vec<(Lomax, f64)>,
}

/// Closures of crossings elsewhere and of earlier years, whole and in days: Małaszewicze-Brest 2025 (13), Alashankou and Erenhot 2021 (7
/// and 3), Khorgos and Alashankou 2022 (7), the bridge's road 2004 or so, 2015 and 2016 (18, 35 and 4). Dostyk refused trains in 2024 for 90 days at
/// least. Sources in the flagship's record and in `docs/ledger.md`.
const ELSEWHERE: &[Spell] = &[
    Spell { days: 13.0, ended: true },
    Spell { days: 7.0, ended: true },
    Spell { days: 3.0, ended: true },
    Spell { days: 7.0, ended: true },
    Spell { days: 18.0, ended: true },
    Spell { days: 35.0, ended: true },
    Spell { days: 4.0, ended: true },
    Spell { days: 90.0, ended: false },
];

/// Steps of the grid each way.
const STEPS: usize = 24;
/// Median and spread (of the logarithm) of the shape before anything is seen: spells from days to years.
const SHAPE: (f64, f64) = (0.5, 0.5);
/// The same of the scale, days: the shortest closures last about a week.
const SCALE_DAYS: (f64, f64) = (10.0, 1.0);
/// Half the width of the grid, in spreads.
const REACH: f64 = 3.0;

impl Lomax {
    /// Chance of lasting `days` more after `age` days.
    pub fn survival(&self, age: f64, days: f64) -> f64 {
        let b = self.scale_days + age.max(0.0);
        libm::pow(b / (b + days.max(0.0)), self.shape)
    }

    /// Chance a day of ending, after `age` days.
    pub fn hazard(&self, age: f64) -> f64 {
        self.shape / (self.scale_days + age.max(0.0))
    }

    fn log_likelihood(&self, spell: Spell) -> f64 {
        let lasted = libm::log(self.survival(0.0, spell.days));
        if spell.ended { lasted + libm::log(self.hazard(spell.days)) } else { lasted }
    }
}

impl DurationModel {
    /// Learns from spells, the cut-off ones too.
    pub fn fit(spells: &[Spell]) -> Self {
        let at = |(median, spread): (f64, f64), i: usize| {
            let z = REACH * (2.0 * i as f64 / (STEPS - 1) as f64 - 1.0);
            (median * libm::exp(spread * z), -0.5 * z * z)
        };
        let spells: Vec<Spell> = spells.iter().copied().filter(|s| s.days.is_finite() && s.days >= 0.0).collect();
        let mut grid = Vec::with_capacity(STEPS * STEPS);
        for i in 0..STEPS {
            for j in 0..STEPS {
                let ((shape, p), (scale_days, q)) = (at(SHAPE, i), at(SCALE_DAYS, j));
                let lomax = Lomax { shape, scale_days };
                grid.push((lomax, p + q + spells.iter().map(|s| lomax.log_likelihood(*s)).sum::<f64>()));
            }
        }
        let most = grid.iter().map(|g| g.1).fold(f64::NEG_INFINITY, f64::max);
        for g in &mut grid {
            g.1 = libm::exp(g.1 - most);
        }
        let total: f64 = grid.iter().map(|g| g.1).sum();
        for g in &mut grid {
            g.1 /= total;
        }
        Self { grid }
    }

    /// Learnt from published closures elsewhere alone.
    pub fn elsewhere() -> Self {
        Self::fit(ELSEWHERE)
    }

    /// Learnt from closures elsewhere together with a corridor's own, each spell counting the same.
    pub fn pooled(own: &[Spell]) -> Self {
        Self::fit(&[ELSEWHERE, own].concat())
    }

    /// Chance that a spell of `age` days lasts `days` more.
    pub fn survival(&self, age: f64, days: f64) -> f64 {
        let (mut both, mut so_far) = (0.0, 0.0);
        for (lomax, chance) in &self.grid {
            let lasted = chance * lomax.survival(0.0, age);
            so_far += lasted;
            both += lasted * lomax.survival(age, days);
        }
        if so_far > 0.0 { both / so_far } else { 0.0 }
    }

    /// Chance a day of ending, after `age` days.
    pub fn hazard(&self, age: f64) -> f64 {
        let (mut ends, mut so_far) = (0.0, 0.0);
        for (lomax, chance) in &self.grid {
            let lasted = chance * lomax.survival(0.0, age);
            so_far += lasted;
            ends += lasted * lomax.hazard(age);
        }
        if so_far > 0.0 { ends / so_far } else { 0.0 }
    }

    /// Days after which a spell of `age` days has ended with a chance, by halving; `most_days` where it has not by then.
    pub fn quantile(&self, age: f64, chance: f64, most_days: f64) -> f64 {
        if self.survival(age, most_days) > 1.0 - chance {
            return most_days;
        }
        let (mut low, mut high) = (0.0, most_days);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.survival(age, middle) > 1.0 - chance { low = middle } else { high = middle }
        }
        high
    }

    /// The parameters at a place of the cumulated chances, 0 to 1: how a study draws them.
    pub fn draw(&self, place: f64) -> Option<Lomax> {
        let mut sum = 0.0;
        for (lomax, chance) in &self.grid {
            sum += chance;
            if place < sum {
                return Some(*lomax);
            }
        }
        self.grid.last().map(|g| g.0)
    }
}

impl Default for DurationModel {
    fn default() -> Self {
        Self::elsewhere()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survival_and_hazard_agree_with_the_closed_form() {
        let lomax = Lomax { shape: 0.5, scale_days: 10.0 };
        assert!((lomax.survival(0.0, 30.0) - 0.5).abs() < 1e-12);
        assert!((lomax.hazard(10.0) - 0.025).abs() < 1e-12);
        // What has lasted longer lasts longer.
        assert!(lomax.survival(100.0, 30.0) > lomax.survival(10.0, 30.0));
    }

    #[test]
    fn parameters_are_found_again_and_few_spells_leave_them_open() {
        // Quantiles of a Lomax with shape 1 and scale 20: t = 20 · q / (1 - q).
        let spell = |i: usize, n: usize| {
            let q = (i as f64 + 0.5) / n as f64;
            Spell { days: 20.0 * q / (1.0 - q), ended: true }
        };
        let many: Vec<Spell> = (0..400).map(|i| spell(i, 400)).collect();
        let model = DurationModel::fit(&many);
        for (age, days) in [(0.0, 20.0), (0.0, 60.0), (30.0, 50.0)] {
            let truth = Lomax { shape: 1.0, scale_days: 20.0 }.survival(age, days);
            assert!((model.survival(age, days) - truth).abs() < 0.03, "{age} {days} {}", model.survival(age, days));
        }
        // Variance of the logarithm of the shape.
        let spread = |m: &DurationModel| {
            let mean: f64 = m.grid.iter().map(|(l, p)| p * libm::log(l.shape)).sum();
            m.grid.iter().map(|(l, p)| p * libm::pow(libm::log(l.shape) - mean, 2.0)).sum::<f64>()
        };
        let (few, found) = (spread(&DurationModel::elsewhere()), spread(&model));
        assert!(few > 3.0 * found, "{few} {found}");
    }

    /// A closure that goes on is no closure that ended: taking it so would make closures short.
    #[test]
    fn spells_that_go_on_make_spells_longer() {
        let cut = |ended: bool| DurationModel::fit(&[Spell { days: 300.0, ended }; 4]).survival(0.0, 600.0);
        assert!(cut(false) > cut(true) + 0.1, "{} {}", cut(false), cut(true));
    }

    #[test]
    fn quantiles_are_where_survival_says() {
        let model = DurationModel::elsewhere();
        for (age, chance) in [(0.0, 0.5), (90.0, 0.25)] {
            let at = model.quantile(age, chance, 1e5);
            assert!((model.survival(age, at) - (1.0 - chance)).abs() < 1e-6);
        }
        assert_eq!(model.quantile(400.0, 0.95, 3650.0), 3650.0);
    }
}
