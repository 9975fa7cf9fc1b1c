//! One walk through the periods: each is judged by those before it, then taught to the normal range of the next.
//!
//! Nothing later is used: the state after a period is what was known with its release. What is doubted or judged an event
//! is left out of the normal range, as long as it may still be one.

use crate::combine::{Residual, Together, together};
use crate::counts::{Counts, CrossingId};
use crate::fault::{Beside, Fault, Seen, apart, moved_fits, of_measures, swap_saves};
use crate::level::{FAST_SHARE, Level, Speeds, cleaned, level};
use crate::near::neighbours;
use crate::period::Step;
use crate::read::Measure;
use crate::robust::{median_of, spread};
use crate::season::{Cycle, Indices, Means, Own, own, pooled, shrunk};
use rayon::prelude::*;

/// Log of the share of the expected as which a count of zero is read: ln 0.03.
pub(crate) const FLOOR: f64 = -3.506_557_897_319_982;
/// Later periods that a period is judged again with.
pub const LATER: [usize; 3] = [1, 2, 6];
/// Weight of the level after a period in what was to be expected of it, by how many periods are known after it.
const AFTER: [f64; 3] = [0.40, 0.45, 0.50];
/// Longest run of event periods that the normal range ignores; then it is a new level.
pub const MASKED: usize = 6;
/// Longest run of periods with under a quarter of the expected that the normal range ignores.
const MASKED_SHUT: usize = 24;
/// Longest run of doubted counts that the normal range ignores; then they are what is normal.
const DOUBTED: usize = 3;
/// From which median of a month a measure is used: for scores, and in pools of indices.
fn floors(measure: Measure) -> (f64, f64) {
    match measure {
        Measure::Trains => (8.0, 8.0),
        _ => (100.0, 150.0),
    }
}

/// When a month is called an event, in standard deviations by how many periods are known after it (none, one, two, six).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Thresholds(pub [f64; 4]);

impl Default for Thresholds {
    /// No more than one false episode a crossing in five years, each on its own, on the counts of 2003 to 2012.
    fn default() -> Self {
        Thresholds([2.0, 2.15, 2.25, 2.25])
    }
}

/// One measure of one crossing.
#[derive(Clone, Debug)]
pub struct CountLine {
    /// Where.
    pub crossing: CrossingId,
    /// What.
    pub measure: Measure,
    /// Counts as published.
    pub counts: Vec<f64>,
    /// What was expected of each period by the release before, in logs; not a number where nothing was.
    pub expected: Vec<f64>,
    /// Residuals in logs, floored.
    pub residual: Vec<f64>,
    /// Standard deviation of residuals before each period.
    pub scale: Vec<f64>,
    /// Whether it was large enough to be judged.
    pub active: Vec<bool>,
    /// Doubts.
    pub faults: Vec<Option<Fault>>,
    /// Residuals with one, two and six periods known after.
    pub(crate) later: [Vec<f64>; 3],
    /// Logs without doubted counts, and without events too.
    z: Vec<f64>,
    calm: Vec<f64>,
    /// After each period: the level of logs, without and with events; indices of the season.
    pub(crate) levels: Vec<Option<Level>>,
    pub(crate) calm_levels: Vec<Option<Level>>,
    pub(crate) seasons: Vec<Vec<Indices>>,
    season_of: Vec<u32>,
    own: Vec<Option<Own>>,
    means: Vec<Option<Means>>,
    /// Median of the last five years, for weights of small counts.
    pub(crate) size: Vec<f64>,
}

/// One crossing.
#[derive(Clone, Debug)]
pub struct Site {
    /// Which.
    pub crossing: CrossingId,
    /// Its lines, by index.
    pub lines: Vec<usize>,
    /// Nearest crossings.
    pub neighbours: Vec<CrossingId>,
    /// What all measures said of each period in its own release, and with one, two and six periods after.
    pub scores: [Vec<Option<Together>>; 4],
    /// Whether the period was left out of the normal range as an event.
    pub masked: Vec<bool>,
}

/// All lines and crossings after some periods.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Rail measures of all crossings.
    pub lines: Vec<CountLine>,
    /// Crossings, by their ids.
    pub sites: Vec<Site>,
    /// Periods walked through.
    pub done: usize,
    cycles: Vec<Cycle>,
    places: Vec<Vec<u8>>,
    speeds: Speeds,
    step: Step,
    thresholds: Thresholds,
    pools: Vec<[Indices; 8]>,
}

impl Pass {
    /// At the start of a table.
    pub fn new(counts: &Counts, thresholds: Thresholds) -> Pass {
        let cycles = Cycle::of(counts.step);
        // Forecasts and their residuals look a year ahead.
        let ahead = counts.periods + counts.step.per_year() + 1;
        let places =
            cycles.iter().map(|c| (0..ahead).map(|t| c.place(counts.first + t as i32) as u8).collect()).collect();
        let mut lines = Vec::new();
        let mut sites: Vec<Site> = Vec::new();
        let mut near = neighbours(counts);
        for crossing in counts.crossings.ids() {
            let mut own = Vec::new();
            for measure in Measure::RAIL {
                let y = counts.series(crossing, measure);
                if y.iter().any(|v| *v > 0.0) {
                    own.push(lines.len());
                    lines.push(CountLine::new(crossing, measure, y.to_vec(), cycles.len()));
                }
            }
            let n = counts.periods;
            let scores = std::array::from_fn(|_| vec![None; n]);
            sites.push(Site {
                crossing,
                lines: own,
                neighbours: std::mem::take(&mut near[crossing]),
                scores,
                masked: vec![false; n],
            });
        }
        let pools = vec![[[0.0; crate::season::PLACES]; 8]; cycles.len()];
        let (speeds, step) = (Speeds::of(counts.step), counts.step);
        Pass { lines, sites, done: 0, cycles, places, speeds, step, thresholds, pools }
    }

    /// How long its periods are.
    pub fn step_length(&self) -> Step {
        self.step
    }

    pub(crate) fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// The place in each cycle of each period.
    pub(crate) fn places(&self) -> &[Vec<u8>] {
        &self.places
    }

    /// When a period is called.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// The walk as it stood before a period. Seasons learnt later are not looked at by periods before.
    #[must_use]
    pub(crate) fn rewound(&self, before: usize) -> Pass {
        Pass { done: before, ..self.clone() }
    }

    /// Walks to the end of a table.
    pub fn run(counts: &Counts, thresholds: Thresholds) -> Pass {
        let mut pass = Pass::new(counts, thresholds);
        while pass.done < counts.periods {
            pass.step();
        }
        pass
    }

    /// The season of a line as known after a period, at another.
    pub(crate) fn season(&self, line: &CountLine, known: usize, at: usize) -> f64 {
        let indices = &line.seasons[line.season_of[known] as usize];
        indices.iter().zip(&self.places).map(|(s, p)| s[p[at] as usize]).sum()
    }

    /// What to expect of a period, in logs, by what was known after another: with events left out.
    pub(crate) fn expectation(&self, line: &CountLine, known: usize, at: usize) -> Option<f64> {
        let share = fast_share(line.measure, line.size[known], self.step);
        Some(line.calm_levels[known]?.mixed(share) + self.season(line, known, at))
    }

    /// Judges the next period and learns from it.
    pub fn step(&mut self) {
        let t = self.done;
        if t > 0 {
            self.expect(t);
        }
        self.doubt(t);
        self.judge(t);
        self.learn(t);
        self.look_back(t);
        self.done += 1;
    }

    fn expect(&mut self, t: usize) {
        let expected: Vec<Option<f64>> =
            self.lines.par_iter().with_min_len(16).map(|l| self.expectation(l, t - 1, t)).collect();
        let step = self.step;
        self.lines.par_iter_mut().with_min_len(16).zip(expected).for_each(|(l, f)| l.meet(t, f, step));
    }

    /// What the judged measures of a crossing show.
    pub fn seen(&self, site: &Site, t: usize) -> Vec<(usize, Seen)> {
        let lines = site.lines.iter().map(|i| (*i, &self.lines[*i]));
        lines
            .filter(|(_, l)| l.active[t])
            .map(|(i, l)| {
                let residual = Residual { e: l.residual[t], s: l.scale[t] };
                (i, Seen { measure: l.measure, count: l.counts[t], expected: l.expected[t], residual })
            })
            .collect()
    }

    /// What all measures of a crossing show, those too small to be judged beside their median of a year.
    fn usual(&self, site: &Site, t: usize) -> Vec<Seen> {
        let lines = site.lines.iter().map(|i| &self.lines[*i]);
        let one = |l: &CountLine| {
            let (measure, count) = (l.measure, l.counts[t]);
            if l.active[t] {
                let residual = Residual { e: l.residual[t], s: l.scale[t] };
                return Some(Seen { measure, count, expected: l.expected[t], residual });
            }
            let year = self.step.per_year();
            let usual = median_of(l.counts[t.saturating_sub(year)..t].iter().copied())?;
            // Of few, the number is mostly chance.
            let s = (usual + 1.0).sqrt().recip().max(0.3);
            Some(Seen { measure, count, expected: libm::log(usual.max(0.03)), residual: Residual { e: f64::NAN, s } })
        };
        lines.filter_map(one).collect()
    }

    fn doubt(&mut self, t: usize) {
        let seen: Vec<Vec<(usize, Seen)>> = self.sites.iter().map(|s| self.seen(s, t)).collect();
        let bare: Vec<Vec<Seen>> = seen.iter().map(|all| all.iter().map(|s| s.1).collect()).collect();
        let wild = |all: &[Seen]| {
            all.iter().any(|s| s.count.is_finite() && apart(s.count, s.expected, s.residual.s).abs() > 3.0)
        };
        for (n, site) in self.sites.iter().enumerate() {
            if seen[n].is_empty() {
                continue;
            }
            let mut faults = of_measures(&bare[n]);
            let exchanged = || {
                let here = self.usual(site, t);
                let saves = |c: &CrossingId| {
                    let there = self.usual(&self.sites[yalu_units::Idx::index(*c)], t);
                    if wild(&there) { Some((swap_saves(&here, &there)?, *c)) } else { None }
                };
                let best = || site.neighbours.iter().filter_map(saves).max_by(|a, b| a.0.total_cmp(&b.0));
                if wild(&here) { best().map(|b| b.1) } else { None }
            };
            if let Some(to) = self.moved(site, &bare[n], t) {
                faults.fill(Some(Fault::MovedTo(to)));
            } else if let Some(with) = exchanged() {
                faults.fill(Some(Fault::Swapped(with)));
            }
            for ((i, _), fault) in seen[n].iter().zip(faults) {
                let l = &mut self.lines[*i];
                // What goes on is no slip: after a few periods it is what is normal.
                let run = l.faults[..t].iter().rev().take_while(|f| f.is_some()).count();
                let lasting =
                    matches!(fault, Some(Fault::Tenfold | Fault::OutOfStep | Fault::Swapped(_))) && run >= DOUBTED;
                l.faults[t] = fault.filter(|_| !lasting);
            }
        }
        // A crossing whose counts moved stays moved while it has none.
        for site in &self.sites {
            for i in &site.lines {
                let l = &mut self.lines[*i];
                let before = t.checked_sub(1).and_then(|b| l.faults[b]);
                if let Some(moved @ Fault::MovedTo(_)) = before
                    && (l.counts[t].is_nan() || l.counts[t] == 0.0)
                {
                    l.faults[t] = Some(moved);
                }
            }
        }
    }

    /// The neighbour that has what was here until the period before.
    fn moved(&self, site: &Site, here: &[Seen], t: usize) -> Option<CrossingId> {
        let had = |i: &usize| self.lines[*i].counts[..t].iter().rev().take(2).any(|y| *y > 0.0);
        if !site.lines.iter().any(had) {
            return None;
        }
        let beside = |to: CrossingId, s: &Seen| {
            let mut lines = self.sites[yalu_units::Idx::index(to)].lines.iter().map(|i| &self.lines[*i]);
            let l = lines.find(|l| l.measure == s.measure)?;
            let idle = !l.counts[t.saturating_sub(6)..t].iter().any(|y| *y > 0.0);
            match (l.active[t], idle) {
                (true, _) => Some(Beside { count: l.counts[t], expected: libm::exp(l.expected[t]), scale: l.scale[t] }),
                (false, true) => Some(Beside { count: l.counts[t], expected: 0.0, scale: s.residual.s }),
                _ => None,
            }
        };
        let fit = |to: &CrossingId| {
            let there: Vec<Option<Beside>> = here.iter().map(|s| beside(*to, s)).collect();
            Some((moved_fits(here, &there)?, *to))
        };
        site.neighbours.iter().filter_map(fit).max_by(|a, b| a.0.total_cmp(&b.0)).map(|b| b.1)
    }

    fn judge(&mut self, t: usize) {
        let [low, ..] = self.thresholds.0;
        for n in 0..self.sites.len() {
            let residuals: Vec<Residual> = self.sites[n]
                .lines
                .iter()
                .map(|i| &self.lines[*i])
                .filter(|l| l.judged(t))
                .map(|l| Residual { e: l.residual[t], s: l.scale[t] })
                .collect();
            let site = &mut self.sites[n];
            let said = all_but_the_odd(&residuals);
            site.scores[0][t] = said;
            let run = site.masked[..t].iter().rev().take_while(|m| **m).count();
            let event = said.is_some_and(|s| s.score.abs() > low);
            let shut = said.is_some_and(|s| s.change < libm::log(0.25));
            site.masked[t] = event && run < if shut { MASKED_SHUT } else { MASKED };
            let masked = site.masked[t];
            for i in &site.lines {
                let l = &mut self.lines[*i];
                let y = l.counts[t];
                l.z[t] = if y > 0.0 && l.faults[t].is_none() { libm::log(y) } else { f64::NAN };
                l.calm[t] = if masked { f64::NAN } else { l.z[t] };
            }
        }
    }

    fn learn(&mut self, t: usize) {
        let refit = match self.step {
            Step::Month => 1,
            Step::Week => 4,
            Step::Day => 28,
        };
        let fresh = t.is_multiple_of(refit);
        let (cycles, places) = (&self.cycles, &self.places);
        if fresh {
            self.lines.par_iter_mut().with_min_len(8).for_each(|l| {
                let mut z = l.z[..=t].to_vec();
                for (c, cycle) in cycles.iter().enumerate() {
                    l.own[c] = own(&z, &places[c][..=t], cycle, &mut l.means[c]);
                    if let (Some(o), true) = (&l.own[c], c + 1 < cycles.len()) {
                        z.iter_mut().zip(&places[c]).for_each(|(z, p)| *z -= o.indices[*p as usize]);
                    }
                }
            });
            for (c, pools) in self.pools.iter_mut().enumerate() {
                for m in Measure::RAIL {
                    let floor = floors(m).1 / self.step.per_month();
                    let of = |l: &&CountLine| l.measure == m && l.size[t.saturating_sub(1)] >= floor;
                    pools[m as usize] = pooled(self.lines.iter().filter(of).filter_map(|l| l.own[c].as_ref()));
                }
            }
        }
        let (pools, speeds, step) = (&self.pools, self.speeds, self.step);
        self.lines.par_iter_mut().with_min_len(8).for_each(|l| {
            if fresh || l.seasons.is_empty() {
                let season = cycles
                    .iter()
                    .enumerate()
                    .map(|(c, cycle)| shrunk(l.own[c].as_ref(), &pools[c][l.measure as usize], cycle.places))
                    .collect();
                l.seasons.push(season);
            }
            l.season_of[t] = l.seasons.len() as u32 - 1;
            l.level(t, &speeds, places, step);
        });
    }

    /// Residuals of earlier periods, as the later ones show them.
    fn look_back(&mut self, t: usize) {
        for (k, later) in LATER.into_iter().enumerate() {
            let Some(at) = t.checked_sub(later).filter(|a| *a > 0) else {
                continue;
            };
            let hindsight: Vec<Option<f64>> = self
                .lines
                .par_iter()
                .with_min_len(16)
                .map(|l| if l.active[at] { self.hindsight(l, at, t) } else { None })
                .collect();
            for (l, f) in self.lines.iter_mut().zip(hindsight) {
                if let Some(f) = f
                    && l.counts[at].is_finite()
                {
                    let y = l.counts[at];
                    l.later[k][at] = if y > 0.0 { (libm::log(y) - f).max(FLOOR) } else { FLOOR };
                }
            }
            for n in 0..self.sites.len() {
                let residuals: Vec<Residual> = self.sites[n]
                    .lines
                    .iter()
                    .map(|i| &self.lines[*i])
                    .filter(|l| l.judged(at) && l.later[k][at].is_finite())
                    .filter_map(|l| {
                        let s = past_scale(&l.later[k], &l.faults, at)?;
                        Some(Residual { e: l.later[k][at], s: s.max(0.5 * l.scale[at]) })
                    })
                    .collect();
                self.sites[n].scores[k + 1][at] = all_but_the_odd(&residuals);
            }
        }
    }

    /// What was to be expected of a period without itself, by what was known after later ones.
    fn hindsight(&self, line: &CountLine, at: usize, known: usize) -> Option<f64> {
        self.around(line, (at, at), at, known)
    }

    /// What was to be expected of a period by those before and after some that it lies in, by what is known now.
    pub(crate) fn around(&self, line: &CountLine, (from, to): (usize, usize), at: usize, known: usize) -> Option<f64> {
        let before = from.checked_sub(1)?;
        let share = fast_share(line.measure, line.size[before], self.step);
        let level = line.calm_levels[before]?.mixed(share);
        let x = (to + 1..=known).map(|j| line.calm[j] - self.season(line, known, j));
        Some(between(level, x, known - to) + self.season(line, known, at))
    }

    /// The best judgement of a period by what is known now, and with which threshold it is called.
    pub fn judgement(&self, site: &Site, at: usize) -> Option<(Together, f64)> {
        let known = self.done - 1 - at;
        let k = LATER.iter().rposition(|l| *l <= known).map_or(0, |k| k + 1);
        (0..=k).rev().find_map(|k| Some((site.scores[k][at]?, self.thresholds.0[k])))
    }
}

/// A level between the one before and that of values after it, which count the less the later they are; `known` of them
/// are known.
pub(crate) fn between(before: f64, after: impl Iterator<Item = f64>, known: usize) -> f64 {
    let weight = LATER.iter().rposition(|l| *l <= known).map_or(0.0, |k| AFTER[k]);
    let (mut share, mut sum, mut of) = (1.0, 0.0, 0.0);
    for x in after {
        share *= 0.5;
        if x.is_finite() {
            sum += share * x;
            of += share;
        }
    }
    if of > 0.0 { (1.0 - weight) * before + weight * sum / of } else { before }
}

/// What measures say together; one far out while all others are calm is a matter of that measure, and left out.
fn all_but_the_odd(all: &[Residual]) -> Option<Together> {
    let far = |r: &Residual| r.z().abs() > 4.0;
    let odd = all
        .iter()
        .position(far)
        .filter(|i| all.len() > 1 && all.iter().enumerate().all(|(j, r)| j == *i || r.z().abs() < 1.5));
    let kept: Vec<Residual> = all.iter().enumerate().filter(|(i, _)| Some(*i) != odd).map(|(_, r)| *r).collect();
    (!kept.is_empty()).then(|| together(&kept))
}

/// Spread of the last 72 residuals before a period, of at least 18; a count of zero is no scatter.
fn past_scale(residuals: &[f64], faults: &[Option<Fault>], at: usize) -> Option<f64> {
    let from = at.saturating_sub(72);
    let past = || {
        residuals[from..at].iter().zip(&faults[from..at]).filter(|(e, f)| **e > FLOOR && f.is_none()).map(|(e, _)| *e)
    };
    if past().count() < 18 { None } else { spread(past()) }
}

/// The share of the fast level: small counts are noise, and followed slowly.
pub(crate) fn fast_share(measure: Measure, size: f64, step: Step) -> f64 {
    let small = if measure == Measure::Trains { 30.0 } else { 1000.0 };
    if size * step.per_month() >= small { FAST_SHARE } else { 1.0 - FAST_SHARE }
}

impl CountLine {
    fn new(crossing: CrossingId, measure: Measure, counts: Vec<f64>, cycles: usize) -> CountLine {
        let n = counts.len();
        let nan = || vec![f64::NAN; n];
        CountLine {
            crossing,
            measure,
            counts,
            expected: nan(),
            residual: nan(),
            scale: nan(),
            active: vec![false; n],
            faults: vec![None; n],
            later: std::array::from_fn(|_| nan()),
            z: nan(),
            calm: nan(),
            levels: vec![None; n],
            calm_levels: vec![None; n],
            seasons: Vec::new(),
            season_of: vec![0; n],
            own: vec![None; cycles],
            means: vec![None; cycles],
            size: vec![0.0; n],
        }
    }

    /// Whether a period's count enters the crossing's judgement.
    pub fn judged(&self, t: usize) -> bool {
        self.active[t] && self.counts[t].is_finite() && matches!(self.faults[t], None | Some(Fault::AllZero))
    }

    /// The count of a period, zero of all measures too, unless it is doubted.
    pub(crate) fn counted(&self, t: usize) -> Option<f64> {
        Some(self.counts[t]).filter(|y| y.is_finite() && matches!(self.faults[t], None | Some(Fault::AllZero)))
    }

    /// The count of a period without doubt.
    pub(crate) fn trusted(&self, t: usize) -> Option<f64> {
        Some(self.counts[t]).filter(|y| y.is_finite() && self.faults[t].is_none())
    }

    /// Puts a count beside what was expected.
    fn meet(&mut self, t: usize, expected: Option<f64>, step: Step) {
        let Some(f) = expected else {
            return;
        };
        self.expected[t] = f;
        let y = self.counts[t];
        if y > 0.0 {
            self.residual[t] = (libm::log(y) - f).max(FLOOR);
        } else if y == 0.0 {
            self.residual[t] = FLOOR;
        }
        let years = 3 * step.per_year();
        let usual = median_of(self.counts[t.saturating_sub(years)..t].iter().copied()).unwrap_or(0.0);
        let Some(s) = past_scale(&self.residual, &self.faults, t) else {
            return;
        };
        // One train or box more or less is never news.
        self.scale[t] = s.max(libm::exp(-f).min(1.0)).max(1e-3);
        self.active[t] = usual * step.per_month() >= floors(self.measure).0;
    }

    /// The levels after a period.
    fn level(&mut self, t: usize, speeds: &Speeds, places: &[Vec<u8>], step: Step) {
        let from = (t + 1).saturating_sub(speeds.window);
        let indices = &self.seasons[self.season_of[t] as usize];
        let season = |i: usize| -> f64 { indices.iter().zip(places).map(|(s, p)| s[p[i] as usize]).sum() };
        let smooth = |z: &[f64]| {
            let x: Vec<f64> = (from..=t).map(|i| z[i] - season(i)).collect();
            level(&cleaned(&x), speeds, 5 * step.per_year())
        };
        self.levels[t] = smooth(&self.z);
        let alike = self.z[from..=t].iter().zip(&self.calm[from..=t]).all(|(a, b)| a.is_nan() == b.is_nan());
        self.calm_levels[t] = if alike { self.levels[t] } else { smooth(&self.calm) };
        let years = 5 * step.per_year();
        self.size[t] = median_of(self.counts[(t + 1).saturating_sub(years)..=t].iter().copied()).unwrap_or(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::level;

    /// O11.
    #[test]
    fn hindsight_lies_between_before_and_after() {
        let x = [5.0, 5.1, 4.9, 5.0, 5.2, 5.0, 5.1, 5.0];
        let before = level(&x, &Speeds::of(Step::Month), 60).unwrap().mixed(FAST_SHARE);
        assert!((before - 5.032_662).abs() < 1e-6);
        assert!((between(before, [5.2, 5.1].into_iter(), 2) - 5.092_964).abs() < 1e-6);
        assert_eq!(between(before, [f64::NAN].into_iter(), 1), before);
    }
}
