//! How a train's run is drawn: the speed above, gradient and height between, time below, on one distance.

use crate::Chart;
use crate::parts::{foot, head, sane, titled};
use crate::place::Places;
use crate::rail::{Rail, draw_names};
use crate::scale::{Scale, round_ticks, value_axis};
use crate::svg::{Canvas, Words, Xy, around, through};
use crate::text::{fixed, number, width_of};
use crate::thin::thinned;
use crate::train_run::{Binds, NAME, RunPoint, TrainRunChart, shares};

/// Points nearer to the line without them than this are not drawn, px.
pub(crate) const THIN: f64 = 0.2;

impl Binds {
    fn style(self) -> &'static str {
        match self {
            Self::Traction => "stroke:var(--road);stroke-width:2.6",
            Self::Power => "stroke:var(--rail);stroke-width:2.6",
            Self::Adhesion => "stroke:var(--sea);stroke-width:3.4;stroke-dasharray:.1 5;stroke-linecap:round",
            Self::Limit => "stroke:var(--ink);stroke-width:2",
            Self::Braking => "stroke:var(--plum);stroke-width:2.6;stroke-dasharray:6 3",
        }
    }

    fn colour(self) -> &'static str {
        match self {
            Self::Traction => "var(--road)",
            Self::Power => "var(--rail)",
            Self::Adhesion => "var(--sea)",
            Self::Limit => "var(--ink)",
            Self::Braking => "var(--plum)",
        }
    }
}

impl TrainRunChart {
    pub(crate) fn draw(&self, width: f64, points: &[RunPoint]) -> String {
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}{}", self.caption, self.train, points.len()));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let top = self.draw_facts(&mut canvas, points, top);
        let top = draw_key(&mut canvas, points, top);
        let (from, to) = (points.first().map_or(0.0, |p| p.at_m), points.last().map_or(1.0, |p| p.at_m));
        let left = if small { 44.0 } else { 60.0 };
        let names: Vec<Rail> = self
            .stations
            .iter()
            .filter(|s| s.at_m >= from - 1.0 && s.at_m <= to + 1.0)
            .map(|s| Rail { value: s.at_m, name: &s.name, strong: s.technical.stops() })
            .collect();
        let right = canvas.width - if small { 30.0 } else { 56.0 };
        let x = Scale::new(from, to, left, right);
        let top = draw_names(&mut canvas, &x, &names, top);
        let (speed_h, time_h) = if small { (200.0, 160.0) } else { (300.0, 210.0) };
        let speed_end = top + speed_h;
        let after = if self.has_gradients(points) { speed_end + if small { 78.0 } else { 86.0 } } else { speed_end };
        let heights: Vec<(f64, f64)> =
            self.heights.iter().filter(|h| h.0.is_finite() && h.1.is_finite()).copied().collect();
        let after = if heights.len() > 1 { after + 58.0 } else { after };
        let (time_top, time_end) = (after + 26.0, after + 26.0 + time_h);
        draw_verticals(&mut canvas, &x, &names, top, time_end);
        self.draw_speed(&mut canvas, &x, points, top, speed_end);
        if self.has_gradients(points) {
            self.draw_gradient(&mut canvas, &x, points, speed_end + 26.0, if small { 52.0 } else { 60.0 });
        }
        if heights.len() > 1 {
            draw_heights(&mut canvas, &x, heights, after - 34.0);
        }
        self.draw_time(&mut canvas, &x, points, time_top, time_end);
        let (ticks, decimals) = round_ticks((to - from) / 1000.0, if small { 4 } else { 10 });
        canvas.line((left, time_end), (right, time_end), "stroke:var(--ink3);stroke-width:1");
        let step = ticks.get(1).copied().unwrap_or(1.0);
        // Round kilometres of the path, wherever on it the run begins.
        let (first, last) = ((from / 1000.0 / step - 1e-6).ceil(), (to / 1000.0 / step + 1e-6).floor());
        for i in 0..=(last - first).clamp(-1.0, 40.0) as i64 {
            let tick = (first + i as f64) * step;
            let p = x.at(tick * 1000.0);
            canvas.line((p, time_end), (p, time_end + 4.0), "stroke:var(--ink3);stroke-width:1");
            let last = first + i as f64 >= last;
            let words = if last { format!("{}\u{2009}km", fixed(tick, decimals)) } else { fixed(tick, decimals) };
            canvas.text((p, time_end + 18.0), Words::new(&words).second().middle());
        }
        let end = foot(&mut canvas, &self.caption, time_end + 26.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn has_gradients(&self, points: &[RunPoint]) -> bool {
        !self.gradients.is_empty() || points.iter().any(|p| p.gradient_permille.is_finite())
    }

    /// The title block: what train, how long, how heavy, what it spent.
    fn draw_facts(&self, canvas: &mut Canvas, points: &[RunPoint], top: f64) -> f64 {
        let mut y = top;
        for line in crate::text::wrap(&self.train, 13.0, true, canvas.width) {
            y += 16.0;
            canvas.text((0.0, y), Words::new(&line).size(13.0).bold());
        }
        y += 18.0;
        let mut at = 0.0;
        for (name, value) in self.facts(points) {
            let w = width_of(name, 11.0, false).max(width_of(&value, 13.0, true)) + 20.0;
            if at > 0.0 && at + w - 20.0 > canvas.width {
                at = 0.0;
                y += 38.0;
            }
            canvas.text((at, y), Words::new(name).small().second());
            canvas.text((at, y + 16.0), Words::new(&value).size(13.0).bold());
            at += w;
        }
        y + 40.0
    }

    fn draw_speed(&self, canvas: &mut Canvas, x: &Scale, points: &[RunPoint], top: f64, bottom: f64) {
        let small = canvas.narrow();
        let most = points.iter().flat_map(|p| [p.speed_mps, p.limit_mps]).filter(|v| v.is_finite()).fold(1.0, f64::max);
        let (ticks, decimals) = round_ticks(most.min(200.0) * 3.6, if small { 4 } else { 6 });
        let y = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), bottom, top + 6.0);
        value_axis(canvas, &ticks, decimals, &y, x.p0, x.p1);
        canvas.line((x.p0, bottom), (x.p1, bottom), "stroke:var(--ink3);stroke-width:1");
        canvas.text((0.0, top - 4.0), Words::new("km/h").small().second().halo());
        let speed = |v: f64| if v.is_finite() { y.held(v * 3.6) } else { f64::NAN };
        let mut places = Places::new(x.p0, top, x.p1, bottom);
        let limit = stepped(points.iter().map(|p| (x.at(p.at_m), speed(p.limit_mps))));
        let envelope: Vec<Xy> = points.iter().map(|p| (x.at(p.at_m), speed(p.braking_mps))).collect();
        let envelope = thinned(&envelope, THIN);
        canvas.open("braking envelope");
        canvas.path(&through(&envelope), "fill:none;stroke:var(--plum);stroke-width:.9;stroke-opacity:.75");
        canvas.close();
        canvas.open("static limit");
        canvas.path(&through(&limit), "fill:none;stroke:var(--ink2);stroke-width:1.3");
        canvas.close();
        take(&mut places, &limit, 2.0);
        take(&mut places, &envelope, 1.5);
        let mut longest: Vec<(Binds, f64, Xy)> = Vec::new();
        for mark in Binds::ALL {
            let mut d = String::new();
            for run in runs(points, mark) {
                let way: Vec<Xy> = run.iter().map(|p| (x.at(p.at_m), speed(p.speed_mps))).collect();
                let way = thinned(&way, THIN);
                take(&mut places, &way, 2.5);
                d.push_str(&through(&way));
                let (Some(a), Some(b)) = (way.first(), way.last()) else { continue };
                let length = b.0 - a.0;
                let middle = run.get(run.len() / 2).map_or(*a, |p| (x.at(p.at_m), speed(p.speed_mps)));
                if longest.last().is_none_or(|l| l.0 != mark) {
                    longest.push((mark, length, middle));
                } else if let Some(l) = longest.last_mut().filter(|l| l.1 < length) {
                    *l = (mark, length, middle);
                }
            }
            canvas.open(mark.word());
            canvas.path(&d, &format!("fill:none;stroke-linejoin:round;{}", mark.style()));
            canvas.close();
        }
        for s in self.stations.iter().filter(|s| s.technical.stops() && s.at_m >= x.v0 - 1.0 && s.at_m <= x.v1 + 1.0) {
            canvas.open(&format!("{}: stops", s.name));
            canvas.circle((x.held(s.at_m), bottom), 3.6, "fill:var(--paper);stroke:var(--ink);stroke-width:1.5");
            canvas.close();
        }
        let mut name = |words: &str, at: Xy, fill: &str, bold: bool| {
            let place = places.around(at, width_of(words, 11.0, bold), 13.0);
            if place.far && !bold {
                return;
            }
            if place.far {
                let y = if place.y > at.1 { place.y } else { place.y + 14.0 };
                canvas.line(at, (place.x, y), "stroke:var(--ink3);stroke-width:.8");
            }
            let set = Words::new(words).small().fill(fill).held(place.hold).halo();
            canvas.text((place.x, place.y + 10.5), if bold { set.bold() } else { set });
        };
        for (mark, _, at) in longest.iter().filter(|l| l.2.1.is_finite()) {
            name(mark.word(), *at, mark.colour(), true);
        }
        let flat = limit.windows(2).filter_map(|w| match w {
            [a, b] if a.1 == b.1 && a.1.is_finite() => Some((*a, b.0 - a.0)),
            _ => None,
        });
        if let Some((a, w)) = flat.max_by(|a, b| a.1.total_cmp(&b.1)) {
            name("static limit", (a.0 + w * 0.7, a.1), "var(--ink2)", false);
        }
        let under = |p: &&RunPoint| p.braking_mps.is_finite() && p.braking_mps > p.speed_mps + 1.0;
        let spare = points.iter().filter(under).max_by(|a, b| {
            let gap = |p: &RunPoint| p.limit_mps - p.braking_mps;
            gap(a).total_cmp(&gap(b))
        });
        if let Some(p) = spare.filter(|p| p.limit_mps > p.braking_mps) {
            name("braking envelope", (x.at(p.at_m), speed(p.braking_mps)), "var(--plum)", false);
        }
    }

    fn draw_gradient(&self, canvas: &mut Canvas, x: &Scale, points: &[RunPoint], top: f64, h: f64) {
        let sound = |g: f64| g.is_finite() && g.abs() < 500.0;
        let steps: Vec<_> = self.gradients.iter().filter(|g| sound(g.permille) && g.to_m > g.from_m).collect();
        let mean: Vec<f64> = points.iter().map(|p| p.gradient_permille).filter(|g| sound(*g)).collect();
        let most = steps.iter().map(|g| g.permille).chain(mean.iter().copied()).fold(1.0_f64, |m, g| m.max(g.abs()));
        let y = Scale::new(-most, most, top + h, top);
        let zero = y.at(0.0);
        let words = match (steps.is_empty(), mean.is_empty()) {
            (false, false) if canvas.narrow() => "gradient, ‰, averaged and by step",
            (false, false) => "gradient, ‰: line averaged over the train, steps of the line behind",
            (false, true) => "gradient, ‰",
            _ => "gradient averaged over the train, ‰",
        };
        canvas.text((x.p0, top - 6.0), Words::new(words).small().second().halo());
        let mut d = Vec::new();
        for g in &steps {
            let (a, b) = (x.held(g.from_m), x.held(g.to_m));
            if b > a {
                d.extend([(a, zero), (a, y.at(g.permille)), (b, y.at(g.permille)), (b, zero), (f64::NAN, f64::NAN)]);
            }
        }
        canvas.path(&through(&d), "fill:var(--ink3);fill-opacity:.16;stroke:var(--ink3);stroke-width:.7");
        canvas.line((x.p0, zero), (x.p1, zero), "stroke:var(--ink3);stroke-width:1");
        let at = |p: &RunPoint| {
            (x.at(p.at_m), if sound(p.gradient_permille) { y.at(p.gradient_permille) } else { f64::NAN })
        };
        let line: Vec<Xy> = points.iter().map(at).collect();
        canvas.open("gradient averaged over the train");
        canvas.path(&through(&thinned(&line, THIN)), "fill:none;stroke:var(--ink);stroke-width:1.5");
        canvas.close();
        for (v, shift) in [(most, 8.0), (0.0, 4.0), (-most, 1.0)] {
            let sign = if v > 0.0 { "+" } else { "" };
            let words = format!("{sign}{}", number(v));
            canvas.text((x.p0 - 8.0, y.at(v) + shift), Words::new(&words).small().second().end());
        }
    }
}

/// The key of what binds, with its share of the running time.
fn draw_key(canvas: &mut Canvas, points: &[RunPoint], top: f64) -> f64 {
    let (mut at, mut y) = (0.0, top + 4.0);
    canvas.text((at, y), Words::new("what binds, share of time").small().second());
    at += width_of("what binds, share of time", 11.0, false) + 14.0;
    for (mark, share) in shares(points) {
        let words = format!("{} {}\u{2009}%", mark.word(), fixed(share * 100.0, 0));
        let w = 34.0 + width_of(&words, 12.0, false);
        if at + w > canvas.width {
            (at, y) = (0.0, y + 19.0);
        }
        canvas.line((at, y - 4.0), (at + 28.0, y - 4.0), &format!("fill:none;{}", mark.style()));
        canvas.text((at + 34.0, y), Words::new(&words).second());
        at += w + 16.0;
    }
    for (words, style) in [
        ("static limit", "stroke:var(--ink2);stroke-width:1.3"),
        ("braking envelope", "stroke:var(--plum);stroke-width:.9;stroke-opacity:.75"),
    ] {
        let w = 34.0 + width_of(words, 12.0, false);
        if at + w > canvas.width {
            (at, y) = (0.0, y + 19.0);
        }
        canvas.line((at, y - 4.0), (at + 28.0, y - 4.0), style);
        canvas.text((at + 34.0, y), Words::new(words).second());
        at += w + 16.0;
    }
    y + 14.0
}

/// The height of the line as a thin filled profile with its ends in words.
fn draw_heights(canvas: &mut Canvas, x: &Scale, mut heights: Vec<(f64, f64)>, top: f64) {
    const H: f64 = 34.0;
    heights.sort_by(|a, b| a.0.total_cmp(&b.0));
    let low = heights.iter().map(|h| h.1).fold(f64::MAX, f64::min);
    let high = heights.iter().map(|h| h.1).fold(f64::MIN, f64::max);
    let y = Scale::new(low - 1.0 - (high - low) * 0.08, high.max(low + 1.0), top + H, top + 4.0);
    let way: Vec<Xy> = heights.iter().map(|h| (x.held(h.0), y.held(h.1))).collect();
    let mut ring = thinned(&way, THIN);
    if let (Some(a), Some(b)) = (ring.first().copied(), ring.last().copied()) {
        ring.extend([(b.0, top + H), (a.0, top + H)]);
    }
    canvas.path(&around(&ring), "fill:var(--land2);stroke:var(--ink3);stroke-width:.8");
    let words = format!("height of the line, {} – {}\u{2009}m", fixed(low, 0), fixed(high, 0));
    canvas.text((x.p0, top - 4.0), Words::new(&words).small().second().halo());
}

fn draw_verticals(canvas: &mut Canvas, x: &Scale, names: &[Rail<'_>], top: f64, bottom: f64) {
    for strong in [false, true] {
        let mut d = Vec::new();
        for n in names.iter().filter(|n| n.strong == strong && n.value.is_finite()) {
            d.extend([(x.held(n.value), top), (x.held(n.value), bottom), (f64::NAN, f64::NAN)]);
        }
        let stroke = if strong { "var(--rule)" } else { "var(--rule2)" };
        canvas.path(&through(&d), &format!("fill:none;stroke:{stroke};stroke-width:1"));
    }
}

/// A stepped line: each value holds until the next point.
fn stepped(points: impl Iterator<Item = Xy>) -> Vec<Xy> {
    let mut out: Vec<Xy> = Vec::new();
    let mut last: Option<Xy> = None;
    for p in points {
        if last.is_some_and(|l| l.1 != p.1) {
            out.push((p.0, last.map_or(p.1, |l| l.1)));
        }
        if last.is_none_or(|l| l.1 != p.1) {
            out.push(p);
        }
        last = Some(p);
    }
    out.extend(last);
    out
}

/// Stretches on which one thing binds, each with the point at which it ends.
fn runs(points: &[RunPoint], mark: Binds) -> Vec<&[RunPoint]> {
    let mut out = Vec::new();
    let mut at = 0;
    for run in points.chunk_by(|a, b| a.mark == b.mark) {
        let end = (at + run.len() + 1).min(points.len());
        if run.first().is_some_and(|p| p.mark == mark)
            && let Some(with_end) = points.get(at..end)
        {
            out.push(with_end);
        }
        at += run.len();
    }
    out
}

/// Takes the way of a line.
pub(crate) fn take(places: &mut Places, way: &[Xy], half: f64) {
    for w in way.windows(2) {
        if let [a, b] = w {
            places.take_line(*a, *b, half);
        }
    }
}
