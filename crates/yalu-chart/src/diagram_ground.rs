//! The ground of the time-distance diagram: stations, lanes, tracks and the two rims of time.

use std::fmt::Write as _;

use crate::scale::Scale;
use crate::svg::{Canvas, Words, px};
use crate::text::{fitted, fixed, width_of, wrap};
use crate::time_distance::{TimeDistance, Zone};
use crate::unfold::{Side, Unfolded};

const TEN_MINUTES: i64 = 600_000;

impl TimeDistance {
    pub(crate) fn draw_ground(
        &self,
        canvas: &mut Canvas,
        x: &Scale,
        down: &Unfolded,
        (rim, bottom): (f64, f64),
        lane: f64,
    ) {
        let small = canvas.narrow();
        for level in down.levels.iter().filter(|l| l.open()) {
            canvas.rect(0.0, level.top, x.p1, level.bottom - level.top, "fill:var(--sunk)");
        }
        let mut hours = String::new();
        for t in &self.above.ticks {
            let p = x.at(t.ms as f64);
            if (x.p0 - 0.1..=x.p1 + 0.1).contains(&p) {
                let _ = write!(hours, "M{} {}V{}", px(p), px(rim), px(bottom));
            }
        }
        canvas.path(&hours, "fill:none;stroke:var(--rule);stroke-width:1");
        let mut plain = String::new();
        let mut dotted = String::new();
        for level in &down.levels {
            let Some(s) = self.stations.get(level.station) else {
                continue;
            };
            if level.open() {
                let mut lanes = String::new();
                for i in 1..s.lanes.len() {
                    let y = level.top + i as f64 * lane;
                    let _ = write!(lanes, "M{} {}H{}", px(x.p0), px(y), px(x.p1));
                }
                canvas.path(&lanes, "fill:none;stroke:var(--rule2);stroke-width:1");
                for y in [level.top, level.bottom] {
                    canvas.line((0.0, y), (x.p1, y), "stroke:var(--ink);stroke-width:1.4");
                }
            } else {
                let line = format!("M{} {}H{}", px(x.p0), px(level.top), px(x.p1));
                if s.minor {
                    dotted.push_str(&line);
                } else {
                    plain.push_str(&line);
                }
            }
        }
        canvas.path(&plain, "fill:none;stroke:var(--rule2);stroke-width:1");
        canvas.path(&dotted, "fill:none;stroke:var(--rule2);stroke-width:1;stroke-dasharray:2 3");
        if let Some(km) = self.border.filter(|k| k.is_finite()) {
            let y = down.y(km, Side::Lower);
            canvas.line((0.0, y), (x.p1, y), "stroke:var(--ink3);stroke-width:1;stroke-dasharray:8 3 2 3");
            canvas.text((x.p0 + 4.0, y - 4.0), Words::new("border").small().second().halo());
        }
        self.draw_unfolded_names(canvas, x, down, lane);
        self.draw_sections(canvas, x, down);
        if !small {
            self.draw_tracks(canvas, x, down);
        }
        self.draw_station_names(canvas, x, down);
    }

    fn draw_unfolded_names(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded, lane: f64) {
        let small = canvas.narrow();
        for level in down.levels.iter().filter(|l| l.open()) {
            let Some(s) = self.stations.get(level.station) else {
                continue;
            };
            let size = if small { 13.0 } else { 15.0 };
            let room = if small { x.p0 - 4.0 } else { 110.0 };
            let mut below = level.top + size + 1.0;
            // A long name takes a second line where lanes leave room for it.
            let lines = if s.lanes.len() > 2 { wrap(&s.name, size, true, room) } else { vec![s.name.clone()] };
            for (i, line) in lines.iter().enumerate() {
                below += if i > 0 { size + 2.0 } else { 0.0 };
                canvas.text((0.0, below), Words::new(&fitted(line, size, true, room)).size(size).bold());
            }
            if !s.local.is_empty() {
                below += 16.0;
                canvas.text((0.0, below), Words::new(&s.local).second());
            }
            for line in wrap(&s.note, 11.0, false, room) {
                below += 15.0;
                if below < level.bottom - 1.0 {
                    canvas.text((0.0, below), Words::new(&line).small().second());
                }
            }
            for (i, name) in s.lanes.iter().enumerate() {
                let row = level.top + i as f64 * lane;
                if small {
                    let cut = fitted(name, 11.0, false, x.p1 - x.p0 - 6.0);
                    canvas.text((x.p0 + 3.0, row + 11.0), Words::new(&cut).small().second());
                } else {
                    let left = lines.get(i).map_or(84.0, |l| width_of(l, size, true) + 8.0);
                    let cut = fitted(name, 11.0, false, x.p0 - 7.0 - left);
                    canvas.text((x.p0 - 7.0, row + lane / 2.0 + 4.0), Words::new(&cut).small().second().end());
                }
            }
        }
    }

    /// Names the sections between unfolded stations and says how far each is widened.
    fn draw_sections(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        for pair in down.levels.windows(2) {
            let [a, b] = pair else { continue };
            let Some(s) = self.stations.get(a.station).filter(|s| !s.section.is_empty()) else {
                continue;
            };
            let h = b.top - a.bottom;
            if h < 26.0 {
                continue;
            }
            let middle = f64::midpoint(a.bottom, b.top);
            let km = b.km - a.km;
            let tracks = match s.tracks {
                _ if canvas.narrow() => String::new(),
                0 => String::new(),
                1 => "one track, ".into(),
                n => format!("{n} tracks, "),
            };
            let mut note = format!("{tracks}{}\u{2009}km", fixed(km, 1));
            let times = h / (km * down.scale).max(1e-6);
            if times >= 1.5 {
                let _ = write!(note, "; drawn ×{}", fixed(times, 0));
            }
            let room = x.p0 - 8.0;
            let names = wrap(&s.section, 11.0, true, room);
            let lines = wrap(&note, 11.0, false, room);
            let mut y = middle + 4.0 - (names.len() + lines.len() - 1) as f64 * 7.0;
            for name in &names {
                canvas.text((0.0, y), Words::new(name).small().bold().halo());
                y += 14.0;
            }
            for line in &lines {
                canvas.text((0.0, y), Words::new(line).small().second().halo());
                y += 14.0;
            }
        }
    }

    fn draw_tracks(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        let at = x.p0 - 20.0;
        let mut d = String::new();
        let mut loops = Vec::new();
        for pair in down.levels.windows(2) {
            let [a, b] = pair else { continue };
            if a.open() && b.open() {
                continue;
            }
            let tracks = self.stations.get(a.station).map_or(0, |s| s.tracks);
            let sides: &[f64] = match tracks {
                0 => &[],
                1 => &[0.0],
                _ => &[-2.0, 2.0],
            };
            for side in sides {
                let _ = write!(d, "M{} {}V{}", px(at + side), px(a.bottom), px(b.top));
            }
            if !sides.is_empty() && !b.open() {
                loops.push(b);
            }
        }
        if d.is_empty() {
            return;
        }
        canvas.path(&d, "fill:none;stroke:var(--ink2);stroke-width:1.2");
        for level in loops {
            let minor = self.stations.get(level.station).is_some_and(|s| s.minor);
            if !minor {
                canvas.circle((at, level.top), 2.2, "fill:var(--paper);stroke:var(--ink2);stroke-width:1.2");
            }
        }
    }

    /// The plain stations that are named: height of the name and index, and the last station of the line.
    pub(crate) fn named_stations(&self, down: &Unfolded, small: bool) -> (Vec<(f64, usize)>, Option<usize>) {
        let plain: Vec<_> = down.levels.iter().filter(|l| !l.open()).collect();
        let gap = 13.0;
        let mut names: Vec<(f64, usize)> = Vec::new();
        let ends = (plain.first().map(|l| l.station), plain.last().map(|l| l.station));
        for level in &plain {
            let Some(s) = self.stations.get(level.station) else {
                continue;
            };
            let room = plain
                .iter()
                .filter(|o| o.station != level.station && self.stations.get(o.station).is_some_and(|s| !s.minor))
                .all(|o| (o.top - level.top).abs() >= gap);
            let last = ends.1 == Some(level.station);
            // A name keeps clear of the unfolded station above it.
            let above = down.levels.iter().rfind(|l| l.open() && l.bottom <= level.top + 0.5);
            let ceiling = above.map_or(f64::MIN, |l| l.bottom + 16.0);
            let crowded =
                names.last().is_some_and(|(y, _)| level.top.max(ceiling) - y < if small { 10.0 } else { 5.0 });
            if last || (!crowded && (!s.minor || room)) {
                let y = names.last().map_or(level.top, |(y, _)| level.top.max(y + gap)).max(ceiling);
                names.push((y, level.station));
            }
        }
        let mut floor = f64::MAX;
        for (y, station) in names.iter_mut().rev() {
            let own = down.level_of(*station).map_or(*y, |l| l.top);
            *y = y.min(floor - gap).min(own.max(*y - 4.0));
            floor = *y;
        }
        (names, ends.1)
    }

    fn draw_station_names(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        let small = canvas.narrow();
        let (names, end) = self.named_stations(down, small);
        let first = names.first().map(|n| n.1);
        for (y, station) in names {
            let Some(s) = self.stations.get(station) else {
                continue;
            };
            let last = end == Some(station);
            let room = if small { x.p0 - 6.0 } else { 126.0 };
            let name = fitted(&s.name, 11.0, last, room);
            let words = Words::new(&name).small();
            let words = if s.minor { words.second() } else { words };
            canvas.text((0.0, y + 4.0), if last { words.bold() } else { words });
            if !small {
                canvas.text(
                    (x.p0 - 50.0, y + 4.0),
                    Words::new(&format!("{}{}", if first == Some(station) { "km " } else { "" }, fixed(s.km, 1)))
                        .small()
                        .second()
                        .end(),
                );
            }
        }
    }

    /// Draws both rims; returns the height at which the diagram ends.
    pub(crate) fn draw_rims(&self, canvas: &mut Canvas, x: &Scale, top: f64, rim: f64, bottom: f64) -> f64 {
        let small = canvas.narrow();
        let mut d = String::new();
        if TEN_MINUTES as f64 * x.unit() >= 4.0 {
            let first = self.from.div_euclid(TEN_MINUTES) + i64::from(self.from.rem_euclid(TEN_MINUTES) > 0);
            for i in first..=self.to.div_euclid(TEN_MINUTES) {
                let p = x.at((i * TEN_MINUTES) as f64);
                let _ = write!(d, "M{} {}v-4M{} {}v4", px(p), px(rim), px(p), px(bottom));
            }
        }
        let size = if small { 11.0 } else { 13.0 };
        let mut one = |zone: &Zone, words_y: f64, name_y: f64, y: f64, dir: f64| {
            let mut last = f64::MIN;
            for t in &zone.ticks {
                let p = x.at(t.ms as f64);
                if p < x.p0 - 0.1 || p > x.p1 + 0.1 {
                    continue;
                }
                let _ = write!(d, "M{} {}v{}", px(p), px(y), px(8.0 * dir));
                let w = width_of(&t.text, size, true);
                if p - last >= w + 7.0 {
                    canvas.text((p, words_y), Words::new(&t.text).size(size).bold().middle());
                    last = p;
                }
            }
            canvas.text((x.p0, name_y), Words::new(&zone.name).small().second());
        };
        one(&self.above, rim - 14.0, top + 8.0, rim, -1.0);
        one(&self.below, bottom + 23.0, bottom + 40.0, bottom, 1.0);
        canvas.path(&d, "fill:none;stroke:var(--ink3);stroke-width:.8");
        canvas.line((x.p0, bottom), (x.p1, bottom), "stroke:var(--ink);stroke-width:1.4");
        let mut end = bottom + 46.0;
        let told = self.observed.iter().filter(|s| small && !s.text.is_empty());
        for seen in told {
            end += 6.0;
            canvas.circle((6.0, end + 9.0), 4.6, "fill:var(--paper);stroke:var(--ink);stroke-width:2");
            for line in wrap(&format!("{} {}", seen.text, seen.more), 12.0, false, canvas.width - 24.0) {
                end += 16.0;
                canvas.text((18.0, end - 2.0), Words::new(&line));
            }
        }
        end
    }
}
