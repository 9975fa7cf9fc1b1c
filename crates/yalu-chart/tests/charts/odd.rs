//! Specifications of the planner's charts, filled with odd words and any value.

use yalu_chart::{
    Binds, Calls, CapacityBars, Clock, Colour, DelayCause, DelayVolume, GradientStep, Occupation, Outside,
    PunctualityChart, PunctualityPoint, Restriction, RunPoint, RunStation, SectionUse, TrainRunChart, VolumeCurve,
    VolumeMark, VolumePoint, Wait, WorkingDiagram,
};

use crate::specs::{ODD, bands, caption, diagram};

const HOUR: i64 = 3_600_000;

pub(crate) fn odd_run(v: f64, n: usize) -> TrainRunChart {
    let point = |i: usize| RunPoint {
        at_m: i as f64 * 900.0,
        time_s: i as f64 * 60.0,
        speed_mps: if i % 7 == 3 { v } else { 12.0 },
        limit_mps: if i % 5 == 2 { v } else { 16.0 },
        braking_mps: if i.is_multiple_of(2) { v } else { f64::NAN },
        gradient_permille: if i.is_multiple_of(3) { v } else { 4.0 },
        mark: [Binds::Traction, Binds::Power, Binds::Adhesion, Binds::Limit, Binds::Braking][i / 3 % 5],
    };
    let station = |i: usize| RunStation {
        name: ODD.into(),
        at_m: i as f64 * 900.0,
        technical: Calls { arrive_s: Some(i as f64 * 60.0), pass_s: None, depart_s: Some(v) },
        scheduled: Calls { arrive_s: Some(v), pass_s: Some(v), depart_s: None },
    };
    TrainRunChart {
        caption: caption(),
        train: ODD.into(),
        mass_kg: Some(v),
        length_m: Some(v),
        energy_j: Some(v),
        braked_j: Some(v),
        points: (0..n).map(point).chain([RunPoint { at_m: v, time_s: v, ..RunPoint::default() }]).collect(),
        stations: (0..n).map(station).collect(),
        gradients: vec![GradientStep { from_m: 0.0, to_m: v, permille: v }, GradientStep::default()],
        heights: vec![(0.0, 10.0), (v, v), (9000.0, 30.0)],
    }
}

pub(crate) fn odd_working(v: f64) -> WorkingDiagram {
    let from = 0;
    WorkingDiagram {
        base: diagram(v),
        clock: Clock { name: ODD.into(), ahead_min: i32::MAX },
        second: Some(Clock { name: ODD.into(), ahead_min: 510 }),
        station_tracks: vec![0, 1, 2, 3, 200, 7],
        occupations: vec![
            Occupation { train: 0, from_km: 40.0, to_km: 80.0, from, to: HOUR },
            Occupation { train: 99, from_km: v, to_km: v, from: i64::MIN, to: i64::MAX },
        ],
        restrictions: vec![
            Restriction { from_km: 45.0, to_km: 60.0, kmh: v, from: None, to: None, label: ODD.into() },
            Restriction { from_km: v, to_km: 60.0, kmh: 5.0, from: Some(9), to: Some(i64::MIN), label: ODD.into() },
        ],
        outside: vec![
            Outside { train: 1, km: 0.0, from, to: 2 * HOUR },
            Outside { train: 77, km: v, from: i64::MIN, to: i64::MAX },
        ],
        waits: vec![
            Wait { train: 0, km: 40.0, from: HOUR, to: 3 * HOUR, whom: ODD.into() },
            Wait { train: 55, km: v, from: i64::MIN, to: i64::MAX, whom: ODD.into() },
        ],
    }
}

pub(crate) fn odd_capacity(v: f64) -> CapacityBars {
    let section = |binding| SectionUse {
        name: ODD.into(),
        running: 0.4,
        setting: 0.1,
        stops: v,
        closed: 0.1,
        trains_down: v,
        trains_up: 12.0,
        capacity: Some(40.0),
        simulated: Some(v),
        binding,
    };
    CapacityBars { caption: caption(), sections: vec![section(true), section(false)], tolerance: v }
}

pub(crate) fn odd_volume(v: f64) -> DelayVolume {
    let point = |i: i32| VolumePoint { trains: f64::from(i) * 4.0, delay: Some(bands(f64::from(i))) };
    let wild = VolumePoint { trains: v, delay: Some(bands(v)) };
    DelayVolume {
        caption: caption(),
        curves: vec![VolumeCurve {
            name: ODD.into(),
            colour: Colour::Rail,
            points: (1..9).map(point).chain([wild]).collect(),
        }],
        marks: vec![
            VolumeMark { trains: v, text: ODD.into(), bound: true },
            VolumeMark { trains: 20.0, text: ODD.into(), bound: false },
        ],
        tolerated_min: Some(v),
    }
}

pub(crate) fn odd_punctuality(v: f64, n: usize) -> PunctualityChart {
    let point = |i: usize| PunctualityPoint {
        name: ODD.into(),
        km: v,
        p50_min: i as f64,
        p90_min: i as f64 * 2.0,
        p99_min: if i % 6 == 5 { v } else { i as f64 * 3.0 },
        arose: DelayCause::ALL.iter().map(|c| (*c, if i % 4 == 2 { v } else { 1.0 })).collect(),
    };
    PunctualityChart { caption: caption(), of: ODD.into(), points: (0..n).map(point).collect() }
}
