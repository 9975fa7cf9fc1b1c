//! `rolling_stock.toml`, and how many numbers each formula of resistance takes.

use super::Limits;
use super::declare::{As, ID, LIST, TEXTS, curve, lim, n, q, tables, word};
use crate::row::{Placed, Rows};
use yalu_model::{Adhesion, Quantity, Supply, words};

/// A formula of running resistance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Law {
    Specific,
    Newtons,
    Strahl,
    StrahlLocomotive,
    Davis,
    ModifiedDavis,
    CanadianNational,
    Tbt1407Loaded,
    Tbt1407LoadedPlain,
    Tbt1407Empty,
    Tbt1407Ss,
    Tbt1407Df4,
    Table,
}

words! {
    Law {
        "specific" => Self::Specific,
        "newtons" => Self::Newtons,
        "strahl" => Self::Strahl,
        "strahl_locomotive" => Self::StrahlLocomotive,
        "davis" => Self::Davis,
        "modified_davis" => Self::ModifiedDavis,
        "canadian_national" => Self::CanadianNational,
        "tbt1407_loaded" => Self::Tbt1407Loaded,
        "tbt1407_loaded_plain" => Self::Tbt1407LoadedPlain,
        "tbt1407_empty" => Self::Tbt1407Empty,
        "tbt1407_ss" => Self::Tbt1407Ss,
        "tbt1407_df4" => Self::Tbt1407Df4,
        "table" => Self::Table,
    }
}

const SHARE: Limits = lim(0.0, 50.0, "N/kN");
const PER_MILLE: Limits = lim(0.0, 50.0, "per mille");
const AXLES: Limits = lim(2.0, 16.0, "");

impl Law {
    /// The numbers it takes, in order, with their limits.
    pub fn numbers(self) -> &'static [(&'static str, Limits)] {
        const SPECIFIC: [(&str, Limits); 3] = [("a", SHARE), ("b", SHARE), ("c", SHARE)];
        const NEWTONS: [(&str, Limits); 3] =
            [("a", lim(0.0, 1e6, "N")), ("b", lim(0.0, 1e5, "N per m/s")), ("c", lim(0.0, 1e4, "N per (m/s)²"))];
        const STRAHL: [(&str, Limits); 2] = [("f0", PER_MILLE), ("f2", PER_MILLE)];
        const DAVIS: [(&str, Limits); 2] = [("axles", AXLES), ("area coefficient", lim(0.0, 5.0, "lb per (mile/h)²"))];
        const MODIFIED: [(&str, Limits); 2] = [("axles", AXLES), ("K", lim(0.0, 5.0, "lb per (mile/h)²"))];
        const CANADIAN: [(&str, Limits); 3] =
            [("axles", AXLES), ("C", lim(0.0, 100.0, "")), ("area", lim(1.0, 500.0, "square feet"))];
        match self {
            Law::Specific => &SPECIFIC,
            Law::Newtons => &NEWTONS,
            Law::Strahl | Law::StrahlLocomotive => &STRAHL,
            Law::Davis => &DAVIS,
            Law::ModifiedDavis => &MODIFIED,
            Law::CanadianNational => &CANADIAN,
            Law::Tbt1407Loaded
            | Law::Tbt1407LoadedPlain
            | Law::Tbt1407Empty
            | Law::Tbt1407Ss
            | Law::Tbt1407Df4
            | Law::Table => &[],
        }
    }
    /// What it computes.
    pub fn doc(self) -> &'static str {
        match self {
            Law::Specific => "a + b v + c v² N/kN of weight, v in km/h",
            Law::Newtons => "a + b v + c v² newtons for each vehicle, v in m/s",
            Law::Strahl => "f0 + f2 (v/100)² per mille of weight, v in km/h",
            Law::StrahlLocomotive => "f0 + f2 ((v + 15)/100)² per mille of weight, v in km/h",
            Law::Davis => "Davis 1926: 1.3 + 29/w + 0.045 V + area V²/(w axles) lb a short ton",
            Law::ModifiedDavis => "0.6 + 20/w + 0.01 V + K V²/(w axles) lb a short ton",
            Law::CanadianNational => "1.5 + 18 axles/W + 0.03 V + C area V²/(10000 W) lb a short ton",
            Law::Tbt1407Loaded => "TB/T 1407, loaded wagons on roller bearings",
            Law::Tbt1407LoadedPlain => "TB/T 1407, loaded wagons on plain bearings",
            Law::Tbt1407Empty => "TB/T 1407, empty wagons",
            Law::Tbt1407Ss => "TB/T 1407, locomotives SS1, SS3, SS4",
            Law::Tbt1407Df4 => "TB/T 1407, locomotives DF4",
            Law::Table => "speed in km/h and force in kN, straight between",
        }
    }
}

/// Speed and force of a table.
const CURVE: As<Vec<Placed<(f64, f64)>>> = curve(lim(0.0, 400.0, "km/h"), lim(0.0, 2_000.0, "kN"));
const FORMULA_DOC: &str = "Formula of resistance; without it `specific`: a + b v + c v² N/kN, v in km/h.";
const TABLE_DOC: &str = "Resistance by speed, [[km/h, kN], ...], of the formula `table`.";

file! { RollingStockFile: "rolling_stock.toml", Toml, required, "Classes of locomotives and wagons." }

table! {
    RollingStockFile RollingStockFileAt: "" {
        req locomotive: Rows<LocomotiveRow> = tables(), "Classes of locomotives.";
        req wagon: Rows<WagonRow> = tables(), "Classes of wagons.";
    }
}

table! {
    LocomotiveRow LocomotiveAt: "locomotive", defines Locomotive, key [id], with basis {
        req id: String = ID, "Short name.";
        req mass_t: Quantity = q(10.0, 400.0, "t"), "Mass.";
        req length_m: Quantity = q(0.0, 60.0, "m"), "Length.";
        opt power_kw: Quantity = q(50.0, 12_000.0, "kW"), "Power at the wheel.";
        opt max_force_kn: Quantity = q(10.0, 1_200.0, "kN"), "Greatest tractive force.";
        opt force_table_kn: Vec<Placed<(f64, f64)>> = CURVE, "Tractive force by speed, [[km/h, kN], ...], in place of power and greatest force.";
        req max_speed_kmh: Quantity = q(10.0, 250.0, "km/h"), "Greatest speed.";
        opt resistance: Vec<Placed<f64>> = LIST, "Numbers of the formula of resistance, [a, b, c] without one.";
        opt resistance_formula: Law = word(), FORMULA_DOC;
        opt resistance_table_kn: Vec<Placed<(f64, f64)>> = CURVE, TABLE_DOC;
        opt adhesion: Adhesion = word(), "What its driven wheels hold; without it there is no limit.";
        opt adhesion_mu: f64 = n(0.01, 0.6, ""), "One coefficient of adhesion at all speeds, in place of `adhesion`.";
        opt adhesive_mass_t: Quantity = q(1.0, 400.0, "t"), "Mass on its driven wheels.";
        opt supply: Supply = word(), "What moves it: own (default), or the contact line.";
        any takes: Vec<Placed<String>> = TEXTS, "Supplies it takes, named as the electrification of sections; any if not given.";
        opt rotating_mass_factor: f64 = n(1.0, 1.5, ""), ROTATING_DOC;
        opt braking_mps2: f64 = n(0.02, 2.0, "m/s²"), BRAKING_DOC;
    }
}

const ROTATING_DOC: &str = "Factor for rotating masses, 1.06 if not given.";
const BRAKING_DOC: &str = "Service deceleration, 0.3 if not given; a train brakes as its weakest vehicle.";

table! {
    WagonRow WagonAt: "wagon", defines Wagon, key [id], with basis {
        req id: String = ID, "Short name.";
        req tare_t: Quantity = q(5.0, 70.0, "t"), "Tare.";
        req payload_t: Quantity = q(0.0, 150.0, "t"), "Payload.";
        req length_m: Quantity = q(5.0, 60.0, "m"), "Length over buffers.";
        req max_speed_kmh: Quantity = q(10.0, 160.0, "km/h"), "Greatest speed.";
        opt resistance: Vec<Placed<f64>> = LIST, "Numbers of the formula of resistance when loaded, [a, b, c] without one.";
        opt resistance_formula: Law = word(), FORMULA_DOC;
        opt resistance_table_kn: Vec<Placed<(f64, f64)>> = CURVE, TABLE_DOC;
        opt resistance_empty: Vec<Placed<f64>> = LIST, "The same when empty, if it differs.";
        opt resistance_empty_formula: Law = word(), FORMULA_DOC;
        opt resistance_empty_table_kn: Vec<Placed<(f64, f64)>> = CURVE, TABLE_DOC;
        opt rotating_mass_factor: f64 = n(1.0, 1.5, ""), ROTATING_DOC;
        opt braking_mps2: f64 = n(0.02, 2.0, "m/s²"), BRAKING_DOC;
    }
}
