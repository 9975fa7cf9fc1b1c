//! What disturbs the line, and the numbers of rolling stock, as the corridor holds them.

use yalu_model::{Adhesion, Corridor, CutWhen, Dist, FailureWhen, Resistance, Supply, Tbt1407};
use yalu_scenario::{Folder, load, render, template};
use yalu_units::Span;

/// The template with other files in place of its own.
fn corridor(files: &[(&str, &str)]) -> Corridor {
    let mut all: std::collections::BTreeMap<String, Vec<u8>> =
        template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    for (name, text) in files {
        all.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    let loaded = load(&Folder { files: all, ..Folder::default() }, &[]);
    assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
    loaded.corridor.unwrap()
}

fn of(name: &str) -> String {
    template("mine").into_iter().find(|(n, _)| n == name).unwrap().1
}

#[test]
fn the_examples_of_the_template_load_once_their_marks_are_taken_away() {
    let text = of("disturbances.toml");
    let lines = text.lines().map(|l| match l.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => rest,
        _ => l,
    });
    let c = corridor(&[("disturbances.toml", &lines.collect::<Vec<_>>().join("\n"))]);
    let d = &c.line.disturbances;
    assert_eq!((d.possessions.len(), d.restrictions.len(), d.failures.len(), d.entry_delays.len()), (1, 1, 1, 1));
    // Ten nights from 22:00 to 02:00, the last one into the eleventh day.
    let p = &d.possessions[0];
    assert_eq!((p.windows.len(), p.tracks), (10, 1));
    assert!(p.windows.iter().all(|(a, b)| *b - *a == Span::hours(4)));
    assert_eq!(yalu_calendar::civil("Asia/Shanghai", p.windows[0].0), (2024, 3, 1, 22 * 3600, 4));
    assert_eq!(yalu_calendar::civil("Asia/Shanghai", p.windows[9].1), (2024, 3, 11, 2 * 3600, 0));
    assert_eq!(yalu_calendar::civil("Asia/Shanghai", d.restrictions[0].period.1), (2024, 3, 1, 0, 4));
    assert!(matches!(&d.failures[0].when, FailureWhen::Rate(q, None) if q.central() > 20.0 && q.high() == 60.0));
    assert_eq!(d.failures[0].minutes.path, "locomotive_failure.failures.minutes");
    assert_eq!(d.entry_delays[0].share.dist, Dist::Uniform(0.1, 0.3));
    assert!(c.inputs.iter().any(|(p, _)| p == "entry_delay.late.minutes"));
}

#[test]
fn times_are_cut_to_the_horizon_and_read_in_their_zone() {
    let stock = of("rolling_stock.toml").replace("length_m = 21", "length_m = 21\nsupply = \"electric\"");
    let sections = of("network/sections.csv").replace(",none,", ",25kV50,");
    let text = r#"
        [[possession]]
        id = "whole"
        section = "S1"
        from = "2023-12-01"
        to = "2024-01-02"
        assumed = "example"
        [[possession]]
        id = "weekly"
        section = "S4"
        from = "2024-02-01"
        to = "2024-02-29"
        zone = "Asia/Pyongyang"
        week = { sat = ["08:00-24:00"], sun = ["00:00-12:00", "14:00-15:00"] }
        assumed = "example"
        [[power_cut]]
        id = "dated"
        sections = ["S1", "S2"]
        from = "2024-01-05"
        to = "2024-01-06"
        daily = ["00:00-24:00"]
        assumed = "example"
        [[power_cut]]
        id = "random"
        sections = ["S3"]
        per_year = "2..6"
        hours = 3
        assumed = "example"
        [[locomotive_failure]]
        id = "seen"
        service = "bridge"
        after = "B2"
        from = "2024-01-20"
        minutes = 45
        assumed = "example"
    "#;
    let c =
        corridor(&[("rolling_stock.toml", &stock), ("network/sections.csv", &sections), ("disturbances.toml", text)]);
    let d = &c.line.disturbances;
    // Rows stand in the order of their ids: weekly, whole.
    assert_eq!(d.possessions[1].windows, vec![(c.horizon.from, c.horizon.from + Span::days(2))]);
    // Four weekends; Saturday to Sunday is one window over midnight.
    let weekly = &d.possessions[0].windows;
    assert_eq!(weekly.len(), 8);
    assert_eq!(yalu_calendar::civil("Asia/Pyongyang", weekly[0].0), (2024, 2, 3, 8 * 3600, 5));
    assert_eq!(weekly[0].1 - weekly[0].0, Span::hours(28));
    assert_eq!(weekly[1].1 - weekly[1].0, Span::hours(1));
    let CutWhen::Dated(cut) = &d.power_cuts[0].when else { panic!("dated") };
    assert_eq!(cut, &vec![(c.horizon.from + Span::days(4), c.horizon.from + Span::days(6))]);
    assert_eq!(d.power_cuts[0].sections.len(), 2);
    assert!(matches!(&d.power_cuts[1].when, CutWhen::Rate(n, h) if n.low() == 2.0 && h.central() == 3.0));
    // The bridge train runs back from B2, so it may fail after it.
    assert!(matches!(&d.failures[0].when, FailureWhen::Dated(_, p, t)
        if c.line.points[*p].id == "B2" && *t == c.horizon.from + Span::days(19)));
}

#[test]
fn formulas_tables_and_adhesion_reach_the_corridor() {
    let stock = r#"
        [[locomotive]]
        id = "diesel"
        mass_t = 138
        length_m = 0
        force_table_kn = [[0, 300], [36, 200], [72, 110], [100, 0]]
        max_speed_kmh = 80
        resistance_formula = "tbt1407_df4"
        adhesion = "china_electric"
        adhesive_mass_t = 92
        supply = "own"
        braking_mps2 = 0.5
        assumed = "example"
        [[locomotive]]
        id = "other"
        mass_t = 100
        length_m = 18
        power_kw = 1000
        max_force_kn = 200
        max_speed_kmh = 80
        resistance_formula = "strahl_locomotive"
        resistance = [2.5, 4]
        adhesion_mu = 0.33
        adhesive_mass_t = "60..80"
        supply = "electric"
        assumed = "example"
        [[wagon]]
        id = "boxcar"
        tare_t = 24
        payload_t = 60
        length_m = 16.5
        max_speed_kmh = 80
        resistance_formula = "canadian_national"
        resistance = [4, 5, 90]
        resistance_empty_formula = "table"
        resistance_empty_table_kn = [[0, 0.4], [80, 1.1]]
        rotating_mass_factor = 1.03
        assumed = "example"
    "#;
    let c = corridor(&[("rolling_stock.toml", stock)]);
    let [a, b] = c.trains.locomotives.as_slice() else { panic!("two") };
    assert_eq!((a.max_force_kn.central(), a.power_kw.central()), (300.0, 2200.0));
    assert_eq!((a.force_table[3], a.length_m.central(), a.supply), ((100.0, 0.0), 0.0, Supply::Own));
    assert_eq!(a.resistance, Resistance::Tbt1407(Tbt1407::Df4));
    assert!(matches!(&a.adhesion, Some((Adhesion::ChinaElectric, m)) if m.central() == 92.0));
    assert_eq!((a.rotating_mass_factor, a.braking_mps2), (1.06, 0.5));
    assert!(matches!(&b.adhesion, Some((Adhesion::Constant(mu), m)) if *mu == 0.33 && m.low() == 60.0));
    assert_eq!((&b.resistance, b.supply), (&Resistance::StrahlLocomotive([2.5, 4.0]), Supply::Electric));
    let w = &c.trains.wagons.as_slice()[0];
    assert_eq!(w.resistance, Resistance::CanadianNational([4.0, 5.0, 90.0]));
    assert_eq!(w.resistance_empty, Some(Resistance::Table(vec![(0.0, 0.4), (80.0, 1.1)])));
    assert_eq!((w.rotating_mass_factor, w.braking_mps2), (1.03, 0.3));
}

#[test]
fn stops_and_even_intervals_reach_the_corridor() {
    let more = r#"
[[service]]
id = "loop"
title = "B2 - B1 - B2"
kind = "freight"
from = "B2"
to = "B2"
every_s = 14400
trains = 12
locomotive = "diesel"
wagon = "boxcar"
max_wagons = 10
load_t = "20..50"
priority = 1
supplement_percent = 10
assumed = "example"
[[service.stop]]
point = "B1"
minutes = "60..90"
reverses = true
"#;
    let c = corridor(&[("services.toml", &format!("{}{more}", of("services.toml")))]);
    let s = &c.trains.services.as_slice()[2];
    let every = s.every.unwrap();
    assert_eq!((every.first_s, every.every_s, every.trains), (0, 14_400, Some(12)));
    assert_eq!((s.trains_per_day.central(), s.cancel_after_min.central()), (6.0, 43_200.0));
    assert!(s.departures_s.is_empty());
    assert_eq!(c.horizon.zones[s.zone].name, "Asia/Shanghai");
    assert_eq!((s.stops.len(), s.stops[0].reverses), (1, true));
    assert_eq!(s.stops[0].minutes.path, "service.loop.stop.0.minutes");
    assert_eq!(s.load_t.as_ref().unwrap().dist, Dist::Uniform(20.0, 50.0));
}

#[test]
fn operation_and_entries_reach_the_corridor() {
    let scenario = format!(
        "{}\n[operation]\nroute_setting_s = \"30..60\"\nnon_simultaneous_s = 180\nassumed = \"example\"\n",
        of("scenario.toml")
    );
    let points = of("network/points.csv")
        .replace(",source,", ",simultaneous_entry,source,")
        .replace(",,example", ",no,,example");
    let c = corridor(&[("scenario.toml", &scenario), ("network/points.csv", &points)]);
    assert_eq!((c.line.operation.route_setting_s.high(), c.line.operation.non_simultaneous_s.central()), (60.0, 180.0));
    assert!(c.line.points.iter().all(|p| !p.simultaneous_entry));
    assert!(corridor(&[]).line.points.iter().all(|p| p.simultaneous_entry));
    assert_eq!(corridor(&[]).line.operation.route_setting_s.central(), 0.0);
}
