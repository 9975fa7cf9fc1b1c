//! What `yalu line train` gives: one train run over the line.

use crate::{SCHEMA_VERSION, names};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_number::{Cell, Column, Summary, Table, Unit, percent, running_time};
use yalu_physics::Mark;
use yalu_study::{Call, Ride};

/// Distance between marks, metres.
const MARKS_M: f64 = 10_000.0;
/// Loads above this share of the tonnage rating are shown.
const NEAR: f64 = 0.9;

/// One train’s run over the path of a service, at the median of every input, nothing in its way. Metres count from the begin
/// of the path, seconds from the start; the head of the train is at the exit of stations and at the point elsewhere.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TrainRun {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Id of the service.
    pub service: String,
    /// Title of the service.
    pub title: String,
    /// `out` as the service is written, or `back`.
    pub direction: &'static str,
    /// The train.
    pub train: Train,
    /// Length of the path.
    pub path_m: f64,
    /// Technical time, stops included.
    pub duration_s: f64,
    /// Scheduled time, stops included.
    pub scheduled_s: f64,
    /// What is scheduled above the technical running time, as a share.
    pub supplement: f64,
    /// Energy at the wheel.
    pub wheel_kwh: f64,
    /// Energy taken by the brakes.
    pub braked_kwh: f64,
    /// The front at every 10 km of the path.
    pub marks: Vec<Passed>,
    /// Points of the path in order.
    pub stations: Vec<Station>,
    /// What holds the speed.
    pub bound: Vec<Bound>,
    /// Speed of the tonnage rating.
    pub rating_kmh: f64,
    /// Tonnage rating of each section of line.
    pub rating: Vec<Rating>,
    /// The run at points 50 m apart or less; only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<Vec<Point>>,
    /// The same, always; in `train.csv`.
    #[serde(skip)]
    pub points: Vec<Point>,
    /// Gradients of the line under the path, from and to, metres, and per mille; drawn.
    #[serde(skip)]
    pub gradients: Vec<(f64, f64, f64)>,
}

/// The train of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Train {
    /// Id of the locomotive that leads.
    pub locomotive: String,
    /// All its locomotives in words: `one r1`, `2 r1 and one df4`.
    pub locomotives: String,
    /// Id of the wagon.
    pub wagon: String,
    /// Wagons.
    pub wagons: u32,
    /// Whether they are loaded.
    pub loaded: bool,
    /// Load of a wagon.
    pub load_t: f64,
    /// Mass of the train.
    pub mass_t: f64,
    /// Mass of its wagons with their load.
    pub trailing_t: f64,
    /// Length over all.
    pub length_m: f64,
    /// Greatest speed.
    pub max_speed_kmh: f64,
    /// Service deceleration.
    pub braking_mps2: f64,
    /// Factor for rotating masses.
    pub rotating_mass_factor: f64,
}

/// The front of the train at a place of its path.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Passed {
    /// Metres of the path.
    pub at_m: f64,
    /// Seconds from the start.
    pub time_s: f64,
}

/// The train at a point of its path: it passes, or arrives and departs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Station {
    /// Id of the point.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub km: f64,
    /// Where the head of the train is at the times given.
    pub head_m: f64,
    /// Arrival.
    pub arrive_s: Option<f64>,
    /// Passing without a stop.
    pub pass_s: Option<f64>,
    /// Departure.
    pub depart_s: Option<f64>,
    /// Scheduled arrival.
    pub scheduled_arrive_s: Option<f64>,
    /// Scheduled passing.
    pub scheduled_pass_s: Option<f64>,
    /// Scheduled departure.
    pub scheduled_depart_s: Option<f64>,
    /// Supplement gathered so far.
    pub supplement_s: f64,
    /// Lowest limit of the line on the way to it; null at the begin.
    pub limit_kmh: Option<f64>,
}

/// A stretch of the path with what holds the speed on it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Bound {
    /// Begin, metres of the path.
    pub from_m: f64,
    /// End, metres of the path.
    pub to_m: f64,
    /// `traction`, `power`, `adhesion`, `limit` or `braking`.
    pub by: &'static str,
}

/// The tonnage rating of a section of line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Rating {
    /// Id of the section.
    pub section: String,
    /// Steepest gradient, averaged over the train, curves counted.
    pub ruling_permille: f64,
    /// Trailing tonnes that the locomotive keeps moving at the speed; null where wagons roll by themselves.
    pub tonnes: Option<f64>,
    /// Share of it that the present load is.
    pub share: Option<f64>,
}

/// The run at one place of its head.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Point {
    /// Metres of the path.
    pub at_m: f64,
    /// Seconds from the start, stops included.
    pub time_s: f64,
    /// Speed.
    pub speed_mps: f64,
    /// Limit of line and train.
    pub limit_mps: f64,
    /// The most from which the train still holds what lies ahead.
    pub braking_mps: f64,
    /// Gradient averaged over the train, rising positive.
    pub gradient_permille: f64,
    /// What holds the speed from here on.
    pub by: &'static str,
}

/// What holds the speed, in the order of tables.
const BY: [(Mark, &str); 5] = [
    (Mark::Traction, "traction"),
    (Mark::Power, "power"),
    (Mark::Adhesion, "adhesion"),
    (Mark::Limit, "limit"),
    (Mark::Braking, "braking"),
];

fn by(mark: Mark) -> &'static str {
    BY.iter().find(|x| x.0 == mark).map_or("", |x| x.1)
}

impl TrainRun {
    /// The view of a run; `curve`: with its points in JSON.
    pub fn of(r: &Ride, rating_kmh: f64, curve: bool) -> TrainRun {
        let (consist, service) = (&r.line.consist, &r.c.trains.services[r.service]);
        let marks = (1..).map(|k| f64::from(k) * MARKS_M).take_while(|m| *m < r.path_m());
        let points: Vec<Point> = r
            .points
            .iter()
            .map(|p| Point {
                at_m: p.at_m,
                time_s: p.time_s,
                speed_mps: p.speed_mps,
                limit_mps: p.allowed_mps,
                braking_mps: p.braking_mps,
                gradient_permille: p.gradient_permille,
                by: by(p.mark),
            })
            .collect();
        TrainRun {
            schema_version: SCHEMA_VERSION,
            scenario: r.c.about.id.clone(),
            service: service.id.clone(),
            title: service.title.clone(),
            direction: names::direction(r.line.forward),
            train: Train {
                locomotive: consist.locomotive_id().to_string(),
                locomotives: consist.locomotives(),
                wagon: r.c.trains.wagons[service.wagon].id.clone(),
                wagons: consist.wagons,
                loaded: r.line.loaded,
                load_t: consist.load_t,
                mass_t: r.train.mass_kg / 1000.0,
                trailing_t: consist.wagons_kg() / 1000.0,
                length_m: r.train.length_m,
                max_speed_kmh: r.train.max_speed_mps * 3.6,
                braking_mps2: r.train.service_braking_mps2,
                rotating_mass_factor: r.train.rotating_mass_factor,
            },
            path_m: r.path_m(),
            duration_s: r.duration_s(),
            scheduled_s: r.calls.last().map_or(0.0, |x| r.scheduled_s(x)),
            supplement: r.factor - 1.0,
            wheel_kwh: r.wheel_kwh(),
            braked_kwh: r.braked_kwh(),
            marks: marks.filter_map(|at_m| Some(Passed { at_m, time_s: r.time_at(at_m)? })).collect(),
            stations: r.calls.iter().enumerate().map(|(i, x)| station(r, i, x)).collect(),
            bound: r.bound().into_iter().map(|(from_m, to_m, mark)| Bound { from_m, to_m, by: by(mark) }).collect(),
            rating_kmh,
            rating: r
                .ratings
                .iter()
                .map(|x| Rating {
                    section: names::section(r.c, x.section).to_owned(),
                    ruling_permille: x.ruling_permille,
                    tonnes: x.tonnes,
                    share: x.share,
                })
                .collect(),
            curve: curve.then(|| points.clone()),
            points,
            gradients: r.pieces().iter().map(|p| (p.from_m, p.to_m, p.gradient_permille)).collect(),
        }
    }
}

fn station(r: &Ride, i: usize, x: &Call) -> Station {
    let (technical, scheduled) = (x.run_s + x.stood_s, r.scheduled_s(x));
    let (first, last) = (i == 0, i + 1 == r.calls.len());
    let stop_s = x.stop_s.filter(|_| !first && !last);
    let arrives = last || stop_s.is_some();
    let passes = !first && !arrives;
    let departs = if first { Some(0.0) } else { stop_s };
    Station {
        id: r.c.line.points[x.point].id.clone(),
        name: r.c.line.points[x.point].name.clone(),
        km: x.at_m / 1000.0,
        head_m: x.head_m,
        arrive_s: (arrives && !first).then_some(technical),
        pass_s: passes.then_some(technical),
        depart_s: departs.map(|s| technical + s),
        scheduled_arrive_s: (arrives && !first).then_some(scheduled),
        scheduled_pass_s: passes.then_some(scheduled),
        scheduled_depart_s: departs.map(|s| scheduled + s),
        supplement_s: scheduled - technical,
        limit_kmh: x.limit_mps.map(|v| v * 3.6),
    }
}

impl TrainRun {
    /// The train in words: `40 r1, loaded, behind one r1`.
    pub fn train_words(&self) -> String {
        let t = &self.train;
        let load = if t.load_t > 0.0 { "loaded" } else { "empty" };
        match t.wagons {
            0 => format!("{} alone", t.locomotives),
            n => format!("{n} {}, {load}, behind {}", t.wagon, t.locomotives),
        }
    }

    /// Names of the first and the last point.
    pub fn ends(&self) -> [&str; 2] {
        [self.stations.first(), self.stations.last()].map(|s| s.map_or("", |s| s.name.as_str()))
    }

    /// The run in the terminal's words.
    pub fn summary(&self) -> Summary {
        let [from, to] = self.ends();
        let mass = format!("{}, {}", Unit::Tonnes.write(self.train.mass_t), Unit::Metres.write(self.train.length_m));
        let times = format!(
            "{} technical, {} scheduled (supplement {})",
            running_time(self.duration_s),
            running_time(self.scheduled_s),
            percent(self.supplement)
        );
        let energy = format!(
            "{} at the wheel, {} braked away",
            Unit::KilowattHours.write(self.wheel_kwh),
            Unit::KilowattHours.write(self.braked_kwh)
        );
        Summary {
            heading: format!("{}, {from} to {to}", self.title),
            facts: vec![
                ("Train".into(), self.train_words()),
                ("Mass, length".into(), mass),
                ("Running time".into(), times),
                ("Energy".into(), energy),
            ],
            tables: vec![self.by_station(), self.what_binds(), self.near_rating()],
            notes: vec!["At the median of every input; nothing is in the train’s way.".into()],
        }
    }

    fn by_station(&self) -> Table {
        let time = |key: &str, title: &str| Column::text(key, title).right();
        let at = |s: Option<f64>| Cell::from(s.map(running_time));
        let mut before: Option<f64> = None;
        let row = |s: &Station| {
            let comes = s.arrive_s.or(s.pass_s).or(s.depart_s);
            let between = before.zip(comes).map(|(b, t)| (t - b) / 60.0);
            before = s.depart_s.or(comes);
            vec![
                s.name.as_str().into(),
                s.km.into(),
                at(s.arrive_s),
                at(s.pass_s),
                at(s.depart_s),
                at(s.scheduled_arrive_s.or(s.scheduled_pass_s).or(s.scheduled_depart_s)),
                between.into(),
                s.limit_kmh.into(),
            ]
        };
        Table {
            id: "stations".into(),
            title: "By station".into(),
            columns: vec![
                Column::text("name", ""),
                Column::number("km", "km", Unit::Kilometres).decimals(1),
                time("arrive", "arrive"),
                time("pass", "pass"),
                time("depart", "depart"),
                time("scheduled", "scheduled"),
                Column::number("min", "min", Unit::Minutes).decimals(1),
                Column::number("limit_kmh", "limit km/h", Unit::KmPerHour),
            ],
            rows: self.stations.iter().map(row).collect(),
            note: "head of the train at the exit of stations, at the point elsewhere; min: since the station before; limit: \
                   the lowest on the way"
                .into(),
        }
    }

    fn what_binds(&self) -> Table {
        let mut km: BTreeMap<&str, f64> = BTreeMap::new();
        for b in &self.bound {
            *km.entry(b.by).or_default() += (b.to_m - b.from_m) / 1000.0;
        }
        let all = km.values().sum::<f64>().max(1e-9);
        let row = |(_, by): &(Mark, &'static str)| {
            Some(vec![(*by).into(), km.get(by).copied()?.into(), (km.get(by)? / all).into()])
        };
        Table {
            id: "bound".into(),
            title: "What binds the speed".into(),
            columns: vec![
                Column::text("by", ""),
                Column::number("km", "km", Unit::Kilometres).decimals(1),
                Column::number("share", "share", Unit::Share),
            ],
            rows: BY.iter().filter_map(row).collect(),
            note: String::new(),
        }
    }

    fn near_rating(&self) -> Table {
        let near = |x: &&Rating| x.share.is_some_and(|s| s > NEAR) || x.tonnes == Some(0.0);
        let row =
            |x: &Rating| vec![x.section.as_str().into(), x.ruling_permille.into(), x.tonnes.into(), x.share.into()];
        let rows: Vec<Vec<Cell>> = self.rating.iter().filter(near).map(row).collect();
        let least = self.rating.iter().filter_map(|x| Some((x.tonnes?, x))).min_by(|a, b| a.0.total_cmp(&b.0));
        let least = least.map_or(String::new(), |(tonnes, x)| {
            let permille = Unit::PerMille.write(x.ruling_permille);
            format!("; least: {} on {}, {permille}", Unit::Tonnes.write(tonnes), x.section)
        });
        Table {
            id: "rating".into(),
            title: format!(
                "Sections where {} of wagons are above 90 % of the tonnage rating at {}",
                Unit::Tonnes.write(self.train.trailing_t),
                Unit::KmPerHour.write(self.rating_kmh)
            ),
            columns: vec![
                Column::text("section", ""),
                Column::number("ruling_permille", "ruling", Unit::PerMille).decimals(1),
                Column::number("rating_t", "rating", Unit::Tonnes),
                Column::number("load", "load", Unit::Share),
            ],
            note: if rows.is_empty() {
                format!("none{least}")
            } else {
                format!("ruling gradient: the steepest, averaged over the train, curves counted{least}")
            },
            rows,
        }
    }

    /// The curve, in data.
    pub fn curve_table(&self) -> Table {
        let fine = |key: &str, unit: Unit| Column::number(key, key, unit).decimals(3);
        let row = |p: &Point| {
            vec![
                p.at_m.into(),
                p.time_s.into(),
                (p.speed_mps * 3.6).into(),
                (p.limit_mps * 3.6).into(),
                (p.braking_mps * 3.6).into(),
                p.gradient_permille.into(),
                p.by.into(),
            ]
        };
        Table {
            id: "curve".into(),
            title: "The run".into(),
            columns: vec![
                fine("at_m", Unit::Metres),
                fine("time_s", Unit::Seconds),
                fine("speed_kmh", Unit::KmPerHour),
                fine("limit_kmh", Unit::KmPerHour),
                fine("braking_kmh", Unit::KmPerHour),
                fine("gradient_permille", Unit::PerMille),
                Column::text("by", "by"),
            ],
            rows: self.points.iter().map(row).collect(),
            note: String::new(),
        }
    }

    /// Times by station, in data.
    pub fn stations_table(&self) -> Table {
        let fine = |key: &str, unit: Unit| Column::number(key, key, unit).decimals(3);
        let row = |s: &Station| {
            let times =
                [s.arrive_s, s.pass_s, s.depart_s, s.scheduled_arrive_s, s.scheduled_pass_s, s.scheduled_depart_s];
            let mut row: Vec<Cell> = vec![s.id.as_str().into(), s.name.as_str().into(), s.km.into(), s.head_m.into()];
            row.extend(times.map(Cell::from));
            row.push(s.limit_kmh.into());
            row
        };
        let mut columns = vec![
            Column::text("id", "id"),
            Column::text("name", "name"),
            fine("km", Unit::Kilometres),
            fine("head_m", Unit::Metres),
        ];
        let times = ["arrive_s", "pass_s", "depart_s", "scheduled_arrive_s", "scheduled_pass_s", "scheduled_depart_s"];
        columns.extend(times.map(|key| fine(key, Unit::Seconds)));
        columns.push(fine("limit_kmh", Unit::KmPerHour));
        Table {
            id: "stations".into(),
            title: "Times by station".into(),
            columns,
            rows: self.stations.iter().map(row).collect(),
            note: String::new(),
        }
    }
}
