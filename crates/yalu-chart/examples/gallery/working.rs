//! Working diagrams for show: trains put on a single line one after another, each at the first free times.

use yalu_chart::{
    Clock, Closed, Colour, Occupation, Outside, Restriction, Station, TimeDistance, TrainKind, TrainLine, Wait,
    WorkingDiagram,
};

use crate::words;

const DAY0: i64 = 1_664_150_400_000 - 8 * 3_600_000; // 26 September 2022, 00:00 in Beijing
const MIN: i64 = 60_000;

/// A line under construction: which block is taken when, and by whom.
struct Plot {
    stations: Vec<Station>,
    taken: Vec<Vec<(i64, i64, usize)>>,
    diagram: WorkingDiagram,
}

/// When a train stands at a station: station, arrival, departure.
type Stay = (usize, i64, i64);

impl Plot {
    fn new(stations: Vec<Station>) -> Self {
        let taken = vec![Vec::new(); stations.len()];
        Self { stations, taken, diagram: WorkingDiagram::default() }
    }

    /// The first time from a moment at which a block is free, and who held it last before.
    fn free(&self, block: usize, from: i64, minutes: i64) -> (i64, Option<usize>) {
        let mut at = from;
        let mut whom = None;
        loop {
            let clash = self.taken[block].iter().find(|t| at < t.1 + 2 * MIN && at + minutes > t.0 - 2 * MIN);
            match clash {
                Some(t) => (at, whom) = (t.1 + 2 * MIN, Some(t.2)),
                None => return (at, whom),
            }
        }
    }

    fn train(&mut self, label: &str, kind: TrainKind, start: i64, kmh: f64, up: bool, stop: &[usize]) -> Vec<Stay> {
        let n = self.stations.len();
        let me = self.diagram.base.trains.len();
        let order: Vec<usize> = if up { (0..n).rev().collect() } else { (0..n).collect() };
        let (mut t, mut stays, mut points) = (start, Vec::new(), Vec::new());
        for w in order.windows(2) {
            let block = w[0].min(w[1]);
            let (a, b) = (self.stations[w[0]].km, self.stations[w[1]].km);
            let run = ((a - b).abs() / kmh * 60.0 * MIN as f64) as i64;
            let due = if stop.contains(&w[0]) && w[0] != order[0] { t + 8 * MIN } else { t };
            let single = self.stations[block].tracks < 2;
            let (go, whom) = if single { self.free(block, due, run) } else { (due, None) };
            if single {
                self.taken[block].push((go, go + run, me));
            }
            let name = whom.map_or_else(String::new, |i| {
                self.diagram.base.trains.get(i).map_or("possession".into(), |t| t.label.clone())
            });
            if points.is_empty() {
                if go > start + 5 * MIN {
                    self.diagram.outside.push(Outside { train: me, km: a, from: start, to: go });
                }
            } else if go > due {
                self.diagram.waits.push(Wait { train: me, km: a, from: t, to: go, whom: name });
                points.push((t, a));
            } else if go > t {
                points.push((t, a));
            }
            stays.push((w[0], t, go));
            points.push((go, a));
            self.diagram.occupations.push(Occupation {
                train: me,
                from_km: a,
                to_km: b,
                from: go - 90_000,
                to: go + run + 60_000,
            });
            t = go + run;
            points.push((t, b));
        }
        stays.push((order[n - 1], t, t));
        self.diagram.base.trains.push(TrainLine { label: label.into(), kind, colour: Colour::Rail, points });
        stays
    }

    fn done(mut self, title: &str, from: i64, to: i64) -> WorkingDiagram {
        self.diagram.base = TimeDistance {
            caption: words(
                title,
                "Every line is a train: steep is fast, level is standing. Rings are meets at passing loops.",
                "Drawn for show: each train takes the first free times after those before it.",
            ),
            from,
            to,
            stations: self.stations,
            stamp: "Illustrative schedule".into(),
            ..self.diagram.base
        };
        self.diagram.clock = Clock { name: "Beijing time, UTC+8".into(), ahead_min: 480 };
        self.diagram
    }
}

fn meets(stays: &[(bool, Vec<Stay>)], stations: &[Station]) -> Vec<(i64, f64)> {
    let mut out = Vec::new();
    for (i, (up, a)) in stays.iter().enumerate() {
        for (_, b) in stays.iter().skip(i + 1).filter(|s| s.0 != *up) {
            for (k, from, to) in a {
                if let Some((_, f, t)) = b.iter().find(|s| s.0 == *k)
                    && from.max(f) <= to.min(t)
                {
                    out.push((*from.max(f), stations[*k].km));
                }
            }
        }
    }
    out
}

/// A morning of the line to Pyongyang with occupations.
pub(crate) fn morning() -> WorkingDiagram {
    let stations: Vec<Station> = crate::diagram::stations()
        .into_iter()
        .skip(1)
        .map(|s| Station { lanes: vec![], note: String::new(), ..s })
        .collect();
    let mut plot = Plot::new(stations.clone());
    plot.taken[stations.len() - 3].push((DAY0 + 9 * 60 * MIN, DAY0 + 11 * 60 * MIN, usize::MAX));
    let mut stays = Vec::new();
    for i in 0..5_i64 {
        let start = DAY0 + (4 * 60 + i * 130) * MIN;
        stays.push((false, plot.train(&format!("P {}", i + 1), TrainKind::Passenger, start, 55.0, false, &[6, 12])));
        stays
            .push((true, plot.train(&format!("F {}", i * 2 + 2), TrainKind::Empty, start + 35 * MIN, 40.0, true, &[])));
        stays.push((
            false,
            plot.train(&format!("F {}", i * 2 + 1), TrainKind::Loaded, start + 70 * MIN, 36.0, false, &[]),
        ));
        stays.push((
            true,
            plot.train(&format!("G {}", i + 1), TrainKind::Domestic, start + 80 * MIN, 45.0, true, &[12]),
        ));
    }
    let mut out = plot.done("A morning with its blocks", DAY0 + 5 * 60 * MIN, DAY0 + 15 * 60 * MIN);
    out.base.meets = meets(&stays, &stations);
    out.station_tracks = (0..stations.len()).map(|i| [2, 2, 3, 1, 2, 4][i % 6]).collect();
    out.second = Some(Clock { name: "Pyongyang time, UTC+9".into(), ahead_min: 540 });
    out.restrictions = vec![
        Restriction { from_km: 371.6, to_km: 379.5, kmh: 25.0, from: None, to: None, label: "weak bridge".into() },
        Restriction {
            from_km: 455.0,
            to_km: 457.0,
            kmh: 15.0,
            from: Some(DAY0 + 8 * 60 * MIN),
            to: Some(DAY0 + 12 * 60 * MIN),
            label: String::new(),
        },
    ];
    out.base.closed = vec![Closed {
        from_km: stations[stations.len() - 3].km,
        to_km: stations[stations.len() - 2].km,
        from: DAY0 + 9 * 60 * MIN,
        to: DAY0 + 11 * 60 * MIN,
        label: "possession".into(),
    }];
    out
}

/// A week on sixty stations with forty trains a day.
pub(crate) fn week() -> WorkingDiagram {
    let stations: Vec<Station> = (0..60)
        .map(|i| Station {
            km: f64::from(i) * 7.0 + f64::from(i * 37 % 5),
            name: format!("Station {}", i + 1),
            tracks: if i % 13 == 12 { 2 } else { 1 },
            ..Station::default()
        })
        .collect();
    let mut plot = Plot::new(stations.clone());
    for d in 0..7 {
        for block in 10..14 {
            plot.taken[block].push((DAY0 + (d * 1440 + 600) * MIN, DAY0 + (d * 1440 + 720) * MIN, usize::MAX));
        }
    }
    let mut stays = Vec::new();
    for i in 0..7 * 20_i64 {
        let start = DAY0 + i * 72 * MIN;
        let (down, up) = match i % 4 {
            0 => (TrainKind::Passenger, TrainKind::Passenger),
            1 | 2 => (TrainKind::Loaded, TrainKind::Empty),
            _ => (TrainKind::Domestic, TrainKind::Domestic),
        };
        let speed = if i % 4 == 0 { 80.0 } else { 60.0 };
        stays.push((false, plot.train(&format!("{}", 1001 + i * 2), down, start, speed, false, &[20])));
        stays.push((true, plot.train(&format!("{}", 1002 + i * 2), up, start + 31 * MIN, speed, true, &[40])));
    }
    let mut out = plot.done("A week, forty trains a day", DAY0, DAY0 + 7 * 1440 * MIN);
    out.base.meets = meets(&stays, &stations);
    out.station_tracks = (0..60).map(|i| 2 + u8::from(i % 5 == 0)).collect();
    out.base.closed = (0..7)
        .map(|d| Closed {
            from_km: stations[10].km,
            to_km: stations[14].km,
            from: DAY0 + (d * 1440 + 600) * MIN,
            to: DAY0 + (d * 1440 + 720) * MIN,
            label: "window".into(),
        })
        .collect();
    out.restrictions = vec![Restriction {
        from_km: 200.0,
        to_km: 214.0,
        kmh: 40.0,
        label: "weak bridge".into(),
        ..Restriction::default()
    }];
    out
}

/// The illustrative working day with its border stations unfolded, two clocks on the rims.
pub(crate) fn day() -> WorkingDiagram {
    let base = crate::diagram::diagram();
    WorkingDiagram {
        clock: Clock { name: base.above.name.clone(), ahead_min: 480 },
        second: Some(Clock { name: base.below.name.clone(), ahead_min: 540 }),
        station_tracks: vec![2; base.stations.len()],
        base,
        ..WorkingDiagram::default()
    }
}
