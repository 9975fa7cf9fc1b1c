//! `disturbances.toml`.

use super::border::WEEK;
use super::{Field, FileSpec, Format, Kind, TableSpec, What, n, opt, q, req, root};

pub(super) static DISTURBANCES: FileSpec = FileSpec {
    name: "disturbances.toml",
    format: Format::Toml,
    required: false,
    doc: "What disturbs the line: possessions, restrictions of speed, failures, power cuts, late entries.",
    root: &root(&[
        opt("possession", Kind::Tables(&POSSESSION), "Track taken for maintenance."),
        opt("speed_restriction", Kind::Tables(&RESTRICTION), "A lower speed on part of a section for a time."),
        opt("locomotive_failure", Kind::Tables(&FAILURE), "Trains that come to a stand between two stations."),
        opt("power_cut", Kind::Tables(&CUT), "A dead contact line."),
        opt("entry_delay", Kind::Tables(&DELAY), "Trains ready after their time."),
    ]),
};

const ID: Field = req("id", Kind::Id, "Short name.");
const ZONE: Field = opt("zone", Kind::Zone, "Zone of the days and hours; without it the border's.");
const WEEKLY: Field = opt("week", Kind::Table(&WEEK), "Intervals per weekday; without hours the whole period.");
const DAILY: Field = opt("daily", Kind::Intervals, "Intervals of every day; without hours the whole period.");

static POSSESSION: TableSpec = TableSpec {
    name: "possession",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        ID,
        req("section", Kind::Ref(What::Section), "Section of line."),
        opt("tracks", Kind::Integer(1, 2), "Tracks taken, all if not given."),
        req("from", Kind::Date, "First day."),
        req("to", Kind::Date, "Last day."),
        ZONE,
        WEEKLY,
        DAILY,
    ],
};

static RESTRICTION: TableSpec = TableSpec {
    name: "speed_restriction",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        ID,
        req("section", Kind::Ref(What::Section), "Section of line."),
        req("from_m", n(0.0, 300_000.0, "m"), "Metres after the section's start."),
        req("to_m", n(0.0, 300_000.0, "m"), "Metres after the section's start."),
        req("speed_kmh", n(5.0, 160.0, "km/h"), "Speed."),
        req("from", Kind::Date, "First day."),
        req("to", Kind::Date, "Last day."),
        ZONE,
    ],
};

static FAILURE: TableSpec = TableSpec {
    name: "locomotive_failure",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        ID,
        opt("per_million_km", q(0.0, 10_000.0, "failures a million train km"), "Failures at random."),
        opt("locomotive", Kind::Ref(What::Locomotive), "Class that fails at random; without it all."),
        opt("service", Kind::Ref(What::Service), "Dated: the service."),
        opt("after", Kind::Ref(What::Point), "Dated: the point the train has left."),
        opt("from", Kind::Date, "Dated: the first train from this day on, at the border."),
        req("minutes", q(1.0, 10_080.0, "min"), "Minutes until the train goes on, drawn each time."),
    ],
};

static CUT: TableSpec = TableSpec {
    name: "power_cut",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        ID,
        req("sections", Kind::Refs(What::Section), "Sections of line."),
        opt("from", Kind::Date, "Dated: first day."),
        opt("to", Kind::Date, "Dated: last day."),
        ZONE,
        WEEKLY,
        DAILY,
        opt("per_year", q(0.0, 1_000.0, "cuts a year"), "Cuts at random."),
        opt("hours", q(0.1, 720.0, "h"), "Hours of a cut at random, drawn each time."),
    ],
};

static DELAY: TableSpec = TableSpec {
    name: "entry_delay",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        ID,
        opt("service", Kind::Ref(What::Service), "The service; without it all trains."),
        req("share", q(0.0, 1.0, ""), "Share of trains that are late."),
        req("minutes", q(0.0, 10_080.0, "min"), "Minutes late, drawn each time."),
    ],
};
