//! Runs of a calibration, in parallel and kept in a checkpoint.

pub mod checkpoint;

use checkpoint::{Checkpoint, CheckpointError};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use yalu_model::Corridor;
use yalu_score::Known;
use yalu_trade::DayModel;
use yalu_trade::calibrate::{Job, Runs, run};
use yalu_units::address;

/// Runs between two writes of the checkpoint.
const CHUNK: usize = 100;

/// What makes two calibrations the same: scenario, months, seed, version.
pub fn fingerprint(c: &Corridor, known: &[Known], seed: u64) -> u64 {
    let ids: Vec<&str> = yalu_trade::TABLE.iter().map(|p| p.id).collect();
    address(&[env!("CARGO_PKG_VERSION"), &ids.join(" "), &format!("{c:?}"), &format!("{known:?}"), &seed.to_string()])
}

/// Does runs in parallel, and keeps each in the checkpoint as it is done.
pub struct Pool<'a> {
    /// The model.
    pub model: &'a DayModel<'a>,
    /// Seed of all draws.
    pub seed: u64,
    /// Runs done before, and where new ones are kept.
    pub checkpoint: Checkpoint,
    /// Tells how many were done.
    pub done: &'a dyn Fn(u64),
}

impl Runs for Pool<'_> {
    type Error = CheckpointError;

    fn all(&mut self, jobs: &[Job]) -> Result<Vec<Vec<f32>>, CheckpointError> {
        let missing: Vec<&Job> = jobs.iter().filter(|j| self.checkpoint.get(j.stage, j.number).is_none()).collect();
        (self.done)((jobs.len() - missing.len()) as u64);
        for chunk in missing.chunks(CHUNK) {
            let (model, seed) = (self.model, self.seed);
            let values: Vec<Vec<f32>> = chunk.par_iter().map(|j| run(model, seed, j)).collect();
            self.checkpoint.add(chunk.iter().zip(values).map(|(j, v)| ((j.stage, j.number), v)).collect())?;
            (self.done)(chunk.len() as u64);
        }
        Ok(jobs.iter().map(|j| self.checkpoint.get(j.stage, j.number).unwrap_or_default().to_vec()).collect())
    }
}
