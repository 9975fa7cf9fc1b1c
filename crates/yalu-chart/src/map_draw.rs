//! How the corridor map is drawn: its ground, crossings, names and key.

use crate::earth::View;
use crate::map::{CorridorMap, LatLon};
use crate::parts::Mode;
use crate::place::Places;
use crate::state::State;
use crate::svg::{Canvas, Hold, Words, Xy, px};
use crate::text::width_of;

/// How places of the earth lie on the canvas.
pub(crate) struct Ground {
    pub(crate) x0: f64,
    pub(crate) y0: f64,
    pub(crate) top: f64,
    pub(crate) scale: f64,
    pub(crate) squeeze: f64,
    pub(crate) height: f64,
    pub(crate) left: f64,
    /// Width that points and their names need.
    pub(crate) span: f64,
    /// Left pad within that width.
    pub(crate) pad: f64,
    /// Room over the northernmost place.
    pub(crate) pad_top: f64,
}

impl Ground {
    pub(crate) fn new(map: &CorridorMap, width: f64, top: f64, small: bool) -> Option<Ground> {
        let all = map
            .points
            .iter()
            .map(|p| p.at)
            .chain(map.crossings.iter().map(|c| c.at))
            .chain(map.lines.iter().flat_map(|l| l.points.iter().copied()))
            .filter(|p| sound(*p));
        let (mut s, mut n, mut w, mut e) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for p in all {
            s = s.min(p.lat);
            n = n.max(p.lat);
            w = w.min(p.lon);
            e = e.max(p.lon);
        }
        if n < s {
            return None;
        }
        let squeeze = f64::midpoint(s, n).to_radians().cos().max(0.05);
        let tall = if small { width * 1.05 } else { 560.0 };
        let pad = if small { 34.0 } else { 70.0 };
        let by_width = (width - 2.0 * pad) / ((e - w) * squeeze).max(0.01);
        let by_height = (tall - 2.0 * pad) / (n - s).max(0.01);
        let scale = by_width.min(by_height);
        let height = (n - s) * scale + 2.0 * pad;
        let slack = (width - (e - w) * squeeze * scale) / 2.0;
        Some(Ground {
            x0: w,
            y0: n,
            top: top + pad,
            scale,
            squeeze,
            height,
            left: slack,
            span: (e - w) * squeeze * scale + 320.0,
            pad: 160.0,
            pad_top: pad,
        })
    }

    /// What of the earth a canvas of a width shows.
    pub(crate) fn view(&self, width: f64) -> View {
        let lon = |x: f64| self.x0 + (x - self.left) / (self.squeeze * self.scale);
        let pad = self.pad_top / self.scale;
        View { south: self.y0 - self.height / self.scale, north: self.y0 + pad, west: lon(0.0), east: lon(width) }
    }

    pub(crate) fn at(&self, p: LatLon) -> Xy {
        (self.left + (p.lon - self.x0) * self.squeeze * self.scale, self.top + (self.y0 - p.lat) * self.scale)
    }
}

/// Whether a place is on the earth.
pub(crate) fn sound(p: LatLon) -> bool {
    p.lat.abs() <= 90.0 && p.lon.abs() <= 360.0
}

/// Sets a name beside its mark.
pub(crate) fn draw_name(
    canvas: &mut Canvas,
    places: &mut Places,
    at: Xy,
    name: &str,
    local: &str,
    bold: bool,
    fill: &str,
) {
    let w = width_of(name, 12.0, bold).max(width_of(local, 12.0, false));
    let h = if local.is_empty() { 14.0 } else { 28.0 };
    let place = places.around(at, w, h);
    if place.far {
        let foot = match place.hold {
            Hold::Start => (place.x - 2.0, place.y + 8.0),
            Hold::End => (place.x + 2.0, place.y + 8.0),
            Hold::Middle => (place.x, if place.y > at.1 { place.y } else { place.y + h }),
        };
        canvas.line(at, foot, "stroke:var(--ink3);stroke-width:.8");
    }
    let words = Words::new(name).fill(fill).held(place.hold).halo_of("var(--land)");
    canvas.text((place.x, place.y + 11.0), if bold { words.bold() } else { words });
    canvas.text((place.x, place.y + 25.0), Words::new(local).second().held(place.hold).halo_of("var(--land)"));
}

/// A crossing in the form of its state.
pub(crate) fn crossing(canvas: &mut Canvas, at: Xy, state: State, colour: &str) {
    let (x, y) = at;
    match state {
        State::Open => canvas.circle(at, 6.0, &format!("fill:{colour};stroke:var(--paper);stroke-width:2")),
        State::Limited => {
            canvas.circle(at, 5.5, &format!("fill:var(--paper);stroke:{colour};stroke-width:2"));
            canvas.path(&format!("M{} {}a5.5 5.5 0 0 0 11 0Z", px(x - 5.5), px(y)), &format!("fill:{colour}"));
        }
        State::Suspended => {
            canvas.rect(x - 6.0, y - 6.0, 12.0, 12.0, "fill:var(--paper);stroke:var(--susp);stroke-width:2.2");
            canvas.path(
                &format!("M{} {}l6 6m0 -6l-6 6", px(x - 3.0), px(y - 3.0)),
                "fill:none;stroke:var(--susp);stroke-width:1.8",
            );
        }
        State::NotOpened => {
            canvas.circle(at, 5.5, "fill:var(--paper);stroke:var(--notopen);stroke-width:1.8;stroke-dasharray:3 2");
        }
        State::Unknown => canvas.circle(
            at,
            5.5,
            "fill:var(--paper);stroke:var(--ink3);stroke-width:2;stroke-dasharray:.1 3.4;stroke-linecap:round",
        ),
    }
}

/// The key of the states that occur and of the lines; returns the height at which it ends.
pub(crate) fn draw_key(canvas: &mut Canvas, states: &[State], from: Xy, right: f64) -> f64 {
    let (mut at, mut y) = (from.0, from.1 + 14.0);
    for state in states {
        let step = 20.0 + width_of(state.word(), 12.0, false) + 16.0;
        if at > from.0 && at + step > right {
            at = from.0;
            y += 20.0;
        }
        crossing(canvas, (at + 7.0, y - 4.0), *state, "var(--ink2)");
        canvas.text((at + 20.0, y), Words::new(state.word()).second());
        at += step;
    }
    for (mode, words) in [(Mode::Rail, "rail"), (Mode::Road, "road"), (Mode::Sea, "sea; width by load")] {
        let step = 38.0 + width_of(words, 12.0, false) + 16.0;
        if at > from.0 && at + step > right {
            at = from.0;
            y += 20.0;
        }
        canvas.line(
            (at, y - 4.0),
            (at + 32.0, y - 4.0),
            &format!("fill:none;stroke:var(--ink2);stroke-width:3{}", mode.dash()),
        );
        canvas.text((at + 38.0, y), Words::new(words).second());
        at += step;
    }
    y + 6.0
}

/// A bar of a round length in the lower left corner.
pub(crate) fn scale_bar(canvas: &mut Canvas, g: &Ground, bottom: f64) {
    /// Of a degree of latitude.
    const KM: f64 = 111.2;
    const WIDEST_PX: f64 = 140.0;
    let most = WIDEST_PX * KM / g.scale;
    let power = 10_f64.powf(most.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|m| m * power).find(|km| *km <= most).unwrap_or(power);
    let (x, y, w) = (12.0, bottom - 12.0, km / KM * g.scale);
    canvas.path(
        &format!("M{} {}v5H{}v-5", px(x), px(y - 5.0), px(x + w)),
        "fill:none;stroke:var(--ink2);stroke-width:1.2",
    );
    let words = format!("{} km", crate::text::number(km));
    canvas.text((x, y - 9.0), Words::new(&words).small().second().halo_of("var(--land)"));
}
