//! Addressed draws, a block at a time: the same draw for the same address and number, in any order.

use yalu_units::StreamKey;

/// Draws in a block: one buffer of the generator.
const BLOCK: usize = 32;

/// The draws of one entity and purpose, with the block that was asked for last.
#[derive(Clone, Debug)]
pub(super) struct Draws {
    address: u64,
    block: u64,
    units: [f64; BLOCK],
}

impl Draws {
    pub fn new(address: u64) -> Self {
        Self { address, block: u64::MAX, units: [0.0; BLOCK] }
    }

    /// The n-th draw, uniform on [0, 1).
    #[inline]
    pub fn unit(&mut self, key: StreamKey, n: u64) -> f64 {
        let block = n / BLOCK as u64;
        if block != self.block {
            self.fill(key, block);
        }
        self.units[(n % BLOCK as u64) as usize]
    }

    #[cold]
    fn fill(&mut self, key: StreamKey, block: u64) {
        // A draw takes two words of 32 bits.
        let mut stream = key.stream(self.address, block * BLOCK as u64 * 2);
        for unit in &mut self.units {
            *unit = stream.unit();
        }
        self.block = block;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_that_of_the_stream_whatever_was_asked_before() {
        let key = StreamKey { seed: 1, replication: 2 };
        let mut draws = Draws::new(77);
        for n in [0, 5, 31, 32, 1_000_003, 6, 4096 * 9] {
            assert_eq!(draws.unit(key, n), key.stream(77, n * 2).unit());
        }
    }
}
