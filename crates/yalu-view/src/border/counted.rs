//! A count in a yard to trains and wagons a day, and back.

use super::Told;
use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_border::flow::{Interval, flow_per_day, stock};
use yalu_number::Unit;

/// What a yard's count or flow comes to at a station.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Counted {
    /// Id of the station.
    pub station: String,
    /// Name of the station.
    pub station_title: String,
    /// Hours a wagon stands there: mean of a run, 5 to 95 of a hundred runs.
    pub dwell_h: Range,
    /// Wagons of a train there: mean of a run, 5 to 95 of a hundred runs.
    pub wagons_per_train: Range,
    /// What was asked, and what it comes to.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What was asked, and what it comes to.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Answer {
    /// A stock of wagons to a flow.
    Flow {
        /// Wagons seen in the yard.
        stock_wagons: Range,
        /// Wagons a day that go through.
        wagons_per_day: Range,
        /// Trains a day that go through.
        trains_per_day: Range,
    },
    /// A flow of trains to a stock.
    Stock {
        /// Trains a day asked about.
        flow_trains_per_day: Range,
        /// Wagons that stand there, mean.
        wagons_standing: Range,
        /// Trains that stand there, mean.
        trains_standing: Range,
    },
}

/// From a least to a greatest value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

impl From<Interval> for Range {
    fn from(x: Interval) -> Range {
        Range { low: x.least, high: x.most }
    }
}

impl Range {
    /// In words, `60 to 75`; ends that read alike stand once.
    pub fn write(self) -> String {
        let [low, high] = [self.low, self.high].map(|x| Unit::Number.write(x));
        if low == high { high } else { format!("{low} to {high}") }
    }
}

/// A stock of wagons seen, or a flow of trains a day.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// Wagons in the yard.
    Stock(Interval),
    /// Trains a day.
    Flow(Interval),
}

/// No wagon stood at the station in the period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no wagon stood at {station} in the period")]
pub struct NothingStood {
    /// Name of the station.
    pub station: String,
}

/// What was asked, over the runs: with mean dwell and train lengths between 5 and 95 of a hundred runs.
pub fn counted(told: &Told, asked: Asked) -> Result<Counted, NothingStood> {
    let c = told.corridor;
    let stands = || told.runs.central.stays.iter();
    let station = match told.station {
        Some(s) => s,
        // The one at which wagons stand longest: where a picture from above shows them.
        None => stands().max_by(|a, b| a.stock.total_cmp(&b.stock)).map_or(0, |s| s.station),
    };
    let station_title = names::station(c, station).to_owned();
    let none = || NothingStood { station: station_title.clone() };
    let of = |value: fn(&yalu_study::Stand) -> f64| {
        let all = told.runs.all().iter().filter_map(|m| m.stays.iter().find(|s| s.station == station));
        let band = yalu_number::Band::of(all.filter(|s| s.wagons > 0).map(value)).ok_or_else(none)?;
        Interval::new(band.p05, band.p95).map_err(|_| none())
    };
    let dwell_h = of(|s| s.hours)?;
    let per_train = of(|s| s.wagons as f64 / s.trains.max(1) as f64)?;
    let days = Interval { least: dwell_h.least / 24.0, most: dwell_h.most / 24.0 };
    let answer = match asked {
        Asked::Stock(seen) => {
            let wagons = flow_per_day(seen, days).map_err(|_| none())?;
            let trains = Interval { least: wagons.least / per_train.most, most: wagons.most / per_train.least };
            Answer::Flow { stock_wagons: seen.into(), wagons_per_day: wagons.into(), trains_per_day: trains.into() }
        }
        Asked::Flow(flow) => {
            let trains = stock(flow, days).map_err(|_| none())?;
            let wagons = Interval { least: trains.least * per_train.least, most: trains.most * per_train.most };
            Answer::Stock {
                flow_trains_per_day: flow.into(),
                wagons_standing: wagons.into(),
                trains_standing: trains.into(),
            }
        }
    };
    Ok(Counted {
        station: names::station_id(c, station).to_owned(),
        station_title: station_title.clone(),
        dwell_h: dwell_h.into(),
        wagons_per_train: per_train.into(),
        answer,
    })
}

impl Counted {
    /// The answer in words, with its name.
    pub fn fact(&self) -> (String, String) {
        let name = &self.station_title;
        let stands =
            format!("each stands {} h, {} wagons a train", self.dwell_h.write(), self.wagons_per_train.write());
        let ways = "Counts trains of both ways and loaded as well as empty cuts, once for each stay.";
        match self.answer {
            Answer::Flow { stock_wagons, wagons_per_day, trains_per_day } => (
                "Stock to flow".into(),
                format!(
                    "{} wagons at {name}: {} wagons a day, {} trains a day through it ({stands}). {ways}",
                    stock_wagons.write(),
                    wagons_per_day.write(),
                    trains_per_day.write()
                ),
            ),
            Answer::Stock { flow_trains_per_day, wagons_standing, trains_standing } => (
                "Flow to stock".into(),
                format!(
                    "{} trains a day through {name}: {} wagons in {} trains stand there on the mean ({stands}). {ways}",
                    flow_trains_per_day.write(),
                    wagons_standing.write(),
                    trains_standing.write()
                ),
            ),
        }
    }
}
