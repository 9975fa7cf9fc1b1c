//! One station or two in tandem without a corridor: trains come in streams, a link lies between.

mod arrivals;
mod driver;

use crate::{BorderError, Network, Record, Resolution, StationId, Way};
pub use arrivals::Arrivals;
use driver::Driver;
use yalu_units::{Instant, Span, StreamKey};

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
    /// Load of each, in the unit of the resource that takes it.
    pub load: u32,
}

/// The line between two stations.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Link {
    /// Running time, `[out, back]`.
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

/// How a run ended. Trains that came are those in all other places.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// Trains that came.
    pub came: u64,
    /// Trains that went over the border and left.
    pub left: u64,
    /// Trains sent back.
    pub returned: u64,
    /// Trains that fit no track, or that have no procedure.
    pub turned_away: u64,
    /// Trains whose goods were released, wagons having gone before.
    pub released: u64,
    /// Trains inside stations at the end.
    pub inside: [u64; 2],
    /// Trains between stations at the end.
    pub on_link: u64,
    /// Trains before their first station at the end, by way.
    pub outside: [u64; 2],
    /// Events handled.
    pub events: u64,
    /// The instant of the last event.
    pub last: Instant,
}

impl Outcome {
    /// Whether trains that came are all accounted for.
    pub fn is_conserved(&self) -> bool {
        let gone = self.left + self.returned + self.turned_away + self.released;
        let here = self.inside.iter().chain(&self.outside).sum::<u64>() + self.on_link;
        self.came == gone + here
    }
}

/// Where trains are, for a look after each instant.
#[derive(Clone, Copy, Debug)]
pub struct Tick<'a> {
    /// The instant.
    pub at: Instant,
    /// The stations.
    pub border: &'a crate::Border<'a>,
    /// Counts up to now.
    pub counts: &'a Outcome,
}

/// Runs stations alone: one, which trains of both ways enter and leave, or two, which trains out enter at the first and
/// trains back at the second. Each record is given to `watch`; without, none is made.
///
/// With traffic both ways each way leaves one track to the other at its first station, that its longest train fits. A
/// train sent back by the second station runs back through the first without a stop.
pub fn run_alone(
    network: &Network,
    layout: &Layout,
    key: StreamKey,
    watch: Option<&mut dyn FnMut(Record)>,
) -> Result<Outcome, Vec<BorderError>> {
    run_watched(network, layout, key, watch, None)
}

/// Runs stations alone, with a look at them once all events of an instant are handled.
pub fn run_watched(
    network: &Network,
    layout: &Layout,
    key: StreamKey,
    watch: Option<&mut dyn FnMut(Record)>,
    look: Option<&mut dyn FnMut(&Tick)>,
) -> Result<Outcome, Vec<BorderError>> {
    check(network, layout)?;
    Ok(Driver::new(network, layout, key, watch).run(look))
}

fn check(network: &Network, layout: &Layout) -> Result<(), Vec<BorderError>> {
    let stations = network.stations();
    let mut faults = Vec::new();
    if !(1..=2).contains(&stations.len()) {
        return Err(vec![BorderError::Stations { count: stations.len() }]);
    }
    for t in &layout.traffic {
        faults.extend(t.arrivals.check(&t.name).err());
    }
    for (what, span) in [("headway", layout.link.headway), ("run", layout.link.run[0]), ("run", layout.link.run[1])] {
        if span.0 < 0 {
            faults.push(BorderError::OutOfRange { what: format!("link: {what}, s"), value: span.0 as f64 / 1e3 });
        }
    }
    let goes = |way: Way| layout.traffic.iter().any(|t| t.way == way);
    if stations.len() == 2 && goes(Way::Out) && goes(Way::Back) {
        faults.extend(network.check_tandem().err());
        for (way, station) in [(Way::Out, StationId(0)), (Way::Back, StationId(1))] {
            let (s, longest) = (&stations[station], longest(layout, way.other()));
            let own = longest_that_fits(layout, way, s);
            let fits = |wagons: u32| s.tracks.iter().filter(|t| t.fits_wagons.is_none_or(|f| f >= wagons)).count();
            // One for the other way, and another for its own.
            let most = s.most_tracks[way.index()];
            if fits(longest) == 0 || s.tracks.len() < 2 || (fits(longest) == 1 && fits(own) == 1) || most == Some(0) {
                faults.push(BorderError::None { what: format!("{}: a second track, for the other way", s.name) });
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Wagons of the longest train of a way.
fn longest(layout: &Layout, way: Way) -> u32 {
    layout.traffic.iter().filter(|t| t.way == way).map(|t| t.wagons).max().unwrap_or(0)
}

/// The same, of those that fit a station at all.
fn longest_that_fits(layout: &Layout, way: Way, s: &crate::Station) -> u32 {
    let fits = |wagons: u32| s.tracks.iter().any(|t| t.fits_wagons.is_none_or(|f| f >= wagons));
    layout.traffic.iter().filter(|t| t.way == way && fits(t.wagons)).map(|t| t.wagons).max().unwrap_or(0)
}
