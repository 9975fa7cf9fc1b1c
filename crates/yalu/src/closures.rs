//! `--close` and `--reopen`: regimes asked for on the command line.

use crate::args::Closures;
use crate::period;
use crate::terminal::Problem;
use crate::words::unknown;
use yalu_model::{Corridor, CrossingId, Mode};
use yalu_study::{Limits, close, reopen};
use yalu_units::Instant;

/// All crossings on land.
const ALL_LAND: &str = "ALL-LAND";

/// A crossing shut for a time; without an end until it is reopened.
struct Shut {
    crossing: CrossingId,
    from: Instant,
    to: Option<Instant>,
    text: String,
}

/// A crossing that runs again.
struct Open {
    crossing: CrossingId,
    from: Instant,
    limits: Limits,
    text: String,
}

/// Lays what is asked for over the regimes of a corridor.
pub fn lay(c: &mut Corridor, asked: &Closures) -> Result<(), Problem> {
    let mut shut = Vec::new();
    for text in &asked.close {
        shut.extend(closure(c, text)?);
    }
    let mut open = Vec::new();
    for text in &asked.reopen {
        open.extend(reopening(c, text)?);
    }
    shut.sort_by_key(|s| (s.crossing, s.from));
    open.sort_by_key(|o| (o.crossing, o.from));
    // A closure without an end lasts until the crossing is reopened, or to the end of the horizon.
    let ends: Vec<Instant> = shut
        .iter()
        .map(|s| {
            let again = open.iter().filter(|o| o.crossing == s.crossing && o.from > s.from).map(|o| o.from).min();
            s.to.or(again).unwrap_or(c.to)
        })
        .collect();
    overlaps(c, &shut, &ends, &open)?;
    for (s, end) in shut.iter().zip(&ends) {
        close(c, s.crossing, s.from, *end);
    }
    for o in &open {
        let next = shut.iter().filter(|s| s.crossing == o.crossing && s.from >= o.from).map(|s| s.from).min();
        reopen(c, o.crossing, o.from, next.unwrap_or(c.to), &o.limits);
    }
    Ok(())
}

/// No two of one crossing at a time.
fn overlaps(c: &Corridor, shut: &[Shut], ends: &[Instant], open: &[Open]) -> Result<(), Problem> {
    for (i, s) in shut.iter().enumerate() {
        let name = &c.crossings[s.crossing].id;
        if let Some(next) = shut.get(i + 1).filter(|n| n.crossing == s.crossing && n.from < ends[i]) {
            let what = format!("--close {} overlaps --close {} at `{name}`", next.text, s.text);
            return Err(Problem::new(what).help("the last day shut is the second date; make one closure of both"));
        }
        let within = |o: &&Open| o.crossing == s.crossing && s.from <= o.from && o.from < ends[i];
        if let Some(o) = open.iter().find(within) {
            let what = format!("--reopen {} lies within --close {} at `{name}`", o.text, s.text);
            let help = "end the closure the day before, or leave its end away: it then lasts until the reopening";
            return Err(Problem::new(what).help(help));
        }
    }
    let twice = open.windows(2).find(|w| w[0].crossing == w[1].crossing && w[0].from == w[1].from);
    twice.map_or(Ok(()), |w| {
        let name = &c.crossings[w[0].crossing].id;
        let what = format!("--reopen {} and --reopen {} reopen `{name}` on one day", w[0].text, w[1].text);
        Err(Problem::new(what).help("leave one of them away"))
    })
}

/// `CROSSING:FROM..TO`: the last day shut is TO; `FROM..` has no end.
fn closure(c: &Corridor, text: &str) -> Result<Vec<Shut>, Problem> {
    let form = || {
        Problem::new(format!("--close {text}: not a closure"))
            .help("write CROSSING:FROM..TO with the first and last day shut; FROM.. lasts until a --reopen or the end")
    };
    let (names, days) = text.split_once(':').ok_or_else(form)?;
    let (from, to) = days.split_once("..").ok_or_else(form)?;
    let all = crossings(c, names)?;
    let first = period::day(c, "--close", from)?;
    let to = match to {
        "" => None,
        to => {
            let last = period::day(c, "--close", to)?;
            if last < first {
                return Err(Problem::new(format!("--close {text}: {to} lies before {from}"))
                    .help("give the first day shut, then the last"));
            }
            Some(period::next_midnight(period::zone(c), last).unwrap_or(c.to))
        }
    };
    Ok(all.into_iter().map(|crossing| Shut { crossing, from: first, to, text: text.into() }).collect())
}

/// `CROSSING:DATE[:quota=N,wagons=M,ramp=DAYS]`: DATE is the first day it runs.
fn reopening(c: &Corridor, text: &str) -> Result<Vec<Open>, Problem> {
    let mut parts = text.splitn(3, ':');
    let (Some(names), Some(date)) = (parts.next(), parts.next()) else {
        return Err(Problem::new(format!("--reopen {text}: not a reopening"))
            .help("write CROSSING:DATE or CROSSING:DATE:quota=2,wagons=20,ramp=30"));
    };
    let all = crossings(c, names)?;
    let from = period::day(c, "--reopen", date)?;
    let limits = parts.next().map_or(Ok(Limits::default()), |x| limits(text, x))?;
    Ok(all.into_iter().map(|crossing| Open { crossing, from, limits: limits.clone(), text: text.into() }).collect())
}

fn limits(text: &str, parts: &str) -> Result<Limits, Problem> {
    const KEYS: [&str; 3] = ["quota", "wagons", "ramp"];
    let mut out = Limits::default();
    for part in parts.split(',') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let (field, most) = match key {
            "quota" => (&mut out.trains_per_day, 100.0),
            "wagons" => (&mut out.wagons_per_train, 120.0),
            "ramp" => (&mut out.ramp_days, 1_000.0),
            _ => return Err(unknown("limit of a reopening", key, KEYS)),
        };
        let number = value.parse::<f64>().ok().filter(|v| (0.0..=most).contains(v));
        let Some(number) = number else {
            let what = format!("--reopen {text}: `{key}` is `{value}`");
            let units = "quota in trains a day each way, wagons a train, ramp in days";
            return Err(Problem::new(what).help(format!("a number from 0 to {most}; {units}")));
        };
        if field.replace(number).is_some() {
            return Err(Problem::new(format!("--reopen {text}: `{key}` is given twice")).help("leave one away"));
        }
    }
    Ok(out)
}

/// Crossings by their ids, parted by commas, or all on land.
fn crossings(c: &Corridor, names: &str) -> Result<Vec<CrossingId>, Problem> {
    let land = |m: Mode| matches!(m, Mode::Rail | Mode::Passenger | Mode::Road);
    if names == ALL_LAND {
        return Ok(c.crossings.enumerated().filter(|(_, x)| land(x.mode)).map(|(id, _)| id).collect());
    }
    let known = || c.crossings.iter().map(|x| x.id.as_str()).chain([ALL_LAND]);
    let one = |name: &str| {
        let found = c.crossings.enumerated().find(|(_, x)| x.id == name).map(|(id, _)| id);
        found.ok_or_else(|| unknown("crossing", name, known()))
    };
    names.split(',').map(one).collect()
}
