//! What happened: runs of periods that were called, with what they were, how deep and how sure.

use crate::combine::{Residual, Together, gls, together};
use crate::counts::{Counts, CrossingId};
use crate::fault::Fault;
use crate::gain::Gain;
use crate::pass::{MASKED, Pass, Site};
use crate::read::Measure;
use crate::robust::median_of;
use yalu_score::Interval;
use yalu_units::Idx;

/// Largest gap between periods of one event.
const GAP: usize = 2;
/// Share of the expected below which a crossing is shut.
pub const SHUT: f64 = 0.25;
/// 95 % point of the normal law.
const Z95: f64 = 1.645;
/// Least strength, in standard deviations over all measures, of a neighbour's gain that is named (4 in 100 are chance).
const VISIBLE: f64 = 2.5;
/// Periods after an event in which what was lost may be made up.
const AFTERWARDS: usize = 3;

/// What an event was.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    /// All measures under a quarter of the expected in some period.
    Closure,
    /// Less than was to be expected.
    Fall,
    /// More than was to be expected.
    Surge,
    /// A new level, `true` if higher, that has held since.
    LevelShift(bool),
    /// Nothing since.
    Ended,
    /// All counts zero, and then as usual: shut, or not reported.
    ShutOrNotReported,
    /// Counts went on at another crossing.
    Moved(CrossingId),
}

/// A gain at another way over the periods of an event.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherWay {
    /// Where.
    pub crossing: CrossingId,
    /// By measure.
    pub gains: Vec<Gain>,
    /// Standard deviations above nothing, of all measures together.
    pub strength: f64,
    /// Whether it stands out from chance.
    pub visible: bool,
}

/// One event of one crossing.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Where.
    pub crossing: CrossingId,
    /// What.
    pub kind: Kind,
    /// First period.
    pub from: usize,
    /// Last period.
    pub to: usize,
    /// Whether it had not ended with the last period held.
    pub ongoing: bool,
    /// The period that was furthest out, and what its measures said together.
    pub deepest: usize,
    /// The change common to all measures in it.
    pub said: Together,
    /// 90 % band of that change, as a share of the expected.
    pub change: Interval,
    /// Chance that something happened: one minus the share of calls as strong the other way.
    pub chance: f64,
    /// Measures that changed the same way by more than a standard deviation in the deepest period.
    pub agree: Vec<Measure>,
    /// Those that did not.
    pub disagree: Vec<Measure>,
    /// More or less than was to be expected over the event, by measure.
    pub gains: Vec<Gain>,
    /// What nearest crossings had more of, the strongest first.
    pub other_ways: Vec<OtherWay>,
    /// Trucks of the same place.
    pub road: Vec<Gain>,
    /// More or less than was to be expected in the three periods after, by measure; empty while they are not known.
    pub after: Vec<Gain>,
    /// US dollars by direction and chapter.
    pub value: Vec<ValueChange>,
}

/// A change of value of a direction and chapter over an event.
#[derive(Clone, PartialEq, Debug)]
pub struct ValueChange {
    /// Direction as the file writes it.
    pub direction: String,
    /// Chapter of the Harmonized System; none for all.
    pub chapter: Option<String>,
    /// US dollars.
    pub gain: Gain,
}

/// A run of called periods.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Run {
    from: usize,
    to: usize,
    low: bool,
}

/// All events of a walk, the latest first.
pub fn events(counts: &Counts, pass: &Pass) -> Vec<Event> {
    let tails = pass.tails();
    let odds = Odds::of(pass);
    let mut out: Vec<Event> = Vec::new();
    for site in &pass.sites {
        for run in runs(pass, site) {
            out.extend(event(counts, pass, site, run, &tails, &odds));
        }
        out.extend(moved(pass, site));
    }
    out.sort_by_key(|e| (std::cmp::Reverse(e.from), e.crossing));
    out
}

/// Whether all that is counted of a crossing in a period is zero.
fn all_zero(pass: &Pass, site: &Site, t: usize) -> bool {
    site.lines.iter().any(|i| pass.lines[*i].faults[t] == Some(Fault::AllZero))
}

fn moved_to(pass: &Pass, site: &Site, t: usize) -> Option<CrossingId> {
    site.lines.iter().find_map(|i| match pass.lines[*i].faults[t] {
        Some(Fault::MovedTo(to)) => Some(to),
        _ => None,
    })
}

fn runs(pass: &Pass, site: &Site) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for t in 0..pass.done {
        if moved_to(pass, site, t).is_some() {
            continue;
        }
        let Some((said, threshold)) = pass.judgement(site, t) else {
            continue;
        };
        if said.score.abs() < threshold {
            continue;
        }
        let low = said.score < 0.0;
        match out.last_mut().filter(|r| r.low == low && t - r.to <= GAP + 1) {
            Some(run) => run.to = t,
            None => out.push(Run { from: t, to: t, low }),
        }
    }
    out
}

/// Runs of moved counts.
fn moved(pass: &Pass, site: &Site) -> Option<Event> {
    let from = (0..pass.done).find(|t| moved_to(pass, site, *t).is_some())?;
    let to = (from..pass.done).take_while(|t| moved_to(pass, site, *t).is_some()).last()?;
    let into = moved_to(pass, site, from)?;
    Some(Event {
        crossing: site.crossing,
        kind: Kind::Moved(into),
        from,
        to,
        ongoing: to + 1 == pass.done,
        deepest: from,
        said: Together::default(),
        change: Interval { low: -1.0, high: -1.0 },
        chance: 1.0,
        agree: Vec::new(),
        disagree: Vec::new(),
        gains: Vec::new(),
        other_ways: Vec::new(),
        road: Vec::new(),
        after: Vec::new(),
        value: Vec::new(),
    })
}

/// How often periods are as far out one way as the other: what noise alone does.
struct Odds {
    /// Scores without zeros, of falls (as positive numbers) and of rises, sorted.
    falls: Vec<f64>,
    rises: Vec<f64>,
}

impl Odds {
    fn of(pass: &Pass) -> Odds {
        let (mut falls, mut rises) = (Vec::new(), Vec::new());
        for site in &pass.sites {
            for t in (0..pass.done).filter(|t| !all_zero(pass, site, *t)) {
                if let Some((said, _)) = pass.judgement(site, t) {
                    if said.score < 0.0 { falls.push(-said.score) } else { rises.push(said.score) }
                }
            }
        }
        falls.sort_by(f64::total_cmp);
        rises.sort_by(f64::total_cmp);
        Odds { falls, rises }
    }
    /// Chance that a call is more than noise, by how many calls as strong there are the other way.
    fn chance(&self, said: Together) -> f64 {
        let above = |v: &[f64]| (v.len() - v.partition_point(|s| *s < said.score.abs())) as f64;
        let (same, other) = if said.score < 0.0 { (&self.falls, &self.rises) } else { (&self.rises, &self.falls) };
        (1.0 - (above(other) + 0.5) / (above(same) + 1.0)).clamp(0.0, 0.99)
    }
}

fn event(counts: &Counts, pass: &Pass, site: &Site, run: Run, tails: &[(f64, f64); 8], odds: &Odds) -> Option<Event> {
    let score = |t: usize| pass.judgement(site, t).map_or(0.0, |j| j.0.score.abs());
    let deepest = (run.from..=run.to).max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
    let (said, _) = pass.judgement(site, deepest)?;
    let last = pass.done - 1;
    let lines = || site.lines.iter().map(|i| (*i, &pass.lines[*i]));
    let judged: Vec<_> = lines().filter(|(_, l)| l.judged(deepest)).collect();
    let (_, sd) = gls(&judged.iter().map(|(_, l)| l.scale[deepest]).collect::<Vec<_>>());
    let share = |d: f64| libm::expm1(d);
    let change = Interval { low: share(said.change - Z95 * sd), high: share(said.change + Z95 * sd) };
    let same = |l: &crate::CountLine| {
        let z = l.residual[deepest] / l.scale[deepest];
        z.abs() > 1.0 && (z < 0.0) == run.low
    };
    let (agree, disagree): (Vec<_>, Vec<_>) = judged.iter().partition(|(_, l)| same(l));
    let measures = |all: Vec<&(usize, &crate::CountLine)>| all.into_iter().map(|(_, l)| l.measure).collect();
    let span = (run.from, run.to);
    let gains: Vec<Gain> = lines().filter_map(|(_, l)| pass.gain(l, span, span, last, tails)).collect();
    let kind = kind(pass, site, run, deepest);
    let mut other_ways: Vec<OtherWay> = Vec::new();
    let lost = |m: Measure| gains.iter().find(|g| g.measure == m).map(|g| -g.value());
    if run.low && !matches!(kind, Kind::Ended | Kind::LevelShift(_)) {
        for n in site.neighbours.iter().take(5) {
            let there = &pass.sites[n.index()];
            let gains: Vec<Gain> = there
                .lines
                .iter()
                .map(|i| &pass.lines[*i])
                .filter(|l| l.active[run.from])
                .filter_map(|l| pass.gain(l, span, span, last, tails))
                .map(|g| Gain { band: clipped(g.band, lost(g.measure)), ..g })
                .collect();
            if gains.is_empty() {
                continue;
            }
            // Measures of a crossing go together: their standard deviations over the root of what is independent in them.
            let m = gains.len() as f64;
            let strength = gains.iter().map(|g| g.value() / g.sd).sum::<f64>()
                / (m * (1.0 + (m - 1.0) * crate::combine::RHO)).sqrt();
            other_ways.push(OtherWay { crossing: *n, gains, strength, visible: strength > VISIBLE });
        }
        other_ways.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    }
    let near = (run.to + LATER_KNOWN).min(last);
    let alone = |m: Measure| pass.alone(m, counts.series(site.crossing, m), span, near);
    let road = Measure::ROAD.into_iter().filter_map(alone).collect();
    let after = if run.to + AFTERWARDS <= last && !matches!(kind, Kind::Ended) {
        let over = (run.to + 1, run.to + AFTERWARDS);
        lines().filter_map(|(_, l)| pass.gain(l, over, span, last, tails)).collect()
    } else {
        Vec::new()
    };
    Some(Event {
        crossing: site.crossing,
        kind,
        from: run.from,
        to: run.to,
        ongoing: run.to == last,
        deepest,
        said,
        change,
        chance: odds.chance(said),
        agree: measures(agree),
        disagree: measures(disagree),
        gains,
        other_ways,
        road,
        after,
        value: if run.low { value(counts, pass, site.crossing, span, near) } else { Vec::new() },
    })
}

/// Periods after an event by which what was expected of other ways is corrected.
const LATER_KNOWN: usize = 2;

/// A gain's band, no further than nothing and all that was lost.
fn clipped(band: Interval, lost: Option<f64>) -> Interval {
    match lost.filter(|l| *l > 0.0) {
        Some(lost) => Interval { low: band.low.clamp(0.0, lost), high: band.high.clamp(0.0, lost) },
        None => band,
    }
}

fn kind(pass: &Pass, site: &Site, run: Run, deepest: usize) -> Kind {
    let rail = |t: usize| site.lines.iter().any(|i| pass.lines[*i].counts[t] > 0.0);
    let year = pass.step_length().per_year();
    let last_rail = (0..pass.done).rev().find(|t| rail(*t));
    if run.low && last_rail.is_none_or(|l| l <= run.to && pass.done - 1 - l >= year) {
        return Kind::Ended;
    }
    let zeros = (run.from..=run.to).filter(|t| all_zero(pass, site, *t)).count();
    if run.low && zeros > 0 && zeros == run.to - run.from + 1 {
        return Kind::ShutOrNotReported;
    }
    let shut = |t: usize| {
        let seen = pass.seen(site, t);
        !seen.is_empty() && seen.iter().all(|(_, s)| s.count < SHUT * libm::exp(s.expected))
    };
    if run.low && (run.from..=run.to).any(shut) {
        return Kind::Closure;
    }
    if let Some(after) = aftermath(pass, site, run)
        && after.abs() > 0.5 * pass.judgement(site, deepest).map_or(0.0, |j| j.0.change.abs()).min(1.0)
        && (after < 0.0) == run.low
    {
        return Kind::LevelShift(!run.low);
    }
    if run.low { Kind::Fall } else { Kind::Surge }
}

/// The change, in logs, that has held in all periods since a long run began: the median of those after what the normal
/// range ignores, against what was known before. None of short runs and where too little is known after.
fn aftermath(pass: &Pass, site: &Site, run: Run) -> Option<f64> {
    let before = run.from.checked_sub(1)?;
    let first = run.from + MASKED;
    if run.to - run.from + 1 < MASKED || pass.done < first + MASKED {
        return None;
    }
    let changes: Vec<f64> =
        (first..(first + 2 * MASKED).min(pass.done)).filter_map(|t| change_since(pass, site, before, t)).collect();
    let held = changes.iter().filter(|c| (**c < 0.0) == run.low).count();
    if changes.len() < MASKED || held < changes.len() { None } else { median_of(changes) }
}

/// What a crossing's measures say together of a period, against what was known before an event.
pub(crate) fn change_since(pass: &Pass, site: &Site, before: usize, t: usize) -> Option<f64> {
    let residuals: Vec<Residual> = site
        .lines
        .iter()
        .map(|i| &pass.lines[*i])
        .filter(|l| l.active[before] && l.counted(t).is_some())
        .filter_map(|l| {
            let y = l.counts[t].max(1e-9);
            let e = (libm::log(y) - pass.expectation(l, before, t)?).max(crate::pass::FLOOR);
            Some(Residual { e, s: l.scale[before] })
        })
        .collect();
    (!residuals.is_empty()).then(|| together(&residuals).change)
}

/// Values by direction, all chapters together and the chapters that changed most.
fn value(counts: &Counts, pass: &Pass, crossing: CrossingId, span: (usize, usize), known: usize) -> Vec<ValueChange> {
    let mut out: Vec<ValueChange> = Vec::new();
    let of = || counts.trade.iter().filter(|t| t.crossing == crossing);
    let mut directions: Vec<&str> = of().map(|t| t.direction.as_str()).collect();
    directions.dedup();
    for direction in directions {
        let chapters: Vec<_> = of().filter(|t| t.direction == direction).collect();
        let mut total = vec![f64::NAN; counts.periods];
        let dense = |usd: &std::collections::BTreeMap<i32, f64>, total: &[f64]| -> Vec<f64> {
            (0..counts.periods)
                .map(|t| {
                    if total[t].is_nan() {
                        f64::NAN
                    } else {
                        usd.get(&(counts.first + t as i32)).copied().unwrap_or(0.0)
                    }
                })
                .collect()
        };
        for (p, v) in chapters.iter().flat_map(|t| &t.usd) {
            if let Some(sum) = usize::try_from(p - counts.first).ok().and_then(|t| total.get_mut(t)) {
                *sum = if sum.is_nan() { *v } else { *sum + v };
            }
        }
        let change = |chapter: Option<String>, series: &[f64]| {
            let gain = pass.alone(Measure::Usd, series, span, known)?;
            Some(ValueChange { direction: direction.to_owned(), chapter, gain })
        };
        let mut parts: Vec<ValueChange> =
            chapters.iter().filter_map(|t| change(Some(t.chapter.clone()), &dense(&t.usd, &total))).collect();
        parts.sort_by(|a, b| a.gain.value().total_cmp(&b.gain.value()));
        parts.truncate(5);
        out.extend(change(None, &total));
        out.extend(parts);
    }
    out
}
