//! How the time-distance diagram is drawn: its trains, bars, marks and words.

use crate::place::Places;
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, Xy, px, through};
use crate::text::{fitted, width_of, wrap};
use crate::time_distance::{TimeDistance, TrainKind};
use crate::unfold::{Side, Unfolded};

/// A drawn train: its way, its name and the style of the name.
pub(crate) type Drawn = (Vec<Xy>, String, &'static str);

impl TimeDistance {
    pub(crate) fn draw_closed(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded, places: &mut Places) {
        for c in &self.closed {
            if !c.from_km.is_finite() || !c.to_km.is_finite() || c.to <= c.from {
                continue;
            }
            let (a, b) = (x.held(c.from as f64), x.held(c.to as f64));
            let (low, high) = (c.from_km.min(c.to_km), c.from_km.max(c.to_km));
            let same = (high - low).abs() < 1e-9;
            let (mut y0, mut y1) = if same {
                (down.y(low, Side::Upper), down.y(low, Side::Lower))
            } else {
                (down.y(low, Side::Lower), down.y(high, Side::Upper))
            };
            if y1 - y0 < 8.0 {
                y0 -= 6.0;
                y1 += 6.0;
            }
            canvas.open(&format!("closed: {}", c.label));
            canvas.rect(a, y0, b - a, y1 - y0, "fill:var(--susp-wash)");
            canvas.fill(a, y0, b - a, y1 - y0, Ground::Shut);
            canvas.rect(a, y0, b - a, 2.5, "fill:var(--susp)");
            canvas.close();
            let mut lines = wrap(&c.label, 11.0, false, b - a - 8.0);
            let fits = lines.iter().all(|l| width_of(l, 11.0, false) <= b - a - 4.0);
            if !fits || lines.len() as f64 * 13.0 > y1 - y0 {
                lines = vec![fitted(&c.label, 11.0, false, b - a - 8.0).into_owned()];
            }
            let x = f64::midpoint(a, b);
            let mut y = f64::midpoint(y0, y1) + 5.0 - (lines.len() as f64 - 1.0) * 6.5;
            for line in &lines {
                canvas.text((x, y), Words::new(line).small().fill("var(--susp)").middle().halo());
                let half = width_of(line, 11.0, false) / 2.0;
                if half > 0.0 {
                    places.take(x - half, y - 11.0, x + half, y + 3.0);
                }
                y += 13.0;
            }
        }
    }

    pub(crate) fn draw_dwells(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded, lane: f64, places: &mut Places) {
        let small = canvas.narrow();
        for d in &self.dwells {
            let Some(level) = down.level_of(d.station).filter(|l| l.open()) else {
                continue;
            };
            let lanes = self.stations.get(d.station).map_or(0, |s| s.lanes.len());
            let (from, to) = (d.from as f64, d.to as f64);
            if d.lane >= lanes || to <= x.v0 || from >= x.v1 || to <= from {
                continue;
            }
            let (a, b) = (x.held(from), x.held(to));
            let pad = if small { 14.0 } else { 3.0 };
            let y = level.top + d.lane as f64 * lane + pad;
            let h = lane - pad - 3.0;
            let c = d.colour.css();
            let fill = if d.hollow { "fill:var(--paper)".to_string() } else { format!("fill:{c};fill-opacity:.17") };
            let dash = if d.assumed { ";stroke-dasharray:3 2" } else { "" };
            let hours = (to - from) / 3_600_000.0;
            canvas.open(&format!("{}, {}", d.label, crate::text::with_unit(hours, "h")));
            canvas.rect(a, y, b - a, h, &format!("{fill};stroke:{c};stroke-width:1.1{dash}"));
            canvas.close();
            places.take(a, y, b, y + h);
            let next = self
                .dwells
                .iter()
                .filter(|o| o.station == d.station && o.lane == d.lane && o.from >= d.to)
                .map(|o| x.held(o.from as f64))
                .fold(x.p1, f64::min);
            let w = width_of(&d.label, 11.0, false);
            let base = y + h / 2.0 + 4.0;
            if w + 8.0 <= b - a {
                canvas.text((a + 5.0, base), Words::new(&d.label).small());
            } else if w + 8.0 <= next - b {
                canvas.text((b + 5.0, base), Words::new(&d.label).small());
                places.take(b + 5.0, y, b + 5.0 + w, y + h);
            } else {
                let cut = fitted(&d.label, 11.0, false, (b - a).max(next - b) - 9.0);
                let at = if b - a >= next - b { a + 5.0 } else { b + 5.0 };
                canvas.text((at, base), Words::new(&cut).small());
            }
        }
    }

    pub(crate) fn draw_trains(
        &self,
        canvas: &mut Canvas,
        x: &Scale,
        down: &Unfolded,
        places: &mut Places,
    ) -> Vec<Drawn> {
        let mut out = Vec::new();
        let mut order: Vec<_> = self.trains.iter().collect();
        order.sort_by_key(|t| match t.kind {
            TrainKind::Domestic => 0,
            TrainKind::Passenger => 1,
            TrainKind::Empty => 2,
            TrainKind::Loaded => 3,
        });
        let thin = if canvas.narrow() { 0.8 } else { 1.0 };
        for t in order {
            let way = down.way(&t.points, |ms| x.at(ms));
            let d = through(&way);
            let c = t.colour.css();
            let base = "fill:none;stroke-linejoin:round";
            canvas.open(&format!("{}, {}", t.label, t.kind.word()));
            let name = match t.kind {
                TrainKind::Loaded => {
                    canvas.path(&d, &format!("{base};stroke:{c};stroke-width:{}", px(3.0 * thin)));
                    c
                }
                TrainKind::Empty => {
                    canvas.path(&d, &format!("{base};stroke:{c};stroke-width:{}", px(4.2 * thin)));
                    canvas.path(&d, &format!("{base};stroke:var(--paper);stroke-width:{}", px(1.8 * thin)));
                    c
                }
                TrainKind::Passenger => {
                    canvas.path(&d, &format!("{base};stroke:var(--ink);stroke-width:1.3"));
                    "var(--ink)"
                }
                TrainKind::Domestic => {
                    canvas.path(&d, &format!("{base};stroke:var(--ink2);stroke-width:1.3;stroke-dasharray:5 3"));
                    "var(--ink2)"
                }
            };
            canvas.close();
            for pair in way.windows(2) {
                if let [a, b] = pair
                    && a.0.is_finite()
                    && b.0.is_finite()
                {
                    places.take_line(*a, *b, 2.0);
                }
            }
            out.push((way, t.label.clone(), name));
        }
        out
    }

    pub(crate) fn draw_marks(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded, places: &mut Places) {
        let inside = |ms: i64| (self.from..=self.to).contains(&ms);
        let small = canvas.narrow();
        for (ms, km) in self.meets.iter().filter(|(ms, km)| inside(*ms) && km.is_finite()) {
            let at = (x.at(*ms as f64), down.y(*km, Side::Lower));
            canvas.circle(at, if small { 3.4 } else { 4.4 }, "fill:none;stroke:var(--ink);stroke-width:1.3");
            places.take(at.0 - 6.0, at.1 - 6.0, at.0 + 6.0, at.1 + 6.0);
        }
        for s in self.observed.iter().filter(|s| inside(s.ms) && s.km.is_finite()) {
            let at = (x.at(s.ms as f64), down.y(s.km, Side::Lower));
            canvas.open(&format!("observed: {} {}", s.text, s.more));
            canvas.circle(at, 5.2, "fill:var(--paper);stroke:var(--ink);stroke-width:2");
            canvas.close();
            places.take(at.0 - 7.0, at.1 - 7.0, at.0 + 7.0, at.1 + 7.0);
        }
        let size = 11.0;
        for s in self.observed.iter().filter(|s| !small && inside(s.ms) && s.km.is_finite() && !s.text.is_empty()) {
            let at = (x.at(s.ms as f64), down.y(s.km, Side::Lower));
            let room = (x.p1 - at.0 - 14.0).max(at.0 - x.p0 - 14.0);
            let (text, more) = (fitted(&s.text, size, true, room), fitted(&s.more, size, false, room));
            let w = width_of(&text, size, true).max(width_of(&more, size, false));
            let h = if more.is_empty() { 14.0 } else { 28.0 };
            let place = places.around((at.0, at.1 + 6.0), w, h);
            canvas.text((place.x, place.y + 11.0), Words::new(&text).small().bold().held(place.hold).halo());
            canvas.text((place.x, place.y + 25.0), Words::new(&more).small().second().held(place.hold).halo());
        }
        for wait in self.waits.iter().filter(|w| inside(w.ms) && w.km.is_finite()) {
            let at = (x.at(wait.ms as f64), down.y(wait.km, Side::Lower));
            let place = places.around(at, width_of(&wait.text, 11.0, false), 14.0);
            canvas.text(
                (place.x, place.y + 11.0),
                Words::new(&wait.text).small().fill(wait.colour.css()).held(place.hold).halo(),
            );
        }
    }

    /// The key of the forms that occur; returns where the rim may begin.
    pub(crate) fn key(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let mut at = 0.0;
        let mut y = top + 10.0;
        let kinds = [TrainKind::Loaded, TrainKind::Empty, TrainKind::Passenger, TrainKind::Domestic];
        let mut items: Vec<(usize, &str)> = Vec::new();
        for (i, kind) in kinds.iter().enumerate() {
            if self.trains.iter().any(|t| t.kind == *kind) {
                items.push((i, kind.word()));
            }
        }
        let more = [
            (4, !self.meets.is_empty(), "meet at a loop"),
            (5, !self.closed.is_empty(), "closed"),
            (6, self.dwells.iter().any(|d| d.assumed), "dwell, assumed"),
            (7, !self.observed.is_empty(), "observed time"),
        ];
        items.extend(more.iter().filter(|m| m.1).map(|m| (m.0, m.2)));
        let c = self.trains.iter().find(|t| t.kind == TrainKind::Loaded).map_or("var(--rail)", |t| t.colour.css());
        for (form, words) in items {
            let mark = if form == 4 || form == 7 { 14.0 } else { 32.0 };
            let step = mark + 6.0 + width_of(words, 12.0, false) + 18.0;
            if at > 0.0 && at + step - 18.0 > canvas.width {
                at = 0.0;
                y += 19.0;
            }
            let (a, b) = ((at, y - 4.0), (at + mark, y - 4.0));
            match form {
                0 => canvas.line(a, b, &format!("stroke:{c};stroke-width:3")),
                1 => {
                    canvas.line(a, b, &format!("stroke:{c};stroke-width:4.2"));
                    canvas.line(a, b, "stroke:var(--paper);stroke-width:1.8");
                }
                2 => canvas.line(a, b, "stroke:var(--ink);stroke-width:1.3"),
                3 => canvas.line(a, b, "stroke:var(--ink2);stroke-width:1.3;stroke-dasharray:5 3"),
                4 => canvas.circle((at + 7.0, y - 4.0), 4.4, "fill:none;stroke:var(--ink);stroke-width:1.3"),
                5 => {
                    canvas.rect(at, y - 11.0, mark, 13.0, "fill:var(--susp-wash)");
                    canvas.fill(at, y - 11.0, mark, 13.0, Ground::Shut);
                    canvas.rect(at, y - 11.0, mark, 2.5, "fill:var(--susp)");
                }
                6 => canvas.rect(
                    at,
                    y - 11.0,
                    mark,
                    13.0,
                    &format!("fill:{c};fill-opacity:.17;stroke:{c};stroke-dasharray:3 2"),
                ),
                _ => canvas.circle((at + 7.0, y - 4.0), 5.2, "fill:var(--paper);stroke:var(--ink);stroke-width:2"),
            }
            canvas.text((at + mark + 6.0, y), Words::new(words).second());
            at += step;
        }
        if !self.stamp.is_empty() {
            let w = width_of(&self.stamp, 12.0, true) + 20.0;
            if at + w > canvas.width {
                y += 26.0;
            }
            let left = (canvas.width - w).max(0.0);
            canvas.rect(
                left + 0.5,
                y - 13.0,
                w - 1.0,
                18.0,
                "fill:none;stroke:var(--ink2);stroke-width:1.2;stroke-dasharray:4 3",
            );
            canvas.text((left + w / 2.0, y), Words::new(&self.stamp).bold().middle());
        }
        y + 18.0
    }
}

/// Sets each train's name along its line, on the stretch where it covers least.
pub(crate) fn draw_train_names(canvas: &mut Canvas, ways: &[Drawn], places: &mut Places) {
    for (way, name, fill) in ways {
        let w = width_of(name, 11.0, true);
        if name.is_empty() {
            continue;
        }
        let mut best: Option<(f64, Xy, f64)> = None;
        for pair in way.windows(2) {
            let [a, b] = pair else { continue };
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            if !length.is_finite() || length < 14.0 {
                continue;
            }
            let mut angle = (b.1 - a.1).atan2(b.0 - a.0);
            if angle.abs() > std::f64::consts::FRAC_PI_2 {
                angle += std::f64::consts::PI;
            }
            for t in [0.5, 0.25, 0.75] {
                let on = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                let base = (on.0 + angle.sin() * 6.0, on.1 - angle.cos() * 6.0);
                let mut cost = (w - length).max(0.0) * 2.0;
                let steps = (w / 8.0).ceil().clamp(2.0, 40.0) as usize;
                for i in 0..=steps {
                    let s = (i as f64 / steps as f64 - 0.5) * w;
                    let p =
                        (base.0 + angle.cos() * s + angle.sin() * 5.0, base.1 + angle.sin() * s - angle.cos() * 5.0);
                    cost += places.cost(p.0 - 4.5, p.1 - 4.5, p.0 + 4.5, p.1 + 4.5);
                }
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, base, angle));
                }
            }
        }
        if let Some((_, at, angle)) = best {
            canvas.text(at, Words::new(name).small().bold().fill(fill).middle().halo().turned(angle.to_degrees()));
            let half = w / 2.0;
            places.take_line(
                (at.0 - angle.cos() * half, at.1 - angle.sin() * half),
                (at.0 + angle.cos() * half, at.1 + angle.sin() * half),
                7.0,
            );
        }
    }
}
