//! What planners ask of a line: capacity, delay over volume, punctuality; every figure invented.

use yalu_chart::{
    CapacityBars, Colour, DelayCause, DelayVolume, PunctualityChart, PunctualityPoint, SectionUse, VolumeCurve,
    VolumeMark, VolumePoint,
};
use yalu_number::Band;

use crate::words;

/// Consumed capacity of the line to Pyongyang.
pub(crate) fn capacity() -> CapacityBars {
    let stations = crate::diagram::stations();
    let sections = stations.windows(2).skip(1).enumerate().map(|(i, w)| {
        let minutes = (w[1].km - w[0].km) / 38.0 * 60.0;
        let trains = if i < 11 { 24.0 } else { 30.0 };
        let cycle = minutes + 5.0;
        let closed = if i % 7 == 3 { 0.083 } else { 0.0 };
        let capacity = (1.0 - closed) * 1440.0 / cycle;
        SectionUse {
            name: format!("{} – {}", w[0].name, w[1].name),
            running: trains * minutes / 1440.0,
            setting: trains * 3.0 / 1440.0,
            stops: trains * 2.0 / 1440.0,
            closed,
            trains_down: trains / 2.0,
            trains_up: trains / 2.0,
            capacity: Some(capacity),
            simulated: Some(capacity * if i % 6 == 4 { 0.82 } else { 0.95 }),
            binding: i == 17,
        }
    });
    CapacityBars {
        caption: words(
            "Sukch’ŏn – Sŏgam binds the line",
            "Share of the day each section is taken, and trains a day of what it can carry.",
            "Drawn for show. Closed form: day less closed hours over the cycle of a pair.",
        ),
        sections: sections.collect(),
        tolerance: 0.1,
    }
}

/// Delay over volume for a line and for the same with a longer loop.
pub(crate) fn volume() -> DelayVolume {
    let curve = |name: &str, colour, most: f64| VolumeCurve {
        name: name.into(),
        colour,
        points: (1..=9)
            .map(|i| {
                let trains = f64::from(i) * 4.0;
                let v = 6.0 * trains / most / (1.0 - trains / most).max(0.06) + 2.0;
                let delay = Some(Band { p05: v * 0.5, p25: v * 0.8, p50: v, p75: v * 1.25, p95: v * 1.7 });
                VolumePoint { trains, delay }
            })
            .collect(),
    };
    DelayVolume {
        caption: words(
            "Past thirty trains a day each further train delays all",
            "Delay a train over trains a day; bands over 200 runs (5–95 %, 25–75 %).",
            "Drawn for show.",
        ),
        curves: vec![curve("today", Colour::Ink2, 41.0), curve("loop at Roha lengthened", Colour::Rail, 52.0)],
        marks: vec![
            VolumeMark { trains: 42.0, text: "closed form, 42".into(), bound: true },
            VolumeMark { trains: 24.0, text: "operated, 24".into(), bound: false },
        ],
        tolerated_min: Some(30.0),
    }
}

/// Punctuality over a count of points.
pub(crate) fn punctuality(count: usize) -> PunctualityChart {
    let stations = crate::diagram::stations();
    let mut late = 4.0;
    let points = (0..count).map(|i| {
        let name = stations.get(i + 1).map_or_else(|| format!("Station {i}"), |s| s.name.clone());
        let wave = (i as f64 * 1.3).sin().abs();
        let mut arose = vec![
            (DelayCause::Meet, wave * 6.0),
            (DelayCause::Following, (i % 4) as f64 * 0.7),
            (DelayCause::Safety, (i % 5) as f64 * 0.3),
        ];
        match i {
            0 => arose = vec![(DelayCause::Entry, 6.0), (DelayCause::Border, 11.0)],
            5 | 12 => arose.push((DelayCause::Possession, 7.0)),
            7 => arose.push((DelayCause::StationFull, 5.0)),
            9 => arose.push((DelayCause::Failure, 4.0)),
            14 => arose.push((DelayCause::Power, 3.0)),
            _ => {}
        }
        late += arose.iter().map(|a| a.1).sum::<f64>() * 0.6 - 2.2;
        let km = stations.get(i + 1).map_or(i as f64 * 6.0, |s| s.km);
        PunctualityPoint { name, km, p50_min: late - 8.0, p90_min: late * 1.6 + 6.0, p99_min: late * 2.4 + 14.0, arose }
    });
    PunctualityChart {
        caption: words(
            "Half the delay arises at meets",
            "Lateness at each point, and the delay that arose on the way to it.",
            "Drawn for show.",
        ),
        of: "Freight to the South, 200 runs".into(),
        points: points.collect(),
    }
}
