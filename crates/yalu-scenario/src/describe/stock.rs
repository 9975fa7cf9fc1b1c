//! `rolling_stock.toml`, and how many numbers each formula of resistance takes.

use super::{FileSpec, Format, Kind, Limits, TableSpec, What, lim, n, opt, q, req, root};

/// A formula of running resistance.
pub(crate) struct Formula {
    /// Its word in `resistance_formula`.
    pub name: &'static str,
    /// The numbers it takes, in order: name and limits.
    pub numbers: &'static [(&'static str, Limits)],
    /// What it computes.
    pub doc: &'static str,
}

const fn formula(name: &'static str, numbers: &'static [(&'static str, Limits)], doc: &'static str) -> Formula {
    Formula { name, numbers, doc }
}

const SHARE: Limits = lim(0.0, 50.0, "N/kN");
const PER_MILLE: Limits = lim(0.0, 50.0, "per mille");
const AXLES: Limits = lim(2.0, 16.0, "");

/// All formulas, the one without a word first.
pub(crate) const FORMULAS: &[Formula] = &[
    formula("specific", &[("a", SHARE), ("b", SHARE), ("c", SHARE)], "a + b v + c v² N/kN of weight, v in km/h"),
    formula(
        "newtons",
        &[("a", lim(0.0, 1e6, "N")), ("b", lim(0.0, 1e5, "N per m/s")), ("c", lim(0.0, 1e4, "N per (m/s)²"))],
        "a + b v + c v² newtons for each vehicle, v in m/s",
    ),
    formula("strahl", &[("f0", PER_MILLE), ("f2", PER_MILLE)], "f0 + f2 (v/100)² per mille of weight, v in km/h"),
    formula(
        "strahl_locomotive",
        &[("f0", PER_MILLE), ("f2", PER_MILLE)],
        "f0 + f2 ((v + 15)/100)² per mille of weight, v in km/h",
    ),
    formula(
        "davis",
        &[("axles", AXLES), ("area coefficient", lim(0.0, 5.0, "lb per (mile/h)²"))],
        "Davis 1926: 1.3 + 29/w + 0.045 V + area V²/(w axles) lb a short ton",
    ),
    formula(
        "modified_davis",
        &[("axles", AXLES), ("K", lim(0.0, 5.0, "lb per (mile/h)²"))],
        "0.6 + 20/w + 0.01 V + K V²/(w axles) lb a short ton",
    ),
    formula(
        "canadian_national",
        &[("axles", AXLES), ("C", lim(0.0, 100.0, "")), ("area", lim(1.0, 500.0, "square feet"))],
        "1.5 + 18 axles/W + 0.03 V + C area V²/(10000 W) lb a short ton",
    ),
    formula("tbt1407_loaded", &[], "TB/T 1407, loaded wagons on roller bearings"),
    formula("tbt1407_loaded_plain", &[], "TB/T 1407, loaded wagons on plain bearings"),
    formula("tbt1407_empty", &[], "TB/T 1407, empty wagons"),
    formula("tbt1407_ss", &[], "TB/T 1407, locomotives SS1, SS3, SS4"),
    formula("tbt1407_df4", &[], "TB/T 1407, locomotives DF4"),
    formula("table", &[], "speed in km/h and force in kN, straight between"),
];

const WORDS: &[&str] = &{
    let mut words = [""; FORMULAS.len()];
    let mut i = 0;
    while i < words.len() {
        words[i] = FORMULAS[i].name;
        i += 1;
    }
    words
};

/// Speed and force of a table.
const CURVE: Kind = Kind::Curve(lim(0.0, 400.0, "km/h"), lim(0.0, 2_000.0, "kN"));
const FORMULA_DOC: &str = "Formula of resistance; without it `specific`: a + b v + c v² N/kN, v in km/h.";
const TABLE_DOC: &str = "Resistance by speed, [[km/h, kN], ...], of the formula `table`.";

pub(super) static ROLLING_STOCK: FileSpec = FileSpec {
    name: "rolling_stock.toml",
    format: Format::Toml,
    required: true,
    doc: "Classes of locomotives and wagons.",
    root: &root(&[
        req("locomotive", Kind::Tables(&LOCOMOTIVE), "Classes of locomotives."),
        req("wagon", Kind::Tables(&WAGON), "Classes of wagons."),
    ]),
};

static LOCOMOTIVE: TableSpec = TableSpec {
    name: "locomotive",
    defines: Some(What::Locomotive),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("mass_t", q(10.0, 400.0, "t"), "Mass."),
        req("length_m", q(0.0, 60.0, "m"), "Length."),
        opt("power_kw", q(50.0, 12_000.0, "kW"), "Power at the wheel."),
        opt("max_force_kn", q(10.0, 1_200.0, "kN"), "Greatest tractive force."),
        opt(
            "force_table_kn",
            CURVE,
            "Tractive force by speed, [[km/h, kN], ...], in place of power and greatest force.",
        ),
        req("max_speed_kmh", q(10.0, 250.0, "km/h"), "Greatest speed."),
        opt("resistance", Kind::List, "Numbers of the formula of resistance, [a, b, c] without one."),
        opt("resistance_formula", Kind::Word(WORDS), FORMULA_DOC),
        opt("resistance_table_kn", CURVE, TABLE_DOC),
        opt(
            "adhesion",
            Kind::Word(&["curtius_kniffler", "china_electric", "china_diesel_electric"]),
            "What its driven wheels hold; without it there is no limit.",
        ),
        opt("adhesion_mu", n(0.01, 0.6, ""), "One coefficient of adhesion at all speeds, in place of `adhesion`."),
        opt("adhesive_mass_t", q(1.0, 400.0, "t"), "Mass on its driven wheels."),
        opt("supply", Kind::Word(&["own", "electric"]), "What moves it: own (default), or the contact line."),
        opt("rotating_mass_factor", n(1.0, 1.5, ""), ROTATING_DOC),
        opt("braking_mps2", n(0.02, 2.0, "m/s²"), BRAKING_DOC),
    ],
};

const ROTATING_DOC: &str = "Factor for rotating masses, 1.06 if not given.";
const BRAKING_DOC: &str = "Service deceleration, 0.3 if not given; a train brakes as its weakest vehicle.";

static WAGON: TableSpec = TableSpec {
    name: "wagon",
    defines: Some(What::Wagon),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("tare_t", q(5.0, 70.0, "t"), "Tare."),
        req("payload_t", q(0.0, 150.0, "t"), "Payload."),
        req("length_m", q(5.0, 60.0, "m"), "Length over buffers."),
        req("max_speed_kmh", q(10.0, 160.0, "km/h"), "Greatest speed."),
        opt("resistance", Kind::List, "Numbers of the formula of resistance when loaded, [a, b, c] without one."),
        opt("resistance_formula", Kind::Word(WORDS), FORMULA_DOC),
        opt("resistance_table_kn", CURVE, TABLE_DOC),
        opt("resistance_empty", Kind::List, "The same when empty, if it differs."),
        opt("resistance_empty_formula", Kind::Word(WORDS), FORMULA_DOC),
        opt("resistance_empty_table_kn", CURVE, TABLE_DOC),
        opt("rotating_mass_factor", n(1.0, 1.5, ""), ROTATING_DOC),
        opt("braking_mps2", n(0.02, 2.0, "m/s²"), BRAKING_DOC),
    ],
};
