//! The tables, column by column.

use crate::tables::{Figures, Names};
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt32Array,
};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::sync::Arc;
use yalu_files::{FileError, OutFolder, help_with};
use yalu_trace::{GoodsAccount, StepKind, Trace, TrainKind, WagonAccount, Waits};
use yalu_units::Instant;

/// Why a table could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Its file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The disk or the system refused while it was being encoded.
    #[error("table {table} cannot be written")]
    Io {
        /// Which.
        table: String,
        /// Why.
        source: std::io::Error,
    },
    /// It could not be encoded: a fault of Yalu.
    #[error("table {table} cannot be encoded: {reason}")]
    Encode {
        /// Which.
        table: String,
        /// Why.
        reason: String,
    },
}

impl StoreError {
    /// Tells a refusal of the system, which encoders pass on as their own, from a fault of encoding.
    pub(crate) fn of(table: &str, e: &(dyn std::error::Error + 'static)) -> Self {
        let mut at = Some(e);
        while let Some(e) = at {
            if let Some(io) = e.downcast_ref::<std::io::Error>() {
                return Self::Io { table: table.into(), source: std::io::Error::new(io.kind(), io.to_string()) };
            }
            at = e.source();
        }
        Self::Encode { table: table.into(), reason: e.to_string() }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::File(e) => e.help(),
            Self::Io { source, .. } => help_with(source),
            Self::Encode { .. } => "this is a fault of Yalu: please report it with the scenario",
        }
    }
}

/// What every file says of its run.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Version of the tables.
    pub schema_version: u32,
    /// Scenario.
    pub scenario: String,
    /// Seed.
    pub seed: u64,
    /// Days at the border to the first of which each epoch day belongs, as text by local midnight.
    pub days: Vec<(Instant, String)>,
}

/// A table that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// File name.
    pub name: String,
    /// Rows.
    pub rows: u64,
}

/// Rows in one batch: bounds memory on long tables.
const BATCH: usize = 131_072;

/// Writes all tables under `tables/`.
pub fn write_tables(
    out: &OutFolder,
    meta: &Meta,
    names: &Names,
    trace: &Trace,
    figures: &Figures,
) -> Result<Vec<TableInfo>, StoreError> {
    let t = trace;
    let Figures { flows, bands, crossings, line: on_line } = figures;
    let route = |i: usize| Names::of(&names.routes, i).to_string();
    let mut to = Writer { out, meta, written: Vec::new() };
    to.table("train_runs", t.trains.len(), |r| {
        let x = &t.trains[r.clone()];
        let end = |run: &yalu_trace::TrainRun| t.times_of(run).last().copied();
        vec![
            ("train", ints(r.clone().map(|i| i as u32))),
            ("kind", texts(x.iter().map(|x| kind(x.kind)))),
            ("line", texts(x.iter().map(|x| line(names, x.kind, x.line)))),
            ("length_m", ints(x.iter().map(|x| x.length_m))),
            ("wagons_loaded", ints(x.iter().map(|x| u32::from(x.loaded)))),
            ("wagons_empty", ints(x.iter().map(|x| u32::from(x.empty)))),
            ("scheduled_utc", moments(x.iter().map(|x| Some(x.scheduled)))),
            ("ready_utc", moments(x.iter().map(|x| Some(x.ready)))),
            ("departed_utc", moments(x.iter().map(|x| t.times_of(x).first().map(|p| p.depart)))),
            ("due_utc", moments(x.iter().map(|x| Some(x.due)))),
            ("arrived_utc", moments(x.iter().map(|x| end(x).map(|p| p.arrive)))),
            ("late_min", reals(x.iter().map(|x| end(x).map_or(0.0, |p| (p.arrive - x.due).as_minutes())))),
        ]
    })?;
    let mut train_of = Vec::with_capacity(t.times.len());
    for (i, run) in t.trains.iter().enumerate() {
        train_of.resize(run.first as usize, u32::MAX);
        train_of.resize((run.first + run.len) as usize, i as u32);
    }
    train_of.resize(t.times.len(), u32::MAX);
    to.table("train_times", t.times.len(), |r| {
        let x = &t.times[r.clone()];
        vec![
            ("train", ints(train_of[r].iter().copied())),
            ("point", texts(x.iter().map(|x| Names::of(&names.points, x.point as usize)))),
            ("track", ints(x.iter().map(|x| u32::from(x.track)))),
            ("stopped", flags(x.iter().map(|x| x.stopped))),
            ("waited_for", texts(x.iter().map(|x| x.cause.name()))),
            ("enter_utc", moments(x.iter().map(|x| Some(x.enter)))),
            ("arrive_utc", moments(x.iter().map(|x| Some(x.arrive)))),
            ("depart_utc", moments(x.iter().map(|x| Some(x.depart)))),
            ("section_clear_utc", moments(x.iter().map(|x| Some(x.section_clear)))),
            ("track_clear_utc", moments(x.iter().map(|x| Some(x.track_clear)))),
        ]
    })?;
    to.table("punctuality", on_line.punctuality.len(), |r| {
        let x = &on_line.punctuality[r];
        vec![
            ("line", texts(x.iter().map(|x| x.line.as_str()))),
            ("direction", texts(x.iter().map(|x| x.direction))),
            ("point", texts(x.iter().map(|x| x.point.as_str()))),
            ("trains", ints(x.iter().map(|x| x.trains))),
            ("late_mean_min", reals(x.iter().map(|x| x.late_min[0]))),
            ("late_p50_min", reals(x.iter().map(|x| x.late_min[1]))),
            ("late_p90_min", reals(x.iter().map(|x| x.late_min[2]))),
            ("late_p99_min", reals(x.iter().map(|x| x.late_min[3]))),
        ]
    })?;
    to.table("delays", on_line.delays.len(), |r| {
        let x = &on_line.delays[r];
        vec![
            ("cause", texts(x.iter().map(|x| x.cause))),
            ("point", texts(x.iter().map(|x| x.point.as_str()))),
            ("on_the_way_to_it", flags(x.iter().map(|x| x.on_the_way))),
            ("times", ints(x.iter().map(|x| x.times))),
            ("train_hours", reals(x.iter().map(|x| x.train_hours))),
        ]
    })?;
    let dwell = dwell_by_cut(t);
    to.table("cuts", t.cuts.len(), |r| {
        let x = &t.cuts[r.clone()];
        let hours = |what: usize| reals(dwell[r.clone()].iter().map(|d| d[what]));
        vec![
            ("cut", ints(r.clone().map(|i| i as u32))),
            ("route", texts(x.iter().map(|x| route(x.route as usize)))),
            ("direction", texts(x.iter().map(|x| names.directions[usize::from(!x.forward)].as_str()))),
            ("wagons", ints(x.iter().map(|x| u32::from(x.wagons)))),
            ("loaded", flags(x.iter().map(|x| x.loaded))),
            ("net_t", reals(x.iter().map(|x| x.net.as_tonnes()))),
            ("formed_utc", moments(x.iter().map(|x| Some(x.formed)))),
            ("ended_utc", moments(x.iter().map(|x| x.ended))),
            ("loading_h", hours(0)),
            ("border_work_h", hours(1)),
            ("border_wait_h", hours(2)),
            ("over_border_h", hours(3)),
            ("onward_h", hours(4)),
            ("unloading_h", hours(5)),
        ]
    })?;
    to.table("cut_steps", t.steps.len(), |r| {
        let x = &t.steps[r];
        let waits = |i: usize| reals(x.iter().map(|x| x.waits.0[i].as_hours()));
        vec![
            ("cut", ints(x.iter().map(|x| x.cut))),
            ("step", texts(x.iter().map(|x| step(names, x.what)))),
            ("ready_utc", moments(x.iter().map(|x| Some(x.ready)))),
            ("begin_utc", moments(x.iter().map(|x| Some(x.begin)))),
            ("end_utc", moments(x.iter().map(|x| Some(x.end)))),
            ("wait_h", reals(x.iter().map(|x| (x.begin - x.ready).as_hours()))),
            ("work_h", reals(x.iter().map(|x| (x.end - x.begin).as_hours()))),
            ("no_resource_h", waits(0)),
            ("closed_h", waits(1)),
            ("closing_too_near_h", waits(2)),
            ("no_track_h", waits(Waits::NO_TRACK)),
            ("quota_h", waits(Waits::QUOTA)),
            ("path_h", waits(Waits::PATH)),
        ]
    })?;
    let day_of = |end: Instant| {
        let i = meta.days.partition_point(|d| d.0 < end);
        i.checked_sub(1).and_then(|i| meta.days.get(i)).map_or("", |d| d.1.as_str())
    };
    to.table("queues_by_day", t.days.len(), |r| {
        let x = &t.days[r];
        vec![
            ("day", texts(x.iter().map(|x| day_of(x.end)))),
            ("end_utc", moments(x.iter().map(|x| Some(x.end)))),
            ("route", texts(x.iter().map(|x| route(usize::from(x.route))))),
            ("waiting_forward_t", reals(x.iter().map(|x| x.waiting_forward.as_tonnes()))),
            ("waiting_back_t", reals(x.iter().map(|x| x.waiting_back.as_tonnes()))),
            ("approaching_t", reals(x.iter().map(|x| x.approaching.as_tonnes()))),
            ("under_way_t", reals(x.iter().map(|x| x.under_way.as_tonnes()))),
            ("held_t", reals(x.iter().map(|x| x.held.as_tonnes()))),
            ("trains_in_yard", reals(x.iter().map(|x| f64::from(x.standing.in_yard)))),
            ("trains_held_back", reals(x.iter().map(|x| f64::from(x.standing.held_back)))),
            ("wagons_in_stock", ints(x.iter().map(|x| x.wagons_stock))),
            ("wagons_far", ints(x.iter().map(|x| x.wagons_far))),
            ("crossed_loaded", ints(x.iter().map(|x| x.crossed_loaded))),
            ("crossed_empty", ints(x.iter().map(|x| x.crossed_empty))),
            ("trains", ints(x.iter().map(|x| x.trains))),
        ]
    })?;
    to.table("goods_moves", t.goods.len(), |r| {
        let x = &t.goods[r];
        vec![
            ("at_utc", moments(x.iter().map(|x| Some(x.at)))),
            ("good", texts(x.iter().map(|x| Names::of(&names.goods, usize::from(x.good))))),
            ("from", texts(x.iter().map(|x| account(names, x.from)))),
            ("to", texts(x.iter().map(|x| account(names, x.to)))),
            ("mass_kg", longs(x.iter().map(|x| x.mass.0))),
            ("usd_cents", longs(x.iter().map(|x| x.usd_cents))),
        ]
    })?;
    to.table("wagon_moves", t.wagons.len(), |r| {
        let x = &t.wagons[r];
        vec![
            ("at_utc", moments(x.iter().map(|x| Some(x.at)))),
            ("route", texts(x.iter().map(|x| route(usize::from(x.route))))),
            ("from", texts(x.iter().map(|x| wagon_account(x.from)))),
            ("to", texts(x.iter().map(|x| wagon_account(x.to)))),
            ("wagons", ints(x.iter().map(|x| u32::from(x.wagons)))),
        ]
    })?;
    to.table("flows", flows.len(), |r| {
        let x = &flows[r];
        vec![
            ("month", texts(x.iter().map(|x| x.month.as_str()))),
            ("good", texts(x.iter().map(|x| x.good.as_str()))),
            ("route", texts(x.iter().map(|x| x.route.as_str()))),
            ("direction", texts(x.iter().map(|x| x.direction.as_str()))),
            ("tonnes", reals(x.iter().map(|x| x.tonnes))),
            ("usd", reals(x.iter().map(|x| x.usd))),
        ]
    })?;
    to.table("crossings_by_day", crossings.len(), |r| {
        let x = &crossings[r];
        vec![
            ("day", texts(x.iter().map(|x| x.day.as_str()))),
            ("crossing", texts(x.iter().map(|x| x.crossing.as_str()))),
            ("state", texts(x.iter().map(|x| x.state.as_str()))),
            ("running", flags(x.iter().map(|x| x.running))),
            ("trains", ints(x.iter().map(|x| x.trains))),
            ("wagons_loaded", ints(x.iter().map(|x| x.wagons_loaded))),
            ("wagons_empty", ints(x.iter().map(|x| x.wagons_empty))),
        ]
    })?;
    to.table("bands", bands.len(), |r| {
        let x = &bands[r];
        let at = |i: usize| reals(x.iter().map(|x| x.band[i]));
        vec![
            ("metric", texts(x.iter().map(|x| x.metric.as_str()))),
            ("month", texts(x.iter().map(|x| x.month.as_str()))),
            ("route", texts(x.iter().map(|x| x.route.as_str()))),
            ("central", reals(x.iter().map(|x| x.central))),
            ("p05", at(0)),
            ("p25", at(1)),
            ("p50", at(2)),
            ("p75", at(3)),
            ("p95", at(4)),
        ]
    })?;
    Ok(to.written)
}

struct Writer<'a> {
    out: &'a OutFolder,
    meta: &'a Meta,
    written: Vec<TableInfo>,
}

impl Writer<'_> {
    fn table(
        &mut self,
        name: &str,
        rows: usize,
        columns: impl Fn(std::ops::Range<usize>) -> Vec<(&'static str, ArrayRef)>,
    ) -> Result<(), StoreError> {
        let file_name = format!("tables/{name}.parquet");
        let wrong = |e: &(dyn std::error::Error + 'static)| StoreError::of(name, e);
        let mut file = self.out.create(&file_name)?;
        let batch = |r| RecordBatch::try_from_iter(columns(r));
        let first = batch(0..rows.min(BATCH)).map_err(|e| wrong(&e))?;
        let says = |key: &str, value: String| KeyValue::new(key.to_string(), value);
        // Moments rise by little from row to row: differences take a third of the room of plain or dictionary pages.
        let mut properties = WriterProperties::builder();
        for field in first.schema().fields() {
            if matches!(field.data_type(), DataType::Timestamp(..)) {
                let column = ColumnPath::from(field.name().as_str());
                properties = properties
                    .set_column_dictionary_enabled(column.clone(), false)
                    .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
            }
        }
        let properties = properties
            .set_compression(Compression::SNAPPY)
            .set_created_by("yalu".into())
            .set_max_row_group_row_count(Some(BATCH))
            .set_key_value_metadata(Some(vec![
                says("yalu.schema_version", self.meta.schema_version.to_string()),
                says("yalu.scenario", self.meta.scenario.clone()),
                says("yalu.seed", self.meta.seed.to_string()),
            ]))
            .build();
        let mut writer = ArrowWriter::try_new(&mut file, first.schema(), Some(properties)).map_err(|e| wrong(&e))?;
        writer.write(&first).map_err(|e| wrong(&e))?;
        let mut at = BATCH;
        while at < rows {
            let next = batch(at..rows.min(at + BATCH)).map_err(|e| wrong(&e))?;
            writer.write(&next).map_err(|e| wrong(&e))?;
            at += BATCH;
        }
        // `into_inner` would tell a refusal of the system in words alone.
        writer.close().map_err(|e| wrong(&e))?;
        file.finish()?;
        self.written.push(TableInfo { name: file_name, rows: rows as u64 });
        Ok(())
    }
}

fn ints(values: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(UInt32Array::from_iter_values(values))
}
fn longs(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}
fn reals(values: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(values))
}
fn flags(values: impl Iterator<Item = bool>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<BooleanArray>())
}
fn texts(values: impl Iterator<Item = impl AsRef<str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}
fn moments(values: impl Iterator<Item = Option<Instant>>) -> ArrayRef {
    let column: TimestampMillisecondArray = values.map(|t| t.map(|t| t.0)).collect();
    Arc::new(column.with_timezone("UTC"))
}

fn kind(k: TrainKind) -> &'static str {
    match k {
        TrainKind::Freight => "freight",
        TrainKind::International => "international",
        TrainKind::Domestic => "domestic",
        TrainKind::Passenger => "passenger",
    }
}

fn line(names: &Names, k: TrainKind, i: u32) -> &str {
    let list = match k {
        TrainKind::Freight | TrainKind::International => &names.services,
        TrainKind::Domestic | TrainKind::Passenger => &names.traffic,
    };
    Names::of(list, i as usize)
}

fn step(names: &Names, what: StepKind) -> String {
    match what {
        StepKind::Loading => "loading".into(),
        StepKind::Activity(s, a) => {
            let none = (String::new(), Vec::new());
            let (station, list) = names.activities.get(usize::from(s)).unwrap_or(&none);
            format!("{station}.{}", Names::of(list, usize::from(a)))
        }
        StepKind::Entering(s) => {
            format!("{}.entering", names.activities.get(usize::from(s)).map_or("", |x| x.0.as_str()))
        }
        StepKind::OverBorder => "over_border".into(),
        StepKind::Onward => "onward".into(),
        StepKind::IntoHold => "into_hold".into(),
        StepKind::Unloading => "unloading".into(),
        StepKind::Turnaround => "turnaround".into(),
    }
}

fn account(names: &Names, a: GoodsAccount) -> String {
    let on = |what: &str, r: u16| format!("{what}.{}", Names::of(&names.routes, usize::from(r)));
    match a {
        GoodsAccount::Ordered => "ordered".into(),
        GoodsAccount::Postponed => "postponed".into(),
        GoodsAccount::Approaching(r) => on("approaching", r),
        GoodsAccount::Waiting(r) => on("waiting", r),
        GoodsAccount::UnderWay(r) => on("under_way", r),
        GoodsAccount::Held(r) => on("held", r),
        GoodsAccount::Released(r) => on("released", r),
        GoodsAccount::GivenUp => "given_up".into(),
        GoodsAccount::Refused => "refused".into(),
        GoodsAccount::ByException => "by_exception".into(),
    }
}

fn wagon_account(a: WagonAccount) -> String {
    match a {
        WagonAccount::Stock => "stock".into(),
        WagonAccount::InCut(c) => format!("cut.{c}"),
        WagonAccount::Far => "far".into(),
        WagonAccount::Kept => "kept".into(),
    }
}

/// Hours of each cut: loading, border work, border wait, over the border, onward, unloading.
fn dwell_by_cut(t: &Trace) -> Vec<[f64; 6]> {
    let mut out = vec![[0.0; 6]; t.cuts.len()];
    for s in &t.steps {
        let Some(d) = out.get_mut(s.cut as usize) else { continue };
        let whole = (s.end - s.ready).as_hours();
        match s.what {
            StepKind::Loading => d[0] += whole,
            StepKind::Activity(..) => {
                d[1] += (s.end - s.begin).as_hours();
                d[2] += (s.begin - s.ready).as_hours();
            }
            StepKind::Entering(_) => d[2] += whole,
            StepKind::OverBorder => d[3] += whole,
            StepKind::Onward => d[4] += whole,
            StepKind::IntoHold | StepKind::Unloading => d[5] += whole,
            StepKind::Turnaround => {}
        }
    }
    out
}
