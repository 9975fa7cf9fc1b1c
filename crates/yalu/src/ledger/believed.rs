//! What the record of a scenario lets one believe.

use super::source::{Held, context, day_at, day_option};
use crate::terminal::Problem;
use crate::words::unknown;
use std::collections::{BTreeMap, BTreeSet};
use yalu_ledger::record::{Report, day_text};
use yalu_ledger::{Belief, Day, Ledger, LedgerInput, MonthlyTrade, Settings, Statement, Watched};
use yalu_model::{Claim, CrossingId, Mode};

/// A ledger of a scenario's reports as of a day, and the reports in its order.
pub struct Heard<'a> {
    /// The ledger.
    pub ledger: Ledger,
    /// Its statements' reports.
    pub reports: Vec<&'a Report>,
}

impl Heard<'_> {
    /// The report of a statement.
    pub fn report(&self, statement: usize) -> Option<&Report> {
        self.reports.get(statement).copied()
    }
}

/// The ledger of all reports but those that a report known by a day corrects.
pub fn heard(held: &Held, customs: bool, as_of: Day) -> Heard<'_> {
    let correcting = held.record.reports().filter(|r| !r.corrects.is_empty() && r.reported <= as_of);
    let corrected: BTreeSet<&str> = correcting.map(|r| r.corrects.as_str()).collect();
    // What was taken back is not heard from that day on, and that it was says nothing of the crossing.
    let stands = |r: &&Report| !corrected.contains(r.id.as_str()) && r.claim != Claim::Retracted;
    let mut reports: Vec<&Report> = held.record.reports().filter(stands).collect();
    // Where they stand in the file is no matter.
    reports.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
    let c = &held.corridor;
    let ledger = Ledger::new(LedgerInput {
        from: day_at(c, c.horizon.from),
        crossings: c.border.crossings.iter().map(Watched::of).collect(),
        statements: reports.iter().map(|r| Statement::of(r)).collect(),
        trade: c.record.observed.iter().filter_map(MonthlyTrade::of).collect(),
        settings: Settings { customs, ..Settings::default() },
    });
    Heard { ledger, reports }
}

/// First and last day of the scenario.
pub fn horizon(held: &Held) -> (Day, Day) {
    let c = &held.corridor;
    (day_at(c, c.horizon.from), day_at(c, c.horizon.to + yalu_units::Span(-1)))
}

/// The day asked for; without one the day of the story, or else the last of the scenario that has come.
pub fn day_asked(held: &Held, option: &str, asked: Option<&str>) -> Result<Day, Problem> {
    let (first, last) = horizon(held);
    let day = match (asked, &held.corridor.about.story) {
        (Some(text), _) => day_option(option, text)?,
        (None, Some(story)) => day_at(&held.corridor, story.day),
        (None, None) => last.min(context(&held.corridor).today.unwrap_or(last)),
    };
    if day < first || day > last {
        return Err(Problem::new(format!("{option} {} lies outside the scenario", day_text(day))).help(format!(
            "it covers {} to {}",
            day_text(first),
            day_text(last)
        )));
    }
    Ok(day)
}

/// The crossings asked for by id or name, all but places where none is.
pub fn crossings(held: &Held, names: &[String]) -> Result<Vec<CrossingId>, Problem> {
    let all = || held.corridor.border.crossings.enumerated().filter(|(_, c)| c.mode != Mode::Place);
    if names.is_empty() {
        return Ok(all().map(|c| c.0).collect());
    }
    let mut out = Vec::new();
    for name in names {
        let found = all().find(|(_, c)| c.id == *name || c.title == *name).map(|c| c.0);
        let id = found.ok_or_else(|| unknown("crossing that is no place", name, all().map(|c| c.1.id.as_str())))?;
        if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

/// Belief by day for some crossings, as known on each day. A report is heard until one that corrects it is known.
pub fn known_then(
    held: &Held,
    customs: bool,
    crossings: &[CrossingId],
    (from, to): (Day, Day),
) -> BTreeMap<CrossingId, Vec<Belief>> {
    let correcting = held.record.reports().filter(|r| !r.corrects.is_empty()).map(|r| r.reported);
    let mut begins: Vec<Day> = correcting.filter(|d| *d > from && *d <= to).chain([from]).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut out: BTreeMap<CrossingId, Vec<Belief>> = BTreeMap::new();
    for (i, begin) in begins.iter().enumerate() {
        let end = begins.get(i + 1).map_or(to, |next| *next - 1);
        let heard = heard(held, customs, *begin);
        for &c in crossings {
            out.entry(c).or_default().extend(heard.ledger.known_then(c, *begin, end));
        }
    }
    out
}

/// Belief by day for some crossings, from all that is known now.
pub fn known_now(
    held: &Held,
    customs: bool,
    crossings: &[CrossingId],
    (from, to): (Day, Day),
) -> BTreeMap<CrossingId, Vec<Belief>> {
    let heard = heard(held, customs, Day(i32::MAX));
    crossings.iter().map(|&c| (c, heard.ledger.known_now(c, from, to))).collect()
}
