//! Runs kept on disk as they are done, so that a calibration that was killed goes on where it was.
//!
//! A line of text for each run, written whole or not at all: a line without its end is a run that was not done.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use yalu_files::{FileError, Journal, Lock, make_folders};

const FIRST: &str = "yalu calibration 1";

/// Why a checkpoint cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// It cannot be held, read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is no checkpoint.
    #[error("{} is no checkpoint of a calibration", path.display())]
    Other {
        /// The file.
        path: PathBuf,
    },
    /// It belongs to another calibration.
    #[error("{} belongs to another scenario, other months or another seed", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// A checkpoint, open.
pub struct Checkpoint {
    journal: Journal,
    done: BTreeMap<(u32, u32), Vec<f32>>,
    _lock: Lock,
}

impl Checkpoint {
    /// Opens or begins one. What stands there must be of the same calibration.
    pub fn open(path: &Path, fingerprint: u64) -> Result<Self, CheckpointError> {
        if let Some(folder) = path.parent() {
            make_folders(folder)?;
        }
        let lock = Lock::take(path, "yalu fit calibrate", Duration::ZERO, |_| ())?;
        let (mut journal, bytes) = Journal::open(path)?;
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let text = String::from_utf8_lossy(&bytes[..whole]);
        let head = format!("{FIRST} {fingerprint:016x}");
        let mut done = BTreeMap::new();
        let mut lines = text.lines();
        match lines.next() {
            Some(first) if first == head => {}
            Some(first) if first.starts_with(FIRST) => {
                return Err(CheckpointError::Foreign { path: path.to_path_buf() });
            }
            Some(_) => return Err(CheckpointError::Other { path: path.to_path_buf() }),
            // Only the head can have been cut off before its end: anything else is somebody's file.
            None if !format!("{head}\n").as_bytes().starts_with(&bytes) => {
                return Err(CheckpointError::Other { path: path.to_path_buf() });
            }
            None => {}
        }
        for line in lines {
            if let Some((key, values)) = parsed(line) {
                done.insert(key, values);
            }
        }
        journal.keep(whole as u64)?;
        if whole == 0 {
            journal.append(format!("{head}\n").as_bytes())?;
        }
        Ok(Self { journal, done, _lock: lock })
    }

    /// Runs it holds.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// The values of a run, if it was done.
    pub fn get(&self, stage: u32, number: u32) -> Option<&[f32]> {
        self.done.get(&(stage, number)).map(Vec::as_slice)
    }

    /// Adds runs; they are on the disk when it returns.
    pub fn add(&mut self, runs: Vec<((u32, u32), Vec<f32>)>) -> Result<(), CheckpointError> {
        let mut text = String::new();
        for ((stage, number), values) in &runs {
            let _ = write!(text, "{stage} {number} {}", values.len());
            for v in values {
                let _ = write!(text, " {:08x}", v.to_bits());
            }
            text.push('\n');
        }
        self.journal.append(text.as_bytes())?;
        self.done.extend(runs);
        Ok(())
    }
}

fn parsed(line: &str) -> Option<((u32, u32), Vec<f32>)> {
    let mut parts = line.split(' ');
    let key = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let count: usize = parts.next()?.parse().ok()?;
    let values: Vec<f32> = parts.map(|p| u32::from_str_radix(p, 16).ok().map(f32::from_bits)).collect::<Option<_>>()?;
    (values.len() == count && values.iter().all(|v| v.is_finite())).then_some((key, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_off_was_not_done_and_the_rest_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("runs");
        let mut c = Checkpoint::open(&path, 7).unwrap();
        c.add(vec![((0, 1), vec![1.5, 2.0]), ((0, 2), vec![0.1, f32::MIN_POSITIVE])]).unwrap();
        drop(c);
        // Killed in the middle of a line, at every place of it.
        let whole = std::fs::read(&path).unwrap();
        let first = whole.iter().position(|b| *b == b'\n').unwrap() + 1;
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut c = Checkpoint::open(&path, 7).unwrap();
            let lines = String::from_utf8_lossy(&whole[..cut]).matches('\n').count().saturating_sub(1);
            assert_eq!(c.len(), lines, "cut at {cut} of {first}");
            c.add(vec![((3, 9), vec![4.0])]).unwrap();
            drop(c);
            let again = Checkpoint::open(&path, 7).unwrap();
            assert_eq!((again.len(), again.get(3, 9)), (lines + 1, Some(&[4.0f32][..])));
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(Checkpoint::open(&path, 7).unwrap().get(0, 2), Some(&[0.1f32, f32::MIN_POSITIVE][..]));
    }

    #[test]
    fn somebody_elses_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("runs");
        for text in ["dear diary", "dear diary\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(Checkpoint::open(&path, 7), Err(CheckpointError::Other { .. })));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        std::fs::remove_file(&path).unwrap();
        drop(Checkpoint::open(&path, 7).unwrap());
        assert!(matches!(Checkpoint::open(&path, 8), Err(CheckpointError::Foreign { .. })));
    }
}
