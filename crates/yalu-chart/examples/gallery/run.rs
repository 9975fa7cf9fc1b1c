//! Runs of one train, stepped by a simple rule for show: a short shuttle, the line to Pyongyang, a long line.

use yalu_chart::{Binds, Calls, GradientStep, RunPoint, RunStation, TrainRunChart};

use crate::words;

/// What a run is made of: stations (name, km, stop in s), limits (from km, km/h), gradients (from km, per mille).
struct Path<'a> {
    stations: Vec<(String, f64, f64)>,
    limits: &'a [(f64, f64)],
    gradients: Vec<(f64, f64)>,
    tonnes: f64,
}

fn on(list: &[(f64, f64)], km: f64) -> f64 {
    list.iter().rev().find(|l| l.0 <= km + 1e-9).map_or(0.0, |l| l.1)
}

impl Path<'_> {
    fn end(&self) -> f64 {
        self.stations.last().map_or(1.0, |s| s.1)
    }

    fn limit(&self, km: f64) -> f64 {
        on(self.limits, km) / 3.6
    }

    /// The most from which the train holds the limits and stops ahead, at 0.3 m/s².
    fn envelope(&self, km: f64) -> f64 {
        let ahead = |at: f64, v: f64| (v * v + 2.0 * 0.3 * (at - km).max(0.0) * 1000.0).sqrt();
        let limits = self.limits.iter().filter(|l| l.0 > km).map(|l| ahead(l.0, l.1 / 3.6));
        let stops = self.stations.iter().skip(1).filter(|s| s.1 > km && (s.2 > 0.0 || s.1 >= self.end()));
        stops.map(|s| ahead(s.1, 0.0)).chain(limits).fold(f64::MAX, f64::min)
    }

    /// Gradient averaged over a train of 700 m.
    fn mean_gradient(&self, km: f64) -> f64 {
        (0..14).map(|i| on(&self.gradients, km - f64::from(i) * 0.05)).sum::<f64>() / 14.0
    }

    fn run(&self) -> Vec<RunPoint> {
        let mass = self.tonnes * 1000.0;
        let (mut km, mut t, mut v) = (0.0, 0.0, 0.5_f64);
        let step = (self.end() / 6000.0).clamp(0.01, 0.05);
        let mut out = Vec::new();
        while km < self.end() {
            let (limit, envelope) = (self.limit(km), self.envelope(km));
            let gradient = self.mean_gradient(km);
            let most = limit.min(envelope);
            let traction = 430e3_f64;
            let power = 2.4e6 / v.max(0.5);
            let adhesion = 138e3 * 9.81 * (0.161 + 7.5 / (44.0 + 3.6 * v)) * 0.9;
            let force = traction.min(power).min(adhesion);
            let weight = mass * 9.81 * (0.0012 + 0.000_01 * v * v + gradient / 1000.0);
            let mut mark = if force == power {
                Binds::Power
            } else if force == adhesion {
                Binds::Adhesion
            } else {
                Binds::Traction
            };
            let mut next = (v * v + 2.0 * (force - weight) / mass * step * 1000.0).max(1.0).sqrt();
            if next >= most {
                next = most.max(0.3);
                mark = if envelope < limit { Binds::Braking } else { Binds::Limit };
            }
            out.push(RunPoint {
                at_m: km * 1000.0,
                time_s: t,
                speed_mps: v,
                limit_mps: limit,
                braking_mps: if envelope < limit { envelope } else { f64::NAN },
                gradient_permille: gradient,
                mark,
            });
            t += step * 1000.0 / f64::midpoint(v, next).max(0.3);
            if let Some(stop) = self.stations.iter().find(|s| s.2 > 0.0 && s.1 > km && s.1 <= km + step) {
                t += stop.2;
                next = 0.3;
            }
            v = next;
            km += step;
        }
        if let Some(last) = out.last().copied() {
            out.push(RunPoint { at_m: self.end() * 1000.0, time_s: t, speed_mps: 0.0, ..last });
        }
        out
    }

    fn chart(&self, train: &str, title: &str) -> TrainRunChart {
        let points = self.run();
        let time = |km: f64| points.iter().find(|p| p.at_m >= km * 1000.0 - 1.0).map_or(0.0, |p| p.time_s);
        let late = |t: f64| (t * 1.07 / 30.0).ceil() * 30.0;
        let stations = self.stations.iter().map(|(name, km, stop)| {
            let arrive = time(*km) - stop;
            let end = *km >= self.end();
            let call = |t: f64| match (*km == 0.0, end || *stop > 0.0) {
                (true, _) => Calls { depart_s: Some(t), ..Calls::default() },
                (_, true) => Calls { arrive_s: Some(t), depart_s: (!end).then_some(t + stop), ..Calls::default() },
                _ => Calls { pass_s: Some(t), ..Calls::default() },
            };
            RunStation { name: name.clone(), at_m: km * 1000.0, technical: call(arrive), scheduled: call(late(arrive)) }
        });
        let ends = self.gradients.iter().skip(1).map(|g| g.0).chain([self.end()]);
        let mut height = 20.0;
        let mut heights = vec![(0.0, height)];
        let mut gradients = Vec::new();
        for ((from, g), to) in self.gradients.iter().zip(ends) {
            height += (to - from) * g;
            heights.push((to * 1000.0, height));
            gradients.push(GradientStep { from_m: from * 1000.0, to_m: to * 1000.0, permille: *g });
        }
        TrainRunChart {
            caption: words(
                title,
                "Speed, gradient and time over distance; the line says what binds the train.",
                "Drawn for show: a simple rule of motion, gradients invented.",
            ),
            train: train.into(),
            mass_kg: Some(self.tonnes * 1000.0),
            length_m: Some(700.0),
            energy_j: Some(self.tonnes * self.end() * 9.0e4),
            braked_j: Some(self.tonnes * self.end() * 1.1e4),
            stations: stations.collect(),
            points,
            gradients,
            heights,
        }
    }
}

/// Gradients that rise and fall, a step each so many km.
fn hills(end: f64, step: f64, most: f64) -> Vec<(f64, f64)> {
    let count = (end / step) as usize;
    (0..=count)
        .map(|i| (i as f64 * step, ((i as f64 * 1.7).sin() + (i as f64 * 0.37).cos()) * most / 2.0))
        .map(|(km, g)| (km, (g * 2.0).round() / 2.0))
        .filter(|g| g.0 < end)
        .collect()
}

/// A shuttle of five km between two stations.
pub(crate) fn short() -> TrainRunChart {
    let path = Path {
        stations: vec![("Dandong".into(), 0.0, 0.0), ("Sinŭiju".into(), 5.0, 0.0)],
        limits: &[(0.0, 40.0), (1.2, 60.0), (3.4, 25.0), (4.4, 40.0)],
        gradients: vec![(0.0, 0.0), (0.8, 4.0), (1.9, 0.0), (3.2, -3.5), (4.5, 0.0)],
        tonnes: 900.0,
    };
    path.chart("900 t, one diesel locomotive", "Over the bridge in eight minutes: limits bind")
}

/// The line to Pyongyang with a few stops.
pub(crate) fn line() -> TrainRunChart {
    let stations = crate::diagram::stations();
    let stations = stations
        .into_iter()
        .skip(1)
        .enumerate()
        .map(|(i, s)| (s.name, s.km - 280.0, if [6, 12, 17].contains(&i) { 900.0 } else { 0.0 }));
    let path = Path {
        stations: stations.collect(),
        limits: &[(0.0, 40.0), (8.2, 60.0), (49.8, 45.0), (60.6, 60.0), (104.2, 40.0), (117.0, 60.0), (197.3, 50.0)],
        gradients: hills(225.1, 4.6, 11.0),
        tonnes: 1900.0,
    };
    path.chart("1,900 t, one diesel locomotive, 138 t", "The line’s limits bind for three fifths of the time")
}

/// A long line with eighty stations.
pub(crate) fn long() -> TrainRunChart {
    let stations = (0..80).map(|i| {
        let km = f64::from(i) * 500.0 / 79.0 + if i % 3 == 1 { 1.6 } else { 0.0 };
        (format!("Station {}", i + 1), km.min(500.0), if i % 16 == 9 { 1200.0 } else { 0.0 })
    });
    let path = Path {
        stations: stations.collect(),
        limits: &[(0.0, 60.0), (20.0, 90.0), (150.0, 70.0), (180.0, 100.0), (330.0, 80.0), (420.0, 90.0)],
        gradients: hills(500.0, 3.1, 8.0),
        tonnes: 2600.0,
    };
    path.chart("2,600 t", "Five hundred kilometres, eighty stations")
}
