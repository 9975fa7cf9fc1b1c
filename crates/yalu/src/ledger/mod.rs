//! The ledger's words, tables, JSON and charts.
pub mod add;
pub mod belief;
pub mod believed;
pub mod board;
pub mod export;
pub mod import;
pub mod list;
pub mod score;
pub mod seal;
pub mod source;
pub mod worlds;
