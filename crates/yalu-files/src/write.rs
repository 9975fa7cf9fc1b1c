//! One file, replaced in one step.

use crate::error::{FileError, io};
use crate::op;
use crate::part::{Part, parent};
use std::fs;
use std::path::{Path, PathBuf};

/// Links followed from one to the next before they are taken for a circle.
const LINKS: usize = 40;

/// Writes a file so that at every moment the old or the new stands there whole; folders above it are made.
///
/// A link is followed, the mode of a file that stands there is kept. What is no file, as `/dev/stdout`, is written to.
///
/// # Errors
/// [`FileError::Exists`] where a folder stands, [`FileError::Io`]; a file that stood there is then as it was.
/// [`FileError::Unconfirmed`] after the new one took its place.
#[track_caller]
pub fn write_file(path: &Path, content: impl AsRef<[u8]>) -> Result<(), FileError> {
    crate::fault::site();
    let bytes = content.as_ref();
    let path = &followed(path)?;
    let there = fs::metadata(path).ok();
    match &there {
        Some(m) if m.is_dir() => return Err(FileError::Exists { path: path.clone() }),
        Some(m) if !m.is_file() => {
            let mut device = fs::File::options().write(true).open(path).map_err(io("write", path))?;
            return op::write(&mut device, path, bytes).map_err(io("write", path));
        }
        _ => {}
    }
    let folder = parent(path);
    op::create_folders(folder).map_err(io("make", folder))?;
    let part = Part::of(path).map_err(io("write", path))?;
    let written = op::create(&part.path).and_then(|mut file| {
        if let Some(m) = there {
            file.set_permissions(m.permissions())?;
        }
        op::write(&mut file, &part.path, bytes)?;
        op::sync(&file, &part.path)
    });
    written.and_then(|()| op::rename(&part.path, path)).map_err(io("write", path))?;
    op::sync_folder(folder).map_err(|source| FileError::Unconfirmed { path: path.clone(), source })
}

/// Makes a folder and those above it, where they are not there.
///
/// # Errors
/// [`FileError::Io`].
#[track_caller]
pub fn make_folders(path: &Path) -> Result<(), FileError> {
    crate::fault::site();
    op::create_folders(path).map_err(io("make", path))
}

/// The file that a path names in the end, behind all links.
fn followed(path: &Path) -> Result<PathBuf, FileError> {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&at) {
            Ok(next) => at = parent(&at).join(next),
            Err(_) => return Ok(at),
        }
    }
    Err(FileError::Name { path: path.to_owned() })
}
