//! Bands over the replications of a comparison.

use super::follow::Days;
use super::pair::{FIGURES, Figure};
use super::recover::{Recovered, Uncleared};
use super::{
    Change, Comparison, DayPair, Effects, FLUID, FluidAnswer, GoodFlow, GoodName, Kept, Recovery, RouteEffect,
    RouteName,
};
use yalu_number::Estimate;
use yalu_units::Idx;

/// All figures of a comparison from its replications; the first of them is the central one.
pub(super) fn all(
    names: [&str; 2],
    goods: Vec<(String, String)>,
    routes: Vec<(String, String)>,
    (days, change): (Days, Option<Change>),
    mut kept: Vec<Kept>,
) -> Comparison {
    let central = kept.remove(0);
    let drawn = if kept.is_empty() { std::slice::from_ref(&central) } else { &kept[..] };
    let over = |of: &dyn Fn(&Kept) -> f64| Estimate::of_all(drawn.iter().map(of));
    let effects =
        |of: &dyn Fn(&Kept) -> [f64; FIGURES]| Effects { bands: std::array::from_fn(|i| over(&|k| of(k)[i])) };
    let phases = [days.during.0 - days.first, days.during.1 - days.during.0, days.end - days.during.1];
    let flows = |phase: usize| -> Vec<GoodFlow> {
        let per_day = 1.0 / (phases[phase].max(1) as f64);
        let mut out = Vec::new();
        for good in 0..goods.len() {
            for route in 0..routes.len() {
                let at = (GoodName::new(good), RouteName::new(route));
                let t_per_day = central.crossed.each_ref().map(|run| run[phase][at] * per_day);
                if t_per_day[0] > 0.0 || t_per_day[1] > 0.0 {
                    out.push(GoodFlow { good, route, t_per_day });
                }
            }
        }
        out
    };
    let changes = days.during.1 > days.during.0;
    let every = || std::iter::once(&central).chain(&kept);
    Comparison {
        names: names.map(str::to_owned),
        goods: (0..goods.len()).map(|g| effects(&|k| k.goods[g])).collect(),
        sides: [effects(&|k| k.sides[0]), effects(&|k| k.sides[1])],
        total: effects(&|k| std::array::from_fn(|i| k.sides[0][i] + k.sides[1][i])),
        routes: (0..routes.len())
            .map(|r| RouteEffect {
                came_t: [over(&|k| k.routes[r][0]), over(&|k| k.routes[r][1])],
                difference_t: over(&|k| k.routes[r][1] - k.routes[r][0]),
                diverted_to_t: over(&|k| k.diverted_to[r]),
            })
            .collect(),
        days: day_pairs(days, drawn),
        flows: if changes { vec![[flows(0), flows(1), flows(2)]] } else { Vec::new() },
        recovery: change.and_then(|c| recovery(drawn, c.second_is_shut)),
        out_of_balance: std::array::from_fn(|i| every().map(|k| k.out_of_balance[i]).max().unwrap_or(0)),
        entries: every().map(|k| k.entries).sum(),
        replications: drawn.len(),
        not_formed: drawn.iter().all(|k| k.not_formed.is_some()).then(|| {
            let of = |run: usize, why: usize| {
                Estimate::of_all(drawn.iter().filter_map(|k| k.not_formed.map(|n| n[run][why])))
            };
            [0, 1].map(|run| [0, 1, 2, 3].map(|why| of(run, why)))
        }),
        harm_usd: drawn.iter().map(|k| k.sides.iter().map(harm).sum()).collect(),
        good_ids: goods,
        route_ids: routes,
    }
}

/// What is lost and what delay costs, US dollars.
fn harm(f: &[f64; FIGURES]) -> f64 {
    f[Figure::LostUsd as usize] + f[Figure::DelayUsd as usize]
}

fn day_pairs(days: Days, drawn: &[Kept]) -> Vec<DayPair> {
    let begin = days.during.0 - days.first;
    // Tonne-days by day, added up, at the mean cost of a day.
    let mut sums = vec![0.0f64; drawn.len()];
    (0..days.count())
        .map(|d| {
            let of = |list: &dyn Fn(&Kept) -> f32| Estimate::of_all(drawn.iter().map(|k| f64::from(list(k))));
            for (sum, k) in sums.iter_mut().zip(drawn) {
                *sum += f64::from(k.waiting[d][1] - k.waiting[d][0]) * k.day_usd;
            }
            let service = |k: &Kept| k.service.get(d.checked_sub(begin)?).map(|s| f64::from(*s));
            DayPair {
                waiting_t: [of(&|k| k.waiting[d][0]), of(&|k| k.waiting[d][1])],
                waiting_there_t: [of(&|k| k.waiting_there[d][0]), of(&|k| k.waiting_there[d][1])],
                service: Estimate::of(drawn.iter().map(service)),
                cost_usd: Estimate::of_all(sums.iter().copied()),
            }
        })
        .collect()
}

fn recovery(drawn: &[Kept], second_is_shut: bool) -> Option<Recovery> {
    let some =
        |of: &dyn Fn(&Recovered) -> Option<f64>| Estimate::of(drawn.iter().map(|k| k.recovered.as_ref().and_then(of)));
    let over = |of: &dyn Fn(&Recovered) -> f64| some(&|r| Some(of(r)));
    drawn.iter().any(|k| k.recovered.is_some()).then(|| Recovery {
        second_is_shut,
        peak_t: over(&|r| r.peak_t),
        peak_day: over(&|r| r.peak_day),
        clear_days: some(&|r| r.clear_days),
        normal_days: some(&|r| r.normal_days),
        made_up: over(&|r| r.made_up),
        uncleared: Uncleared::ALL
            .into_iter()
            .map(|why| {
                let of = |k: &&Kept| k.recovered.as_ref().is_some_and(|r| r.uncleared == Some(why));
                (why, drawn.iter().filter(of).count() as u32)
            })
            .filter(|(_, n)| *n > 0)
            .collect(),
        spare_t: over(&|r| r.spare_t),
        delay_tonne_days: over(&|r| r.delay_tonne_days),
        loss_days: over(&|r| r.loss_days),
        least_share: over(&|r| r.least_share),
        back_days: [0, 1, 2].map(|i| some(&|r| r.back_days[i])),
        flow_t: over(&|r| r.flow_t),
        capacity_t: over(&|r| r.capacity_t),
        throughput_t: over(&|r| r.throughput_t),
        flow_usd: over(&|r| r.flow_usd),
        shares: [over(&|r| r.shares[0]), over(&|r| r.shares[1]), over(&|r| r.shares[2])],
        yard_full_days: some(&|r| r.yard_full_days),
        yard_full_anyway: over(&|r| r.yard_full_anyway),
        fluid: (0..FLUID.len())
            .map(|i| FluidAnswer {
                peak_t: over(&|r| r.fluid[i].peak_t),
                clear_days: some(&|r| r.fluid[i].clear_days),
                delay_tonne_days: over(&|r| r.fluid[i].delay_tonne_days),
            })
            .collect(),
    })
}
