//! Random small lines with their trains, as data; what goes wrong on one, and the least case of it.
#![allow(dead_code)]
use crate::support::{fixed, line, section, trains, uniform};
use yalu_check::check;
use yalu_model::{
    Corridor, CutWhen, EntryDelay, FailureWhen, LocomotiveFailure, PointId, Possession, PowerCut, SectionId,
    SpeedRestriction, Supply,
};
use yalu_plan::{Draw, PlanError, compile};
use yalu_sim::{Recorded, simulate};
use yalu_units::{Idx, Instant, Span, Stream, StreamKey, address};

/// A line with its trains.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub stations: Vec<Station>,
    /// Between stations; the last leads from `branch_at` to the last station where there is a branch, or closes a ring.
    pub ways: Vec<Way>,
    /// The last way leads from the last station to the first.
    pub ring: bool,
    /// The last station is the dead end of a branch from this one.
    pub branch_at: Option<usize>,
    pub services: Vec<Service>,
    pub route_setting_s: u32,
    pub apart_s: u32,
    pub into_yard_s: u32,
    pub possessions: Vec<(usize, u8, u32, u32)>,
    /// Way, from and to in seconds, km/h.
    pub restrictions: Vec<(usize, u32, u32, u32)>,
    pub late_minutes: u32,
    pub failures_per_million_km: u32,
    pub dead: Option<(usize, u32, u32)>,
    /// Way that leads over a border which is shut for the first day.
    pub shut: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    pub tracks_m: Vec<u32>,
    pub simultaneous: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    pub length_m: u32,
    pub tracks: u8,
    pub blocks: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub from: usize,
    pub to: usize,
    /// Station, minutes, whether it reverses.
    pub stops: Vec<(usize, u32, bool)>,
    pub wagons: u32,
    pub priority: i32,
    pub first_s: u32,
    pub every_s: u32,
    pub trains: u32,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ended {
    pub trains: u64,
    pub outside: u64,
    pub events: u64,
    pub refused: u64,
    pub beyond_window: u64,
    /// Stands on the open line before a station.
    pub queued: u64,
    /// Longest wait of a train from ready to its end beyond its least run.
    pub longest_wait: Span,
}

struct Dice(Stream);

impl Dice {
    /// 0 to n - 1.
    fn of(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }
    fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.0.below(u64::from(high - low + 1)) as u32
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.0.below(n) == 0
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.of(from.len())]
    }
}

/// The case of a number.
pub fn case(number: u64) -> Case {
    let key = StreamKey { seed: number, replication: 0 };
    let d = &mut Dice(key.stream(address(&["random line"]), 0));
    let main = 2 + d.of(5);
    let lengths = [900, 900, 600, 350, 200];
    let station = |d: &mut Dice, end: bool| {
        let least = if end && !d.one_in(3) { 2 } else { 1 };
        let tracks = d.between(least, 3);
        Station { tracks_m: (0..tracks).map(|_| d.pick(&lengths)).collect(), simultaneous: !d.one_in(3) }
    };
    let way = |d: &mut Dice| Way {
        length_m: d.between(8, 80) * 150,
        tracks: if d.one_in(4) { 2 } else { 1 },
        blocks: if d.one_in(2) { 1 } else { d.between(2, 3) },
    };
    let mut stations: Vec<Station> = (0..main).map(|i| station(d, i == 0 || i + 1 == main)).collect();
    let mut ways: Vec<Way> = (1..main).map(|_| way(d)).collect();
    let branch_at = (main > 2 && d.one_in(4)).then(|| 1 + d.of(main - 2));
    if branch_at.is_some() {
        stations.push(station(d, true));
        ways.push(way(d));
    }
    let n = stations.len();
    let services = (0..d.between(1, 4)).map(|i| service(d, &stations, main, branch_at, i)).collect();
    let time = |d: &mut Dice| {
        let from = d.between(0, 8 * 3600);
        (from, from + d.between(600, 3 * 3600))
    };
    let possessions = (0..d.pick(&[0, 0, 0, 1, 2])).map(|_| {
        let (w, (a, b)) = (d.of(n - 1), time(d));
        (w, d.pick(&[1, 2]).min(ways[w].tracks), a, b)
    });
    let possessions = possessions.collect();
    let restrictions = (0..d.pick(&[0, 0, 0, 1])).map(|_| {
        let (w, (a, b)) = (d.of(n - 1), time(d));
        (w, a, b, d.pick(&[20, 40]))
    });
    Case {
        restrictions: restrictions.collect(),
        services,
        possessions,
        route_setting_s: d.pick(&[0, 0, 30, 120]),
        apart_s: d.pick(&[0, 60, 240]),
        into_yard_s: d.pick(&[0, 300, 900]),
        late_minutes: d.pick(&[0, 0, 0, 40]),
        failures_per_million_km: d.pick(&[0, 0, 0, 3_000]),
        dead: d.one_in(8).then(|| (d.of(n - 1), time(d))).map(|(w, (a, b))| (w, a, b)),
        shut: (branch_at.is_none() && d.one_in(6)).then(|| d.of(n - 1)),
        stations,
        ways,
        ring: false,
        branch_at,
    }
}

/// The case of a number with more double track, more blocks and more trains, on a chain, a branch or a ring.
pub fn dense(number: u64) -> Case {
    let mut x = case(number);
    let key = StreamKey { seed: number, replication: 0 };
    let d = &mut Dice(key.stream(address(&["dense line"]), 0));
    x.ring = x.branch_at.is_none() && x.shut.is_none() && x.stations.len() > 2 && d.one_in(3);
    if x.ring {
        x.ways.push(Way { length_m: d.between(8, 80) * 150, tracks: 1, blocks: 1 });
    }
    for w in &mut x.ways {
        if !d.one_in(3) {
            (w.tracks, w.blocks, w.length_m) = (2, d.between(3, 9), w.length_m + d.between(0, 60) * 150);
        }
    }
    for s in &mut x.services {
        s.trains += d.between(0, 9);
    }
    x
}

fn service(d: &mut Dice, stations: &[Station], main: usize, branch_at: Option<usize>, i: u32) -> Service {
    // The first two run from both ends; bursts come at once.
    let (mut from, mut to) = if i.is_multiple_of(2) { (0, main - 1) } else { (main - 1, 0) };
    if i > 1 && main > 2 && d.one_in(2) {
        from = d.of(main);
        to = (from + 1 + d.of(main - 1)) % main;
    }
    let mut stops: Vec<(usize, u32, bool)> = Vec::new();
    match (branch_at, d.of(4)) {
        (Some(j), 0) => {
            to = stations.len() - 1;
            if from == j {
                from = 0;
            }
        }
        // Into the branch and out again.
        (Some(_), 1) => stops.push((stations.len() - 1, d.between(5, 30), true)),
        // There and back.
        (_, 2) => {
            stops.push((to, d.between(5, 40), true));
            to = from;
        }
        _ => {}
    }
    let (low, high) = (from.min(to), from.max(to));
    if stops.is_empty() && high > low + 1 && high < main && d.one_in(3) {
        stops.push((low + 1 + d.of(high - low - 1), d.between(1, 30), false));
    }
    let longest = |s: usize| stations[s].tracks_m.iter().copied().max().unwrap_or(0);
    let most = stops.iter().map(|s| longest(s.0) / 14).min().unwrap_or(60);
    Service {
        from,
        to,
        stops,
        wagons: d.pick(&[5, 12, 20, 30, 50]).min(most),
        priority: d.pick(&[0, 0, 3, 8]),
        first_s: d.between(0, 3600),
        every_s: d.pick(&[60, 300, 900, 2400]),
        trains: d.between(1, 7),
    }
}

/// The corridor of a case.
pub fn corridor(x: &Case) -> Corridor {
    let mut c = line("");
    let words: Vec<String> = x.stations.iter().enumerate().map(|(i, s)| word(i, s)).collect();
    // Points alone: their sections follow as data.
    for w in &words {
        crate::support::add_line(&mut c, w);
    }
    let main = x.stations.len() - usize::from(x.branch_at.is_some());
    for (i, w) in x.ways.iter().enumerate() {
        let last = x.stations.len() - 1;
        let (a, b) = if i + 1 < main { (i, i + 1) } else { (x.branch_at.unwrap_or(0), last) };
        let mut s = section(&format!("W{i}"), PointId::new(a), PointId::new(b), f64::from(w.length_m));
        (s.tracks, s.blocks) = (w.tracks, w.blocks);
        c.line.sections.push(s);
    }
    for (i, s) in x.services.iter().enumerate() {
        let stop = |(p, min, reverses): &(usize, u32, bool)| format!("P{p}:{min}{}", if *reverses { "r" } else { "" });
        let stops: Vec<String> = s.stops.iter().map(stop).collect();
        let way = format!("P{} {} P{}", s.from, stops.join(" "), s.to);
        trains(&mut c, &format!("s{i}"), &way, s.wagons, (s.first_s, s.every_s, s.trains)).priority = s.priority;
    }
    c.line.operation.route_setting_s = fixed("setting", f64::from(x.route_setting_s));
    c.line.operation.non_simultaneous_s = fixed("apart", f64::from(x.apart_s));
    c.line.operation.into_yard_s = fixed("into yard", f64::from(x.into_yard_s));
    if let Some(w) = x.shut {
        let beyond: Vec<PointId> = (w + 1..x.stations.len()).map(PointId::new).collect();
        crate::support::shut_for_a_day(&mut c, &beyond, Span::days(2));
    }
    let at = |s: u32| c.horizon.from + Span::seconds(i64::from(s));
    let d = &mut c.line.disturbances;
    for (i, &(w, tracks, from, to)) in x.possessions.iter().enumerate() {
        let (section, windows) = (SectionId::new(w), vec![(at(from), at(to))]);
        d.possessions.push(Possession { id: format!("p{i}"), section, tracks, windows });
    }
    for (i, &(w, from, to, kmh)) in x.restrictions.iter().enumerate() {
        d.restrictions.push(SpeedRestriction {
            id: format!("v{i}"),
            section: SectionId::new(w),
            from_m: 100.0,
            to_m: 900.0,
            speed_kmh: f64::from(kmh),
            period: (at(from), at(to)),
        });
    }
    if x.late_minutes > 0 {
        let minutes = uniform("late", 0.0, f64::from(x.late_minutes));
        d.entry_delays.push(EntryDelay { id: "late".into(), service: None, share: fixed("share", 0.5), minutes });
    }
    if x.failures_per_million_km > 0 {
        let rate = fixed("rate", f64::from(x.failures_per_million_km));
        let (when, minutes) = (FailureWhen::Rate(rate, None), uniform("minutes", 5.0, 60.0));
        d.failures.push(LocomotiveFailure { id: "fails".into(), when, minutes });
    }
    if let Some((w, from, to)) = x.dead {
        let when = CutWhen::Dated(vec![(at(from), at(to))]);
        d.power_cuts.push(PowerCut { id: "dead".into(), sections: vec![SectionId::new(w)], when });
        c.trains.locomotives.iter_mut().for_each(|l| l.supply = Supply::Electric);
    }
    c
}

fn word(i: usize, s: &Station) -> String {
    let tracks: Vec<String> = s.tracks_m.iter().map(ToString::to_string).collect();
    format!("P{i}={}{}", tracks.join(","), if s.simultaneous { "" } else { "!" })
}

/// Runs a case; tells what is wrong.
pub fn run(x: &Case) -> Result<Ended, String> {
    let c = corridor(x);
    let plan = match compile(&c, c.horizon.from) {
        Ok(plan) => plan,
        // A branch with a station that cannot be reached without reversing where none is planned.
        Err(PlanError::Reversal { .. } | PlanError::NoPath { .. }) => return Ok(Ended::default()),
        Err(e) => return Err(format!("does not compile: {e}")),
    };
    let (out, trace) = simulate(&c, &plan, Draw::central(1), Recorded::Trains);
    let trace = trace.ok_or("no trace")?;
    if out.deadlocks > 0 {
        return Err(format!("{} trains can never move again", out.deadlocks));
    }
    if let Some(v) = check(&c, &trace).first() {
        return Err(format!("{}: {v}", v.code()));
    }
    if simulate(&c, &plan, Draw::central(1), Recorded::Nothing).0 != out {
        return Err("not the same twice".into());
    }
    let asked: u64 = out.asked.iter().flatten().map(|n| u64::from(*n)).sum();
    let wanted: u64 = x.services.iter().map(|s| u64::from(s.trains)).sum();
    let arrived = trace.trains.len() as u64;
    if asked != wanted || arrived + out.waiting_to_enter != asked {
        return Err(format!("{wanted} due, {asked} asked, {arrived} arrived, {} outside", out.waiting_to_enter));
    }
    let wait = |t: &yalu_trace::TrainRun| {
        let end = trace.times_of(t).last().map_or(Instant::NEVER, |e| e.arrive);
        (end - t.ready) - (t.due - t.scheduled)
    };
    Ok(Ended {
        trains: arrived,
        outside: out.waiting_to_enter,
        events: out.events,
        refused: out.refused_for_safety,
        beyond_window: out.refused_beyond_window,
        queued: trace.open_line_stops.iter().filter(|s| s.cause == yalu_trace::Cause::StationFull).count() as u64,
        longest_wait: trace.trains.iter().map(wait).max().unwrap_or_default(),
    })
}

/// Runs a case; a panic is wrong too.
pub fn tried(x: &Case) -> Result<Ended, String> {
    let panic = |e: Box<dyn std::any::Any + Send>| e.downcast_ref::<String>().cloned().unwrap_or("a panic".into());
    std::panic::catch_unwind(|| run(x)).unwrap_or_else(|e| Err(panic(e)))
}

/// The least case found that still goes wrong.
pub fn shrunk(mut x: Case) -> Case {
    while let Some(less) = smaller(&x).into_iter().find(|y| *y != x && tried(y).is_err()) {
        x = less;
    }
    x
}

/// Cases with a little less.
fn smaller(x: &Case) -> Vec<Case> {
    let mut out = Vec::new();
    let mut with = |change: &dyn Fn(&mut Case)| {
        let mut y = x.clone();
        change(&mut y);
        out.push(y);
    };
    for i in 0..x.services.len() {
        with(&|y| {
            y.services.remove(i);
        });
        with(&|y| y.services[i].trains = (y.services[i].trains / 2).max(1));
        with(&|y| y.services[i].trains = (y.services[i].trains - 1).max(1));
        with(&|y| y.services[i].stops.clear());
        with(&|y| y.services[i].priority = 0);
        with(&|y| y.services[i].first_s = 0);
        with(&|y| y.services[i].wagons = 5);
    }
    for i in 0..x.possessions.len() {
        with(&|y| {
            y.possessions.remove(i);
        });
    }
    with(&|y| y.restrictions.clear());
    with(&|y| y.dead = None);
    with(&|y| y.shut = None);
    with(&|y| y.late_minutes = 0);
    with(&|y| y.failures_per_million_km = 0);
    with(&|y| y.route_setting_s = 0);
    with(&|y| y.apart_s = 0);
    with(&|y| y.into_yard_s = 0);
    for i in 0..x.ways.len() {
        with(&|y| y.ways[i].blocks = 1);
        with(&|y| y.ways[i].tracks = 1);
        with(&|y| y.ways[i].length_m = 3_000);
    }
    for i in 0..x.stations.len() {
        with(&|y| y.stations[i].simultaneous = true);
        if x.stations[i].tracks_m.len() > 1 {
            with(&|y| {
                y.stations[i].tracks_m.pop();
            });
        }
        with(&|y| y.stations[i].tracks_m.fill(900));
    }
    // A shrunk case must be of the same kind: one that does not compile tells nothing.
    out.retain(|y| compile(&corridor(y), corridor(y).horizon.from).is_ok());
    out
}
