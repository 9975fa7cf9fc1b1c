//! Places labels where they cover neither marks nor each other.

use std::collections::BTreeMap;

use crate::svg::Hold;

/// Side of the squares in which taken boxes are kept, so that a week of trains is searched as fast as a day.
const CELL: f64 = 48.0;

/// A box on the canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Box2 {
    pub(crate) x0: f64,
    pub(crate) y0: f64,
    pub(crate) x1: f64,
    pub(crate) y1: f64,
}

impl Box2 {
    fn shared(&self, other: &Self) -> f64 {
        let w = self.x1.min(other.x1) - self.x0.max(other.x0);
        let h = self.y1.min(other.y1) - self.y0.max(other.y0);
        if w > 0.0 && h > 0.0 { w * h } else { 0.0 }
    }
}

/// What is taken on a canvas, and the bounds within which labels stand.
#[derive(Debug)]
pub(crate) struct Places {
    taken: BTreeMap<(i32, i32), Vec<Box2>>,
    bounds: Box2,
}

/// A found place: the point of the first line's base, and how the words are held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) hold: Hold,
    /// Whether the place is far enough from its mark to need a leading line.
    pub(crate) far: bool,
}

impl Places {
    pub(crate) fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { taken: BTreeMap::new(), bounds: Box2 { x0, y0, x1, y1 } }
    }

    pub(crate) fn take(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let full = Box2 { x0, y0, x1, y1 };
        for (at, cell) in self.cells(&full) {
            let part = Box2 { x0: x0.max(cell.x0), y0: y0.max(cell.y0), x1: x1.min(cell.x1), y1: y1.min(cell.y1) };
            self.taken.entry(at).or_default().push(part);
        }
    }

    /// The squares a box lies on, near the canvas.
    fn cells(&self, of: &Box2) -> Vec<((i32, i32), Box2)> {
        let b = &self.bounds;
        let near = |v: f64, low: f64, high: f64| (v.clamp(low - 200.0, (high + 200.0).max(low)) / CELL).floor() as i32;
        if ![of.x0, of.y0, of.x1, of.y1].iter().all(|v| v.is_finite()) {
            return Vec::new();
        }
        let (i0, i1) = (near(of.x0, b.x0, b.x1), near(of.x1, b.x0, b.x1));
        let (j0, j1) = (near(of.y0, b.y0, b.y1), near(of.y1, b.y0, b.y1));
        let mut out = Vec::new();
        for i in i0..=i1 {
            for j in j0..=j1 {
                let (x0, y0) = (f64::from(i) * CELL, f64::from(j) * CELL);
                out.push(((i, j), Box2 { x0, y0, x1: x0 + CELL, y1: y0 + CELL }));
            }
        }
        out
    }

    /// How much of a box is taken, boxes that lie on each other counted each.
    fn hit(&self, own: &Box2) -> f64 {
        let cells = self.cells(own);
        cells.iter().filter_map(|c| self.taken.get(&c.0)).flatten().map(|t| own.shared(t)).sum()
    }

    /// Takes the way of a line from point to point.
    pub(crate) fn take_line(&mut self, a: (f64, f64), b: (f64, f64), half: f64) {
        let steps = ((a.0 - b.0).hypot(a.1 - b.1) / 10.0).clamp(1.0, 400.0) as usize;
        for i in 0..=steps {
            let t = i as f64 / steps as f64;
            let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
            if x.is_finite() && y.is_finite() {
                self.take(x - half, y - half, x + half, y + half);
            }
        }
    }

    /// How much of a box is taken already.
    pub(crate) fn cost(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> f64 {
        let own = Box2 { x0, y0, x1, y1 };
        let area = (x1 - x0) * (y1 - y0);
        let outside = area - own.shared(&self.bounds);
        outside * 4.0 + self.hit(&own)
    }

    /// Finds the best place for words of a size around a mark, and takes it.
    pub(crate) fn around(&mut self, at: (f64, f64), w: f64, h: f64) -> Place {
        let mut best: Option<(f64, Place, Box2)> = None;
        for (i, reach) in [8.0, 20.0, 36.0, 56.0, 84.0, 120.0].into_iter().enumerate() {
            let slant = reach * 0.75;
            let spots = [
                (at.0, at.1 - reach - h, Hold::Middle),
                (at.0 + reach, at.1 - h / 2.0, Hold::Start),
                (at.0 - reach, at.1 - h / 2.0, Hold::End),
                (at.0, at.1 + reach, Hold::Middle),
                (at.0 + slant, at.1 - slant - h, Hold::Start),
                (at.0 - slant, at.1 - slant - h, Hold::End),
                (at.0 + slant, at.1 + slant, Hold::Start),
                (at.0 - slant, at.1 + slant, Hold::End),
            ];
            for (k, (x, y, hold)) in spots.into_iter().enumerate() {
                let x0 = match hold {
                    Hold::Start => x,
                    Hold::Middle => x - w / 2.0,
                    Hold::End => x - w,
                };
                let full = Box2 { x0: x0 - 2.0, y0: y - 1.0, x1: x0 + w + 2.0, y1: y + h + 1.0 };
                let area = (w + 4.0) * (h + 2.0);
                let outside = area - full.shared(&self.bounds);
                let hit = self.hit(&full);
                let cost = outside * 8.0 + hit * 4.0 + (i * 40 + k * 3) as f64;
                if best.as_ref().is_none_or(|b| cost < b.0) {
                    let place = Place { x, y, hold, far: i >= 1 };
                    best = Some((cost, place, full));
                }
            }
        }
        let Some((_, place, full)) = best else {
            return Place { x: at.0, y: at.1, hold: Hold::Middle, far: false };
        };
        self.take(full.x0, full.y0, full.x1, full.y1);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn a_box_over_many_squares_counts_once() {
        let mut places = Places::new(0.0, 0.0, 400.0, 400.0);
        places.take(10.0, 10.0, 210.0, 110.0);
        assert!((places.cost(0.0, 0.0, 300.0, 300.0) - 20_000.0).abs() < 1e-6);
        assert!((places.cost(200.0, 100.0, 300.0, 300.0) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_label_leaves_what_is_taken() {
        let mut places = Places::new(0.0, 0.0, 200.0, 200.0);
        let first = places.around((100.0, 100.0), 40.0, 14.0);
        let second = places.around((100.0, 100.0), 40.0, 14.0);
        assert!((first.x, first.y) != (second.x, second.y));
        assert!(!first.far);
    }
}
