//! The corridor map: routes, border, crossings in their states, names that do not cover each other.

use std::fmt::Write as _;

use crate::Chart;
use crate::earth;
use crate::map_draw::{Ground, crossing, draw_key, draw_name, scale_bar, sound};
use crate::parts::{Caption, Colour, Mode, foot, head, missing, sane, titled};
use crate::place::Places;
use crate::state::State;
use crate::svg::{Canvas, Xy, around, px, through};
use crate::text::{Data, datum};
use crate::thin::thinned;

/// A place on the earth in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLon {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// A named point.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPoint {
    /// Where.
    pub at: LatLon,
    /// Romanised name.
    pub name: String,
    /// Local name; may be empty.
    pub local: String,
    /// Whether the name is set bold.
    pub main: bool,
}

/// A route's line.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLine {
    /// Name of the route; empty for none on the map.
    pub name: String,
    /// Colour of the route.
    pub colour: Colour,
    /// Mode, told by the dash.
    pub mode: Mode,
    /// Load 0 to 1, told by the width.
    pub load: f64,
    /// Points of the line.
    pub points: Vec<LatLon>,
}

/// A crossing of the border and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingMark {
    /// Where.
    pub at: LatLon,
    /// Name; empty where a point is already named there.
    pub name: String,
    /// Colour of the route.
    pub colour: Colour,
    /// State on the day.
    pub state: State,
}

/// Map of the corridor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorridorMap {
    /// Words around the map.
    pub caption: Caption,
    /// Routes.
    pub lines: Vec<MapLine>,
    /// Named points.
    pub points: Vec<MapPoint>,
    /// Crossings.
    pub crossings: Vec<CrossingMark>,
}

const NAME: &str = "Map of the corridor";
/// How far a drawn coast may lie from its data, pixels.
const COAST_PX: f64 = 0.3;

impl Chart for CorridorMap {
    fn svg_at(&self, width: f64) -> String {
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.crossings));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let Some(g) = Ground::new(self, canvas.width, top, small) else {
            return missing(width, &self.caption, NAME, &self.summary());
        };
        let aside = canvas.width - g.span > 240.0 && !small;
        let w = if aside { g.span } else { canvas.width };
        let g = if aside { Ground { left: g.pad, ..g } } else { g };
        let bottom = top + g.height;
        canvas.open_clip("c", 0.0, top, w, g.height);
        canvas.rect(0.0, top, w, g.height, "fill:var(--water)");
        let line = |points: &[LatLon]| -> Vec<Xy> { points.iter().filter(|p| sound(**p)).map(|p| g.at(*p)).collect() };
        let [land, borders] = earth::within(&g.view(w));
        let land: String = land.iter().map(|ring| around(&thinned(&line(ring), COAST_PX))).collect();
        canvas.path(&land, "fill:var(--land);fill-rule:evenodd");
        let borders: String = borders.iter().map(|b| through(&thinned(&line(b), COAST_PX))).collect();
        canvas.path(&borders, "fill:none;stroke:var(--ink3);stroke-width:1;stroke-dasharray:8 3 2 3");
        let mut places = Places::new(4.0, top + 4.0, w - 4.0, bottom - 4.0);
        let mut routes: Vec<&MapLine> = self.lines.iter().collect();
        routes.sort_by(|a, b| b.load.total_cmp(&a.load));
        for route in &routes {
            let points = line(&route.points);
            for pair in points.windows(2) {
                if let [a, b] = pair {
                    places.take_line(*a, *b, 4.0);
                }
            }
            let load = if route.load.is_finite() { route.load.clamp(0.0, 1.0) } else { 0.0 };
            let d = through(&points);
            let stroke = 1.6 + load * 4.4;
            canvas.open(&route.name);
            canvas.path(
                &d,
                &format!("fill:none;stroke:var(--land);stroke-width:{};stroke-linejoin:round", px(stroke + 3.0)),
            );
            let dash = if route.mode == Mode::Sea {
                format!(";stroke-dasharray:.1 {};stroke-linecap:round", px(stroke * 1.9))
            } else {
                route.mode.dash().to_string()
            };
            canvas.path(
                &d,
                &format!(
                    "fill:none;stroke:{};stroke-width:{};stroke-linejoin:round{dash}",
                    route.colour.css(),
                    px(stroke)
                ),
            );
            canvas.close();
        }
        for p in self.points.iter().filter(|p| sound(p.at)) {
            let at = g.at(p.at);
            places.take(at.0 - 5.0, at.1 - 5.0, at.0 + 5.0, at.1 + 5.0);
        }
        let mut crossings: Vec<(Xy, &CrossingMark)> = Vec::new();
        for c in self.crossings.iter().filter(|c| sound(c.at)) {
            let mut at = g.at(c.at);
            for _ in 0..8 {
                if crossings.iter().any(|(o, _)| (o.0 - at.0).hypot(o.1 - at.1) < 14.0) {
                    at.0 -= 15.0;
                }
            }
            places.take(at.0 - 8.0, at.1 - 8.0, at.0 + 8.0, at.1 + 8.0);
            crossings.push((at, c));
        }
        for p in self.points.iter().filter(|p| sound(p.at)) {
            canvas.circle(g.at(p.at), 3.4, "fill:var(--paper);stroke:var(--ink);stroke-width:1.6");
        }
        for (at, c) in &crossings {
            canvas.open(&format!("{}: {}", c.name, c.state.word()));
            crossing(&mut canvas, *at, c.state, c.colour.css());
            canvas.close();
        }
        let mut points: Vec<&MapPoint> = self.points.iter().filter(|p| sound(p.at)).collect();
        points.sort_by_key(|p| !p.main);
        for p in points {
            draw_name(&mut canvas, &mut places, g.at(p.at), &p.name, &p.local, p.main, "var(--ink)");
        }
        for (at, c) in crossings.iter().filter(|(_, c)| !c.name.is_empty()) {
            draw_name(&mut canvas, &mut places, *at, &c.name, c.state.word(), false, c.colour.css());
        }
        for route in self.lines.iter().filter(|r| !r.name.is_empty()) {
            let points = line(&route.points);
            if let Some(at) = points.get(points.len() / 2) {
                let at = points
                    .get(points.len() / 2 - usize::from(points.len() > 1))
                    .map_or(*at, |b| (f64::midpoint(at.0, b.0), f64::midpoint(at.1, b.1)));
                draw_name(&mut canvas, &mut places, at, &route.name, "", true, route.colour.css());
            }
        }
        scale_bar(&mut canvas, &g, bottom);
        canvas.close();
        let mut states: Vec<State> = self.crossings.iter().map(|c| c.state).collect();
        states.sort_unstable_by_key(|s| s.rank());
        states.dedup();
        let end = if states.is_empty() {
            bottom
        } else if aside {
            let x = w + 28.0;
            draw_key(&mut canvas, &states, (x, top + 6.0), x + 10.0).max(bottom)
        } else {
            draw_key(&mut canvas, &states, (0.0, bottom + 8.0), w)
        };
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["kind", "name", "local", "lat", "lon", "state", "load"]);
        let mut row = |kind: &str, name: &str, local: &str, at: LatLon, state: &str, load: f64| {
            data.row([kind.into(), name.into(), local.into(), datum(at.lat), datum(at.lon), state.into(), datum(load)]);
        };
        for p in &self.points {
            row("point", &p.name, &p.local, p.at, "", f64::NAN);
        }
        for c in &self.crossings {
            row("crossing", &c.name, "", c.at, c.state.word(), f64::NAN);
        }
        for l in &self.lines {
            for p in &l.points {
                row("route", &l.name, "", *p, "", l.load);
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.points.is_empty() && self.crossings.is_empty() && self.lines.is_empty() {
            return "Nothing to map: no points, routes or crossings are given.".into();
        }
        let mut out = format!("{} routes, {} points", self.lines.len(), self.points.len());
        for c in self.crossings.iter().filter(|c| !c.name.is_empty()) {
            let _ = write!(out, "; {} {}", c.name, c.state.word());
        }
        out.push('.');
        out
    }
}
