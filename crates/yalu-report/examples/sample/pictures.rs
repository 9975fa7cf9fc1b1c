//! Placeholder pictures in the colours of the page.

use std::fmt::Write as _;
use yalu_report::Figure;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EXPORTS: [(usize, f64, bool); 9] = [
    (0, 57.5, true),
    (2, 57.1, true),
    (3, 98.1, false),
    (4, 14.5, true),
    (6, 59.7, true),
    (7, 71.5, true),
    (8, 90.1, false),
    (10, 113.9, true),
    (11, 122.3, true),
];

fn frame(width: f64, height: f64, label: &str, inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">{inner}</svg>"
    )
}

fn write_at(out: &mut String, x: f64, y: f64, class: &str, anchor: &str, style: &str, words: &str) {
    let _ = write!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\" text-anchor=\"{anchor}\" style=\"{style}\">{words}</text>"
    );
}

fn year_svg(width: f64, left: f64, height: f64, short: bool) -> String {
    let right = width - 12.0;
    let base = height - 38.0;
    let x = |day: f64| left + (right - left) * day / 365.0;
    let y = |value: f64| base - value * (base - 90.0) / 150.0;
    let mut s = String::new();
    let (shut, open) = (x(118.0), x(268.0));
    let _ = write!(
        s,
        "<rect x=\"{shut:.1}\" y=\"64\" width=\"{:.1}\" height=\"{:.1}\" style=\"fill:var(--susp-wash)\"/>",
        open - shut,
        base - 64.0
    );
    for (i, month) in MONTHS.iter().enumerate() {
        let middle = x(i as f64 * 30.42 + 15.0);
        write_at(&mut s, middle, base + 20.0, "t2 sm", "middle", "", if short { &month[..1] } else { month });
    }
    for value in [50.0, 100.0] {
        let _ = write!(s, "<line x1=\"{left}\" x2=\"{right}\" y1=\"{0:.1}\" y2=\"{0:.1}\" class=\"grid\"/>", y(value));
        if !short {
            let name = if value > 60.0 { "100 MUSD" } else { "50" };
            write_at(&mut s, left - 8.0, y(value) + 4.0, "t2 sm", "end", "", name);
        }
    }
    let _ = write!(s, "<line x1=\"{left}\" x2=\"{right}\" y1=\"{base}\" y2=\"{base}\" class=\"axis\"/>");
    for (from, to) in [(0.0, 15.0), (118.0, 268.0)] {
        let (at, wide) = (x(from), x(to) - x(from));
        for fill in ["var(--susp-wash)", "url(#hs)"] {
            let _ = write!(s, "<rect x=\"{at:.1}\" y=\"34\" width=\"{wide:.1}\" height=\"24\" style=\"fill:{fill}\"/>");
        }
        let _ =
            write!(s, "<rect x=\"{at:.1}\" y=\"55.5\" width=\"{wide:.1}\" height=\"2.5\" style=\"fill:var(--susp)\"/>");
    }
    let _ = write!(
        s,
        "<rect x=\"{:.1}\" y=\"46\" width=\"{:.1}\" height=\"12\" style=\"fill:var(--limited)\"/><rect x=\"{open:.1}\" y=\"34\" width=\"{:.1}\" height=\"24\" style=\"fill:var(--open)\"/>",
        x(15.0),
        shut - x(15.0),
        right - open
    );
    let words = if short { "150 days" } else { "suspended, 150 days" };
    write_at(&mut s, f64::midpoint(shut, open), 50.0, "b", "middle", "fill:var(--susp)", words);
    write_at(&mut s, f64::midpoint(open, right), 50.0, "b", "middle", "fill:var(--paper)", "open");
    let words = if short { "limited" } else { "limited: one train a day" };
    write_at(&mut s, f64::midpoint(x(15.0), shut), 43.0, "sm", "middle", "", words);
    if !short {
        write_at(&mut s, 0.0, 45.0, "b", "start", "fill:var(--rail)", "Rail freight");
        write_at(&mut s, 0.0, 60.0, "t2 sm", "start", "", "known now");
        write_at(&mut s, 0.0, y(100.0) - 10.0, "b", "start", "", "Exports");
        write_at(&mut s, 0.0, y(100.0) + 5.0, "t2 sm", "start", "", "by month");
    }
    for (month, value, reported) in EXPORTS {
        let at = x(month as f64 * 30.42 + 15.0);
        let fill = if reported { "var(--ink)" } else { "var(--paper)" };
        let _ = write!(
            s,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{base}\" y2=\"{0:.1}\" style=\"stroke:var(--ink3)\"/><circle cx=\"{at:.1}\" cy=\"{0:.1}\" r=\"4.4\" style=\"fill:{fill};stroke:var(--ink);stroke-width:1.8\"/>",
            y(value)
        );
        if !short || !reported {
            let anchor = if short && month == 8 { "end" } else { "middle" };
            write_at(&mut s, at, y(value) - 10.0, "b halo", anchor, "", &format!("{value}"));
        }
    }
    let _ = write!(
        s,
        "<line x1=\"{open:.1}\" x2=\"{open:.1}\" y1=\"14\" y2=\"{base}\" style=\"stroke:var(--ink);stroke-width:1.4\"/>"
    );
    let words = if short { "26 Sep, 07:43" } else { "26 September, 07:43" };
    write_at(&mut s, open - 6.0, 20.0, "b halo", "end", "", words);
    frame(width, height, "Rail service and exports in 2022", &s)
}

fn exports_csv() -> String {
    let mut csv = "month,exports_musd,kind\n".to_owned();
    for (month, value, reported) in EXPORTS {
        let kind = if reported { "reported" } else { "derived" };
        let _ = writeln!(csv, "2022-{:02},{value},{kind}", month + 1);
    }
    csv
}

/// The year at a glance.
pub fn year() -> Figure {
    Figure {
        id: "year-2022".into(),
        foot: "Dandong–Sinuiju rail by day and China’s exports to the North by month, MUSD. Filled: reported. Ring: derived. Shaded: rail suspended.".into(),
        svg: year_svg(1216.0, 132.0, 300.0, false),
        narrow_svg: Some(year_svg(358.0, 4.0, 250.0, true)),
        csv: exports_csv(),
        csv_name: "year-2022.csv".into(),
        summary: "Rail suspended for 150 days to 25 September 2022; exports fell from 98.1 to 14.5 MUSD and stood at 90.1 in September.".into(),
        ..Figure::default()
    }
}

/// A small picture of values on a line, for a question.
pub fn dots(id: &str, heading: &str, unit: &str, rows: &[(&str, f64)]) -> Figure {
    let most = rows.iter().map(|(_, value)| *value).fold(1.0, f64::max);
    let mut s = String::new();
    let mut csv = format!("row,{}\n", unit.replace(' ', "_"));
    write_at(&mut s, 0.0, 12.0, "t2 sm", "start", "", &format!("{heading}, {unit}"));
    for (i, (name, value)) in rows.iter().enumerate() {
        let y = 36.0 + 28.0 * i as f64;
        let x = 68.0 + 250.0 * value / most;
        write_at(&mut s, 58.0, y + 4.0, "b sm", "end", "", name);
        let _ = write!(
            s,
            "<line x1=\"68\" x2=\"{x:.1}\" y1=\"{y}\" y2=\"{y}\" style=\"stroke:var(--ink3)\"/><circle cx=\"{x:.1}\" cy=\"{y}\" r=\"4.4\" style=\"fill:var(--ink)\"/>"
        );
        write_at(&mut s, x + 12.0, y + 4.0, "b", "start", "", &format!("{value}"));
        let _ = writeln!(csv, "{name},{value}");
    }
    let height = 36.0 + 28.0 * rows.len() as f64;
    Figure {
        id: id.into(),
        svg: frame(372.0, height, heading, &s),
        csv,
        csv_name: format!("{id}.csv"),
        summary: format!("{heading}, {unit}."),
        ..Figure::default()
    }
}

/// A wide placeholder for a section: a band with a line, to see how it stands on the page.
pub fn wide(id: &str, title: &str, subtitle: &str, foot: &str) -> Figure {
    let mut s = String::new();
    let mut median = String::new();
    let mut csv = "hour,p05,p50,p95\n".to_owned();
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    for hour in 0..=168 {
        let x = 60.0 + f64::from(hour) * 6.8;
        let y = 200.0 + 90.0 * (f64::from(hour) / 24.0).sin();
        let half = 14.0 + f64::from(hour) * 0.3;
        let _ = write!(median, "{}{x:.1} {y:.1}", if hour == 0 { "M" } else { "L" });
        upper.push(format!("{x:.1} {:.1}", y - half));
        lower.push(format!("{x:.1} {:.1}", y + half));
        let _ = writeln!(csv, "{hour},{:.1},{:.1},{:.1}", 300.0 - y - half, 300.0 - y, 300.0 - y + half);
    }
    lower.reverse();
    for day in 0..=7_u8 {
        let x = 60.0 + 163.2 * f64::from(day);
        let _ = write!(s, "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"40\" y2=\"360\" class=\"grid\"/>");
        write_at(
            &mut s,
            x,
            380.0,
            "t2 sm",
            "middle",
            "",
            ["26 Sep", "27 Sep", "28 Sep", "29 Sep", "30 Sep", "1 Oct", "2 Oct", "3 Oct"][day as usize],
        );
    }
    let _ = write!(
        s,
        "<path d=\"M{}L{}Z\" style=\"fill:url(#hr)\"/><path d=\"{median}\" style=\"fill:none;stroke:var(--rail);stroke-width:2.4\"/><line x1=\"60\" x2=\"1202\" y1=\"360\" y2=\"360\" class=\"axis\"/>",
        upper.join("L"),
        lower.join("L")
    );
    write_at(&mut s, 60.0, 24.0, "b", "start", "fill:var(--rail)", "Specimen: form only, no result");
    Figure {
        id: id.into(),
        title: title.into(),
        subtitle: subtitle.into(),
        foot: foot.into(),
        svg: frame(1216.0, 392.0, title, &s),
        narrow_svg: None,
        csv,
        csv_name: format!("{id}.csv"),
        summary: "A specimen line with a band that widens over a week.".into(),
    }
}
