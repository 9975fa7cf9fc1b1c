//! Locomotives and wagons.

use super::range;
use std::fmt::Write as _;
use yalu_model::{Adhesion, Corridor, Resistance, Supply, Tbt1407};

pub(super) fn stock(o: &mut String, c: &Corridor) {
    let _ = writeln!(o, "\nrolling stock");
    for l in &c.trains.locomotives {
        let force = if l.force_table.is_empty() {
            format!("{} kW, {} kN", range(&l.power_kw), range(&l.max_force_kn))
        } else {
            format!("force {}", curve(&l.force_table))
        };
        let held = l.adhesion.as_ref().map_or_else(String::new, |(law, mass)| {
            let law = match law {
                Adhesion::Constant(mu) => format!("{mu}"),
                Adhesion::CurtiusKniffler => "curtius_kniffler".to_owned(),
                Adhesion::ChinaElectric => "china_electric".to_owned(),
                Adhesion::ChinaDieselElectric => "china_diesel_electric".to_owned(),
            };
            format!(", adhesion {law} on {} t", range(mass))
        });
        let electric = if l.supply == Supply::Electric { ", electric" } else { "" };
        let _ = writeln!(
            o,
            "  {}  {} t, {} m, {force}, {} km/h, resistance {}{held}{electric}",
            l.id,
            range(&l.mass_t),
            range(&l.length_m),
            range(&l.max_speed_kmh),
            resistance(&l.resistance)
        );
    }
    for w in &c.trains.wagons {
        let empty =
            w.resistance_empty.as_ref().map_or_else(String::new, |r| format!(", resistance empty {}", resistance(r)));
        let _ = writeln!(
            o,
            "  {}  {} t + {} t, {} m, {} km/h, resistance {}{empty}",
            w.id,
            range(&w.tare_t),
            range(&w.payload_t),
            range(&w.length_m),
            range(&w.max_speed_kmh),
            resistance(&w.resistance)
        );
    }
}

fn resistance(r: &Resistance) -> String {
    let list = |word: &str, numbers: &[f64]| {
        let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
        format!("{word} {}", numbers.join(" ")).trim_start().to_owned()
    };
    match r {
        Resistance::Specific(v) => format!("{} N/kN", list("", v)),
        Resistance::Newtons(v) => list("newtons", v),
        Resistance::Strahl(v) => list("strahl", v),
        Resistance::StrahlLocomotive(v) => list("strahl_locomotive", v),
        Resistance::Davis(v) => list("davis", v),
        Resistance::ModifiedDavis(v) => list("modified_davis", v),
        Resistance::CanadianNational(v) => list("canadian_national", v),
        Resistance::Tbt1407(class) => match class {
            Tbt1407::Loaded => "tbt1407_loaded",
            Tbt1407::LoadedPlain => "tbt1407_loaded_plain",
            Tbt1407::Empty => "tbt1407_empty",
            Tbt1407::Ss => "tbt1407_ss",
            Tbt1407::Df4 => "tbt1407_df4",
        }
        .to_owned(),
        Resistance::Table(t) => curve(t),
    }
}

fn curve(table: &[(f64, f64)]) -> String {
    let pairs: Vec<String> = table.iter().map(|(kmh, kn)| format!("{kn} kN at {kmh} km/h")).collect();
    pairs.join(", ")
}
