//! Backlog, recovery and the fluid answer of one pair of runs in which a crossing was shut in one.

use super::displaced::Displaced;
use super::follow::{Days, Follow};
use yalu_trade::{ClosureCase, Point, recovery};
use yalu_units::Mass;

/// Days each way over which the flow is averaged: ships and trains come in lumps.
const AROUND: usize = 7;
/// However great the noise, what lies further below a level has not come back to it.
const SLACK: f64 = 0.1;
/// Days over which it is told when the flow is back.
const WEEK: usize = 7;
/// A share of the normal flow this near to it counts as whole: two runs are not the same in every train.
const WHOLE: f64 = 0.995;

/// What the simulation gives and the fluid answers beside it, in one replication.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recovered {
    /// Most tonnes that wait more, and the days after the closure's begin on which they do.
    pub peak_t: f64,
    pub peak_day: f64,
    /// Days after the reopening until no more than a day's flow waits more ([`clear_day`]); none if that never comes.
    pub clear_days: Option<f64>,
    /// Tonne-days of waiting more.
    pub delay_tonne_days: f64,
    /// Days of normal flow lost.
    pub loss_days: f64,
    /// Least share of the normal flow.
    pub least_share: f64,
    /// Days after the reopening until a week's flow over the crossing first lies in its normal range.
    pub normal_days: Option<f64>,
    /// Share of what did not cross while it was shut that crossed above the open run's flow after it.
    pub made_up: f64,
    /// Why what stood had not gone by the end, where it had not.
    pub uncleared: Option<Uncleared>,
    /// Tonnes a day that can cross beyond what would have crossed; less than nothing where too little can.
    pub spare_t: f64,
    /// Days after the reopening until the flow is back to 90, 95 and 100 % and stays.
    pub back_days: [Option<f64>; 3],
    /// Tonnes a day that would have crossed.
    pub flow_t: f64,
    /// Tonnes a day that can cross once it is open, by the numbers of the scenario.
    pub capacity_t: f64,
    /// Most tonnes a day that did cross after it, over fifteen days.
    pub throughput_t: f64,
    /// US dollars a day that would have crossed.
    pub flow_usd: f64,
    /// Of what would have crossed: gone another way, given up or refused, and waiting.
    pub shares: [f64; 3],
    /// Days until a yard is full that is not in the open run, and the share of the closure's days on which one is there too.
    pub yard_full_days: Option<f64>,
    pub yard_full_anyway: f64,
    /// The fluid answers, in the order of [`super::FLUID`].
    pub fluid: [Fluid; super::FLUID.len()],
}

/// A closed form's answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fluid {
    pub peak_t: f64,
    pub clear_days: Option<f64>,
    pub delay_tonne_days: f64,
}

/// Why what stood because of a closure had not gone by the end of the days looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Uncleared {
    /// The crossing shut again.
    ShutAgain,
    /// No more can cross than comes.
    NoSpare,
    /// The days looked at ended first.
    Horizon,
}

impl Uncleared {
    /// All, in the order they are told.
    pub const ALL: [Uncleared; 3] = [Uncleared::ShutAgain, Uncleared::NoSpare, Uncleared::Horizon];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Uncleared::ShutAgain => "shut_again",
            Uncleared::NoSpare => "no_spare_capacity",
            Uncleared::Horizon => "horizon",
        }
    }
}

/// What else the fluid answers need.
#[derive(Clone, Debug)]
pub(super) struct Terms<'a> {
    /// Tonnes a day at the reopening, and days over which they climb to it.
    pub capacity_t: f64,
    pub ramp_days: f64,
    /// What the closure kept from crossing.
    pub displaced: &'a Displaced,
    /// Tonnes more that were given up of all orders.
    pub lost_t: f64,
    /// The crossing is shut again within the days looked at.
    pub shut_again: bool,
    /// Trains outside their yard by day of the window, in the open and the shut run, by route.
    pub yards: Vec<[&'a [f32]; 2]>,
}

/// The shut run beside the open one.
pub(super) fn recovered(open: &Follow, shut: &Follow, days: Days, terms: &Terms) -> Recovered {
    let (begin, end) = (days.during.0 - days.first, days.during.1 - days.first);
    let n = days.count();
    let more: Vec<f64> =
        shut.waiting_there.iter().zip(&open.waiting_there).map(|(a, b)| (*a - *b).as_tonnes()).collect();
    let closed_days = (end - begin) as f64;
    let over = |list: &[Mass], a: usize, b: usize| list[a..b].iter().map(|m| m.as_tonnes()).sum::<f64>();
    let flow_t = over(&open.crossed_there, begin, end) / closed_days.max(1.0);
    let clear = clear_day(&more, end, flow_t);
    let back = clear.map_or(n, |d| d + 1);
    // What waits more by chance once it has gone is not the closure's.
    let (peak, peak_t) = (begin..back).map(|d| (d, more[d])).fold((begin, 0.0), |a, b| if b.1 > a.1 { b } else { a });
    let mut out = Recovered {
        peak_t,
        peak_day: (peak + 1 - begin) as f64,
        clear_days: clear.map(|d| (d + 1).saturating_sub(end) as f64),
        normal_days: normal_days(&open.crossed_there, &shut.crossed_there, end),
        made_up: made_up(&open.crossed_there, &shut.crossed_there, begin, end),
        delay_tonne_days: more[begin..back].iter().map(|t| t.max(0.0)).sum(),
        flow_t,
        capacity_t: terms.capacity_t,
        flow_usd: open.usd_cents_there as f64 / 100.0 / closed_days.max(1.0),
        shares: terms.displaced.shares(),
        yard_full_days: full_first(&terms.yards, begin, end),
        yard_full_anyway: full_anyway(&terms.yards, begin, end),
        throughput_t: (end..n.saturating_sub(2 * AROUND))
            .map(|d| over(&shut.crossed_there, d, d + 2 * AROUND + 1) / (2 * AROUND + 1) as f64)
            .fold(0.0, f64::max),
        ..Recovered::default()
    };
    out.spare_t = out.capacity_t.max(out.throughput_t) - over(&open.crossed_there, end, n) / (n - end).max(1) as f64;
    out.uncleared = match out.clear_days {
        Some(_) => None,
        None if terms.shut_again => Some(Uncleared::ShutAgain),
        None if out.spare_t <= 0.0 => Some(Uncleared::NoSpare),
        None => Some(Uncleared::Horizon),
    };
    let points: Vec<Point> = share(open, shut, begin, n)
        .into_iter()
        .enumerate()
        .map(|(i, share)| Point { day: i as f64 + 0.5, share })
        .collect();
    if let Ok(r) = recovery(&points) {
        (out.loss_days, out.least_share) = (r.loss_days, r.least.share);
    }
    out.back_days = back_days(&weekly(open, shut, begin, n), end - begin);
    out.fluid = fluid(&out, closed_days, terms);
    out
}

/// The first day, from the eve of the reopening on, on which no more than a day's flow waits more, as on most days of the week that
/// it begins: trains come in lumps, so that a dip has cleared nothing, and a lump has left nothing standing.
fn clear_day(more_t: &[f64], end: usize, flow_t: f64) -> Option<usize> {
    let gone = |d: usize| more_t[d] <= flow_t;
    let most = |d: usize| {
        let week = d..(d + WEEK).min(more_t.len());
        2 * week.clone().filter(|d| gone(*d)).count() > week.len()
    };
    (end.saturating_sub(1)..more_t.len()).find(|d| gone(*d) && most(*d))
}

/// Days after the reopening until a week's flow first lies where nine in ten weeks of the open run do: 5 to 95 % of all its weeks.
/// Less than that has not recovered, more is still making up.
fn normal_days(open: &[Mass], shut: &[Mass], end: usize) -> Option<f64> {
    let weeks =
        |list: &[Mass]| -> Vec<f64> { list.windows(WEEK).map(|w| w.iter().map(|m| m.as_tonnes()).sum()).collect() };
    let mut normal = weeks(open);
    normal.sort_by(f64::total_cmp);
    let (low, high) = (yalu_score::quantile(&normal, 0.05)?, yalu_score::quantile(&normal, 0.95)?);
    let is_normal = |t: &f64| (low * WHOLE..=high / WHOLE).contains(t);
    weeks(shut).iter().skip(end).position(is_normal).map(|d| d as f64)
}

/// Of what did not cross while it was shut, the share that crossed after it above what the open run carried; 1 where nothing was missed.
fn made_up(open: &[Mass], shut: &[Mass], begin: usize, end: usize) -> f64 {
    let sum = |list: &[Mass]| list.iter().map(|m| m.as_tonnes()).sum::<f64>();
    let missed = sum(&open[begin..end]) - sum(&shut[begin..end]);
    let more = sum(&shut[end..]) - sum(&open[end..]);
    if missed > 0.0 { (more / missed).clamp(0.0, 1.0) } else { 1.0 }
}

/// A yard with a loaded train outside it.
fn full(yard: &[f32], day: usize) -> bool {
    yard.get(day).is_some_and(|trains| *trains >= 1.0)
}

/// Days of the closure until a yard is full on a day on which it is not in the open run: one that is often full anyway is not
/// filled by the closure.
fn full_first(yards: &[[&[f32]; 2]], begin: usize, end: usize) -> Option<f64> {
    let by_closure = |d: usize| yards.iter().any(|[open, shut]| full(shut, d) && !full(open, d));
    (begin..end).find(|d| by_closure(*d)).map(|d| (d + 1 - begin) as f64)
}

/// Share of the closure's days on which a yard is full in the open run.
fn full_anyway(yards: &[[&[f32]; 2]], begin: usize, end: usize) -> f64 {
    let days = (begin..end).filter(|d| yards.iter().any(|[open, _]| full(open, *d))).count();
    days as f64 / (end - begin).max(1) as f64
}

/// The share of the open run's flow to consignees that comes in the other, by day from a first on.
pub(super) fn share(open: &Follow, shut: &Follow, begin: usize, n: usize) -> Vec<f64> {
    let mean = |list: &[Mass], d: usize| {
        let (a, b) = (d.saturating_sub(AROUND), (d + AROUND + 1).min(n));
        list[a..b].iter().map(|m| m.as_tonnes()).sum::<f64>() / (b - a) as f64
    };
    // Half a window is left out at the end, where it would hold less.
    let last = n.saturating_sub(AROUND).max(begin.min(n));
    (begin..last)
        .map(|d| {
            let (a, b) = (mean(&open.released, d), mean(&shut.released, d));
            let share = if a > 0.0 { b / a } else { 1.0 };
            if (WHOLE..1.0).contains(&share) { 1.0 } else { share }
        })
        .collect()
}

/// The share of the open run's flow that comes in the other over each seven days from a first day on.
fn weekly(open: &Follow, shut: &Follow, begin: usize, n: usize) -> Vec<f64> {
    let sum = |list: &[Mass], d: usize| list[d..d + WEEK].iter().map(|m| m.as_tonnes()).sum::<f64>();
    let share = |d: usize| match sum(&open.released, d) {
        a if a > 0.0 => sum(&shut.released, d) / a,
        _ => 1.0,
    };
    (begin..(n + 1).saturating_sub(WEEK)).map(share).collect()
}

/// Days after the reopening until the flow is back at 90, 95 and 100 % and stays: from then on no seven days' share lies below
/// the level by more than three times the noise of such shares, or a tenth of the flow. Lumps of ships and trains move from week to week between two
/// runs with the same draws, so that a bare threshold is crossed by chance long after. The noise is that of the steps from one
/// seven days to the next after the reopening (median of their sizes over 0.6745 √2, as von Neumann's from successive
/// differences, which a slow return does not move). None where the flow is below at the end.
fn back_days(weekly: &[f64], closed: usize) -> [Option<f64>; 3] {
    let after: Vec<f64> = weekly.iter().skip(closed).step_by(WEEK).copied().collect();
    let mut steps: Vec<f64> = after.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    steps.sort_by(f64::total_cmp);
    let noise = steps.get(steps.len() / 2).map_or(0.0, |m| m / (0.6745 * std::f64::consts::SQRT_2));
    yalu_trade::LEVELS.map(|level| {
        let least = level.min(WHOLE) - (3.0 * noise).min(SLACK);
        let back = weekly.iter().rposition(|x| *x < least).map_or(0, |d| d + 1);
        (back < weekly.len()).then(|| back.saturating_sub(closed) as f64)
    })
}

/// The fluid answers: plain, each reason alone, and all of them.
fn fluid(r: &Recovered, closed_days: f64, terms: &Terms) -> [Fluid; super::FLUID.len()] {
    let plain = ClosureCase::plain(r.flow_t, r.capacity_t, closed_days);
    let stays = (r.flow_t * closed_days).max(1e-9);
    let [diverted_share, ..] = r.shares;
    // In the closed form what is not placed grows from nothing, so that half of its last share is gone.
    let cancelled = |left: f64| (2.0 * terms.lost_t / (stays * left).max(1e-9)).clamp(0.0, 1.0);
    let all = ClosureCase {
        diverted_share,
        cancelled_share: cancelled(1.0 - diverted_share),
        capacity_per_day: if r.throughput_t > 0.0 { r.throughput_t } else { r.capacity_t },
        ramp_days: terms.ramp_days,
        ..plain
    };
    let cases = [
        plain,
        ClosureCase { diverted_share, ..plain },
        ClosureCase { cancelled_share: cancelled(1.0), ..plain },
        ClosureCase { ramp_days: terms.ramp_days, ..plain },
        ClosureCase { capacity_per_day: all.capacity_per_day, ..plain },
        all,
    ];
    cases.map(|c| {
        c.answer().map_or_else(
            |_| Fluid::default(),
            |a| Fluid { peak_t: a.backlog.peak.backlog, clear_days: a.clear_days, delay_tonne_days: a.backlog.delay },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flow_is_back_when_what_is_missing_is_no_more_than_noise() {
        // Shut ten days, half the flow for twenty more, then a climb over sixty days to the whole.
        let clean: Vec<f64> = (0..180)
            .map(|d| match d {
                0..10 => 0.2,
                10..30 => 0.5,
                d => (0.5 + f64::from(d - 30) / 120.0).min(1.0),
            })
            .collect();
        let exact = back_days(&clean, 10);
        assert_eq!(exact, [Some(68.0), Some(74.0), Some(80.0)], "no noise in the later weeks: the levels themselves");
        // Weeks that are a tenth too rich or too poor by turns do not keep it from being back.
        let lumpy: Vec<f64> =
            clean.iter().enumerate().map(|(d, x)| x + if d / 7 % 2 == 0 { 0.1 } else { -0.1 }).collect();
        for (seen, exact) in back_days(&lumpy, 10).into_iter().zip(exact) {
            let (seen, exact) = (seen.unwrap(), exact.unwrap());
            assert!(seen <= exact && seen >= exact - 10.0, "{seen} {exact}");
        }
        // A flow that settles at 93 % is back at 90 and never at 95 or 100.
        let short: Vec<f64> = (0..100).map(|d| if d < 10 { 0.2 } else { 0.93 }).collect();
        assert_eq!(back_days(&short, 10), [Some(0.0), None, None]);
        assert_eq!(back_days(&[], 10), [None; 3]);
    }

    #[test]
    fn what_stood_has_gone_once_it_stays_away_and_a_lump_long_after_is_not_the_closures() {
        // 20 t a day. 900 t stood at the reopening on day 55 and go by 10 t a day: a day's flow is left after 88 days.
        let mut more: Vec<f64> = (0..300)
            .map(|d| match d {
                0..10 => 0.0,
                10..55 => 20.0 * f64::from(d - 9),
                d => (900.0 - 10.0 * f64::from(d - 54)).max(0.0),
            })
            .collect();
        let days = |more: &[f64]| clear_day(more, 55, 20.0).map(|d| d + 1 - 55);
        assert_eq!(days(&more), Some(88));
        // A train that comes early on one day has not cleared it; one that comes late, soon after or in winter, has not left it standing.
        (more[100], more[144], more[250]) = (15.0, 40.0, 1_000.0);
        assert_eq!(days(&more), Some(88));
        // Nothing stood on the eve.
        let mut none = vec![0.0; 300];
        none[200] = 50.0;
        assert_eq!(days(&none), Some(0));
        // It never goes.
        assert_eq!(days(&vec![50.0; 300]), None);
    }

    #[test]
    fn a_flow_is_normal_again_in_the_first_week_in_its_range_and_what_was_missed_is_made_up_above_it() {
        // 20 t a day, shut for 45 days, then 30 a day until the 900 t have gone: 90 days (λD/(μ-λ)), then 20.
        let t = |x: f64| Mass::from_tonnes(x);
        let open = vec![t(20.0); 300];
        let shut: Vec<Mass> = (0..300)
            .map(|d| {
                t(if d < 10 {
                    20.0
                } else if d < 55 {
                    0.0
                } else if d < 145 {
                    30.0
                } else {
                    20.0
                })
            })
            .collect();
        assert_eq!(normal_days(&open, &shut, 55), Some(90.0));
        assert!((made_up(&open, &shut, 10, 55) - 1.0).abs() < 1e-9);
        // A third was never asked for again: 60 days of 30 t.
        let less: Vec<Mass> = (0..300)
            .map(|d| {
                t(if d < 10 {
                    20.0
                } else if d < 55 {
                    0.0
                } else if d < 115 {
                    30.0
                } else {
                    20.0
                })
            })
            .collect();
        assert!((made_up(&open, &less, 10, 55) - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(normal_days(&open, &shut[..100], 55), None);
    }

    #[test]
    fn a_yard_that_is_full_anyway_is_not_filled_by_the_closure() {
        let (free, busy) = ([0.0f32; 6], [2.0f32, 1.0, 3.0, 0.0, 2.0, 2.0]);
        let shut = [2.0f32, 1.0, 4.0, 5.0, 6.0, 7.0];
        // Empty without the closure: full on its first day. Full there too: on the first day it would not have been.
        assert_eq!(full_first(&[[&free, &shut]], 0, 6), Some(1.0));
        assert_eq!(full_first(&[[&busy, &shut]], 0, 6), Some(4.0));
        assert_eq!(full_first(&[[&shut, &shut]], 0, 6), None);
        // Another yard beside it that fills earlier, and a train's part outside, which is none.
        let other = [0.0f32, 0.9, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(full_first(&[[&busy, &shut], [&free, &other]], 0, 6), Some(3.0));
        assert!((full_anyway(&[[&busy, &shut]], 0, 6) - 5.0 / 6.0).abs() < 1e-12);
        assert_eq!(full_anyway(&[], 0, 6), 0.0);
    }
}
