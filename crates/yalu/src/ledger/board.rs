//! The board of crossings: what is believed of each on a day, and why.

use super::believed::Heard;
use super::list::{count, event};
use super::source::Held;
use yalu_ledger::record::day_text;
use yalu_ledger::{Day, Explanation, Hypothetical, Since, Weight};
use yalu_model::CrossingId;
use yalu_model::Words as _;
use yalu_number::{Align, Column, Table, chance};
use yalu_report::strips::mode;
use yalu_view::run::Reason;
use yalu_view::status::{CrossingStatus, LEAST_BITS, STRONGEST, sides};

/// A crossing with what is believed of it.
pub struct BelievedNow {
    /// The crossing.
    pub crossing: CrossingId,
    /// Belief and reasons.
    pub why: Explanation,
}

/// Bits with their sign.
fn bits(b: f64) -> String {
    format!("{}{:.1}", if b < 0.0 { "−" } else { "+" }, b.abs())
}

/// Days of an interval above which months tell enough.
const MONTHS_DAYS: i32 = 60;

/// The likely day of a change, and the days between which it lies by nine chances of ten.
fn since(s: &Since, first: Day) -> [String; 2] {
    let day = day_text;
    let month = |d: Day| day_text(d).get(..7).unwrap_or_default().to_owned();
    let wide = s.latest.since(s.earliest) > MONTHS_DAYS;
    let likely = if s.likely <= first { format!("before {}", month(first)) } else { day(s.likely) };
    let last = if wide { month(s.latest) } else { day(s.latest) };
    let between = match (s.earliest == s.latest, s.earliest <= first, wide) {
        (true, ..) => String::new(),
        (false, true, _) => format!("up to {last}"),
        (false, false, true) => format!("{} – {last}", month(s.earliest)),
        (false, false, false) => format!("{} – {}", day(s.earliest), last.get(5..).unwrap_or_default()),
    };
    [likely, between]
}

fn reasons(heard: &Heard, weights: &[&Weight]) -> String {
    let one = |w: &&Weight| format!("{} {}", heard.report(w.statement).map_or("", |r| r.id.as_str()), bits(w.bits));
    let told: Vec<String> = weights.iter().take(STRONGEST).map(one).collect();
    if told.is_empty() { "–".into() } else { told.join(", ") }
}

/// The reports that weigh most for and against, as they are told beside a chance.
pub fn heaviest(heard: &Heard, why: &Explanation) -> [Vec<Reason>; 2] {
    sides(why).map(|side| {
        let told = side.iter().take(STRONGEST).filter_map(|w| {
            let r = heard.report(w.statement)?;
            Some(Reason { id: r.id.clone(), bits: w.bits, source: r.source.clone() })
        });
        told.collect()
    })
}

/// What was said hypothetically, in words.
fn hypothetical(h: Hypothetical) -> &'static str {
    match h {
        Hypothetical::Sighting => "an agency’s own sighting of a train or truck",
        Hypothetical::OfficialRuns => "an official saying that it runs",
        Hypothetical::OfficialStands => "an official saying that it does not run",
        Hypothetical::AnonymousResumed => "an anonymous source saying that it has begun again",
    }
}

/// State, chance, since when, last sighting and conflict, by crossing.
pub fn table(held: &Held, heard: &Heard, lines: &[BelievedNow]) -> Table {
    let columns = [
        ("crossing", Align::Left),
        ("state", Align::Left),
        ("runs", Align::Right),
        ("since", Align::Left),
        ("between (9 in 10)", Align::Left),
    ];
    let rows = lines.iter().map(|l| {
        let x = &held.corridor.border.crossings[l.crossing];
        let b = &l.why.belief;
        let named = b.state().word().replace('_', " ");
        let conflict = if l.why.conflict { " !" } else { "" };
        let [likely, between] =
            if b.heard { since(&l.why.since, heard.ledger.from()) } else { ["no report".into(), String::new()] };
        vec![x.title.clone(), format!("{named}{conflict}"), chance(b.running()), likely, between]
    });
    Table {
        title: String::new(),
        columns: columns.map(|(name, align)| Column::words(name, align)).to_vec(),
        rows: Table::written(rows),
        note: "runs: chance that anything runs, limited or open. !: disputed, reports of a bit or more both ways within 60 days."
            .into(), ..Table::default() }
}

/// The last sighting and the reports that weigh most each way, by crossing.
pub fn reasons_table(held: &Held, heard: &Heard, lines: &[BelievedNow]) -> Table {
    let columns = ["crossing", "last seen", "for", "against"];
    let rows = lines.iter().filter(|l| l.why.belief.heard).map(|l| {
        let [pro, con] = sides(&l.why);
        let seen = l
            .why
            .last_sighting
            .map(|(i, day)| format!("{} {}", heard.report(i).map_or("", |r| r.id.as_str()), day_text(day)));
        vec![
            held.corridor.border.crossings[l.crossing].title.clone(),
            seen.unwrap_or_else(|| "–".into()),
            reasons(heard, &pro),
            reasons(heard, &con),
        ]
    });
    Table {
        title: "Reports that weigh most, in bits: +1 doubles the odds that it runs".into(),
        columns: columns.map(|c| Column::words(c, Align::Left)).to_vec(),
        rows: Table::written(rows),
        note: "One report in full: yalu reports show DIR ID".into(),
        ..Table::default()
    }
}

/// How one more report would change the chance, by crossing.
pub fn turning_table(held: &Held, lines: &[BelievedNow]) -> Table {
    let columns = ["crossing", "now", "seen", "official +", "official −", "hearsay"];
    let rows = lines.iter().map(|l| {
        let mut row = vec![held.corridor.border.crossings[l.crossing].title.clone(), chance(l.why.belief.running())];
        row.extend(Hypothetical::ALL.iter().map(|h| {
            let found = l.why.what_if.iter().find(|w| w.heard == *h);
            found.map_or_else(String::new, |w| chance(w.running))
        }));
        row
    });
    let align = |i: usize| if i == 0 { Align::Left } else { Align::Right };
    Table {
        title: "How one more report would change the chance".into(),
        columns: columns.iter().enumerate().map(|(i, c)| Column::words(c, align(i))).collect(),
        rows: Table::written(rows),
        note: "seen: an agency’s own sighting of a train or truck. official: an official of either side says that it runs (+), or not (−). hearsay: an anonymous source says that it has begun again."
            .into(), ..Table::default() }
}

/// All reports of a crossing that weigh anything, one a row.
pub fn why_table(heard: &Heard, why: &Explanation) -> Table {
    let columns = [
        ("report", Align::Left),
        ("bits", Align::Right),
        ("known", Align::Left),
        ("of", Align::Left),
        ("says", Align::Left),
        ("source, what it says", Align::Left),
    ];
    let told = why.weights.iter().filter(|w| w.bits.abs() >= LEAST_BITS);
    let rows: Vec<Vec<String>> = told
        .filter_map(|w| {
            let r = heard.report(w.statement)?;
            let letters = if r.admiralty.is_empty() { String::new() } else { format!(" [{}]", r.admiralty) };
            let count = count(r);
            let count = if count.is_empty() { String::new() } else { format!(" ({count})") };
            Some(vec![
                r.id.clone(),
                bits(w.bits),
                day_text(r.reported),
                event(r),
                r.claim.word().into(),
                format!("{}{letters}: {}{count}{}", r.source, r.detail, copies(heard, w)),
            ])
        })
        .collect();
    let silent = why.weights.len() - rows.len();
    Table {
        title: "Report by report, the heaviest first".into(),
        columns: columns.map(|(name, align)| Column::words(name, align)).to_vec(),
        rows: Table::written(rows),
        note: format!(
            "{silent} more sources change it by less than {LEAST_BITS} bits. One report stands for its source; `same source` names those that go back to it and count with it. Bits show what leaving that source out would change, so they need not add up."
        ),
        ..Table::default()
    }
}

/// Reports that go back to the same source as one.
fn copies(heard: &Heard, w: &Weight) -> String {
    const MOST: usize = 6;
    let ids: Vec<&str> = w.copies.iter().filter_map(|i| heard.report(*i)).map(|r| r.id.as_str()).collect();
    let more = if ids.len() > MOST { format!(" and {} more", ids.len() - MOST) } else { String::new() };
    let told = ids[..ids.len().min(MOST)].join(", ");
    if ids.is_empty() { String::new() } else { format!(" [same source: {told}{more}]") }
}

/// What reports that do not exist would make of it.
pub fn what_if_table(why: &Explanation) -> Table {
    let columns = [("what would change it", Align::Left), ("bits", Align::Right), ("then runs", Align::Right)];
    Table {
        title: String::new(),
        columns: columns.map(|(name, align)| Column::words(name, align)).to_vec(),
        rows: Table::written(
            why.what_if.iter().map(|w| vec![hypothetical(w.heard).into(), bits(w.bits), chance(w.running)]),
        ),
        note: String::new(),
        ..Table::default()
    }
}

/// The facts of one crossing.
pub fn facts(held: &Held, heard: &Heard, l: &BelievedNow) -> Vec<(String, String)> {
    let x = &held.corridor.border.crossings[l.crossing];
    let b = &l.why.belief;
    let seen = l.why.last_sighting.map(|(i, day)| {
        let r = heard.report(i);
        format!("{}, {} {}", day_text(day), r.map_or("", |r| r.id.as_str()), r.map_or("", |r| r.source.as_str()))
    });
    let side = if l.why.since.runs { "Runs since" } else { "Shut since" };
    let [likely, between] = since(&l.why.since, heard.ledger.from());
    let between =
        if between.is_empty() { between } else { format!(", with 9 chances in 10 {}", between.replace('–', "to")) };
    vec![
        ("Crossing".into(), format!("{}, {}", x.title, mode(x.mode))),
        ("State".into(), b.state().word().replace('_', " ")),
        ("Runs".into(), chance(b.running())),
        (
            "Chances".into(),
            format!(
                "open {}, limited {}, suspended {}, not opened {}",
                chance(b.open),
                chance(b.limited),
                chance(b.suspended),
                chance(b.not_opened)
            ),
        ),
        (side.into(), format!("{likely}{between}")),
        ("Last seen".into(), seen.unwrap_or_else(|| "no sighting held".into())),
        (
            "Disputed".into(),
            if l.why.conflict { "yes: reports of a bit or more both ways within 60 days" } else { "no" }.into(),
        ),
    ]
}

/// A line as other programs read it (docs/json.md).
pub fn view(held: &Held, heard: &Heard, l: &BelievedNow) -> CrossingStatus {
    let x = &held.corridor.border.crossings[l.crossing];
    CrossingStatus::of((&x.id, &x.title), &l.why, |n| heard.report(n), heard.ledger.from())
}
