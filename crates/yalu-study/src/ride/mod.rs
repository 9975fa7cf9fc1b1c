//! The run from stop to stop, and the train's times at every point of its path.

mod rating;

pub use rating::Rating;

use rating::ratings;
use yalu_model::{Corridor, PointId, ServiceId};
use yalu_physics::{Exit, Mark, PathProfile, PhysicsError, Piece, RunPoint, Train, TrainRun, run};
use yalu_plan::{Draw, Line, Part};

/// A run from a stand to a stand.
pub struct Stage {
    /// Where the part of the path begins that it lies on, metres after the begin of the whole path.
    pub begin_m: f64,
    /// From and to, metres of its part.
    pub ends_m: (f64, f64),
    /// Seconds of running before it.
    pub run_s: f64,
    /// Seconds of planned stops before it.
    pub stood_s: f64,
    /// The run.
    pub run: TrainRun,
    part: usize,
}

/// A train at a point of its path. Where trains can stand its head is at the exit, elsewhere at the point.
pub struct Call {
    /// The point.
    pub point: PointId,
    /// Where the point lies, metres after the begin of the path.
    pub at_m: f64,
    /// Where the head is at the time told.
    pub head_m: f64,
    /// Seconds of running before it.
    pub run_s: f64,
    /// Seconds of planned stops before it.
    pub stood_s: f64,
    /// Seconds of the planned stop, where there is one.
    pub stop_s: Option<f64>,
    /// Lowest limit of the line on the way to it, m/s; none at the begin.
    pub limit_mps: Option<f64>,
}

/// One train's run over the path of a service.
pub struct Ride<'a> {
    /// The corridor.
    pub c: &'a Corridor,
    /// The service.
    pub service: ServiceId,
    /// Its pattern.
    pub line: Line,
    /// The train as the physics sees it.
    pub train: Train,
    /// Scheduled over technical running time: the service's supplement.
    pub factor: f64,
    /// From stop to stop.
    pub stages: Vec<Stage>,
    /// Points of the path in order.
    pub calls: Vec<Call>,
    /// The curve, metres after the begin of the path and seconds after the start, stops included.
    pub points: Vec<RunPoint>,
    /// Tonnage rating by section of line.
    pub ratings: Vec<Rating>,
}

impl<'a> Ride<'a> {
    /// Runs the train of a pattern; the curve has a point at least every so many metres.
    pub fn new(
        c: &'a Corridor,
        service: ServiceId,
        line: Line,
        step_m: f64,
        rating_mps: f64,
    ) -> Result<Self, PhysicsError> {
        let train = line.consist.train()?;
        let stages = stages(&line, &train)?;
        let factor = line.factor(c, Draw::central(c.sampling.seed));
        let mut curve = Vec::new();
        for s in &stages {
            curve.extend(s.run.points(step_m).into_iter().map(|p| RunPoint {
                at_m: p.at_m + s.begin_m,
                time_s: p.time_s + s.run_s + s.stood_s,
                ..p
            }));
        }
        let calls = calls(c, &line, &stages);
        let ratings = ratings(c, &line, &curve, rating_mps);
        Ok(Ride { c, service, line, train, factor, stages, calls, points: curve, ratings })
    }

    /// Seconds from start to end, planned stops included.
    pub fn duration_s(&self) -> f64 {
        self.stages.last().map_or(0.0, |s| s.run_s + s.stood_s + s.run.duration_s())
    }
    /// Energy at the wheel, kWh.
    pub fn wheel_kwh(&self) -> f64 {
        self.stages.iter().map(|s| s.run.wheel_kwh()).sum()
    }
    /// Energy braked away, kWh.
    pub fn braked_kwh(&self) -> f64 {
        self.stages.iter().map(|s| s.run.braked_kwh()).sum()
    }
    /// Seconds after the start at which the head is at a place of the path; none before its start.
    pub fn time_at(&self, at_m: f64) -> Option<f64> {
        let s = self.stages.iter().find(|s| (s.begin_m + s.ends_m.0..=s.begin_m + s.ends_m.1).contains(&at_m))?;
        Some(s.run_s + s.stood_s + s.run.time_at(at_m - s.begin_m))
    }
    /// Stretches by what binds the speed, metres of the path.
    pub fn bound(&self) -> Vec<(f64, f64, Mark)> {
        let own = |s: &Stage| {
            let begin = s.begin_m;
            s.run.bound().into_iter().map(move |b| (b.0 + begin, b.1 + begin, b.2)).collect::<Vec<_>>()
        };
        self.stages.iter().flat_map(own).collect()
    }
    /// Length of the path, metres.
    pub fn path_m(&self) -> f64 {
        self.line.chainage_m.last().copied().unwrap_or(0.0)
    }
    /// Pieces of the line under the path, metres of the path.
    pub fn pieces(&self) -> Vec<Piece> {
        let parts = self.line.parts().iter();
        let moved = |p: &Part| {
            let begin = self.line.chainage_m[p.first];
            p.pieces
                .iter()
                .map(move |x| Piece { from_m: x.from_m + begin, to_m: x.to_m + begin, ..*x })
                .collect::<Vec<_>>()
        };
        parts.flat_map(moved).collect()
    }
    /// Scheduled seconds of a call: running with the supplement, and stops.
    pub fn scheduled_s(&self, call: &Call) -> f64 {
        call.run_s * self.factor + call.stood_s
    }
}

fn stages(line: &Line, train: &Train) -> Result<Vec<Stage>, PhysicsError> {
    let mut out: Vec<Stage> = Vec::new();
    let (mut run_s, mut stood_s) = (0.0, 0.0);
    for (i, part) in line.parts().iter().enumerate() {
        let profile = PathProfile::new(part.pieces.clone())?;
        let last = part.first + part.places.len() - 1;
        let mut from_m = train.length_m.min(part.places[0].stop_m);
        for k in part.first + 1..=last {
            let stop = line.stops[k].as_ref();
            if k < last && stop.is_none() {
                continue;
            }
            let to_m = part.places[k - part.first].stop_m;
            let run = run(train, &profile, from_m, to_m, 0.0, Exit::Stop)?;
            let own_s = run.duration_s();
            out.push(Stage {
                begin_m: line.chainage_m[part.first],
                ends_m: (from_m, to_m),
                run_s,
                stood_s,
                run,
                part: i,
            });
            (run_s, from_m) = (run_s + own_s, to_m);
            stood_s += stop.map_or(0.0, |s| s.minutes.central() * 60.0);
        }
    }
    Ok(out)
}

fn calls(c: &Corridor, line: &Line, stages: &[Stage]) -> Vec<Call> {
    let mut out: Vec<Call> = Vec::new();
    for (i, part) in line.parts().iter().enumerate() {
        let begin_m = line.chainage_m[part.first];
        let own: Vec<&Stage> = stages.iter().filter(|s| s.part == i).collect();
        let mut places = vec![(line.points[part.first], 0.0)];
        for &(id, at, along) in &part.sections {
            let s = &c.line.sections[id];
            places.push((if along { s.to } else { s.from }, at + s.length_m.central()));
        }
        let mut stand = part.first;
        let mut before_m = 0.0;
        for (j, (point, at)) in places.into_iter().enumerate() {
            let is_stand = line.points.get(stand) == Some(&point);
            let k = stand;
            stand += usize::from(is_stand);
            // A part begins where the one before it ended.
            if j == 0 && i > 0 {
                continue;
            }
            let head = match own.first() {
                Some(first) if j == 0 => first.ends_m.0,
                _ if is_stand => part.places[k - part.first].stop_m,
                _ => at,
            };
            let stage = own.iter().find(|s| head <= s.ends_m.1 + 1e-6).or(own.last());
            let (run_s, stood_s) = stage.map_or((0.0, 0.0), |s| (s.run_s + s.run.time_at(head), s.stood_s));
            let under = part.pieces.iter().filter(|p| p.to_m > before_m && p.from_m < at);
            let limit = under.map(|p| p.speed_limit_mps).fold(f64::INFINITY, f64::min);
            out.push(Call {
                point,
                at_m: begin_m + at,
                head_m: begin_m + head,
                run_s,
                stood_s,
                stop_s: line
                    .stops
                    .get(k)
                    .filter(|_| is_stand)
                    .and_then(|s| s.as_ref())
                    .map(|s| s.minutes.central() * 60.0),
                limit_mps: limit.is_finite().then_some(limit),
            });
            before_m = at;
        }
    }
    out
}
