//! Occupancy and capacity consumption after UIC code 406 (second edition, June 2013).
//!
//! The occupancy time is the length of the timetable pushed together, its order and crossings kept: cycles of
//! [`crate::compress()`] times their number, or the sum of headways on double track.

use crate::CapacityError;
use crate::error::{above_zero, not_negative, share};

/// Occupancy time as a share of the period; above 1 the trains do not fit.
pub fn occupancy_time_rate(occupancy_s: f64, period_s: f64) -> Result<f64, CapacityError> {
    not_negative("the occupancy time", occupancy_s)?;
    above_zero("the period", period_s)?;
    Ok(occupancy_s / period_s)
}

/// Capacity consumption as a share of the period: `occupancy·(1 + additional time rate)/period`.
pub fn capacity_consumption(occupancy_s: f64, additional_time_rate: f64, period_s: f64) -> Result<f64, CapacityError> {
    not_negative("the additional time rate", additional_time_rate)?;
    Ok(occupancy_time_rate(occupancy_s, period_s)? * (1.0 + additional_time_rate))
}

/// The additional time rate at which an occupancy of the limit is a consumption of 1: `1/limit − 1`.
pub fn additional_time_rate(occupancy_limit: f64) -> Result<f64, CapacityError> {
    above_zero("the limit of occupancy", occupancy_limit)?;
    share("the limit of occupancy", occupancy_limit)?;
    Ok(1.0 / occupancy_limit - 1.0)
}

/// What a line is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineUse {
    /// Suburban passenger trains alone.
    Suburban,
    /// High-speed trains alone.
    HighSpeed,
    /// Mixed traffic.
    Mixed,
}

/// Occupancy not to be passed for long, as a share (recalled from UIC 406, not re-read; not made for single track).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceLimit {
    /// In the peak hour.
    pub peak: f64,
    /// Over the day.
    pub day: f64,
}

impl LineUse {
    /// Reference limits of occupancy: 85/70 % suburban, 75/60 % high speed and mixed (recalled, not re-read).
    pub const fn recalled_limit(self) -> ReferenceLimit {
        match self {
            Self::Suburban => ReferenceLimit { peak: 0.85, day: 0.70 },
            Self::HighSpeed | Self::Mixed => ReferenceLimit { peak: 0.75, day: 0.60 },
        }
    }
}
