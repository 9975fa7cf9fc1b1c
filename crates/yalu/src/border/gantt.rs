//! Who stood on which track, and what teams did, over a day or two.

use super::words;
use crate::diagram::clock;
use crate::period;
use yalu_calendar::{civil, epoch_day};
use yalu_chart::{Caption, Colour, GanttBar, GanttGroup, GanttLane, Rim, YardGantt};
use yalu_model::Corridor;
use yalu_study::Seen;
use yalu_trace::StepKind;
use yalu_units::{Instant, Span};

/// The time drawn: the day of the story and the next where the period holds it, else from the day on which most
/// cuts came; a period of four days or fewer is drawn whole.
pub fn window(c: &Corridor, seen: &Seen, days: &[Instant]) -> Option<(Instant, Instant)> {
    let (first, end) = (*days.first()?, c.to);
    if days.len() <= 4 {
        return Some((first, end));
    }
    let came = |d: Instant| seen.stays.iter().filter(|s| s.from >= d && s.from < d + Span::days(1)).count();
    let story = c.story.as_ref().map(|s| s.day).filter(|d| *d >= first && *d < end);
    let day = story.or_else(|| {
        let mut best: Option<(usize, Instant)> = None;
        for d in days {
            let n = came(*d);
            if n > 0 && best.is_none_or(|b| n > b.0) {
                best = Some((n, *d));
            }
        }
        best.map(|b| b.1)
    })?;
    Some((day, (day + Span::hours(48)).min(end)))
}

/// Tracks and teams of each station over a time.
pub fn gantt(c: &Corridor, seen: &Seen, (from, to): (Instant, Instant), station: Option<usize>) -> YardGantt {
    let h = |t: Instant| (t - from).as_hours();
    let length = h(to);
    let shows = |s: &usize| station.is_none_or(|only| only == *s);
    let groups: Vec<GanttGroup> =
        (0..c.stations.len()).filter(shows).map(|s| group(c, seen, s, (from, to), &h)).collect();
    let cuts = seen.stays.iter().filter(|s| s.to > from && s.from < to && shows(&s.station)).count();
    let zone = &c.zones[c.zone].name;
    let rim = |zone: &str| {
        let (y, m, d, s, _) = civil(zone, from);
        Rim { name: clock::clock(zone, from).name, day: epoch_day(y, m, d).unwrap_or(0), hour: f64::from(s) / 3600.0 }
    };
    let zones: Vec<&str> = c.stations.iter().map(|s| c.zones[c.points[s.point].zone].name.as_str()).collect();
    let other = zones.iter().find(|z| **z != zone.as_str()).map(|z| rim(z));
    YardGantt {
        caption: Caption {
            title: format!("{cuts} stays of cuts at the border, from {} on", period::shown(zone, from)),
            subtitle: "A lane a track or a team; filled: loaded, hollow: empty; shaded: closed".into(),
            foot: "Central run. A number is the cut’s in the tables.".into(),
            shown: true,
        },
        hours: length,
        above: rim(zone),
        below: other,
        colour: Colour::Rail,
        groups,
    }
}

fn group(
    c: &Corridor,
    seen: &Seen,
    station: usize,
    (from, to): (Instant, Instant),
    h: &impl Fn(Instant) -> f64,
) -> GanttGroup {
    let stays: Vec<_> = seen.stays.iter().filter(|s| s.station == station && s.to > from && s.from < to).collect();
    let held = stays.iter().map(|s| s.track + 1).max().unwrap_or(0);
    let mut lanes: Vec<GanttLane> = (0..held)
        .map(|track| GanttLane {
            name: format!("track {}", track + 1),
            bars: stays
                .iter()
                .filter(|s| s.track == track)
                .map(|s| GanttBar {
                    from: h(s.from),
                    to: h(s.to),
                    of: format!("cut {}, {} wagons", s.cut, s.wagons),
                    text: if s.loaded { "stands, loaded" } else { "stands, empty" }.into(),
                    hollow: !s.loaded,
                })
                .collect(),
            closed: Vec::new(),
        })
        .collect();
    for r in seen.resources.iter().filter(|r| r.station == station) {
        let mut units: Vec<(Instant, Vec<GanttBar>)> = vec![(Instant::NEVER, Vec::new()); r.count as usize];
        for &(a, b, amount, cut) in &r.uses {
            for _ in 0..amount {
                let free = units.iter().position(|u| u.0 <= a).unwrap_or(0);
                let Some(unit) = units.get_mut(free) else { continue };
                unit.0 = b;
                if b > from && a < to {
                    let (what, loaded) = doing(c, seen, cut, a, station);
                    unit.1.push(GanttBar {
                        from: h(a),
                        to: h(b),
                        of: what,
                        text: format!("cut {cut}"),
                        hollow: !loaded,
                    });
                }
            }
        }
        let closed = closed(&r.open, (from, to), h);
        for (i, (_, bars)) in units.into_iter().enumerate() {
            let number = if r.count > 1 { format!(" {}", i + 1) } else { String::new() };
            let name = format!("{}{number}", words::resource(c, station, r.resource));
            lanes.push(GanttLane { name, bars, closed: closed.clone() });
        }
    }
    let tracks = seen.tracks.get(station).copied().unwrap_or(0);
    GanttGroup {
        name: words::station(c, station).to_string(),
        more: format!("{held} of {tracks} yard tracks used"),
        lanes,
    }
}

/// What a cut was doing from an instant on, and whether it was loaded.
fn doing(c: &Corridor, seen: &Seen, cut: u32, at: Instant, station: usize) -> (String, bool) {
    let Ok(i) = seen.cuts.binary_search_by_key(&cut, |x| x.cut) else { return (String::new(), true) };
    let own = &seen.cuts[i];
    let here = |k: StepKind| matches!(k, StepKind::Activity(s, _) if usize::from(s) == station);
    let step = own.steps.iter().find(|s| s.begin == at && here(s.what));
    (step.map_or_else(String::new, |s| words::step(c, s.what)), own.loaded)
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
