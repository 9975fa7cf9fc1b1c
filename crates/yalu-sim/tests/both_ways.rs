//! Rail in both directions over one border: random small corridors with closures, wagons and goods that are never lost.
//!
//! `RANDOM_BORDERS` says how many (200 where it is not set).
mod border;

use border::{Change, beyond, corridor, run, way_back};
use std::fmt::Write as _;
use yalu_plan::Draw;
use yalu_scenario::template;
use yalu_units::{Stream, StreamKey, address};

#[test]
fn goods_of_the_second_country_cross_by_trains_of_their_own() {
    let c = corridor(&way_back(&beyond(""), ""));
    let (out, trace) = run(&c, Draw::central(1));
    let back = c.trade.routes.iter().position(|r| r.id == "rail-back").expect("the route back");
    let wagons: u32 = out.months.iter().map(|m| m.wagons[back]).sum();
    let trains: u32 = trace.days.iter().filter(|d| usize::from(d.route) == back).map(|d| d.trains).sum();
    assert!(wagons > 100 && trains > 20, "{wagons} wagons in {trains} trains");
    // Imports count when they are released, and by this route they are released on leaving the far yard.
    let (imports, crossed): (i64, i64) = out
        .months
        .iter()
        .fold((0, 0), |s, m| (s.0 + m.imports_cents, s.1 + m.flows.iter().map(|f| f.usd_cents).sum::<i64>()));
    assert!(imports > 0 && imports < crossed);
    // Loaded trains to the first country are counted as such.
    let loaded: u32 = out.months.iter().map(|m| m.wagons_crossed[1][0]).sum();
    assert_eq!(loaded, wagons);
}

#[test]
fn what_is_under_way_keeps_arriving_when_the_border_shuts() {
    let mut changes = way_back(&beyond(""), "");
    // Another way stays open: nothing new sets out for the border that is shut.
    changes.push((
        "regimes.csv",
        "ROAD,2024-02-01,2024-02-29,suspended".into(),
        "ROAD,2024-02-01,2024-02-29,open".into(),
    ));
    changes.push(("border.toml", "yard_tracks = 3".into(), "yard_tracks = 2".into()));
    let c = corridor(&changes);
    let (_, trace) = run(&c, Draw::central(1));
    let back = c.trade.routes.iter().position(|r| r.id == "rail-back").expect("the route back") as u16;
    let days: Vec<_> = trace.days.iter().filter(|d| d.route == back).collect();
    // Shut on 1 to 14 February (days 31 to 44); goods take six days there.
    let waits = |day: usize| days[day].waiting_back.as_tonnes();
    let stands = |day: usize| days[day].standing;
    assert!(waits(36) > waits(31) + 100.0, "{} t, then {} t", waits(31), waits(36));
    assert_eq!(days[38].approaching.0, 0, "nothing sets out for a border that is shut");
    assert!(waits(41) <= waits(38), "{} t, then {} t", waits(38), waits(41));
    assert!(stands(36).in_yard <= 2.0 && stands(37).trains() > 1.0, "{:?}: the yard has two tracks", stands(36));
    assert_eq!(days[5].waiting_back.0, 0, "nothing is there before six days have gone");
    assert!(days[5].approaching.0 > 0);
}

#[test]
fn wagons_that_are_kept_are_missed() {
    const WHY: usize = yalu_sim::Short::NoWagons as usize;
    let formed = |more: &str| {
        let c = corridor(&way_back(&beyond(more), ""));
        let back = c.trade.routes.iter().position(|r| r.id == "rail-back").expect("the route back");
        let (out, trace) = run(&c, Draw::central(1));
        let short: u32 = out.months.iter().map(|m| m.forming[back]).map(|f| f.not_formed[WHY] + f.shortened[WHY]).sum();
        let last = trace.days.iter().rfind(|d| usize::from(d.route) == back).expect("a day");
        (short, last.wagons_stock + last.wagons_far)
    };
    let (none, all) = formed("");
    let (some, left) = formed("kept_share = 0.6\n");
    assert_eq!(none, 0, "wagons enough");
    assert!(some > 5 && left < all / 3, "{some} trains short of wagons, {left} of {all} wagons left");
}

/// A random corridor with both directions, closures and quotas.
fn case(number: u64) -> Vec<Change> {
    let key = StreamKey { seed: number, replication: 0 };
    let mut dice: Stream = key.stream(address(&["random border"]), 0);
    let mut of = |n: u64| dice.below(n);
    let turn = if of(2) == 0 { "turn = { after_min = 60 }\n" } else { "" };
    let mut more = String::new();
    if of(2) == 0 {
        let _ = writeln!(more, "kept_share = 0.0{}", of(10));
    }
    if of(2) == 0 {
        let _ = writeln!(more, "fleet_far_wagons = {}", of(80));
    }
    let unloads = format!("unloading_places = {}\nunloading_h = 2\nreturn_days = {}\n", 1 + of(20), of(4));
    let approach = format!("approach_days = {}", of(9));
    let rail = beyond(&more).replace("approach_days = 6", &approach);
    let rail = if of(2) == 0 { rail.replace("turnaround_days = 4\n", &unloads) } else { rail };
    let mut changes = way_back(&rail, turn);
    changes.push(("routes.toml", "fleet_wagons = 200".into(), format!("fleet_wagons = {}", 10 + of(200))));
    changes.extend(stations(&mut of));
    // Two closures, a quota after each.
    let header = "crossing,from,to,state,start_uncertainty_days,trains_per_day,wagons_per_train,capacity_share,hold_days,restrictions,wagons_per_day,notice_days,ramp_days,bans_hs,confidence,start_basis,reasoning,source,assumed";
    let (a, b, d, e) = (2 + of(10), 14 + of(10), 1 + of(12), 15 + of(12));
    let quota =
        |of: &mut dyn FnMut(u64) -> u64| if of(2) == 0 { format!("{},{}", 1 + of(3), 4 + of(14)) } else { ",".into() };
    let (q1, q2) = (quota(&mut of), quota(&mut of));
    let limits = |of: &mut dyn FnMut(u64) -> u64| {
        let words = ["", "quarantine", "convoy", "directional", "alternate_days", "trial", "convoy;directional"];
        let word = words[of(words.len() as u64) as usize];
        let wagons = if of(3) == 0 { (5 + of(30)).to_string() } else { String::new() };
        let notice = if of(2) == 0 { of(10).to_string() } else { String::new() };
        let ramp = if of(3) == 0 { (1 + of(20)).to_string() } else { String::new() };
        let bans = ["", "", "", "BB-AA:*", "10;1101", "AA-BB:84;67"][of(6) as usize];
        format!("{word},{wagons},{notice},{ramp},{bans}")
    };
    let (l1, l2, l3) = (limits(&mut of), limits(&mut of), limits(&mut of));
    let n = if of(2) == 0 { of(8).to_string() } else { String::new() };
    let rows = format!(
        "{header}\nRAIL,2024-01-01,2024-01-{a:02},open,0,,,,,,,,,,high,,,,test\n\
         RAIL,2024-01-{:02},2024-01-{b:02},suspended,0,,,,,,,{n},,,high,,,,test\n\
         RAIL,2024-01-{:02},2024-02-{d:02},limited,0,{q1},,,{l1},high,,,,test\n\
         RAIL,2024-02-{:02},2024-02-{e:02},suspended,3,,,,,,,{n},,,high,,,,test\n\
         RAIL,2024-02-{:02},,limited,0,{q2},,3,{l2},high,,,,test\n\
         ROAD,2024-01-01,,open,0,,,0.2,,{l3},high,,,,test\n",
        a + 1,
        b + 1,
        d + 1,
        e + 1,
    );
    let old = template("both ways").into_iter().find(|f| f.0 == "regimes.csv").expect("regimes").1;
    changes.push(("regimes.csv", old, rows));
    changes
}

/// Yards, quotas and procedures of the two stations.
fn stations(of: &mut dyn FnMut(u64) -> u64) -> Vec<Change> {
    let quota = [
        "",
        "quota = { value = \"0..2\", per = \"day\" }\n",
        "quota = { value = 1.5, per = \"shift\", hours = \"customs\" }\n",
    ];
    let quota = quota[of(3) as usize];
    let yard = |n: u64, more: &str| format!("yard_tracks = {n}\n{more}");
    let (a2, b2) = (1 + of(4), 1 + of(4));
    let keys = [
        "",
        "returned_share = 0.2\n",
        "frees_track = \"at_end\"\n",
        "frees_track = \"at_begin\"\n",
        "interruptible = true\n",
        "interruptible = true\nclock = \"always\"\n",
        "share = 0.5\n",
        "red = { share = 0.3, minutes = \"90..200\" }\n",
        "shape = \"erlang2\"\n",
        "after = []\n",
    ];
    let mut key = || keys[of(keys.len() as u64) as usize];
    let activity = |id: &str, cuts: &str, way: &str, team: &str, keys: &str| {
        format!(
            "[[station.activity]]\nid = \"{id}\"\ntitle = \"{id}\"\napplies_to = \"{cuts}\"\ndirection = \"{way}\"\n\
             team = \"{team}\"\nminutes = \"20..60\"\nmay_start = \"if_it_can_finish\"\nassumed = \"test\"\n{keys}\n"
        )
    };
    let near = activity("split", "empty", "BB-AA", "yard", key()) + &activity("in", "loaded", "BB-AA", "yard", key());
    let far =
        activity("out", "loaded", "BB-AA", "customs", key()) + &activity("again", "loaded", "AA-BB", "customs", key());
    let (second, hold) = ("[[station]]\npoint = \"B2\"", "[[hold]]");
    vec![
        ("border.toml", "yard_tracks = 3\n".into(), yard(b2, quota)),
        ("border.toml", "yard_tracks = 4\n".into(), yard(a2, "")),
        ("border.toml", second.into(), near + second),
        ("border.toml", hold.into(), far + hold),
    ]
}

#[test]
fn random_borders_lose_no_wagon_no_tonne_and_no_dollar() {
    let number = std::env::var("RANDOM_BORDERS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let (mut trains, mut waited) = (0, 0.0_f32);
    let first = std::env::var("RANDOM_BORDERS_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for n in first..first + number {
        eprintln!("border {n}");
        let c = corridor(&case(n));
        let (out, _) = run(&c, if n % 2 == 0 { Draw::central(n) } else { Draw::replication(n, 1) });
        trains += out.months.iter().map(|m| m.trains[0] + m.trains[1]).sum::<u32>();
        waited = out.standing.iter().flatten().map(|s| s.trains()).fold(waited, f32::max);
    }
    eprintln!("{number} borders: {trains} trains crossed, at most {waited:.0} waited");
    assert!(u64::from(trains) > number * 20, "too little happens to tell anything");
}

/// A train that passes the border station without stopping was booked over the border before its head was there, and
/// what another route released meanwhile came after it in the books.
#[test]
fn books_stay_in_order_where_trains_pass_the_border_without_stopping() {
    run(&corridor(&case(1405)), Draw::replication(1405, 1));
}
