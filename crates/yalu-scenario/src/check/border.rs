//! Border stations: resources that nothing uses, activities that no opening is long enough for.

use crate::describe::{ActivityRow, StationRow};
use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::{Activity, BorderStation, Corridor, Quantity, StartRule, Subject};
use yalu_units::{Instant, Span};

pub(super) fn all(sink: &mut Sink, files: &Files, c: &Corridor) {
    // A resource that was not found is used by nothing, and that has been told.
    if sink.failed() {
        return;
    }
    for (row, s) in files.stations().zip(&c.border.stations) {
        unused(sink, row, s);
        for (r, a) in row.activity.iter().zip(&s.activities) {
            too_long(sink, r, c, s, a);
        }
    }
}

fn unused(sink: &mut Sink, row: &StationRow, s: &BorderStation) {
    let ids_at = row.team.iter().map(|r| r.at.id).chain(row.resource.iter().map(|r| r.at.id));
    for (i, (at, resource)) in ids_at.zip(&s.resources).enumerate() {
        let needs =
            |a: &Activity| a.uses.iter().any(|u| u.resource == i) || a.batch.as_ref().is_some_and(|b| b.resource == i);
        if !s.activities.iter().any(needs) {
            let help = "name it in the `uses` of an activity, or leave it out".to_owned();
            sink.warn("Y1107", at, format!("no activity uses `{}`", resource.id), Some(help));
        }
    }
}

/// An activity that may only start if it can finish, and lasts longer than any time in which all it uses is open.
fn too_long(sink: &mut Sink, r: &ActivityRow, c: &Corridor, s: &BorderStation, a: &Activity) {
    if a.may_start != StartRule::IfItCanFinish || a.interruptible {
        return;
    }
    let used = a.uses.iter().map(|u| u.resource).chain(a.batch.as_ref().map(|b| b.resource));
    let mut open = vec![(c.horizon.from, c.horizon.to)];
    for hours in used.filter_map(|i| s.resources[i].hours).map(|h| &s.hours[h]) {
        let zone = &c.horizon.zones[hours.zone].name;
        let more =
            yalu_calendar::opening_intervals(&hours.week, &hours.special_days, zone, c.horizon.from, c.horizon.to);
        open = both(&open, &more);
    }
    let longest = open.iter().map(|(a, b)| *b - *a).max().unwrap_or_default();
    let (wagons, minutes) = usual(c, s, a);
    if Span::from_seconds(minutes * 60.0) > longest {
        let h = |minutes: f64| format!("{:.1} h", minutes / 60.0);
        let message = format!(
            "`{}` lasts {} with {wagons} wagons, and no opening is longer than {}",
            a.id,
            h(minutes),
            h(longest.as_minutes())
        );
        let help = "it will start at any open time all the same; longer hours, a shorter activity, interruptible = true, \
                    or may_start = \"any_open_time\"";
        sink.warn("Y1106", r.at.may_start, message, Some(help.to_owned()));
    }
}

/// The longest train of the services that call at a station, and the median of what an activity lasts with it.
fn usual(c: &Corridor, s: &BorderStation, a: &Activity) -> (f64, f64) {
    let calls = c
        .trains
        .services
        .iter()
        .filter(|x| x.from == s.point || x.to == s.point || x.stops.iter().any(|p| p.point == s.point));
    let wagons = calls.map(|x| x.max_wagons.central()).fold(1.0, f64::max).round();
    let items = match a.subject {
        Subject::Wagon | Subject::Consignment => wagons * a.share.as_ref().map_or(1.0, Quantity::central),
        _ => wagons,
    };
    let rounds = a.batch.as_ref().map_or(0.0, |b| {
        let places = b.places.as_ref().unwrap_or(&s.resources[b.resource].count).central();
        (wagons / places.max(1.0)).ceil() * b.minutes.central()
    });
    (wagons, a.duration.minutes.central() + items * a.per_wagon.minutes.central() + rounds)
}

/// The times in both of two sorted lists.
fn both(a: &[(Instant, Instant)], b: &[(Instant, Instant)]) -> Vec<(Instant, Instant)> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (from, to) = (x.0.max(y.0), x.1.min(y.1));
        if from < to {
            out.push((from, to));
        }
        if x.1 <= y.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}
