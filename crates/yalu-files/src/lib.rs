//! Files that are there whole or not at all.
//!
//! Everything that Yalu writes goes through this room: a file is replaced in one step ([`write_file`]), a file that is
//! read, changed and written again is held by a [`Lock`] meanwhile, one that grows is a [`Journal`], and a folder of results
//! ([`OutFolder`]) appears whole, with a receipt that lists each of its files. Only what a receipt lists, unchanged, is ever
//! replaced.
//!
//! Each call to the system passes a fault point, so that tests let every one of them fail, and let the process die at
//! every one; and each place that calls this room can be told, so that no place is left out (`YALU_FAULT`, debug builds only).
mod error;
mod fault;
mod folder;
mod journal;
mod lock;
mod op;
mod part;
mod receipt;
mod write;

pub use error::{FileError, help_with};
pub use folder::{OutFile, OutFolder};
pub use journal::Journal;
pub use lock::Lock;
pub use receipt::{RECEIPT, listed_by, sha256};
pub use write::{make_folders, write_file};
