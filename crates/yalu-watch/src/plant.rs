//! Closures and faults planted in real counts: what is found of them, and how often nothing is called something.

use crate::combine::{Residual, gls};
use crate::counts::{Counts, CrossingId};
use crate::fault::Fault;
use crate::pass::{Pass, Thresholds};
use crate::period::Period;
use crate::read::Measure;
use crate::robust::{median_of, spread};
use rayon::prelude::*;
use std::collections::BTreeMap;
use yalu_units::{Idx, Stream, StreamKey, address};

/// Months whose cause is known from elsewhere: they are no false alarms.
#[derive(Clone, PartialEq, Debug)]
pub struct ExplainedMonths {
    /// The crossing's key; none for all.
    pub crossing: Option<String>,
    /// First period.
    pub from: Period,
    /// Last period.
    pub to: Period,
}

/// Episodes of a span that no known cause explains.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FalseAlarms {
    /// Episodes, those with a gap of no more than two periods together as one.
    pub episodes: usize,
    /// All low episodes, explained or not.
    pub all: usize,
    /// Crossing-years judged.
    pub years: f64,
}

impl FalseAlarms {
    /// Unexplained episodes of a crossing in five years.
    pub fn in_five_years(&self) -> f64 {
        5.0 * self.episodes as f64 / self.years
    }
}

/// Counts episodes below a threshold, judged with as many periods known after as the `k`-th score.
pub fn false_alarms(
    counts: &Counts,
    pass: &Pass,
    k: usize,
    threshold: f64,
    span: (usize, usize),
    known: &[ExplainedMonths],
) -> FalseAlarms {
    let mut out = FalseAlarms { episodes: 0, all: 0, years: 0.0 };
    for site in &pass.sites {
        let key = &counts.crossings[site.crossing].key;
        let explained = |t: usize| {
            let p = counts.period(t);
            known.iter().any(|c| c.crossing.as_ref().is_none_or(|k| k == key) && c.from <= p && p <= c.to)
        };
        let (mut last, mut last_false) = (None, None);
        for t in span.0..=span.1 {
            let Some(said) = site.scores[k][t] else {
                continue;
            };
            out.years += 1.0 / counts.step.per_year() as f64;
            // All measures zero is what the table says, not a judgement.
            let zero = site.lines.iter().any(|i| pass.lines[*i].faults[t] == Some(Fault::AllZero));
            if said.score < -threshold && !zero {
                let fresh = |l: Option<usize>| l.is_none_or(|l| t - l > 3);
                out.all += usize::from(fresh(last));
                last = Some(t);
                if !explained(t) {
                    out.episodes += usize::from(fresh(last_false));
                    last_false = Some(t);
                }
            }
        }
    }
    out
}

/// The smallest threshold, in steps of 0.05, that gives no more than one unexplained episode a crossing in five years.
pub fn threshold(counts: &Counts, pass: &Pass, k: usize, span: (usize, usize), known: &[ExplainedMonths]) -> f64 {
    (20..=120)
        .map(|n| f64::from(n) * 0.05)
        .find(|t| false_alarms(counts, pass, k, *t, span, known).in_five_years() <= 1.0)
        .unwrap_or(6.0)
}

/// A closure to plant.
#[derive(Clone, PartialEq, Debug)]
struct Closure {
    site: usize,
    /// First period, and shares lost by period, catching up counted against them.
    start: usize,
    lost: Vec<f64>,
    caught_up: bool,
    to: Option<(usize, f64)>,
}

/// What became of a planted closure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Found {
    /// Size in robust standard deviations of the past combined residual, of the largest period until half was lost.
    pub size: f64,
    /// Found in the first release that holds half of the loss.
    pub at_once: bool,
    /// Found by two and by six releases later, each judged alone.
    pub later: [bool; 2],
    /// True and called share lost of the largest period, at once and two releases later; none if not found.
    pub depth: [Option<(f64, f64)>; 2],
    /// Whether what was lost was made up later.
    pub caught_up: bool,
    /// Whether the neighbour's gain lay in its band, by measure.
    pub gains: [Option<bool>; 3],
}

struct Draws<'a> {
    stream: &'a mut Stream,
}

impl Draws<'_> {
    fn unit(&mut self) -> f64 {
        self.stream.unit()
    }
    fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }
    fn between(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.unit()
    }
    /// How many of `n` are left where each is with a chance: exact for few, by the normal law for many.
    fn thinned(&mut self, n: f64, chance: f64) -> f64 {
        if n <= 200.0 {
            return (0..n as usize).filter(|_| self.unit() < chance).count() as f64;
        }
        let z = yalu_score::normal_quantile(self.between(1e-9, 1.0 - 1e-9));
        (n * chance + z * (n * chance * (1.0 - chance)).sqrt()).round().clamp(0.0, n)
    }
}

/// Measures of closures, in the order of [`Found::gains`].
const MEASURES: [Measure; 3] = [Measure::Trains, Measure::Loaded, Measure::Empty];
/// Closures planted in one walk: far enough apart to leave each other alone.
const TOGETHER: usize = 8;

/// A bench of closures of 1 to 60 days and 20 to 100 % between two periods.
pub struct Bench<'a> {
    /// The counts.
    pub counts: &'a Counts,
    /// How many closures.
    pub number: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// First and last period of their starts.
    pub span: (usize, usize),
}

impl Bench<'_> {
    /// Plants closures and looks what is found, by the thresholds given.
    pub fn closures(&self, thresholds: Thresholds) -> Vec<Found> {
        let base = Pass::run(self.counts, thresholds);
        let mut before = Pass::new(self.counts, thresholds);
        while before.done < self.span.0 {
            before.step();
        }
        let batches = self.number.div_ceil(TOGETHER);
        let found: Vec<Vec<Found>> = (0..batches)
            .into_par_iter()
            .map(|n| {
                let key = StreamKey { seed: self.seed, replication: n as u32 };
                let mut stream = key.stream(address(&["plant"]), 0);
                self.batch(&base, before.clone(), &mut Draws { stream: &mut stream })
            })
            .collect();
        found.into_iter().flatten().take(self.number).collect()
    }

    fn draw(&self, base: &Pass, taken: &[Closure], draws: &mut Draws) -> Option<Closure> {
        let site = draws.below(base.sites.len());
        let start = self.span.0 + draws.below(self.span.1 - self.span.0 + 1);
        let s = &base.sites[site];
        let quiet =
            |t: usize| s.scores[0].get(t).copied().flatten().is_some_and(|r| r.score.abs() < base.thresholds().0[0]);
        let near = |c: &Closure| {
            let sites = [Some(c.site), c.to.map(|t| t.0)];
            let close = |i: usize| i == site || s.neighbours.iter().any(|n| n.index() == i);
            sites.into_iter().flatten().any(close) && c.start.abs_diff(start) < 14
        };
        if !(start.checked_sub(1)?..start + 4).all(quiet) || taken.iter().any(near) || start + 9 >= self.counts.periods
        {
            return None;
        }
        let days = libm::exp(draws.between(0.0, libm::log(60.0)));
        let share = draws.between(0.2, 1.0);
        let (mut left, mut lost, mut t) = (days, Vec::new(), start);
        let mut begin = draws.unit();
        while left > 0.0 {
            let length = f64::from(self.counts.period(t).days());
            let shut = left.min(length * (1.0 - begin));
            lost.push(share * shut / length);
            left -= shut;
            begin = 0.0;
            t += 1;
        }
        let caught_up = draws.unit() < 0.5;
        if caught_up {
            let back = draws.between(0.3, 0.6) * lost.iter().sum::<f64>();
            lost.push(-back);
        }
        let to = if draws.unit() < 1.0 / 3.0 {
            let active = |n: &&CrossingId| base.sites[n.index()].scores[0][start].is_some();
            let n = s.neighbours.iter().find(active)?;
            Some((n.index(), draws.between(0.4, 1.0)))
        } else {
            None
        };
        Some(Closure { site, start, lost, caught_up, to })
    }

    fn batch(&self, base: &Pass, mut pass: Pass, draws: &mut Draws) -> Vec<Found> {
        let mut closures: Vec<Closure> = Vec::new();
        for _ in 0..400 {
            if closures.len() < TOGETHER
                && let Some(c) = self.draw(base, &closures, draws)
            {
                // Some close two crossings together.
                let second = (draws.unit() < 0.15).then(|| base.sites[c.site].neighbours.first().copied()).flatten();
                let quiet = |s: usize| base.sites[s].scores[0][c.start].is_some_and(|r| r.score.abs() < 2.0);
                let both = second.map(|n| Closure { site: n.index(), to: None, ..c.clone() });
                let both = both
                    .filter(|b| quiet(b.site) && closures.len() + 1 < TOGETHER && c.to.is_none_or(|t| t.0 != b.site));
                closures.push(c);
                closures.extend(both);
            }
        }
        let truth: Vec<Vec<Vec<f64>>> = closures.iter().map(|c| plant(&mut pass, c, draws)).collect();
        while pass.done < self.counts.periods {
            pass.step();
        }
        let tails = pass.tails();
        closures.iter().zip(&truth).filter_map(|(c, t)| judge(base, &pass, c, t, &tails)).collect()
    }
}

/// Thins the counts of a crossing, and adds what is diverted to the neighbour's; gives what each measure of the
/// neighbour truly gained, by period.
fn plant(pass: &mut Pass, c: &Closure, draws: &mut Draws) -> Vec<Vec<f64>> {
    let mut gained = vec![Vec::new(); MEASURES.len()];
    for i in pass.sites[c.site].lines.clone() {
        let measure = pass.lines[i].measure;
        for (n, share) in c.lost.iter().enumerate() {
            let y = pass.lines[i].counts[c.start + n];
            if y.is_nan() {
                continue;
            }
            let now = if *share >= 0.0 { draws.thinned(y, 1.0 - share) } else { (y * (1.0 - share)).round() };
            pass.lines[i].counts[c.start + n] = now;
            let Some((to, part)) = c.to.filter(|_| y > now) else {
                continue;
            };
            let there = pass.sites[to].lines.iter().copied().find(|j| pass.lines[*j].measure == measure);
            if let (Some(j), Some(m)) = (there, MEASURES.iter().position(|m| *m == measure)) {
                let more = ((y - now) * part).round();
                pass.lines[j].counts[c.start + n] += more;
                gained[m].push(more);
            }
        }
    }
    gained
}

fn judge(base: &Pass, pass: &Pass, c: &Closure, gained: &[Vec<f64>], tails: &[(f64, f64); 8]) -> Option<Found> {
    let site = &pass.sites[c.site];
    let loss: Vec<f64> = c.lost.iter().map(|l| l.max(0.0)).collect();
    let total: f64 = loss.iter().sum();
    let mut so_far = 0.0;
    let half = loss.iter().position(|l| {
        so_far += l;
        so_far >= total / 2.0
    })?;
    let largest = (0..=half).max_by(|a, b| loss[*a].total_cmp(&loss[*b]))?;
    let (net, sd) = size(base, pass, c, largest)?;
    let [t0, _, t2, t6] = pass.thresholds().0;
    let called = |k: usize, threshold: f64| {
        (c.start..=c.start + half).any(|t| site.scores[k][t].is_some_and(|r| r.score < -threshold))
    };
    let depth = |k: usize, found: bool| {
        let at = site.scores[k][c.start + largest].filter(|_| found)?;
        Some((-libm::expm1(net), -libm::expm1(at.change)))
    };
    let (at_once, two) = (called(0, t0), called(2, t2));
    let shut = loss.iter().rposition(|l| *l > 0.0)?;
    let gains = std::array::from_fn(|m| {
        let (to, _) = c.to?;
        let line = pass.sites[to].lines.iter().map(|j| &pass.lines[*j]).find(|l| l.measure == MEASURES[m])?;
        let span = (c.start, c.start + shut);
        if !line.active[c.start] || gained[m].is_empty() {
            return None;
        }
        let g = pass.gain(line, span, span, c.start + shut + 2, tails)?;
        Some(g.band.holds(gained[m].iter().sum()))
    });
    Some(Found {
        size: -net / sd,
        at_once,
        later: [two, called(3, t6)],
        depth: [depth(0, at_once), depth(2, two)],
        caught_up: c.caught_up,
        gains,
    })
}

/// The loss in logs of all measures of a period together, and the robust standard deviation of such a mean before.
fn size(base: &Pass, pass: &Pass, c: &Closure, at: usize) -> Option<(f64, f64)> {
    let t = c.start + at;
    let lines: Vec<usize> = base.sites[c.site].lines.iter().copied().filter(|i| base.lines[*i].judged(t)).collect();
    let scales: Vec<f64> = lines.iter().map(|i| base.lines[*i].scale[t]).collect();
    let (weights, _) = gls(&scales);
    if lines.is_empty() {
        return None;
    }
    let log = |y: f64, f: f64| if y > 0.0 { libm::log(y / f).max(crate::pass::FLOOR) } else { crate::pass::FLOOR };
    let change =
        lines.iter().zip(&weights).map(|(i, w)| w * log(pass.lines[*i].counts[t], base.lines[*i].counts[t])).sum();
    let past = (t.saturating_sub(72)..t).map(|u| {
        let all: Vec<Residual> =
            lines.iter().map(|i| Residual { e: base.lines[*i].residual[u], s: base.lines[*i].scale[u] }).collect();
        all.iter().zip(&weights).map(|(r, w)| w * r.e).sum::<f64>()
    });
    Some((change, spread(past)?))
}

/// A class of sizes, and what was found of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Recall {
    /// Sizes from.
    pub from: f64,
    /// Sizes below.
    pub to: f64,
    /// Closures of it.
    pub closures: usize,
    /// Share found at once, and by two and six releases later.
    pub found: [f64; 3],
}

/// Recall by classes of size.
pub fn recall(found: &[Found], classes: &[(f64, f64)]) -> Vec<Recall> {
    classes
        .iter()
        .map(|(from, to)| {
            let of: Vec<&Found> = found.iter().filter(|f| *from <= f.size && f.size < *to).collect();
            let share =
                |is: &dyn Fn(&Found) -> bool| of.iter().filter(|f| is(f)).count() as f64 / of.len().max(1) as f64;
            let found = [share(&|f| f.at_once), share(&|f| f.later[0]), share(&|f| f.later[1])];
            Recall { from: *from, to: *to, closures: of.len(), found }
        })
        .collect()
}

/// How the share lost was met by closures found above a size that were not made up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Depth {
    /// Closures.
    pub closures: usize,
    /// Median absolute error, as a share of what was to be expected.
    pub error: f64,
    /// Share within a fifth of the true loss.
    pub within_fifth: f64,
}

/// Errors of depth at once (`0`) or two releases later (`1`).
pub fn depth(found: &[Found], later: usize, above: f64) -> Depth {
    let of: Vec<(f64, f64)> =
        found.iter().filter(|f| f.size > above && !f.caught_up).filter_map(|f| f.depth[later]).collect();
    Depth {
        closures: of.len(),
        error: median_of(of.iter().map(|(a, b)| (a - b).abs())).unwrap_or(f64::NAN),
        within_fifth: of.iter().filter(|(a, b)| (a - b).abs() < 0.2 * a).count() as f64 / of.len().max(1) as f64,
    }
}

/// A fault to plant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Planted {
    /// Zero in one measure.
    Zero,
    /// Zero in all.
    AllZero,
    /// No row of one measure.
    Missing,
    /// Ten times one measure.
    TimesTen,
    /// A tenth of one measure.
    Tenth,
    /// Exchanged with a neighbour.
    Swap,
    /// Counted at a neighbour, from then on; here over 35 % of what the neighbour has.
    Move,
    /// The same, where it is less.
    SmallMove,
}

/// Share of the neighbour's counts above which a move is no small one.
const SMALL_MOVE: f64 = 0.35;

/// What became of planted faults of one kind.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct FaultsFound {
    /// Planted.
    pub planted: usize,
    /// Named as what they are.
    pub named: usize,
    /// Named as some fault.
    pub doubted: usize,
    /// Called a closure.
    pub called: usize,
}

impl Bench<'_> {
    /// Plants faults of each kind, one a walk at several crossings, and looks what is made of them.
    pub fn faults(&self, thresholds: Thresholds) -> BTreeMap<Planted, FaultsFound> {
        use Planted::{AllZero, Missing, Move, SmallMove, Swap, Tenth, TimesTen, Zero};
        let base = Pass::run(self.counts, thresholds);
        let kinds = [Zero, AllZero, Missing, TimesTen, Tenth, Swap, Move, SmallMove];
        let one = |n: usize| {
            let key = StreamKey { seed: self.seed, replication: n as u32 };
            let mut stream = key.stream(address(&["fault"]), 0);
            let mut draws = Draws { stream: &mut stream };
            let kind = kinds[n % kinds.len()];
            (0..200).find_map(|_| self.fault(&base, kind, &mut draws)).map(|f| (kind, f))
        };
        let all: Vec<_> = (0..self.number).into_par_iter().filter_map(one).collect();
        let mut out: BTreeMap<Planted, FaultsFound> = BTreeMap::new();
        for (kind, (named, doubted, called)) in all {
            let f = out.entry(kind).or_default();
            f.planted += 1;
            f.named += usize::from(named);
            f.doubted += usize::from(doubted);
            f.called += usize::from(called);
        }
        out
    }

    /// One fault in the month after a walk so far: named, doubted, called.
    fn fault(&self, base: &Pass, kind: Planted, draws: &mut Draws) -> Option<(bool, bool, bool)> {
        let site = draws.below(base.sites.len());
        let t = self.span.0 + draws.below(self.span.1 - self.span.0 + 1);
        let quiet = |s: usize, t: usize| base.sites[s].scores[0][t].is_some_and(|r| r.score.abs() < 2.0);
        let clean = |s: usize| base.sites[s].lines.iter().all(|i| base.lines[*i].faults[t].is_none());
        let judged: Vec<usize> = base.sites[site].lines.iter().copied().filter(|i| base.lines[*i].judged(t)).collect();
        if !quiet(site, t) || !clean(site) || judged.len() < 2 {
            return None;
        }
        let mut pass = base.rewound(t);
        let victim = judged[draws.below(judged.len())];
        let neighbour = base.sites[site].neighbours.iter().find(|n| quiet(n.index(), t) && clean(n.index()));
        match kind {
            Planted::Zero => pass.lines[victim].counts[t] = 0.0,
            Planted::AllZero => base.sites[site].lines.iter().for_each(|i| pass.lines[*i].counts[t] = 0.0),
            Planted::Missing => pass.lines[victim].counts[t] = f64::NAN,
            Planted::TimesTen => pass.lines[victim].counts[t] *= 10.0,
            Planted::Tenth => pass.lines[victim].counts[t] = (pass.lines[victim].counts[t] / 10.0).round(),
            Planted::Swap | Planted::Move | Planted::SmallMove => {
                let there = &base.sites[neighbour?.index()].lines;
                if kind != Planted::Swap {
                    let first = &base.lines[victim];
                    let same = |j: &&usize| base.lines[**j].measure == first.measure && base.lines[**j].active[t];
                    let beside = &base.lines[*there.iter().find(same)?];
                    let small = libm::exp(first.expected[t] - beside.expected[t]) <= SMALL_MOVE;
                    if small != (kind == Planted::SmallMove) {
                        return None;
                    }
                }
                for i in &base.sites[site].lines {
                    let Some(j) = there.iter().find(|j| base.lines[**j].measure == base.lines[*i].measure) else {
                        continue;
                    };
                    let (a, b) = (base.lines[*i].counts[t], base.lines[*j].counts[t]);
                    if kind == Planted::Swap {
                        pass.lines[*i].counts[t] = b;
                        pass.lines[*j].counts[t] = a;
                    } else {
                        pass.lines[*i].counts[t] = f64::NAN;
                        pass.lines[*j].counts[t] = a + b;
                    }
                }
            }
        }
        pass.step();
        let faults: Vec<Fault> = base.sites[site].lines.iter().filter_map(|i| pass.lines[*i].faults[t]).collect();
        let named = match kind {
            Planted::Zero => faults.contains(&Fault::ZeroBesideCount),
            Planted::AllZero => faults.contains(&Fault::AllZero),
            // A row that is missing stays missing.
            Planted::Missing => faults.is_empty(),
            Planted::TimesTen | Planted::Tenth => faults.contains(&Fault::Tenfold),
            Planted::Swap => faults.iter().any(|f| matches!(f, Fault::Swapped(_))),
            Planted::Move | Planted::SmallMove => faults.iter().any(|f| matches!(f, Fault::MovedTo(_))),
        };
        let sure = !faults.contains(&Fault::AllZero);
        let low = pass.sites[site].scores[0][t].is_some_and(|r| r.score < -base.thresholds().0[0]);
        Some((named, !faults.is_empty() || kind == Planted::Missing, sure && low))
    }
}
