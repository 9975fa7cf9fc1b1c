//! Random numbers by address: the same draw for the same (seed, replication, entity, purpose), in any order.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The seed of a scenario and the number of a replication.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StreamKey {
    /// The scenario's seed.
    pub seed: u64,
    /// The replication, counted from 0.
    pub replication: u32,
}

/// A stream of draws that belongs to one entity and purpose.
pub struct Stream(ChaCha12Rng);

/// The address of an entity and purpose: FNV-1a over its parts, stable across versions.
pub fn address(parts: &[&str]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for p in parts {
        for b in p.as_bytes().iter().chain(&[0xff]) {
            h = (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    h
}

impl StreamKey {
    /// The stream at an address; `word` skips ahead in it (one word per 32 random bits).
    pub fn stream(self, address: u64, word: u64) -> Stream {
        let mut seed = [0u8; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        seed[8..12].copy_from_slice(&self.replication.to_le_bytes());
        let mut rng = ChaCha12Rng::from_seed(seed);
        rng.set_stream(address);
        rng.set_word_pos(u128::from(word));
        Stream(rng)
    }
}

impl Stream {
    /// Uniform on [0, 1) with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }
    /// Uniform on the integers 0..n; 0 where n is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(n)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_its_address_alone() {
        let key = StreamKey { seed: 7, replication: 3 };
        let a = address(&["service", "bridge"]);
        let first = key.stream(a, 0).unit();
        let _ = key.stream(address(&["other"]), 0).unit();
        assert_eq!(first, key.stream(a, 0).unit());
        assert_ne!(first, StreamKey { replication: 4, ..key }.stream(a, 0).unit());
        assert_ne!(first, key.stream(a, 2).unit());
    }

    #[test]
    fn parts_of_an_address_do_not_run_together() {
        assert_ne!(address(&["ab", "c"]), address(&["a", "bc"]));
    }
}
