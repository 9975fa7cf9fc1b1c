//! The world of one replication: all rooms and the loop that hands out events.

mod days;
mod trains;

use crate::books::{Books, MonthOutcome};
use crate::border::Stations;
use crate::gates::{Gate, Gates};
use crate::kernel::{Agenda, Event};
use crate::lots::Lots;
use crate::movement::Movement;
use crate::ports::Ports;
use crate::rail::{Chain, Way};
use crate::roads::Road;
use yalu_model::{Corridor, Direction, RouteId};
use yalu_plan::{BorderPlan, Draw, LineKind, Plan};
use yalu_regime::{Dates, Regimes};
use yalu_trace::{Standing, Trace};
use yalu_trade::habits::to_new_year;
use yalu_trade::habits_of;
use yalu_trade::shippers::{Offer, Policy, Shippers, Terms};
use yalu_units::{Idx, IndexVec, Instant, Mass, Span};

/// Time after the horizon in which trains still under way end their runs.
const DRAIN: Span = Span::days(60);

/// A reopening of a route and how its backlog went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Index of the route.
    pub route: u32,
    /// First day it ran again.
    pub from: Instant,
    /// Most tonnes that waited for it since, while not cleared.
    pub peak: Mass,
    /// Days until no more waited than a day's capacity takes; none if it shut or the horizon ended before.
    pub days_to_clear: Option<u32>,
}

/// What one replication comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Months of the horizon.
    pub months: Vec<MonthOutcome>,
    /// Reopenings in order.
    pub reopenings: Vec<Reopening>,
    /// Tonnes waiting over all routes at the end of each day of the reported period.
    pub waiting_t: Vec<f32>,
    /// Tonnes on the way to where they wait to cross at the end of each day told.
    pub approaching_t: Vec<f32>,
    /// Tonnes that buyers keep to ask for again at the end of each day told.
    pub postponed_t: Vec<f32>,
    /// Loaded trains that wait to cross, by route (none but rail) and day of the reported period.
    pub standing: Vec<Vec<Standing>>,
    /// Trains that could never move again.
    pub deadlocks: u64,
    /// Trains still in their yards at the end, waiting for a way onto the line.
    pub waiting_to_enter: u64,
    /// Moves refused because they could have led to a deadlock.
    pub refused_for_safety: u64,
    /// Of these, moves refused because the exact search ended before it knew.
    pub refused_beyond_window: u64,
    /// Trains asked for, by service and then by row of other traffic: as written, and back. A run that is not recorded asks for none
    /// of a row that stands apart from all services ([`Plan::apart`]).
    pub asked: Vec<[u32; 2]>,
    /// Events handled.
    pub events: u64,
}

/// What a run keeps beside its outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// Nothing.
    Nothing,
    /// The books of goods and wagons, day by day: what pairs of runs are compared by.
    Books,
    /// All that happened, train by train.
    Trains,
}

impl Recorded {
    /// Whether the books are kept.
    pub(crate) fn books(self) -> bool {
        self != Recorded::Nothing
    }
    /// Whether each train is.
    pub(crate) fn trains(self) -> bool {
        self == Recorded::Trains
    }
}

/// Everything of one replication.
pub(crate) struct World<'a> {
    pub c: &'a Corridor,
    pub plan: &'a Plan,
    pub draw: Draw,
    pub recorded: Recorded,
    /// Rows of other traffic left out: where trains are not recorded, none is asked for that meets none of the others.
    apart: Vec<bool>,
    pub agenda: Agenda,
    pub movement: Movement<'a>,
    pub gates: Gates,
    pub regimes: Regimes<'a>,
    pub border: Stations<'a>,
    pub shippers: Shippers,
    pub lots: Lots,
    /// Of each day of the plan, the days until the New Year.
    to_new_year: Vec<Option<i16>>,
    pub books: Books,
    pub chains: Vec<Option<Chain>>,
    pub roads: Vec<Option<Road>>,
    pub ports: Ports,
    pub batches: Vec<crate::roads::Batch>,
    pub ways: Vec<Way>,
    pub turn_after: Vec<Span>,
    policy: Policy,
    /// When a regime begins or ends.
    changes: Vec<Instant>,
    /// Most days ahead that a change of regime is known.
    known_ahead_days: usize,
    /// The last day whose turns are on the agenda.
    turning: usize,
    pub trace: Trace,
    out: Outcome,
    pub offers: IndexVec<RouteId, Offer>,
    /// Trains with loads of their own so far, by service.
    loads: Vec<u32>,
    /// Per route today: trains, loaded and empty wagons that crossed.
    today: Vec<[u32; 3]>,
    open_reopening: Vec<Option<usize>>,
    was_running: Vec<bool>,
}

impl<'a> World<'a> {
    pub fn new(
        c: &'a Corridor,
        plan: &'a Plan,
        border: &'a BorderPlan,
        draw: Draw,
        recorded: Recorded,
        lookahead: bool,
        policy: Policy,
    ) -> Self {
        let border = Stations::new(c, border, draw, recorded.trains());
        let routes = c.trade.routes.len();
        let forward = c.trade.goods.iter().map(|g| g.direction == Direction::Forward).collect();
        let habits = habits_of(c, (!draw.is_central()).then(|| draw.key()));
        let terms = Terms::new(c, &habits, &policy, draw);
        let regimes = Regimes::new(c, &plan.days, draw, Dates::Widened, habits.of_capacity());
        let known_ahead_days = regimes.longest_notice_days(policy.foresight_days);
        let changes = regimes.changes();
        let chains: Vec<Option<Chain>> = c
            .trade
            .routes
            .iter()
            .zip(&border.plan.places)
            .map(|(r, places)| {
                let (rail, places) = r.rail.as_ref().zip(*places)?;
                Some(Chain::new(c, plan, places, r.exports(), rail, draw, habits.wagon_fill))
            })
            .collect();
        let trace = Trace {
            from: c.horizon.from,
            to: c.horizon.to,
            midnights: plan.days.iter().map(|d| d.start).chain([c.horizon.to]).collect(),
            fleet: chains
                .iter()
                .enumerate()
                .filter_map(|(r, x)| x.as_ref().map(|x| (r as u16, [x.stock, x.away])))
                .collect(),
            regimes: if recorded.trains() { regimes.told() } else { Vec::new() },
            stations: if recorded.trains() { border.sizes(&plan.hours) } else { Vec::new() },
            ..Trace::default()
        };
        Self {
            c,
            plan,
            draw,
            recorded,
            apart: if recorded.trains() { vec![false; c.line.traffic.len()] } else { plan.apart(c.line.traffic.len()) },
            agenda: Agenda::default(),
            movement: Movement::new(c, plan, draw, lookahead),
            gates: Gates { services: vec![Gate::FREE; c.trains.services.len()], day_end: c.horizon.from },
            regimes,
            border,
            lots: Lots::new(c, &terms, draw),
            shippers: Shippers::new(terms, &habits, policy, c.horizon.from),
            to_new_year: to_new_year(&c.about.countries, plan.days.iter().map(|d| d.date)),
            books: Books::new(forward, routes, plan.months.len(), recorded.books()),
            chains,
            roads: c.trade.routes.iter().map(|r| Road::new(r, draw)).collect(),
            ports: Ports::new(c, &habits),
            batches: Vec::new(),
            ways: Vec::new(),
            turn_after: c
                .trains
                .services
                .iter()
                .map(|s| s.turn.as_ref().map_or(Span(0), |t| Span::from_seconds(draw.value(&t.after_min) * 60.0)))
                .collect(),
            policy,
            changes,
            known_ahead_days,
            turning: usize::MAX,
            trace,
            out: Outcome { standing: vec![Vec::new(); routes], ..Outcome::default() },
            offers: c.trade.routes.iter().map(|_| Offer::default()).collect(),
            loads: vec![0; c.trains.services.len()],
            today: vec![[0; 3]; routes],
            open_reopening: vec![None; routes],
            was_running: vec![false; routes],
        }
    }

    pub fn run(mut self) -> (Outcome, Option<Trace>) {
        self.first_empties();
        self.agenda.at(self.c.horizon.from, Event::Midnight(0));
        let end = self.c.horizon.to + DRAIN;
        while let Some((now, event)) = self.agenda.next() {
            if now >= end {
                break;
            }
            // After the horizon only trains under way move, so that a train that never can is seen.
            let on_the_line = matches!(
                event,
                Event::Finish(_) | Event::Crosses(_) | Event::Decide(_) | Event::Try { .. } | Event::Midnight(_)
            );
            if now < self.c.horizon.to || on_the_line {
                self.handle(event, now);
                if self.border.has_told() {
                    self.border_told(now);
                }
            }
        }
        self.books.months.pop();
        self.out.months = std::mem::take(&mut self.books.months);
        self.out.deadlocks = self.movement.stuck();
        self.out.refused_for_safety = self.movement.refused_for_safety;
        self.out.asked = self.movement.asked().to_vec();
        self.out.refused_beyond_window = self.movement.refused_beyond_window;
        self.out.events = self.agenda.handled;
        let trace = self.recorded.books().then(|| Trace {
            goods: std::mem::take(&mut self.books.moves),
            refused_for_safety: self.out.refused_for_safety,
            deadlocks: self.out.deadlocks,
            events: self.out.events,
            ..std::mem::take(&mut self.trace)
        });
        (self.out, trace)
    }

    fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::Midnight(day) => self.midnight(day as usize, now),
            Event::Decide(train) => {
                let at = self.movement.decide(&mut self.agenda, &mut self.gates, now, train);
                self.will_cross(train, at, now);
            }
            Event::Try { train, count } => {
                let at = self.movement.try_to_go(&mut self.agenda, &mut self.gates, now, train, count);
                self.will_cross(train, at, now);
            }
            Event::Finish(train) => self.finish(train, now),
            Event::Crosses(train) => self.crosses(train, now),
            Event::Turn(day) => self.turns_change(day as usize, now),
            Event::Traffic { row, forward } => self.traffic(row, forward, now),
            Event::Slot { service, .. } => self.slot(usize::from(service), now),
            Event::TurnBack { service } => self.turn(usize::from(service), now),
            Event::Border => self.border_events(now),
            Event::Empties { route, far, wagons } => self.empties_ready(usize::from(route), far, wagons, now),
            Event::Dispatch(day) => self.dispatch(day as usize, now),
            Event::BatchArrives(b) => self.batch_arrives(b, now),
        }
    }
}

/// The most wagons a service has lines for.
pub(crate) fn most_wagons(plan: &Plan, service: usize) -> u32 {
    let own = plan.lines.iter().filter(|l| matches!(l.kind, LineKind::Service(s) if s.index() == service));
    own.map(|l| l.wagons).max().unwrap_or(0)
}

/// The first line of a service in a direction that takes so many wagons.
pub(crate) fn line_for(plan: &Plan, service: usize, forward: bool, loaded: bool, wagons: u32) -> Option<u32> {
    let of = |l: &&(usize, &yalu_plan::Line)| {
        matches!(l.1.kind, LineKind::Service(s) if s.index() == service)
            && l.1.forward == forward
            && l.1.loaded == loaded
            && l.1.wagons >= wagons
    };
    let lines: Vec<(usize, &yalu_plan::Line)> = plan.lines.iter().enumerate().collect();
    lines.iter().filter(of).min_by_key(|l| l.1.wagons).map(|l| l.0 as u32)
}
