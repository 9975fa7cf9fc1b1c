//! What hinders trains in one replication: late entries, failures, dead contact lines, each drawn by its address.

use std::sync::Arc;
use yalu_model::{Corridor, CutWhen, EntryDelay, FailureWhen, LocomotiveFailure};
use yalu_plan::{Draw, Line, LineKind, LineTimes, Plan, Restriction, StretchId, cut_stretches, joined, touching};
use yalu_units::{Idx, Instant, Span, Stream, address};

/// Seconds of a mean year, for rates of power cuts.
const YEAR_S: f64 = 365.25 * 86_400.0;

/// What hinders trains in one replication.
pub(crate) struct Hindrance<'a> {
    c: &'a Corridor,
    draw: Draw,
    failures: &'a [LocomotiveFailure],
    delays: &'a [EntryDelay],
    /// When the contact line is dead, by stretch.
    dead: Vec<Vec<(Instant, Instant)>>,
    any: bool,
    /// Trains so far by service, then by row of other traffic: as written, and back.
    serials: Vec<[u32; 2]>,
    /// Dated failures that have happened.
    happened: Vec<bool>,
}

impl<'a> Hindrance<'a> {
    pub fn new(c: &'a Corridor, plan: &Plan, draw: Draw) -> Self {
        let d = &c.line.disturbances;
        let mut dead: Vec<Vec<(Instant, Instant)>> = vec![Vec::new(); plan.stretches.len()];
        for cut in &d.power_cuts {
            let windows = match &cut.when {
                CutWhen::Dated(windows) => windows.clone(),
                CutWhen::Rate(per_year, hours) => {
                    random_cuts(c, draw, &cut.id, draw.value(per_year), |u| hours.dist.at(u))
                }
            };
            for s in cut_stretches(cut, &plan.stretches) {
                dead[s.index()].extend(&windows);
            }
        }
        let dead: Vec<_> = dead.into_iter().map(joined).collect();
        Self {
            c,
            draw,
            failures: &d.failures,
            delays: &d.entry_delays,
            any: !d.failures.is_empty() || dead.iter().any(|w| !w.is_empty()),
            dead,
            serials: vec![[0; 2]; c.trains.services.len() + c.line.traffic.len()],
            happened: vec![false; d.failures.len()],
        }
    }

    /// Whether anything can hold a train on the open line.
    pub fn any(&self) -> bool {
        self.any
    }

    fn place(&self, line: &Line) -> usize {
        match line.kind {
            LineKind::Service(s) => s.index(),
            LineKind::Traffic(row) => self.c.trains.services.len() + row as usize,
        }
    }
    fn name(&self, line: &Line) -> &'a str {
        match line.kind {
            LineKind::Service(s) => &self.c.trains.services[s].id,
            LineKind::Traffic(row) => &self.c.line.traffic[row as usize].id,
        }
    }
    fn stream(&self, purpose: &str, id: &str, line: &Line, word: u64) -> Stream {
        let way = if line.forward { "out" } else { "back" };
        self.draw.key().stream(address(&[purpose, id, self.name(line), way]), word)
    }

    /// Trains so far, by service and then by row of other traffic: as written, and back.
    pub fn serials(&self) -> &[[u32; 2]] {
        &self.serials
    }

    /// The number of a new train among those of its service.
    pub fn serial(&mut self, line: &Line) -> u32 {
        let place = self.place(line);
        let count = &mut self.serials[place][usize::from(!line.forward)];
        *count += 1;
        *count - 1
    }

    /// How late the next train of a line is ready.
    pub fn entry_delay(&self, line: &Line) -> Span {
        let mut late = Span(0);
        for d in self.delays {
            let hits = match (d.service, line.kind) {
                (None, _) => true,
                (Some(s), LineKind::Service(own)) => s == own,
                (Some(_), LineKind::Traffic(_)) => false,
            };
            if hits {
                let word = u64::from(self.serials[self.place(line)][usize::from(!line.forward)]) * 4;
                let mut stream = self.stream("late entry", &d.id, line, word);
                if stream.unit() < self.draw.value(&d.share) {
                    late += Span::from_seconds(d.minutes.dist.at(stream.unit()) * 60.0);
                }
            }
        }
        late
    }

    /// How long a train's locomotive stands failed on a leg.
    pub fn failure(&self, line: &Line, leg: usize, serial: u32, enter: Instant) -> Span {
        let mut held = Span(0);
        for (i, f) in self.failures.iter().enumerate() {
            let word = (u64::from(serial) * 256 + leg as u64) * 4;
            let minutes = |u: f64| Span::from_seconds(f.minutes.dist.at(u) * 60.0);
            match &f.when {
                FailureWhen::Rate(per_million_km, class) => {
                    if class.is_some_and(|id| self.c.trains.locomotives[id].id != line.consist.locomotive_id()) {
                        continue;
                    }
                    let km = (line.chainage_m[leg + 1] - line.chainage_m[leg]) / 1000.0;
                    let mut stream = self.stream("failure", &f.id, line, word);
                    if stream.unit() < self.draw.value(per_million_km) * km / 1e6 {
                        held += minutes(stream.unit());
                    }
                }
                FailureWhen::Dated(service, after, from) => {
                    let here = line.kind == LineKind::Service(*service) && line.points[leg] == *after;
                    if here && enter >= *from && !self.happened[i] {
                        held += minutes(self.stream("failure", &f.id, line, word).unit());
                    }
                }
            }
        }
        held
    }

    /// Notes that a train was held on a leg, so that a dated failure happens once.
    pub fn note(&mut self, line: &Line, leg: usize, enter: Instant) {
        for (i, f) in self.failures.iter().enumerate() {
            if let FailureWhen::Dated(service, after, from) = &f.when
                && line.kind == LineKind::Service(*service)
                && line.points[leg] == *after
                && enter >= *from
            {
                self.happened[i] = true;
            }
        }
    }

    /// The first time a stretch is dead that touches a time.
    pub fn dead(&self, stretch: StretchId, from: Instant, to: Instant) -> Option<(Instant, Instant)> {
        touching(&self.dead[stretch.index()], from, to)
    }

    /// Times of a line under restrictions of speed.
    pub fn restricted(&self, line: &Line, all: &[Restriction], active: &[u16]) -> Option<Arc<LineTimes>> {
        line.restricted(self.c, all, active)
    }

    /// Times of a train with a load of its own.
    pub fn own(&self, line: &Line, all: &[Restriction], active: &[u16], load_t: f64) -> Option<Arc<LineTimes>> {
        let of: Vec<&Restriction> = active.iter().filter_map(|i| all.get(usize::from(*i))).collect();
        line.own_times(self.c, &of, Some(load_t)).ok().map(Arc::new)
    }
}

/// Power cuts at random: exponential times between them, each of hours drawn.
fn random_cuts(
    c: &Corridor,
    draw: Draw,
    id: &str,
    per_year: f64,
    hours: impl Fn(f64) -> f64,
) -> Vec<(Instant, Instant)> {
    let mut out = Vec::new();
    if per_year <= 0.0 {
        return out;
    }
    let mut stream = draw.key().stream(address(&["power cut", id]), 0);
    let mut at = c.horizon.from;
    loop {
        let wait = -libm::log(1.0 - stream.unit()) * YEAR_S / per_year;
        let long = Span::from_seconds(hours(stream.unit()) * 3600.0);
        at = at + Span::from_seconds(wait);
        if at >= c.horizon.to {
            return out;
        }
        out.push((at, at + long));
        at = at + long;
    }
}
