//! Every oracle is met, and none is met once a constant is a hundredth off.
use std::collections::{BTreeMap, BTreeSet};
use yalu_validate::{Oracle, Tolerance, oracles, run};

#[test]
fn every_oracle_is_met() {
    let all = oracles();
    let missed: Vec<String> = all
        .iter()
        .filter(|o| !run(o).pass)
        .map(|o| format!("{}: {:?} is not within {:?} of {}", o.id, run(o).observed, o.tolerance, o.expected))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_hundredth_of_its_constant_fails_every_oracle() {
    let mut blind = Vec::new();
    for o in oracles() {
        for factor in [0.99, 1.01] {
            let found = o.with(factor);
            // It must fail by its figure, not for want of one.
            if found.pass || found.observed.is_err() {
                blind.push(format!("{} at {factor} of the {}: {:?}", o.id, o.constant, found.observed));
            }
        }
    }
    assert!(blind.is_empty(), "{blind:#?}");
}

#[test]
fn oracles_have_names_of_their_own_and_every_layer_has_some() {
    let all = oracles();
    let ids: BTreeSet<&str> = all.iter().map(|o| o.id.as_str()).collect();
    assert_eq!(ids.len(), all.len());
    let mut layers: BTreeMap<&str, usize> = BTreeMap::new();
    for o in &all {
        assert!(o.expected.is_finite() && o.tolerance.of(o.expected) >= 0.0, "{}", o.id);
        assert!(!o.source.is_empty() && !o.constant.is_empty() && !o.what.is_empty(), "{}", o.id);
        *layers.entry(o.layer).or_default() += 1;
    }
    assert_eq!(
        layers.values().copied().collect::<Vec<_>>(),
        [17, 14, 11, 23, 23, 30, 13, 5, 5, 15, 15, 22],
        "{layers:?}"
    );
}

/// Figures of closed forms, evaluated to more digits than were printed, are those printed.
#[test]
fn closed_forms_are_the_figures_of_record() {
    let all = oracles();
    for (id, printed, digits) in [
        ("stop-to-stop.time", 1048.1481, 1e-4),
        ("stop-to-stop.speeding-up", 2469.136, 1e-3),
        ("stop-to-stop.braking", 823.045, 1e-3),
        ("short-hop.time", 200.0, 1e-3),
        ("short-hop.peak", 54.0, 1e-3),
        ("constant-power.time", 115.7407, 1e-4),
        ("constant-power.distance", 1286.0082, 1e-4),
        ("coasting.time", 602.1708, 1e-4),
        ("coasting.distance", 8768.2183, 1e-4),
        ("coasting.to-rest.time", 1517.0373, 1e-4),
        ("coasting.to-rest.distance", 13140.9560, 1e-4),
        ("constant-force.speed", 16.469_310, 1e-6),
        ("constant-force.distance", 998.000_280, 1e-6),
        ("constant-force.balance", 68.3130, 1e-4),
    ] {
        let o = all.iter().find(|o| o.id == format!("closed.{id}")).expect("it is there");
        assert!((o.expected - printed).abs() <= 0.5 * digits, "{id}: {} {printed}", o.expected);
    }
}

#[test]
fn no_number_is_no_pass() {
    let none = Oracle {
        id: "none".into(),
        layer: "none",
        what: "none".into(),
        unit: "",
        expected: 1.0,
        tolerance: Tolerance::Absolute(f64::INFINITY),
        source: "none",
        constant: "none",
        observe: Box::new(|_| Ok(f64::NAN)),
    };
    assert!(!run(&none).pass);
}
