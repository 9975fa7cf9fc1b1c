//! Capacity in the terminal's words.

use super::{Told, agreement, tables, worked};
use std::fmt::Write as _;
use yalu_capacity::Throughput;
use yalu_report::Summary;
use yalu_report::number::{percent, thousands, tonnes};
use yalu_study::{CapacityStudy, EFFECTIVE_SHARE, SCOTT_EFFICIENCY, TOLERANCE};

/// Everything the command has to say, one line after another.
pub fn text(told: &Told, colour: bool, width: usize) -> String {
    let mut out = String::new();
    for (i, study) in told.studies.iter().enumerate() {
        let [from, to] = told.ends(study);
        let last = i + 1 == told.studies.len();
        let s = Summary {
            heading: format!("{}: {} – {}, service {}", told.corridor.title, from, to, told.service(study)),
            facts: facts(told, study),
            tables: tables::all(told, study),
            notes: if last { notes(told) } else { Vec::new() },
        };
        out.push_str(&yalu_report::summary(&s, colour, width));
        if !last {
            out.push('\n');
        }
    }
    out
}

/// Pairs and trains a day, both stated.
fn both(t: &Throughput) -> String {
    format!("{} pairs, {} trains a day both ways", thousands(t.pairs_per_day, 1), thousands(t.trains_per_day, 1))
}

fn facts(told: &Told, study: &CapacityStudy) -> Vec<(String, String)> {
    let (r, c) = (&study.reference, &study.capacity);
    let binds = |at: usize| c.sections[at].name.clone();
    let mut out = vec![
        ("Train out".to_string(), told.train(&r.out)),
        ("Train back".into(), told.comes_back(study)),
        (
            "Run that nothing hinders".into(),
            format!(
                "{} min out, {} min back",
                thousands(study.free_run_s[0] / 60.0, 1),
                thousands(study.free_run_s[1] / 60.0, 1)
            ),
        ),
        ("Binds".into(), binds(c.binding)),
        ("Capacity, the bound".into(), both(&c.bound)),
        ("Planned".into(), format!("{}: {} of the bound", both(&c.planned), percent(EFFECTIVE_SHARE))),
        (
            "Net tonnes at the bound".into(),
            format!(
                "{} out and {} back a day, {} Mt a year",
                tonnes(c.bound.net_t_out_per_day),
                tonnes(c.bound.net_t_back_per_day),
                thousands(c.bound.net_mt_per_year, 2)
            ),
        ),
    ];
    if let Some(p) = &study.pattern {
        out.push((
            "Best crossing pattern".into(),
            format!(
                "a pair each {} s over the whole line, {} trains a day both ways",
                thousands(p.cycle_s, 0),
                thousands(p.trains_per_day, 1)
            ),
        ));
    }
    if let Some(s) = &study.saturation {
        let [there, home] = s.line.arrived_per_day;
        out.push((
            "Simulated, line full".into(),
            format!(
                "{} out and {} back a day arrive, mean run {} min; {} the {} of {} trains a day both ways",
                thousands(there, 1),
                thousands(home, 1),
                thousands(s.line.mean_run_s / 60.0, 0),
                match agreement(s.agreement) {
                    a if a == "agrees" => "agrees with".to_string(),
                    a => a,
                },
                match worked(s.worked) {
                    w if w.is_empty() => "bound".to_string(),
                    w => format!("bound of {w}"),
                },
                thousands(s.closed_form, 1)
            ),
        ));
    }
    out.push(("Today".into(), today(told, study)));
    if !study.others.is_empty() {
        let (pairs, trains) = (thousands(study.left.0, 1), thousands(2.0 * study.left.0, 1));
        let words = format!("{pairs} pairs, {trains} trains a day both ways; {} binds", binds(study.left.1));
        out.push(("Left beside other trains".into(), words));
    }
    out.push((format!("Practical, {} min tolerated", told.tolerated_min), practical(study)));
    out
}

fn today(told: &Told, study: &CapacityStudy) -> String {
    let mut out = format!("{} pairs of this train", thousands(study.pairs_today, 1));
    for o in &study.others {
        let what = if o.both_ways { "pairs" } else { "trains" };
        let _ = write!(out, ", {} {what} of {}", thousands(o.per_day, 1), told.other(o));
    }
    out
}

fn practical(study: &CapacityStudy) -> String {
    match (study.volumes.practical, study.volumes.curve) {
        (Some((trains, true)), Some(curve)) => format!(
            "{} trains a day both ways, where D = {} s · e^({} V) reaches it",
            thousands(trains, 1),
            thousands(curve.delay_at_zero_s, 0),
            thousands(curve.growth_per_train, 4)
        ),
        (Some((trains, _)), _) => {
            format!(
                "not reached at {} trains a day both ways, the most that was simulated and carried",
                thousands(trains, 1)
            )
        }
        _ => "delay does not grow over the volumes the line carries".into(),
    }
}

fn notes(told: &Told) -> Vec<String> {
    vec![
        "Pairs are a train out and one back; trains are both ways. The bound takes the whole day not closed; the line alone, \
         without the border's procedures and hours, planned stops, dated restrictions of speed and failures."
            .into(),
        format!(
            "A section is held from when its train must find it free (its start, or its braking point) until its tail is in \
             at the far station. Scott's formula with E = {SCOTT_EFFICIENCY}. Occupancy after UIC 406 with crossings as in the \
             scheme chosen; its limits, 60 to 75 %, were not made for single track."
        ),
        "Other trains take each section for their own occupation (deduction by occupation): what mixed speeds and \
         priorities cost besides is not in it, so that what is left is a bound."
            .into(),
        format!(
            "Simulated beside closed form: the same trains on the line alone, ready at both ends at all times, \
             {} days counted; within {} they agree. Below: trains also wait for a free track and for what the look-ahead \
             calls unsafe, and meets fall where loops lie, not where the binding section wants them. Above would be a fault.",
            yalu_study::COUNTED_DAYS,
            percent(TOLERANCE)
        ),
        format!("Again: {}", told.command),
    ]
}
