//! Running resistance formulas of the field, each in its own units, as newtons over metres a second.

use crate::traction::MOST;
use crate::{GRAVITY, PhysicsError};
use std::ops::Add;

/// Running resistance of a vehicle or a whole train: `a + b v + c v²` newtons, v in m/s.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resistance {
    /// Constant, N.
    pub constant_n: f64,
    /// Per m/s, N.
    pub linear_n_per_mps: f64,
    /// Per (m/s)², N.
    pub quadratic_n_per_mps2: f64,
}

const KMH: f64 = 3.6;
const MPH: f64 = 3600.0 / 1609.344;
const POUND_N: f64 = 4.448_221_615_260_5;
const SHORT_TON_KG: f64 = 907.184_74;

impl Resistance {
    /// A polynomial in newtons per kilonewton of weight, v in km/h (TB/T 1407 and the Chinese rules of traction).
    pub fn specific(a: f64, b: f64, c: f64, mass_kg: f64) -> Self {
        let weight_kn = mass_kg * GRAVITY / 1000.0;
        Self {
            constant_n: a * weight_kn,
            linear_n_per_mps: b * weight_kn * KMH,
            quadratic_n_per_mps2: c * weight_kn * KMH * KMH,
        }
    }
    /// TB/T 1407, loaded wagons on roller bearings: 0.92 + 0.0048 v + 0.000125 v² N/kN.
    pub fn tbt1407_loaded(mass_kg: f64) -> Self {
        Self::specific(0.92, 0.0048, 0.000_125, mass_kg)
    }
    /// TB/T 1407, loaded wagons on plain bearings: 1.07 + 0.0011 v + 0.000236 v² N/kN.
    pub fn tbt1407_loaded_plain(mass_kg: f64) -> Self {
        Self::specific(1.07, 0.0011, 0.000_236, mass_kg)
    }
    /// TB/T 1407, empty wagons: 2.23 + 0.0053 v + 0.000675 v² N/kN (recalled from the literature, not re-read).
    pub fn tbt1407_empty(mass_kg: f64) -> Self {
        Self::specific(2.23, 0.0053, 0.000_675, mass_kg)
    }
    /// TB/T 1407, SS1, SS3 and SS4 locomotives: 2.25 + 0.0190 v + 0.000320 v² N/kN (recalled, not re-read).
    pub fn tbt1407_ss(mass_kg: f64) -> Self {
        Self::specific(2.25, 0.0190, 0.000_320, mass_kg)
    }
    /// TB/T 1407, DF4 locomotives: 2.28 + 0.0293 v + 0.000178 v² N/kN (recalled, not re-read).
    pub fn tbt1407_df4(mass_kg: f64) -> Self {
        Self::specific(2.28, 0.0293, 0.000_178, mass_kg)
    }
    /// Strahl, wagons: f0 + f2 (v/100)² per mille of weight, v in km/h (Wende 2003).
    pub fn strahl(f0: f64, f2: f64, mass_kg: f64) -> Self {
        Self::specific(f0, 0.0, f2 / 1e4, mass_kg)
    }
    /// Strahl, locomotives: the same with 15 km/h of wind.
    pub fn strahl_locomotive(f0: f64, f2: f64, mass_kg: f64) -> Self {
        Self::specific(f0 + f2 * 225.0 / 1e4, f2 * 30.0 / 1e4, f2 / 1e4, mass_kg)
    }
    /// Davis 1926 for a car of some axles: 1.3 + 29/w + 0.045 V + c a V²/(w n) lb/ton, w tons an axle, V mph.
    pub fn davis(mass_kg: f64, axles: f64, area_coefficient: f64) -> Self {
        let tons = mass_kg / SHORT_TON_KG;
        let w = tons / axles;
        Self::pounds(tons, 1.3 + 29.0 / w, 0.045, area_coefficient / (w * axles))
    }
    /// Modified Davis 1970 (AREA): 0.6 + 20/w + 0.01 V + K V²/(w n) lb/ton; K 0.07 for common cars.
    pub fn modified_davis(mass_kg: f64, axles: f64, k: f64) -> Self {
        let tons = mass_kg / SHORT_TON_KG;
        let w = tons / axles;
        Self::pounds(tons, 0.6 + 20.0 / w, 0.01, k / (w * axles))
    }
    /// Canadian National (AREMA chapter 16): 1.5 + 18 N/W + 0.03 V + C a V²/(10000 W) lb/ton; area in square feet.
    pub fn canadian_national(mass_kg: f64, axles: f64, c: f64, area_ft2: f64) -> Self {
        let tons = mass_kg / SHORT_TON_KG;
        Self::pounds(tons, 1.5 + 18.0 * axles / tons, 0.03, c * area_ft2 / (10_000.0 * tons))
    }

    fn pounds(tons: f64, a: f64, b: f64, c: f64) -> Self {
        let n = tons * POUND_N;
        Self { constant_n: a * n, linear_n_per_mps: b * n * MPH, quadratic_n_per_mps2: c * n * MPH * MPH }
    }

    /// Newtons at a speed in m/s.
    pub fn at(&self, v: f64) -> f64 {
        self.constant_n + v * (self.linear_n_per_mps + v * self.quadratic_n_per_mps2)
    }

    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        let all = [self.constant_n, self.linear_n_per_mps, self.quadratic_n_per_mps2];
        if all.iter().all(|x| (0.0..=MOST).contains(x)) {
            return Ok(());
        }
        Err(PhysicsError::input("the resistance of the train is no number, or below zero"))
    }
}

impl Add for Resistance {
    type Output = Resistance;
    fn add(self, o: Resistance) -> Resistance {
        Resistance {
            constant_n: self.constant_n + o.constant_n,
            linear_n_per_mps: self.linear_n_per_mps + o.linear_n_per_mps,
            quadratic_n_per_mps2: self.quadratic_n_per_mps2 + o.quadratic_n_per_mps2,
        }
    }
}

impl std::iter::Sum for Resistance {
    fn sum<I: Iterator<Item = Resistance>>(all: I) -> Resistance {
        all.fold(Resistance::default(), Add::add)
    }
}
