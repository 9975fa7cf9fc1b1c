//! Tables of a run as Parquet files, in a folder that is whole or not there.
//!
//! The only place that knows Arrow. Files hold no clock and no random bytes: the same run gives the same bytes.
mod out_dir;
mod tables;
mod write;

pub use out_dir::{OutDir, StoreError};
pub use tables::{BandRow, CrossingDay, DelayRow, Figures, FlowRow, LineRows, Names, PunctualityRow};
pub use write::{Meta, TableInfo, write_tables};
