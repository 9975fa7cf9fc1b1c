//! Sentences of the monitor: each says only what the figures behind it hold.

use super::{Difference, Doubt, Event, WatchedCrossing};
use yalu_watch::board::{BoardState, Why};
use yalu_watch::event::Kind;
use yalu_watch::{Counts, CrossingId, Fault, Period, TableNote};

/// A count in whole numbers, with commas between thousands.
pub(super) fn count(x: f64) -> String {
    yalu_number::whole(x)
}

fn percent(share: f64) -> String {
    yalu_number::percent(share)
}

/// A period of data as words: `Dec 2022`.
pub(super) fn short(data: &str, counts: &Counts) -> String {
    Period::parse(data, counts.step).map_or_else(|| data.to_owned(), Period::short)
}

pub(super) fn state_word(s: BoardState) -> &'static str {
    match s {
        BoardState::Shut => "shut",
        BoardState::ShutOrNotReported => "shut or not reported",
        BoardState::Reduced => "reduced",
        BoardState::Normal => "normal",
        BoardState::Late => "late",
        BoardState::Unknown(_) => "unknown",
    }
}

pub(super) fn why_word(s: BoardState, name: &dyn Fn(CrossingId) -> String) -> Option<String> {
    match s {
        BoardState::Late => Some("no row yet".into()),
        BoardState::Unknown(Why::NoRow) => Some("no row".into()),
        BoardState::Unknown(Why::TooFew) => Some("too few counts for a normal range".into()),
        BoardState::Unknown(Why::Doubted) => Some("counts are doubted".into()),
        BoardState::Unknown(Why::Moved(to)) => Some(format!("counts moved to {}", name(to))),
        _ => None,
    }
}

pub(super) fn kind_word(k: Kind) -> &'static str {
    match k {
        Kind::Closure => "closure",
        Kind::Fall => "fall",
        Kind::Surge => "surge",
        Kind::LevelShift(_) => "level shift",
        Kind::Ended => "end of service",
        Kind::ShutOrNotReported => "shut or not reported",
        Kind::Moved(_) => "moved",
    }
}

pub(super) fn doubt_word(f: Fault, name: &dyn Fn(CrossingId) -> String) -> String {
    match f {
        Fault::ZeroBesideCount => "zero, while another measure has its usual count".into(),
        Fault::Tenfold => "ten times too many or too few".into(),
        Fault::OutOfStep => "out of step with the other measures".into(),
        Fault::AllZero => "all measures zero: shut, or not reported".into(),
        Fault::Swapped(with) => format!("fits {}: exchanged", name(with)),
        Fault::MovedTo(to) => format!("counted at {} since", name(to)),
    }
}

pub(super) fn doubt_sentence(d: &Doubt) -> String {
    let counted = d.count.map_or_else(|| "no row".into(), count);
    let usual = d.expected.map_or_else(String::new, |e| format!(", where {} were expected", count(e)));
    format!("Data: {}, {} {counted}{usual}: {}. Not called a closure.", d.name, d.measure, d.why)
}

pub(super) fn note(n: &TableNote) -> String {
    match n {
        TableNote::NeverHadRail { crossing, rows } => {
            format!("{crossing} never had rail: its {rows} rows of rail are all zero. Left out.")
        }
        TableNote::CodeChanged { crossing, from, to, at } => {
            format!("{crossing} has the code {to} in place of {from} since {at}. Read as one crossing.")
        }
        TableNote::Renamed { measure, from, to, at } => {
            format!("{} are called ‘{to}’ in place of ‘{from}’ since {at}. Read as one measure.", measure.noun())
        }
        TableNote::LeftOut(o) => {
            format!("‘{}’, {} rows: left out, the mapping does not name it.", o.name, count(o.rows as f64))
        }
    }
}

fn names(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn below(c: &WatchedCrossing) -> bool {
    ["shut", "shut or not reported", "reduced"].contains(&c.state.as_str())
}

/// The finding of the board.
pub(super) fn headline(all: &[WatchedCrossing], period: &str) -> String {
    let low: Vec<&str> = all.iter().filter(|c| below(c)).map(|c| c.name.as_str()).collect();
    match low.len() {
        0 => format!("No crossing is below its normal range in {period}."),
        n => {
            let of = all.len();
            let (n, verb) = if n == 1 { ("One".to_owned(), "is") } else { (n.to_string(), "are") };
            format!("{n} of {of} crossings {verb} below the normal range in {period}: {}.", names(&low))
        }
    }
}

/// What is new at a crossing since the period before: new, deeper, back, late; none where nothing is.
pub fn alert(c: &WatchedCrossing) -> Option<String> {
    let was_low = ["shut", "shut or not reported", "reduced"].contains(&c.before.as_str());
    let measures: Vec<String> = c
        .measures
        .iter()
        .filter(|m| m.doubt.is_none())
        .filter_map(|m| {
            let inside = if m.count? < m.low { "" } else { ", in range" };
            Some(format!("{} {} ({} – {}{inside})", count(m.count?), m.measure, count(m.low), count(m.high)))
        })
        .collect();
    let figures = measures.join(", ");
    if below(c) && !was_low {
        return Some(format!("{} is {}: {figures}.", c.name, c.state));
    }
    if c.state == "shut" && c.before == "reduced" {
        return Some(format!("{} is shut, deeper than before: {figures}.", c.name));
    }
    if below(c) {
        return Some(format!("{} stays {}, since {}: {figures}.", c.name, c.state, c.since_words));
    }
    if c.state == "normal" && was_low {
        return Some(format!("{} is back in its range: {figures}.", c.name));
    }
    (c.state == "late" && c.before != "late").then(|| format!("{} has no row yet.", c.name))
}

/// The finding of an event.
pub fn event_title(e: &Event, counts: &Counts, moved: Option<&str>) -> String {
    let span = if e.from == e.to {
        format!("in {}", short(&e.from, counts))
    } else {
        format!("{} – {}", short(&e.from, counts), short(&e.to, counts))
    };
    let by = percent(e.change.abs());
    let name = &e.name;
    match e.kind.as_str() {
        "closure" => match e.differences.first() {
            Some(d) => format!(
                "{name} was shut {span}: {} {} where {} were expected",
                count(d.counted),
                d.measure,
                count(d.expected)
            ),
            None => format!("{name} was shut {span}"),
        },
        "fall" => format!("{name} fell by {by} {span}"),
        "surge" => format!("{name} rose by {by} {span}"),
        "level shift" => format!(
            "{name} has a new level since {}, {by} {}",
            short(&e.from, counts),
            if e.change < 0.0 { "lower" } else { "higher" }
        ),
        "end of service" => format!("{name} ended in {}: nothing since", short(&e.from, counts)),
        "moved" => {
            format!("{name} is counted at {} since {}", moved.unwrap_or("its neighbour"), short(&e.from, counts))
        }
        _ => format!("{name} was shut or not reported {span}: all measures are zero"),
    }
}

fn band(d: &Difference) -> String {
    format!("{} ({} – {})", count(d.counted - d.expected), count(d.low), count(d.high))
}

/// What stands behind an event.
pub fn event_words(e: &Event, counts: &Counts) -> Vec<String> {
    let mut out = Vec::new();
    let list = |all: &[String]| names(&all.iter().map(String::as_str).collect::<Vec<_>>());
    if e.kind == "moved" {
        return vec![
            "Nothing is counted here, and the neighbour has what both use to have: a moved code, not a diversion."
                .into(),
        ];
    }
    let chance = yalu_number::percent(e.chance);
    let agree = if e.agree.is_empty() { "no measure alone is out".into() } else { format!("{} agree", list(&e.agree)) };
    let apart = if e.disagree.is_empty() { String::new() } else { format!("; {} do not", list(&e.disagree)) };
    out.push(format!("The chance that something happened is {chance}: {agree}{apart}."));
    if let Some([days, low, high]) = e.days_shut {
        let at = short(&e.deepest, counts);
        let figures = format!("{} days ({} – {})", count(days), count(low.min(high)), count(high.max(low)));
        out.push(format!("In {at} this is as much as {figures} shut, if trains stopped and did not thin."));
    }
    let lost: Vec<String> = e.differences.iter().map(|d| format!("{} {}", band(d), d.measure)).collect();
    if !lost.is_empty() {
        out.push(format!("Against the expected: {}.", lost.join(", ")));
    }
    if ["closure", "fall"].contains(&e.kind.as_str()) {
        let seen: Vec<String> = e
            .other_ways
            .iter()
            .filter(|o| o.visible)
            .map(|o| {
                let gains: Vec<String> = o.differences.iter().map(|d| format!("{} {}", band(d), d.measure)).collect();
                format!("{}: {}", o.name, gains.join(", "))
            })
            .collect();
        out.push(if seen.is_empty() {
            "Where it went: not visible at the nearest crossings.".into()
        } else {
            format!("Gains stand out at {}.", seen.join("; "))
        });
        let road: Vec<String> =
            e.road.iter().filter(|d| d.low > 0.0).map(|d| format!("{} {}", band(d), d.measure)).collect();
        if !road.is_empty() {
            out.push(format!("Road at the same place: {}.", road.join(", ")));
        }
        out.push(made_up(e));
        let total = e.value.iter().filter(|v| v.chapter.is_none());
        for v in total {
            let d = &v.difference;
            let musd = |x: f64| yalu_number::Unit::Musd.write(x / 1e6);
            out.push(format!(
                "Value, direction {}: {} ({} – {}).",
                v.direction,
                musd(d.counted - d.expected),
                musd(d.low),
                musd(d.high)
            ));
        }
    }
    if let Some(cause) = &e.cause {
        out.push(format!("Cause named in the file of causes: {cause}."));
    }
    out
}

fn made_up(e: &Event) -> String {
    if e.ongoing || e.after.is_empty() {
        return "Whether it is made up: not known yet.".into();
    }
    let surely = e.after.iter().filter(|d| d.low > 0.0).count();
    let perhaps = e.after.iter().any(|d| d.high > 0.0 && d.counted > d.expected);
    let figures: Vec<String> = e.after.iter().map(|d| format!("{} {}", band(d), d.measure)).collect();
    let figures = figures.join(", ");
    match (surely, perhaps) {
        (0, false) => format!("Nothing was made up in the three periods after: {figures}."),
        (0, true) => format!("Perhaps made up in the three periods after: {figures}."),
        _ => format!("Made up in the three periods after: {figures}."),
    }
}
