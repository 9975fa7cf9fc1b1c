//! What is wrong with reports that could be read: days, crossings, ids.

use super::columns::{day_text, differing, told_differing};
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
    // Reports of one origin that someone judged, by that origin.
    let mut judged: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    for entry in entries {
        let Some(r) = &entry.report else { continue };
        let mut kept = entry.kept;
        let mut tell = |fault: Fault| {
            kept &= fault.severity == Severity::Warning;
            fault.tell(sink, entry);
        };
        faults_of(r, context).into_iter().for_each(&mut tell);
        if !r.corrects.is_empty() {
            corrects(r, &ids, &mut tell);
        } else if r.claim == Claim::Retracted {
            let help = "write the id of the report that was taken back under `corrects`".to_owned();
            tell(Fault::error("corrects", "Y1209", "a retraction that names no report", help));
        }
        if !r.judged_by.is_empty() && !r.origin.is_empty() && !seen.contains_key(&r.id) {
            let one = judged.entry(r.origin.clone()).or_default();
            let other = one.iter().find(|o| o.judged_by != r.judged_by && judged_apart(o, r));
            if let Some(other) = other {
                tell(two_judgements(r, other));
            }
            one.push(r.clone());
        }
        let mut copy = false;
        match seen.get(&r.id) {
            Some((line, first)) if first == r => {
                let message = format!("`{}` is there already, on line {line}, with the same content", r.id);
                tell(Fault::warning("id", "Y1205", message, "take one of the two lines away".to_owned()));
                copy = true;
            }
            Some((line, first)) => {
                let told = told_differing(r, first);
                let message = format!("`{}` is there already, on line {line}, with other content: {told}", r.id);
                let help =
                    format!("give it an id of its own; if it corrects that one, write `{}` under `corrects`", r.id);
                let field = differing(r, first).first().map_or("id", |d| d.0);
                tell(Fault::error(field, "Y1206", message, help));
            }
            None => {
                seen.insert(r.id.clone(), (entry.line, r.clone()));
            }
        }
        entry.kept = kept && !copy;
    }
}

/// What is wrong with a report by itself: its days, kind of source and crossing.
pub fn faults_of(r: &Report, context: &Context) -> Vec<Fault> {
    let mut out = Vec::new();
    days(r, context, &mut |fault| out.push(fault));
    out.extend(source_type(r).into_iter().chain(crossing(r, context)));
    out
}

/// Whether two judgements of what one source published of one crossing differ.
fn judged_apart(a: &Report, b: &Report) -> bool {
    let ((a0, a1), (b0, b1)) = (a.event(), b.event());
    let slack = a.prec.slack_days().max(b.prec.slack_days());
    a.crossing == b.crossing && a0.since(b1) <= slack && b0.since(a1) <= slack && a.claim != b.claim
}

fn two_judgements(r: &Report, other: &Report) -> Fault {
    let who = |r: &Report| {
        let day = r.judged_on.map_or(String::new(), |d| format!(" on {}", day_text(d)));
        let why = if r.judged_why.is_empty() { String::new() } else { format!(" ({})", shown(&r.judged_why)) };
        format!("{}{day}: {}{why}", shown(&r.judged_by), r.claim.word())
    };
    let message = format!("`{}` and `{}` judge one event differently. {}; {}", other.id, r.id, who(other), who(r));
    let help = "both stay; of one origin, each side counts once. If one is settled, let it correct the other";
    Fault::warning("claim", "Y1218", message, help.to_owned())
}

fn days(r: &Report, context: &Context, tell: &mut impl FnMut(Fault)) {
    if let Some(today) = context.today.filter(|t| r.reported > *t) {
        let message = format!("reported on {}, after {}", day_text(r.reported), day_text(today));
        let help = "a report is known from the day it was published: correct `reported`".to_owned();
        tell(Fault::error("reported", "Y1202", message, help));
    }
    // A plan, a denial or a doubt may speak of days to come; what was seen, began or stopped may not.
    if !matches!(r.claim, Claim::Planned | Claim::Denied | Claim::Unconfirmed | Claim::Retracted) && r.speaks_of_later()
    {
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
