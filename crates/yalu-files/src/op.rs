//! The calls to the system that change files, each behind a fault point.

use crate::fault::{self, Met};
use std::fs::{self, File};
use std::io::{Result, Write};
use std::path::Path;

fn point(call: &str, path: &Path) -> Result<()> {
    match fault::met(call, path) {
        Met::Not => Ok(()),
        Met::Fails(e) => Err(e),
        Met::Dies => fault::die(),
    }
}

/// Writes all bytes.
pub(crate) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> Result<()> {
    match fault::met("write", path) {
        Met::Not => file.write_all(bytes),
        Met::Fails(e) => file.write_all(&bytes[..bytes.len() / 2]).and(Err(e)),
        Met::Dies => {
            let _ = file.write_all(&bytes[..bytes.len() / 2]);
            fault::die()
        }
    }
}

/// Waits until a file's bytes are on the disk.
pub(crate) fn sync(file: &File, path: &Path) -> Result<()> {
    point("sync", path)?;
    file.sync_all()
}

/// Waits until a folder's entries are on the disk; systems that cannot open folders keep them anyway.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    point("sync", path)?;
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match File::open(path) {
        Ok(folder) if cfg!(unix) => folder.sync_all(),
        _ => Ok(()),
    }
}

/// Creates a file that must not be there yet.
pub(crate) fn create(path: &Path) -> Result<File> {
    point("create", path)?;
    File::options().write(true).create_new(true).open(path)
}

/// Creates a folder that must not be there yet.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    point("create", path)?;
    fs::create_dir(path)
}

/// Creates a folder and those above it, where they are not there.
pub(crate) fn create_folders(path: &Path) -> Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    point("create", path)?;
    fs::create_dir_all(path)
}

/// Opens a file to lock it, and creates it where it is not there.
pub(crate) fn open_lock(path: &Path) -> Result<File> {
    point("lock", path)?;
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Opens a file to read it and to write to it, and creates it where it is not there.
pub(crate) fn open(path: &Path) -> Result<File> {
    point("open", path)?;
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Cuts a file down to its first bytes.
pub(crate) fn cut(file: &File, path: &Path, bytes: u64) -> Result<()> {
    point("cut", path)?;
    file.set_len(bytes)
}

/// Moves a file or folder; a file at the new place is replaced.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    point("rename", to)?;
    fs::rename(from, to)
}

/// Lets two folders change places in one step; `Unsupported` where the system cannot.
pub(crate) fn exchange(a: &Path, b: &Path) -> Result<()> {
    point("exchange", b)?;
    swapped(a, b)
}

#[cfg(target_os = "linux")]
fn swapped(a: &Path, b: &Path) -> Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(std::io::ErrorKind::Unsupported.into()),
        done => Ok(done?),
    }
}

#[cfg(not(target_os = "linux"))]
fn swapped(_: &Path, _: &Path) -> Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Removes a file.
pub(crate) fn remove(path: &Path) -> Result<()> {
    point("remove", path)?;
    fs::remove_file(path)
}

/// Removes a folder with all that is in it.
pub(crate) fn remove_folder(path: &Path) -> Result<()> {
    point("remove", path)?;
    fs::remove_dir_all(path)
}
