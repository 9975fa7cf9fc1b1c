//! Distance unfolded: stations at their km, border stations opened into lanes, short stretches widened.

use crate::svg::Xy;
use crate::time_distance::Station;

/// A station's stretch on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) km: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    /// Index of the station in the specification.
    pub(crate) station: usize,
}

impl Level {
    pub(crate) fn open(&self) -> bool {
        self.bottom > self.top
    }
}

/// Distance down the page.
#[derive(Clone, Debug)]
pub(crate) struct Unfolded {
    pub(crate) levels: Vec<Level>,
    /// Pixels to a kilometre where nothing is widened.
    pub(crate) scale: f64,
}

/// The side of an unfolded station a line touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Upper,
    Lower,
}

impl Unfolded {
    /// Lays stations out from a height down; the open line takes about the given length.
    pub(crate) fn new(stations: &[Station], top: f64, lane: f64, line: f64, between: f64) -> Self {
        let mut order: Vec<usize> = (0..stations.len())
            .filter(|i| stations.get(*i).is_some_and(|s| s.km.is_finite() && s.km.abs() < 1e6))
            .collect();
        let km = |i: usize| stations.get(i).map_or(0.0, |s| s.km);
        let lanes = |i: usize| stations.get(i).map_or(0, |s| s.lanes.len().min(40));
        order.sort_by(|a, b| km(*a).total_cmp(&km(*b)));
        let plain: f64 = order
            .windows(2)
            .filter_map(|w| match w {
                [a, b] if lanes(*a) == 0 || lanes(*b) == 0 => Some(km(*b) - km(*a)),
                _ => None,
            })
            .sum();
        let scale = if plain > 0.0 { line / plain } else { 1.0 };
        let mut levels: Vec<Level> = Vec::new();
        let mut y = top;
        for i in order {
            if let Some(last) = levels.last() {
                let step = (km(i) - last.km) * scale;
                let both = last.open() && lanes(i) > 0;
                y += if both { step.max(between) } else { step };
            }
            let bottom = y + lanes(i) as f64 * lane;
            levels.push(Level { km: km(i), top: y, bottom, station: i });
            y = bottom;
        }
        Self { levels, scale }
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.levels.last().map_or(0.0, |l| l.bottom)
    }

    pub(crate) fn level_of(&self, station: usize) -> Option<&Level> {
        self.levels.iter().find(|l| l.station == station)
    }

    fn at_station(&self, km: f64) -> Option<&Level> {
        self.levels.iter().find(|l| (l.km - km).abs() < 1e-9)
    }

    /// The height of a distance, at the side of a station that a line touches.
    pub(crate) fn y(&self, km: f64, side: Side) -> f64 {
        if let Some(l) = self.at_station(km) {
            return match side {
                Side::Upper => l.top,
                Side::Lower => l.bottom,
            };
        }
        let after = self.levels.iter().position(|l| l.km > km);
        match after {
            Some(0) => self.levels.first().map_or(0.0, |l| l.top),
            Some(i) => match (self.levels.get(i - 1), self.levels.get(i)) {
                (Some(a), Some(b)) => a.bottom + (km - a.km) / (b.km - a.km) * (b.top - a.bottom),
                _ => 0.0,
            },
            None => self.bottom(),
        }
    }

    /// A train's way on the page: bent at every station, the pen lifted through unfolded ones.
    pub(crate) fn way(&self, points: &[(i64, f64)], x: impl Fn(f64) -> f64) -> Vec<Xy> {
        const LIFT: Xy = (f64::NAN, f64::NAN);
        let mut out = Vec::new();
        for pair in points.windows(2) {
            let [(t0, k0), (t1, k1)] = pair else { continue };
            if !k0.is_finite() || !k1.is_finite() {
                continue;
            }
            let (m0, m1) = (*t0 as f64, *t1 as f64);
            if (k0 - k1).abs() < 1e-9 {
                if self.at_station(*k0).is_some_and(Level::open) {
                    out.push(LIFT);
                } else {
                    let y = self.y(*k0, Side::Upper);
                    out.push((x(m0), y));
                    out.push((x(m1), y));
                }
                continue;
            }
            let (near, far) = if k1 > k0 { (Side::Lower, Side::Upper) } else { (Side::Upper, Side::Lower) };
            out.push((x(m0), self.y(*k0, near)));
            let mut between: Vec<&Level> =
                self.levels.iter().filter(|l| l.km > k0.min(*k1) + 1e-9 && l.km < k0.max(*k1) - 1e-9).collect();
            if k1 < k0 {
                between.reverse();
            }
            for l in between {
                let at = x(m0 + (l.km - k0) / (k1 - k0) * (m1 - m0));
                out.push((at, self.y(l.km, far)));
                if l.open() {
                    out.push(LIFT);
                    out.push((at, self.y(l.km, near)));
                }
            }
            out.push((x(m1), self.y(*k1, far)));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Side, Unfolded};
    use crate::time_distance::Station;

    fn stations() -> Vec<Station> {
        let at = |km, lanes| Station { km, lanes: vec!["lane".into(); lanes], ..Station::default() };
        vec![at(0.0, 2), at(3.0, 3), at(53.0, 0), at(103.0, 0)]
    }

    #[test]
    fn border_stations_open_and_the_bridge_is_widened() {
        let down = Unfolded::new(&stations(), 10.0, 20.0, 200.0, 48.0);
        let tops: Vec<f64> = down.levels.iter().map(|l| l.top).collect();
        assert_eq!(tops, [10.0, 98.0, 258.0, 358.0]);
        assert_eq!(down.y(3.0, Side::Upper), 98.0);
        assert_eq!(down.y(3.0, Side::Lower), 158.0);
        assert_eq!(down.y(1.5, Side::Upper), 74.0);
    }

    #[test]
    fn a_train_lifts_the_pen_where_lanes_tell_its_stay() {
        let down = Unfolded::new(&stations(), 10.0, 20.0, 200.0, 48.0);
        let way = down.way(&[(0, 0.0), (60, 3.0), (120, 3.0), (180, 103.0)], |ms| ms);
        assert_eq!(way.iter().filter(|p| p.0.is_nan()).count(), 1);
        assert_eq!(way.first(), Some(&(0.0, 50.0)));
        assert_eq!(way.last(), Some(&(180.0, 358.0)));
        assert!(way.contains(&(150.0, 258.0)), "bent at the station between");
    }
}
