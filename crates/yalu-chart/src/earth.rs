//! Land and borders of the earth, Natural Earth 1:50m (public domain), held in the binary; a map takes the clip in view.

use crate::map::LatLon;

/// Made by `assets/earth.mjs`, which says how it is written.
const EARTH: &[u8] = include_bytes!("../assets/earth.bin");

/// A box of the earth in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) south: f64,
    pub(crate) north: f64,
    pub(crate) west: f64,
    pub(crate) east: f64,
}

/// Land as rings cut to a box, lakes as rings within them; and borders as lines that touch it.
pub(crate) fn within(view: &View) -> [Vec<Vec<LatLon>>; 2] {
    let mut at = Reader { rest: EARTH };
    let mut list = |cut: &dyn Fn(Vec<LatLon>) -> Vec<LatLon>| -> Vec<Vec<LatLon>> {
        let all = (0..at.whole()).map(|_| at.points());
        all.map(cut).filter(|points| points.len() > 1).collect()
    };
    let land = list(&|ring| clipped(ring, view));
    let lines = list(&|line| if line.iter().any(|p| holds(view, *p)) { line } else { Vec::new() });
    [land, lines]
}

struct Reader {
    rest: &'static [u8],
}

impl Reader {
    fn whole(&mut self) -> u32 {
        let (mut n, mut shift) = (0, 0);
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            n |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                break;
            }
        }
        n
    }

    fn step(&mut self) -> f64 {
        let n = self.whole();
        let size = f64::from(n.div_ceil(2)) / 100.0;
        if n % 2 == 1 { -size } else { size }
    }

    fn points(&mut self) -> Vec<LatLon> {
        let (mut lon, mut lat) = (0.0, 0.0);
        let points = (0..self.whole()).map(|_| {
            lon += self.step();
            lat += self.step();
            LatLon { lat, lon }
        });
        points.collect()
    }
}

fn holds(v: &View, p: LatLon) -> bool {
    (v.south..=v.north).contains(&p.lat) && (v.west..=v.east).contains(&p.lon)
}

/// A ring cut to a box, side by side (Sutherland and Hodgman 1974).
fn clipped(ring: Vec<LatLon>, v: &View) -> Vec<LatLon> {
    let sides: [(bool, f64, f64); 4] =
        [(false, v.south, 1.0), (false, v.north, -1.0), (true, v.west, 1.0), (true, v.east, -1.0)];
    sides.into_iter().fold(ring, |ring, (by_lon, edge, sign)| {
        let past = |p: &LatLon| ((if by_lon { p.lon } else { p.lat }) - edge) * sign;
        let mut out = Vec::new();
        for (i, b) in ring.iter().enumerate() {
            let a = ring[(i + ring.len() - 1) % ring.len()];
            let (da, db) = (past(&a), past(b));
            if (da >= 0.0) != (db >= 0.0) {
                let part = da / (da - db);
                out.push(LatLon { lat: a.lat + (b.lat - a.lat) * part, lon: a.lon + (b.lon - a.lon) * part });
            }
            if db >= 0.0 {
                out.push(*b);
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_yalu_has_land_sea_and_a_border() {
        let view = View { south: 39.0, north: 41.0, west: 123.0, east: 126.0 };
        let [land, borders] = within(&view);
        assert!(!land.is_empty() && land.iter().flatten().all(|p| holds(&view, *p)));
        // Twice the area of the rings, in square degrees: less than the box, for there is sea.
        let area = |ring: &Vec<LatLon>| -> f64 {
            let next = |i: usize| ring[(i + 1) % ring.len()];
            ring.iter().enumerate().map(|(i, p)| p.lon * next(i).lat - next(i).lon * p.lat).sum::<f64>().abs()
        };
        let all: f64 = land.iter().map(area).sum();
        assert!((4.0..11.0).contains(&all), "{all}");
        // The river's mouth, 39.9 N 124.2 E.
        let near = |p: &LatLon| (p.lat - 39.9).abs() < 0.3 && (p.lon - 124.2).abs() < 0.3;
        assert!(borders.iter().flatten().any(near));
    }

    #[test]
    fn the_whole_earth_is_read_to_its_end() {
        let all = View { south: -90.0, north: 90.0, west: -180.0, east: 180.0 };
        let [land, borders] = within(&all);
        assert!(land.len() > 1000 && borders.len() > 200, "{} {}", land.len(), borders.len());
        let mut at = Reader { rest: EARTH };
        for _ in 0..2 {
            for _ in 0..at.whole() {
                at.points();
            }
        }
        assert!(at.rest.is_empty());
    }
}
