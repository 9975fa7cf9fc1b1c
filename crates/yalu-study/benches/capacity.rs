//! `capacity` of job R1's line made longer: loops every ten kilometres, twice as many in each row. Work should grow as the line does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;
use yalu_plan::compile;
use yalu_scenario::{Folder, load};
use yalu_study::capacity_study;
use yalu_units::Idx;

const FILES: [(&str, &str); 3] = [
    ("scenario.toml", include_str!("../../../scenarios/job-r1/scenario.toml")),
    ("services.toml", include_str!("../../../scenarios/job-r1/services.toml")),
    ("rolling_stock.toml", include_str!("../../../scenarios/job-r1/rolling_stock.toml")),
];
/// Gradients of the job's sections, per mille, over and over.
const GRADIENTS: [i32; 6] = [0, 6, 0, -6, 3, -3];

fn main() {
    println!("loops  seconds  times the one before");
    let mut before: Option<f64> = None;
    for loops in [25, 50, 100, 200, 400] {
        let folder = Folder { files: line(loops), ..Folder::default() };
        let Some(c) = load(&folder, &[]).corridor else { panic!("the line of {loops} loops does not load") };
        let begin = Instant::now();
        let study =
            compile(&c, c.horizon.from).ok().and_then(|plan| capacity_study(&c, &plan, Idx::new(0), 30.0 * 60.0).ok());
        let Some(study) = study else { panic!("the line of {loops} loops has no capacity") };
        assert_eq!(study.sections.len(), loops + 1);
        let s = begin.elapsed().as_secs_f64();
        let times = before.map_or(String::new(), |b| format!("{:.1}", s / b));
        println!("{loops:>5}  {s:>7.2}  {times}");
        before = Some(s);
    }
}

/// The files of a line with so many loops.
fn line(loops: usize) -> BTreeMap<String, Vec<u8>> {
    let id = |i: usize| match i {
        0 => "A".to_owned(),
        i if i > loops => "G".to_owned(),
        i => format!("L{i}"),
    };
    let mut points = "id,name,local_name,country,lat,lon,zone,kind,track_lengths_m,source,assumed,note\n".to_owned();
    let mut sections =
        "id,from,to,length_m,tracks,gauge_mm,electrification,speed_kmh,gradient_permille,blocks,source,assumed,note\n"
            .to_owned();
    for i in 0..loops + 2 {
        let kind = if i == 0 || i > loops { "terminus" } else { "station" };
        let lon = i as f64 * 0.0899;
        let _ = writeln!(points, "{0},{0},,AA,0,{lon:.4},UTC,{kind},1000;1000,job R1,,", id(i));
        if i > 0 {
            let (from, to, permille) = (id(i - 1), id(i), GRADIENTS[(i - 1) % GRADIENTS.len()]);
            let _ = writeln!(sections, "{from}--{to},{from},{to},10000,1,1435,none,80,{permille},1,job R1,,");
        }
    }
    let own = FILES.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let made = [("network/points.csv", points), ("network/sections.csv", sections)];
    own.into_iter().chain(made.map(|(name, text)| (name.to_owned(), text.into_bytes()))).collect()
}
