//! How much longer a closure lasts, from those like it: chances of ending by age, shrunk towards all of its cause.

use super::{Closure, ClosureCause};
use yalu_model::Mode;
use yalu_score::miss;

/// Ages in days between which the chance of ending is one number: short closures end soon, what has lasted lasts.
pub const AGES: [u32; 6] = [0, 7, 30, 90, 365, 1095];
/// Closures that the class above a group weighs as much as, in each age.
const PRIOR: f64 = 2.0;
/// Fewest closures of a cause that ended before it stands for itself.
const FEWEST: usize = 5;
/// What `log_rank` exceeds by chance once in twenty (chi-squared of one degree of freedom).
const APART: f64 = 3.841;

/// Chances of ending a day, by age.
#[derive(Clone, PartialEq, Debug)]
pub struct Class {
    a_day: [f64; AGES.len()],
    /// Closures of the same kind and cause, and those of the class above them.
    pub closures: [usize; 2],
    /// Whether other causes are in it: their durations were not told apart.
    pub pooled: bool,
}

/// Days under risk and endings by age.
#[derive(Clone, Copy, Default)]
struct Counted {
    days: [f64; AGES.len()],
    ends: [f64; AGES.len()],
}

impl Counted {
    fn of<'a>(closures: impl IntoIterator<Item = &'a Closure>) -> Self {
        let mut out = Self::default();
        for c in closures {
            for (i, from) in AGES.into_iter().enumerate() {
                out.days[i] += f64::from(c.days().min(end(i)).saturating_sub(from));
            }
            out.ends[age(c.days() - 1)] += f64::from(u8::from(c.ended));
        }
        out
    }

    /// Chances a day, each as if some closures of the class above had been seen too.
    fn shrunk(&self, above: [f64; AGES.len()]) -> [f64; AGES.len()] {
        std::array::from_fn(|i| (self.ends[i] + PRIOR) / (self.days[i] + PRIOR / above[i]))
    }
}

/// The age of a day of a closure, counted from 0.
fn age(day: u32) -> usize {
    AGES.partition_point(|from| *from <= day).saturating_sub(1)
}

fn end(age: usize) -> u32 {
    AGES.get(age + 1).copied().unwrap_or(u32::MAX)
}

impl Class {
    /// What closures say of one of a kind and cause: those of both, shrunk towards all of the cause, these towards one hazard. Other causes are
    /// heard where the cause has too few and the test does not tell them apart. Nothing where no closure ended.
    pub fn of(all: &[Closure], kind: Mode, cause: ClosureCause) -> Option<Self> {
        let same: Vec<&Closure> = all.iter().filter(|c| c.cause == cause).collect();
        let others: Vec<&Closure> = all.iter().filter(|c| c.cause != cause).collect();
        let few = same.iter().filter(|c| c.ended).count() < FEWEST;
        let pooled = few && !others.is_empty() && log_rank(&same, &others).is_none_or(|x| x < APART);
        let above = if pooled { all.iter().collect() } else { same.clone() };
        let counted = Counted::of(above.iter().copied());
        let (ends, days) = (counted.ends.iter().sum::<f64>(), counted.days.iter().sum::<f64>());
        if ends <= 0.0 {
            return None;
        }
        let of_above = counted.shrunk([ends / days; AGES.len()]);
        let own: Vec<&Closure> = same.into_iter().filter(|c| c.kind == kind).collect();
        let closures = [own.len(), above.len()];
        Some(Self { a_day: Counted::of(own).shrunk(of_above), closures, pooled })
    }

    /// Chance that a closure that has lasted some days still lasts so many days later.
    pub fn lasts(&self, lasted: u32, later: u32) -> f64 {
        let hazard: f64 = (0..AGES.len())
            .map(|i| {
                let (from, to) = (AGES[i].max(lasted), end(i).min(lasted.saturating_add(later)));
                f64::from(to.saturating_sub(from)) * self.a_day[i]
            })
            .sum();
        libm::exp(-hazard)
    }

    /// Days by which a share of such closures has ended, counted from the day they had lasted so long; nothing within `most` days.
    pub fn days_until(&self, lasted: u32, share: f64, most: u32) -> Option<u32> {
        (0..=most).find(|later| self.lasts(lasted, *later) <= 1.0 - share)
    }
}

/// The log-rank statistic of two groups: how far endings at each length differ from what one law for both makes of them. Nothing where one
/// law or two cannot be told at all.
pub fn log_rank(a: &[&Closure], b: &[&Closure]) -> Option<f64> {
    let mut lengths: Vec<u32> = a.iter().chain(b).filter(|c| c.ended).map(|c| c.days()).collect();
    lengths.sort_unstable();
    lengths.dedup();
    let (mut apart, mut variance) = (0.0, 0.0);
    for t in lengths {
        let at_risk = |g: &[&Closure]| g.iter().filter(|c| c.days() >= t).count() as f64;
        let ended = |g: &[&Closure]| g.iter().filter(|c| c.ended && c.days() == t).count() as f64;
        let (n, d) = (at_risk(a) + at_risk(b), ended(a) + ended(b));
        let share = at_risk(a) / n;
        apart += ended(a) - d * share;
        if n > 1.0 {
            variance += d * share * (1.0 - share) * (n - d) / (n - 1.0);
        }
    }
    (variance > 0.0).then(|| apart * apart / variance)
}

/// How well a class foretells closures that it has not seen, beside a constant hazard.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Test {
    /// Days ahead.
    pub days: u32,
    /// Forecasts made: one for each thirty days of each closure whose outcome is known.
    pub forecasts: usize,
    /// Brier score of the class, each closure foretold from the others.
    pub brier: f64,
    /// The same of one hazard for all the others.
    pub constant: f64,
    /// Share of the forecasts whose remaining days fell within the band of 5 to 95 of a hundred.
    pub covered: f64,
}

/// Leaves each closure out and foretells it from the rest, every thirty days of it. A class whose score is not below the constant hazard's on
/// each horizon is not to be used.
pub fn compare(all: &[Closure], horizons: &[u32]) -> Vec<Test> {
    const MOST_DAYS: u32 = 7300;
    let mut out: Vec<Test> = horizons.iter().map(|days| Test { days: *days, ..Test::default() }).collect();
    for (i, one) in all.iter().enumerate() {
        let rest: Vec<Closure> = all.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, c)| c.clone()).collect();
        let Some(class) = Class::of(&rest, one.kind, one.cause) else { continue };
        let counted = Counted::of(&rest);
        let constant = counted.ends.iter().sum::<f64>() / counted.days.iter().sum::<f64>();
        for lasted in (1..=one.days()).step_by(30) {
            let band = [0.05, 0.95].map(|share| class.days_until(lasted, share, MOST_DAYS).unwrap_or(MOST_DAYS));
            for test in &mut out {
                let lasts = one.days() > lasted + test.days;
                if !lasts && !one.ended {
                    continue;
                }
                test.forecasts += 1;
                test.brier += miss(class.lasts(lasted, test.days), lasts);
                test.constant += miss(libm::exp(-constant * f64::from(test.days)), lasts);
                let left = one.days() - lasted;
                test.covered += f64::from(u8::from(left >= band[0] && (left <= band[1])));
            }
        }
    }
    for test in &mut out {
        let n = test.forecasts.max(1) as f64;
        (test.brier, test.constant, test.covered) = (test.brier / n, test.constant / n, test.covered / n);
    }
    out
}
