//! The strips of crossings by day: state, reports, belief now and then.

use crate::drawn::{colour, state};
use std::collections::{BTreeMap, BTreeSet};
use yalu_calendar::{date_of, short_date};
use yalu_chart::{Caption, CrossingRow, DayMark, ReportMark, Says, Segment, Shade, StateStrips};
use yalu_ledger::record::Report;
use yalu_ledger::{Belief, Day, Statement};
use yalu_model::{Claim, Corridor, Crossing, CrossingId, Mode};

/// Step of the chance below which the shade of a lane does not change.
const STEP: f64 = 0.08;

/// Beliefs by crossing.
pub type Series = BTreeMap<CrossingId, Vec<Belief>>;

/// Strips of some crossings, with the marks of the reports held. The strip is the state that `now` names; `as_of` is the day up to which anything is known,
/// where it is not today.
pub fn strips(
    (c, held): (&Corridor, &[&Report]),
    ids: &[CrossingId],
    (from, to): (Day, Day),
    then: &Series,
    now: &Series,
    as_of: Option<Day>,
) -> StateStrips {
    let story = c.about.story.as_ref().map(|s| s.crossing);
    let mut rows: Vec<CrossingRow> = Vec::new();
    let mut shown = BTreeSet::new();
    for &id in ids {
        let x = &c.border.crossings[id];
        let known = held.iter().copied().filter(|r| as_of.is_none_or(|d| r.reported <= d));
        let marks = marks(known, x, (from, to), |r| {
            shown.insert(r.id.as_str());
            format!("{} {}: {}", r.id, r.source, r.detail)
        });
        let (now, then) = (now.get(&id), then.get(&id));
        let row = CrossingRow {
            name: x.title.clone(),
            more: mode(x.mode).into(),
            colour: colour(&x.colour),
            main: Some(id) == story || ids.len() == 1,
            segments: segments(now.map_or(&[], Vec::as_slice)),
            reports: marks,
            now: shades(now.map_or(&[], Vec::as_slice)),
            then: shades(then.map_or(&[], Vec::as_slice)),
        };
        if row.main { rows.insert(0, row) } else { rows.push(row) }
    }
    let known = as_of.map_or_else(|| "all that is known now".to_owned(), |d| format!("what was known by {}", short(d)));
    let n = shown.len();
    StateStrips {
        caption: Caption {
            title: format!("{}: what ran, and what could be known", c.about.title),
            subtitle: format!(
                "Strip: the state believed from {known}. Thin lanes: chance that it ran, “now” from {known}, “then” from what was known on each day"
            ),
            foot: format!(
                "{n} reports marked at the day they became known; copies of one origin are one mark, statements on all land crossings stand at each they reach. A whisker leads from a late report back to the day it speaks of. A belief is not a record: where nothing was reported, it rests on how long states last."
            ),
            shown: true,
        },
        from: from.0,
        to: to.0,
        rows,
        mark: as_of.map(|d| DayMark { day: d.0, text: short(d) }),
    }
}

fn short(d: Day) -> String {
    short_date(date_of(d.0))
}

fn segments(series: &[Belief]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for b in series {
        let named = state(b.state());
        match out.last_mut() {
            Some(last) if last.state == named => last.to = b.day.0,
            _ => {
                let label = named.word().into();
                out.push(Segment { from: b.day.0, to: b.day.0, state: named, uncertain: 0, label });
            }
        }
    }
    out
}

/// The lane of a series: it changes where the chance does.
pub(crate) fn shades(series: &[Belief]) -> Vec<Shade> {
    let mut out: Vec<Shade> = Vec::new();
    for b in series {
        let running = b.running();
        if out.last().is_none_or(|last| (last.running - running).abs() >= STEP) {
            out.push(Shade { day: b.day.0, running });
        }
    }
    out
}

/// The word of a mode for people.
pub fn mode(m: Mode) -> &'static str {
    match m {
        Mode::Rail => "rail freight",
        Mode::Passenger => "rail passenger",
        Mode::Road => "road",
        Mode::Sea => "sea",
        Mode::Air => "air",
        Mode::Place => "place",
    }
}

/// How a claim is drawn.
fn says(claim: Claim) -> Says {
    match claim {
        Claim::Running | Claim::Resumed | Claim::Observed | Claim::Opened => Says::Runs,
        Claim::Suspended | Claim::Denied => Says::Shut,
        Claim::Planned => Says::Planned,
        Claim::Unconfirmed | Claim::Retracted => Says::Unconfirmed,
    }
}

/// Whether a type of source saw or is official, so that its mark is filled.
fn firm(source_type: &str) -> bool {
    let kind = source_type.to_lowercase();
    ["official", "observation", "satellite", "seen", "state", "international"].iter().any(|w| kind.contains(w))
}

/// Whether a statement of a crossing and modes as written reaches a crossing.
fn reaches(written: &str, modes: &str, id: &str, mode: Mode) -> bool {
    let land = matches!(mode, Mode::Rail | Mode::Passenger | Mode::Road);
    let own = match mode {
        Mode::Passenger => "passenger",
        Mode::Road => "road",
        _ => "rail",
    };
    let covered = modes.is_empty() || modes == "all" || modes.split('+').any(|m| m == own);
    written == id || (written == Statement::ALL_LAND && land && covered)
}

/// Marks of the reports that reach a crossing, each with a note; copies of one origin are one mark.
pub(crate) fn marks<'a>(
    reports: impl Iterator<Item = &'a Report>,
    x: &Crossing,
    (from, to): (Day, Day),
    mut note: impl FnMut(&'a Report) -> String,
) -> Vec<ReportMark> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for r in reports.filter(|r| !r.derived && reaches(&r.crossing, &r.mode, &x.id, x.mode)) {
        if !r.origin.is_empty() && !seen.insert(&r.origin) {
            continue;
        }
        if r.reported < from || r.reported > to {
            continue;
        }
        out.push(ReportMark {
            day: r.reported.0,
            about: r.event_start.filter(|d| *d < r.reported && *d >= from).map(|d| d.0),
            says: says(r.claim),
            firm: firm(&r.source_type),
            note: note(r),
        });
    }
    out
}
