//! Rolling stock: what pulls, what is pulled, and what holds it back.

use super::Builder;
use crate::describe::{FORMULAS, Formula};
use crate::row::Row;
use yalu_model::{
    Adhesion, Basis, Dist, Locomotive, LocomotiveId, Quantity, Resistance, Supply, Tbt1407, Wagon, WagonId,
};
use yalu_units::IndexVec;

const FILE: &str = "rolling_stock.toml";
/// SUMO's freight train, in place of a value of its own.
const ROTATING_MASS_FACTOR: f64 = 1.06;
/// Usual of freight trains, m/s².
const BRAKING_MPS2: f64 = 0.3;

/// The keys that tell a resistance.
struct Keys {
    numbers: &'static str,
    formula: &'static str,
    table: &'static str,
}

const LOADED: Keys = Keys { numbers: "resistance", formula: "resistance_formula", table: "resistance_table_kn" };
const EMPTY: Keys =
    Keys { numbers: "resistance_empty", formula: "resistance_empty_formula", table: "resistance_empty_table_kn" };

impl Builder<'_> {
    pub(super) fn locomotives(&mut self) -> IndexVec<LocomotiveId, Locomotive> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.list(FILE, "locomotive") {
            let table = self.curve(r, "force_table_kn");
            self.force_known(r, &table);
            out.push(Locomotive {
                id: r.text("id"),
                mass_t: r.quantity("mass_t"),
                length_m: r.quantity("length_m"),
                power_kw: of_table(r, "power_kw", &table, |(kmh, kn)| kmh / 3.6 * kn),
                max_force_kn: of_table(r, "max_force_kn", &table, |(_, kn)| kn),
                max_speed_kmh: r.quantity("max_speed_kmh"),
                resistance: self.resistance(r, &LOADED),
                force_table: table,
                adhesion: self.adhesion(r),
                supply: if r.text("supply") == "electric" { Supply::Electric } else { Supply::Own },
                rotating_mass_factor: r.number("rotating_mass_factor").unwrap_or(ROTATING_MASS_FACTOR),
                braking_mps2: r.number("braking_mps2").unwrap_or(BRAKING_MPS2),
            });
        }
        out
    }

    pub(super) fn wagons(&mut self) -> IndexVec<WagonId, Wagon> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.list(FILE, "wagon") {
            let differs = [EMPTY.numbers, EMPTY.formula, EMPTY.table].iter().any(|key| r.given(key));
            out.push(Wagon {
                id: r.text("id"),
                tare_t: r.quantity("tare_t"),
                payload_t: r.quantity("payload_t"),
                length_m: r.quantity("length_m"),
                max_speed_kmh: r.quantity("max_speed_kmh"),
                resistance: self.resistance(r, &LOADED),
                resistance_empty: differs.then(|| self.resistance(r, &EMPTY)),
                rotating_mass_factor: r.number("rotating_mass_factor").unwrap_or(ROTATING_MASS_FACTOR),
                braking_mps2: r.number("braking_mps2").unwrap_or(BRAKING_MPS2),
            });
        }
        out
    }

    /// Greatest force and power, or a table.
    fn force_known(&mut self, r: &Row, table: &[(f64, f64)]) {
        if !r.given("force_table_kn") {
            for (key, doc) in [("power_kw", "Power at the wheel"), ("max_force_kn", "Greatest tractive force")] {
                self.need(r, "locomotive", key, &format!("{doc}; or give a force_table_kn."));
            }
        }
        let greatest = r.quantity("max_speed_kmh").high();
        if let Some((kmh, kn)) = table.last()
            && *kn > 0.0
            && *kmh < greatest
        {
            let message =
                format!("the table ends at {kmh} km/h with {kn} kN left; the locomotive may run {greatest} km/h");
            let help = "it runs no faster than the table; go on with it, to [km/h, 0] if need be";
            self.sink.warn("Y0612", r.at("force_table_kn"), message, Some(help.to_owned()));
        }
    }

    fn adhesion(&mut self, r: &Row) -> Option<(Adhesion, Quantity)> {
        let law = match (r.text("adhesion").as_str(), r.number("adhesion_mu")) {
            ("curtius_kniffler", _) => Some(Adhesion::CurtiusKniffler),
            ("china_electric", _) => Some(Adhesion::ChinaElectric),
            ("china_diesel_electric", _) => Some(Adhesion::ChinaDieselElectric),
            (_, mu) => mu.map(Adhesion::Constant),
        };
        if r.given("adhesion") && r.given("adhesion_mu") {
            let help = "take the law, or one coefficient at all speeds".to_owned();
            self.sink.error("Y0610", r.at("adhesion_mu"), "`adhesion_mu` beside `adhesion`", Some(help));
        }
        if r.given("adhesion") || r.given("adhesion_mu") {
            self.need(r, "locomotive", "adhesive_mass_t", "Mass on its driven wheels; adhesion bears a share of it.");
        } else if r.given("adhesive_mass_t") {
            let help = "give `adhesion` (a law) or `adhesion_mu` (a coefficient), or leave the mass out".to_owned();
            self.sink.error("Y0610", r.at("adhesive_mass_t"), "`adhesive_mass_t` without any adhesion", Some(help));
        }
        let mass = r.quantity_opt("adhesive_mass_t")?;
        let whole = r.quantity("mass_t");
        if r.get("mass_t").is_some() && mass.low() > whole.high() {
            let message = format!("{} t on driven wheels of a locomotive of {} t", mass.low(), whole.high());
            let help = "no more than its own mass stands on them".to_owned();
            self.sink.error("Y0613", r.at("adhesive_mass_t"), message, Some(help));
        }
        law.map(|l| (l, mass))
    }

    /// The resistance that numbers, a formula or a table tell.
    fn resistance(&mut self, r: &Row, keys: &Keys) -> Resistance {
        let nothing = Resistance::Specific([0.0; 3]);
        let word = r.text(keys.formula);
        if word.is_empty() && r.given(keys.formula) {
            return nothing;
        }
        let Some(formula) = FORMULAS.iter().find(|f| f.name == word || word.is_empty()) else {
            return nothing;
        };
        let (is_table, noun) = (formula.name == "table", noun(r));
        if is_table {
            self.need(r, noun, keys.table, "Resistance by speed: [[km/h, kN], ...].");
        } else if r.given(keys.table) {
            let help = format!("write {} = \"table\", or leave the table out", keys.formula);
            let message = format!("`{}` beside the formula `{}`", keys.table, formula.name);
            self.sink.error("Y0610", r.at(keys.table), message, Some(help));
        }
        if is_table {
            self.count(r, keys, formula);
            return Resistance::Table(self.curve(r, keys.table));
        }
        if !formula.numbers.is_empty() {
            self.need(r, noun, keys.numbers, &takes(formula));
        }
        if !self.count(r, keys, formula) {
            return nothing;
        }
        let v: Vec<f64> = r.numbers(keys.numbers).iter().map(|(v, _)| *v).collect();
        match (formula.name, v.as_slice()) {
            ("specific", [a, b, c]) => Resistance::Specific([*a, *b, *c]),
            ("newtons", [a, b, c]) => Resistance::Newtons([*a, *b, *c]),
            ("strahl", [a, b]) => Resistance::Strahl([*a, *b]),
            ("strahl_locomotive", [a, b]) => Resistance::StrahlLocomotive([*a, *b]),
            ("davis", [a, b]) => Resistance::Davis([*a, *b]),
            ("modified_davis", [a, b]) => Resistance::ModifiedDavis([*a, *b]),
            ("canadian_national", [a, b, c]) => Resistance::CanadianNational([*a, *b, *c]),
            ("tbt1407_loaded", _) => Resistance::Tbt1407(Tbt1407::Loaded),
            ("tbt1407_loaded_plain", _) => Resistance::Tbt1407(Tbt1407::LoadedPlain),
            ("tbt1407_empty", _) => Resistance::Tbt1407(Tbt1407::Empty),
            ("tbt1407_ss", _) => Resistance::Tbt1407(Tbt1407::Ss),
            ("tbt1407_df4", _) => Resistance::Tbt1407(Tbt1407::Df4),
            _ => nothing,
        }
    }

    /// Whether a formula has the numbers it takes, within its limits.
    fn count(&mut self, r: &Row, keys: &Keys, formula: &Formula) -> bool {
        if r.get(keys.numbers).is_none() {
            return formula.numbers.is_empty();
        }
        let (given, due) = (r.numbers(keys.numbers), formula.numbers.len());
        if given.len() != due {
            let plural = if given.len() == 1 { "" } else { "s" };
            let due = if due == 0 { "none".to_owned() } else { due.to_string() };
            let message = format!(
                "`{}` has {} number{plural}, the formula `{}` takes {due}",
                keys.numbers,
                given.len(),
                formula.name
            );
            self.sink.error("Y0310", r.at(keys.numbers), message, Some(takes(formula)));
            return false;
        }
        let mut good = true;
        for ((v, at), (name, limits)) in given.iter().zip(formula.numbers) {
            if *v < limits.min || *v > limits.max {
                let unit = if limits.unit.is_empty() { String::new() } else { format!(" {}", limits.unit) };
                let help = format!("sensible are {} to {}{unit}", limits.min, limits.max);
                self.sink.error("Y0304", *at, format!("{name} of `{}` is {v}{unit}", keys.numbers), Some(help));
                good = false;
            }
        }
        good
    }

    /// A table of speeds that rise from 0, and forces that are not all 0.
    fn curve(&mut self, r: &Row, key: &str) -> Vec<(f64, f64)> {
        let rows = r.curve(key);
        let problem = match rows.first() {
            Some(((kmh, _), at)) if *kmh != 0.0 => Some((*at, format!("`{key}` begins at {kmh} km/h"))),
            _ if r.get(key).is_some() && rows.len() < 2 => {
                Some((r.at(key), format!("`{key}` has fewer than two pairs")))
            }
            _ if !rows.is_empty() && rows.iter().all(|((_, kn), _)| *kn == 0.0) => {
                Some((r.at(key), format!("`{key}` has no force")))
            }
            _ => rows.windows(2).find_map(|w| match w {
                [((a, _), _), ((b, _), at)] if b <= a => {
                    Some((*at, format!("{b} km/h does not lie above {a} km/h, the speed before it in `{key}`")))
                }
                _ => None,
            }),
        };
        if let Some((at, message)) = problem {
            let help = "speeds rise from 0, forces are not negative and not all 0: [[0, 400], [27, 400], [80, 135]]";
            self.sink.error("Y0611", at, message, Some(help.to_owned()));
            return Vec::new();
        }
        rows.iter().map(|(pair, _)| *pair).collect()
    }
}

/// A quantity, or what the table gives where it is left out.
fn of_table(r: &Row, key: &str, table: &[(f64, f64)], value: impl Fn((f64, f64)) -> f64) -> Quantity {
    if let Some(q) = r.quantity_opt(key) {
        return q;
    }
    let most = table.iter().map(|k| value(*k)).fold(0.0, f64::max);
    let basis = match &r.basis {
        Basis::Unstated => Basis::Assumed("from the table of forces".to_owned()),
        stated => stated.clone(),
    };
    Quantity { path: format!("{}.{key}", r.path), dist: Dist::Fixed(most), basis }
}

/// `locomotive` or `wagon`, as the row's path begins.
fn noun(r: &Row) -> &str {
    r.path.split('.').next().unwrap_or_default()
}

/// What a formula takes and computes.
fn takes(formula: &Formula) -> String {
    let names: Vec<&str> = formula.numbers.iter().map(|(name, _)| *name).collect();
    let list = if names.is_empty() { "no numbers".to_owned() } else { format!("[{}]", names.join(", ")) };
    format!("`{}` takes {list}: {}", formula.name, formula.doc)
}
