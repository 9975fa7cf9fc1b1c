//! Tables of a run as Parquet files.
//!
//! The only place that knows Arrow. Files hold no clock and no random bytes: the same run gives the same bytes.
mod table;
mod tables;
mod write;

pub use table::write_table;
pub use tables::{BandRow, CrossingDay, DelayRow, Figures, FlowRow, LineRows, Names, PunctualityRow};
pub use write::{Meta, StoreError, TableInfo, write_tables};
