//! A train's run as text for the terminal and as CSV.

use super::rating::NEAR;
use super::ride::{Ride, section_name};
use super::view::{calls, train};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, Summary, TextTable};

/// The run as text.
pub fn text(r: &Ride, rating_kmh: f64, colour: bool, width: usize) -> String {
    let s = &r.c.services[r.service];
    let ends = |x: Option<&super::Call>| x.map_or(String::new(), |x| r.c.points[x.point].name.clone());
    let scheduled = r.calls.last().map_or(0.0, |x| r.scheduled_s(x));
    let facts = vec![
        ("Train".into(), train(r)),
        (
            "Mass, length".into(),
            format!("{} t, {} m", thousands(r.train.mass_kg / 1000.0, 0), thousands(r.train.length_m, 0)),
        ),
        (
            "Running time".into(),
            format!(
                "{} technical, {} scheduled (supplement {})",
                clock(r.duration_s()),
                clock(scheduled),
                percent(r.factor - 1.0)
            ),
        ),
        (
            "Energy".into(),
            format!(
                "{} kWh at the wheel, {} kWh braked away",
                thousands(r.wheel_kwh(), 1),
                thousands(r.braked_kwh(), 1)
            ),
        ),
    ];
    let summary = Summary {
        heading: format!("{}, {} to {}", s.title, ends(r.calls.first()), ends(r.calls.last())),
        facts,
        tables: vec![stations(r), bound(r), rating(r, rating_kmh)],
        notes: vec!["At the median of every input; nothing is in the train’s way.".into()],
    };
    yalu_report::summary(&summary, colour, width)
}

/// Seconds as `54:21` or `1:02:03`.
pub fn clock(seconds: f64) -> String {
    let all = seconds.max(0.0).round() as i64;
    let (h, m, s) = (all / 3600, all / 60 % 60, all % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

fn left(s: &str) -> (String, Align) {
    (s.into(), Align::Left)
}

fn right(s: &str) -> (String, Align) {
    (s.into(), Align::Right)
}

fn stations(r: &Ride) -> TextTable {
    let told = |t: Option<f64>| t.map_or(String::new(), clock);
    let mut before = None;
    let rows = r.calls.iter().enumerate().map(|(i, x)| {
        let (technical, scheduled) = calls(r, i);
        let come = x.run_s + x.stood_s;
        let between = before.map_or(String::new(), |b: f64| thousands((come - b) / 60.0, 1));
        before = Some(come + x.stop_s.unwrap_or(0.0));
        vec![
            r.c.points[x.point].name.clone(),
            format!("{:.1}", x.at_m / 1000.0),
            told(technical.arrive_s),
            told(technical.pass_s),
            told(technical.depart_s),
            told(scheduled.arrive_s.or(scheduled.pass_s).or(scheduled.depart_s)),
            between,
            x.limit_mps.map_or(String::new(), |v| thousands(v * 3.6, 0)),
        ]
    });
    TextTable {
        title: "By station".into(),
        columns: vec![left(""), right("km"), right("arrive"), right("pass"), right("depart"), right("scheduled"), right("min"), right("limit km/h")],
        rows: rows.collect(),
        note: "head of the train at the exit of stations, at the point elsewhere; min: since the station before; limit: the lowest on the way".into(),
    }
}

fn bound(r: &Ride) -> TextTable {
    let mut km: BTreeMap<yalu_chart::Binds, f64> = BTreeMap::new();
    for (from, to, by) in r.bound() {
        *km.entry(by).or_default() += (to - from) / 1000.0;
    }
    let all: f64 = km.values().sum();
    let rows = km.into_iter().map(|(by, d)| vec![by.word().into(), format!("{d:.1}"), percent(d / all.max(1e-9))]);
    TextTable {
        title: "What binds the speed".into(),
        columns: vec![left(""), right("km"), right("share")],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn rating(r: &Ride, kmh: f64) -> TextTable {
    let near = r.ratings.iter().filter(|x| x.share.is_some_and(|s| s > NEAR) || x.tonnes == Some(0.0));
    let rows: Vec<Vec<String>> = near
        .map(|x| {
            let told = |v: Option<f64>| v.map_or(String::new(), |t| thousands(t, 0));
            vec![
                section_name(r.c, x.section),
                format!("{:.1}", x.ruling_permille),
                told(x.tonnes),
                x.share.map_or(String::new(), percent),
            ]
        })
        .collect();
    let trailing = thousands(r.line.consist.wagons_kg() / 1000.0, 0);
    let heaviest = r.ratings.iter().filter_map(|x| Some((x.tonnes?, x))).min_by(|a, b| a.0.total_cmp(&b.0));
    let least = heaviest.map_or(String::new(), |(t, x)| {
        format!(
            "; least: {} t on {}, {:.1} per mille",
            thousands(t, 0),
            section_name(r.c, x.section),
            x.ruling_permille
        )
    });
    TextTable {
        title: format!("Sections where {trailing} t of wagons are above 90 % of the tonnage rating at {kmh:.0} km/h"),
        columns: vec![left(""), right("ruling ‰"), right("rating t"), right("load")],
        note: if rows.is_empty() {
            format!("none{least}")
        } else {
            format!("ruling gradient: the steepest, averaged over the train, curves counted{least}")
        },
        rows,
    }
}

/// The curve.
pub fn curve_csv(r: &Ride) -> String {
    let mut out = String::from("at_m,time_s,speed_kmh,limit_kmh,braking_kmh,gradient_permille,by\n");
    for p in &r.points {
        let speeds = [p.speed_mps, p.limit_mps, p.braking_mps].map(|v| number(v * 3.6)).join(",");
        let _ = writeln!(
            out,
            "{},{},{speeds},{},{}",
            number(p.at_m),
            number(p.time_s),
            number(p.gradient_permille),
            p.mark.word()
        );
    }
    out
}

/// Times by station.
pub fn stations_csv(r: &Ride) -> String {
    let mut out = String::from(
        "id,name,km,head_m,arrive_s,pass_s,depart_s,scheduled_arrive_s,scheduled_pass_s,scheduled_depart_s,limit_kmh\n",
    );
    let told = |t: Option<f64>| t.map_or(String::new(), number);
    for (i, x) in r.calls.iter().enumerate() {
        let (a, b) = calls(r, i);
        let p = &r.c.points[x.point];
        let times = [a.arrive_s, a.pass_s, a.depart_s, b.arrive_s, b.pass_s, b.depart_s].map(told).join(",");
        let _ = writeln!(
            out,
            "{},{},{},{},{times},{}",
            crate::words::field(&p.id),
            crate::words::field(&p.name),
            number(x.at_m / 1000.0),
            number(x.head_m),
            told(x.limit_mps.map(|v| v * 3.6))
        );
    }
    out
}

/// A number to the thousandth, without zeros at its end.
fn number(v: f64) -> String {
    let text = format!("{v:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}
