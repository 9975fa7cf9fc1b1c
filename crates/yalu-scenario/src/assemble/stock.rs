//! Rolling stock: what pulls, what is pulled, and what holds it back.

use super::Builder;
use crate::describe::{Law, LocomotiveRow};
use crate::diagnostic::At;
use crate::row::Placed;
use yalu_model::{
    Adhesion, Basis, Dist, Locomotive, LocomotiveId, Quantity, Resistance, Supply, Tbt1407, Wagon, WagonId, Words as _,
};
use yalu_units::IndexVec;

/// SUMO's freight train, in place of a value of its own.
const ROTATING_MASS_FACTOR: f64 = 1.06;
/// Usual of freight trains, m/s².
const BRAKING_MPS2: f64 = 0.3;

/// A pair of speed and force, with its place.
type Pairs = Vec<Placed<(f64, f64)>>;

/// A key with what it holds and where it stands.
struct Key<'a, T> {
    name: &'static str,
    given: Option<&'a T>,
    at: At,
}

/// What a row says of a resistance.
struct Told<'a> {
    noun: &'static str,
    row: At,
    numbers: Key<'a, Vec<Placed<f64>>>,
    law: Key<'a, Law>,
    table: Key<'a, Pairs>,
}

macro_rules! key {
    ($row:expr, $key:ident) => {
        Key { name: stringify!($key), given: $row.$key.as_ref(), at: $row.at.$key }
    };
}
macro_rules! told {
    ($row:expr, $noun:literal, $numbers:ident, $law:ident, $table:ident) => {
        Told {
            noun: $noun,
            row: $row.at.row,
            numbers: key!($row, $numbers),
            law: key!($row, $law),
            table: key!($row, $table),
        }
    };
}

impl Builder<'_> {
    pub(super) fn locomotives(&mut self) -> IndexVec<LocomotiveId, Locomotive> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.locomotives() {
            let table = self.curve(&key!(r, force_table_kn));
            self.force_known(r, &table);
            out.push(Locomotive {
                id: r.id.clone(),
                mass_t: r.mass_t.clone(),
                length_m: r.length_m.clone(),
                power_kw: of_table(r, r.power_kw.as_ref(), "power_kw", &table, |(kmh, kn)| kmh / 3.6 * kn),
                max_force_kn: of_table(r, r.max_force_kn.as_ref(), "max_force_kn", &table, |(_, kn)| kn),
                max_speed_kmh: r.max_speed_kmh.clone(),
                resistance: self.resistance(&told!(
                    r,
                    "locomotive",
                    resistance,
                    resistance_formula,
                    resistance_table_kn
                )),
                force_table: table,
                adhesion: self.adhesion(r),
                supply: r.supply.unwrap_or(Supply::Own),
                takes: r.takes.iter().map(|(name, _)| name.clone()).collect(),
                rotating_mass_factor: r.rotating_mass_factor.unwrap_or(ROTATING_MASS_FACTOR),
                braking_mps2: r.braking_mps2.unwrap_or(BRAKING_MPS2),
            });
        }
        out
    }

    pub(super) fn wagons(&mut self) -> IndexVec<WagonId, Wagon> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.wagons() {
            let empty = told!(r, "wagon", resistance_empty, resistance_empty_formula, resistance_empty_table_kn);
            let differs = empty.numbers.given.is_some() || empty.law.given.is_some() || empty.table.given.is_some();
            out.push(Wagon {
                id: r.id.clone(),
                tare_t: r.tare_t.clone(),
                payload_t: r.payload_t.clone(),
                length_m: r.length_m.clone(),
                max_speed_kmh: r.max_speed_kmh.clone(),
                resistance: self.resistance(&told!(r, "wagon", resistance, resistance_formula, resistance_table_kn)),
                resistance_empty: differs.then(|| self.resistance(&empty)),
                rotating_mass_factor: r.rotating_mass_factor.unwrap_or(ROTATING_MASS_FACTOR),
                braking_mps2: r.braking_mps2.unwrap_or(BRAKING_MPS2),
            });
        }
        out
    }

    /// Greatest force and power, or a table.
    fn force_known(&mut self, r: &LocomotiveRow, table: &[(f64, f64)]) {
        if r.force_table_kn.is_none() {
            need!(self, r, "locomotive", power_kw, "Power at the wheel; or give a force_table_kn.");
            need!(self, r, "locomotive", max_force_kn, "Greatest tractive force; or give a force_table_kn.");
        }
        let greatest = r.max_speed_kmh.high();
        if let Some((kmh, kn)) = table.last()
            && *kn > 0.0
            && *kmh < greatest
        {
            let message =
                format!("the table ends at {kmh} km/h with {kn} kN left; the locomotive may run {greatest} km/h");
            let help = "it runs no faster than the table; go on with it, to [km/h, 0] if need be";
            self.sink.warn("Y0612", r.at.force_table_kn, message, Some(help.to_owned()));
        }
    }

    fn adhesion(&mut self, r: &LocomotiveRow) -> Option<(Adhesion, Quantity)> {
        let law = r.adhesion.or(r.adhesion_mu.map(Adhesion::Constant));
        if r.adhesion.is_some() && r.adhesion_mu.is_some() {
            let help = "take the law, or one coefficient at all speeds".to_owned();
            self.sink.error("Y0610", r.at.adhesion_mu, "`adhesion_mu` beside `adhesion`", Some(help));
        }
        if law.is_some() {
            let doc = "Mass on its driven wheels; adhesion bears a share of it.";
            need!(self, r, "locomotive", adhesive_mass_t, doc);
        } else if r.adhesive_mass_t.is_some() {
            let help = "give `adhesion` (a law) or `adhesion_mu` (a coefficient), or leave the mass out".to_owned();
            self.sink.error("Y0610", r.at.adhesive_mass_t, "`adhesive_mass_t` without any adhesion", Some(help));
        }
        let (mass, whole) = (r.adhesive_mass_t.clone()?, &r.mass_t);
        if mass.low() > whole.high() {
            let message = format!("{} t on driven wheels of a locomotive of {} t", mass.low(), whole.high());
            let help = "no more than its own mass stands on them".to_owned();
            self.sink.error("Y0613", r.at.adhesive_mass_t, message, Some(help));
        }
        law.map(|l| (l, mass))
    }

    /// The resistance that numbers, a formula or a table tell.
    fn resistance(&mut self, told: &Told<'_>) -> Resistance {
        let nothing = Resistance::Specific([0.0; 3]);
        let law = told.law.given.copied().unwrap_or(Law::Specific);
        if law == Law::Table {
            if told.table.given.is_none() {
                self.missing(told.row, told.noun, told.table.name, "Resistance by speed: [[km/h, kN], ...].");
            }
            self.count(told, law);
            return Resistance::Table(self.curve(&told.table));
        }
        if told.table.given.is_some() {
            let help = format!("write {} = \"table\", or leave the table out", told.law.name);
            let message = format!("`{}` beside the formula `{}`", told.table.name, law.word());
            self.sink.error("Y0610", told.table.at, message, Some(help));
        }
        if !law.numbers().is_empty() && told.numbers.given.is_none() {
            self.missing(told.row, told.noun, told.numbers.name, &takes(law));
        }
        if !self.count(told, law) {
            return nothing;
        }
        let v: Vec<f64> = told.numbers.given.into_iter().flatten().map(|(v, _)| *v).collect();
        match (law, v.as_slice()) {
            (Law::Specific, [a, b, c]) => Resistance::Specific([*a, *b, *c]),
            (Law::Newtons, [a, b, c]) => Resistance::Newtons([*a, *b, *c]),
            (Law::Strahl, [a, b]) => Resistance::Strahl([*a, *b]),
            (Law::StrahlLocomotive, [a, b]) => Resistance::StrahlLocomotive([*a, *b]),
            (Law::Davis, [a, b]) => Resistance::Davis([*a, *b]),
            (Law::ModifiedDavis, [a, b]) => Resistance::ModifiedDavis([*a, *b]),
            (Law::CanadianNational, [a, b, c]) => Resistance::CanadianNational([*a, *b, *c]),
            (Law::Tbt1407Loaded, _) => Resistance::Tbt1407(Tbt1407::Loaded),
            (Law::Tbt1407LoadedPlain, _) => Resistance::Tbt1407(Tbt1407::LoadedPlain),
            (Law::Tbt1407Empty, _) => Resistance::Tbt1407(Tbt1407::Empty),
            (Law::Tbt1407Ss, _) => Resistance::Tbt1407(Tbt1407::Ss),
            (Law::Tbt1407Df4, _) => Resistance::Tbt1407(Tbt1407::Df4),
            // Other counts of numbers have been told.
            _ => nothing,
        }
    }

    /// Whether a formula has the numbers it takes, within its limits.
    fn count(&mut self, told: &Told<'_>, law: Law) -> bool {
        let Some(given) = told.numbers.given else {
            return law.numbers().is_empty();
        };
        let due = law.numbers().len();
        if given.len() != due {
            let plural = if given.len() == 1 { "" } else { "s" };
            let due = if due == 0 { "none".to_owned() } else { due.to_string() };
            let (key, n) = (told.numbers.name, given.len());
            let message = format!("`{key}` has {n} number{plural}, the formula `{}` takes {due}", law.word());
            self.sink.error("Y0310", told.numbers.at, message, Some(takes(law)));
            return false;
        }
        let mut good = true;
        for ((v, at), (name, limits)) in given.iter().zip(law.numbers()) {
            if *v < limits.min || *v > limits.max {
                let unit = if limits.unit.is_empty() { String::new() } else { format!(" {}", limits.unit) };
                let help = format!("sensible are {} to {}{unit}", limits.min, limits.max);
                let message = format!("{name} of `{}` is {v}{unit}", told.numbers.name);
                self.sink.error("Y0304", *at, message, Some(help));
                good = false;
            }
        }
        good
    }

    /// A table of speeds that rise from 0, and forces that are not all 0.
    fn curve(&mut self, key: &Key<'_, Pairs>) -> Vec<(f64, f64)> {
        let Some(rows) = key.given else { return Vec::new() };
        let name = key.name;
        let problem = match rows.first() {
            Some(((kmh, _), at)) if *kmh != 0.0 => Some((*at, format!("`{name}` begins at {kmh} km/h"))),
            _ if rows.len() < 2 => Some((key.at, format!("`{name}` has fewer than two pairs"))),
            _ if rows.iter().all(|((_, kn), _)| *kn == 0.0) => Some((key.at, format!("`{name}` has no force"))),
            _ => rows.windows(2).find_map(|w| match w {
                [((a, _), _), ((b, _), at)] if b <= a => {
                    Some((*at, format!("{b} km/h does not lie above {a} km/h, the speed before it in `{name}`")))
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
fn of_table(
    r: &LocomotiveRow,
    given: Option<&Quantity>,
    key: &str,
    table: &[(f64, f64)],
    value: impl Fn((f64, f64)) -> f64,
) -> Quantity {
    if let Some(q) = given {
        return q.clone();
    }
    let most = table.iter().map(|k| value(*k)).fold(0.0, f64::max);
    let basis = match &r.basis {
        Basis::Unstated => Basis::Assumed("from the table of forces".to_owned()),
        stated => stated.clone(),
    };
    Quantity { path: format!("{}.{key}", r.path), dist: Dist::Fixed(most), basis }
}

/// What a formula takes and computes.
fn takes(law: Law) -> String {
    let names: Vec<&str> = law.numbers().iter().map(|(name, _)| *name).collect();
    let list = if names.is_empty() { "no numbers".to_owned() } else { format!("[{}]", names.join(", ")) };
    format!("`{}` takes {list}: {}", law.word(), law.doc())
}
