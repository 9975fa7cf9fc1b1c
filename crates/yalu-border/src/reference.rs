//! Queues with a closed form, built from stations: what the engine is held to.

use crate::{
    Activity, Amount, Arrivals, BorderError, Calendar, Duration, Items, Kept, Layout, Link, Need, Network, Procedure,
    Record, Resolution, Resource, ResourceId, ResourceKind, Station, Subject, Track, Traffic, Way, run_alone,
};
use yalu_units::{IndexVec, Instant, Span, StreamKey};

/// Batches of customers by which standard errors are computed: long enough each that they hardly hang together.
const BATCHES: u64 = 50;
/// Tracks, so many that none waits for one.
const TRACKS: usize = 4_096;

/// A queue before equal servers, first come, first served.
#[derive(Clone, Debug)]
pub struct Queue {
    /// When customers come.
    pub arrivals: Arrivals,
    /// Wagons of each train; over 1, each wagon is a customer, served after the one before it.
    pub wagons: u32,
    /// Service of a customer.
    pub service: Duration,
    /// Servers.
    pub servers: u32,
    /// When they work.
    pub hours: Calendar,
    /// How long they go away whenever nobody waits.
    pub away: Option<Duration>,
}

/// A mean, and its standard error by batch means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

/// What is observed of a queue.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct QueueFigures {
    /// Customers served.
    pub customers: u64,
    /// Time from coming to the beginning of service, h.
    pub wait_h: Mean,
    /// Time from coming to the end of service, h.
    pub stay_h: Mean,
    /// Share of customers that wait.
    pub waiting: Mean,
    /// Mean number waiting: all waiting over the time it took (Little's law, exact for a run that ends empty).
    pub in_line: f64,
}

impl Queue {
    /// Customers that come at random to servers that always work.
    pub fn new(mean_between: Span, service: Duration, servers: u32) -> Self {
        Self {
            arrivals: Arrivals::Poisson { mean: mean_between },
            wagons: 1,
            service,
            servers,
            hours: Calendar::Always,
            away: None,
        }
    }

    /// Runs it until about so many customers have come and all are served, from empty.
    pub fn run(&self, customers: u64, key: StreamKey) -> Result<QueueFigures, Vec<BorderError>> {
        let network = Network::new(IndexVec::from_vec(vec![self.station()]))?;
        let between = match &self.arrivals {
            Arrivals::Poisson { mean } => mean.0,
            Arrivals::Batches { mean, size } => mean.0 / i64::from(*size).max(1),
            Arrivals::Every { every, .. } => every.0,
            Arrivals::Timetable(_) => 0,
        };
        let trains = customers / u64::from(self.wagons.max(1));
        let until = Instant(between.saturating_mul(trains as i64));
        let resolution = if self.wagons > 1 { Resolution::Wagons } else { Resolution::Cuts };
        let layout = self.layout(until, resolution);
        let mut seen = Batches::new(customers / BATCHES);
        let mut watch = |record: Record| match record {
            Record::Activity(a) if self.wagons == 1 => seen.add(a.ready, a.begin, a.end),
            Record::Item(i) if self.wagons > 1 => seen.add(i.ready, i.begin, i.end),
            _ => {}
        };
        run_alone(&network, &layout, key, Some(&mut watch))?;
        Ok(seen.figures())
    }

    fn layout(&self, arrivals_until: Instant, resolution: Resolution) -> Layout {
        let traffic = Traffic {
            name: "customers".into(),
            way: Way::Out,
            loaded: true,
            arrivals: self.arrivals.clone(),
            wagons: self.wagons,
            consignments: 1,
            load: 0,
        };
        Layout {
            traffic: vec![traffic],
            link: Link::default(),
            from: Instant(0),
            arrivals_until,
            until: Instant::FAR,
            resolution,
        }
    }

    fn station(&self) -> Station {
        let server = Resource {
            name: "servers".into(),
            kind: ResourceKind::Other,
            count: self.servers,
            hours: self.hours.clone(),
            away_when_idle: self.away.clone(),
        };
        let need = Need { resource: ResourceId(0), amount: Amount::Fixed(1), kept: Kept::ForItself };
        let by_wagon = self.wagons > 1;
        let activity = Activity {
            subject: if by_wagon { Subject::Wagon } else { Subject::Train },
            needs: vec![need],
            items: if by_wagon { Items::OneByOne(self.service.clone()) } else { Items::None },
            ..Activity::new("service", if by_wagon { Duration::Fixed(Span(0)) } else { self.service.clone() })
        };
        let procedure = Procedure {
            name: "service".into(),
            way: Way::Out,
            loaded: true,
            activities: IndexVec::from_vec(vec![activity]),
        };
        Station {
            name: "queue".into(),
            tracks: IndexVec::from_vec(vec![Track::default(); TRACKS]),
            most_tracks: [None; 2],
            quota: [Vec::new(), Vec::new()],
            resources: IndexVec::from_vec(vec![server]),
            procedures: IndexVec::from_vec(vec![procedure]),
        }
    }
}

/// The time in which so many wagons are treated in rounds on so many stands, through the engine.
pub fn batch_time(wagons: u32, stands: u32, round: Span) -> Result<Span, Vec<BorderError>> {
    let queue = Queue::new(Span(1), Duration::Fixed(Span(0)), stands);
    let mut station = queue.station();
    let places =
        Need { resource: ResourceId(0), amount: Amount::Places { least: 1, most: stands }, kept: Kept::ForItself };
    for procedure in &mut station.procedures {
        for activity in &mut procedure.activities {
            activity.subject = Subject::Wagon;
            activity.needs = vec![places];
            activity.items = Items::Rounds { places_of: 0, each: Duration::Fixed(round) };
        }
    }
    let network = Network::new(IndexVec::from_vec(vec![station]))?;
    let train = Queue { arrivals: Arrivals::Timetable(vec![Instant(0)]), wagons, ..queue };
    let mut lasted = Span(0);
    let mut watch = |record: Record| {
        if let Record::Activity(a) = record {
            lasted = a.end - a.ready;
        }
    };
    run_alone(&network, &train.layout(Instant(1), Resolution::Cuts), KEY_OF_NONE, Some(&mut watch))?;
    Ok(lasted)
}

/// Nothing is drawn.
const KEY_OF_NONE: StreamKey = StreamKey { seed: 0, replication: 0 };

/// Sums over batches of customers, in the order they were served.
struct Batches {
    size: u64,
    customers: u64,
    last: Instant,
    /// Waiting, ms; staying, ms; customers that waited.
    now: [i64; 3],
    /// The same of whole batches, a customer.
    means: Vec<[f64; 3]>,
    all: [i64; 3],
}

impl Batches {
    fn new(size: u64) -> Self {
        Self { size: size.max(1), customers: 0, last: Instant(0), now: [0; 3], means: Vec::new(), all: [0; 3] }
    }

    fn add(&mut self, came: Instant, begin: Instant, end: Instant) {
        let one = [(begin - came).0, (end - came).0, i64::from(begin > came)];
        for (i, x) in one.into_iter().enumerate() {
            self.now[i] += x;
            self.all[i] += x;
        }
        self.customers += 1;
        self.last = self.last.max(end);
        if self.customers.is_multiple_of(self.size) {
            self.means.push(self.now.map(|x| x as f64 / self.size as f64));
            self.now = [0; 3];
        }
    }

    fn mean(&self, which: usize, unit: f64) -> Mean {
        let n = self.means.len() as f64;
        let of_batches = self.means.iter().map(|m| m[which]).sum::<f64>() / n;
        let squares = self.means.iter().map(|m| (m[which] - of_batches).powi(2)).sum::<f64>();
        let mean = self.all[which] as f64 / self.customers as f64 / unit;
        Mean { mean, error: (squares / (n - 1.0) / n).sqrt() / unit }
    }

    fn figures(&self) -> QueueFigures {
        const HOUR: f64 = 3_600_000.0;
        QueueFigures {
            customers: self.customers,
            wait_h: self.mean(0, HOUR),
            stay_h: self.mean(1, HOUR),
            waiting: self.mean(2, 1.0),
            in_line: self.all[0] as f64 / self.last.0.max(1) as f64,
        }
    }
}
