//! A typed table as Parquet.

use crate::StoreError;
use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;
use yalu_files::OutFolder;
use yalu_number::{Table, Values};

/// Writes a table as `ID.parquet`, a column for each of its data; gives the file's name.
pub fn write_table(out: &OutFolder, table: &Table) -> Result<String, StoreError> {
    let wrong = |e: &(dyn std::error::Error + 'static)| StoreError::of(&table.id, e);
    let column = |values: Values| -> ArrayRef {
        match values {
            Values::Text(v) => Arc::new(StringArray::from(v)),
            Values::Counts(v) => Arc::new(Int64Array::from(v)),
            Values::Numbers(v, _) => Arc::new(Float64Array::from(v)),
        }
    };
    let columns = table.data().into_iter().map(|d| (d.key, column(d.values), true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(|e| wrong(&e))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("yalu".into());
    let mut writer =
        ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).map_err(|e| wrong(&e))?;
    writer.write(&batch).map_err(|e| wrong(&e))?;
    let name = format!("{}.parquet", table.id);
    out.write(&name, &writer.into_inner().map_err(|e| wrong(&e))?)?;
    Ok(name)
}
