//! A scoring for the terminal.

use super::json::key;
use super::{Scored, Sum, words};
use yalu_model::{Corridor, Direction};
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, Summary, TextTable, summary};

/// All columns scored.
pub fn text(
    c: &Corridor,
    file: &str,
    model: &str,
    replications: usize,
    all: &[Scored],
    colour: bool,
    width: usize,
) -> String {
    let mut tables = Vec::new();
    let mut notes = Vec::new();
    for s in all {
        tables.push(months(c, s));
        tables.push(sums(s));
        let without: f64 = s.taken_out.iter().sum();
        if without > 0.005 {
            notes.push(format!(
                "{}: {} {} a month on average taken out, which no vehicle carries",
                s.series.column,
                figure(without / s.taken_out.len() as f64),
                s.series.unit.name()
            ));
        }
        for why in [super::LeftOut::NotSimulated, super::LeftOut::NothingCarried] {
            let left: Vec<String> = s.left_out.iter().filter(|(_, w)| *w == why).map(|(m, _)| key(*m)).collect();
            if !left.is_empty() {
                notes.push(format!("{}: {} ({})", s.series.column, why.words(), left.join(", ")));
            }
        }
    }
    if replications < 2 {
        notes.push("one run has no bands: what they cover is not told; --replications 20 has them".into());
    }
    notes.push("Errors in log10: 0.30 is a factor of two. Bands are over replications.".into());
    let s = Summary {
        heading: format!("{}: simulated beside {file}", c.title),
        facts: vec![("model".into(), model.into()), ("replications".into(), replications.to_string())],
        tables,
        notes,
    };
    summary(&s, colour, width)
}

/// Three figures or so.
pub fn figure(value: f64) -> String {
    let decimals = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    thousands(value, decimals)
}

fn signed(value: f64) -> String {
    format!("{}{:.2}", if value < 0.0 { "−" } else { "+" }, value.abs())
}

fn months(c: &Corridor, s: &Scored) -> TextTable {
    let [a, b] = &c.countries;
    let direction = match s.series.direction {
        Some(Direction::Forward) => format!("{a}-{b}"),
        Some(Direction::Back) => format!("{b}-{a}"),
        None => "both directions".into(),
    };
    let heads = ["reported", "simulated", "5 %", "95 %", "error"];
    let mut columns = vec![("month".to_string(), Align::Left)];
    columns.extend(heads.iter().map(|h| ((*h).to_string(), Align::Right)));
    columns.push((String::new(), Align::Left));
    let rows = s.months.iter().map(|m| {
        let place = if m.band50.holds(m.observed) {
            "in the 50 % band"
        } else if m.band90.holds(m.observed) {
            "in the 90 % band"
        } else {
            "outside"
        };
        vec![
            key(m.month.civil()),
            figure(m.observed),
            figure(m.middle),
            figure(m.band90.low),
            figure(m.band90.high),
            signed(m.error),
            place.into(),
        ]
    });
    TextTable {
        title: format!("{} ({direction}), {}", s.series.column, s.series.unit.name()),
        columns,
        rows: rows.collect(),
        note: String::new(),
    }
}

fn sums(s: &Scored) -> TextTable {
    let heads = ["months", "RMS", "without worst", "bias", "in 50 %", "in 90 %", "width", "CRPS"];
    let mut columns = vec![(String::new(), Align::Left)];
    columns.extend(heads.iter().map(|h| ((*h).to_string(), Align::Right)));
    let mut rows = Vec::new();
    for sum in &s.sums {
        let t = &sum.model;
        rows.push(vec![
            name(s, sum),
            t.months.to_string(),
            format!("{:.3}", t.rms),
            format!("{:.3}", t.rms_without_worst),
            signed(t.bias),
            percent(t.inside50),
            percent(t.inside90),
            format!("{:.2}", t.width90),
            format!("{:.3}", t.crps),
        ]);
        for (b, rms, own, n) in &sum.baselines {
            let mut row = vec![format!("  {}", words(*b)), n.to_string(), format!("{rms:.3}")];
            row.push(format!("(model {own:.3})"));
            row.resize(9, String::new());
            rows.push(row);
        }
    }
    TextTable { title: format!("{}: errors together", s.series.column), columns, rows, note: String::new() }
}

fn name(s: &Scored, sum: &Sum) -> String {
    sum.above.map_or("all months".into(), |least| format!("above {least} {}", s.series.unit.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{Asked, Carried, Forecast, scored};
    use yalu_scenario::{Declared, Folder, load, read_monthly, template};

    fn corridor() -> Corridor {
        let files = template("mine").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
        load(&Folder { files, ..Folder::default() }, &[]).corridor.unwrap()
    }

    /// Five replications of six months, of which one falls to nothing.
    fn forecast() -> Forecast {
        let months: Vec<(i16, i8)> = (1..=6).map(|m| (2024, m)).collect();
        let member = |by: f64| {
            let of =
                |m: f64| Carried { usd: [m * by * 1e6, m * by * 2e5], tonnes: [m * by * 1e3; 2], wire_usd: [0.0, 5e4] };
            [100.0, 80.0, 0.0, 20.0, 60.0, 90.0].map(of).to_vec()
        };
        Forecast { months, central: member(1.0), members: [0.7, 0.9, 1.0, 1.1, 1.4].map(member).to_vec() }
    }

    const SEEN: &str = "month,exports_musd,imports_musd\n\
        2023-12,120,\n2024-01,105,20\n2024-02,150,17\n2024-03,0.2,0.01\n2024-05,3,12\n2024-06,66,19\n";

    #[test]
    fn months_stand_beside_what_was_reported() {
        let c = corridor();
        let (series, found) = read_monthly("seen.csv", SEEN.as_bytes(), &c.countries, &Declared::default());
        assert!(found.is_empty(), "{found:?}");
        let asked = Asked { all_carried: false, normal_year: 2023, above: vec![1.0] };
        let all: Vec<_> = series.into_iter().map(|s| scored(&forecast(), &s, &asked).unwrap()).collect();
        insta::assert_snapshot!(text(&c, "seen.csv", "trains", 5, &all, false, 110));
        let object = crate::score::json::document(&c, "seen.csv", 5, "trains", &all);
        let imports = &object["series"][1];
        // 0.05 a month goes by wire and is taken out; of March's 0.01 nothing is left.
        assert!((imports["months"][0]["observed"].as_f64().unwrap() - 19.95).abs() < 1e-9);
        let why = imports["left_out"][0]["why"].as_str();
        assert_eq!(
            (imports["left_out"][0]["month"].as_str(), why),
            (Some("2024-03"), Some("no more than no vehicle carries"))
        );
        assert_eq!(object["series"][0]["left_out"][0]["why"], "not simulated");
    }

    #[test]
    fn what_vehicles_carry_alone_is_left_as_it_is() {
        let c = corridor();
        let (series, _) = read_monthly("seen.csv", SEEN.as_bytes(), &c.countries, &Declared::default());
        let asked = Asked { all_carried: true, normal_year: 2023, above: vec![] };
        let imports = scored(&forecast(), &series[1], &asked).unwrap();
        assert_eq!((imports.months[0].observed, imports.taken_out[0]), (20.0, 0.0));
        assert_eq!(imports.left_out.len(), 0);
    }
}
