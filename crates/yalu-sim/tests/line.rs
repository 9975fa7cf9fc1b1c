//! Dense single track with loops too few, too short, or missing: no deadlock, no two trains in one block.
use proptest::prelude::*;
use std::fmt::Write as _;
use yalu_check::check;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, render, template};
use yalu_sim::{Recorded, simulate};

/// A point between the border station and the end of the line: lengths of its tracks, metres to the next.
#[derive(Clone, Debug)]
struct Loop {
    tracks_m: Vec<u32>,
    next_m: u32,
}

/// Other trains: from which point to which, a day each way, wagons.
#[derive(Clone, Debug)]
struct Trains {
    from: usize,
    to: usize,
    a_day: u32,
    wagons: u32,
    passenger: bool,
}

/// The template with its inland line replaced by these loops and trains, for ten days.
fn corridor(loops: &[Loop], trains: &[Trains]) -> Corridor {
    let mut points = "id,name,local_name,country,lat,lon,zone,kind,track_lengths_m,source,assumed,note\n\
        A1,Aville,,AA,40.00,124.00,Asia/Shanghai,terminus,900;900;900,,test,\n\
        A2,Abridge,,AA,40.05,124.20,Asia/Shanghai,border_station,900;900,,test,\n\
        BP,River,,AA,40.06,124.23,Asia/Shanghai,border_point,,,test,\n\
        B2,Bbridge,,BB,40.07,124.26,Asia/Pyongyang,border_station,900;900;900,,test,\n\
        BY,Yard,,BB,40.10,124.30,Asia/Pyongyang,yard,,,test,\n"
        .to_string();
    let mut sections =
        "id,from,to,length_m,tracks,gauge_mm,electrification,speed_kmh,gradient_permille,blocks,source,assumed,note\n\
        S1,A1,A2,19500,1,1435,none,60,0,1,,test,\nS2,A2,BP,3000,1,1435,none,25,0,1,,test,\n\
        S3,BP,B2,3000,1,1435,none,25,0,1,,test,\n"
            .to_string();
    let mut names = vec!["B2".to_string()];
    let mut before = ("B2".to_string(), 5_000);
    for (i, l) in loops.iter().enumerate() {
        let tracks: Vec<String> = l.tracks_m.iter().map(ToString::to_string).collect();
        let kind = if tracks.is_empty() { "halt" } else { "station" };
        let _ = writeln!(points, "L{i},Loop {i},,BB,40.07,124.26,Asia/Pyongyang,{kind},{},,test,", tracks.join(";"));
        let _ = writeln!(sections, "T{i},{},L{i},{},1,1435,none,50,0,1,,test,", before.0, before.1);
        before = (format!("L{i}"), l.next_m);
        if !tracks.is_empty() {
            names.push(format!("L{i}"));
        }
    }
    points.push_str("B1,Btown,,BB,40.20,124.60,Asia/Pyongyang,terminus,900;900;900,,test,\n");
    let _ = writeln!(sections, "TE,{},B1,{},1,1435,none,50,0,1,,test,", before.0, before.1);
    names.push("B1".into());
    let mut traffic = "id,from,to,kind,trains_per_day,locomotive,wagon,wagons,load_t,source,assumed\n".to_string();
    for (i, t) in trains.iter().enumerate() {
        let (a, b) = (t.from % names.len(), t.to % names.len());
        let (a, b) = if a == b { (0, names.len() - 1) } else { (a.min(b), a.max(b)) };
        let kind = if t.passenger { "passenger" } else { "domestic" };
        let _ =
            writeln!(traffic, "t{i},{},{},{kind},{},diesel,boxcar,{},20,,test", names[a], names[b], t.a_day, t.wagons);
    }
    let mut files: std::collections::BTreeMap<String, Vec<u8>> =
        template("stress").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    files.insert("network/points.csv".into(), points.into_bytes());
    files.insert("network/sections.csv".into(), sections.into_bytes());
    files.insert("network/traffic.csv".into(), traffic.into_bytes());
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    let mut c = loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)));
    c.horizon.to = c.horizon.from + yalu_units::Span::days(10);
    c.border.regimes.retain(|r| r.from < c.horizon.to);
    c
}

fn runs_clean(loops: &[Loop], trains: &[Trains], seed: u64) {
    let c = corridor(loops, trains);
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(&c, &plan, Draw::central(seed), Recorded::Trains);
    let trace = trace.expect("a trace");
    assert_eq!(out.deadlocks, 0, "trains that can never move again");
    assert_eq!(check(&c, &trace), []);
    // The order of rows in a file is no order of the world.
    let again = simulate(&c, &plan, Draw::central(seed), Recorded::Nothing).0;
    assert_eq!(out, again);
}

fn loops() -> impl Strategy<Value = Vec<Loop>> {
    let tracks = prop_oneof![
        1 => Just(vec![]),
        1 => proptest::collection::vec(Just(900_u32), 1),
        4 => proptest::collection::vec(prop_oneof![Just(900_u32), Just(350), Just(200)], 2..=3),
    ];
    let one = (tracks, 1_500_u32..12_000).prop_map(|(tracks_m, next_m)| Loop { tracks_m, next_m });
    proptest::collection::vec(one, 2..10)
}

fn trains() -> impl Strategy<Value = Vec<Trains>> {
    let one = (0_usize..12, 0_usize..12, 1_u32..14, 1_u32..35, any::<bool>())
        .prop_map(|(from, to, a_day, wagons, passenger)| Trains { from, to, a_day, wagons, passenger });
    proptest::collection::vec(one, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
    ) })]
    #[test]
    fn no_line_deadlocks_or_puts_two_trains_in_a_block(loops in loops(), trains in trains(), seed in 0_u64..1000) {
        runs_clean(&loops, &trains, seed);
    }
}

#[test]
fn a_full_line_with_one_loop_runs_clean() {
    let l = |tracks_m: Vec<u32>| Loop { tracks_m, next_m: 9_000 };
    let t = |a_day, wagons| Trains { from: 0, to: 99, a_day, wagons, passenger: false };
    runs_clean(&[l(vec![900, 900])], &[t(30, 20)], 1);
    runs_clean(&[l(vec![200, 200])], &[t(20, 30)], 2);
    runs_clean(&[l(vec![900, 900]), l(vec![]), l(vec![900, 200]), l(vec![900])], &[t(20, 10), t(20, 30)], 3);
}
