//! Parquet tables and atomic writes.
