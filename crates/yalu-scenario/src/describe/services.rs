//! `services.toml`, `routes.toml`.

use super::declare::{
    DIRECTIONS, FLAG, ID, PRIORITY, TEXT, TIMES, WEEKDAYS, ZONE, all_named, many, named, one_of, q, table, tables,
    whole, word, word_of,
};
use crate::row::{Placed, Rows};
use yalu_model::{
    CrossingId, EnginePlace, HoldId, LocomotiveId, Mode, PointId, Quantity, ServiceId, ServiceKind, WagonId,
};

file! { ServicesFile: "services.toml", Toml, required, "Trains that run a path on a calendar." }

table! {
    ServicesFile ServicesFileAt: "" {
        req service: Rows<ServiceRow> = tables(), "Services.";
    }
}

table! {
    ServiceRow ServiceAt: "service", defines Service, key [id], with basis {
        req id: String = ID, "Short name.";
        req title: String = TEXT, "Name for people.";
        req kind: ServiceKind = word(), "Freight or passenger.";
        req from: PointId = named(), "First point of the path.";
        req to: PointId = named(), "Last point of the path.";
        opt crossing: CrossingId = named(), "Crossing that must run on the day.";
        opt departures: Vec<Placed<u32>> = TIMES, "Times of day, in the order they are used.";
        opt zone: String = ZONE, "Zone of the departures.";
        opt days: [bool; 7] = WEEKDAYS, "\"daily\" or a list of mon, tue, wed, thu, fri, sat, sun.";
        opt every_s: u32 = whole(60, 864_000), "Seconds between trains, day and night, in place of departures.";
        opt first_s: u32 = whole(0, 31_536_000), "Seconds from the begin of the horizon to the first, 0 if not given.";
        opt trains: u32 = whole(1, 10_000_000), "Number of trains; without it to the end of the horizon.";
        req locomotive: LocomotiveId = named(), "Locomotive.";
        opt locomotives: u32 = whole(1, 12), "How many of it pull at the front, 1 if not given.";
        any helper: Rows<HelperRow> = tables(), "Locomotives of other classes, or elsewhere in the train.";
        req wagon: WagonId = named(), "Wagon.";
        req max_wagons: Quantity = q(1.0, 120.0, "wagons"), "Greatest number of wagons.";
        opt trains_per_day: Quantity = q(0.0, 100.0, "trains a day"), "Trains a day when the crossing is open.";
        req priority: i32 = PRIORITY, "Dispatching priority, higher first.";
        req supplement_percent: Quantity = q(0.0, 300.0, "%"), "Running time added to the least possible.";
        opt cancel_after_min: Quantity = q(0.0, 43_200.0, "min"), "Minutes a train may wait for its cut.";
        opt load_t: Quantity = q(0.0, 150.0, "t"), "Tonnes a wagon carries, of a service that no route uses; drawn for each train.";
        opt turn: TurnRow = table(), "If given, the train runs back.";
        any stop: Rows<StopRow> = tables(), "Stops on the way, in order.";
    }
}

table! {
    HelperRow HelperAt: "helper", with basis {
        req locomotive: LocomotiveId = named(), "Locomotive.";
        opt count: u32 = whole(1, 12), "How many, 1 if not given.";
        req place: EnginePlace = word(), "Where in the train.";
    }
}

table! {
    TurnRow TurnAt: "turn", with basis {
        req after_min: Quantity = q(0.0, 43_200.0, "min"), "Minutes standing before it runs back.";
    }
}

table! {
    StopRow StopAt: "stop", with basis, in order {
        req point: PointId = named(), "The point.";
        req minutes: Quantity = q(0.0, 43_200.0, "min"), "Least minutes standing.";
        any reverses: bool = FLAG, "Whether the train leaves by the way it came.";
    }
}

file! { RoutesFile: "routes.toml", Toml, optional, "Ways for goods across the border." }

table! {
    RoutesFile RoutesFileAt: "" {
        req route: Rows<RouteRow> = tables(), "Routes.";
    }
}

table! {
    RouteRow RouteAt: "route", defines Route, key [id], with basis {
        req id: String = ID, "Short name.";
        req title: String = TEXT, "Name for people.";
        req colour: String = one_of(&["rail", "road", "sea", "plum", "olive", "brown", "grey"]), "Colour token of charts.";
        req mode: Mode = word_of(&["rail", "road", "sea"]), "Mode of transport.";
        req crossings: Vec<Placed<CrossingId>> = all_named(), "Crossings that must all run.";
        req directions: [bool; 2] = DIRECTIONS, "Directions it can carry.";
        req waits_at: PointId = named(), "Place where goods wait to cross.";
        req released_at: PointId = named(), "Place where goods are released.";
        opt vehicles_per_day: Quantity = many(0.0, 10_000.0, "vehicles a day"), "Vehicles a day each way when open (not rail).";
        opt payload_t: Quantity = q(0.1, 300_000.0, "t"), "Tonnes per vehicle (not rail).";
        req transit_h: Quantity = q(0.0, 2_400.0, "h"), "Hours from departure to release, without any hold.";
        opt approach_days: Quantity = q(0.0, 180.0, "days"), "Days from order to the place where goods wait to cross.";
        req cost_usd_per_t: Quantity = q(0.0, 5_000.0, "USD/t"), "Cost.";
        req dislike_usd_per_t: Quantity = q(-5_000.0, 5_000.0, "USD/t"), "Liking beyond cost and time; positive is worse.";
        opt gauge_mm: Quantity = q(500.0, 1_700.0, "mm"), "Gauge; this and the next six are told, not simulated.";
        opt train_length_m: Quantity = q(0.0, 5_000.0, "m"), "Longest train.";
        opt axle_load_t: Quantity = q(1.0, 60.0, "t"), "Axle load.";
        opt ruling_grade_permil: Quantity = q(0.0, 150.0, "per mille"), "Ruling gradient.";
        any electrified: String = TEXT, "Electrification, for people.";
        any hours: String = TEXT, "Hours, for people.";
        any limit_note: String = TEXT, "What else limits it, for people.";
        opt rail: RailRow = table(), "The services that carry it (rail only).";
    }
}

table! {
    RailRow RailAt: "rail", with basis {
        req over_border: ServiceId = named(), "Service over the border.";
        opt onward: ServiceId = named(), "Service from the far border station onward.";
        opt hold: HoldId = named(), "Place where goods are held while a regime asks it.";
        req fleet_wagons: Quantity = many(1.0, 50_000.0, "wagons"), "Wagons that stand empty at the loading point at first.";
        opt fleet_far_wagons: Quantity = many(0.0, 50_000.0, "wagons"), "Wagons that stand empty at the far border station at first.";
        any owner: String = TEXT, "Who owns the wagons.";
        req loading_places: Quantity = many(1.0, 1_000.0, "places"), "Wagons loaded at the same time.";
        req loading_h: Quantity = q(0.0, 480.0, "h"), "Hours to load a wagon.";
        opt unloading_places: Quantity = many(1.0, 1_000.0, "places"), "Wagons unloaded at the same time.";
        opt unloading_h: Quantity = q(0.0, 480.0, "h"), "Hours to unload a wagon.";
        opt return_days: Quantity = q(0.0, 180.0, "days"), "Days an emptied wagon stands before it goes back.";
        opt turnaround_days: Quantity = q(0.0, 365.0, "days"), "Days after which wagons that go on beyond the far border station are back there, in place of unloading.";
        opt kept_share: Quantity = q(0.0, 1.0, ""), "Share of the wagons over the border that never come back.";
    }
}
