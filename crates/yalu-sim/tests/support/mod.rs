//! Small corridors of a line alone, from a line of text, and their runs.
#![allow(dead_code)]
use std::sync::OnceLock;
use yalu_check::check;
use yalu_model::{
    Basis, Corridor, Crossing, Dist, Every, Mode, PointId, Quantity, Regime, Section, Service, State, Stop,
};
use yalu_plan::{Draw, Plan, compile};
use yalu_scenario::{Folder, load, render};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::{PointTime, Trace};
use yalu_units::{IndexVec, Instant, Span};

/// Service braking of all trains, m/s².
pub const BRAKING: f64 = 0.30;

/// A value of its own.
pub fn fixed(path: &str, value: f64) -> Quantity {
    Quantity::assumed(path, value, "test")
}

/// Two points, a section, and the train of job R1: what other corridors are made of.
fn base() -> &'static Corridor {
    static BASE: OnceLock<Corridor> = OnceLock::new();
    BASE.get_or_init(|| {
        let folder = "../../scenarios/job-r1/";
        let read = |name: &str| std::fs::read(format!("{folder}{name}")).expect("job R1");
        let names =
            ["scenario.toml", "rolling_stock.toml", "services.toml", "network/points.csv", "network/sections.csv"];
        let files = names.iter().map(|n| ((*n).to_owned(), read(n))).collect();
        let loaded = load(&Folder { files, ..Folder::default() }, &[]);
        loaded.corridor.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)))
    })
}

/// The corridor of job R1 for some days.
pub fn job_r1(days: i64) -> Corridor {
    let mut c = base().clone();
    c.horizon.to = c.horizon.from + Span::days(days);
    c
}

/// A corridor of a day without trains: points and the kilometres between them, as `A=900,900 10 L=600,300! 12x2b3 B=900`.
///
/// After `=` stand the lengths of a point's tracks, metres; `!` forbids entries at the same time. After kilometres
/// `x2` is double track, `b3` three blocks, `v40` 40 km/h.
pub fn line(text: &str) -> Corridor {
    let mut c = job_r1(1);
    c.line.points = IndexVec::new();
    c.line.sections = IndexVec::new();
    c.trains.services = IndexVec::new();
    add_line(&mut c, text);
    c
}

/// More points and sections; points that exist are named alone.
pub fn add_line(c: &mut Corridor, text: &str) {
    let (mut before, mut way): (Option<PointId>, &str) = (None, "");
    for word in text.split_whitespace() {
        if word.starts_with(|x: char| x.is_ascii_digit()) {
            way = word;
            continue;
        }
        let (name, tracks) = word.split_once('=').unwrap_or((word, ""));
        let known = c.line.points.enumerated().find(|(_, p)| p.id == name).map(|(id, _)| id);
        let id = known.unwrap_or_else(|| {
            let mut p = base().line.points[PointId(0)].clone();
            p.simultaneous_entry = !tracks.ends_with('!');
            let lengths = tracks.trim_end_matches('!').split(',').filter(|x| !x.is_empty());
            p.track_lengths_m = lengths.map(|m| fixed("track", m.parse().expect("metres"))).collect();
            name.clone_into(&mut p.id);
            c.line.points.push(p)
        });
        if let Some(from) = before {
            let part = |key: char| {
                way.split_once(key).map(|(_, rest)| {
                    let end = rest.find(|x: char| !x.is_ascii_digit() && x != '.').unwrap_or(rest.len());
                    rest[..end].parse::<f64>().expect("a number")
                })
            };
            let km: f64 = way[..way.find(['x', 'b', 'v']).unwrap_or(way.len())].parse().expect("kilometres");
            c.line.sections.push(section(&format!("{}-{name}", c.line.points[from].id), from, id, km * 1000.0));
            let s = c.line.sections.iter_mut().last().expect("a section");
            s.tracks = part('x').unwrap_or(1.0) as u8;
            s.blocks = part('b').unwrap_or(1.0) as u32;
            s.speed_kmh = fixed("speed", part('v').unwrap_or(80.0));
        }
        before = Some(id);
    }
}

/// A level section of single track for 80 km/h.
pub fn section(id: &str, from: PointId, to: PointId, length_m: f64) -> Section {
    let s = base().line.sections.iter().next().expect("a section").clone();
    Section {
        id: id.into(),
        from,
        to,
        length_m: fixed("length", length_m),
        gradient_permille: fixed("gradient", 0.0),
        ..s
    }
}

pub fn point(c: &Corridor, name: &str) -> PointId {
    c.line.points.enumerated().find(|(_, p)| p.id == name).map(|(id, _)| id).expect("a point of this name")
}

/// When the trains of a service are due: first second, seconds between, number.
pub type Due = (u32, u32, u32);

/// A service, its way as `A J:5 D:20r B`: stops with their least minutes, `r` where it reverses.
pub fn trains<'c>(c: &'c mut Corridor, id: &str, way: &str, wagons: u32, due: Due) -> &'c mut Service {
    let words: Vec<&str> = way.split_whitespace().collect();
    let stop = |w: &&str| {
        let (name, minutes) = w.split_once(':').expect("a stop with minutes");
        Stop {
            point: point(c, name),
            minutes: fixed("minutes", minutes.trim_end_matches('r').parse().expect("minutes")),
            reverses: minutes.ends_with('r'),
        }
    };
    let s = Service {
        id: id.into(),
        from: point(c, words[0]),
        to: point(c, words[words.len() - 1]),
        stops: words[1..words.len() - 1].iter().map(stop).collect(),
        max_wagons: fixed("wagons", f64::from(wagons)),
        every: Some(Every { first_s: due.0, every_s: due.1, trains: Some(due.2) }),
        ..base().trains.services.iter().next().expect("a service").clone()
    };
    c.trains.services.push(s);
    c.trains.services.iter_mut().last().expect("a service")
}

/// Makes some points another country, the border to it shut for the first day of a horizon; tells when it opens.
///
/// Services that go over the border do so by its crossing.
pub fn shut_for_a_day(c: &mut Corridor, beyond: &[PointId], horizon: Span) -> Instant {
    c.horizon.to = c.horizon.from + horizon;
    for p in beyond {
        c.line.points[*p].country = "BB".into();
    }
    let (title, id, colour) = ("Bridge".to_owned(), "RAIL".to_owned(), "rail".to_owned());
    let crossing =
        c.border.crossings.push(Crossing { id, title, mode: Mode::Rail, position: None, colour, trade_share: None });
    let opens = c.horizon.from + Span::days(1);
    for (from, to, state) in [(c.horizon.from, opens, State::Suspended), (opens, c.horizon.to, State::Open)] {
        c.border.regimes.push(Regime {
            crossing,
            from,
            to,
            state,
            start_uncertainty_days: 0.0,
            trains_per_day: None,
            wagons_per_train: None,
            capacity_share: None,
            hold_days: None,
            restrictions: Vec::new(),
            wagons_per_day: None,
            notice_days: None,
            ramp_days: None,
            bans: Vec::new(),
            allotment: None,
            confidence: "high".into(),
            start_basis: String::new(),
            reasoning: String::new(),
            basis: Basis::Unstated,
        });
    }
    for s in &mut c.trains.services {
        let mut way = [s.from, s.to].into_iter().chain(s.stops.iter().map(|x| x.point));
        let home = beyond.contains(&s.from);
        if way.any(|p| beyond.contains(&p) != home) {
            s.crossing = Some(crossing);
        }
    }
    opens
}

/// A simulated corridor.
pub struct Ran {
    pub plan: Plan,
    pub out: Outcome,
    pub trace: Trace,
}

/// Simulates the central run: no deadlock, nothing broken, the same twice.
pub fn run(c: &Corridor) -> Ran {
    run_as(c, Draw::central(1))
}

pub fn run_as(c: &Corridor, draw: Draw) -> Ran {
    let plan = compile(c, c.horizon.from).expect("it compiles");
    let (out, trace) = simulate(c, &plan, draw, Recorded::Trains);
    let trace = trace.expect("a trace");
    assert_eq!(out.deadlocks, 0, "trains that can never move again");
    assert_eq!(check(c, &trace), []);
    assert_eq!(out, simulate(c, &plan, draw, Recorded::Nothing).0, "the same twice");
    Ran { plan, out, trace }
}

impl Ran {
    /// Times of the trains of a service, in the order of their schedule.
    pub fn of(&self, c: &Corridor, id: &str) -> Vec<&[PointTime]> {
        let service = c.trains.services.iter().position(|s| s.id == id).expect("a service") as u32;
        let mut runs: Vec<_> = self.trace.trains.iter().filter(|t| t.line == service).collect();
        runs.sort_by_key(|t| (t.scheduled, t.ready));
        runs.into_iter().map(|t| self.trace.times_of(t)).collect()
    }
    /// Least running times of a service from a stand to a later one: passing, stopping.
    pub fn least(&self, c: &Corridor, id: &str, from: usize, to: usize) -> (Span, Span) {
        let service = c.trains.services.iter().position(|s| s.id == id).expect("a service");
        let of = |k| matches!(k, yalu_plan::LineKind::Service(s) if s.0 as usize == service);
        let l = self.plan.lines.iter().find(|l| of(l.kind) && l.forward).expect("its line");
        let t = l.times.at(from, to);
        (Span(t.pass_ms), Span(t.stop_ms))
    }
    /// Checks that so many trains of a service have arrived.
    pub fn arrived(&self, c: &Corridor, id: &str, number: usize) {
        assert_eq!(self.of(c, id).len(), number, "trains of {id} that arrived");
    }
}

/// From the begin of a train's run to its end.
pub fn took(times: &[PointTime]) -> Span {
    last(times).arrive - times[0].depart
}

pub fn last(times: &[PointTime]) -> &PointTime {
    times.last().expect("a point")
}

/// Milliseconds since the begin of the horizon.
pub fn since(c: &Corridor, at: Instant) -> Span {
    at - c.horizon.from
}

/// The same value each time: for distributions.
pub fn uniform(path: &str, low: f64, high: f64) -> Quantity {
    Quantity { dist: Dist::Uniform(low, high), ..fixed(path, 0.0) }
}
