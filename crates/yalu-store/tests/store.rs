//! Tables that read back as they were.
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use std::fs::{self, File};
use std::path::Path;
use yalu_files::OutFolder;
use yalu_store::{DelayRow, Figures, FlowRow, LineRows, Meta, Names, PunctualityRow, write_table, write_tables};
use yalu_trace::{PointTime, Trace, TrainKind, TrainRun};
use yalu_units::Instant;

fn trace() -> Trace {
    let at = |ms| Instant(ms);
    let time = |point, t| PointTime {
        point,
        track: 0,
        stopped: true,
        cause: yalu_trace::Cause::None,
        enter: at(t),
        arrive: at(t),
        depart: at(t + 10),
        section_clear: at(t),
        track_clear: at(t + 20),
    };
    let run = |first, due| TrainRun {
        kind: TrainKind::Freight,
        line: 0,
        length_m: 300,
        loaded: 12,
        empty: 0,
        pattern: 0,
        scheduled: at(0),
        ready: at(0),
        due: at(due),
        first,
        len: 2,
    };
    Trace {
        trains: vec![run(0, 60_000), run(2, 120_000)],
        times: vec![time(0, 0), time(1, 90_000), time(0, 100_000), time(1, 180_000)],
        ..Trace::default()
    }
}

fn write(dir: &Path) -> Vec<yalu_store::TableInfo> {
    let names = Names { points: vec!["a".into(), "b".into()], services: vec!["bridge".into()], ..Names::default() };
    let out = OutFolder::begin(dir, false, "test").unwrap();
    let flow = FlowRow {
        month: "2022-09".into(),
        good: "rice".into(),
        route: "rail".into(),
        direction: "CN-KP".into(),
        tonnes: 12.5,
        usd: 5550.0,
    };
    let line = LineRows {
        punctuality: vec![PunctualityRow {
            line: "bridge".into(),
            direction: "out",
            point: "b".into(),
            trains: 2,
            late_min: [0.75, 0.5, 1.0, 1.0],
        }],
        delays: vec![DelayRow { cause: "meet", point: "a".into(), on_the_way: false, times: 1, train_hours: 0.25 }],
    };
    let info = write_tables(
        &out,
        &Meta::default(),
        &names,
        &trace(),
        &Figures { flows: vec![flow], line, ..Figures::default() },
    )
    .unwrap();
    out.write("run.json", b"{}").unwrap();
    out.finish().unwrap();
    info
}

#[test]
fn tables_read_back_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let info = write(&dir.path().join("out"));
    assert_eq!(info.len(), 12);
    let read =
        |name: &str| SerializedFileReader::new(File::open(dir.path().join("out/tables").join(name)).unwrap()).unwrap();
    let times = read("train_times.parquet");
    let trains: Vec<u32> = times.get_row_iter(None).unwrap().map(|r| r.unwrap().get_uint(0).unwrap()).collect();
    assert_eq!(trains, [0, 0, 1, 1]);
    let runs = read("train_runs.parquet");
    let late: Vec<f64> = runs.get_row_iter(None).unwrap().map(|r| r.unwrap().get_double(11).unwrap()).collect();
    assert_eq!(late, [0.5, 1.0]);
    let flows = read("flows.parquet");
    let row = flows.get_row_iter(None).unwrap().next().unwrap().unwrap();
    assert_eq!((row.get_string(1).unwrap().as_str(), row.get_double(4).unwrap()), ("rice", 12.5));
    let late = read("punctuality.parquet").get_row_iter(None).unwrap().next().unwrap().unwrap();
    assert_eq!((late.get_uint(3).unwrap(), late.get_double(4).unwrap()), (2, 0.75));
    let delay = read("delays.parquet").get_row_iter(None).unwrap().next().unwrap().unwrap();
    assert_eq!((delay.get_string(0).unwrap().as_str(), delay.get_double(4).unwrap()), ("meet", 0.25));
    assert_eq!(read("cuts.parquet").metadata().file_metadata().num_rows(), 0);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("a"));
    write(&dir.path().join("b"));
    for f in fs::read_dir(dir.path().join("a/tables")).unwrap() {
        let f = f.unwrap();
        assert_eq!(fs::read(f.path()).unwrap(), fs::read(dir.path().join("b/tables").join(f.file_name())).unwrap());
    }
}

#[test]
fn a_typed_table_reads_back_with_a_column_for_each_end_of_an_estimate() {
    use yalu_number::{Cell, Column, Estimate, Table, Unit};
    let estimate = Estimate::of([Some(1.0), Some(3.0), None]);
    let table = Table {
        id: "stay".into(),
        columns: vec![Column::text("route", "Route"), Column::estimate("stay_h", "Stay", Unit::Hours)],
        rows: vec![vec!["rail".into(), estimate.into()], vec!["road".into(), Cell::None(String::new())]],
        ..Table::default()
    };
    let dir = tempfile::tempdir().unwrap();
    let out = OutFolder::begin(&dir.path().join("a"), false, "a test").unwrap();
    assert_eq!(write_table(&out, &table).unwrap(), "stay.parquet");
    let to = out.finish().unwrap();
    let reader = SerializedFileReader::new(File::open(to.join("stay.parquet")).unwrap()).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!((rows.len(), rows[0].len()), (2, 8));
    assert_eq!((rows[0].get_string(0).unwrap().as_str(), rows[0].get_double(3).unwrap()), ("rail", 2.0));
    assert_eq!((rows[0].get_long(6).unwrap(), rows[0].get_long(7).unwrap()), (2, 3));
    assert!(rows[1].get_double(3).is_err(), "nothing stands where no run says anything");
}
