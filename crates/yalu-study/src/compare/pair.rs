//! Two runs of one replication beside each other: what is lost, late, or goes another way.
//!
//! Orders are the same in both runs, so each day's order of each good is followed in both: by rank within it, the first
//! tonne that came in one is set beside the first that came in the other. No loss then makes all that follow look late.

use super::follow::{Fate, Follow, Parcel};
use yalu_model::GoodId;
use yalu_units::{Idx, Mass, Span};

/// What is later by no more than this is not called late.
const LATE: Span = Span::days(1);
/// Figures of [`Figure`].
pub(super) const FIGURES: usize = 10;

/// A figure of a comparison, second run less first where it is a difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figure {
    /// Tonnes ordered in the first run.
    OrderedT,
    /// Tonnes more that came to consignees.
    DeliveredT,
    /// Tonnes more that were given up or refused.
    LostT,
    /// Their value, US dollars.
    LostUsd,
    /// Tonnes that came more than a day later, less those that came more than a day earlier.
    LateT,
    /// Tonne-days later, those earlier taken off.
    DelayTonneDays,
    /// What these cost at the day's cost of each good, US dollars.
    DelayUsd,
    /// Tonnes that crossed another way, of what would have crossed by the shut crossing while it was shut, up to what the
    /// other ways had free. Where none is shut: that came by another route than in the first run.
    DivertedT,
    /// Tonnes more that had not come when the run ended.
    PendingT,
    /// More paid for carriage by what came, US dollars.
    CarriageUsd,
}

impl Figure {
    /// All, in the order of their numbers.
    pub const ALL: [Figure; FIGURES] = [
        Figure::OrderedT,
        Figure::DeliveredT,
        Figure::LostT,
        Figure::LostUsd,
        Figure::LateT,
        Figure::DelayTonneDays,
        Figure::DelayUsd,
        Figure::DivertedT,
        Figure::PendingT,
        Figure::CarriageUsd,
    ];
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Figure::OrderedT => "ordered_t",
            Figure::DeliveredT => "delivered_t",
            Figure::LostT => "lost_t",
            Figure::LostUsd => "lost_usd",
            Figure::LateT => "late_t",
            Figure::DelayTonneDays => "delay_tonne_days",
            Figure::DelayUsd => "delay_usd",
            Figure::DivertedT => "diverted_t",
            Figure::PendingT => "pending_t",
            Figure::CarriageUsd => "carriage_usd",
        }
    }
}

/// The figures of one good, one side or all.
pub(super) type Figures = [f64; FIGURES];

/// What a good's day and a route's tonne cost in this replication.
pub(super) struct Prices<'a> {
    pub day_usd_per_t: &'a [f64],
    pub carriage_usd_per_t: &'a [f64],
}

/// One replication of two runs.
pub(super) struct Pair {
    /// By good.
    pub goods: Vec<Figures>,
    /// Tonnes that came by a route of what was ordered in the window, in each run.
    pub routes: Vec<[f64; 2]>,
    /// Tonnes that came by a route instead of another.
    pub diverted_to: Vec<f64>,
}

/// Sets the orders of two runs beside each other. Goods and routes of each run are numbered anew by `goods` and `routes`.
pub(super) fn pair(
    runs: [&Follow; 2],
    days: usize,
    goods: [&[usize]; 2],
    routes: [&[usize]; 2],
    prices: &Prices,
) -> Pair {
    let mut out = Pair {
        goods: vec![[0.0; FIGURES]; prices.day_usd_per_t.len()],
        routes: vec![[0.0; 2]; prices.carriage_usd_per_t.len()],
        diverted_to: vec![0.0; prices.carriage_usd_per_t.len()],
    };
    let none = Fate::default();
    for (good, figures) in out.goods.iter_mut().enumerate() {
        let mut net = vec![0.0; out.routes.len()];
        for day in 0..days {
            let fate = |i: usize| {
                let own = goods[i].iter().position(|g| *g == good)?;
                runs[i].fates.get(GoodId::new(own))?.get(day)
            };
            let both = [fate(0).unwrap_or(&none), fate(1).unwrap_or(&none)];
            let by_route = both.map(|f| by_route(f, out.routes.len()));
            let [first, second] = [renumbered(&by_route[0], routes[0]), renumbered(&by_route[1], routes[1])];
            order(figures, both, prices.day_usd_per_t[good]);
            let rows = first.iter().zip(&second).zip(&mut out.routes).zip(prices.carriage_usd_per_t).zip(&mut net);
            for ((((a, b), came), usd), net) in rows {
                *came = [came[0] + a, came[1] + b];
                figures[Figure::CarriageUsd as usize] += (b - a) * usd;
                *net += b - a;
            }
        }
        figures[Figure::DivertedT as usize] = moved(&net, &mut out.diverted_to);
    }
    out
}

/// Tonnes that left any route for another; adds what each took.
fn moved(net: &[f64], taken: &mut [f64]) -> f64 {
    let left: f64 = net.iter().map(|x| (-x).max(0.0)).sum();
    let gained: f64 = net.iter().map(|x| x.max(0.0)).sum();
    let moved = left.min(gained);
    if gained > 0.0 {
        for (x, taken) in net.iter().zip(taken) {
            *taken += x.max(0.0) * moved / gained;
        }
    }
    moved
}

fn by_route(f: &Fate, routes: usize) -> Vec<f64> {
    let mut out = vec![Mass(0); routes];
    for p in &f.released {
        if let Some(x) = out.get_mut(usize::from(p.route)) {
            *x += p.mass;
        }
    }
    out.into_iter().map(Mass::as_tonnes).collect()
}

fn renumbered(own: &[f64], to: &[usize]) -> Vec<f64> {
    let mut out = vec![0.0; own.len()];
    for (x, to) in own.iter().zip(to) {
        out[*to] += x;
    }
    out
}

/// Adds what became of one day's order of one good.
fn order(figures: &mut Figures, [a, b]: [&Fate; 2], day_usd: f64) {
    let came = |f: &Fate| f.released.iter().map(|p| p.mass).sum::<Mass>();
    let pending = |f: &Fate| f.ordered.0 - came(f) - f.gone.0;
    let mut add = |figure: Figure, x: f64| figures[figure as usize] += x;
    add(Figure::OrderedT, a.ordered.0.as_tonnes());
    add(Figure::DeliveredT, (came(b) - came(a)).as_tonnes());
    add(Figure::LostT, (b.gone.0 - a.gone.0).as_tonnes());
    add(Figure::LostUsd, (b.gone.1 - a.gone.1) as f64 / 100.0);
    add(Figure::PendingT, (pending(b) - pending(a)).as_tonnes());
    let (late, delay) = later(&a.released, &b.released);
    add(Figure::LateT, late);
    add(Figure::DelayTonneDays, delay);
    add(Figure::DelayUsd, delay * day_usd);
}

/// Tonnes late less tonnes early, and tonne-days, of what came in both, rank by rank.
fn later(a: &[Parcel], b: &[Parcel]) -> (f64, f64) {
    let (mut late, mut delay) = (0i64, 0.0);
    let (mut i, mut j, mut left) = (0, 0, [0i64; 2]);
    loop {
        if left[0] == 0 {
            let Some(p) = a.get(i) else { break };
            (left[0], i) = (p.mass.0, i + 1);
        }
        if left[1] == 0 {
            let Some(p) = b.get(j) else { break };
            (left[1], j) = (p.mass.0, j + 1);
        }
        let mass = left[0].min(left[1]);
        let by = b[j - 1].at - a[i - 1].at;
        if by > LATE {
            late += mass;
        } else if by < Span(-LATE.0) {
            late -= mass;
        }
        delay += by.as_days() * Mass(mass).as_tonnes();
        left = [left[0] - mass, left[1] - mass];
    }
    (Mass(late).as_tonnes(), delay)
}

#[cfg(test)]
mod tests {
    use super::*;
    use yalu_units::Instant;

    fn parcel(day: i64, tonnes: i64, route: u16) -> Parcel {
        Parcel { at: Instant(0) + Span::days(day), mass: Mass(tonnes * 1000), route }
    }

    #[test]
    fn tonnes_are_matched_by_rank_within_an_order() {
        // 10 t by day 2 and 5 t by day 4, against 6 t by day 3, 4 t by day 12: 6 t a day late, 4 t ten days, 5 t lost.
        let (late, delay) = later(&[parcel(2, 10, 0), parcel(4, 5, 0)], &[parcel(3, 6, 0), parcel(12, 4, 1)]);
        assert_eq!((late, delay), (4.0, 6.0 + 40.0));
        assert_eq!(later(&[parcel(2, 10, 0)], &[]), (0.0, 0.0));
    }

    #[test]
    fn what_some_routes_lose_and_others_gain_has_moved() {
        let mut taken = [0.0; 3];
        assert_eq!(moved(&[-4.0, 6.0, 2.0], &mut taken), 4.0);
        assert_eq!(taken, [0.0, 3.0, 1.0]);
        assert_eq!(moved(&[-4.0, -6.0, 0.0], &mut [0.0; 3]), 0.0);
    }

    #[test]
    fn what_is_ordered_is_delivered_lost_or_pending() {
        let a = Fate { ordered: (Mass(15_000), 1500), released: vec![parcel(2, 15, 0)], gone: (Mass(0), 0) };
        let b = Fate { ordered: (Mass(15_000), 1500), released: vec![parcel(9, 6, 1)], gone: (Mass(5_000), 500) };
        let mut f = [0.0; FIGURES];
        order(&mut f, [&a, &b], 2.0);
        let of = |x: Figure| f[x as usize];
        assert_eq!((of(Figure::DeliveredT), of(Figure::LostT), of(Figure::PendingT)), (-9.0, 5.0, 4.0));
        assert_eq!((of(Figure::LostUsd), of(Figure::LateT), of(Figure::DelayUsd)), (5.0, 6.0, 84.0));
    }
}
