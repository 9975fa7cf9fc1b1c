//! Which crossings are near each other.

use crate::counts::{Counts, CrossingId};
use yalu_units::IndexVec;

/// Neighbours of a crossing.
pub const NEIGHBOURS: usize = 6;

/// The nearest crossings of each; all others where places are not known and they are few. Looked for in order of latitude,
/// outward, so that thousands of crossings take no longer each than tens do.
pub(crate) fn neighbours(counts: &Counts) -> IndexVec<CrossingId, Vec<CrossingId>> {
    let ids: Vec<CrossingId> = counts.crossings.ids().collect();
    let place = |c: CrossingId| counts.crossings[c].place;
    let mut order: Vec<(f64, f64, CrossingId)> =
        ids.iter().filter_map(|c| place(*c).map(|p| (p.latitude, p.longitude, *c))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let mut rank = vec![0; ids.len()];
    for (n, (_, _, c)) in order.iter().enumerate() {
        rank[yalu_units::Idx::index(*c)] = n;
    }
    let of = |c: &CrossingId| match place(*c) {
        None if ids.len() <= NEIGHBOURS + 1 => ids.iter().copied().filter(|o| o != c).collect(),
        None => Vec::new(),
        Some(_) => nearest(&order, rank[yalu_units::Idx::index(*c)]),
    };
    ids.iter().map(of).collect()
}

/// The crossings nearest to one of those in order of latitude, the nearest first.
fn nearest(order: &[(f64, f64, CrossingId)], here: usize) -> Vec<CrossingId> {
    let (latitude, longitude, _) = order[here];
    let shrink = libm::cos(latitude.to_radians());
    let mut best: Vec<(f64, CrossingId)> = Vec::new();
    let mut look = |at: &(f64, f64, CrossingId)| {
        let north = (at.0 - latitude).powi(2);
        // All that follow lie further north or south than the last of those found.
        if best.len() == NEIGHBOURS && north > best[NEIGHBOURS - 1].0 {
            return false;
        }
        let found = (north + ((at.1 - longitude) * shrink).powi(2), at.2);
        let n = best.partition_point(|b| b.0.total_cmp(&found.0).then(b.1.cmp(&found.1)).is_lt());
        best.insert(n, found);
        best.truncate(NEIGHBOURS);
        true
    };
    let (mut up, mut down) = (order[here + 1..].iter(), order[..here].iter().rev());
    let (mut north, mut south) = (true, true);
    while north || south {
        north = north && up.next().is_some_and(&mut look);
        south = south && down.next().is_some_and(&mut look);
    }
    best.into_iter().map(|b| b.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_are_those_that_a_look_at_all_finds() {
        let mut seed = 7u64;
        let mut unit = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 40) as f64 / f64::from(1u32 << 24)
        };
        let mut order: Vec<_> = (0..200).map(|n| (40.0 + 10.0 * unit(), 20.0 * unit(), CrossingId(n))).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for here in 0..order.len() {
            let (lat, lon, me) = order[here];
            let shrink = libm::cos(lat.to_radians());
            let far = |o: &(f64, f64, CrossingId)| (o.0 - lat).powi(2) + ((o.1 - lon) * shrink).powi(2);
            let mut all: Vec<_> = order.iter().filter(|o| o.2 != me).map(|o| (far(o), o.2)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let due: Vec<_> = all.iter().take(NEIGHBOURS).map(|o| o.1).collect();
            assert_eq!(nearest(&order, here), due);
        }
    }
}
