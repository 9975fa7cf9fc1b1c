//! `scenario.toml` and `network/`.

use super::declare::{
    COUNTRIES, COUNTRY, DATE, FLAG, ID, SEED, TEXT, TEXTS, TRACKS, ZONE, lim, n, named, q, quantities, table, whole,
    word,
};
use crate::row::Placed;
use crate::value::Day;
use yalu_model::{GradientRead, LocomotiveId, PointId, PointKind, Quantity, SectionId, TrafficKind, WagonId};

/// Of `[choice]`, which only a corridor with routes needs.
pub(crate) const CHOICE_DOC: &str = "How shippers choose among routes.";

file! { ScenarioFile: "scenario.toml", Toml, required, "The corridor as a whole: name, horizon, countries, seed, choice of route, rules of operation." }

table! {
    ScenarioFile ScenarioFileAt: "" {
        opt format: u32 = whole(1, 1_000_000), "Version of the files of this folder; 1 if not given.";
        req corridor: CorridorRow = table(), "What the corridor is.";
        opt choice: ChoiceRow = table(), CHOICE_DOC;
        opt operation: OperationRow = table(), "Rules of operation on the line.";
    }
}

table! {
    CorridorRow CorridorAt: "corridor" {
        req id: String = ID, "Short name, as in file names.";
        req title: String = TEXT, "Name for people.";
        req from: Day = DATE, "First day of the horizon.";
        req to: Day = DATE, "Last day of the horizon.";
        req zone: String = ZONE, "Zone in which days and months of the border are counted.";
        req countries: [String; 2] = COUNTRIES, "The two countries, exporter of the first direction first.";
        req seed: u64 = SEED, "Seed of the random streams.";
        req replications: u32 = whole(1, 10_000), "Replications when the caller names none.";
        any attribution: Vec<Placed<String>> = TEXTS, "Attribution lines for data of others.";
        any wrong: Vec<Placed<String>> = TEXTS, "What the model is known to get wrong.";
    }
}

table! {
    ChoiceRow ChoiceAt: "choice", with basis {
        req reaction_days: Quantity = q(0.0, 365.0, "days"), "Days after which shippers know a wait.";
        req theta_per_usd: Quantity = q(0.0, 10.0, "per USD/t"), "Weight of a USD per tonne of generalised cost in route choice.";
    }
}

table! {
    OperationRow OperationAt: "operation", with basis {
        opt route_setting_s: Quantity = q(0.0, 600.0, "s"), "Seconds from the release of a block or track to its next use, 0 if not given.";
        opt non_simultaneous_s: Quantity = q(0.0, 1_200.0, "s"), "Seconds between trains that may not enter a station at the same time, 0 if not given.";
        opt gradient: GradientRead = word(), "Where under a train its gradient is read; averaged over its length if not given.";
        opt into_yard_s: Quantity = q(0.0, 86_400.0, "s"), "Seconds a train stays on its track after its run before the yard takes it, 600 if not given.";
    }
}

file! { PointRow: "network/points.csv", Csv, required, "Operational points." }

table! {
    PointRow PointAt: "point", defines Point, key [id], with basis {
        req id: String = ID, "Short name.";
        req name: String = TEXT, "Romanised name.";
        any local_name: String = TEXT, "Name in local script.";
        req country: String = COUNTRY, "ISO country code.";
        req lat: f64 = n(-90.0, 90.0, "degrees"), "Latitude, north positive.";
        req lon: f64 = n(-180.0, 180.0, "degrees"), "Longitude, east positive.";
        req zone: String = ZONE, "Civil time zone.";
        req kind: PointKind = word(), "What the point is for.";
        any track_lengths_m: Vec<Quantity> = quantities(lim(50.0, 5_000.0, "m")), "Lengths of the tracks trains can stand on.";
        opt simultaneous_entry: bool = FLAG, "Whether trains from both sides may enter at the same time: yes (default) or no.";
        any note: String = TEXT, "Remarks.";
    }
}

file! { SectionRow: "network/sections.csv", Csv, required, "Sections of line between neighbouring points." }

table! {
    SectionRow SectionAt: "section", defines Section, key [id], with basis {
        req id: String = ID, "Short name.";
        req from: PointId = named(), "End nearer the first country.";
        req to: PointId = named(), "Other end.";
        req length_m: Quantity = q(10.0, 1_000_000.0, "m"), "Length.";
        req tracks: u8 = TRACKS, "1 or 2 tracks.";
        req gauge_mm: u32 = whole(600, 1_700), "Gauge, millimetres.";
        req electrification: String = TEXT, "Traction supply by a name of one's own (25kV50, 15kV16.7, 1.5kVDC, third_rail), none or unknown.";
        req speed_kmh: Quantity = q(5.0, 160.0, "km/h"), "Line speed.";
        req gradient_permille: Quantity = q(-60.0, 60.0, "per mille"), "Mean gradient from `from` to `to`, rising positive.";
        req blocks: u32 = whole(1, 100), "Signal blocks per track.";
        #[expect(dead_code, reason = "for people")]
        any note: String = TEXT, "Remarks.";
    }
}

file! { ProfileRow: "network/profiles.csv", Csv, optional, "Finer speed and gradient of sections by distance." }

table! {
    ProfileRow ProfileAt: "profile", key [section from_m], with basis {
        req section: SectionId = named(), "The section.";
        req from_m: f64 = n(0.0, 1_000_000.0, "m"), "Metres after the section's start.";
        req to_m: f64 = n(0.0, 1_000_000.0, "m"), "Metres after the section's start.";
        opt gradient_permille: f64 = n(-60.0, 60.0, "per mille"), "Gradient, rising positive.";
        opt speed_kmh: f64 = n(5.0, 160.0, "km/h"), "Speed.";
        opt curve_radius_m: f64 = n(50.0, 100_000.0, "m"), "Curve radius.";
    }
}

file! { TrafficRow: "network/traffic.csv", Csv, optional, "Other trains between two points: each row runs both ways." }

table! {
    TrafficRow TrafficAt: "traffic", key [id], with basis {
        req id: String = ID, "Short name.";
        req from: PointId = named(), "One end.";
        req to: PointId = named(), "Other end.";
        req kind: TrafficKind = word(), "Domestic freight or passengers.";
        req trains_per_day: Quantity = q(0.0, 200.0, "trains a day"), "Trains a day each way: as many run from `to` to `from` as from `from` to `to`; drawn each day.";
        req locomotive: LocomotiveId = named(), "Locomotive.";
        req wagon: WagonId = named(), "Wagon.";
        req wagons: u32 = whole(0, 120), "Number of wagons.";
        req load_t: f64 = n(0.0, 150.0, "t"), "Tonnes of load per wagon.";
    }
}
