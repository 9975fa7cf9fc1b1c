//! All releases together: one table of crossings, measures and periods, as it stood with the last of them.

use crate::period::{Period, Step};
use crate::read::{CountedCrossing, Measure, OtherMeasure, Release};
use std::collections::BTreeMap;
use yalu_scenario::{Diagnostic, Severity};
use yalu_units::IndexVec;

yalu_units::ids! {
    CrossingId "A crossing's id."
}

/// Counts without value: measures of [`Measure::ALL`] before it.
const COUNTS: usize = 7;

/// A later release changed a count.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Revision {
    /// Where.
    pub crossing: CrossingId,
    /// What.
    pub measure: Measure,
    /// When.
    pub period: Period,
    /// Before; not a number where there was none.
    pub was: f64,
    /// Now.
    pub now: f64,
    /// Index of the release that says so.
    pub release: usize,
}

/// A doubt about the table as a whole, and what was done.
#[derive(Clone, PartialEq, Debug)]
pub enum TableNote {
    /// Rows of rail that were never above zero: the crossing is left out.
    NeverHadRail {
        /// Its name.
        crossing: String,
        /// How many rows say zero.
        rows: usize,
    },
    /// A crossing went on under another code: both are read as one.
    CodeChanged {
        /// Its name.
        crossing: String,
        /// The code before.
        from: String,
        /// The code after.
        to: String,
        /// First period of the code after.
        at: Period,
    },
    /// A measure went on under another name: both are read as one.
    Renamed {
        /// What it is.
        measure: Measure,
        /// The name before.
        from: String,
        /// The name after.
        to: String,
        /// First period of the name after.
        at: Period,
    },
    /// Rows of measures that are not asked for.
    LeftOut(OtherMeasure),
}

/// Values by period of one crossing, direction and chapter.
#[derive(Clone, PartialEq, Debug)]
pub struct Trade {
    /// Where.
    pub crossing: CrossingId,
    /// Direction as the file writes it.
    pub direction: String,
    /// Chapter of the Harmonized System.
    pub chapter: String,
    /// US dollars by number of the period.
    pub usd: BTreeMap<i32, f64>,
}

/// The table.
#[derive(Clone, PartialEq, Debug)]
pub struct Counts {
    /// How long a period is.
    pub step: Step,
    /// Number of the first period.
    pub first: i32,
    /// Periods.
    pub periods: usize,
    /// Crossings that had rail, in order of their keys.
    pub crossings: IndexVec<CrossingId, CountedCrossing>,
    values: IndexVec<CrossingId, [Vec<f64>; COUNTS]>,
    /// Values by chapter.
    pub trade: Vec<Trade>,
    /// What later releases changed, in order.
    pub revisions: Vec<Revision>,
    /// Doubts about the table as a whole.
    pub notes: Vec<TableNote>,
}

/// Counts of one crossing and measure by number of the period.
type Column = BTreeMap<i32, f64>;

impl Counts {
    /// Puts releases together, the earlier first; those of a later one hold.
    pub fn of(releases: &[Release]) -> Result<Counts, Box<Diagnostic>> {
        let refused = |file: &str, message: String, help: &str| {
            Box::new(Diagnostic::whole(file, "Y1511", Severity::Error, message, Some(help.to_owned())))
        };
        let counting: Vec<&Release> = releases.iter().filter(|r| !r.cells.is_empty()).collect();
        let Some(last) = counting.last() else {
            let file = releases.first().map_or("", |r| r.file.as_str());
            return Err(refused(
                file,
                "no file holds counts".into(),
                "values by chapter are read beside counts, not alone",
            ));
        };
        let step = last.step;
        if let Some(other) = releases.iter().find(|r| r.step != step) {
            let message =
                format!("periods of a {}, where other files have those of a {}", other.step.word(), step.word());
            return Err(refused(&other.file, message, "read them apart"));
        }
        let at = |index: i32| Period { step, index };
        let mut crossings: BTreeMap<String, CountedCrossing> = BTreeMap::new();
        let mut columns: BTreeMap<(String, Measure), Column> = BTreeMap::new();
        let mut changes = Vec::new();
        for (n, release) in counting.iter().enumerate() {
            for c in &release.crossings {
                crossings.insert(c.key.clone(), c.clone());
            }
            for cells in release.cells.chunk_by(|a, b| (a.crossing, a.measure) == (b.crossing, b.measure)) {
                let key = (release.crossings[cells[0].crossing as usize].key.clone(), cells[0].measure);
                let column = columns.entry(key.clone()).or_default();
                for cell in cells {
                    let was = column.insert(cell.period, cell.value);
                    let told = |v: Option<f64>| v.filter(|v| v.is_finite());
                    let news = n > 0 && cell.period <= counting[n - 1].last().unwrap_or(i32::MIN);
                    if news && told(was) != told(Some(cell.value)) {
                        changes.push((key.clone(), cell.period, was.unwrap_or(f64::NAN), cell.value, n));
                    }
                }
            }
        }
        let mut notes = renamed(&counting, &at);
        join_codes(&mut crossings, &mut columns, &mut notes, &at);
        crossings.retain(|key, c| {
            let rail = || Measure::RAIL.iter().filter_map(|m| columns.get(&(key.clone(), *m)));
            let had = rail().flat_map(BTreeMap::values).any(|v| *v > 0.0);
            let rows = rail().map(BTreeMap::len).sum();
            if !had && rows > 0 {
                notes.push(TableNote::NeverHadRail { crossing: c.name.clone(), rows });
            }
            had
        });
        let others = counting.iter().flat_map(|r| &r.other_measures);
        let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
        for o in others {
            *left_out.entry(&o.name).or_default() += o.rows;
        }
        notes.extend(
            left_out.into_iter().map(|(n, rows)| TableNote::LeftOut(OtherMeasure { name: n.to_owned(), rows })),
        );
        let kept = || columns.iter().filter(|((key, _), _)| crossings.contains_key(key)).map(|(_, c)| c);
        let first = kept().filter_map(|c| c.keys().next()).min().copied().unwrap_or(0);
        let end = kept().filter_map(|c| c.keys().next_back()).max().copied().unwrap_or(first);
        let periods = (i64::from(end) - i64::from(first) + 1) as usize;
        let ids: BTreeMap<&String, CrossingId> =
            crossings.keys().enumerate().map(|(i, k)| (k, CrossingId(i as u32))).collect();
        let values = crossings
            .keys()
            .map(|key| {
                std::array::from_fn(|m| {
                    let Some(column) = columns.get(&(key.clone(), Measure::ALL[m])) else {
                        return Vec::new();
                    };
                    let mut dense = vec![f64::NAN; periods];
                    for (p, v) in column {
                        dense[(p - first) as usize] = *v;
                    }
                    dense
                })
            })
            .collect();
        let revisions = changes
            .into_iter()
            .filter_map(|((key, measure), index, was, now, release)| {
                Some(Revision { crossing: *ids.get(&key)?, measure, period: at(index), was, now, release })
            })
            .collect();
        let trade = trade(releases, &ids);
        let crossings = crossings.values().cloned().collect();
        Ok(Counts { step, first, periods, crossings, values, trade, revisions, notes })
    }

    /// Counts by period; empty where the crossing has no row of the measure, not a number where a row is missing.
    pub fn series(&self, crossing: CrossingId, measure: Measure) -> &[f64] {
        self.values[crossing].get(measure as usize).map_or(&[], Vec::as_slice)
    }
    /// A period by its place in the series.
    pub fn period(&self, at: usize) -> Period {
        Period { step: self.step, index: self.first + at as i32 }
    }
    /// The place of a period in the series, if it is held.
    pub fn place(&self, period: Period) -> Option<usize> {
        usize::try_from(period.index - self.first).ok().filter(|p| *p < self.periods && period.step == self.step)
    }
    /// What was held at the end of a period: nothing later.
    #[must_use]
    pub fn as_of(mut self, period: Period) -> Counts {
        self.periods = usize::try_from(period.index - self.first + 1).unwrap_or(0).min(self.periods);
        for all in &mut self.values {
            for v in all {
                v.truncate(self.periods);
            }
        }
        for t in &mut self.trade {
            t.usd.retain(|p, _| *p <= period.index);
        }
        self.revisions.retain(|r| r.period <= period);
        self
    }
}

/// Measures that went on under another name.
fn renamed(releases: &[&Release], at: &dyn Fn(i32) -> Period) -> Vec<TableNote> {
    let mut spans: BTreeMap<(Measure, &str), (i32, i32)> = BTreeMap::new();
    for (measure, name, from, to) in releases.iter().flat_map(|r| &r.names) {
        let s = spans.entry((*measure, name)).or_insert((*from, *to));
        *s = (s.0.min(*from), s.1.max(*to));
    }
    let mut order: Vec<_> = spans.into_iter().collect();
    order.sort_by_key(|((m, _), span)| (*m, *span));
    order
        .windows(2)
        .filter(|w| w[0].0.0 == w[1].0.0)
        .map(|w| TableNote::Renamed {
            measure: w[0].0.0,
            from: w[0].0.1.to_owned(),
            to: w[1].0.1.to_owned(),
            at: at(w[1].1.0),
        })
        .collect()
}

/// Joins crossings of one name whose code changed: the rows of one code end before those of the other begin.
fn join_codes(
    crossings: &mut BTreeMap<String, CountedCrossing>,
    columns: &mut BTreeMap<(String, Measure), Column>,
    notes: &mut Vec<TableNote>,
    at: &dyn Fn(i32) -> Period,
) {
    let mut by_name: BTreeMap<String, Vec<(i32, i32, String)>> = BTreeMap::new();
    for (key, c) in crossings.iter() {
        let spans = Measure::ALL.iter().filter_map(|m| columns.get(&(key.clone(), *m)));
        let ends: Vec<(i32, i32)> = spans.filter_map(|c| Some((*c.keys().next()?, *c.keys().next_back()?))).collect();
        if let (Some(a), Some(b)) = (ends.iter().map(|e| e.0).min(), ends.iter().map(|e| e.1).max()) {
            by_name.entry(c.name.clone()).or_default().push((a, b, key.clone()));
        }
    }
    for (name, mut spans) in by_name.into_iter().filter(|(_, s)| s.len() > 1) {
        spans.sort();
        for pair in spans.windows(2).filter(|p| p[0].1 < p[1].0) {
            let (from, to) = (&pair[0].2, &pair[1].2);
            for m in Measure::ALL {
                if let Some(column) = columns.remove(&(from.clone(), m)) {
                    columns.entry((to.clone(), m)).or_default().extend(column);
                }
            }
            crossings.remove(from);
            notes.push(TableNote::CodeChanged {
                crossing: name.clone(),
                from: from.clone(),
                to: to.clone(),
                at: at(pair[1].0),
            });
        }
    }
}

/// Values of all releases, of crossings that are counted.
fn trade(releases: &[Release], ids: &BTreeMap<&String, CrossingId>) -> Vec<Trade> {
    let mut all: BTreeMap<(CrossingId, &str, &str), BTreeMap<i32, f64>> = BTreeMap::new();
    for r in releases {
        for v in &r.values {
            if let Some(id) = ids.get(&r.crossings[v.crossing as usize].key) {
                all.entry((*id, &v.direction, &v.chapter)).or_default().insert(v.period, v.usd);
            }
        }
    }
    all.into_iter()
        .map(|((crossing, d, c), usd)| Trade { crossing, direction: d.to_owned(), chapter: c.to_owned(), usd })
        .collect()
}
