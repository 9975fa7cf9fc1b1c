//! Reading a folder: the only input and output of this crate.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// The files of a scenario folder by their path in it, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Contents by path (`network/points.csv`).
    pub files: BTreeMap<String, Vec<u8>>,
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
    /// The system refused.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// Reads the `.toml` and `.csv` files of a folder and of the folders in it. Of a file beyond [`MAX_FILE_BYTES`] only
/// the beginning is read; [`load`](crate::load) then says that it is too large.
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
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            let io = |e| ReadError::Io(path.clone(), e);
            let mut bytes = Vec::new();
            let file = fs::File::open(&path).map_err(io)?;
            file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
            folder.files.insert(key, bytes);
        }
    }
    Ok(())
}
