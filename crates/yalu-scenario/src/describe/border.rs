//! `border.toml`.

use super::procedure::ACTIVITY;
use super::{Field, FileSpec, Format, Kind, TableSpec, What, opt, q, req, root, words};
use yalu_model::ResourceKind;

pub(super) static BORDER: FileSpec = FileSpec {
    name: "border.toml",
    format: Format::Toml,
    required: false,
    doc: "Opening hours, border stations, their resources and procedures, quarantine holds.",
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
        opt("holidays", Kind::Texts, "Days of every year on which it does not open, \"MM-DD\"."),
        opt("exception", Kind::Tables(&EXCEPTION), "Days with hours of their own; they come before all else."),
    ],
};

static EXCEPTION: TableSpec = TableSpec {
    name: "exception",
    defines: None,
    key: &["day"],
    basis: true,
    fields: &[
        req("day", Kind::Date, "The day."),
        req("open", Kind::Intervals, "Its intervals, \"08:00-12:00\"; an empty list: closed."),
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
        opt("track_wagons", q(1.0, 500.0, "wagons"), "Wagons that fit on a yard track; any cut fits if not given."),
        opt("most_tracks", Kind::Tables(&MOST_TRACKS), "Yard tracks that cuts of a direction may hold at most."),
        opt("quota", Kind::Table(&QUOTA), "Trains it takes over from its neighbour, with the time they are for."),
        opt("team", Kind::Tables(&TEAM), "Staff that work in parallel."),
        opt("resource", Kind::Tables(&RESOURCE), "What else there is so many of: stands, cranes, locomotives."),
        opt("activity", Kind::Tables(&ACTIVITY), "Steps of the procedure."),
    ],
};

static MOST_TRACKS: TableSpec = TableSpec {
    name: "most_tracks",
    defines: None,
    key: &["direction"],
    basis: true,
    fields: &[
        req("direction", Kind::Direction, "Direction of the cuts."),
        req("tracks", q(1.0, 200.0, "tracks"), "Tracks they may hold at most."),
    ],
};

static QUOTA: TableSpec = TableSpec {
    name: "quota",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("value", q(0.0, 1_000.0, "trains"), "Trains."),
        req("per", Kind::Word(&["day", "shift"]), "The time it is for, \"day\" or \"shift\"."),
        opt("hours", Kind::Ref(What::Hours), "Hours each of whose openings is a shift."),
    ],
};

static RESOURCE: TableSpec = TableSpec {
    name: "resource",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("kind", Kind::Word(RESOURCE_KINDS), "What it is."),
        req("count", q(1.0, 2_000.0, ""), "How many there are."),
        opt("hours", Kind::Ref(What::Hours), "Its hours; at any time if not given."),
        opt("away_when_idle_min", q(0.0, 20_160.0, "min"), "Minutes it goes away for when nobody waits for it."),
    ],
};

static RESOURCE_KINDS: &[&str] = &words(&ResourceKind::WORDS);

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
