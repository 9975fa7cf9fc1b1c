//! Crossings on a map: a disc by what crosses, in the form of how the crossing stands.

use crate::Chart;
use crate::map::{CorridorMap, CrossingMark, LatLon};
use crate::map_draw::{Ground, draw_name, sound};
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::place::Places;
use crate::scale::round_ticks;
use crate::standing::Standing;
use crate::state::State;
use crate::svg::{Canvas, Words, Xy};
use crate::text::{Data, datum, number, width_of};

/// One crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowMark {
    /// Where.
    pub at: LatLon,
    /// Name; empty where the map does not name it.
    pub name: String,
    /// Second line of the name; may be empty.
    pub more: String,
    /// What crossed; not a number where it is not known.
    pub flow: f64,
    /// How it stands.
    pub standing: Standing,
}

/// Crossings by flow and standing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowMap {
    /// Words around the map.
    pub caption: Caption,
    /// What a disc's area is, such as `trains a month`.
    pub unit: String,
    /// Crossings.
    pub marks: Vec<FlowMark>,
}

const NAME: &str = "Crossings by flow";
/// Radius of the largest disc.
const LARGEST: f64 = 15.0;

impl FlowMap {
    fn most(&self) -> f64 {
        self.marks.iter().map(|m| m.flow).filter(|f| f.is_finite()).fold(0.0, f64::max)
    }
    fn radius(&self, flow: f64) -> f64 {
        if flow.is_finite() && flow > 0.0 { (LARGEST * (flow / self.most()).sqrt()).max(2.0) } else { 3.5 }
    }
}

fn disc(canvas: &mut Canvas, at: Xy, r: f64, standing: Standing) {
    let style = match standing {
        Standing::Normal => "fill:var(--open);stroke:var(--paper);stroke-width:1",
        Standing::Late => "fill:var(--open);fill-opacity:.4;stroke:var(--paper);stroke-width:1",
        Standing::Reduced => "fill:var(--paper);stroke:var(--open);stroke-width:2.2",
        Standing::Shut => "fill:var(--susp);stroke:var(--paper);stroke-width:1",
        Standing::Unknown => {
            "fill:var(--paper);stroke:var(--ink3);stroke-width:2;stroke-dasharray:.1 3.4;stroke-linecap:round"
        }
    };
    canvas.circle(at, r, style);
}

impl Chart for FlowMap {
    fn svg_at(&self, width: f64) -> String {
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.marks));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let sound_marks: Vec<&FlowMark> = self.marks.iter().filter(|m| sound(m.at)).collect();
        let place =
            |m: &&FlowMark| CrossingMark { at: m.at, name: String::new(), colour: Colour::Ink, state: State::Open };
        let map = CorridorMap { crossings: sound_marks.iter().map(place).collect(), ..CorridorMap::default() };
        let Some(g) = Ground::new(&map, canvas.width, top, small) else {
            return missing(width, &self.caption, NAME, &self.summary());
        };
        let bottom = top + g.height;
        canvas.rect(0.0, top, canvas.width, g.height, "fill:var(--land)");
        let mut places = Places::new(4.0, top + 4.0, canvas.width - 4.0, bottom - 4.0);
        let mut marks: Vec<(Xy, f64, &FlowMark)> =
            sound_marks.into_iter().map(|m| (g.at(m.at), self.radius(m.flow), m)).collect();
        // Small discs lie on large ones; what is not normal lies on top.
        marks.sort_by(|a, b| {
            (a.2.standing != Standing::Normal).cmp(&(b.2.standing != Standing::Normal)).then(b.1.total_cmp(&a.1))
        });
        for (at, r, _) in &marks {
            places.take(at.0 - r, at.1 - r, at.0 + r, at.1 + r);
        }
        for (at, r, m) in &marks {
            canvas.open(&format!("{}: {}, {} {}", m.name, m.standing.word(), number(m.flow), self.unit));
            disc(&mut canvas, *at, *r, m.standing);
            canvas.close();
        }
        let mut named: Vec<_> = marks.iter().filter(|(_, _, m)| !m.name.is_empty()).collect();
        named.sort_by(|a, b| {
            (a.2.standing == Standing::Normal).cmp(&(b.2.standing == Standing::Normal)).then(b.1.total_cmp(&a.1))
        });
        for (at, _, m) in named {
            draw_name(&mut canvas, &mut places, *at, &m.name, &m.more, m.standing != Standing::Normal, "var(--ink)");
        }
        let (ticks, decimals) = round_ticks(self.most(), 3);
        let mut x = 0.0;
        let y = bottom + 20.0;
        for t in ticks.iter().rev().filter(|t| **t > 0.0).step_by(2).take(2) {
            let r = self.radius(*t);
            canvas.circle((x + r, y), r, "fill:none;stroke:var(--ink2);stroke-width:1.2");
            let words = crate::text::fixed(*t, decimals);
            canvas.text((x + 2.0 * r + 5.0, y + 4.0), Words::new(&words).second());
            x += 2.0 * r + 18.0 + width_of(&words, 12.0, false);
        }
        canvas.text((x, y + 4.0), Words::new(&self.unit).second());
        let mut standings: Vec<Standing> = self.marks.iter().map(|m| m.standing).collect();
        standings.sort_unstable();
        standings.dedup();
        let x = if small { 0.0 } else { x + width_of(&self.unit, 12.0, false) + 40.0 };
        let y = if small { y + 30.0 } else { y };
        let mut at = x;
        for s in standings {
            disc(&mut canvas, (at + 7.0, y), 6.0, s);
            canvas.text((at + 19.0, y + 4.0), Words::new(s.word()).second());
            at += 36.0 + width_of(s.word(), 12.0, false);
        }
        let end = foot(&mut canvas, &self.caption, y + 22.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["crossing", "lat", "lon", "flow", "unit", "state"]);
        for m in &self.marks {
            let (lat, lon) = (datum(m.at.lat), datum(m.at.lon));
            data.row([m.name.clone(), lat, lon, datum(m.flow), self.unit.clone(), m.standing.word().into()]);
        }
        data
    }

    fn summary(&self) -> String {
        if self.marks.is_empty() {
            return "No crossing has a place.".into();
        }
        let not: Vec<String> = self
            .marks
            .iter()
            .filter(|m| m.standing != Standing::Normal && !m.name.is_empty())
            .map(|m| format!("{} {}", m.name, m.standing.word()))
            .collect();
        let normal = self.marks.iter().filter(|m| m.standing == Standing::Normal).count();
        let rest = if not.is_empty() { String::new() } else { format!("; {}", not.join(", ")) };
        format!("{} crossings, {normal} normal{rest}.", self.marks.len())
    }
}
