//! Several locomotives in a train, where its gradient is read, and a train that its brakes cannot hold.
use std::collections::BTreeMap;
use yalu_model::{Corridor, ServiceId};
use yalu_physics::{GradientUnder, PhysicsError, Train};
use yalu_plan::{PlanError, Wish};
use yalu_scenario::{Folder, load, render, template};

fn corridor(changes: &[(&str, &str, &str)]) -> Corridor {
    let mut files: BTreeMap<String, String> = template("engines").into_iter().collect();
    for (file, find, put) in changes {
        let text = files.get_mut(*file).expect("a file of the template");
        assert!(text.contains(find), "`{find}` is in {file}");
        *text = text.replacen(find, put, 1);
    }
    let files = files.into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)))
}

/// A train of the first service with twenty loaded wagons.
fn wish() -> Wish<'static> {
    Wish { service: ServiceId(0), forward: true, loaded: true, wagons: 20, stops: &[] }
}

fn train(c: &Corridor) -> Train {
    wish().consist(c).train().expect("a train")
}

const LEAD: &str = "locomotive = \"diesel\"\nwagon";
const PUSHED: &str = "locomotive = \"diesel\"\nlocomotives = 2\nhelper = [{ locomotive = \"diesel\", count = 2, place = \"rear\" }]\nwagon";
const READ: &str = "[operation]\ngradient = \"centre\"\nassumed = \"test\"\n\n[choice]";

#[test]
fn locomotives_pull_and_push_together() {
    let one = train(&corridor(&[]));
    let c = corridor(&[("services.toml", LEAD, PUSHED), ("scenario.toml", "[choice]", READ)]);
    let four = train(&c);
    assert_eq!(wish().consist(&c).locomotives(), "4 diesel");
    for v in [1.0, 5.0, 15.0] {
        assert!((four.traction.at(v) - 4.0 * one.traction.at(v)).abs() < 1e-6);
    }
    // Three more of 138 t, 21 m and 2 N/kN at a stand.
    assert!((four.mass_kg - one.mass_kg - 3.0 * 138_000.0).abs() < 1e-6);
    assert!((four.length_m - one.length_m - 63.0).abs() < 1e-9);
    let stand = four.resistance.at(0.0) - one.resistance.at(0.0);
    assert!((stand - 3.0 * 138.0 * 9.806_65 * 2.0).abs() < 1e-6, "{stand} N");
    // Two before and two behind: the centre of mass lies in the middle.
    let GradientUnder::Centre { behind_m } = four.gradient else { panic!("{:?}", four.gradient) };
    assert!((behind_m - four.length_m / 2.0).abs() < 1e-9);
    // All four before: 84 m of 552 t, then 330 m of 1,680 t.
    let front = PUSHED.replace("rear", "front");
    let c = corridor(&[("services.toml", LEAD, &front), ("scenario.toml", "[choice]", READ)]);
    let GradientUnder::Centre { behind_m } = train(&c).gradient else { panic!("not at its centre") };
    assert!((behind_m - (552.0 * 42.0 + 1_680.0 * 249.0) / 2_232.0).abs() < 1e-9, "{behind_m} m");
}

#[test]
fn more_locomotives_climb_what_one_does_not() {
    // 1,818 t on 30 per mille weigh 535 kN along the slope; one locomotive has 400.
    let steep = ("network/profiles.csv", "S1,0,8000,3,", "S1,0,8000,30,");
    let missing = wish().line(&corridor(&[steep])).unwrap_err();
    assert!(matches!(missing, PlanError::Run { source: PhysicsError::Stall { .. }, .. }), "{missing:?}");
    wish().line(&corridor(&[steep, ("services.toml", LEAD, PUSHED)])).expect("four climb it");
}

#[test]
fn a_train_that_its_brakes_cannot_hold_is_told_with_its_place() {
    // 0.3 m/s² and rotating masses of 1.06 hold 32.4 per mille.
    let down =
        |permille: &str| corridor(&[("network/profiles.csv", "S1,0,8000,3,", &format!("S1,0,8000,{permille},"))]);
    wish().line(&down("-32")).expect("they hold it");
    let PlanError::Run { place, source: PhysicsError::RunsAway { falls_permille, held_permille, .. }, .. } =
        wish().line(&down("-33")).unwrap_err()
    else {
        panic!("another fault")
    };
    assert!((falls_permille - 33.0).abs() < 1e-9 && (held_permille - 32.43).abs() < 0.01);
    assert_eq!(place.map(|p| p.0.0), Some(0));
}
