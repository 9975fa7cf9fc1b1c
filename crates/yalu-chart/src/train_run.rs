//! One train's run: speed over distance with what binds it, the gradient below, and time by station.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, missing};
use crate::text::{Data, datum, fixed, with_unit};

/// What bound a train's speed at a point of its run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binds {
    /// Greatest tractive force.
    Traction,
    /// Power: force falls as speed rises.
    Power,
    /// Adhesion of the driven wheels.
    Adhesion,
    /// A speed limit, of the line or of the train.
    #[default]
    Limit,
    /// Service braking.
    Braking,
}

impl Binds {
    pub(crate) const ALL: [Self; 5] = [Self::Traction, Self::Power, Self::Adhesion, Self::Limit, Self::Braking];

    /// The word set on the mark.
    pub fn word(self) -> &'static str {
        match self {
            Self::Traction => "traction",
            Self::Power => "power",
            Self::Adhesion => "adhesion",
            Self::Limit => "limit",
            Self::Braking => "braking",
        }
    }
}

/// A point of a train's run; what is not known is NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RunPoint {
    /// Distance from the start of the path, m.
    pub at_m: f64,
    /// Technical running time from the start, s.
    pub time_s: f64,
    /// Speed, m/s.
    pub speed_mps: f64,
    /// Static limit from here on, m/s.
    pub limit_mps: f64,
    /// Braking envelope: the most from which the train still holds what lies ahead, m/s.
    pub braking_mps: f64,
    /// Gradient averaged over the train, per mille, up positive.
    pub gradient_permille: f64,
    /// What binds from here on.
    pub mark: Binds,
}

/// Times of a train at a station, s from the start; a train passes, or arrives and departs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calls {
    /// Arrival, s.
    pub arrive_s: Option<f64>,
    /// Passing without a stop, s.
    pub pass_s: Option<f64>,
    /// Departure, s.
    pub depart_s: Option<f64>,
}

impl Calls {
    /// The times that are known, in order of the call.
    pub(crate) fn times(&self) -> impl Iterator<Item = f64> {
        [self.arrive_s, self.pass_s, self.depart_s].into_iter().flatten().filter(|t| t.is_finite())
    }

    /// The time at which the train comes by: arrival, else passing, else departure.
    pub(crate) fn comes(&self) -> Option<f64> {
        self.times().next()
    }

    /// Whether the train stands here on its way.
    pub(crate) fn stops(&self) -> bool {
        self.pass_s.is_none() && (self.arrive_s.is_some() || self.depart_s.is_some())
    }
}

/// A station of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunStation {
    /// Name.
    pub name: String,
    /// Distance from the start of the path, m.
    pub at_m: f64,
    /// Technical times, s.
    pub technical: Calls,
    /// Scheduled times, supplement and all, s; none known where no schedule is drawn.
    pub scheduled: Calls,
}

impl RunStation {
    /// Scheduled over technical time at arrival or passing, s: the supplement gathered so far.
    pub fn supplement_s(&self) -> Option<f64> {
        Some(self.scheduled.comes()? - self.technical.comes()?)
    }
}

/// A stretch of the line at one gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GradientStep {
    /// From, m.
    pub from_m: f64,
    /// To, m.
    pub to_m: f64,
    /// Gradient, per mille, up positive.
    pub permille: f64,
}

/// One train's run over its path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrainRunChart {
    /// Words around the chart.
    pub caption: Caption,
    /// Train, such as `1,200 t grain behind one DF4`; may be empty.
    pub train: String,
    /// Mass, kg.
    pub mass_kg: Option<f64>,
    /// Length, m.
    pub length_m: Option<f64>,
    /// Energy at the wheel, J.
    pub energy_j: Option<f64>,
    /// Energy taken by the brakes, J.
    pub braked_j: Option<f64>,
    /// Points in order of distance.
    pub points: Vec<RunPoint>,
    /// Stations in order of distance.
    pub stations: Vec<RunStation>,
    /// The line's own gradient steps; may be empty.
    pub gradients: Vec<GradientStep>,
    /// Heights of the line: distance and height, m; may be empty.
    pub heights: Vec<(f64, f64)>,
}

pub(crate) const NAME: &str = "A train's run";

impl Chart for TrainRunChart {
    fn svg_at(&self, width: f64) -> String {
        let points = self.sound();
        if let Some(first) = points.first()
            && let Some(last) = points.last()
            && last.at_m > first.at_m
        {
            return self.draw(width, &points);
        }
        missing(width, &self.caption, NAME, &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "kind",
            "name",
            "at_m",
            "time_s",
            "depart_s",
            "scheduled_s",
            "scheduled_depart_s",
            "supplement_s",
            "speed_mps",
            "limit_mps",
            "braking_mps",
            "gradient_permille",
            "height_m",
        ]);
        let blank = |n: usize| std::iter::repeat_n(String::new(), n);
        let some = |v: Option<f64>| v.map_or_else(String::new, datum);
        for s in &self.stations {
            let kind = if s.technical.stops() { "stop" } else { "pass" };
            let mut row = vec![kind.into(), s.name.clone(), datum(s.at_m), some(s.technical.comes())];
            row.push(some(s.technical.depart_s));
            row.push(some(s.scheduled.comes()));
            row.push(some(s.scheduled.depart_s));
            row.push(some(s.supplement_s()));
            data.row(row.into_iter().chain(blank(5)));
        }
        for p in &self.points {
            let row = ["point".into(), p.mark.word().into(), datum(p.at_m), datum(p.time_s)];
            let rest = [p.speed_mps, p.limit_mps, p.braking_mps, p.gradient_permille].map(datum);
            data.row(row.into_iter().chain(blank(4)).chain(rest).chain(blank(1)));
        }
        for g in &self.gradients {
            let row = ["gradient".into(), format!("to {} m", datum(g.to_m)), datum(g.from_m)];
            data.row(row.into_iter().chain(blank(8)).chain([datum(g.permille), String::new()]));
        }
        for (at, height) in &self.heights {
            let row = ["height".into(), String::new(), datum(*at)];
            data.row(row.into_iter().chain(blank(9)).chain([datum(*height)]));
        }
        data
    }

    fn summary(&self) -> String {
        let points = self.sound();
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return "Not drawn: no points of a train run are given.".into();
        };
        let km = (last.at_m - first.at_m) / 1000.0;
        if km <= 0.0 {
            return "Not drawn: the points of the train run cover no distance.".into();
        }
        let mut out = format!("{} in {}", with_unit(km, "km"), duration(last.time_s - first.time_s));
        for (mark, share) in shares(&points) {
            let _ = write!(out, "; {} {}\u{2009}% of the time", mark.word(), fixed(share * 100.0, 0));
        }
        if let Some(e) = self.energy_j.filter(|e| e.is_finite()) {
            let _ = write!(out, "; {} at the wheel", energy(e));
        }
        out.push('.');
        out
    }
}

impl TrainRunChart {
    /// The points with a distance, a time and a speed, in order of distance.
    pub(crate) fn sound(&self) -> Vec<RunPoint> {
        let known = |v: f64| v.is_finite() && v.abs() < 1e9;
        let mut out: Vec<RunPoint> =
            self.points.iter().filter(|p| known(p.at_m) && known(p.time_s) && known(p.speed_mps)).copied().collect();
        out.sort_by(|a, b| a.at_m.total_cmp(&b.at_m).then(a.time_s.total_cmp(&b.time_s)));
        out
    }

    /// The facts of the title block: name and value.
    pub(crate) fn facts(&self, points: &[RunPoint]) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if let (Some(a), Some(b)) = (points.first(), points.last()) {
            let (m, s) = (b.at_m - a.at_m, b.time_s - a.time_s);
            out.push(("technical time", duration(s)));
            let planned = self.stations.last().and_then(|s| s.scheduled.comes());
            let start = self.stations.first().and_then(|s| s.scheduled.times().last());
            if let (Some(to), Some(from)) = (planned, start)
                && to > from
            {
                let more = if s > 0.0 { (to - from) / s * 100.0 - 100.0 } else { f64::NAN };
                let sign = if more < 0.0 { "\u{2212}" } else { "+" };
                out.push(("scheduled", format!("{} ({sign}{}\u{2009}%)", duration(to - from), fixed(more.abs(), 1))));
            }
            out.push(("distance", format!("{}\u{2009}km", fixed(m / 1000.0, 1))));
            if s > 0.0 {
                out.push(("mean", format!("{}\u{2009}km/h", fixed(m / s * 3.6, 1))));
            }
        }
        let mut more = |name, value: Option<f64>, words: fn(f64) -> String| {
            if let Some(v) = value.filter(|v| v.is_finite()) {
                out.push((name, words(v)));
            }
        };
        more("mass", self.mass_kg, |v| format!("{}\u{2009}t", fixed(v / 1000.0, 0)));
        more("length", self.length_m, |v| format!("{}\u{2009}m", fixed(v, 0)));
        more("energy at the wheel", self.energy_j, energy);
        more("braked", self.braked_j, energy);
        out
    }
}

/// Share of the running time by what binds, of the marks that occur.
pub(crate) fn shares(points: &[RunPoint]) -> Vec<(Binds, f64)> {
    let spent = |mark: Binds| -> f64 {
        let steps = points.windows(2).map(|w| match w {
            [a, b] if a.mark == mark => (b.time_s - a.time_s).max(0.0),
            _ => 0.0,
        });
        steps.sum()
    };
    let all: f64 = Binds::ALL.iter().map(|m| spent(*m)).sum();
    Binds::ALL.into_iter().map(|m| (m, spent(m))).filter(|s| s.1 > 0.0).map(|(m, s)| (m, s / all)).collect()
}

/// Energy in kilowatt hours, megawatt hours from a thousand on.
fn energy(joule: f64) -> String {
    let kwh = joule / 3.6e6;
    if kwh.abs() >= 1000.0 { format!("{}\u{2009}MWh", fixed(kwh / 1000.0, 2)) } else { with_unit(kwh, "kWh") }
}

/// A duration as hours, minutes and seconds; hours only where there are some.
pub(crate) fn duration(seconds: f64) -> String {
    if !seconds.is_finite() {
        return "not known".into();
    }
    let all = seconds.abs().min(1e12).round() as i64;
    let sign = if seconds < -0.5 { "\u{2212}" } else { "" };
    let (h, m, s) = (all / 3600, all / 60 % 60, all % 60);
    if h > 0 { format!("{sign}{h}:{m:02}:{s:02}") } else { format!("{sign}{m}:{s:02}") }
}
