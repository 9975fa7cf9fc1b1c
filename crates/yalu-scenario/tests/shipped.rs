//! The corridors that come with the program, and a line without goods.

use std::collections::BTreeSet;
use std::path::Path;
use yalu_model::{Corridor, Resistance};
use yalu_scenario::{Folder, load, read_folder, render, show, template};

/// A corridor that tells these codes and no others.
fn shipped(name: &str, codes: &[&str]) -> Corridor {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
    let loaded = load(&read_folder(&dir).unwrap(), &[]);
    let told: BTreeSet<&str> = loaded.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), codes, "{}", render(&loaded.diagnostics, false));
    loaded.corridor.unwrap()
}

#[test]
fn the_flagship_loads_as_before() {
    // Sections shorter than the straight line, goods that rules refuse, reports of other years.
    let c = shipped("dandong-sinuiju", &["Y0504", "Y0608", "Y0704"]);
    assert!(c.trains.services.iter().all(|s| s.every.is_none() && s.stops.is_empty()));
    assert!(c.trains.locomotives.iter().all(|l| l.rotating_mass_factor == 1.06 && l.braking_mps2 == 0.3));
}

#[test]
fn malaszewicze_brest_loads_without_a_word_and_knows_nothing_of_what_was_seen() {
    let c = shipped("malaszewicze-brest", &[]);
    let names: Vec<&str> = c.border.stations.iter().map(|s| c.line.points[s.point].id.as_str()).collect();
    assert_eq!(names, ["brest", "malasz"]);
    let closed: Vec<_> = c.border.regimes.iter().filter(|r| r.state == yalu_model::State::Suspended).collect();
    assert!(closed.len() == 2 && closed.iter().all(|r| (r.to - r.from).as_days() == 13.0));
    assert!(c.inputs.iter().all(|(_, b)| *b != yalu_model::Basis::Unstated));
    // No number rests on what was published of September 2025.
    for (path, basis) in &c.inputs {
        if let yalu_model::Basis::Source(s) = basis {
            assert!(!s.contains("2025"), "{path}: {s}");
        }
    }
}

#[test]
fn job_r1_is_the_job() {
    let c = shipped("job-r1", &[]);
    let (l, w) = (&c.trains.locomotives.as_slice()[0], &c.trains.wagons.as_slice()[0]);
    let mass = l.mass_t.central() + 40.0 * (w.tare_t.central() + w.payload_t.central());
    assert_eq!((mass, l.length_m.central() + 40.0 * w.length_m.central()), (3330.0, 560.0));
    // The whole train: 3,330,000 g 0.0015 N and 98 N per (m/s)².
    let (Resistance::Specific([a, 0.0, 0.0]), Resistance::Newtons([constant, 0.0, square])) =
        (&l.resistance, &w.resistance)
    else {
        panic!("{:?} {:?}", l.resistance, w.resistance)
    };
    let whole = a * l.mass_t.central() * 9.80665 + 40.0 * constant;
    assert!((whole - 3_330_000.0 * 9.80665 * 0.0015).abs() < 0.01, "{whole}");
    assert!((40.0 * square - 98.0).abs() < 1e-9);
    assert_eq!((l.power_kw.central(), l.max_force_kn.central()), (3000.0, 400.0));
    assert_eq!(
        (l.rotating_mass_factor, w.rotating_mass_factor, l.braking_mps2, w.braking_mps2),
        (1.04, 1.04, 0.3, 0.3)
    );
    let gradients: Vec<f64> = c.line.sections.iter().map(|s| s.gradient_permille.central()).collect();
    assert_eq!(gradients, [0.0, 6.0, 0.0, -6.0, 3.0, -3.0]);
    assert_eq!(c.line.sections.iter().map(|s| s.length_m.central()).sum::<f64>(), 60_000.0);
    assert!(c.trains.services.iter().all(|s| s.every.is_some_and(|e| e.every_s == 7200 && e.first_s == 0)));
    assert!(c.inputs.iter().all(|(_, b)| matches!(b, yalu_model::Basis::Source(_))));
    insta::assert_snapshot!("job_r1", show(&c));
}

#[test]
fn a_line_without_goods_loads() {
    let without = ["routes.toml", "trade.toml", "border.toml", "rules.csv", "crossings.csv", "regimes.csv"];
    let more = ["reports.csv", "observed.csv", "story.toml", "disturbances.toml", "consignments.csv"];
    let mut files: std::collections::BTreeMap<String, Vec<u8>> =
        template("line").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    files.retain(|name, _| !without.contains(&name.as_str()) && !more.contains(&name.as_str()));
    let mut edit = |name: &str, cut: &str| {
        let text = String::from_utf8(files[name].clone()).unwrap();
        assert!(text.contains(cut));
        files.insert(name.to_owned(), text.replace(cut, "").into_bytes());
    };
    edit("scenario.toml", "[choice]\nreaction_days = 7\ntheta_per_usd = \"0.02..0.05\"\nassumed = \"example\"\n");
    edit("services.toml", "crossing = \"RAIL\"              # runs only while this crossing does\n");
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
    let c = loaded.corridor.unwrap();
    assert_eq!(
        (c.trade.routes.len(), c.trade.goods.len(), c.border.crossings.len(), c.border.regimes.len()),
        (0, 0, 0, 0)
    );
    assert_eq!((c.trade.reaction_days.central(), c.trade.choice_theta_per_usd.central()), (7.0, 0.03));
    let tree = show(&c);
    assert!(!tree.contains("routes") && !tree.contains("goods") && tree.contains("services"), "{tree}");
}
