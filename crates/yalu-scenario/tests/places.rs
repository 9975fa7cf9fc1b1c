//! Problems found after loading stand where the value does.

use yalu_scenario::{Folder, Severity, load, render, template};

fn folder() -> Folder {
    Folder { files: template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect(), ..Folder::default() }
}

#[test]
fn a_path_leads_to_its_file_line_and_column() {
    let loaded = load(&folder(), &[("section.S4.length_m".into(), "33000".into())]);
    let p = &loaded.places;
    assert_eq!(p.of("service.bridge"), Some(("services.toml", 3, 6, 8)));
    assert_eq!(p.of("service.bridge.trains_per_day"), Some(("services.toml", 15, 18, 1)));
    assert_eq!(p.of("section.S1.gradient_permille"), Some(("network/sections.csv", 2, 35, 3)));
    assert_eq!(p.of("traffic.local"), Some(("network/traffic.csv", 2, 1, 5)));
    assert_eq!(p.of("locomotive.diesel").map(|x| x.0), Some("rolling_stock.toml"));
    assert_eq!(p.of("section.S4.length_m"), Some(("--set", 1, 21, 5)));
    assert_eq!(p.of("service.bridge.load_t"), None);
    assert_eq!(p.of(""), None);
    // Every number of the corridor has a place.
    let c = loaded.corridor.unwrap();
    assert!(c.inputs.iter().all(|(path, _)| p.of(path).is_some() || path.contains("track_lengths_m.")));
}

#[test]
fn a_later_problem_is_told_with_its_line() {
    let loaded = load(&folder(), &[]);
    let at = |path: &str| {
        let help = Some("fewer wagons".to_owned());
        loaded.places.diagnostic(path, "Y0999", Severity::Error, "the train stalls at km 3.2, missing 40 kN", help)
    };
    insta::assert_snapshot!("stalls", render(&[at("service.bridge.max_wagons")], false));
    // What is written nowhere is told at the row around it, and what has no row of its own at the scenario.
    assert_eq!((at("service.bridge.load_t").line, at("service.bridge.load_t").column), (3, 6));
    assert_eq!((at("nothing.such").file.as_str(), at("nothing.such").line), ("scenario.toml", 0));
}
