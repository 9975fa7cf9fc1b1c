//! The time-distance diagram: time right, distance down, border stations unfolded into lanes.

use std::fmt::Write as _;

use crate::Chart;
use crate::calendar::moment_iso;
use crate::diagram_names::draw_train_names;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::place::Places;
use crate::scale::Scale;
use crate::svg::Canvas;
use crate::text::{Data, datum};
use crate::unfold::Unfolded;

/// A station and its place on the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    /// Kilometre, growing down the page.
    pub km: f64,
    /// Romanised name.
    pub name: String,
    /// Local name; may be empty.
    pub local: String,
    /// Remark under an unfolded station's name, such as `CN · km 277.0`.
    pub note: String,
    /// Lanes by track or procedure; none draws a line, some unfold the station.
    pub lanes: Vec<String>,
    /// Whether it is a halt or closed: dotted line, name only where there is room.
    pub minor: bool,
    /// Name of the section below, such as `Friendship Bridge`; may be empty.
    pub section: String,
    /// Tracks of the section below; 0 where not known.
    pub tracks: u8,
}

/// A label on the time rim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Moment, ms since 1970-01-01 UTC.
    pub ms: i64,
    /// Words, such as `07`.
    pub text: String,
}

/// A zone's rim: its name and its hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Name, such as `Beijing time, UTC+8`.
    pub name: String,
    /// Hours.
    pub ticks: Vec<Tick>,
}

/// Kind of a train, told by its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainKind {
    /// Loaded freight: 3 px in the route's colour.
    Loaded,
    /// Empties: hollow double line.
    Empty,
    /// Passenger: thin ink.
    Passenger,
    /// Domestic freight: thin dashed ink.
    Domestic,
}

impl TrainKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Loaded => "freight, loaded",
            Self::Empty => "freight, empties",
            Self::Passenger => "passenger",
            Self::Domestic => "domestic freight",
        }
    }
}

/// A train's line.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainLine {
    /// Name set along the line; may be empty.
    pub label: String,
    /// Kind.
    pub kind: TrainKind,
    /// Colour, for loaded and empties.
    pub colour: Colour,
    /// Moments (ms since 1970-01-01 UTC) and km, in order of time.
    pub points: Vec<(i64, f64)>,
}

impl TrainLine {
    /// The colour its line is drawn in.
    pub(crate) fn ink(&self) -> &'static str {
        match self.kind {
            TrainKind::Loaded | TrainKind::Empty => self.colour.css(),
            TrainKind::Passenger => "var(--ink)",
            TrainKind::Domestic => "var(--ink2)",
        }
    }
}

/// Standing in a lane of an unfolded station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DwellBar {
    /// Index of the station.
    pub station: usize,
    /// Index of the lane.
    pub lane: usize,
    /// From, ms.
    pub from: i64,
    /// To, ms.
    pub to: i64,
    /// Words in the bar or beside it.
    pub label: String,
    /// Colour.
    pub colour: Colour,
    /// Whether it is of empties: hollow.
    pub hollow: bool,
    /// Whether it is assumed: dashed outline.
    pub assumed: bool,
}

/// Hours closed or a possession, between two distances.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// Upper end, km.
    pub from_km: f64,
    /// Lower end, km; the same as the upper shades that station's lanes.
    pub to_km: f64,
    /// From, ms.
    pub from: i64,
    /// To, ms.
    pub to: i64,
    /// Words.
    pub label: String,
}

/// A wait and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitNote {
    /// Moment, ms.
    pub ms: i64,
    /// Distance, km.
    pub km: f64,
    /// Words, such as `F 1: 44 min for P 3`.
    pub text: String,
    /// Colour.
    pub colour: Colour,
}

/// An observed time: a ringed dot larger than any simulated mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Moment, ms.
    pub ms: i64,
    /// Distance, km; at an unfolded station the dot stands on the side of its lower neighbour.
    pub km: f64,
    /// First line, bold; may be empty.
    pub text: String,
    /// Second line; may be empty.
    pub more: String,
}

/// Trains of a day on time and distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeDistance {
    /// Words around the diagram.
    pub caption: Caption,
    /// Begin, ms.
    pub from: i64,
    /// End, ms.
    pub to: i64,
    /// Zone above.
    pub above: Zone,
    /// Zone below.
    pub below: Zone,
    /// Stations.
    pub stations: Vec<Station>,
    /// Border, km.
    pub border: Option<f64>,
    /// Trains.
    pub trains: Vec<TrainLine>,
    /// Standing in lanes.
    pub dwells: Vec<DwellBar>,
    /// Closed hours and possessions.
    pub closed: Vec<Closed>,
    /// Meets: moment and km.
    pub meets: Vec<(i64, f64)>,
    /// Waits.
    pub waits: Vec<WaitNote>,
    /// Observed times.
    pub observed: Vec<Seen>,
    /// Whether the trains are simulated or drawn for show: such as `Illustrative schedule`; may be empty.
    pub stamp: String,
}

const NAME: &str = "Trains by time and distance";

impl Chart for TimeDistance {
    fn svg_at(&self, width: f64) -> String {
        if self.stations.len() < 2 || self.to <= self.from {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas =
            Canvas::new(sane(width), &format!("{NAME}{:?}{}{}{}", self.caption, self.from, self.to, self.trains.len()));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let top = self.key(&mut canvas, top, &[]);
        let (left, right) = if small { (84.0, canvas.width - 10.0) } else { (236.0, canvas.width - 18.0) };
        let x = Scale::new(self.from as f64, self.to as f64, left, right);
        let rim = top + 44.0;
        let (lane, line, between) = if small { (32.0, 380.0, 54.0) } else { (24.0, 600.0, 48.0) };
        let first_open = self.stations.iter().any(|s| !s.lanes.is_empty());
        let down = Unfolded::new(&self.stations, rim + if first_open { 12.0 } else { 18.0 }, lane, line, between);
        if down.levels.len() < 2 {
            return missing(width, &self.caption, NAME, "Not drawn: the stations have no distances.");
        }
        let bottom = down.bottom() + 14.0;
        let mut places = Places::new(left, rim, right, bottom);
        self.draw_ground(&mut canvas, &x, &down, (rim, bottom), lane);
        self.draw_closed(&mut canvas, &x, &down, &mut places);
        self.draw_dwells(&mut canvas, &x, &down, lane, &mut places);
        canvas.open_clip("t", left, rim, right - left, bottom - rim);
        let ways = self.draw_trains(&mut canvas, &x, &down, &mut places);
        canvas.close();
        self.draw_marks(&mut canvas, &x, &down, &mut places);
        draw_train_names(&mut canvas, &ways, &mut places, false);
        let end = self.draw_rims(&mut canvas, &x, top, rim, bottom);
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["kind", "name", "from", "to", "km", "text"]);
        for t in &self.trains {
            for (ms, km) in &t.points {
                data.row([
                    t.kind.word().into(),
                    t.label.clone(),
                    moment_iso(*ms),
                    String::new(),
                    datum(*km),
                    String::new(),
                ]);
            }
        }
        for d in &self.dwells {
            let station = self.stations.get(d.station);
            data.row([
                "dwell".into(),
                station.map_or_else(String::new, |s| s.name.clone()),
                moment_iso(d.from),
                moment_iso(d.to),
                station.map_or_else(String::new, |s| datum(s.km)),
                format!("{}: {}", station.and_then(|s| s.lanes.get(d.lane)).map_or("", String::as_str), d.label),
            ]);
        }
        for c in &self.closed {
            data.row([
                "closed".into(),
                String::new(),
                moment_iso(c.from),
                moment_iso(c.to),
                format!("{} – {}", datum(c.from_km), datum(c.to_km)),
                c.label.clone(),
            ]);
        }
        for (ms, km) in &self.meets {
            data.row(["meet".into(), String::new(), moment_iso(*ms), moment_iso(*ms), datum(*km), String::new()]);
        }
        for w in &self.waits {
            data.row(["wait".into(), String::new(), moment_iso(w.ms), moment_iso(w.ms), datum(w.km), w.text.clone()]);
        }
        for s in &self.observed {
            data.row([
                "observed".into(),
                String::new(),
                moment_iso(s.ms),
                moment_iso(s.ms),
                datum(s.km),
                s.text.clone(),
            ]);
        }
        data
    }

    fn summary(&self) -> String {
        let (Some(first), Some(last)) = (self.stations.first(), self.stations.last()) else {
            return "Not drawn: no stations are given.".into();
        };
        if self.stations.len() < 2 {
            return "Not drawn: a diagram needs two stations.".into();
        }
        if self.to <= self.from {
            return "Not drawn: no time is given.".into();
        }
        let mut out = format!("{} trains between {} and {}", self.trains.len(), first.name, last.name);
        for kind in [TrainKind::Loaded, TrainKind::Empty, TrainKind::Passenger, TrainKind::Domestic] {
            let count = self.trains.iter().filter(|t| t.kind == kind).count();
            if count > 0 {
                let _ = write!(out, "; {count} {}", kind.word());
            }
        }
        let _ = write!(out, "; {} meets, {} observed times", self.meets.len(), self.observed.len());
        if !self.stamp.is_empty() {
            let _ = write!(out, "; {}", self.stamp);
        }
        out.push('.');
        out
    }
}
