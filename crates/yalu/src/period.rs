//! Dates and moments as options give them, in the corridor's zone.

use crate::terminal::Problem;
use yalu_calendar::{epoch_day, iso_date, local_date, local_midnight, local_time};
use yalu_model::Corridor;
use yalu_units::{Instant, Span};
pub use yalu_view::names::zone;

/// The civil date of an instant, `2022-09-26`.
pub fn shown(zone: &str, t: Instant) -> String {
    iso_date(local_date(zone, t))
}

/// The midnight after a midnight: 36 hours on is always within the next civil day.
pub fn next_midnight(zone: &str, midnight: Instant) -> Option<Instant> {
    let (y, m, d) = local_date(zone, midnight + Span::hours(36));
    local_midnight(zone, y, m, d)
}

/// The midnight that begins the day of an instant.
pub fn midnight(zone: &str, t: Instant) -> Option<Instant> {
    let (y, m, d) = local_date(zone, t);
    local_midnight(zone, y, m, d)
}

/// The midnight of the day that is looked at where none is asked for: that of the story, or else the scenario's last.
pub fn usual(c: &Corridor) -> Instant {
    let story = c.about.story.as_ref().map(|s| s.day).filter(|d| *d >= c.horizon.from && *d < c.horizon.to);
    midnight(zone(c), story.unwrap_or(c.horizon.to + Span(-1))).unwrap_or(c.horizon.from)
}

/// Cuts the horizon to `--to`, and tells from when results are wanted.
pub fn told(c: &mut Corridor, from: Option<&str>, to: Option<&str>) -> Result<Instant, Problem> {
    let from = from.map_or(Ok(c.horizon.from), |t| day(c, "--from", t))?;
    if let Some(text) = to {
        let last = day(c, "--to", text)?;
        if last < from {
            return Err(
                Problem::new(format!("--to {text} lies before --from")).help("give the first day, then the last")
            );
        }
        let end = next_midnight(zone(c), last).unwrap_or(c.horizon.to);
        c.end_at(end);
    }
    Ok(from)
}

/// A day within the horizon, written `2022-09-26`: its midnight.
pub fn day(c: &Corridor, option: &str, text: &str) -> Result<Instant, Problem> {
    let t = date(zone(c), text).ok_or_else(|| wrong(c, option, text, "not a date"))?;
    within(c, option, text, t, t)
}

/// A moment within the horizon, `2022-09-26T05:00`, or a day alone: its begin, or its end where an end is asked for.
pub fn moment(c: &Corridor, option: &str, text: &str, end: bool) -> Result<Instant, Problem> {
    let zone = zone(c);
    let t = match text.split_once(['T', ' ']) {
        None => {
            let begin = date(zone, text).ok_or_else(|| wrong(c, option, text, "not a date"))?;
            within(c, option, text, begin, begin)?;
            return Ok(if end { next_midnight(zone, begin).unwrap_or(c.horizon.to) } else { begin });
        }
        Some((day, clock)) => date_parts(day).zip(clock_s(clock)).and_then(|(d, s)| local_time(zone, d, s)),
    };
    let t = t.ok_or_else(|| wrong(c, option, text, "not a moment"))?;
    // The end of the horizon is no moment of it, but can end a period.
    within(c, option, text, t, if end { t + Span(-1) } else { t })
}

fn within(c: &Corridor, option: &str, text: &str, t: Instant, counts: Instant) -> Result<Instant, Problem> {
    if counts < c.horizon.from || counts >= c.horizon.to {
        return Err(wrong(c, option, text, "outside the scenario's horizon"));
    }
    Ok(t)
}

/// What is wrong with a date, and the nearest that would do.
fn wrong(c: &Corridor, option: &str, text: &str, why: &str) -> Problem {
    let zone = zone(c);
    let (first, last) = (shown(zone, c.horizon.from), shown(zone, c.horizon.to + Span(-1)));
    let near = nearest(text).map(|d| d.clamp(first.clone(), last.clone())).filter(|d| d != text);
    let meant = near.map_or(String::new(), |d| format!("did you mean {d}? "));
    Problem::new(format!("{option} {text}: {why}"))
        .help(format!("{meant}the scenario covers {first} to {last}; write a date as 2022-09-26"))
}

/// The date a text comes nearest to: its first three numbers, each brought into its range.
fn nearest(text: &str) -> Option<String> {
    let numbers = text.split(|x: char| !x.is_ascii_digit()).filter(|x| !x.is_empty());
    let mut numbers = numbers.filter_map(|x| x.parse::<i16>().ok());
    let (y, m, d) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let (y, m) = (y.clamp(1, 9999), (m.clamp(1, 12)) as i8);
    let d = (1..=d.clamp(1, 31) as i8).rev().find(|d| epoch_day(y, m, *d).is_some())?;
    Some(iso_date((y, m, d)))
}

fn date(zone: &str, text: &str) -> Option<Instant> {
    let (y, m, d) = date_parts(text)?;
    local_midnight(zone, y, m, d)
}

fn date_parts(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || (y.len(), m.len(), d.len()) != (4, 2, 2) {
        return None;
    }
    let (y, m, d) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
    epoch_day(y, m, d)?;
    Some((y, m, d))
}

/// Seconds after midnight of `05:00` or `05:00:30`.
fn clock_s(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|p| p.len() != 2) {
        return None;
    }
    let mut numbers = parts.iter().map(|p| p.parse::<u32>().ok());
    let (h, m, s) = (numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(0))?);
    (h < 24 && m < 60 && s < 60).then_some(h * 3600 + m * 60 + s)
}
