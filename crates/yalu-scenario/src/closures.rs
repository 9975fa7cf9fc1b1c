//! Closures and reopenings from outside the folder, laid over the declared regimes (`--close`, `--reopen`).

use crate::Diagnostic;
use crate::diagnostic::{At, Sink, meant};
use crate::value::{self, Day, NumberError};
use yalu_model::{Basis, Corridor, CrossingId, Dist, Mode, Quantity, Regime, State};
use yalu_units::{Idx as _, Instant};

/// The names under which problems of the two options are told.
const CLOSE: &str = "--close";
const REOPEN: &str = "--reopen";
/// In place of a crossing: all that lie on land.
const ALL_LAND: &str = "ALL-LAND";
const CLOSE_FORM: &str =
    "write CROSSING:FROM..TO with dates as 2022-04-29 and TO the last day shut (empty: to the end)";
const REOPEN_FORM: &str = "write CROSSING:DATE, then :quota=2,wagons=20,ramp=60 where it comes back with less";

/// Shuts and opens crossings over what the corridor declares. Texts are `CROSSING:FROM..TO[:notice=DAYS]` and
/// `CROSSING:DATE[:quota=N,wagons=N,wagons_per_day=N,share=S,hold=DAYS,ramp=DAYS,notice=DAYS,until=DATE,trial]`;
/// crossings may be parted by commas, `ALL-LAND` is every one on land. Closures come first, whatever the order.
///
/// What a closure cuts goes on after it as declared. A reopening lasts to the end of the regime then in force; what it does
/// not say is as in the next regime that runs, or the last that ran. Every number counts as assumed. Where there are problems
/// the corridor is left as it was.
pub fn close(c: &mut Corridor, close: &[String], reopen: &[String]) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    let closed = read(&mut sink, c, CLOSE, close, closure);
    let opened = read(&mut sink, c, REOPEN, reopen, reopening);
    overlaps(&mut sink, &closed, &opened);
    let mut laid = Laid { regimes: c.border.regimes.clone(), inputs: Vec::new(), uncertain: Vec::new() };
    if !sink.failed() {
        for one in &closed {
            laid.shut(&mut sink, c, one);
        }
        for one in &opened {
            laid.open(&mut sink, c, one);
        }
    }
    if !sink.failed() {
        laid.regimes.sort_by_key(|r| (r.crossing, r.from));
        c.border.regimes = laid.regimes;
        c.inputs.extend(laid.inputs);
        c.uncertain.extend(laid.uncertain);
    }
    sink.finish().1
}

/// One option as read.
struct One {
    text: String,
    at: At,
    crossings: Vec<CrossingId>,
    /// Several crossings: those it does not fit are left alone.
    several: bool,
    from: Instant,
    /// None: to the end of the regime then in force (opening), or of the horizon (closure).
    to: Option<Instant>,
    /// By key, each with where it stands.
    numbers: Vec<(&'static str, Dist)>,
    trial: bool,
}

impl One {
    fn number(&self, key: &str) -> Option<Dist> {
        self.numbers.iter().find(|(k, _)| *k == key).map(|(_, d)| *d)
    }
}

/// Reads all texts of one option; each is a line of its source.
fn read(
    sink: &mut Sink,
    c: &Corridor,
    name: &str,
    texts: &[String],
    one: fn(&mut Sink, &Corridor, &Words) -> Option<One>,
) -> Vec<One> {
    let lines: Vec<String> = texts.iter().map(|t| t.trim().replace(['\n', '\r'], " ")).collect();
    let file = sink.source(name, lines.join("\n"));
    let mut start = 0;
    let mut out = Vec::new();
    for text in &lines {
        out.extend(one(sink, c, &Words { file, start, text }));
        start += text.len() + 1;
    }
    out
}

/// A text and where it lies in its source.
struct Words<'a> {
    file: usize,
    start: usize,
    text: &'a str,
}

impl Words<'_> {
    fn whole(&self) -> At {
        self.at(self.text)
    }
    /// Where a part of the text lies.
    fn at(&self, part: &str) -> At {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let start = self.start + offset;
        At { file: self.file, start, end: start + part.len().max(1) }
    }
}

fn closure(sink: &mut Sink, c: &Corridor, w: &Words) -> Option<One> {
    let mut parts = w.text.splitn(3, ':');
    let (Some(name), Some((first, last))) = (parts.next(), parts.next().and_then(|p| p.split_once(".."))) else {
        sink.error("Y0707", w.whole(), format!("`{}` is no closure", w.text), Some(CLOSE_FORM.to_owned()));
        return None;
    };
    let crossings = crossings(sink, c, w, name);
    let from = day(sink, w, first);
    let last_day = if last.trim().is_empty() { None } else { Some(day(sink, w, last)?) };
    let (numbers, trial, _) = numbers(sink, w, parts.next(), &["notice"], false)?;
    let from = from?;
    if last_day.is_some_and(|l| l < from) {
        let help = "the first day shut comes first, then the last".to_owned();
        sink.error("Y0701", w.at(last), "the closure ends before it starts", Some(help));
        return None;
    }
    let (from, to) = (midnight(c, from), last_day.map(|l| midnight_after(c, l)));
    within(sink, c, w.at(first), from)?;
    if let Some(to) = to {
        within(sink, c, w.at(last), Instant(to.0 - 1))?;
    }
    let (crossings, several) = crossings?;
    Some(One { text: w.text.to_owned(), at: w.whole(), crossings, several, from, to, numbers, trial })
}

fn reopening(sink: &mut Sink, c: &Corridor, w: &Words) -> Option<One> {
    const KEYS: [&str; 7] = ["quota", "wagons", "wagons_per_day", "share", "hold", "ramp", "notice"];
    let mut parts = w.text.splitn(3, ':');
    let (Some(name), Some(date)) = (parts.next(), parts.next()) else {
        sink.error("Y0707", w.whole(), format!("`{}` is no reopening", w.text), Some(REOPEN_FORM.to_owned()));
        return None;
    };
    let crossings = crossings(sink, c, w, name);
    let first = day(sink, w, date);
    let (numbers, trial, until) = numbers(sink, w, parts.next(), &KEYS, true)?;
    let first = first?;
    if let Some((_, at)) = until.filter(|(last, _)| *last < first) {
        let help = "`until` is its last day".to_owned();
        sink.error("Y0701", at, "the reopening ends before it starts", Some(help));
        return None;
    }
    let from = midnight(c, first);
    within(sink, c, w.at(date), from)?;
    let to = until.map(|(last, _)| midnight_after(c, last));
    let (crossings, several) = crossings?;
    Some(One { text: w.text.to_owned(), at: w.whole(), crossings, several, from, to, numbers, trial })
}

fn crossings(sink: &mut Sink, c: &Corridor, w: &Words, name: &str) -> Option<(Vec<CrossingId>, bool)> {
    let land = |m: Mode| matches!(m, Mode::Rail | Mode::Passenger | Mode::Road);
    let (mut out, mut sound) = (Vec::new(), true);
    for part in name.split(',') {
        let id = part.trim();
        if id == ALL_LAND {
            out.extend(c.border.crossings.enumerated().filter(|(_, x)| land(x.mode)).map(|(i, _)| i));
        } else if let Some((i, _)) = c.border.crossings.enumerated().find(|(_, x)| x.id == id) {
            out.push(i);
        } else {
            let known = || c.border.crossings.iter().map(|x| x.id.as_str()).chain([ALL_LAND]);
            let help = meant(id, known()).unwrap_or_else(|| {
                let all: Vec<&str> = known().collect();
                format!("crossings are {}", all.join(", "))
            });
            sink.error("Y0401", w.at(part), format!("there is no crossing `{id}`"), Some(help));
            sound = false;
        }
    }
    out.sort_unstable();
    out.dedup();
    let several = out.len() > 1;
    sound.then_some((out, several))
}

fn day(sink: &mut Sink, w: &Words, text: &str) -> Option<Day> {
    let found = value::day(text);
    if found.is_none() {
        let help = "write a date that exists, as 2022-04-29".to_owned();
        sink.error("Y0306", w.at(text), format!("`{}` is no day", text.trim()), Some(help));
    }
    found
}

type Numbers = (Vec<(&'static str, Dist)>, bool, Option<(Day, At)>);

/// `quota=2,ramp=60`; none where one is wrong.
fn numbers(sink: &mut Sink, w: &Words, text: Option<&str>, keys: &[&'static str], opens: bool) -> Option<Numbers> {
    let (mut out, mut trial, mut until, mut sound) = (Vec::new(), false, None, true);
    for part in text.into_iter().flat_map(|t| t.split(',')).filter(|p| !p.trim().is_empty()) {
        if opens && part.trim() == "trial" {
            trial = true;
            continue;
        }
        let Some((key, written)) = part.split_once('=') else {
            let help = format!("write {}", keys.iter().map(|k| format!("{k}=..")).collect::<Vec<_>>().join(","));
            sink.error("Y0707", w.at(part), format!("`{}` has no value", part.trim()), Some(help));
            sound = false;
            continue;
        };
        if opens && key.trim() == "until" {
            match day(sink, w, written) {
                Some(d) => until = Some((d, w.at(written))),
                None => sound = false,
            }
            continue;
        }
        let Some(known) = keys.iter().find(|k| **k == key.trim()) else {
            let help =
                meant(key.trim(), keys.iter().copied()).unwrap_or_else(|| format!("it may be: {}", keys.join(", ")));
            sink.error("Y0201", w.at(key), format!("`{}` is not known here", key.trim()), Some(help));
            sound = false;
            continue;
        };
        match value::dist(written) {
            Ok(d) if d.at(0.0) >= 0.0 && d.at(1.0) <= 10_000.0 => out.push((*known, d)),
            Ok(_) => {
                let help = "write a number from 0 to 10,000".to_owned();
                sink.error("Y0304", w.at(written), format!("`{known}` is {}", written.trim()), Some(help));
                sound = false;
            }
            Err(e) => {
                let code = match e {
                    NumberError::Syntax | NumberError::Comma => "Y0302",
                    NumberError::Unit(_) => "Y0316",
                    NumberError::Reversed => "Y0303",
                };
                let help = "write 2, 1..3 or 1..2..3, without a unit".to_owned();
                sink.error(code, w.at(written), format!("`{}` is no number for `{known}`", written.trim()), Some(help));
                sound = false;
            }
        }
    }
    sound.then_some((out, trial, until))
}

fn within(sink: &mut Sink, c: &Corridor, at: At, t: Instant) -> Option<()> {
    if t >= c.horizon.from && t < c.horizon.to {
        return Some(());
    }
    let (first, last) = (shown(c, c.horizon.from), shown(c, Instant(c.horizon.to.0 - 1)));
    let help = format!("the horizon is {first} to {last}");
    sink.error("Y0708", at, format!("{} lies outside the horizon", shown(c, t)), Some(help));
    None
}

/// Two options that speak of one crossing at one time.
fn overlaps(sink: &mut Sink, closed: &[One], opened: &[One]) {
    let share = |a: &One, b: &One| a.crossings.iter().any(|x| b.crossings.contains(x));
    let end = |o: &One| o.to.unwrap_or(Instant::FAR);
    for (i, b) in closed.iter().enumerate() {
        if let Some(a) = closed[..i].iter().find(|a| share(a, b) && a.from < end(b) && b.from < end(a)) {
            let help = "end the earlier one the day before, or write one of both".to_owned();
            sink.error("Y0709", b.at, format!("this closure overlaps `{CLOSE} {}`", a.text), Some(help));
        }
    }
    for (i, b) in opened.iter().enumerate() {
        if let Some(a) = opened[..i].iter().find(|a| share(a, b) && a.from == b.from) {
            let help = "write one of both".to_owned();
            sink.error("Y0709", b.at, format!("`{REOPEN} {}` opens it on the same day", a.text), Some(help));
        }
        // A closure without end is ended by its reopening.
        if let Some(a) = closed.iter().find(|a| share(a, b) && a.from <= b.from && a.to.is_some_and(|to| b.from < to)) {
            let help = "end the closure the day before the reopening".to_owned();
            sink.error("Y0709", b.at, format!("the reopening lies within `{CLOSE} {}`", a.text), Some(help));
        }
    }
}

/// The regimes as they become.
struct Laid {
    regimes: Vec<Regime>,
    inputs: Vec<(String, Basis)>,
    uncertain: Vec<Quantity>,
}

impl Laid {
    fn of(&self, crossing: CrossingId) -> Vec<Regime> {
        let mut mine: Vec<Regime> = self.regimes.iter().filter(|r| r.crossing == crossing).cloned().collect();
        mine.sort_by_key(|r| r.from);
        mine
    }

    /// Puts a regime in place of all of its crossing in its time; what it cuts goes on after it.
    fn put(&mut self, new: Regime) {
        let mut out = Vec::new();
        for r in self.regimes.drain(..) {
            if r.crossing != new.crossing || r.to <= new.from || r.from > new.to {
                out.push(r);
                continue;
            }
            if r.from < new.from {
                out.push(Regime { to: new.from, ..r.clone() });
            }
            if r.to > new.to {
                // Its begin is what was laid over it now, not what was known of it.
                let begun = r.from < new.to;
                let (notice_days, ramp_days) =
                    if begun { (None, None) } else { (r.notice_days.clone(), r.ramp_days.clone()) };
                out.push(Regime { from: new.to.max(r.from), start_uncertainty_days: 0.0, notice_days, ramp_days, ..r });
            }
        }
        out.push(new);
        self.regimes = out;
    }

    fn shut(&mut self, sink: &mut Sink, c: &Corridor, one: &One) {
        let to = one.to.unwrap_or(c.horizon.to);
        let mut any = false;
        for &crossing in &one.crossings {
            let mine = self.of(crossing);
            if !mine.iter().any(|r| r.runs() && r.from < to && r.to > one.from) {
                continue;
            }
            any = true;
            let basis = Basis::Assumed(format!("{CLOSE} {}", one.text));
            let path = path(c, crossing, one.from);
            let notice = one.number("notice").map(|d| self.quantity(&path, "notice_days", d, &basis));
            self.inputs.push((format!("{path}.state"), basis.clone()));
            self.put(Regime { notice_days: notice, ..plain(crossing, (one.from, to), State::Suspended, basis) });
        }
        if !any {
            let help = if one.several {
                "none of them runs on any of these days".to_owned()
            } else {
                "it does not run on any of these days; `yalu show DIR` lists its regimes".to_owned()
            };
            sink.error("Y0710", one.at, "there is nothing to close", Some(help));
        }
    }

    fn open(&mut self, sink: &mut Sink, c: &Corridor, one: &One) {
        let mut any = false;
        for &crossing in &one.crossings {
            let mine = self.of(crossing);
            let Some((template, end)) = reopened(&mine, one.from) else {
                continue;
            };
            any = true;
            let basis = Basis::Assumed(format!("{REOPEN} {}", one.text));
            let path = path(c, crossing, one.from);
            let mut new = Regime {
                from: one.from,
                to: one.to.unwrap_or(end).min(c.horizon.to),
                start_uncertainty_days: 0.0,
                notice_days: None,
                ramp_days: None,
                start_basis: REOPEN.to_owned(),
                reasoning: format!("{REOPEN} {}", one.text),
                basis: basis.clone(),
                ..template.unwrap_or_else(|| plain(crossing, (one.from, end), State::Open, basis.clone()))
            };
            self.inputs.push((format!("{path}.state"), basis.clone()));
            for (key, dist) in &one.numbers {
                let (field, limits) = match *key {
                    "quota" => ("trains_per_day", true),
                    "wagons" => ("wagons_per_train", true),
                    "wagons_per_day" => ("wagons_per_day", true),
                    "share" => ("capacity_share", true),
                    "hold" => ("hold_days", false),
                    "ramp" => ("ramp_days", false),
                    _ => ("notice_days", false),
                };
                let value = Some(self.quantity(&path, field, *dist, &basis));
                match field {
                    "trains_per_day" => new.trains_per_day = value,
                    "wagons_per_train" => new.wagons_per_train = value,
                    "wagons_per_day" => new.wagons_per_day = value,
                    "capacity_share" => new.capacity_share = value,
                    "hold_days" => new.hold_days = value,
                    "ramp_days" => new.ramp_days = value,
                    _ => new.notice_days = value,
                }
                if limits {
                    new.state = State::Limited;
                }
            }
            if one.trial {
                new.restrictions.push("trial".to_owned());
                new.state = State::Limited;
            }
            self.put(new);
        }
        if !any {
            let help = if one.several {
                "none of them is shut on the day before".to_owned()
            } else {
                "it runs on the day before; close it first, or give the day after a closure".to_owned()
            };
            sink.error("Y0710", one.at, "there is nothing to reopen", Some(help));
        }
    }

    fn quantity(&mut self, path: &str, field: &str, dist: Dist, basis: &Basis) -> Quantity {
        let path = format!("{path}.{field}");
        self.inputs.push((path.clone(), basis.clone()));
        let quantity = Quantity { path, dist, basis: basis.clone() };
        if quantity.low() < quantity.high() {
            self.uncertain.push(quantity.clone());
        }
        quantity
    }
}

/// The regime a reopening takes its numbers from, if any ran, and where it ends; none where the crossing is not shut.
fn reopened(mine: &[Regime], from: Instant) -> Option<(Option<Regime>, Instant)> {
    let i = mine.iter().position(|r| r.from <= from && from < r.to)?;
    let here = &mine[i];
    if here.runs() {
        // The first day of a regime after one that did not run.
        let shut_before = i.checked_sub(1).is_some_and(|k| !mine[k].runs());
        return (here.from == from && shut_before).then(|| (Some(here.clone()), here.to));
    }
    let next = mine[i..].iter().find(|r| r.runs());
    let end = next.map_or_else(|| mine.last().map_or(here.to, |r| r.to), |r| r.from);
    Some((next.or_else(|| mine[..i].iter().rev().find(|r| r.runs())).cloned(), end))
}

/// A regime of which nothing is said but its state.
fn plain(crossing: CrossingId, (from, to): (Instant, Instant), state: State, basis: Basis) -> Regime {
    let told = match &basis {
        Basis::Assumed(why) => why.clone(),
        _ => String::new(),
    };
    Regime {
        crossing,
        from,
        to,
        state,
        start_uncertainty_days: 0.0,
        trains_per_day: None,
        wagons_per_train: None,
        wagons_per_day: None,
        capacity_share: None,
        hold_days: None,
        notice_days: None,
        ramp_days: None,
        bans: Vec::new(),
        allotment: None,
        restrictions: Vec::new(),
        confidence: String::new(),
        start_basis: told.split(' ').next().unwrap_or_default().to_owned(),
        reasoning: told,
        basis,
    }
}

fn path(c: &Corridor, crossing: CrossingId, from: Instant) -> String {
    format!("regime.{}.{}", c.border.crossings.as_slice()[crossing.index()].id, shown(c, from))
}

fn shown(c: &Corridor, t: Instant) -> String {
    yalu_calendar::iso_date(yalu_calendar::local_date(&c.horizon.zones[c.horizon.zone].name, t))
}

fn midnight(c: &Corridor, d: Day) -> Instant {
    yalu_calendar::local_midnight(&c.horizon.zones[c.horizon.zone].name, d.0, d.1, d.2).unwrap_or_default()
}

fn midnight_after(c: &Corridor, d: Day) -> Instant {
    yalu_calendar::local_time(&c.horizon.zones[c.horizon.zone].name, d, 86_400).unwrap_or_default()
}
