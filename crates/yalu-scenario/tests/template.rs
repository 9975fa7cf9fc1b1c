//! The templates load without a word.
use std::collections::BTreeSet;
use yalu_model::{Keeps, QuotaPer, ResourceKind};
use yalu_scenario::{BorderKind, Folder, border_template, load, render, template};

fn folder(name: &str) -> Folder {
    Folder { files: template(name).into_iter().map(|(n, t)| (n, t.into_bytes())).collect(), ..Folder::default() }
}

#[test]
fn the_template_loads_without_errors_and_warnings() {
    for name in ["mine", "", "a b/c"] {
        let loaded = load(&folder(name), &[]);
        assert!(loaded.diagnostics.is_empty(), "{}", render(&loaded.diagnostics, false));
        let c = loaded.corridor.expect("a corridor");
        assert_eq!((c.line.points.len(), c.trade.routes.len(), c.border.regimes.len()), (6, 2, 6));
    }
}

fn kind(kind: BorderKind) -> yalu_model::Corridor {
    let files = border_template(kind, "mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let loaded = load(&Folder { files, ..Folder::default() }, &[]);
    assert!(loaded.diagnostics.is_empty(), "{}: {}", kind.word(), render(&loaded.diagnostics, false));
    loaded.corridor.expect("a corridor")
}

#[test]
fn each_kind_of_border_loads_without_errors_and_warnings_and_is_what_it_says() {
    let mut words = BTreeSet::new();
    for k in BorderKind::ALL {
        assert!(words.insert(k.word()) && BorderKind::named(k.word()) == Some(k));
        let c = kind(k);
        assert_eq!((c.about.id.as_str(), c.about.title.as_str(), c.border.stations.len()), ("mine", k.title(), 2));
        assert!(c.inputs.iter().all(|(_, b)| *b != yalu_model::Basis::Unstated), "{}", k.word());
        assert!(c.border.stations.iter().all(|s| !s.activities.is_empty()), "{}", k.word());
        let gauges: BTreeSet<u32> = c.line.sections.iter().map(|s| s.gauge_mm).collect();
        let broken = [BorderKind::BogieExchange, BorderKind::Transshipment].contains(&k);
        assert_eq!(gauges.len(), if broken { 2 } else { 1 }, "{}", k.word());
    }
    let station = |k, i: usize| kind(k).border.stations.as_slice()[i].clone();
    let far = |k| station(k, 1);
    let same = far(BorderKind::SameGauge);
    assert!(same.activities.iter().any(|a| a.keeps == Keeps::Departure));
    let bogies = far(BorderKind::BogieExchange);
    let stands = bogies.resources.iter().position(|r| r.kind == ResourceKind::BogieStands).expect("stands");
    assert!(bogies.activities.iter().any(|a| a.batch.as_ref().is_some_and(|b| b.resource == stands)));
    let reload = far(BorderKind::Transshipment);
    assert!(reload.activities.iter().any(|a| a.batch.is_some()));
    let windows = far(BorderKind::DirectionalWindows);
    assert!(matches!(windows.quota.as_ref().expect("a quota").per, QuotaPer::Shift(_)));
    let near = station(BorderKind::Juxtaposed, 0);
    let customs: Vec<_> = near.activities.iter().filter(|a| a.title.contains("ustoms")).collect();
    assert!(customs.len() == 2 && customs[0].after == customs[1].after, "side by side");
}

#[test]
fn every_input_of_a_kind_can_be_set_under_its_path() {
    for k in BorderKind::ALL {
        let c = kind(k);
        let plain = |p: &&(String, yalu_model::Basis)| !p.0.ends_with(".resistance");
        let pairs: Vec<(String, String)> =
            c.inputs.iter().filter(plain).map(|(p, _)| (p.clone(), "x".into())).collect();
        let files = border_template(k, "mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
        let told = load(&Folder { files, ..Folder::default() }, &pairs).diagnostics;
        assert!(told.iter().all(|d| d.code == "Y0302" && d.file == "--set"), "{}", render(&told, false));
        assert_eq!(told.len(), pairs.len(), "{}", k.word());
    }
}
