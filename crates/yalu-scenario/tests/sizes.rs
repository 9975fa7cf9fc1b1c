//! Large files, sound and broken: what is told stays short, and time grows no faster than they do.

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use yalu_scenario::{Folder, Loaded, load, template};

/// The template with one file anew.
fn with(file: &str, text: String) -> Loaded {
    let mut files: std::collections::BTreeMap<_, _> =
        template("large").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    files.insert(file.to_owned(), text.into_bytes());
    load(&Folder { files, ..Folder::default() }, &[])
}

/// Told in no more than a few megabytes, where each problem told its whole line before.
fn is_short(loaded: &Loaded) {
    let told = yalu_scenario::render(&loaded.diagnostics, false);
    assert!(told.len() < 2_000_000, "{} bytes", told.len());
    assert!(loaded.diagnostics.len() <= 1_000, "{}", loaded.diagnostics.len());
    assert!(told.contains("are not shown"), "the rest is counted");
}

#[test]
fn a_line_of_commas_is_told_in_short() {
    is_short(&with("network/points.csv", ",".repeat(60_000) + "x"));
}

#[test]
fn many_bad_items_on_a_line_are_told_in_short() {
    let list = "x;".repeat(20_000);
    is_short(&with("rules.csv", format!("id,rule,direction,refuses_hs\nA,B,AA-BB,{list}\n")));
}

#[test]
fn many_bad_rows_are_told_in_short() {
    let mut text = String::from("id,rule\n");
    (0..100_000).for_each(|i| writeln!(text, "a b{i},x").unwrap());
    is_short(&with("rules.csv", text));
}

/// Seconds to load a chain of points.
fn chain(n: usize) -> Duration {
    let mut points = String::from("id,name,country,lat,lon,zone,kind,track_lengths_m,assumed\n");
    let mut sections = String::from(
        "id,from,to,length_m,tracks,gauge_mm,electrification,speed_kmh,gradient_permille,blocks,assumed\n",
    );
    for i in 0..n {
        let lon = i as f64 * 1e-4;
        writeln!(points, "P{i},p,AA,40,{lon},Asia/Shanghai,station,900,x").unwrap();
        if i > 0 {
            writeln!(sections, "S{i},P{},P{i},100,1,1435,none,60,0,1,x", i - 1).unwrap();
        }
    }
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = template("large")
        .into_iter()
        .filter(|(n, _)| ["scenario.toml", "rolling_stock.toml", "services.toml"].contains(&n.as_str()))
        .map(|(n, t)| (n, t.into_bytes()))
        .collect();
    files.insert("network/points.csv".into(), points.into_bytes());
    files.insert("network/sections.csv".into(), sections.into_bytes());
    let service = format!(
        "[[service]]\nid = \"s\"\ntitle = \"s\"\nkind = \"freight\"\nfrom = \"P0\"\nto = \"P{}\"\n\
         every_s = 3600\nlocomotive = \"diesel\"\nwagon = \"boxcar\"\nmax_wagons = 20\npriority = 1\n\
         supplement_percent = 5\nassumed = \"x\"\n",
        n - 1
    );
    files.insert("services.toml".into(), service.into_bytes());
    let begun = Instant::now();
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    let took = begun.elapsed();
    assert!(loaded.corridor.is_some(), "{}", yalu_scenario::render(&loaded.diagnostics, false));
    took
}

#[test]
fn twice_the_points_take_about_twice_the_time() {
    let (one, two) = (chain(10_000), chain(20_000));
    // Squared growth would be four times; the bound leaves room for a busy machine.
    assert!(two < one * 3 + Duration::from_millis(300), "{one:?} {two:?}");
}
