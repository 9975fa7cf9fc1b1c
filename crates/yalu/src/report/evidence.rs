//! The reports held, as a list and as strips by crossing.

use super::charts::caption;
use super::colour::{colour, day, period, segments};
use crate::results::Results;
use yalu_chart::{CrossingRow, DayMark, ReportMark, Says, StateStrips};
use yalu_model::{Claim, Mode};
use yalu_report::ReportNote;

fn word(c: Claim) -> &'static str {
    match c {
        Claim::Running => "running",
        Claim::Suspended => "suspended",
        Claim::Resumed => "resumed",
        Claim::Observed => "observed",
        Claim::Planned => "planned",
        Claim::Denied => "denied",
        Claim::Unconfirmed => "unconfirmed",
        Claim::Opened => "opened",
    }
}

/// All reports in the order they became known.
pub fn list(r: &Results) -> Vec<ReportNote> {
    let mut all: Vec<_> = r.corridor.reports.iter().collect();
    all.sort_by_key(|x| (x.reported, x.id.clone()));
    all.into_iter()
        .map(|x| ReportNote {
            id: x.id.clone(),
            date: r.date(x.reported),
            source: x.source.clone(),
            kind: if x.derived { format!("{}, a copy", x.source_type) } else { x.source_type.clone() },
            claim: format!("{}: {}", x.crossing, word(x.claim)),
            detail: x.detail.clone(),
            url: x.url.clone(),
        })
        .collect()
}

/// Each crossing's judged states by day with the marks of its reports; copies of one origin are one mark.
pub fn strips(r: &Results) -> StateStrips {
    let c = &r.corridor;
    let (from, to) = period(r);
    let main = c.story.as_ref().map(|s| s.crossing);
    let mut rows: Vec<CrossingRow> = Vec::new();
    for (id, x) in c.crossings.enumerated() {
        let states = segments(r, id, from, to);
        let reports = marks(r, &x.id, x.mode);
        if x.mode == Mode::Place || (states.is_empty() && reports.is_empty()) {
            continue;
        }
        let row = CrossingRow {
            name: x.title.clone(),
            more: mode(x.mode).into(),
            colour: colour(&x.colour),
            main: Some(id) == main,
            segments: states,
            reports,
            then: Vec::new(),
        };
        if row.main { rows.insert(0, row) } else { rows.push(row) }
    }
    let all = c.reports.len();
    let origins: std::collections::BTreeSet<&str> = c.reports.iter().map(|x| x.origin.as_str()).collect();
    let origins = origins.len();
    StateStrips {
        caption: caption(
            format!("{all} reports from {origins} origins, and what they leave open"),
            "Judged state by crossing and day; above, reports that say it runs; below, that it does not; at the day they became known",
            "Filled: seen or official. Hollow: hearsay or press. Ring: planned. Cross: unconfirmed. A bracket marks an uncertain start. Statements on all land crossings stand at each they reach. States are best judgement from open sources.",
        ),
        from,
        to,
        rows,
        mark: c.story.as_ref().map(|s| DayMark { day: day(r, s.day), text: r.day(s.day) }),
    }
}

fn mode(m: Mode) -> &'static str {
    match m {
        Mode::Rail => "rail freight",
        Mode::Passenger => "rail passenger",
        Mode::Road => "road",
        Mode::Sea => "sea",
        Mode::Air => "air",
        Mode::Place => "place",
    }
}

fn marks(r: &Results, crossing: &str, mode: Mode) -> Vec<ReportMark> {
    let (from, to) = period(r);
    let land = matches!(mode, Mode::Rail | Mode::Passenger | Mode::Road);
    let own = match mode {
        Mode::Passenger => "passenger",
        Mode::Road => "road",
        _ => "rail",
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for x in &r.corridor.reports {
        // A statement on all land crossings reaches those its mode covers.
        let covered = x.mode.is_empty() || x.mode == "all" || x.mode.split('+').any(|m| m == own);
        let here = x.crossing == crossing || (x.crossing == "ALL-LAND" && land && covered);
        if !here || x.derived || (!x.origin.is_empty() && seen.contains(&x.origin.as_str())) {
            continue;
        }
        seen.push(&x.origin);
        let known = day(r, x.reported);
        if known < from || known > to {
            continue;
        }
        let says = match x.claim {
            Claim::Running | Claim::Resumed | Claim::Observed | Claim::Opened => Says::Runs,
            Claim::Suspended | Claim::Denied => Says::Shut,
            Claim::Planned => Says::Planned,
            Claim::Unconfirmed => Says::Unconfirmed,
        };
        let kind = x.source_type.to_lowercase();
        out.push(ReportMark {
            day: known,
            about: x.event_start.map(|t| day(r, t)).filter(|d| *d < known && *d >= from),
            says,
            firm: ["official", "observation", "satellite", "seen", "state", "international"]
                .iter()
                .any(|w| kind.contains(w)),
            note: format!("{} {}: {}", x.id, x.source, x.detail),
        });
    }
    out
}
