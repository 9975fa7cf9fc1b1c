//! Reading a folder: the only input and output of this crate.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read, of a scenario or of reports: about a million reports.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// The files of a scenario folder by their path in it, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Contents by path (`network/points.csv`).
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is there and was not read.
    pub refused: BTreeMap<String, Refused>,
}

/// Why a file is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// It is a pipe or a device.
    NotAFile,
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::NotAFile => write!(f, "is a pipe or a device, not a file"),
            Refused::TooLarge => write!(f, "is larger than {} MiB", MAX_FILE_BYTES / 1024 / 1024),
        }
    }
}

/// Why a folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is none.
    #[error("there is no folder {}", .0.display())]
    Missing(PathBuf),
    /// It is a file.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// It is not read for its kind or size.
    #[error("{} {}", .0.display(), .1)]
    Refused(PathBuf, Refused),
    /// The system refused.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// Reads a file whole, once its kind and size are known.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let io = |e| ReadError::Io(path.to_owned(), e);
    let refused = |r| Err(ReadError::Refused(path.to_owned(), r));
    let found = fs::metadata(path).map_err(io)?;
    if !found.is_file() {
        return refused(Refused::NotAFile);
    }
    if found.len() > MAX_FILE_BYTES {
        return refused(Refused::TooLarge);
    }
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(io)?.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

/// Reads the `.toml`, `.csv` and `.jsonl` files of a folder and of the folders in it. [`load`](crate::load) tells which were not
/// read.
pub fn read_folder(dir: &Path) -> Result<Folder, ReadError> {
    if !dir.exists() {
        return Err(ReadError::Missing(dir.to_owned()));
    }
    if !dir.is_dir() {
        return Err(ReadError::NotAFolder(dir.to_owned()));
    }
    let mut folder = Folder::default();
    walk(dir, "", 0, &mut folder)?;
    Ok(folder)
}

fn walk(dir: &Path, prefix: &str, depth: usize, folder: &mut Folder) -> Result<(), ReadError> {
    let io = |e| ReadError::Io(dir.to_owned(), e);
    for entry in fs::read_dir(dir).map_err(io)? {
        let entry = entry.map_err(io)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        let key = format!("{prefix}{name}");
        if path.is_dir() {
            // Two levels are enough for `network/`, and end any loop of links.
            if depth < 2 {
                walk(&path, &format!("{key}/"), depth + 1, folder)?;
            }
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "jsonl") {
            match read_file(&path) {
                Ok(bytes) => _ = folder.files.insert(key, bytes),
                Err(ReadError::Refused(_, why)) => _ = folder.refused.insert(key, why),
                Err(e) => return Err(e),
            }
        }
    }
    Ok(())
}
