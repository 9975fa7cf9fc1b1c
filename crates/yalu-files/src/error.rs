//! Why files could not be written.

use std::io;
use std::path::{Path, PathBuf};

/// Why files could not be written, and what stands there now.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Something is there already; it is untouched.
    #[error("{} exists already", path.display())]
    Exists {
        /// The file or folder.
        path: PathBuf,
    },
    /// A folder holds files that no receipt of Yalu lists; it is untouched.
    #[error("{} holds files that Yalu did not write there: {}", path.display(), listed(files))]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// Files by their path in it, sorted.
        files: Vec<String>,
    },
    /// A folder's files were changed since Yalu wrote them; it is untouched.
    #[error("{} holds files that were changed since Yalu wrote them: {}", path.display(), listed(files))]
    Changed {
        /// The folder.
        path: PathBuf,
        /// Files by their path in it, sorted.
        files: Vec<String>,
    },
    /// Another process works on it.
    #[error("{} is in use by {owner}", path.display())]
    Busy {
        /// The file or folder.
        path: PathBuf,
        /// Who holds it, as they gave it.
        owner: String,
    },
    /// Files that were written have gone before the work was done; nothing was put in place.
    #[error("files that were being written have gone from {}: {}", path.display(), listed(files))]
    Lost {
        /// The folder they were written in.
        path: PathBuf,
        /// Files by their path in it, sorted.
        files: Vec<String>,
    },
    /// What was written stands there whole, but may be gone after a loss of power.
    #[error("{} was written, but the system did not confirm that it is on the disk", path.display())]
    Unconfirmed {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A name that cannot be a file's.
    #[error("{} is no name of a file", path.display())]
    Name {
        /// As given.
        path: PathBuf,
    },
    /// The system refused; the target is as it was.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done: `write`, `rename`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Files named in a message before the rest is counted.
const NAMED: usize = 5;

fn listed(files: &[String]) -> String {
    match files.len() {
        n if n > NAMED => format!("{} and {} more", files[..NAMED].join(", "), n - NAMED),
        _ => files.join(", "),
    }
}

impl FileError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "choose another name, or replace a folder that Yalu wrote with --force",
            Self::Foreign { .. } => {
                "choose another folder: Yalu replaces only files that it wrote and lists in receipt.json"
            }
            Self::Changed { .. } => "choose another folder, or move the changed files away first",
            Self::Busy { .. } => "wait until it is done, or choose another name",
            Self::Lost { .. } => {
                "run the command again, and keep other programs from the hidden folder beside its output"
            }
            Self::Unconfirmed { .. } => "look at the disk, and whether what was written is there",
            Self::Name { .. } => "choose another name",
            Self::Io { source, .. } => help_with(source),
        }
    }
}

/// What to do where the system refuses to write.
pub fn help_with(refusal: &io::Error) -> &'static str {
    match refusal.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full: make room, or choose a folder on another disk"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "you have no right to write there: choose another folder, or change its rights"
        }
        _ => "look at the rights and the room there",
    }
}

/// Makes an error of the system one of this room.
pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |source| FileError::Io { doing, path: path.to_owned(), source }
}
