//! What became of the goods a closure kept from crossing.
//!
//! Counted are only goods that crossed by the shut crossing in the open run while it was shut in the other: what would have
//! stood in a queue there anyway is no effect of the closure. They are followed order by order in both runs; by rank within an
//! order, what goes another way or is given up first is what would have crossed first.

use std::collections::BTreeMap;
use yalu_units::{Instant, Mass};

/// Of one day's order of one good: what happened to it from the begin of the closure to the end of the days looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    /// Crossed by the changing crossings while they differ.
    pub there: Mass,
    /// Crossed by each other route, by the run's own number.
    pub elsewhere: BTreeMap<u16, Mass>,
    /// Given up or refused.
    pub gone: Mass,
}

/// Passages by good and day of order, the goods by the run's own number.
pub(super) type Passages = BTreeMap<(u16, Instant), Passage>;

/// Tonnes that did not cross by the shut crossing while it was shut, and what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Displaced {
    /// By good, tonnes: all, crossed another way, lost. The rest waited.
    pub goods: Vec<[f64; 3]>,
    /// Tonnes by each other route that took them.
    pub taken: Vec<f64>,
}

impl Displaced {
    /// All, crossed another way, lost: tonnes of all goods.
    pub fn total(&self) -> [f64; 3] {
        self.goods.iter().fold([0.0; 3], |a, g| std::array::from_fn(|i| a[i] + g[i]))
    }

    /// Shares that cross another way, are lost, wait. They add up to one; nothing displaced all waits.
    pub fn shares(&self) -> [f64; 3] {
        let [all, diverted, lost] = self.total();
        if all <= 0.0 {
            return [0.0, 0.0, 1.0];
        }
        let diverted = (diverted / all).clamp(0.0, 1.0);
        let lost = (lost / all).clamp(0.0, 1.0 - diverted);
        [diverted, lost, 1.0 - diverted - lost]
    }
}

/// Names and room of both runs under one numbering.
pub(super) struct Terms<'a> {
    /// Number of each good and each route of the open and of the shut run.
    pub good_of: [&'a [usize]; 2],
    pub route_of: [&'a [usize]; 2],
    /// Direction of each good: 0 or 1.
    pub side_of: &'a [usize],
    /// Tonnes each route can take during the closure beside what it carries in the open run, by direction.
    pub free_t: &'a [[f64; 2]],
}

/// What an order's displaced goods came to: tonnes, and the change of each other route.
struct OrderMoved {
    all: f64,
    lost: f64,
    by_route: Vec<f64>,
}

/// Sets the passages of the open and the shut run beside each other.
///
/// What an order gains on other ways is diverted, up to what it had displaced. By direction no route takes more than it
/// has free: the rest had to wait for its turn there, and counts as waiting.
pub(super) fn displaced([open, shut]: [&Passages; 2], terms: &Terms) -> Displaced {
    let (goods, routes) = (terms.side_of.len(), terms.free_t.len());
    let mut out = Displaced { goods: vec![[0.0; 3]; goods], taken: vec![0.0; routes] };
    // By direction and route: what the displaced goods gained there.
    let mut gains = [vec![0.0; routes], vec![0.0; routes]];
    let second: BTreeMap<(usize, Instant), &Passage> =
        shut.iter().filter_map(|(&(good, at), p)| Some(((*terms.good_of[1].get(usize::from(good))?, at), p))).collect();
    let none = Passage::default();
    for (&(good, at), a) in open {
        let Some(&good) = terms.good_of[0].get(usize::from(good)) else { continue };
        let b = second.get(&(good, at)).copied().unwrap_or(&none);
        let Some(x) = order([a, b], terms.route_of, routes) else { continue };
        let g = &mut out.goods[good];
        g[0] += x.all;
        g[1] += x.by_route.iter().sum::<f64>();
        g[2] += x.lost;
        for (gain, more) in gains[terms.side_of[good]].iter_mut().zip(&x.by_route) {
            *gain += more;
        }
    }
    for (side, gains) in gains.iter().enumerate() {
        let of_side = |g: &usize| terms.side_of[*g] == side;
        let moved: f64 = (0..goods).filter(of_side).map(|g| out.goods[g][1].max(0.0)).sum();
        let net: f64 = gains.iter().sum::<f64>().clamp(0.0, moved);
        let gained: f64 = gains.iter().map(|x| x.max(0.0)).sum();
        let mut fits = 0.0;
        if gained > 0.0 {
            for ((gain, free), taken) in gains.iter().zip(terms.free_t).zip(&mut out.taken) {
                let takes = (gain.max(0.0) * net / gained).min(free[side].max(0.0));
                *taken += takes;
                fits += takes;
            }
        }
        let part = if moved > 0.0 { fits / moved } else { 0.0 };
        for g in (0..goods).filter(of_side) {
            let [all, diverted, lost] = &mut out.goods[g];
            *diverted = (diverted.max(0.0) * part).min(*all);
            *lost = lost.clamp(0.0, *all - *diverted);
        }
    }
    out
}

/// One day's order of one good in both runs; nothing where none of it was displaced.
fn order([a, b]: [&Passage; 2], route_of: [&[usize]; 2], routes: usize) -> Option<OrderMoved> {
    let displaced = a.there - b.there;
    if displaced <= Mass(0) {
        return None;
    }
    let mut by_route = vec![Mass(0); routes];
    for (p, of, sign) in [(a, route_of[0], -1), (b, route_of[1], 1)] {
        for (r, mass) in &p.elsewhere {
            if let Some(x) = of.get(usize::from(*r)).and_then(|r| by_route.get_mut(*r)) {
                *x += Mass(sign * mass.0);
            }
        }
    }
    let gain = by_route.iter().copied().sum::<Mass>();
    let diverted = gain.min(displaced);
    let part = if gain > displaced { diverted.as_tonnes() / gain.as_tonnes() } else { 1.0 };
    Some(OrderMoved {
        all: displaced.as_tonnes(),
        lost: (b.gone - a.gone).min(displaced - diverted.max(Mass(0))).as_tonnes(),
        by_route: by_route.into_iter().map(|m| m.as_tonnes() * part).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yalu_units::Span;

    fn t(tonnes: i64) -> Mass {
        Mass(tonnes * 1000)
    }

    /// Orders by day: crossed there, by route 1, by route 2, given up.
    fn passages(days: &[[i64; 4]]) -> Passages {
        let of = |x: &[i64; 4]| Passage {
            there: t(x[0]),
            elsewhere: [(1, t(x[1])), (2, t(x[2]))].into_iter().filter(|e| e.1.0 > 0).collect(),
            gone: t(x[3]),
        };
        days.iter().enumerate().map(|(d, x)| ((0, Instant(0) + Span::days(d as i64)), of(x))).collect()
    }

    fn told(open: &[[i64; 4]], shut: &[[i64; 4]], free: [f64; 2]) -> Displaced {
        let free_t = [[0.0; 2], [free[0]; 2], [free[1]; 2]];
        let terms = Terms { good_of: [&[0], &[0]], route_of: [&[0, 1, 2], &[0, 1, 2]], side_of: &[0], free_t: &free_t };
        displaced([&passages(open), &passages(shut)], &terms)
    }

    #[test]
    fn what_would_have_waited_anyway_is_not_counted() {
        // A standing queue: of three days' orders of 100 t only the first crosses in the days of the closure, the others
        // stand there in either run. With the crossing shut all three send 50 t by the second route.
        let x = told(&[[100, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], &[[0, 50, 0, 0]; 3], [1e9; 2]);
        assert_eq!(x.total(), [100.0, 50.0, 0.0]);
        assert_eq!((x.taken, x.goods), (vec![0.0, 50.0, 0.0], vec![[100.0, 50.0, 0.0]]));
    }

    #[test]
    fn no_way_takes_more_than_it_has_free() {
        let open = [[100, 20, 0, 0]; 2];
        let x = told(&open, &[[0, 80, 30, 10]; 2], [40.0, 1e9]);
        // Displaced 200 t; the second route gains 120 t but has room for 40, the third gains 60.
        assert_eq!((x.total(), &x.taken[..]), ([200.0, 100.0, 20.0], &[0.0, 40.0, 60.0][..]));
        let shares = x.shares();
        assert!((shares[0] - 0.5).abs() < 1e-12 && (shares[1] - 0.1).abs() < 1e-12 && (shares[2] - 0.4).abs() < 1e-12);
        // Full already: nothing is diverted, whatever the orders that come by it.
        let x = told(&open, &[[0, 120, 0, 0]; 2], [0.0; 2]);
        assert_eq!((x.shares(), x.taken), ([0.0, 0.0, 1.0], vec![0.0; 3]));
    }

    #[test]
    fn what_others_took_the_place_of_is_no_diversion() {
        // The order moves from the second route to the third and gains nothing.
        let x = told(&[[50, 50, 0, 0]], &[[0, 0, 50, 0]], [1e9; 2]);
        assert_eq!((x.total(), x.taken), ([50.0, 0.0, 0.0], vec![0.0; 3]));
        // More given up than was displaced: some would have waited anyway.
        assert_eq!(told(&[[50, 0, 0, 5]], &[[0, 20, 0, 90]], [1e9; 2]).total(), [50.0, 20.0, 30.0]);
        assert_eq!(told(&[], &[[0, 20, 0, 90]], [1e9; 2]).shares(), [0.0, 0.0, 1.0]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_nothing_is_taken_beyond_room(
            days in prop::collection::vec((prop::array::uniform4(0..500i64), prop::array::uniform4(0..500i64)), 0..8),
            free in prop::array::uniform2(0.0..2000.0f64),
        ) {
            let (open, shut): (Vec<_>, Vec<_>) = days.into_iter().unzip();
            let x = told(&open, &shut, free);
            let shares = x.shares();
            prop_assert!(shares.iter().all(|s| (-1e-12..=1.0 + 1e-12).contains(s)), "{shares:?}");
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(x.taken[1] <= free[0] && x.taken[2] <= free[1] && x.taken[0] == 0.0);
            let [all, diverted, lost] = x.total();
            prop_assert!((x.taken.iter().sum::<f64>() - diverted).abs() < 1e-6 && diverted + lost <= all + 1e-6);
        }
    }
}
