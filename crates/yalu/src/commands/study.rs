//! `yalu study`.

use crate::args::{Part, Study};
use crate::ended::Ended;
use crate::study::{merge, plan, run_shard, status, whole};
use crate::terminal::Problem;

/// Runs a study, or one part of it.
pub fn study(a: &Study) -> Result<Ended, Problem> {
    match &a.part {
        None => whole(&a.whole),
        Some(Part::Plan(a)) => plan(a),
        Some(Part::Run(a)) => run_shard(a),
        Some(Part::Status(a)) => status(a),
        Some(Part::Merge(a)) => merge(a),
    }
}
