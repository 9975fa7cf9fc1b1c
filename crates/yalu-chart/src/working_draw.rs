//! How the working diagram is laid out, and its occupations, restrictions, waits and trains outside.

use std::fmt::Write as _;

use crate::diagram_key::{OCCUPIED, OUTSIDE, SLOW};
use crate::diagram_names::draw_train_names;
use crate::parts::{foot, head, sane_to, titled};
use crate::place::{Box2, Places};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, px};
use crate::text::{fitted, fixed, width_of};
use crate::time_distance::Zone;
use crate::unfold::{Side, Unfolded};
use crate::working::{BOX, NAME, Outside, TOLD, WIDEST, WorkingDiagram, flag, span_words};

/// Most rows of trains that wait outside on one side of the line.
const ROWS: usize = 4;
const ROW: f64 = 8.0;

impl WorkingDiagram {
    pub(crate) fn draw(&self, width: f64) -> String {
        let width = sane_to(width, WIDEST);
        let mut base = self.base.clone();
        base.above = Zone::default();
        base.below = Zone::default();
        base.trains.retain(|t| {
            let times = || t.points.iter().map(|p| p.0);
            times().max().is_some_and(|m| m >= base.from) && times().min().is_some_and(|m| m <= base.to)
        });
        let mut canvas = Canvas::new(width, &format!("{NAME}{:?}{}{}", base.caption, base.from, base.trains.len()));
        let small = canvas.narrow();
        let top = head(&mut canvas, &base.caption);
        let extra: Vec<(usize, &str)> = [
            (OCCUPIED, !self.occupations.is_empty(), "block occupied"),
            (SLOW, !self.restrictions.is_empty(), "temporary speed restriction"),
            (OUTSIDE, !self.outside.is_empty(), "waits outside for entry"),
        ]
        .into_iter()
        .filter_map(|(form, is, words)| is.then_some((form, words)))
        .collect();
        let top = base.key(&mut canvas, top, &extra);
        let long = !small && canvas.width > crate::WIDE * 1.4;
        let left = if small { 84.0 } else { 236.0 };
        let right = canvas.width
            - if small {
                10.0
            } else if long {
                140.0
            } else {
                18.0
            };
        let x = Scale::new(base.from as f64, base.to as f64, left, right);
        let rim = top + if self.dated() { 58.0 } else { 44.0 };
        let (lane, line, between) = if small { (32.0, 380.0, 54.0) } else { (24.0, 600.0, 48.0) };
        let line = f64::max(line, base.stations.len() as f64 * if small { 8.0 } else { 14.5 }).min(1600.0);
        let waiting = self.rows_outside(&x);
        let rows = waiting.iter().map(|w| w.1 as f64 * ROW).fold(0.0, f64::max);
        let down = Unfolded::new(&base.stations, rim + 16.0 + rows, lane, line, between);
        let bottom = down.bottom() + 14.0 + rows;
        let mut places = Places::new(left, rim, right, bottom);
        base.draw_ground(&mut canvas, &x, &down, (rim, bottom), lane);
        self.draw_grid(&mut canvas, &x, rim, bottom);
        if !small {
            self.draw_loops(&mut canvas, &x, &down);
        }
        canvas.open_clip("o", left, rim, right - left, bottom - rim);
        self.draw_occupations(&mut canvas, &x, &down);
        canvas.close();
        let slow = self.draw_restrictions(&mut canvas, &x, &down);
        base.draw_closed(&mut canvas, &x, &down, &mut places);
        base.draw_dwells(&mut canvas, &x, &down, lane, &mut places);
        canvas.open_clip("t", left, rim, right - left, bottom - rim);
        let ways = base.draw_trains(&mut canvas, &x, &down, &mut places);
        self.draw_levels(&mut canvas, &x, &down);
        canvas.close();
        base.draw_marks(&mut canvas, &x, &down, &mut places);
        self.draw_outside(&mut canvas, &x, &down, &waiting, &mut places);
        tell_slow(&mut canvas, &slow, &mut places);
        let thin = base.trains.len() > 12;
        draw_train_names(&mut canvas, &ways, &mut places, thin);
        self.tell_waits(&mut canvas, &x, &down, &mut places, thin);
        if long {
            let (names, _) = base.named_stations(&down, small);
            for (y, station) in names {
                let Some(s) = base.stations.get(station) else { continue };
                let name = format!("{} {}", fixed(s.km, 1), s.name);
                let words = fitted(&name, 11.0, false, canvas.width - x.p1 - 8.0);
                canvas.text((x.p1 + 6.0, y + 4.0), Words::new(&words).small().second());
            }
        }
        let end = self.draw_clocks(&mut canvas, &x, rim, bottom);
        let end = foot(&mut canvas, &base.caption, end);
        let least = if long { canvas.width } else { 0.0 };
        canvas.finish_at_least(least, end + 2.0, titled(&base.caption, NAME), &crate::Chart::summary(self))
    }

    fn ink(&self, train: usize) -> &'static str {
        self.base.trains.get(train).map_or("var(--ink2)", |t| t.ink())
    }

    /// One path a train, so that a week of blocks stays a small file.
    fn draw_occupations(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        let mut order: Vec<_> = self.occupations.iter().collect();
        order.sort_by_key(|o| o.train);
        for run in order.chunk_by(|a, b| a.train == b.train) {
            let Some(first) = run.first() else { continue };
            let mut d = String::new();
            for o in run {
                let (low, high) = (o.from_km.min(o.to_km), o.from_km.max(o.to_km));
                let (from, to) = (o.from.max(self.base.from), o.to.min(self.base.to));
                if !low.is_finite() || !high.is_finite() || to <= from {
                    continue;
                }
                let (a, b) = (x.at(from as f64), x.at(to as f64));
                let (y0, y1) = (down.y(low, Side::Lower), down.y(high, Side::Upper));
                if y1 > y0 {
                    let w = (b - a).max(0.5);
                    let _ = write!(d, "M{} {}h{}v{}h-{}z", px(a), px(y0), px(w), px(y1 - y0), px(w));
                }
            }
            if !d.is_empty() {
                let c = self.ink(first.train);
                let name = self.base.trains.get(first.train).map_or("", |t| t.label.as_str());
                canvas.open(&format!("{name}: blocks occupied"));
                canvas.path(&d, &format!("{BOX};fill:{c};stroke:{c}"));
                canvas.close();
            }
        }
    }

    /// Hatches the restrictions; returns their boxes and words.
    fn draw_restrictions(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) -> Vec<(Box2, String)> {
        let mut out = Vec::new();
        for r in self.restrictions.iter().filter(|r| r.from_km.is_finite() && r.to_km.is_finite()) {
            let (low, high) = (r.from_km.min(r.to_km), r.from_km.max(r.to_km));
            let (a, b) = (x.held(r.from.map_or(x.v0, |t| t as f64)), x.held(r.to.map_or(x.v1, |t| t as f64)));
            let (mut y0, mut y1) = (down.y(low, Side::Lower), down.y(high, Side::Upper));
            if y1 - y0 < 5.0 {
                (y0, y1) = (f64::midpoint(y0, y1) - 2.5, f64::midpoint(y0, y1) + 2.5);
            }
            if b <= a {
                continue;
            }
            canvas.open(&format!("speed restriction, km {} – {}: {}", fixed(low, 1), fixed(high, 1), r.words()));
            canvas.fill(a, y0, b - a, y1 - y0, Ground::Slow);
            canvas.line((a, y0), (b, y0), "stroke:var(--ink2);stroke-width:.8");
            canvas.line((a, y1), (b, y1), "stroke:var(--ink2);stroke-width:.8");
            canvas.close();
            out.push((Box2 { x0: a, y0, x1: b, y1 }, r.words()));
        }
        out
    }

    /// Waits as level lines, thicker than the train's own.
    fn draw_levels(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        for w in self.waits.iter().filter(|w| w.km.is_finite() && w.to > w.from) {
            let name = self.base.trains.get(w.train).map_or("", |t| t.label.as_str());
            let (a, b) = (x.held(w.from as f64), x.held(w.to as f64));
            let y = down.y(w.km, Side::Upper);
            if b > a {
                canvas.open(&w.words(name));
                canvas.line((a, y), (b, y), &format!("stroke:{};stroke-width:4", self.ink(w.train)));
                canvas.close();
            }
        }
    }

    /// Tells the long waits, the longest first, as far as there is room.
    fn tell_waits(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded, places: &mut Places, thin: bool) {
        let span = |w: &crate::working::Wait| w.to.saturating_sub(w.from);
        let mut order: Vec<_> = self
            .waits
            .iter()
            .filter(|w| w.km.is_finite() && span(w) >= TOLD && w.to > self.base.from && w.from < self.base.to)
            .collect();
        order.sort_by_key(|w| (std::cmp::Reverse(span(w)), w.from, w.train));
        for w in order {
            let name = self.base.trains.get(w.train).map_or("", |t| t.label.as_str());
            let at = (f64::midpoint(x.held(w.from as f64), x.held(w.to as f64)), down.y(w.km, Side::Upper));
            let fill = self.ink(w.train);
            let full = w.words(name);
            for words in [full.clone(), w.words("")] {
                let wide = width_of(&words, 11.0, false);
                let spots =
                    [(at.0, at.1 - 16.0), (at.0, at.1 + 4.0), (at.0 - 24.0, at.1 - 16.0), (at.0 + 24.0, at.1 + 4.0)];
                let cost = |s: &(f64, f64)| {
                    places.cost(s.0 - wide / 2.0, s.1, s.0 + wide / 2.0, s.1 + 12.0) / (wide * 12.0).max(1.0)
                };
                let best = spots.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
                let room = match (thin, canvas.narrow()) {
                    (true, true) => 0.12,
                    (true, false) => 0.35,
                    _ => 1.5,
                };
                if let Some(s) = best.filter(|s| cost(s) <= room) {
                    canvas.text((s.0, s.1 + 10.0), Words::new(&words).small().fill(fill).middle().halo());
                    places.take(s.0 - wide / 2.0 - 3.0, s.1 - 1.0, s.0 + wide / 2.0 + 3.0, s.1 + 13.0);
                    break;
                }
            }
        }
    }

    /// Trains outside by row beyond the end they wait at: index, row from one, whether above.
    fn rows_outside(&self, x: &Scale) -> Vec<(usize, usize, bool)> {
        let km = self.base.stations.iter().map(|s| s.km).filter(|k| k.is_finite());
        let (low, high) = km.fold((f64::MAX, f64::MIN), |(a, b), k| (a.min(k), b.max(k)));
        let mut order: Vec<usize> = (0..self.outside.len()).collect();
        let known = |o: &Outside| o.km.is_finite() && o.to > o.from && o.to >= self.base.from && o.from <= self.base.to;
        order.retain(|i| self.outside.get(*i).is_some_and(known));
        order.sort_by_key(|i| self.outside.get(*i).map(|o| (o.from, o.to, o.train)));
        let mut ends = [[f64::MIN; ROWS]; 2];
        let mut out = Vec::new();
        for i in order {
            let Some(o) = self.outside.get(i) else { continue };
            let upper = o.km <= f64::midpoint(low, high);
            let Some(side) = ends.get_mut(usize::from(!upper)) else { continue };
            let row = side.iter().position(|e| x.held(o.from as f64) >= *e + 3.0).unwrap_or(ROWS - 1);
            if let Some(e) = side.get_mut(row) {
                *e = x.held(o.to as f64);
            }
            out.push((i, row + 1, upper));
        }
        out
    }

    /// Trains outside stand in rows beyond the ends of the line, a flag at their entry.
    fn draw_outside(
        &self,
        canvas: &mut Canvas,
        x: &Scale,
        down: &Unfolded,
        waiting: &[(usize, usize, bool)],
        places: &mut Places,
    ) {
        for (i, row, upper) in waiting {
            let Some(o) = self.outside.get(*i) else { continue };
            let (a, b) = (x.held(o.from as f64), x.held(o.to as f64));
            let step = *row as f64 * ROW;
            let y = if *upper { down.y(o.km, Side::Upper) - step } else { down.y(o.km, Side::Lower) + step };
            let c = self.ink(o.train);
            let name = self.base.trains.get(o.train).map_or("", |t| t.label.as_str());
            let words = format!("{name} outside {}", span_words(o.to.saturating_sub(o.from)));
            canvas.open(&words);
            canvas.line((a, y), ((b - 4.0).max(a), y), &format!("stroke:{c};stroke-width:1.6;stroke-dasharray:2 2"));
            canvas.path(&flag((b, y)), &format!("fill:{c}"));
            canvas.close();
            places.take(a, y - 4.0, b, y + 4.0);
            if o.to.saturating_sub(o.from) >= TOLD {
                let w = width_of(&words, 11.0, false);
                let left = b + 4.0;
                if places.cost(left, y - 5.0, left + w, y + 5.0) < w {
                    canvas.text((left, y + 4.0), Words::new(&words).small().fill(c).halo());
                    places.take(left, y - 5.0, left + w, y + 5.0);
                }
            }
        }
    }
}

/// Tells restrictions where least lies over their words, again every thousand pixels.
fn tell_slow(canvas: &mut Canvas, slow: &[(Box2, String)], places: &mut Places) {
    for (area, words) in slow {
        let w = width_of(words, 11.0, true);
        let wide = area.x1 - area.x0;
        let count = (wide / 1000.0).ceil().clamp(1.0, 20.0);
        let y = f64::midpoint(area.y0, area.y1) + 4.0;
        for i in 0..count as usize {
            let part = wide / count;
            let first = area.x0 + part * i as f64 + 4.0;
            let spots = (0..24).map(|k| first + (part - w - 8.0).max(0.0) * f64::from(k) / 23.0);
            let cost = |at: &f64| places.cost(*at, y - 11.0, at + w, y + 3.0);
            if let Some(at) = spots.min_by(|a, b| cost(a).total_cmp(&cost(b))).filter(|_| w + 8.0 <= part) {
                canvas.text((at, y), Words::new(words).small().bold().second().halo());
                places.take(at, y - 11.0, at + w, y + 3.0);
            }
        }
    }
}
