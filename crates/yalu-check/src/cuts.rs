//! Cuts: steps in order, and as many wagons over the border as the trains that took them.

use crate::Violation;
use std::collections::BTreeMap;
use yalu_model::{Corridor, PointId, TrackUse};
use yalu_trace::{Step, StepKind, Trace, TrainKind};
use yalu_units::{Idx, Instant};

pub(crate) fn check(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut by_cut: BTreeMap<u32, Vec<&Step>> = BTreeMap::new();
    for s in &trace.steps {
        by_cut.entry(s.cut).or_default().push(s);
    }
    for (id, steps) in by_cut {
        let Some(cut) = trace.cuts.get(id as usize) else {
            found.push(Violation::Unknown { what: "cut", index: u64::from(id) });
            continue;
        };
        // Steps of one place may run side by side; those of the next begin after them.
        let (mut before, mut latest, mut place) = (cut.formed, cut.formed, None);
        for (i, s) in steps.iter().enumerate() {
            let here = match s.what {
                StepKind::Activity(station, _) | StepKind::Entering(station) => Some(station),
                _ => None,
            };
            if here.is_none() || here != place {
                (before, place) = (latest, here);
            }
            // Goods whose wagons have gone are still worked on.
            let late = cut.ended.is_some_and(|e| s.end > e) && !(goods_stay(c, s.what) && cut.loaded);
            if s.ready < before || s.begin < s.ready || s.end < s.begin || late || s.waits.total() > s.begin - s.ready {
                found.push(Violation::StepOrder { cut: id, step: i as u32 });
            }
            latest = latest.max(s.end);
        }
    }
    crossed(c, trace, found);
}

/// Whether goods stay at a station when their wagons go.
fn goods_stay(c: &Corridor, what: StepKind) -> bool {
    let StepKind::Activity(station, _) = what else { return false };
    let s = c.border.stations.as_slice().get(usize::from(station));
    s.is_some_and(|s| s.activities.iter().any(|a| a.track != TrackUse::Holds))
}

/// Wagons and trains that each day says crossed, against the train runs.
fn crossed(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut ran: BTreeMap<(Instant, u16), [i64; 3]> = BTreeMap::new();
    for run in trace.trains.iter().filter(|r| r.kind == TrainKind::Freight) {
        let route = c
            .trade
            .routes
            .iter()
            .position(|r| r.rail.as_ref().is_some_and(|x| x.over_border.index() == run.line as usize));
        let (Some(route), true) = (route, (run.first + run.len) as usize <= trace.times.len()) else { continue };
        let country = |p: u32| c.line.points.get(PointId(p)).map(|p| p.country.as_str());
        let over = trace.times_of(run).windows(2).find(|w| country(w[0].point) != country(w[1].point));
        let Some(at) = over.map(|w| w[0].depart) else { continue };
        let Some(&end) = trace.midnights.get(trace.midnights.partition_point(|m| *m <= at)) else { continue };
        let sum = ran.entry((end, route as u16)).or_default();
        sum[0] += 1;
        sum[1] += i64::from(run.loaded);
        sum[2] += i64::from(run.empty);
    }
    // Several routes over one service cannot be told apart by its trains: then only the sum could be compared.
    let services: Vec<_> = c.trade.routes.iter().filter_map(|r| r.rail.as_ref()).map(|r| r.over_border).collect();
    if (1..services.len()).any(|i| services[..i].contains(&services[i])) {
        return;
    }
    for d in &trace.days {
        let booked = ran.get(&(d.end, d.route)).copied().unwrap_or_default();
        let said = [d.trains, d.crossed_loaded, d.crossed_empty].map(i64::from);
        for (i, what) in ["trains over the border", "loaded wagons over the border", "empty wagons over the border"]
            .into_iter()
            .enumerate()
        {
            if said[i] != booked[i] {
                let route = c.trade.routes.as_slice().get(usize::from(d.route)).map_or(String::new(), |r| r.id.clone());
                found.push(Violation::DayDiffers { end_ms: d.end.0, route, what, said: said[i], booked: booked[i] });
            }
        }
    }
}
