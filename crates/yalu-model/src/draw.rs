//! Values of uncertain inputs in one replication.

use crate::Quantity;
use yalu_units::{StreamKey, address};

/// Draws the value of an uncertain input: its median in the central run, else by its address.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    key: StreamKey,
    central: bool,
}

impl Draw {
    /// The central run: every input at its median.
    pub fn central(seed: u64) -> Draw {
        Draw { key: StreamKey { seed, replication: 0 }, central: true }
    }
    /// A replication, counted from 1.
    pub fn replication(seed: u64, replication: u32) -> Draw {
        Draw { key: StreamKey { seed, replication }, central: false }
    }
    /// The key of this replication's streams.
    pub fn key(self) -> StreamKey {
        self.key
    }
    /// Whether this is the central run.
    pub fn is_central(self) -> bool {
        self.central
    }
    /// The value of an input in this replication.
    pub fn value(self, q: &Quantity) -> f64 {
        q.dist.at(self.level(&q.path))
    }
    /// Where between least and greatest an input at this address lies, 0 to 1.
    pub fn level(self, path: &str) -> f64 {
        if self.central { 0.5 } else { self.key.stream(address(&["input", path]), 0).unit() }
    }
}
