//! What a route is called decides nothing: the same corridor with other names carries the same.
use std::collections::BTreeMap;
use std::path::Path;
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, read_folder};
use yalu_sim::{Recorded, simulate};
use yalu_units::Idx;

/// Brest, its routes called anew: `names` gives what stands in the files and what is to stand there.
fn brest(names: &BTreeMap<&str, &str>) -> Corridor {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/malaszewicze-brest");
    let Folder { mut files, refused } = read_folder(&dir).unwrap();
    let text = String::from_utf8(files["routes.toml"].clone()).unwrap();
    let (mut route, mut out) = (false, String::new());
    for line in text.lines() {
        route = if line.starts_with("[[") { line.starts_with("[[route]]") } else { route };
        let id = line.strip_prefix("id = \"").and_then(|l| l.strip_suffix('"')).filter(|_| route);
        out += &id.and_then(|id| names.get(id)).map_or_else(|| line.to_owned(), |new| format!("id = \"{new}\""));
        out.push('\n');
    }
    files.insert("routes.toml".to_owned(), out.into_bytes());
    load(&Folder { files, refused }, &[]).corridor.unwrap()
}

/// Tonnes by route over the year at the medians of all inputs, by the names in the files.
fn tonnes(names: &BTreeMap<&str, &str>) -> BTreeMap<String, f64> {
    let c = brest(names);
    let plan = compile(&c, c.horizon.from).unwrap();
    let months = simulate(&c, &plan, Draw::central(1), Recorded::Nothing).0.months;
    let back: BTreeMap<&str, &str> = names.iter().map(|(old, new)| (*new, *old)).collect();
    let of = |r: usize| months.iter().flat_map(|m| m.flows.enumerated()).filter(move |((_, x), _)| x.index() == r);
    let sum = |r: usize| of(r).map(|(_, f)| f.mass.as_tonnes()).sum();
    let name = |id: &str| back.get(id).map_or_else(|| id.to_owned(), ToString::to_string);
    c.trade.routes.iter().enumerate().map(|(r, x)| (name(&x.id), sum(r))).collect()
}

#[test]
fn other_names_carry_the_same() {
    let as_written = tonnes(&BTreeMap::new());
    let turned = tonnes(&BTreeMap::from([
        ("west", "a-west"),
        ("east", "z-east"),
        ("other-pl", "m-pl"),
        ("lithuania", "y-lithuania"),
        ("middle", "b-middle"),
        ("sea", "c-sea"),
    ]));
    for (route, t) in &as_written {
        let other = turned[route];
        assert!((t - other).abs() <= 0.002 * t.max(1000.0), "{route}: {t} and {other}\n{as_written:?}\n{turned:?}");
    }
}
