//! `border.toml`.

use super::{Field, FileSpec, Format, Kind, TableSpec, What, opt, q, req, root};

pub(super) static BORDER: FileSpec = FileSpec {
    name: "border.toml",
    format: Format::Toml,
    required: false,
    doc: "Border stations, their teams and procedures, quarantine holds.",
    root: &root(&[
        opt("hours", Kind::Tables(&HOURS), "Opening hours."),
        opt("station", Kind::Tables(&STATION), "Border stations."),
        opt("hold", Kind::Tables(&HOLD), "Places where goods are held."),
    ]),
};

static HOURS: TableSpec = TableSpec {
    name: "hours",
    defines: Some(What::Hours),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("zone", Kind::Zone, "Zone the hours are read in."),
        opt("week", Kind::Table(&WEEK), "Intervals per weekday."),
        opt("daily", Kind::Intervals, "Intervals of every day."),
        opt("closed_days", Kind::Dates, "Days on which it does not open."),
    ],
};

const fn day(name: &'static str) -> Field {
    opt(name, Kind::Intervals, "Intervals of the day, \"08:00-12:00\".")
}

pub(super) static WEEK: TableSpec = TableSpec {
    name: "week",
    defines: None,
    key: &[],
    basis: false,
    fields: &[day("mon"), day("tue"), day("wed"), day("thu"), day("fri"), day("sat"), day("sun")],
};

static STATION: TableSpec = TableSpec {
    name: "station",
    defines: Some(What::Station),
    key: &["point"],
    basis: true,
    fields: &[
        req("point", Kind::Ref(What::Point), "The operational point."),
        req("yard_tracks", q(0.0, 200.0, "tracks"), "Yard tracks for cuts, beside the running tracks."),
        opt("team", Kind::Tables(&TEAM), "Staff that work in parallel."),
        opt("activity", Kind::Tables(&ACTIVITY), "Steps of the procedure, in order."),
    ],
};

static TEAM: TableSpec = TableSpec {
    name: "team",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("count", q(1.0, 200.0, "teams"), "How many such teams."),
        req("hours", Kind::Ref(What::Hours), "Its hours."),
    ],
};

static ACTIVITY: TableSpec = TableSpec {
    name: "activity",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        req("applies_to", Kind::Word(&["loaded", "empty"]), "Which cuts."),
        req("direction", Kind::Direction, "Direction of the cut."),
        opt("team", Kind::Text, "Its team in the same station; none needs no staff."),
        req("minutes", q(0.0, 20_160.0, "min"), "Minutes for the cut as a whole, drawn each time."),
        opt("minutes_per_wagon", q(0.0, 1_440.0, "min"), "Minutes for each wagon in addition."),
        req("may_start", Kind::Word(&["if_it_can_finish", "any_open_time"]), "When it may start."),
        opt("only_under", Kind::Text, "Only while a regime names this restriction."),
    ],
};

static HOLD: TableSpec = TableSpec {
    name: "hold",
    defines: Some(What::Hold),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        req("point", Kind::Ref(What::Point), "Where it is."),
        req("station", Kind::Ref(What::Point), "The border station whose wagons it takes."),
        req("capacity_t", q(0.0, 10_000_000.0, "t"), "Tonnes it can hold."),
        req("platform_places", q(1.0, 1_000.0, "places"), "Wagons unloaded at the same time."),
        req("unloading_h", q(0.0, 480.0, "h"), "Hours from the border station there and to unload."),
        req("hold_days", q(0.0, 365.0, "days"), "Days goods are held when the regime names none."),
        req("from", Kind::Date, "First day of its use."),
        req("to", Kind::Date, "Last day of its use."),
        req("release_t_per_day", q(0.0, 1_000_000.0, "t a day"), "Tonnes it sends on a day."),
    ],
};
