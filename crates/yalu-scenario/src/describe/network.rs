//! `scenario.toml` and `network/`.

use super::{FileSpec, Format, Kind, TableSpec, What, lim, n, opt, q, req, root};

/// Of `[choice]`, which only a corridor with routes needs.
pub(crate) const CHOICE_DOC: &str = "How shippers choose among routes.";

pub(super) static SCENARIO: FileSpec = FileSpec {
    name: "scenario.toml",
    format: Format::Toml,
    required: true,
    doc: "The corridor as a whole: name, horizon, countries, seed, choice of route, rules of operation.",
    root: &root(&[
        req("corridor", Kind::Table(&CORRIDOR), "What the corridor is."),
        opt("choice", Kind::Table(&CHOICE), CHOICE_DOC),
        opt("operation", Kind::Table(&OPERATION), "Rules of operation on the line."),
    ]),
};

static CORRIDOR: TableSpec = TableSpec {
    name: "corridor",
    defines: None,
    key: &[],
    basis: false,
    fields: &[
        req("id", Kind::Id, "Short name, as in file names."),
        req("title", Kind::Text, "Name for people."),
        req("from", Kind::Date, "First day of the horizon."),
        req("to", Kind::Date, "Last day of the horizon."),
        req("zone", Kind::Zone, "Zone in which days and months of the border are counted."),
        req("countries", Kind::Countries, "The two countries, exporter of the first direction first."),
        req("seed", Kind::Integer(0, i64::MAX), "Seed of the random streams."),
        req("replications", Kind::Integer(1, 100_000), "Replications when the caller names none."),
        opt("attribution", Kind::Texts, "Attribution lines for data of others."),
        opt("wrong", Kind::Texts, "What the model is known to get wrong."),
    ],
};

static CHOICE: TableSpec = TableSpec {
    name: "choice",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("reaction_days", q(0.0, 365.0, "days"), "Days after which shippers know a wait."),
        req(
            "theta_per_usd",
            q(0.0, 10.0, "per USD/t"),
            "Weight of a USD per tonne of generalised cost in route choice.",
        ),
    ],
};

static OPERATION: TableSpec = TableSpec {
    name: "operation",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        opt(
            "route_setting_s",
            q(0.0, 600.0, "s"),
            "Seconds from the release of a block or track to its next use, 0 if not given.",
        ),
        opt(
            "non_simultaneous_s",
            q(0.0, 1_200.0, "s"),
            "Seconds between trains that may not enter a station at the same time, 0 if not given.",
        ),
        opt(
            "into_yard_s",
            q(0.0, 86_400.0, "s"),
            "Seconds a train stays on its track after its run before the yard takes it, 600 if not given.",
        ),
    ],
};

pub(super) static POINTS: FileSpec = FileSpec {
    name: "network/points.csv",
    format: Format::Csv,
    required: true,
    doc: "Operational points.",
    root: &TableSpec {
        name: "point",
        defines: Some(What::Point),
        key: &["id"],
        basis: true,
        fields: &[
            req("id", Kind::Id, "Short name."),
            req("name", Kind::Text, "Romanised name."),
            opt("local_name", Kind::Text, "Name in local script."),
            req("country", Kind::Country, "ISO country code."),
            req("lat", n(-90.0, 90.0, "degrees"), "Latitude, north positive."),
            req("lon", n(-180.0, 180.0, "degrees"), "Longitude, east positive."),
            req("zone", Kind::Zone, "Civil time zone."),
            req("kind", Kind::Word(POINT_KINDS), "What the point is for."),
            opt(
                "track_lengths_m",
                Kind::Quantities(lim(50.0, 3_000.0, "m")),
                "Lengths of the tracks trains can stand on.",
            ),
            opt(
                "simultaneous_entry",
                Kind::Flag,
                "Whether trains from both sides may enter at the same time: yes (default) or no.",
            ),
            opt("note", Kind::Text, "Remarks."),
        ],
    },
};

const POINT_KINDS: &[&str] =
    &["station", "border_station", "border_point", "halt", "closed", "bypassed", "terminus", "yard", "port", "road"];

pub(super) static SECTIONS: FileSpec = FileSpec {
    name: "network/sections.csv",
    format: Format::Csv,
    required: true,
    doc: "Sections of line between neighbouring points.",
    root: &TableSpec {
        name: "section",
        defines: Some(What::Section),
        key: &["id"],
        basis: true,
        fields: &[
            req("id", Kind::Id, "Short name."),
            req("from", Kind::Ref(What::Point), "End nearer the first country."),
            req("to", Kind::Ref(What::Point), "Other end."),
            req("length_m", q(10.0, 300_000.0, "m"), "Length."),
            req("tracks", Kind::Integer(1, 2), "1 or 2 tracks."),
            req("gauge_mm", Kind::Integer(600, 1_700), "Gauge, millimetres."),
            req("electrification", Kind::Word(&["none", "25kV50", "3kVDC", "unknown"]), "Traction supply."),
            req("speed_kmh", q(5.0, 160.0, "km/h"), "Line speed."),
            req(
                "gradient_permille",
                q(-60.0, 60.0, "per mille"),
                "Mean gradient from `from` to `to`, rising positive.",
            ),
            req("blocks", Kind::Integer(1, 100), "Signal blocks per track."),
            opt("note", Kind::Text, "Remarks."),
        ],
    },
};

pub(super) static PROFILES: FileSpec = FileSpec {
    name: "network/profiles.csv",
    format: Format::Csv,
    required: false,
    doc: "Finer speed and gradient of sections by distance.",
    root: &TableSpec {
        name: "profile",
        defines: None,
        key: &["section", "from_m"],
        basis: true,
        fields: &[
            req("section", Kind::Ref(What::Section), "The section."),
            req("from_m", n(0.0, 300_000.0, "m"), "Metres after the section's start."),
            req("to_m", n(0.0, 300_000.0, "m"), "Metres after the section's start."),
            opt("gradient_permille", n(-60.0, 60.0, "per mille"), "Gradient, rising positive."),
            opt("speed_kmh", n(5.0, 160.0, "km/h"), "Speed."),
            opt("curve_radius_m", n(50.0, 100_000.0, "m"), "Curve radius."),
        ],
    },
};

pub(super) static TRAFFIC: FileSpec = FileSpec {
    name: "network/traffic.csv",
    format: Format::Csv,
    required: false,
    doc: "Other trains between two points, each way.",
    root: &TableSpec {
        name: "traffic",
        defines: None,
        key: &["id"],
        basis: true,
        fields: &[
            req("id", Kind::Id, "Short name."),
            req("from", Kind::Ref(What::Point), "One end."),
            req("to", Kind::Ref(What::Point), "Other end."),
            req("kind", Kind::Word(&["domestic", "passenger"]), "Domestic freight or passengers."),
            req("trains_per_day", q(0.0, 200.0, "trains a day"), "Trains a day in each direction, drawn each day."),
            req("locomotive", Kind::Ref(What::Locomotive), "Locomotive."),
            req("wagon", Kind::Ref(What::Wagon), "Wagon."),
            req("wagons", Kind::Integer(0, 120), "Number of wagons."),
            req("load_t", n(0.0, 150.0, "t"), "Tonnes of load per wagon."),
        ],
    },
};
