//! Overrides, inputs, schemas, the tree, and that nothing panics.

use proptest::prelude::*;
use yalu_model::{Basis, Clock, Dist, Keeps, QuotaPer, Release, Shape, State, Subject, TrackUse, Use, UsePer};
use yalu_scenario::{Folder, load, read_folder, render, schemas, show, template};

fn folder() -> Folder {
    Folder { files: template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect(), ..Folder::default() }
}

fn set(pairs: &[(&str, &str)]) -> yalu_model::Corridor {
    let pairs: Vec<(String, String)> = pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    let loaded = load(&folder(), &pairs);
    assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
    loaded.corridor.unwrap()
}

#[test]
fn overrides_reach_every_kind_of_file() {
    let c = set(&[
        ("service.bridge.max_wagons", "9..11"),
        ("service.bridge.turn.after_min", "33"),
        ("route.rail.rail.fleet_wagons", "77"),
        ("station.B2.team.customs.count", "4"),
        ("station.B2.activity.inspection.minutes_per_wagon", "8"),
        ("section.S1.length_m", "19600"),
        ("point.A1.track_lengths_m.1", "710"),
        ("regime.RAIL.2024-02-15.trains_per_day", "3"),
        ("regime.RAIL.2024-02-15.state", "open"),
        ("demand_factor.0.factor", "0.5"),
        ("corridor.seed", "5"),
        ("choice.reaction_days", "3"),
        ("profile.S1.8000.speed_kmh", "40"),
        ("profile.S1.8000.to_m", "19600"),
    ]);
    let bridge = &c.trains.services.as_slice()[0];
    assert_eq!(bridge.max_wagons.dist, Dist::Uniform(9.0, 11.0));
    assert_eq!(bridge.max_wagons.path, "service.bridge.max_wagons");
    assert!(matches!(&bridge.max_wagons.basis, Basis::Assumed(w) if w.contains("--set")));
    assert_eq!(bridge.turn.as_ref().unwrap().after_min.central(), 33.0);
    assert_eq!(c.trade.routes.as_slice()[0].rail.as_ref().unwrap().fleet_wagons.central(), 77.0);
    let station = &c.border.stations.as_slice()[1];
    assert_eq!((station.resources[0].count.central(), station.activities[0].per_wagon.minutes.central()), (4.0, 8.0));
    assert_eq!(c.line.points.as_slice()[0].track_lengths_m[1].central(), 710.0);
    assert_eq!(c.line.points.as_slice()[0].track_lengths_m[1].path, "point.A1.track_lengths_m.1");
    let regime = &c.border.regimes[2];
    assert_eq!((regime.state, regime.trains_per_day.as_ref().unwrap().central()), (State::Open, 3.0));
    assert_eq!(regime.trains_per_day.as_ref().unwrap().path, "regime.RAIL.2024-02-15.trains_per_day");
    assert_eq!(
        (c.trade.demand_factors[0].factor.central(), c.sampling.seed, c.trade.reaction_days.central()),
        (0.5, 5, 3.0)
    );
    assert_eq!(c.line.sections.as_slice()[0].profile[1].speed_kmh, Some(40.0));
}

#[test]
fn every_number_has_a_path_of_its_own_and_a_basis() {
    let c = set(&[]);
    let mut paths: Vec<&str> = c.inputs.iter().map(|(p, _)| p.as_str()).collect();
    assert!(paths.len() > 120, "{}", paths.len());
    assert!(c.inputs.iter().all(|(_, b)| *b != Basis::Unstated));
    paths.sort_unstable();
    let n = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), n, "two numbers share a path");
    assert!(paths.contains(&"station.B2.activity.inspection.minutes"));
}

#[test]
fn every_input_can_be_set_under_its_path() {
    let c = set(&[]);
    let pairs: Vec<(String, String)> = c
        .inputs
        .iter()
        .filter(|(p, _)| !p.ends_with("season") && !p.ends_with("resistance") && !p.ends_with(".from_m"))
        .map(|(p, _)| (p.clone(), "x".into()))
        .collect();
    let loaded = load(&folder(), &pairs);
    assert!(
        loaded.diagnostics.iter().all(|d| d.code == "Y0302" && d.file == "--set"),
        "{}",
        render(&loaded.diagnostics, false)
    );
    assert_eq!(loaded.diagnostics.len(), pairs.len());
}

#[test]
fn horizon_and_regimes_are_civil_days_of_the_border() {
    let c = set(&[]);
    assert_eq!((c.horizon.to - c.horizon.from).as_days(), 90.0);
    assert_eq!(c.border.regimes[0].to, c.border.regimes[1].from);
    assert_eq!(c.border.regimes[2].to, c.horizon.to);
    assert_eq!(yalu_calendar::civil("Asia/Shanghai", c.horizon.from), (2024, 1, 1, 0, 0));
}

#[test]
fn the_tree_is_as_expected() {
    insta::assert_snapshot!("show", show(&set(&[])));
}

#[test]
fn schemas_name_every_file_and_every_key() {
    let all = schemas();
    assert_eq!(all.len(), template("x").len());
    let services = &all.iter().find(|(n, _)| n == "services.toml").unwrap().1;
    let service = &services["properties"]["service"]["items"];
    assert_eq!(service["additionalProperties"], false);
    assert_eq!(service["properties"]["priority"]["type"], "integer");
    assert!(service["properties"]["max_wagons"]["anyOf"].is_array());
    assert_eq!(service["properties"]["stop"]["items"]["properties"]["reverses"]["type"], "boolean");
    let stock = &all.iter().find(|(n, _)| n == "rolling_stock.toml").unwrap().1;
    let locomotive = &stock["properties"]["locomotive"]["items"]["properties"];
    assert_eq!(locomotive["force_table_kn"]["items"]["prefixItems"][1]["x-unit"], "kN");
    assert!(locomotive["resistance_formula"]["enum"].as_array().unwrap().iter().any(|w| w == "tbt1407_df4"));
    let disturbances = &all.iter().find(|(n, _)| n == "disturbances.toml").unwrap().1;
    assert_eq!(disturbances["properties"].as_object().unwrap().len(), 5);
    assert!(all.iter().all(|(_, s)| s["$schema"] == "https://json-schema.org/draft/2020-12/schema"));
}

#[test]
fn a_folder_is_read_with_its_subfolder_and_without_other_files() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in template("mine") {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(dir.path().join("README.md"), "x").unwrap();
    let read = read_folder(dir.path()).unwrap();
    assert_eq!(read.files, folder().files);
    assert!(read_folder(&dir.path().join("nowhere")).unwrap_err().to_string().starts_with("there is no folder"));
    assert!(read_folder(&dir.path().join("README.md")).unwrap_err().to_string().ends_with("is not a folder"));
}

#[test]
fn crlf_and_a_byte_order_mark_are_taken() {
    let mut f = folder();
    for text in f.files.values_mut() {
        let crlf = String::from_utf8(text.clone()).unwrap().replace('\n', "\r\n");
        *text = format!("\u{feff}{crlf}").into_bytes();
    }
    let loaded = load(&f, &[]);
    assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
}

#[test]
fn colour_is_only_paint() {
    let mut f = folder();
    f.files.remove("trade.toml");
    f.files.insert("rules.csv".into(), b"id,rul\nR1,x\n".to_vec());
    let d = load(&f, &[]).diagnostics;
    let plain = render(&d, false);
    let mut painted = render(&d, true);
    assert!(painted.contains("\u{1b}[1;31m"));
    for code in ["0", "1", "1;31", "1;33", "34", "36"] {
        painted = painted.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(painted, plain);
}

/// Every key of a border station.
const STATION: &str = r#"
[[hours.exception]]
day = "2024-02-17"
open = []

[[station]]
point = "B1"
yard_tracks = 6
track_wagons = 40
most_tracks = [{ direction = "AA-BB", tracks = 4 }]
quota = { value = "6..8", per = "shift", hours = "always" }
assumed = "x"

[[station.team]]
id = "customs"
count = 2
hours = "always"

[[station.resource]]
id = "stands"
kind = "bogie_stands"
count = 12

[[station.resource]]
id = "shunter"
kind = "shunters"
count = 1
away_when_idle_min = "20..40"

[[station.activity]]
id = "receive"
title = "Receive"
on = "train"
applies_to = "loaded"
direction = "AA-BB"
uses = [{ resource = "shunter" }]
keeps_until = "bogies"
minutes = 20
shape = "lognormal"
cv = 0.5
at_least_min = 5
may_start = "any_open_time"

[[station.activity]]
id = "bogies"
title = "Change of bogies"
applies_to = "loaded"
direction = "AA-BB"
after = ["receive"]
batch = { resource = "stands", places = 10, minutes = 45 }
may_start = "any_open_time"
interruptible = true
clock = "always"
frees_track = "at_begin"

[[station.activity]]
id = "inspection"
title = "Inspection"
on = "wagon"
applies_to = "loaded"
direction = "AA-BB"
after = []
uses = [{ resource = "customs", count = 2 }, { resource = "stands", per = "wagon" }]
minutes_per_wagon = 5
shape_per_wagon = "erlang2"
share = "0.1..0.3"
red = { share = 0.1, minutes = "60..120" }
returned_share = 0.01
may_start = "if_it_can_finish"
only_under = "quarantine"

[[station.activity]]
id = "hold"
title = "Hold"
applies_to = "loaded"
direction = "AA-BB"
after = ["bogies", "inspection"]
keeps_until = "departure"
uses = [{ resource = "stands", per = "tonne" }]
days = "2..4"
may_start = "any_open_time"
release = "regime_days"
"#;

/// The template with every kind of disturbance, stops, even intervals, formulas and tables, every key of a station.
fn rich() -> Folder {
    let mut f = folder();
    let disturbances = String::from_utf8(f.files["disturbances.toml"].clone()).unwrap();
    let lines: Vec<&str> = disturbances.lines().map(|l| l.strip_prefix('#').unwrap_or(l)).skip(1).collect();
    let cuts = "[[power_cut]]\nid=\"c\"\nsections=[\"S1\"]\nfrom=\"2024-01-05\"\nto=\"2024-01-06\"\n\
                week={mon=[\"22:00-03:00\"],sat=[\"01:00-24:00\"]}\nassumed=\"x\"\n\
                [[locomotive_failure]]\nid=\"d\"\nservice=\"loop\"\nafter=\"B1\"\nfrom=\"2024-01-05\"\nminutes=9\nassumed=\"x\"\n";
    f.files.insert("disturbances.toml".into(), format!("{}\n{cuts}", lines.join("\n")).into_bytes());
    let service = "[[service]]\nid=\"loop\"\ntitle=\"x\"\nkind=\"freight\"\nfrom=\"B2\"\nto=\"B2\"\nevery_s=14400\ntrains=12\n\
                   locomotive=\"electric\"\nwagon=\"boxcar\"\nmax_wagons=10\nload_t=20\npriority=1\nsupplement_percent=1\n\
                   assumed=\"x\"\n[[service.stop]]\npoint=\"B1\"\nminutes=60\nreverses=true\n";
    f.files.get_mut("services.toml").unwrap().extend_from_slice(service.as_bytes());
    let border = String::from_utf8(f.files["border.toml"].clone()).unwrap();
    // The exception belongs to the last hours, so it stands before the first station.
    let (exception, station) = STATION.split_at(STATION.find("[[station]]").unwrap());
    let (hours, rest) = border.split_at(border.find("[[station]]").unwrap());
    f.files.insert("border.toml".into(), format!("{hours}{exception}\n{rest}{station}").into_bytes());
    let stock = "[[locomotive]]\nid=\"electric\"\nmass_t=100\nlength_m=0\nforce_table_kn=[[0,300],[36,200],[90,0]]\n\
                 max_speed_kmh=80\nresistance_formula=\"strahl\"\nresistance=[2,4]\nadhesion_mu=0.3\nadhesive_mass_t=90\n\
                 supply=\"electric\"\nassumed=\"x\"\n";
    f.files.get_mut("rolling_stock.toml").unwrap().extend_from_slice(stock.as_bytes());
    f
}

#[test]
fn the_rich_folder_of_the_fuzzer_is_sound() {
    let loaded = load(&rich(), &[]);
    // Its electric locomotive has no contact line.
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["Y0515"], "{}", render(&loaded.diagnostics, false));
    let c = loaded.corridor.unwrap();
    let s = c.border.stations.iter().find(|s| s.quota.is_some()).unwrap();
    assert_eq!(s.quota.as_ref().unwrap().per, QuotaPer::Shift(0));
    assert_eq!(s.most_tracks.clone().map(|q| q.map(|q| q.central())), [Some(4.0), None]);
    let [receive, bogies, inspection, hold] = s.activities.as_slice() else { panic!("four activities") };
    assert_eq!((receive.after.len(), receive.keeps, receive.subject), (0, Keeps::Until(1), Subject::Train));
    assert_eq!((receive.duration.shape, receive.duration.at_least_min), (Shape::Lognormal { cv: 0.5 }, 5.0));
    assert_eq!(
        (bogies.after.as_slice(), bogies.clock, bogies.track),
        (&[0][..], Clock::Always, TrackUse::FreedAtBegin)
    );
    // Teams, then other resources, each by id: customs, shunter, stands.
    assert_eq!(bogies.batch.as_ref().unwrap().resource, 2);
    assert!(inspection.after.is_empty() && inspection.per_wagon.shape == Shape::Erlang(2));
    assert_eq!(
        inspection.uses,
        [Use { resource: 0, count: 2, per: UsePer::Activity }, Use { resource: 2, count: 1, per: UsePer::Wagon }]
    );
    assert_eq!((hold.after.as_slice(), hold.keeps, hold.release), (&[1, 2][..], Keeps::Departure, Release::RegimeDays));
    assert_eq!((hold.duration.minutes.low(), hold.duration.minutes.high()), (2880.0, 5760.0));
    assert_eq!(hold.duration.minutes.path, "station.B1.activity.hold.days");
    insta::assert_snapshot!(
        "rich_border",
        show(&c).split("\nborder\n").nth(1).unwrap().split("\ncrossings").next().unwrap()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn changed_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..4, any::<u8>()), 1..6),
        set in prop::collection::vec(("[a-z.A-Z0-9]{0,24}", ".{0,8}"), 0..2),
    ) {
        let mut f = rich();
        let names: Vec<String> = f.files.keys().cloned().collect();
        for (which, place, op, byte) in changes {
            let text = f.files.get_mut(&names[which.index(names.len())]).unwrap();
            if text.is_empty() {
                continue;
            }
            let i = place.index(text.len());
            match op {
                0 => text[i] = byte,
                1 => text[i] = b"0123456789-.,;\"\n[]{}=x"[usize::from(byte) % 22],
                2 => {
                    text.remove(i);
                }
                _ => {
                    let end = (i + usize::from(byte)).min(text.len());
                    text.drain(i..end);
                }
            }
        }
        let loaded = load(&f, &set);
        let failed = loaded.diagnostics.iter().any(|d| d.severity == yalu_scenario::Severity::Error);
        prop_assert_eq!(loaded.corridor.is_none(), failed);
        let _ = render(&loaded.diagnostics, true);
        if let Some(c) = &loaded.corridor {
            let _ = show(c);
        }
    }
}
