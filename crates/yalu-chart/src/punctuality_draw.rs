//! How punctuality is drawn: lateness above, where it arose below, points in even steps.

use std::fmt::Write as _;

use crate::parts::{foot, head, sane, titled};
use crate::place::Places;
use crate::punctuality::{DelayCause, NAME, PunctualityChart, PunctualityPoint};
use crate::scale::{Scale, round_ticks, value_axis};
use crate::svg::{Canvas, Words, Xy, around, px, through};
use crate::text::{fitted, fixed, number, rounded, width_of};

/// Longest name under the axis, px.
const LONGEST: f64 = 104.0;

impl PunctualityChart {
    pub(crate) fn draw(&self, width: f64) -> String {
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.points));
        let small = canvas.narrow();
        let mut top = head(&mut canvas, &self.caption);
        if !self.of.is_empty() {
            top += 10.0;
            canvas.text((0.0, top), Words::new(&self.of).bold());
            top += 16.0;
        }
        let top = top + 16.0;
        let (left, right) = if small { (44.0, canvas.width - 12.0) } else { (60.0, canvas.width - 60.0) };
        let count = self.points.len();
        let x = Scale::new(-0.5, count as f64 - 0.5, left, right);
        let (late_h, arose_h) = if small { (170.0, 120.0) } else { (230.0, 170.0) };
        let late_end = top + late_h;
        self.draw_lateness(&mut canvas, &x, top, late_end);
        let arose_top = self.draw_key(&mut canvas, late_end + 30.0) + 14.0;
        let arose_end = arose_top + arose_h;
        self.draw_arose(&mut canvas, &x, arose_top, arose_end);
        let end = self.draw_points(&mut canvas, &x, arose_end);
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &crate::Chart::summary(self))
    }

    fn draw_lateness(&self, canvas: &mut Canvas, x: &Scale, top: f64, bottom: f64) {
        let values = self.points.iter().filter(|p| p.known()).flat_map(|p| [p.p50_min, p.p90_min, p.p99_min]);
        let (low, high) = values.fold((0.0_f64, 1.0_f64), |(a, b), v| (a.min(v), b.max(v)));
        let (mut ticks, decimals) = round_ticks(high, if canvas.narrow() { 4 } else { 5 });
        let step = ticks.get(1).copied().unwrap_or(1.0);
        let below = ((-low / step).ceil()).clamp(0.0, 8.0);
        ticks.extend((1..=below as usize).map(|i| -(i as f64) * step));
        let y = Scale::new(-below * step, ticks.iter().copied().fold(1e-9, f64::max), bottom, top);
        canvas.text((0.0, top - 12.0), Words::new("late, min").small().second());
        value_axis(canvas, &ticks, decimals, &y, x.p0, x.p1);
        canvas.line((x.p0, y.at(0.0)), (x.p1, y.at(0.0)), "stroke:var(--ink3);stroke-width:1");
        let known = |p: &&PunctualityPoint| p.known();
        let line = |get: fn(&PunctualityPoint) -> f64| -> Vec<Xy> {
            let at = |(i, p): (usize, &PunctualityPoint)| {
                (x.at(i as f64), if p.known() { y.held(get(p)) } else { f64::NAN })
            };
            self.points.iter().enumerate().map(at).collect()
        };
        let lines = [line(|p| p.p50_min), line(|p| p.p90_min), line(|p| p.p99_min)];
        let sure = |way: &[Xy]| way.iter().copied().filter(|p| p.1.is_finite()).collect::<Vec<_>>();
        for (upper, opacity) in [(&lines[2], ".12"), (&lines[1], ".2")] {
            let mut ring = sure(upper);
            ring.extend(sure(&lines[0]).into_iter().rev());
            canvas.path(&around(&ring), &format!("fill:var(--rail);fill-opacity:{opacity}"));
        }
        let mut places = Places::new(x.p0, top, canvas.width, bottom);
        let last = self.points.iter().rfind(known);
        let styles = ["stroke-width:2.4", "stroke-width:1.6", "stroke-width:1.2;stroke-dasharray:5 3"];
        for (way, style) in lines.iter().zip(styles) {
            canvas.path(&through(way), &format!("fill:none;stroke:var(--rail);{style}"));
            // Dots are round ends of strokes without length: one path for all.
            let mut dots = String::new();
            for p in sure(way) {
                let _ = write!(dots, "M{} {}h0", px(p.0), px(p.1));
            }
            let wide = if self.points.len() > 40 { 3.2 } else { 4.4 };
            canvas.path(&dots, &format!("stroke:var(--rail);stroke-linecap:round;stroke-width:{wide}"));
            for w in way.windows(2) {
                if let [a, b] = w {
                    places.take_line(*a, *b, 2.0);
                }
            }
        }
        let Some(last) = last else { return };
        let mut free = f64::MAX;
        for ((way, name), value) in
            lines.iter().zip(["P50", "P90", "P99"]).zip([last.p50_min, last.p90_min, last.p99_min])
        {
            let Some(end) = sure(way).last().copied() else { continue };
            let words = format!("{name} {}", number(rounded(value)));
            if canvas.narrow() {
                let place = places.around(end, width_of(&words, 11.0, true), 13.0);
                let set = Words::new(&words).small().bold().fill("var(--rail)").held(place.hold).halo();
                canvas.text((place.x, place.y + 10.5), set);
            } else {
                let at = (end.1 + 4.0).min(free - 14.0);
                free = at;
                canvas.text((end.0 + 8.0, at), Words::new(&words).small().bold().fill("var(--rail)").halo());
            }
        }
    }

    /// The key of the causes that occur, largest first, with their minutes a train.
    fn draw_key(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let (mut at, mut y) = (0.0, top);
        canvas.text((0.0, y), Words::new("where delay arose, mean min a train; over the whole path:").small().second());
        y += 19.0;
        for (cause, minutes) in self.causes() {
            let words = format!("{} {}", cause.word(), number(minutes));
            let w = 22.0 + width_of(&words, 12.0, false);
            if at > 0.0 && at + w > canvas.width {
                (at, y) = (0.0, y + 19.0);
            }
            cause.fill(canvas, at, y - 10.0, 15.0, 11.0);
            canvas.text((at + 21.0, y), Words::new(&words).second());
            at += w + 16.0;
        }
        y + 8.0
    }

    fn draw_arose(&self, canvas: &mut Canvas, x: &Scale, top: f64, bottom: f64) {
        let most = self.points.iter().map(PunctualityPoint::total).fold(0.0, f64::max);
        let (ticks, decimals) = round_ticks(most.max(1e-3), if canvas.narrow() { 3 } else { 4 });
        let y = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), bottom, top);
        value_axis(canvas, &ticks, decimals, &y, x.p0, x.p1);
        canvas.line((x.p0, bottom), (x.p1, bottom), "stroke:var(--ink3);stroke-width:1");
        let w = (x.unit() * 0.7).clamp(1.0, 34.0);
        let wide = |p: &PunctualityPoint| width_of(&number(rounded(p.total())), 11.0, false) + 4.0;
        let fits = self.points.iter().all(|p| wide(p) <= x.unit());
        for (i, p) in self.points.iter().enumerate() {
            if p.total() <= 0.0 {
                continue;
            }
            let from = x.at(i as f64) - w / 2.0;
            let told: Vec<String> = DelayCause::ALL
                .iter()
                .filter(|c| p.of(**c) > 0.0)
                .map(|c| format!("{} {}", c.word(), number(p.of(*c))))
                .collect();
            canvas.open(&format!("{}: {} min a train ({})", p.name, number(p.total()), told.join(", ")));
            let mut sum = 0.0;
            for cause in DelayCause::ALL {
                let minutes = p.of(cause);
                let (a, b) = (y.held(sum + minutes), y.held(sum));
                cause.fill(canvas, from, a, w, b - a);
                if b - a > 0.6 {
                    canvas.line((from, a), (from + w, a), "stroke:var(--paper);stroke-width:.8");
                }
                sum += minutes;
            }
            canvas.close();
            if fits {
                let words = number(rounded(p.total()));
                canvas.text((x.at(i as f64), y.held(sum) - 4.0), Words::new(&words).small().middle().halo());
            }
        }
    }

    /// Names of the points under the axis, level where they fit, else turned and thinned.
    fn draw_points(&self, canvas: &mut Canvas, x: &Scale, top: f64) -> f64 {
        let step = x.unit();
        let longest = self.points.iter().map(|p| width_of(&p.name, 11.0, false)).fold(0.0, f64::max).min(LONGEST);
        let km = |p: &PunctualityPoint| if p.km.is_finite() { fixed(p.km, 0) } else { String::new() };
        if longest + 8.0 <= step {
            for (i, p) in self.points.iter().enumerate() {
                let name = fitted(&p.name, 11.0, false, step - 6.0);
                canvas.text((x.at(i as f64), top + 16.0), Words::new(&name).small().middle());
                canvas.text((x.at(i as f64), top + 31.0), Words::new(&km(p)).small().second().middle());
            }
            canvas.text((x.p0 - 8.0, top + 31.0), Words::new("km").small().second().end());
            return top + 38.0;
        }
        let every = (15.5 / step).ceil().max(1.0) as usize;
        let turn = 52.0_f64.to_radians();
        let end = self.points.len().saturating_sub(1);
        for (i, p) in self.points.iter().enumerate() {
            let at = x.at(i as f64);
            // The last point is always named; what stands too near before it is not.
            if i != end && (i % every != 0 || i + every > end) {
                continue;
            }
            canvas.line((at, top), (at, top + 5.0), "stroke:var(--ink3);stroke-width:1");
            let name = fitted(&p.name, 11.0, false, LONGEST.min((at - 4.0) / turn.cos()).max(30.0));
            canvas.text((at + 4.0, top + 14.0), Words::new(&name).small().end().turned(-52.0));
        }
        let from = self.points.first().map(km).unwrap_or_default();
        let to = self.points.last().map(km).unwrap_or_default();
        let below = top + longest * turn.sin() + 30.0;
        let words = format!("km {from} – {to}, points in even steps");
        canvas.text((x.p1, below), Words::new(&words).small().second().end());
        below + 6.0
    }
}
