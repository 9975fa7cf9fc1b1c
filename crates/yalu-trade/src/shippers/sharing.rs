//! Who ships by which way on a day: a way that is allotted takes what it has room for, and what it has none for looks at the others.
//!
//! What is too much for one way is spread over those with room left as if it were not there, round by round. That is the logit with
//! limits, in which the wait at a full way is the price that clears it (Bell 1995, Transportation Research B 29, stochastic user
//! equilibrium assignment in networks with queues), without anybody standing in that queue. Ways where who comes first goes first have
//! room for all: there the queue is the limit. To bound them by what they take a day was tried: at Brest nobody left the line for a
//! small detour then, and 188 trains still stood eight days after the reopening, where 47 do and two weeks at most were expected.

use yalu_model::{Allotment, GoodId, RouteId};
use yalu_units::{Grid, IndexVec};

/// Less than this is nobody's, tonnes.
const NOTHING_T: f64 = 1e-9;

/// What goods ask of ways one way, and what of it they get.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    /// Tonnes that ask, by good; after it what found no room.
    pub left: IndexVec<GoodId, f64>,
    /// Tonnes that go.
    pub sent: Grid<GoodId, RouteId, f64>,
    wanted: Grid<GoodId, RouteId, f64>,
}

/// The ways of a day one way.
pub(super) struct Room<'a> {
    /// Tonnes each has room for; less by what is sent.
    pub left: &'a mut IndexVec<RouteId, f64>,
    /// How each is shared out.
    pub allotted: &'a IndexVec<RouteId, Allotment>,
    /// Rank of each good, 1 the first.
    pub rank: &'a dyn Fn(GoodId) -> u8,
}

impl Sharing {
    pub fn new(goods: usize, routes: usize) -> Self {
        let none = Grid::filled(goods, routes, 0.0);
        Self { left: (0..goods).map(|_| 0.0).collect(), sent: none.clone(), wanted: none }
    }

    /// Nobody asks.
    pub fn clear(&mut self) {
        self.left.iter_mut().for_each(|t| *t = 0.0);
        self.sent.iter_mut().for_each(|t| *t = 0.0);
    }

    /// Shares out the room by how well each way suits each good.
    pub fn share_out(&mut self, weights: &Grid<GoodId, RouteId, f64>, room: &mut Room) {
        // Each round fills a way for good, or ends.
        for _ in 0..=room.left.len() {
            self.want(weights, room.left);
            let mut full = false;
            for r in room.left.ids() {
                full |= self.grant(r, room);
            }
            if !full {
                break;
            }
        }
    }

    /// What each good wants of each way that has room.
    fn want(&mut self, weights: &Grid<GoodId, RouteId, f64>, room: &IndexVec<RouteId, f64>) {
        for (g, left) in self.left.enumerated() {
            let here = |r: RouteId| if room[r] > NOTHING_T { weights[(g, r)] } else { 0.0 };
            let sum: f64 = room.ids().map(here).sum();
            for r in room.ids() {
                self.wanted[(g, r)] = if *left > NOTHING_T && sum > 0.0 { left * here(r) / sum } else { 0.0 };
            }
        }
    }

    /// Grants what is wanted of a way as far as it has room; whether it had too little.
    fn grant(&mut self, r: RouteId, room: &mut Room) -> bool {
        let wanted: f64 = self.wanted.column(r).sum();
        let short = wanted > room.left[r];
        let by_rank = room.allotted[r] == Allotment::Priority && short;
        for rank in if by_rank { 1..=9 } else { 0..=0 } {
            let mine = |g: GoodId| !by_rank || (room.rank)(g) == rank;
            let of_rank: f64 = self.left.ids().filter(|g| mine(*g)).map(|g| self.wanted[(g, r)]).sum();
            if of_rank <= 0.0 {
                continue;
            }
            let part = (room.left[r] / of_rank).clamp(0.0, 1.0);
            for g in self.left.ids().filter(|g| mine(*g)) {
                let tonnes = self.wanted[(g, r)] * part;
                self.sent[(g, r)] += tonnes;
                self.left[g] -= tonnes;
            }
            room.left[r] = (room.left[r] - of_rank * part).max(0.0);
        }
        if short {
            // What rounding leaves is no room: it would be asked for again, round after round.
            room.left[r] = 0.0;
        }
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yalu_units::Idx as _;

    fn g(i: usize) -> GoodId {
        GoodId::new(i)
    }
    fn r(i: usize) -> RouteId {
        RouteId::new(i)
    }

    /// Goods with tonnes and weights, ways with room and rule: what is sent.
    fn shared(goods: &[(f64, &[f64], u8)], ways: &[(f64, Allotment)]) -> Sharing {
        let mut s = Sharing::new(goods.len(), ways.len());
        let mut weights = Grid::filled(goods.len(), ways.len(), 0.0);
        for (i, (tonnes, suits, _)) in goods.iter().enumerate() {
            s.left[g(i)] = *tonnes;
            weights.row_mut(g(i)).copy_from_slice(suits);
        }
        let mut left = ways.iter().map(|w| w.0).collect();
        let allotted = ways.iter().map(|w| w.1).collect();
        let rank = |x: GoodId| goods[x.index()].2;
        s.share_out(&weights, &mut Room { left: &mut left, allotted: &allotted, rank: &rank });
        s
    }

    use Allotment::{FirstCome, Priority, Proportional};

    #[test]
    fn a_small_way_takes_what_it_can_and_no_more() {
        // 100 t, two ways that suit alike, the second takes 10 t: 90 and 10, not 50 and 50.
        let s = shared(&[(100.0, &[1.0, 1.0], 5)], &[(1000.0, FirstCome), (10.0, FirstCome)]);
        assert_eq!((s.sent[(g(0), r(0))], s.sent[(g(0), r(1))], s.left[g(0)]), (90.0, 10.0, 0.0));
        // Both full: 25 t find no room.
        let s = shared(&[(100.0, &[1.0, 1.0], 5)], &[(65.0, FirstCome), (10.0, FirstCome)]);
        assert_eq!((s.sent[(g(0), r(0))], s.sent[(g(0), r(1))], s.left[g(0)]), (65.0, 10.0, 25.0));
    }

    #[test]
    fn a_quota_is_shared_in_proportion_or_by_rank() {
        let goods: [(f64, &[f64], u8); 3] = [(60.0, &[1.0], 5), (30.0, &[1.0], 1), (30.0, &[1.0], 5)];
        let sent = |rule| {
            let s = shared(&goods, &[(60.0, rule)]);
            [0, 1, 2].map(|i| s.sent[(g(i), r(0))])
        };
        assert_eq!(sent(Proportional), [30.0, 15.0, 15.0]);
        assert_eq!(sent(FirstCome), [30.0, 15.0, 15.0]);
        // The first rank whole, the others half of what they ask.
        assert_eq!(sent(Priority), [20.0, 30.0, 10.0]);
    }

    proptest! {
        #[test]
        fn nothing_is_sent_beyond_room_and_nobody_is_left_beside_it(
            tonnes in prop::collection::vec(0.0..200.0f64, 1..5),
            suits in prop::collection::vec(prop::array::uniform3(0.0..1.0f64), 5),
            room in prop::array::uniform3(0.0..150.0f64), rule in 0usize..3,
        ) {
            let rule = [FirstCome, Proportional, Priority][rule];
            let goods: Vec<(f64, &[f64], u8)> =
                tonnes.iter().zip(&suits).enumerate().map(|(i, (t, s))| (*t, &s[..], i as u8 + 1)).collect();
            let s = shared(&goods, &room.map(|x| (x, rule)));
            for (i, room) in room.iter().enumerate() {
                prop_assert!(s.sent.column(r(i)).sum::<f64>() <= room + 1e-6);
            }
            for (i, (t, suits, _)) in goods.iter().enumerate() {
                let sent: f64 = s.sent.row(g(i)).iter().sum();
                prop_assert!((sent + s.left[g(i)] - t).abs() < 1e-6);
                // Who is left out found every way full that suits at all.
                for (k, room) in room.iter().enumerate() {
                    let full = s.sent.column(r(k)).sum::<f64>() >= room - 1e-6;
                    prop_assert!(s.left[g(i)] < 1e-6 || suits[k] == 0.0 || full);
                }
            }
        }
    }
}
