//! The line simulated full, and at several volumes.

use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Band, percent};

/// A part of the line run full, beside its closed form.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Saturation {
    /// The closed form of the working that is compared, trains a day both ways.
    pub closed_form_trains_per_day: f64,
    /// That working: `in_turn`, platoons of so many, or `following`.
    pub closed_form_worked: Worked,
    /// The line run full.
    pub simulated: Loaded,
    /// `agrees`, `below` or `above`.
    pub agreement: &'static str,
    /// By how much simulated is above, as a share; 0 where they agree.
    pub off_by: f64,
}

/// How trains of both directions share a line.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Worked {
    /// `in_turn` or `following`.
    Plain(&'static str),
    /// In platoons.
    Platoons {
        /// Trains each way.
        platoons: usize,
    },
}

impl Saturation {
    /// How simulated stands to the closed form, in words.
    pub fn agreement(&self) -> String {
        match self.agreement {
            "below" => format!("{} below", percent(self.off_by.abs())),
            "above" => format!("{} ABOVE", percent(self.off_by)),
            _ => "agrees".into(),
        }
    }
}

impl Loaded {
    /// What trains waited for most, in words.
    pub fn waited(&self) -> Option<String> {
        let (what, share) = (self.waited_for?, self.waited_for_share?);
        let cause = yalu_trace::Cause::ALL.into_iter().find(|c| c.name() == what)?;
        Some(format!("{} of their waiting: {}", percent(share), names::cause(cause)))
    }
}

impl Worked {
    /// How trains share the line where that is not in turn, in words.
    pub fn words(self) -> String {
        match self {
            Worked::Plain("following") => "trains following".into(),
            Worked::Plain(_) => String::new(),
            Worked::Platoons { platoons } => format!("platoons of {platoons}"),
        }
    }
}

/// The line asked for so many trains.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Loaded {
    /// Trains a day asked for, each way.
    pub asked_per_day_each_way: f64,
    /// Trains a day that arrived out.
    pub arrived_out_per_day: f64,
    /// Trains a day that arrived back.
    pub arrived_back_per_day: f64,
    /// Trains a day that arrived, both ways.
    pub trains_per_day: f64,
    /// Mean run of those from their departure.
    pub mean_run_s: f64,
    /// Mean delay; null where no train arrived.
    pub delay_mean_s: Option<f64>,
    /// Half are later.
    pub delay_p50_s: Option<f64>,
    /// One in ten is later.
    pub delay_p90_s: Option<f64>,
    /// Share of those due to leave in the days counted that arrived.
    pub served_share: f64,
    /// What most of their waiting was for; null where none waited.
    pub waited_for: Option<&'static str>,
    /// Its share of all their waiting.
    pub waited_for_share: Option<f64>,
    /// Trains that could never move again.
    pub deadlocks: u64,
}

/// Delay over volume.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DelayVolume {
    /// Volumes, the least first, up to the first not carried.
    pub volumes: Vec<Volume>,
    /// `D = A e^(B V)` through the mean delays; null where there is none.
    pub curve: Option<DelayCurve>,
    /// Trains a day at which the delay tolerated is reached; null where delay does not grow.
    pub practical: Option<Practical>,
}

/// The line at one volume.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Volume {
    /// Share of the bound.
    pub share: f64,
    /// What came of it.
    #[serde(flatten)]
    pub line: Loaded,
    /// Whether the line carries it.
    pub carried: bool,
    /// Delay of its trains where it does, minutes; drawn.
    #[serde(skip)]
    pub delay_min: Option<Band>,
}

/// A curve of delay.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct DelayCurve {
    /// Delay without trains, A.
    pub delay_at_zero_s: f64,
    /// Growth a train a day, B.
    pub growth_per_train: f64,
}

/// Trains a day at which the delay tolerated is reached.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Practical {
    /// Trains a day both ways.
    pub trains_per_day: f64,
    /// Whether it lies within the volumes carried; else it is the greatest of these, and no more is known.
    pub reached: bool,
}
