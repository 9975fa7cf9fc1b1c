//! How the time-distance diagram is drawn: its trains, bars, marks and words.

use crate::place::Places;
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, Xy, px, through};
use crate::text::{fitted, width_of, wrap};
use crate::thin::thinned;
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
            let way = thinned(&down.way(&t.points, |ms| x.at(ms)), 0.15);
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
            let level: Vec<Xy> =
                way.windows(2).filter(|w| matches!(w, [a, b] if a.1 == b.1)).flatten().copied().collect();
            if matches!(t.kind, TrainKind::Passenger | TrainKind::Domestic) {
                let pairs: Vec<Xy> = level.chunks(2).flat_map(|c| c.iter().copied().chain([(f64::NAN, 0.0)])).collect();
                canvas.path(&through(&pairs), &format!("fill:none;stroke:{name};stroke-width:2.4"));
            }
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
        let mut rings = String::new();
        for (ms, km) in self.meets.iter().filter(|(ms, km)| inside(*ms) && km.is_finite()) {
            let at = (x.at(*ms as f64), down.y(*km, Side::Lower));
            rings.push_str(&ring(at, if small { 3.4 } else { 4.4 }));
            places.take(at.0 - 6.0, at.1 - 6.0, at.0 + 6.0, at.1 + 6.0);
        }
        canvas.path(&rings, "fill:none;stroke:var(--ink);stroke-width:1.3");
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
}

/// A ring as part of a path.
fn ring(at: Xy, r: f64) -> String {
    let (from, r, d) = (px(at.0 - r), px(r), px(r * 2.0));
    format!("M{from} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0", px(at.1))
}
