//! `services.toml`, `routes.toml`.

use super::{FileSpec, Format, Kind, TableSpec, What, opt, q, req, root};

pub(super) static SERVICES: FileSpec = FileSpec {
    name: "services.toml",
    format: Format::Toml,
    required: true,
    doc: "Trains that run a path on a calendar.",
    root: &root(&[req("service", Kind::Tables(&SERVICE), "Services.")]),
};

static SERVICE: TableSpec = TableSpec {
    name: "service",
    defines: Some(What::Service),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        req("kind", Kind::Word(&["freight", "passenger"]), "Freight or passenger."),
        req("from", Kind::Ref(What::Point), "First point of the path."),
        req("to", Kind::Ref(What::Point), "Last point of the path."),
        opt("crossing", Kind::Ref(What::Crossing), "Crossing that must run on the day."),
        opt("departures", Kind::Times, "Times of day, in the order they are used."),
        opt("zone", Kind::Zone, "Zone of the departures."),
        opt("days", Kind::Weekdays, "\"daily\" or a list of mon, tue, wed, thu, fri, sat, sun."),
        opt("every_s", Kind::Integer(60, 864_000), "Seconds between trains, day and night, in place of departures."),
        opt(
            "first_s",
            Kind::Integer(0, 31_536_000),
            "Seconds from the begin of the horizon to the first, 0 if not given.",
        ),
        opt("trains", Kind::Integer(1, 10_000_000), "Number of trains; without it to the end of the horizon."),
        req("locomotive", Kind::Ref(What::Locomotive), "Locomotive."),
        req("wagon", Kind::Ref(What::Wagon), "Wagon."),
        req("max_wagons", q(0.0, 120.0, "wagons"), "Greatest number of wagons."),
        opt("trains_per_day", q(0.0, 100.0, "trains a day"), "Trains a day when the crossing is open."),
        req("priority", Kind::Integer(-1000, 1000), "Dispatching priority, higher first."),
        req("supplement_percent", q(0.0, 300.0, "%"), "Running time added to the least possible."),
        opt("cancel_after_min", q(0.0, 43_200.0, "min"), "Minutes a train may wait for its cut."),
        opt(
            "load_t",
            q(0.0, 150.0, "t"),
            "Tonnes a wagon carries, of a service that no route uses; drawn for each train.",
        ),
        opt("turn", Kind::Table(&TURN), "If given, the train runs back."),
        opt("stop", Kind::Tables(&STOP), "Stops on the way, in order."),
    ],
};

static TURN: TableSpec = TableSpec {
    name: "turn",
    defines: None,
    key: &[],
    basis: true,
    fields: &[req("after_min", q(0.0, 43_200.0, "min"), "Minutes standing before it runs back.")],
};

static STOP: TableSpec = TableSpec {
    name: "stop",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("point", Kind::Ref(What::Point), "The point."),
        req("minutes", q(0.0, 43_200.0, "min"), "Least minutes standing."),
        opt("reverses", Kind::Flag, "Whether the train leaves by the way it came."),
    ],
};

pub(super) static ROUTES: FileSpec = FileSpec {
    name: "routes.toml",
    format: Format::Toml,
    required: false,
    doc: "Ways for goods across the border.",
    root: &root(&[req("route", Kind::Tables(&ROUTE), "Routes.")]),
};

static ROUTE: TableSpec = TableSpec {
    name: "route",
    defines: Some(What::Route),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        req(
            "colour",
            Kind::Word(&["rail", "road", "sea", "quanhe", "jian", "tumen", "khasan"]),
            "Colour token of charts.",
        ),
        req("mode", Kind::Word(&["rail", "road", "sea"]), "Mode of transport."),
        req("crossings", Kind::Refs(What::Crossing), "Crossings that must all run."),
        req("directions", Kind::Directions, "Directions it can carry."),
        req("waits_at", Kind::Ref(What::Point), "Place where goods wait to cross."),
        req("released_at", Kind::Ref(What::Point), "Place where goods are released."),
        opt("vehicles_per_day", q(0.0, 10_000.0, "vehicles a day"), "Vehicles a day each way when open (not rail)."),
        opt("payload_t", q(0.1, 300_000.0, "t"), "Tonnes per vehicle (not rail)."),
        req("transit_h", q(0.0, 2_400.0, "h"), "Hours from departure to release, without any hold."),
        opt("approach_days", q(0.0, 180.0, "days"), "Days from order to the place where goods wait to cross."),
        req("cost_usd_per_t", q(0.0, 5_000.0, "USD/t"), "Cost."),
        req("dislike_usd_per_t", q(-5_000.0, 5_000.0, "USD/t"), "Liking beyond cost and time; positive is worse."),
        opt("gauge_mm", q(500.0, 1_700.0, "mm"), "Gauge; this and the next six are told, not simulated."),
        opt("train_length_m", q(0.0, 5_000.0, "m"), "Longest train."),
        opt("axle_load_t", q(1.0, 60.0, "t"), "Axle load."),
        opt("ruling_grade_permil", q(0.0, 150.0, "per mille"), "Ruling gradient."),
        opt("electrified", Kind::Text, "Electrification, for people."),
        opt("hours", Kind::Text, "Hours, for people."),
        opt("limit_note", Kind::Text, "What else limits it, for people."),
        opt("rail", Kind::Table(&RAIL), "The services that carry it (rail only)."),
    ],
};

static RAIL: TableSpec = TableSpec {
    name: "rail",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("over_border", Kind::Ref(What::Service), "Service over the border."),
        opt("onward", Kind::Ref(What::Service), "Service from the far border station onward."),
        opt("hold", Kind::Ref(What::Hold), "Place where goods are held while a regime asks it."),
        req("fleet_wagons", q(1.0, 50_000.0, "wagons"), "Wagons that stand empty at the loading point at first."),
        opt(
            "fleet_far_wagons",
            q(0.0, 50_000.0, "wagons"),
            "Wagons that stand empty at the far border station at first.",
        ),
        opt("owner", Kind::Text, "Who owns the wagons."),
        req("loading_places", q(1.0, 1_000.0, "places"), "Wagons loaded at the same time."),
        req("loading_h", q(0.0, 480.0, "h"), "Hours to load a wagon."),
        opt("unloading_places", q(1.0, 1_000.0, "places"), "Wagons unloaded at the same time."),
        opt("unloading_h", q(0.0, 480.0, "h"), "Hours to unload a wagon."),
        opt("return_days", q(0.0, 180.0, "days"), "Days an emptied wagon stands before it goes back."),
        opt(
            "turnaround_days",
            q(0.0, 365.0, "days"),
            "Days after which wagons that go on beyond the far border station are back there, in place of unloading.",
        ),
        opt("kept_share", q(0.0, 1.0, ""), "Share of the wagons over the border that never come back."),
    ],
};
