//! `yalu status` without `--ahead`, and `yalu reports why`.

use crate::args::Status;
use crate::args::reports::Why;
use crate::ended::Ended;
use crate::ledger::believed::{Heard, crossings, day_asked, heard, horizon, known_then};
use crate::ledger::board::{self, BelievedNow};
use crate::ledger::source::{Held, day_option, held};
use crate::picture::picture;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use yalu_chart::Chart;
use yalu_files::write_file;
use yalu_ledger::Day;
use yalu_ledger::record::day_text;
use yalu_model::CrossingId;
use yalu_number::Summary;
use yalu_report::strips::{Series, strips};
use yalu_view::status::{Reasoned, Status as View};
use yalu_view::{SCHEMA_VERSION, json};

/// Shows which crossings run, with what chance, and why.
pub fn status(a: &Status) -> Result<Ended, Problem> {
    let held = held(&a.source)?;
    let ids = crossings(&held, &a.crossing)?;
    let as_of = day_asked(&held, "--as-of", a.as_of.as_deref())?;
    let heard = heard(&held, a.customs, as_of);
    let lines: Vec<BelievedNow> = ids
        .iter()
        .map(|&crossing| BelievedNow { crossing, why: heard.ledger.explain(crossing, as_of, as_of) })
        .collect();
    if let Some(path) = &a.strips.svg {
        write_file(path, picture(&drawn(&held, &heard, a.customs, &ids, as_of), a.strips.dark))?;
    }
    if a.shown.json {
        let out = View {
            schema_version: SCHEMA_VERSION,
            scenario: held.corridor.about.id.clone(),
            as_of: yalu_number::Day(as_of.0),
            customs: a.customs,
            record: held.seal(),
            crossings: lines.iter().map(|l| board::view(&held, &heard, l)).collect(),
        };
        print(&json(&out));
        return Ok(Ended::Fine);
    }
    let heading = format!("{}, as known on {}", held.corridor.about.title, day_text(as_of));
    let mut all = Vec::new();
    if a.why || lines.len() == 1 {
        for l in &lines {
            all.push(explained(&held, &heard, l, as_of, as_of));
        }
    } else {
        let tables = vec![
            board::table(&held, &heard, &lines),
            board::reasons_table(&held, &heard, &lines),
            board::turning_table(&held, &lines),
        ];
        let known = heard.reports.iter().filter(|r| r.reported <= as_of).count();
        let placed = |n: &usize| heard.report(*n).is_some_and(|r| r.reported <= as_of);
        let elsewhere = heard.ledger.not_placed().iter().filter(|n| placed(&n.0)).count();
        let about =
            if elsewhere == 0 { String::new() } else { format!(", {elsewhere} of them about no crossing listed here") };
        let notes =
            vec![format!("{known} reports were known{about}. For one crossing, report by report: --crossing NAME")];
        all.push(Summary { heading, tables, notes, ..Summary::default() });
    }
    let text: Vec<String> = all.iter().map(|s| s.text(colour_out(), width())).collect();
    print_screen(&text.join("\n"), a.shown.verbose);
    if let Some(path) = &a.strips.svg {
        print(&format!("\ndrawn to {}\n", path.display()));
    }
    Ok(Ended::Fine)
}

/// Shows why a crossing is believed to run or not on a day.
pub fn why(a: &Why) -> Result<Ended, Problem> {
    let held = held(&a.source)?;
    let crossing = crossings(&held, std::slice::from_ref(&a.crossing))?[0];
    let day = day_asked(&held, "--day", a.day.as_deref())?;
    let as_of = match &a.as_of {
        Some(text) => day_option("--as-of", text)?,
        None => day,
    };
    if as_of < day {
        return Err(Problem::new(format!("--as-of {} lies before --day {}", day_text(as_of), day_text(day)))
            .help("what was expected of a day: yalu status DIR --ahead"));
    }
    let heard = heard(&held, a.customs, as_of);
    let line = BelievedNow { crossing, why: heard.ledger.explain(crossing, day, as_of) };
    if a.shown.json {
        let out = Reasoned {
            schema_version: SCHEMA_VERSION,
            scenario: held.corridor.about.id.clone(),
            as_of: yalu_number::Day(as_of.0),
            customs: a.customs,
            crossing: board::view(&held, &heard, &line),
        };
        print(&json(&out));
        return Ok(Ended::Fine);
    }
    let told = explained(&held, &heard, &line, day, as_of);
    print_screen(&told.text(colour_out(), width()), a.shown.verbose);
    Ok(Ended::Fine)
}

fn explained(held: &Held, heard: &Heard, l: &BelievedNow, day: Day, as_of: Day) -> Summary {
    let name = &held.corridor.border.crossings[l.crossing].title;
    let known = if day == as_of { "as known then".to_owned() } else { format!("as known on {}", day_text(as_of)) };
    Summary {
        heading: format!("{name} on {}, {known}", day_text(day)),
        facts: board::facts(held, heard, l),
        tables: vec![board::why_table(heard, &l.why), board::what_if_table(&l.why)],
        notes: Vec::new(),
    }
}

/// The strips up to a day and what is expected beyond it.
fn drawn(held: &Held, heard: &Heard, customs: bool, ids: &[CrossingId], as_of: Day) -> String {
    let (from, _) = horizon(held);
    let then = known_then(held, customs, ids, (from, as_of));
    let now: Series = ids.iter().map(|&c| (c, heard.ledger.as_of(c, as_of, from, as_of))).collect();
    strips((&held.corridor, &held.record.reports().collect::<Vec<_>>()), ids, (from, as_of), &then, &now, Some(as_of))
        .svg()
}
