//! The board of crossings: what is low stands out, and nothing is drawn that is not known.
use yalu_chart::{BoardRow, Bullet, Caption, Chart, CrossingBoard, FlowMap, FlowMark, LatLon, Standing};

fn bullet(observed: f64) -> Bullet {
    Bullet { observed, expected: 100.0, low: 80.0, high: 120.0, doubted: false }
}

fn row(name: &str, standing: Standing, observed: f64) -> BoardRow {
    let note = "no row".into();
    let strip = vec![bullet(90.0), bullet(f64::NAN), bullet(observed)];
    let bullets = vec![(standing != Standing::Unknown).then(|| bullet(observed))];
    BoardRow { name: name.into(), standing, since: "Dec 2021".into(), note, bullets, strip }
}

#[test]
fn a_low_count_is_bold_and_what_is_unknown_says_why() {
    let rows = vec![
        row("Low", Standing::Reduced, 40.0),
        row("Usual", Standing::Normal, 95.0),
        row("Silent", Standing::Unknown, f64::NAN),
    ];
    let chart =
        CrossingBoard { caption: Caption::default(), measures: vec!["trains".into()], strip: "trains".into(), rows };
    let svg = chart.svg();
    assert!(svg.contains(">40</text>") && svg.contains(">of 100<") && svg.contains(">no row</text>"), "{svg}");
    assert!(!svg.contains("NaN") && !chart.svg_narrow().contains("NaN"));
    assert_eq!(chart.summary(), "3 crossings: 1 reduced, 1 normal, 1 unknown.");
    assert_eq!(chart.csv().lines().nth(3), Some("Silent,unknown,Dec 2021,,,,,,"));
    assert!(CrossingBoard::default().svg().contains("0 crossings"));
}

#[test]
fn discs_grow_with_the_root_of_what_crosses() {
    let mark = |lon: f64, flow: f64, standing| FlowMark {
        at: LatLon { lat: 45.0 + lon / 10.0, lon },
        name: String::new(),
        more: String::new(),
        flow,
        standing,
    };
    let marks = vec![
        mark(0.0, 400.0, Standing::Normal),
        mark(5.0, 100.0, Standing::Shut),
        mark(9.0, f64::NAN, Standing::Unknown),
    ];
    let chart = FlowMap { caption: Caption::default(), unit: "trains".into(), marks };
    let svg = chart.svg();
    assert!(svg.contains("r=\"15\"") && svg.contains("r=\"7.5\"") && !svg.contains("NaN"), "{svg}");
    assert!(svg.contains("var(--susp)"));
    assert!(FlowMap::default().svg().contains("No crossing has a place."));
}
