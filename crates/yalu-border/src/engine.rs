//! The state of border stations in a run.

use crate::{Arrival, Event, Host, Network, Reason, Refusal, StationId, TrackId, VisitId, Way, Word};
use yalu_units::{Instant, StreamKey};

/// How finely work on items is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Resolution {
    /// An activity is one event.
    #[default]
    Cuts,
    /// Each item (wagon, consignment) is an event and a record of its own. Activities end at the same instants.
    Wagons,
}

/// Border stations in a run.
#[derive(Debug)]
pub struct Border<'a> {
    network: &'a Network,
    key: StreamKey,
    resolution: Resolution,
}

impl<'a> Border<'a> {
    /// Empty stations.
    pub fn new(network: &'a Network, key: StreamKey, resolution: Resolution) -> Self {
        Self { network, key, resolution }
    }
    /// Puts a restriction word in force at a station, or ends it.
    pub fn restrict(&mut self, _station: StationId, _word: Word, _in_force: bool) {}
    /// Promises a track to a train that is to come, and counts it against the quota.
    pub fn admit(
        &mut self,
        _now: Instant,
        _station: StationId,
        _way: Way,
        _wagons: u32,
        _host: &mut impl Host,
    ) -> Result<TrackId, Refusal> {
        Err(Refusal::Unknown)
    }
    /// Takes back what [`Border::admit`] promised.
    pub fn revoke(&mut self, _now: Instant, _station: StationId, _track: TrackId, _host: &mut impl Host) {}
    /// A train stands on the track promised to it; its procedure begins.
    pub fn arrive(&mut self, _now: Instant, _arrival: &Arrival, _host: &mut impl Host) -> Result<VisitId, Refusal> {
        Err(Refusal::Unknown)
    }
    /// An event's time has come.
    pub fn handle(&mut self, _now: Instant, _event: Event, _host: &mut impl Host) {}
    /// Says why a train that is ready does not depart; until said, it waits for its path.
    pub fn holds_back(&mut self, _now: Instant, _visit: VisitId, _reason: Reason) {}
    /// A train that is ready departs. False if it is not.
    pub fn depart(&mut self, _now: Instant, _visit: VisitId, _host: &mut impl Host) -> bool {
        false
    }
    /// A visit is broken off wherever it stands: the cut is taken apart, all it held is free. False if there is none.
    pub fn withdraw(&mut self, _now: Instant, _visit: VisitId, _host: &mut impl Host) -> bool {
        false
    }
    /// Tracks of a station that are not promised or held.
    pub fn free_tracks(&self, station: StationId) -> u32 {
        self.network.stations.get(station).map_or(0, |s| s.tracks.len() as u32)
    }
    /// Trains at a station (standing, or goods without wagons).
    pub fn inside(&self, _station: StationId) -> u32 {
        let _ = (self.key, self.resolution);
        0
    }
}
