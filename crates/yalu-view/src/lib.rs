//! The typed result of every command.
//!
//! One module a result: what its JSON says, as types with units in their names; its tables; its sentences. Terminal,
//! page, JSON and files are made from these, and none of them computes.

pub mod border;
pub mod calibrate;
pub mod capacity;
pub mod check;
pub mod compare;
pub mod contingency;
pub mod diagram;
pub mod docs;
pub mod forecast;
mod head;
pub mod ledger;
pub mod names;
pub mod run;
pub mod score;
pub mod seal;
pub mod show;
pub mod status;
pub mod study;
mod tables;
pub mod train;
pub mod validate;
pub mod watch;

pub use head::{Head, SCHEMA_VERSION, json};
