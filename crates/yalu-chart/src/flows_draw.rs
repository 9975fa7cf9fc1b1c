//! How flows by month are drawn: routes, model, dots, labels and key.

use crate::flows::{Basis, FlowsByMonth, Modelled, RouteForm};
use crate::parts::{Colour, fan};
use crate::place::Places;
use crate::scale::Scale;
use crate::svg::{Canvas, Words, around, px, through};
use crate::text::{width_of, with_unit, wrap};
use crate::thin::thinned;

impl FlowsByMonth {
    pub(crate) fn draw_routes(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, places: &mut Places) {
        let mut base = vec![0.0; self.months.len()];
        if self.route_form == RouteForm::Stack {
            // Shut spans shine through the stack only faintly.
            let sum = |i: usize| self.routes.iter().filter_map(|r| r.values.get(i).copied().flatten()).sum::<f64>();
            let mut ring: Vec<_> =
                self.months.iter().enumerate().map(|(i, m)| (x.at(m.middle()), y.held(sum(i)))).collect();
            let ends = [ring.last(), ring.first()].into_iter().flatten().map(|p| (p.0, y.p0)).collect::<Vec<_>>();
            ring.extend(ends);
            canvas.path(&around(&ring), "fill:var(--paper);fill-opacity:.8");
        }
        for route in &self.routes {
            let c = route.colour.css();
            let value = |i: usize| route.values.get(i).copied().flatten().unwrap_or(f64::NAN);
            let mut points = Vec::new();
            match self.route_form {
                RouteForm::Lines => {
                    for (i, m) in self.months.iter().enumerate() {
                        points.push((x.at(m.middle()), y.held(value(i))));
                    }
                    canvas.path(
                        &through(&points),
                        &format!("fill:none;stroke:{c};stroke-width:1.8;stroke-linejoin:round{}", route.mode.dash()),
                    );
                }
                RouteForm::Stack => {
                    let mut under = Vec::new();
                    for (i, (m, base)) in self.months.iter().zip(&mut base).enumerate() {
                        under.push((x.at(m.middle()), y.held(*base)));
                        let v = value(i);
                        *base += if v.is_finite() { v } else { 0.0 };
                        points.push((x.at(m.middle()), y.held(*base)));
                    }
                    let under_last = under.last().copied();
                    points = thinned(&points, 0.3);
                    let under = thinned(&under, 0.3);
                    let ring: Vec<_> = points.iter().copied().chain(under.into_iter().rev()).collect();
                    let ring = around(&ring);
                    canvas.path(&ring, &format!("fill:{c};fill-opacity:.34"));
                    canvas.path(
                        &through(&points),
                        &format!("fill:none;stroke:{c};stroke-width:1.2;stroke-linejoin:round"),
                    );
                    let ends = (points.last().copied(), under_last);
                    if let (Some(over), Some(under)) = ends
                        && under.1 - over.1 >= 26.0
                        && !canvas.narrow()
                    {
                        canvas.text(
                            (over.0 - 8.0, f64::midpoint(over.1, under.1) + 6.0),
                            Words::new(&route.name).bold().fill(c).end(),
                        );
                        continue;
                    }
                }
            }
            // On a phone the names of a stack stand under it.
            let named = self.route_form == RouteForm::Lines || !canvas.narrow();
            if let Some(last) = points.iter().rfind(|p| named && p.1.is_finite()) {
                end_name(canvas, places, *last, &route.name, route.colour);
            }
        }
    }

    pub(crate) fn draw_model(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, places: &mut Places) {
        if self.model.iter().all(Option::is_none) {
            return;
        }
        let at: Vec<_> = self.months.iter().zip(&self.model).map(|(m, r)| (x.at(m.middle()), *r)).collect();
        let bands: Vec<_> = at
            .iter()
            .map(|(p, r)| match r {
                Some(Modelled::Band(b)) => (*p, Some(*b)),
                _ => (*p, None),
            })
            .collect();
        fan(canvas, &bands, y, self.model_colour);
        let line: Vec<_> = at.iter().map(|(p, r)| (*p, r.map_or(f64::NAN, |r| y.held(r.median())))).collect();
        canvas.path(
            &through(&line),
            &format!("fill:none;stroke:{};stroke-width:2;stroke-linejoin:round", self.model_colour.css()),
        );
        if let Some(last) = line.iter().rfind(|p| p.1.is_finite()) {
            end_name(canvas, places, *last, &self.model_name, self.model_colour);
        }
        for (p, band) in &bands {
            if let Some(b) = band.filter(yalu_number::Band::known) {
                places.take(p - 5.0, y.held(b.p75), p + 5.0, y.held(b.p25));
            }
        }
    }

    pub(crate) fn draw_observed(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, small: bool) {
        let r = if small { 3.2 } else { 4.2 };
        for (i, month) in self.months.iter().enumerate() {
            let p = x.at(month.middle());
            let Some(seen) = self.observed.get(i).copied().flatten().filter(|o| o.value.is_finite()) else {
                if !self.observed.is_empty() {
                    let w = if small { 2.6 } else { 5.0 };
                    canvas.rect(p - w / 2.0, y.p0 + 1.5, w, 5.0, "fill:var(--ink3);fill-opacity:.55");
                }
                continue;
            };
            let q = y.held(seen.value);
            let how = match seen.basis {
                Basis::Reported => "reported",
                Basis::Derived => "derived",
                Basis::AtMost => "at most; only a total is held",
            };
            canvas.open(&format!("{}: {}, {how}", month.text(), with_unit(seen.value, &self.unit)));
            match seen.basis {
                Basis::Reported => canvas.circle((p, q), r, "fill:var(--ink)"),
                Basis::Derived => {
                    canvas.circle((p, q), r - 0.3, "fill:var(--paper);stroke:var(--ink);stroke-width:1.8");
                }
                Basis::AtMost => canvas.path(&at_most(p, q), "fill:none;stroke:var(--ink2);stroke-width:1.4"),
            }
            canvas.close();
        }
    }

    pub(crate) fn draw_notes(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, places: &mut Places) {
        for note in &self.notes {
            let Some(month) = self.months.get(note.month) else {
                continue;
            };
            if !note.value.is_finite() {
                continue;
            }
            let at = (x.at(month.middle()), y.held(note.value));
            let more = if canvas.narrow() { Vec::new() } else { wrap(&note.more, 12.0, false, 190.0) };
            let w = more.iter().map(|l| width_of(l, 12.0, false)).fold(width_of(&note.text, 12.0, true), f64::max);
            let h = 15.0 * (1 + more.len()) as f64;
            let place = places.around(at, w, h);
            if place.far {
                let to_y = if place.y + h < at.1 {
                    place.y + h
                } else if place.y > at.1 {
                    place.y
                } else {
                    place.y + 8.0
                };
                canvas.line(at, (place.x, to_y), "stroke:var(--ink);stroke-width:.9");
            }
            canvas.text((place.x, place.y + 11.0), Words::new(&note.text).bold().held(place.hold).halo());
            for (i, line) in more.iter().enumerate() {
                canvas.text(
                    (place.x, place.y + 26.0 + 15.0 * i as f64),
                    Words::new(line).second().held(place.hold).halo(),
                );
            }
        }
    }

    pub(crate) fn key(&self, canvas: &mut Canvas, x: f64, y: f64) -> f64 {
        if self.observed.is_empty() {
            return y;
        }
        let has = |b: Basis| self.seen().any(|(_, o)| o.basis == b);
        let gap = self.months.len() > self.seen().count();
        let (mut at, mut y) = (x, y);
        let items = [
            (has(Basis::Reported), "as reported"),
            (has(Basis::Derived), "derived from rates or totals"),
            (has(Basis::AtMost), "only a total held: lies below"),
            (gap, "no value held"),
        ];
        for (i, (shown, words)) in items.into_iter().enumerate() {
            if !shown {
                continue;
            }
            let w = 16.0 + width_of(words, 12.0, false) + 18.0;
            if at > x && at + w > canvas.width {
                at = x;
                y += 17.0;
            }
            let c = (at + 5.0, y - 4.0);
            match i {
                0 => canvas.circle(c, 4.0, "fill:var(--ink)"),
                1 => canvas.circle(c, 3.9, "fill:var(--paper);stroke:var(--ink);stroke-width:1.8"),
                2 => canvas.path(&at_most(c.0, c.1 - 4.0), "fill:none;stroke:var(--ink2);stroke-width:1.4"),
                _ => canvas.rect(c.0 - 2.5, c.1 - 2.5, 5.0, 5.0, "fill:var(--ink3);fill-opacity:.55"),
            }
            canvas.text((at + 16.0, y), Words::new(words).second());
            at += w;
        }
        y + 8.0
    }
}

fn at_most(x: f64, y: f64) -> String {
    format!("M{} {}h9M{} {}v9m-3.4 -3.6l3.4 3.6l3.4 -3.6", px(x - 4.5), px(y), px(x), px(y))
}

fn end_name(canvas: &mut Canvas, places: &mut Places, at: (f64, f64), name: &str, colour: Colour) {
    let w = width_of(name, 12.0, true);
    let place = places.around((at.0 - 6.0, at.1), w, 13.0);
    canvas.text((place.x, place.y + 11.0), Words::new(name).bold().fill(colour.css()).held(place.hold).halo());
}
