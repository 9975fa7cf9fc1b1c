//! The board and the scores for a terminal.

use super::words::count;
use super::{Watch, WatchedCrossing};
use std::fmt::Write as _;
use yalu_watch::score::Scores;

/// Crossings nearest to the end of their range that are listed where none is below it.
const NEAREST: usize = 3;

/// The board as text.
pub fn text(w: &Watch) -> String {
    let s = &w.states;
    let mut out = format!("{}\n", w.headline);
    let _ = writeln!(
        out,
        "{} of {} normal, {} reduced, {} shut, {} unknown, {} late.\n",
        s.normal,
        w.crossings.len(),
        s.reduced,
        s.shut,
        s.unknown,
        s.late
    );
    let low: Vec<&WatchedCrossing> = w
        .crossings
        .iter()
        .filter(|c| ["shut", "shut or not reported", "reduced"].contains(&c.state.as_str()))
        .collect();
    let mut near: Vec<&WatchedCrossing> =
        w.crossings.iter().filter(|c| c.state == "normal" && c.score.is_some()).collect();
    near.sort_by(|a, b| a.score.unwrap_or(0.0).total_cmp(&b.score.unwrap_or(0.0)));
    near.truncate(NEAREST);
    if !low.is_empty() {
        out.push_str("Below range\n");
        out.push_str(&rows(&low));
    }
    if !near.is_empty() {
        out.push_str("Nearest to it\n");
        out.push_str(&rows(&near));
    }
    out.push_str("  v below, ^ above the 90 % range; sd: all measures together\n\n");
    let _ = writeln!(out, "New in {}", w.period_words);
    if w.changed.is_empty() {
        out.push_str("  nothing\n");
    }
    for line in &w.changed {
        let _ = writeln!(out, "  {line}");
    }
    let unknown: Vec<&WatchedCrossing> = w.crossings.iter().filter(|c| c.state == "unknown").collect();
    if !unknown.is_empty() {
        out.push_str("\nUnknown: a missing row is not a zero\n");
        for c in unknown {
            let _ = writeln!(out, "  {}: {} since {}", c.name, c.why.as_deref().unwrap_or("not known"), c.since_words);
        }
    }
    let closures: Vec<_> = w.events.iter().filter(|e| e.kind == "closure").collect();
    let _ = writeln!(
        out,
        "\n{} to {}: {} closures (a {} with all measures under a quarter), {} falls, {} surges, {} level shifts, {} ends",
        w.table.from,
        w.table.to,
        closures.len(),
        w.table.step,
        of(w, "fall"),
        of(w, "surge"),
        of(w, "level shift"),
        of(w, "end of service")
    );
    for e in closures.iter().take(5) {
        let _ = writeln!(out, "  {}", e.title);
    }
    let _ = writeln!(out, "  {} counts doubted and not called", w.doubts.len());
    for n in &w.notes {
        let _ = writeln!(out, "  {n}");
    }
    if !w.revisions.is_empty() {
        let _ = writeln!(out, "  {} counts corrected by later files", w.revisions.len());
    }
    let _ = writeln!(
        out,
        "\nRead {} rows: {} crossings, {} to {}, {} file{}. Ranges held {} of {} counts ({:.0} %, of 90).",
        count(w.table.rows as f64),
        w.crossings.len(),
        w.table.from,
        w.table.to,
        w.table.files.len(),
        if w.table.files.len() == 1 { "" } else { "s" },
        count(w.table.held as f64),
        count(w.table.judged as f64),
        100.0 * w.table.held as f64 / w.table.judged.max(1) as f64
    );
    out
}

fn of(w: &Watch, kind: &str) -> usize {
    w.events.iter().filter(|e| e.kind == kind).count()
}

fn rows(all: &[&WatchedCrossing]) -> String {
    let widest = all.iter().map(|c| c.name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for c in all {
        let _ = write!(out, "  {:widest$}", c.name);
        for m in &c.measures {
            let (Some(y), noun) = (m.count, &m.measure) else {
                continue;
            };
            let mark = if y < m.low {
                'v'
            } else if y > m.high {
                '^'
            } else {
                ' '
            };
            let _ = write!(out, "  {} of {} {noun} {mark}", count(y), count(m.expected));
        }
        let _ = writeln!(out, "  {:.1} sd", c.score.unwrap_or(0.0));
    }
    out
}

/// Scores as text, with what they were computed from.
pub fn score_text(s: &Scores, files: &[String], ahead: &[usize]) -> String {
    let mut out = format!("Files: {}\n", files.join(", "));
    let lines: Vec<String> = s.lines.iter().map(|(m, n)| format!("{n} crossings of {}", m.noun())).collect();
    let _ = writeln!(
        out,
        "Origins: {} from {} to {}; {} periods ahead; {}.",
        s.origins,
        s.span.0,
        s.span.1,
        list(ahead),
        lines.join(", ")
    );
    out.push_str("MASE: mean absolute error over the mean absolute seasonal difference of the last five years.\n\n");
    let rivals: Vec<&str> = s.rows.first().map(|r| r.rivals.iter().map(|x| x.0.as_str()).collect()).unwrap_or_default();
    let _ = write!(out, "{:<14} {:>5} {:>9} {:>7}", "measure", "ahead", "forecasts", "Yalu");
    for r in &rivals {
        let _ = write!(out, " {r:>21}");
    }
    let _ = writeln!(out, " {:>12} {:>8} {:>6}", "a year ago", "in 90 %", "CRPS");
    for r in &s.rows {
        let _ = write!(out, "{:<14} {:>5} {:>9} {:>7.3}", r.measure.noun(), r.ahead, r.forecasts, r.mase);
        for (_, x) in &r.rivals {
            let _ = write!(out, " {:>21}", x.map_or("-".into(), |x| format!("{x:.3}")));
        }
        let _ = writeln!(out, " {:>12.3} {:>7.1}% {:>6.3}", r.seasonal_naive, 100.0 * r.coverage, r.crps);
    }
    let n = s.rows.len() as f64;
    let _ = write!(
        out,
        "{:<14} {:>5} {:>9} {:>7.3}",
        "mean",
        "",
        s.rows.iter().map(|r| r.forecasts).sum::<usize>(),
        s.mase
    );
    for i in 0..rivals.len() {
        let sum: Option<f64> = s.rows.iter().map(|r| r.rivals[i].1).sum();
        let _ = write!(out, " {:>21}", sum.map_or("-".into(), |x| format!("{:.3}", x / n)));
    }
    let naive = s.rows.iter().map(|r| r.seasonal_naive).sum::<f64>() / n;
    let _ = writeln!(out, " {naive:>12.3} {:>7.1}%", 100.0 * s.coverage);
    if let Some(small) = &s.small {
        let _ = writeln!(
            out,
            "\nSmall counts: {} series, {} forecasts. CRPS over the scale {:.3}, empirical law of two years {:.3}; {:.1} % in the 90 % band.",
            small.lines,
            small.forecasts,
            small.crps,
            small.empirical,
            100.0 * small.coverage
        );
    }
    out
}

fn list(all: &[usize]) -> String {
    all.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
