//! Track occupation: a lane a track or team, a bar a cut, closed hours shaded.

use crate::Chart;
use crate::calendar::day_text;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words};
use crate::text::{Data, datum, fitted, number, width_of};

/// A time zone along a rim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rim {
    /// Name, such as `Beijing time, UTC+8`.
    pub name: String,
    /// Local day at the picture's begin, counted from 1970-01-01.
    pub day: i32,
    /// Local hour of the day at the picture's begin.
    pub hour: f64,
}

/// A bar on a lane; hours from the picture's begin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GanttBar {
    /// From.
    pub from: f64,
    /// To.
    pub to: f64,
    /// Words on the bar where they fit.
    pub text: String,
    /// Of what: such as the cut.
    pub of: String,
    /// Empty wagons: drawn hollow.
    pub hollow: bool,
}

/// A lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GanttLane {
    /// Name, such as `track 1` or `customs`.
    pub name: String,
    /// Bars in order.
    pub bars: Vec<GanttBar>,
    /// Closed hours, from the picture's begin.
    pub closed: Vec<(f64, f64)>,
}

/// The lanes of a station.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GanttGroup {
    /// Station.
    pub name: String,
    /// Local name and more; may be empty.
    pub more: String,
    /// Its tracks, then its resources.
    pub lanes: Vec<GanttLane>,
}

/// Who stood where, and what was done when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YardGantt {
    /// Words around the chart.
    pub caption: Caption,
    /// Length of the picture, hours.
    pub hours: f64,
    /// Rim above.
    pub above: Rim,
    /// Rim below.
    pub below: Option<Rim>,
    /// Colour of bars.
    pub colour: Colour,
    /// Stations.
    pub groups: Vec<GanttGroup>,
}

const NAME: &str = "Occupation of yard tracks and teams";
const LANE: f64 = 20.0;
/// Longest picture, hours.
const MOST_HOURS: f64 = 24.0 * 400.0;

impl YardGantt {
    fn bars(&self) -> usize {
        self.groups.iter().flat_map(|g| &g.lanes).map(|l| l.bars.len()).sum()
    }

    fn rim(&self, canvas: &mut Canvas, x: &Scale, rim: &Rim, y: f64, above: bool) {
        let every = [1.0, 2.0, 3.0, 6.0, 12.0, 24.0].into_iter().find(|h| h * x.unit() >= 44.0).unwrap_or(24.0);
        let (text, tick) = if above { (y - 8.0, y - 4.0) } else { (y + 17.0, y + 4.0) };
        canvas.line((x.p0, y), (x.p1, y), "stroke:var(--ink3);stroke-width:1");
        let first = (rim.hour / every).ceil() * every;
        let mut at = first;
        while at - rim.hour <= self.hours + 1e-9 {
            let p = x.at(at - rim.hour);
            canvas.line((p, y), (p, tick), "stroke:var(--ink3);stroke-width:1");
            let hour = at.rem_euclid(24.0);
            let words = format!("{hour:02.0}");
            canvas.text((p, text), Words::new(&words).small().second().middle());
            if hour == 0.0 && p < x.p1 - 30.0 {
                let day = day_text(rim.day.saturating_add((at / 24.0).round() as i32), false);
                let set = Words::new(&day).small().bold();
                canvas.text((p, if above { text - 14.0 } else { text + 14.0 }), set.middle());
            }
            at += every;
        }
        canvas.text((0.0, text), Words::new(&fitted(&rim.name, 11.0, false, x.p0 - 8.0)).small().second());
    }

    fn lane(&self, canvas: &mut Canvas, x: &Scale, lane: &GanttLane, y: f64, room: f64) {
        canvas.rect(x.p0, y + 1.0, x.p1 - x.p0, LANE - 2.0, "fill:var(--sunk)");
        let name = fitted(&lane.name, 11.0, false, room);
        canvas.text((x.p0 - 8.0, y + 14.0), Words::new(&name).small().second().end());
        for &(a, b) in &lane.closed {
            let (p, q) = (x.held(a), x.held(b));
            canvas.rect(p, y + 1.0, q - p, LANE - 2.0, "fill:var(--susp-wash)");
            canvas.fill(p, y + 1.0, q - p, LANE - 2.0, Ground::Shut);
            canvas.rect(p, y + 1.0, q - p, 2.0, "fill:var(--susp)");
        }
        for bar in lane.bars.iter().filter(|b| b.to > 0.0 && b.from < self.hours && b.from <= b.to) {
            let (p, q) = (x.held(bar.from), x.held(bar.to));
            canvas.open(&format!("{}: {}, {}\u{2009}h", bar.of, bar.text, number(bar.to - bar.from)));
            let c = self.colour.css();
            let style = if bar.hollow {
                format!("fill:var(--paper);stroke:{c};stroke-width:1.4")
            } else {
                format!("fill:{c};fill-opacity:.22;stroke:{c};stroke-width:1")
            };
            canvas.rect(p + 0.5, y + 3.0, (q - p - 1.0).max(1.5), LANE - 6.0, &style);
            let words = fitted(&bar.of, 11.0, false, q - p - 8.0);
            canvas.text((p + 5.0, y + 14.0), Words::new(&words).small());
            canvas.close();
        }
    }
}

impl Chart for YardGantt {
    fn svg_at(&self, width: f64) -> String {
        if self.bars() == 0 || !(self.hours > 0.0 && self.hours <= MOST_HOURS) {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.groups));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 34.0;
        let left = if small { 84.0 } else { 200.0 };
        let x = Scale::new(0.0, self.hours, left, canvas.width - 10.0);
        let lanes: usize = self.groups.iter().map(|g| g.lanes.len()).sum();
        let bottom = top + lanes as f64 * LANE + self.groups.len() as f64 * 30.0;
        self.rim(&mut canvas, &x, &self.above, top, true);
        let mut y = top;
        for g in &self.groups {
            canvas.line((0.0, y), (canvas.width, y), "stroke:var(--ink);stroke-width:1.2");
            canvas.text((0.0, y + 20.0), Words::new(&g.name).size(13.0).bold().halo());
            let used = width_of(&g.name, 13.0, true) + 10.0;
            canvas.text((used, y + 20.0), Words::new(&g.more).second().halo());
            y += 28.0;
            for lane in &g.lanes {
                self.lane(&mut canvas, &x, lane, y, left - if small { 12.0 } else { 16.0 });
                y += LANE;
            }
            y += 2.0;
        }
        let mut end = bottom;
        if let Some(rim) = &self.below {
            self.rim(&mut canvas, &x, rim, bottom, false);
            end += 36.0;
        }
        let end = foot(&mut canvas, &self.caption, end + 4.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["station", "lane", "of", "what", "from_h", "to_h", "empty"]);
        for g in &self.groups {
            for lane in &g.lanes {
                for b in &lane.bars {
                    let cells = [&g.name, &lane.name, &b.of, &b.text].map(Clone::clone);
                    data.row(cells.into_iter().chain([datum(b.from), datum(b.to), b.hollow.to_string()]));
                }
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.bars() == 0 || !(self.hours > 0.0 && self.hours <= MOST_HOURS) {
            return "Not drawn: nothing stood at the border in a time that can be drawn.".into();
        }
        let most = self.groups.iter().map(|g| {
            let held = g.lanes.iter().filter(|l| l.closed.is_empty() && !l.bars.is_empty()).count();
            format!("{}, {held} lanes used", g.name)
        });
        format!("{} bars over {}\u{2009}h: {}.", self.bars(), number(self.hours), most.collect::<Vec<_>>().join("; "))
    }
}
