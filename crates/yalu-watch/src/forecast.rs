//! What next: forecasts of a line with bands from its own and its kind's past errors.

use crate::level::FAST_SHARE;
use crate::pass::{CountLine, Pass};
use crate::read::Measure;
use crate::robust::{lower_quantile, median_of};
use std::borrow::Cow;
use yalu_score::Interval;

/// What a forecast is made of, by months ahead: the share of the level that follows fast (the rest is the slow one's), then
/// the share of the level of five years, then that of last year's count. The further ahead, the less the last months say.
const AHEAD: [(f64, [f64; 3]); 4] =
    [(12.0, [0.5, 0.10, 0.1]), (6.0, [0.5, 0.05, 0.1]), (3.0, [0.55, 0.0, 0.1]), (0.0, [FAST_SHARE, 0.0, 0.0])];
/// Months of origins whose errors make a band.
const ORIGINS: usize = 120;
/// Past errors of a line that its own mean size is taken from, and the least of them.
const OWN_ERRORS: (usize, usize) = (60, 12);
/// Weight, in errors, of the size usual among lines of its kind.
const SHARED: f64 = 12.0;

/// A forecast of one period.
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    /// Periods ahead.
    pub ahead: usize,
    /// Its middle.
    pub value: f64,
    /// Nine in ten of its kind held what came.
    pub band: Option<Interval>,
}

/// What may come of a line: errors of its kind, sorted, and what each makes of a forecast. A band reads two of them, so that
/// a board of many lines takes no more than each line's share.
struct Law<'e> {
    value: f64,
    errors: Cow<'e, [f64]>,
    /// The size that errors in logs are multiples of; none where they are ratios.
    size: Option<f64>,
}

impl Law<'_> {
    fn of(&self, error: f64) -> f64 {
        self.value * self.size.map_or(error, |a| libm::exp(error * a))
    }
    fn at(&self, share: f64) -> Option<f64> {
        lower_quantile(&self.errors, share).map(|e| self.of(e))
    }
}

/// Past errors of all lines at one distance ahead, from which bands are made.
pub struct Errors {
    ahead: usize,
    /// Size of errors in logs by line, none under twelve.
    size: Vec<Option<f64>>,
    /// The usual size, by measure.
    usual: [f64; 8],
    /// Errors over their line's size, sorted, by measure.
    relative: [Vec<f64>; 8],
    /// Counts over forecasts of small lines: by line, and by measure.
    own_ratios: Vec<Vec<f64>>,
    ratios: [Vec<f64>; 8],
    /// The same by measure, sorted.
    sorted_ratios: [Vec<f64>; 8],
}

impl Pass {
    /// Whether a line's counts are too small to be large after a period: noise, not level, is most of them.
    pub fn small(&self, line: &CountLine, known: usize) -> bool {
        crate::pass::fast_share(line.measure, line.size[known], self.step_length()) != FAST_SHARE
    }

    /// The middle of a forecast made after a period, so many ahead.
    pub fn middle(&self, line: &CountLine, known: usize, ahead: usize) -> Option<f64> {
        let (year, month) = (self.step_length().per_year(), self.step_length().per_month());
        let months = ahead as f64 / month;
        let [fast, long, last_year] = AHEAD.iter().find(|(from, _)| months >= *from).map_or([0.0; 3], |(_, of)| *of);
        let fast = fast.min(crate::pass::fast_share(line.measure, line.size[known], self.step_length()));
        let level = line.levels[known]?;
        let now = level.mixed(fast);
        let value = libm::exp(now + long * (level.long - now) + self.season(line, known, known + ahead));
        let last = (known + ahead).checked_sub(year).filter(|t| *t <= known).and_then(|t| line.trusted(t));
        Some(last.map_or(value, |y| (1.0 - last_year) * value + last_year * y))
    }

    /// Errors of forecasts so far ahead that were due by a period.
    pub fn errors(&self, known: usize, ahead: usize) -> Errors {
        let origins = (ORIGINS as f64 * self.step_length().per_month()) as usize;
        let first = (known + 1).saturating_sub(ahead + origins);
        let due = |line: &CountLine, from: usize| -> Vec<(f64, f64)> {
            let start = line.levels.iter().position(Option::is_some).unwrap_or(known);
            // The first year and a half has no season yet.
            let from = from.max(start + 3 * self.step_length().per_year() / 2);
            (from..(known + 1).saturating_sub(ahead))
                .filter_map(|u| Some((line.trusted(u + ahead)?, self.middle(line, u, ahead)?)))
                .collect()
        };
        let logs = |line: &CountLine| -> Vec<f64> {
            due(line, first).into_iter().filter(|(y, f)| *y > 0.0 && *f > 0.0).map(|(y, f)| libm::log(y / f)).collect()
        };
        let all: Vec<Vec<f64>> = self.lines.iter().map(logs).collect();
        let size = |e: &Vec<f64>| {
            let own = &e[e.len().saturating_sub(OWN_ERRORS.0)..];
            (own.len() >= OWN_ERRORS.1).then(|| own.iter().map(|e| e.abs()).sum::<f64>() / own.len() as f64)
        };
        let sizes: Vec<Option<f64>> = all.iter().map(size).collect();
        let large = |i: usize| !self.small(&self.lines[i], known);
        let of = |m: Measure| (0..self.lines.len()).filter(move |i| self.lines[*i].measure == m);
        let usual =
            Measure::ALL.map(|m| median_of(of(m).filter(|i| large(*i)).filter_map(|i| sizes[i])).unwrap_or(0.2));
        let shrunk: Vec<Option<f64>> = (0..all.len())
            .map(|i| {
                let n = all[i].len().min(OWN_ERRORS.0) as f64;
                Some((n * sizes[i]? + SHARED * usual[self.lines[i].measure as usize]) / (n + SHARED))
            })
            .collect();
        let relative = Measure::ALL.map(|m| {
            let told = of(m).filter(|i| large(*i)).filter_map(|i| Some((shrunk[i]?, &all[i])));
            sorted(told.flat_map(|(a, e)| e.iter().map(move |e| e / a)).collect())
        });
        let own_ratios: Vec<Vec<f64>> = (0..self.lines.len())
            .map(|i| {
                let line = &self.lines[i];
                let few = line.size[known] * self.step_length().per_month() >= least(line.measure) && !large(i);
                if few { due(line, first).into_iter().map(|(y, f)| y / f).collect() } else { Vec::new() }
            })
            .collect();
        let ratios: [Vec<f64>; 8] = Measure::ALL.map(|m| of(m).flat_map(|i| own_ratios[i].iter().copied()).collect());
        let sorted_ratios = ratios.clone().map(sorted);
        Errors { ahead, size: shrunk, usual, relative, own_ratios, ratios, sorted_ratios }
    }

    /// The forecast of a line, made after a period, with the band that past errors give.
    pub fn forecast(&self, index: usize, known: usize, errors: &Errors) -> Option<Forecast> {
        let law = self.law(index, known, errors)?;
        let band = if law.errors.len() >= LEAST_ERRORS {
            law.at(0.05).zip(law.at(0.95)).map(|(low, high)| Interval { low, high })
        } else {
            None
        };
        Some(Forecast { ahead: errors.ahead, value: law.value, band })
    }

    /// What may come of a line, each as likely, sorted; nothing where past errors are none.
    pub fn may_come(&self, index: usize, known: usize, errors: &Errors) -> Vec<f64> {
        let law = self.law(index, known, errors);
        law.map_or_else(Vec::new, |law| law.errors.iter().map(|e| law.of(*e)).collect())
    }

    fn law<'e>(&self, index: usize, known: usize, errors: &'e Errors) -> Option<Law<'e>> {
        let line = &self.lines[index];
        let m = line.measure as usize;
        let value = self.middle(line, known, errors.ahead)?;
        let (own, kind) = (&errors.own_ratios[index], &errors.ratios[m]);
        Some(if !self.small(line, known) {
            let size = errors.size[index].unwrap_or(errors.usual[m]);
            Law { value, errors: Cow::Borrowed(&errors.relative[m]), size: Some(size) }
        } else if own.len() < OWN_RATIOS || kind.is_empty() {
            Law { value, errors: Cow::Borrowed(&errors.sorted_ratios[m]), size: None }
        } else {
            Law { value, errors: Cow::Owned(sorted(mixed(own, kind))), size: None }
        })
    }
}

/// Past errors that a band needs.
const LEAST_ERRORS: usize = 40;
/// Own ratios that a small line needs to be mixed with its kind.
const OWN_RATIOS: usize = 36;

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// The median of a month from which a line's errors teach others of its kind.
fn least(measure: Measure) -> f64 {
    if measure == Measure::Trains { 5.0 } else { 50.0 }
}

/// Own ratios and those of the kind, half and half.
fn mixed(own: &[f64], kind: &[f64]) -> Vec<f64> {
    // Equal weights by repetition: the kind's are thinned evenly to as many as the own.
    let thin = (0..own.len()).map(|i| kind[i * kind.len() / own.len()]);
    own.iter().copied().chain(thin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;
    use crate::pass::Thresholds;
    use crate::read::{Mapping, Table, read, table_text};
    use std::fmt::Write as _;

    /// O13: the whole chain, without a pool.
    #[test]
    fn the_whole_chain_gives_the_forecast_computed_apart() {
        let mut text = String::from("port,month,trains\n");
        for t in 0..96usize {
            let season = libm::exp(0.1 * libm::sin(2.0 * std::f64::consts::PI * t as f64 / 12.0));
            let y = (100.0 * season * (1.0 + 0.01 * ((7 * t % 5) as f64 - 2.0))).round();
            let y = if t == 70 { 20.0 } else { y };
            let _ = writeln!(text, "a,{}-{:02},{y}", 2000 + t / 12, t % 12 + 1);
        }
        let text = table_text(text.as_bytes()).unwrap();
        let mapping = Mapping::read("m", "crossing=\"port\"\nperiod=\"month\"\n[measures]\ntrains=\"trains\"").unwrap();
        let (release, found) = read(&Table { file: "t", text: &text, mapping: &mapping });
        assert!(found.is_empty());
        let pass = Pass::run(&Counts::of(&[release.unwrap()]).unwrap(), Thresholds::default());
        let line = &pass.lines[0];
        let due = [99.579, 104.276, 108.302, 110.548, 109.158, 105.048, 99.312, 94.708, 91.604, 89.976, 90.755, 94.425];
        for (h, due) in (1..).zip(due) {
            let share = line.levels[95].unwrap().mixed(FAST_SHARE);
            let got = libm::exp(share + pass.season(line, 95, 95 + h));
            assert!((got - due).abs() < 1e-3, "{h}: {got} is not {due}");
        }
    }
}
