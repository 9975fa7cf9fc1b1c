//! Who stood on which track, and what teams did, over a day or two.

use crate::names;
use yalu_calendar::civil;
use yalu_model::Corridor;
use yalu_number::Day;
use yalu_study::{Seen, Stay};
use yalu_trace::StepKind;
use yalu_units::{Instant, Span};

/// A time in which tracks and teams are shown; all hours count from its begin.
#[derive(Clone, Debug)]
pub struct Yard {
    /// Local day of the begin.
    pub from: Day,
    /// Length, hours.
    pub hours: f64,
    /// The clock of the corridor at the begin.
    pub clock: RimClock,
    /// The clock of the other side, where it differs.
    pub other_clock: Option<RimClock>,
    /// Stays of cuts that begin or end in the time.
    pub stays: usize,
    /// Tracks and teams of each station.
    pub stations: Vec<StationLanes>,
}

/// A clock at the begin of a picture.
#[derive(Clone, Debug)]
pub struct RimClock {
    /// Its name, `Pyongyang time, UTC+9`.
    pub name: String,
    /// Its day.
    pub day: Day,
    /// Hours since its midnight.
    pub hour: f64,
}

/// Tracks and teams of a station.
#[derive(Clone, Debug)]
pub struct StationLanes {
    /// Name of the station.
    pub title: String,
    /// Yard tracks it has.
    pub tracks: u32,
    /// Yard tracks that are used.
    pub used: usize,
    /// A lane a track, then a lane a team.
    pub lanes: Vec<Lane>,
}

/// A track or a team.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Its name.
    pub title: String,
    /// What stood or worked there.
    pub bars: Vec<Bar>,
    /// Hours in which it is closed, from and to.
    pub closed: Vec<(f64, f64)>,
}

/// A cut on a track, or with a team.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Hours from the begin.
    pub from_h: f64,
    /// Hours from the begin.
    pub to_h: f64,
    /// Number of the cut.
    pub cut: u32,
    /// Whether it is loaded.
    pub loaded: bool,
    /// On a track its wagons, with a team what is done.
    pub what: String,
}

/// The time shown: the day of the story and the next where the period holds it, else from the day on which most cuts came;
/// a period of four days or fewer is shown whole.
fn window(c: &Corridor, seen: &Seen, days: &[Instant]) -> Option<(Instant, Instant)> {
    let (first, end) = (*days.first()?, c.horizon.to);
    if days.len() <= 4 {
        return Some((first, end));
    }
    let came = |d: Instant| seen.stays.iter().filter(|s| s.from >= d && s.from < d + Span::days(1)).count();
    let story = c.about.story.as_ref().map(|s| s.day).filter(|d| *d >= first && *d < end);
    // The first of the days on which most came.
    let most = || days.iter().rev().copied().max_by_key(|d| came(*d)).filter(|d| came(*d) > 0);
    let day = story.or_else(most)?;
    Some((day, (day + Span::hours(48)).min(end)))
}

/// Tracks and teams over a day or two; `station`: of that station alone; none where no cut came.
pub fn yard(c: &Corridor, seen: &Seen, days: &[Instant], station: Option<usize>) -> Option<Yard> {
    let time = window(c, seen, days)?;
    let (from, to) = time;
    let shows = |s: usize| station.is_none_or(|only| only == s);
    let rim = |zone: &str| {
        let (.., s, _) = civil(zone, from);
        RimClock { name: names::clock(zone, from), day: names::day_in(zone, from), hour: f64::from(s) / 3600.0 }
    };
    let zone = names::zone(c);
    let mut zones = c.border.stations.iter().map(|s| c.horizon.zones[c.line.points[s.point].zone].name.as_str());
    Some(Yard {
        from: names::day(c, from),
        hours: (to - from).as_hours(),
        clock: rim(zone),
        other_clock: zones.find(|z| *z != zone).map(rim),
        stays: seen.stays.iter().filter(|s| within(s, time) && shows(s.station)).count(),
        stations: (0..c.border.stations.len()).filter(|s| shows(*s)).map(|s| lanes(c, seen, s, time)).collect(),
    })
}

fn within(s: &Stay, (from, to): (Instant, Instant)) -> bool {
    s.to > from && s.from < to
}

fn lanes(c: &Corridor, seen: &Seen, station: usize, time: (Instant, Instant)) -> StationLanes {
    let (from, to) = time;
    let h = |t: Instant| (t - from).as_hours();
    let stays: Vec<&Stay> = seen.stays.iter().filter(|s| s.station == station && within(s, time)).collect();
    let used = stays.iter().map(|s| s.track + 1).max().unwrap_or(0);
    let bar = |s: &&&Stay| Bar {
        from_h: h(s.from),
        to_h: h(s.to),
        cut: s.cut,
        loaded: s.loaded,
        what: format!("{} wagons", s.wagons),
    };
    let mut lanes: Vec<Lane> = (0..used)
        .map(|track| Lane {
            title: format!("track {}", track + 1),
            bars: stays.iter().filter(|s| s.track == track).map(|s| bar(&s)).collect(),
            closed: Vec::new(),
        })
        .collect();
    for r in seen.resources.iter().filter(|r| r.station == station) {
        let mut units: Vec<(Instant, Vec<Bar>)> = vec![(Instant::NEVER, Vec::new()); r.count as usize];
        for &(a, b, amount, cut) in &r.uses {
            for _ in 0..amount {
                let free = units.iter().position(|u| u.0 <= a).unwrap_or(0);
                let Some(unit) = units.get_mut(free) else { continue };
                unit.0 = b;
                if b > from && a < to {
                    let (what, loaded) = doing(c, seen, cut, a, station);
                    unit.1.push(Bar { from_h: h(a), to_h: h(b), cut, loaded, what });
                }
            }
        }
        let closed = closed(&r.open, time, &h);
        for (i, (_, bars)) in units.into_iter().enumerate() {
            let number = if r.count > 1 { format!(" {}", i + 1) } else { String::new() };
            let title = format!("{}{number}", names::resource(c, station, r.resource));
            lanes.push(Lane { title, bars, closed: closed.clone() });
        }
    }
    let tracks = seen.tracks.get(station).copied().unwrap_or(0);
    StationLanes { title: names::station(c, station).to_owned(), tracks, used, lanes }
}

/// What a cut was doing from an instant on, and whether it was loaded.
fn doing(c: &Corridor, seen: &Seen, cut: u32, at: Instant, station: usize) -> (String, bool) {
    let Ok(i) = seen.cuts.binary_search_by_key(&cut, |x| x.cut) else { return (String::new(), true) };
    let own = &seen.cuts[i];
    let here = |k: StepKind| matches!(k, StepKind::Activity(s, _) if usize::from(s) == station);
    let step = own.steps.iter().find(|s| s.begin == at && here(s.what));
    (step.map_or_else(String::new, |s| names::step(c, s.what)), own.loaded)
}

/// Closed hours within a time.
fn closed(open: &[(Instant, Instant)], (from, to): (Instant, Instant), h: &impl Fn(Instant) -> f64) -> Vec<(f64, f64)> {
    let (mut at, mut out) = (from, Vec::new());
    for o in open.iter().filter(|o| o.1 > from && o.0 < to) {
        if o.0 > at {
            out.push((h(at), h(o.0)));
        }
        at = at.max(o.1);
    }
    if at < to {
        out.push((h(at), h(to)));
    }
    out
}
