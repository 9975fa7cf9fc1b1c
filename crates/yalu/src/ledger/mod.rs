//! The ledger's words, tables, JSON and charts.
pub mod add;
pub mod args;
pub mod export;
pub mod import;
pub mod json;
pub mod list;
pub mod seal;
pub mod source;
