//! `disturbances.toml`.

use super::border::WeekRow;
use super::declare::{DATE, ID, INTERVALS, TRACKS, ZONE, all_named, n, named, q, table, tables};
use crate::row::{Placed, Rows};
use crate::value::Day;
use yalu_model::{LocomotiveId, PointId, Quantity, SectionId, ServiceId};

file! { DisturbancesFile: "disturbances.toml", Toml, optional, "What disturbs the line: possessions, restrictions of speed, failures, power cuts, late entries." }

table! {
    DisturbancesFile DisturbancesFileAt: "" {
        any possession: Rows<PossessionRow> = tables(), "Track taken for maintenance.";
        any speed_restriction: Rows<SpeedRestrictionRow> = tables(), "A lower speed on part of a section for a time.";
        any locomotive_failure: Rows<LocomotiveFailureRow> = tables(), "Trains that come to a stand between two stations.";
        any power_cut: Rows<PowerCutRow> = tables(), "A dead contact line.";
        any entry_delay: Rows<EntryDelayRow> = tables(), "Trains ready after their time.";
    }
}

const ZONE_DOC: &str = "Zone of the days and hours; without it the border's.";
const WEEK_DOC: &str = "Intervals per weekday; without hours the whole period.";
const DAILY_DOC: &str = "Intervals of every day; without hours the whole period.";

table! {
    PossessionRow PossessionAt: "possession", key [id], with basis {
        req id: String = ID, "Short name.";
        req section: SectionId = named(), "Section of line.";
        opt tracks: u8 = TRACKS, "Tracks taken, all if not given.";
        req from: Day = DATE, "First day.";
        req to: Day = DATE, "Last day.";
        opt zone: String = ZONE, ZONE_DOC;
        opt week: WeekRow = table(), WEEK_DOC;
        opt daily: Vec<Placed<(u32, u32)>> = INTERVALS, DAILY_DOC;
    }
}

table! {
    SpeedRestrictionRow SpeedRestrictionAt: "speed_restriction", key [id], with basis {
        req id: String = ID, "Short name.";
        req section: SectionId = named(), "Section of line.";
        req from_m: f64 = n(0.0, 300_000.0, "m"), "Metres after the section's start.";
        req to_m: f64 = n(0.0, 300_000.0, "m"), "Metres after the section's start.";
        req speed_kmh: f64 = n(5.0, 160.0, "km/h"), "Speed.";
        req from: Day = DATE, "First day.";
        req to: Day = DATE, "Last day.";
        opt zone: String = ZONE, ZONE_DOC;
    }
}

table! {
    LocomotiveFailureRow LocomotiveFailureAt: "locomotive_failure", key [id], with basis {
        req id: String = ID, "Short name.";
        opt per_million_km: Quantity = q(0.0, 10_000.0, "failures a million train km"), "Failures at random.";
        opt locomotive: LocomotiveId = named(), "Class that fails at random; without it all.";
        opt service: ServiceId = named(), "Dated: the service.";
        opt after: PointId = named(), "Dated: the point the train has left.";
        opt from: Day = DATE, "Dated: the first train from this day on, at the border.";
        req minutes: Quantity = q(1.0, 10_080.0, "min"), "Minutes until the train goes on, drawn each time.";
    }
}

table! {
    PowerCutRow PowerCutAt: "power_cut", key [id], with basis {
        req id: String = ID, "Short name.";
        req sections: Vec<Placed<SectionId>> = all_named(), "Sections of line.";
        opt from: Day = DATE, "Dated: first day.";
        opt to: Day = DATE, "Dated: last day.";
        opt zone: String = ZONE, ZONE_DOC;
        opt week: WeekRow = table(), WEEK_DOC;
        opt daily: Vec<Placed<(u32, u32)>> = INTERVALS, DAILY_DOC;
        opt per_year: Quantity = q(0.0, 1_000.0, "cuts a year"), "Cuts at random.";
        opt hours: Quantity = q(0.1, 720.0, "h"), "Hours of a cut at random, drawn each time.";
    }
}

table! {
    EntryDelayRow EntryDelayAt: "entry_delay", key [id], with basis {
        req id: String = ID, "Short name.";
        opt service: ServiceId = named(), "The service; without it all trains.";
        req share: Quantity = q(0.0, 1.0, ""), "Share of trains that are late.";
        req minutes: Quantity = q(0.0, 10_080.0, "min"), "Minutes late, drawn each time.";
    }
}
