//! Files that are there whole or not at all.
//!
//! Everything that Yalu writes goes through this room: a file is replaced in one step ([`write_file`]), a file that is
//! read, changed and written again is held by a [`Lock`] meanwhile, and a folder of results ([`OutFolder`]) appears
//! whole, with a receipt that lists each of its files. Only what a receipt lists, unchanged, is ever replaced.
//!
//! Each call to the system passes a fault point, so that tests let every one of them fail, and let the process die at
//! every one (`YALU_FAULT`, debug builds only).
mod error;
mod fault;
mod folder;
mod lock;
mod op;
mod part;
mod receipt;
mod write;

pub use error::FileError;
pub use folder::{OutFile, OutFolder};
pub use lock::Lock;
pub use op::append;
pub use receipt::{RECEIPT, sha256};
pub use write::write_file;
