//! What is wrong with reports that could be read: days, crossings, ids.

use super::columns::day_text;
use super::fields::Fault;
use super::read::Entry;
use crate::diagnostic::{Severity, Sink, nearest};
use crate::value::shown;
use std::collections::BTreeMap;
use yalu_calendar::CivilDay;
use yalu_model::{ALL_LAND, Claim, Report, SOURCE_TYPES, Words as _};

/// What a record is checked against.
#[derive(Clone, Default, Debug)]
pub struct Context {
    /// Ids of the corridor's crossings; none leaves crossings unchecked.
    pub crossings: Vec<String>,
    /// The day after which nothing can be known yet.
    pub today: Option<CivilDay>,
}

/// Tells what is wrong, and leaves out what cannot be used.
pub(super) fn faults(sink: &mut Sink, entries: &mut [Entry], context: &Context) {
    let mut seen: BTreeMap<String, (usize, Report)> = BTreeMap::new();
    let ids: BTreeMap<String, Known> = entries
        .iter()
        .filter_map(|e| e.report.as_ref())
        .map(|r| (r.id.clone(), Known { reported: r.reported, corrects: r.corrects.clone() }))
        .collect();
    for entry in entries {
        let Some(r) = &entry.report else { continue };
        let mut kept = entry.kept;
        let mut tell = |fault: Fault| {
            kept &= fault.severity == Severity::Warning;
            fault.tell(sink, entry);
        };
        days(r, context, &mut tell);
        if let Some(fault) = source_type(r) {
            tell(fault);
        }
        if let Some(fault) = crossing(r, context) {
            tell(fault);
        }
        if !r.corrects.is_empty() {
            corrects(r, &ids, &mut tell);
        }
        let mut copy = false;
        match seen.get(&r.id) {
            Some((line, first)) if first == r => {
                let message = format!("`{}` is there already, on line {line}, with the same content", r.id);
                tell(Fault::warning("id", "Y1205", message, "take one of the two lines away".to_owned()));
                copy = true;
            }
            Some((line, _)) => {
                let message = format!("`{}` is there already, on line {line}, with other content", r.id);
                let help =
                    format!("give it an id of its own; if it corrects that one, write `{}` under `corrects`", r.id);
                tell(Fault::error("id", "Y1206", message, help));
            }
            None => {
                seen.insert(r.id.clone(), (entry.line, r.clone()));
            }
        }
        entry.kept = kept && !copy;
    }
}

fn days(r: &Report, context: &Context, tell: &mut impl FnMut(Fault)) {
    if let Some(today) = context.today.filter(|t| r.reported > *t) {
        let message = format!("reported on {}, after {}", day_text(r.reported), day_text(today));
        let help = "a report is known from the day it was published: correct `reported`".to_owned();
        tell(Fault::error("reported", "Y1202", message, help));
    }
    // A plan, a denial or a doubt may speak of days to come; what was seen, began or stopped may not.
    if !matches!(r.claim, Claim::Planned | Claim::Denied | Claim::Unconfirmed) && r.speaks_of_later() {
        let message = format!(
            "{} on {}, after it was reported on {}",
            r.claim.word(),
            day_text(r.event().0),
            day_text(r.reported)
        );
        let help = "what has not happened yet is `planned`; correct the days or the claim".to_owned();
        tell(Fault::warning("event_start", "Y1203", message, help));
    }
}

fn crossing(r: &Report, context: &Context) -> Option<Fault> {
    let known = &context.crossings;
    if known.is_empty() || r.crossing == ALL_LAND || known.contains(&r.crossing) {
        return None;
    }
    let names = || known.iter().map(String::as_str).chain([ALL_LAND]);
    let help = match nearest(&r.crossing, names()) {
        Some(near) => format!("did you mean `{near}`? Until then the report is kept aside"),
        None => format!("crossings.csv declares crossings; `{ALL_LAND}` means all by land. The report is kept aside"),
    };
    Some(Fault::warning("crossing", "Y1201", format!("no crossing `{}`", r.crossing), help))
}

/// A kind of source that the belief does not know.
fn source_type(r: &Report) -> Option<Fault> {
    if r.source_type.is_empty() || SOURCE_TYPES.contains(&r.source_type.as_str()) {
        return None;
    }
    let help = match nearest(&r.source_type, SOURCE_TYPES) {
        Some(near) => format!("did you mean `{near}`? As it stands, it counts for less than every known kind"),
        None => format!("it counts for less than every known kind: {}", SOURCE_TYPES.join(", ")),
    };
    let message = format!("`{}` is no known kind of source", shown(&r.source_type));
    Some(Fault::warning("source_type", "Y1217", message, help))
}

/// What a report corrects, and when it became known.
struct Known {
    reported: CivilDay,
    corrects: String,
}

/// Whether a report's corrections come back to itself.
fn circular(id: &str, corrects: &str, ids: &BTreeMap<String, Known>) -> bool {
    let next = |at: &&str| ids.get(*at).map(|k| k.corrects.as_str());
    std::iter::successors(Some(corrects), next).take(ids.len()).any(|at| at == id)
}

fn corrects(r: &Report, ids: &BTreeMap<String, Known>, tell: &mut impl FnMut(Fault)) {
    let fault = match ids.get(&r.corrects) {
        _ if r.corrects == r.id => ("a report cannot correct itself".to_owned(), None),
        None => {
            let near = nearest(&r.corrects, ids.keys().map(String::as_str));
            (format!("there is no report `{}` to correct", r.corrects), near.map(|n| format!("did you mean `{n}`?")))
        }
        Some(_) if circular(&r.id, &r.corrects, ids) => {
            let message = format!("corrects `{}`, which corrects it in turn", r.corrects);
            (message, Some("one of them stands: take `corrects` out of that one".to_owned()))
        }
        Some(known) if known.reported > r.reported => {
            let message =
                format!("corrects `{}`, which became known later, on {}", r.corrects, day_text(known.reported));
            (message, Some("a correction comes after what it corrects: correct the days".to_owned()))
        }
        Some(_) => return,
    };
    tell(Fault::error("corrects", "Y1209", fault.0, fault.1));
}
