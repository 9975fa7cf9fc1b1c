//! Stations, checked and compiled for the engine.

mod check;
mod circle;
mod hours;

pub(crate) use check::MOST_ITEMS;
pub(crate) use hours::Hours;

use crate::{ActivityId, Amount, BorderError, Calendar, Items, Kept, Procedure, Station, StationId};
use yalu_units::{Idx, IndexVec, address};

/// Stations that can be worked.
#[derive(Clone, Debug, Default)]
pub struct Network {
    stations: IndexVec<StationId, Station>,
    pub(crate) plans: Vec<StationPlan>,
}

/// A station, compiled.
#[derive(Clone, Debug)]
pub(crate) struct StationPlan {
    /// Hours, each kind once; the first is always open.
    pub hours: Vec<Hours>,
    pub procedures: Vec<ProcedurePlan>,
    /// Activities that wait in a line of their own: procedure, activity.
    pub lines: Vec<(u32, u32)>,
    /// Lines that share resources, directly or through others, in order.
    pub rooms: Vec<Vec<u32>>,
    /// The room of each resource.
    pub room_of: Vec<u32>,
    /// Address of each resource's draws.
    pub resource_address: Vec<u64>,
}

/// A procedure, compiled.
#[derive(Clone, Debug)]
pub(crate) struct ProcedurePlan {
    pub activities: Vec<ActivityPlan>,
}

/// An activity, compiled.
#[derive(Clone, Debug)]
pub(crate) struct ActivityPlan {
    /// Activities before it that must have ended.
    pub before: u16,
    /// Activities that wait for it.
    pub next: Vec<u16>,
    /// Hours in which all it takes are open.
    pub hours: u32,
    /// The line it waits in, if it takes anything.
    pub line: Option<u32>,
    /// All who wait in its line want the same.
    pub alike: bool,
    /// Addresses of draws: train, items, which items, which cuts.
    pub addresses: [u64; 4],
    /// The part for the train, if always the same, ms.
    pub fixed_train: Option<i64>,
    /// The part for an item or round, if always the same, ms.
    pub fixed_each: Option<i64>,
}

impl Network {
    /// Checks and compiles stations; every fault found is told.
    pub fn new(stations: IndexVec<StationId, Station>) -> Result<Self, Vec<BorderError>> {
        let mut faults = Vec::new();
        for station in &stations {
            let before = faults.len();
            check::station(station, &mut faults);
            // Circles are looked for where all ids point somewhere.
            if faults.len() == before {
                faults.extend(circle::activities(station));
            }
        }
        if faults.is_empty() {
            faults.extend(circle::kept(stations.as_slice(), false));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let plans = stations.iter().map(plan).collect();
        Ok(Self { stations, plans })
    }

    /// The stations as described.
    pub fn stations(&self) -> &IndexVec<StationId, Station> {
        &self.stations
    }

    /// Whether trains of the first two stations, in tandem, could wait for each other for ever: what trains keep until
    /// they depart for the other station is needed, there or through others, by trains on whose tracks they wait.
    pub fn check_tandem(&self) -> Result<(), BorderError> {
        circle::kept(self.stations.as_slice(), true).map_or(Ok(()), Err)
    }
}

fn plan(station: &Station) -> StationPlan {
    let mut calendars = vec![Calendar::Always];
    let mut number = |calendar: Calendar| -> u32 {
        let at = calendars.iter().position(|c| *c == calendar).unwrap_or(calendars.len());
        if at == calendars.len() {
            calendars.push(calendar);
        }
        at as u32
    };
    let mut lines = Vec::new();
    let mut procedures = Vec::new();
    for (p, procedure) in station.procedures.iter().enumerate() {
        let mut activities = Vec::new();
        for (a, activity) in procedure.activities.enumerated() {
            let shared =
                activity.needs.iter().fold(Calendar::Always, |c, n| c.and(&station.resources[n.resource].hours));
            let line = (!activity.needs.is_empty()).then(|| {
                lines.push((p as u32, a.0));
                lines.len() as u32 - 1
            });
            let drawn = |purpose| address(&["border", &station.name, &procedure.name, &activity.name, purpose]);
            activities.push(ActivityPlan {
                before: before(procedure, a).len() as u16,
                next: procedure
                    .activities
                    .ids()
                    .filter(|b| before(procedure, *b).contains(&a))
                    .map(|b| b.0 as u16)
                    .collect(),
                hours: number(shared),
                line,
                alike: activity
                    .needs
                    .iter()
                    .all(|n| matches!(n.amount, Amount::Fixed(_) | Amount::Places { most: 1, .. })),
                addresses: ["train", "items", "which items", "which cuts"].map(drawn),
                fixed_train: if activity.is_hold { None } else { activity.per_train.fixed().map(|s| s.0) },
                fixed_each: match &activity.items {
                    Items::None => None,
                    Items::OneByOne(each) | Items::Rounds { each, .. } | Items::AsPlacesFree(each) => {
                        each.fixed().map(|s| s.0)
                    }
                },
            });
        }
        procedures.push(ProcedurePlan { activities });
    }
    let (rooms, room_of) = rooms(station, &lines);
    StationPlan {
        hours: calendars.iter().map(Hours::new).collect(),
        procedures,
        lines,
        rooms,
        room_of,
        resource_address: station
            .resources
            .iter()
            .map(|r| address(&["border", &station.name, &r.name, "away"]))
            .collect(),
    }
}

/// Activities that must have ended before one, each once.
fn before(procedure: &Procedure, a: ActivityId) -> Vec<ActivityId> {
    let mut all = procedure.activities[a].after.clone();
    all.sort_unstable();
    all.dedup();
    all
}

/// Lines that share resources together: who waits in one may keep what is free from who waits in another.
fn rooms(station: &Station, lines: &[(u32, u32)]) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut room_of: Vec<u32> = (0..station.resources.len() as u32).collect();
    let needs =
        |&(p, a): &(u32, u32)| &station.procedures.as_slice()[p as usize].activities.as_slice()[a as usize].needs;
    for line in lines {
        let rooms: Vec<u32> = needs(line).iter().map(|n| room_of[n.resource.index()]).collect();
        if let Some(least) = rooms.iter().min().copied() {
            for room in room_of.iter_mut().filter(|r| rooms.contains(r)) {
                *room = least;
            }
        }
    }
    let mut rooms = vec![Vec::new(); station.resources.len()];
    for (l, line) in lines.iter().enumerate() {
        if let Some(first) = needs(line).first() {
            rooms[room_of[first.resource.index()] as usize].push(l as u32);
        }
    }
    (rooms, room_of)
}

/// Whether a need is kept beyond its own activity.
fn outlasts(kept: Kept) -> bool {
    kept != Kept::ForItself
}
