//! `border.toml`.

use super::declare::{
    DATE, DATES, DIRECTION, HOURS, ID, INTERVALS, TEXT, TEXTS, ZONE, many, named, q, table, tables, word,
};
use super::procedure::ActivityRow;
use crate::row::{Placed, Rows};
use crate::value::Day;
use yalu_model::{Direction, PointId, Quantity, ResourceKind, words};

file! { BorderFile: "border.toml", Toml, optional, "Opening hours, border stations, their resources and procedures, quarantine holds." }

table! {
    BorderFile BorderFileAt: "" {
        any hours: Rows<HoursRow> = tables(), "Opening hours.";
        any station: Rows<StationRow> = tables(), "Border stations.";
        any hold: Rows<HoldRow> = tables(), "Places where goods are held.";
    }
}

table! {
    HoursRow HoursAt: "hours", defines Hours, key [id], with basis {
        req id: String = ID, "Short name.";
        req zone: String = ZONE, "Zone the hours are read in.";
        opt week: WeekRow = table(), "Intervals per weekday.";
        opt daily: Vec<Placed<(u32, u32)>> = INTERVALS, "Intervals of every day.";
        any closed_days: Vec<Day> = DATES, "Days on which it does not open.";
        any holidays: Vec<Placed<String>> = TEXTS, "Days of every year on which it does not open, \"MM-DD\".";
        any exception: Rows<ExceptionRow> = tables(), "Days with hours of their own; they come before all else.";
    }
}

table! {
    ExceptionRow ExceptionAt: "exception", key [day], with basis {
        req day: Day = DATE, "The day.";
        req open: Vec<Placed<(u32, u32)>> = INTERVALS, "Its intervals, \"08:00-12:00\"; an empty list: closed.";
    }
}

const DAY_DOC: &str = "Intervals of the day, \"08:00-12:00\".";

table! {
    WeekRow WeekAt: "week" {
        any mon: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any tue: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any wed: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any thu: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any fri: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any sat: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
        any sun: Vec<Placed<(u32, u32)>> = INTERVALS, DAY_DOC;
    }
}

table! {
    StationRow StationAt: "station", defines Station, key [point], with basis {
        req point: PointId = named(), "The operational point.";
        req yard_tracks: Quantity = many(0.0, 200.0, "tracks"), "Yard tracks for cuts, beside the running tracks.";
        opt track_wagons: Quantity = q(1.0, 500.0, "wagons"), "Wagons that fit on a yard track; any cut fits if not given.";
        any most_tracks: Rows<MostTracksRow> = tables(), "Yard tracks that cuts of a direction may hold at most.";
        opt quota: QuotaRow = table(), "Trains it takes over from its neighbour, with the time they are for.";
        any team: Rows<TeamRow> = tables(), "Staff that work in parallel.";
        any resource: Rows<ResourceRow> = tables(), "What else there is so many of: stands, cranes, locomotives.";
        any activity: Rows<ActivityRow> = tables(), "Steps of the procedure.";
    }
}

table! {
    MostTracksRow MostTracksAt: "most_tracks", key [direction], with basis {
        req direction: Direction = DIRECTION, "Direction of the cuts.";
        req tracks: Quantity = q(1.0, 200.0, "tracks"), "Tracks they may hold at most.";
    }
}

/// The time a quota is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum QuotaUnit {
    Day,
    Shift,
}

words! {
    QuotaUnit { "day" => Self::Day, "shift" => Self::Shift }
}

table! {
    QuotaRow QuotaAt: "quota", with basis {
        req value: Quantity = q(0.0, 1_000.0, "trains"), "Trains.";
        req per: QuotaUnit = word(), "The time it is for, \"day\" or \"shift\".";
        opt hours: usize = HOURS, "Hours each of whose openings is a shift.";
    }
}

table! {
    ResourceRow ResourceAt: "resource", key [id], with basis {
        req id: String = ID, "Short name.";
        req kind: ResourceKind = word(), "What it is.";
        req count: Quantity = many(1.0, 2_000.0, ""), "How many there are.";
        opt hours: usize = HOURS, "Its hours; at any time if not given.";
        opt away_when_idle_min: Quantity = q(0.0, 20_160.0, "min"), "Minutes it goes away for when nobody waits for it.";
    }
}

table! {
    TeamRow TeamAt: "team", key [id], with basis {
        req id: String = ID, "Short name.";
        req count: Quantity = many(1.0, 200.0, "teams"), "How many such teams.";
        req hours: usize = HOURS, "Its hours.";
    }
}

table! {
    HoldRow HoldAt: "hold", defines Hold, key [id], with basis {
        req id: String = ID, "Short name.";
        req title: String = TEXT, "Name for people.";
        req point: PointId = named(), "Where it is.";
        req station: PointId = named(), "The border station whose wagons it takes.";
        req capacity_t: Quantity = many(0.0, 10_000_000.0, "t"), "Tonnes it can hold.";
        req platform_places: Quantity = many(1.0, 1_000.0, "places"), "Wagons unloaded at the same time.";
        req unloading_h: Quantity = q(0.0, 480.0, "h"), "Hours from the border station there and to unload.";
        req hold_days: Quantity = q(0.0, 365.0, "days"), "Days goods are held when the regime names none.";
        req from: Day = DATE, "First day of its use.";
        req to: Day = DATE, "Last day of its use.";
        req release_t_per_day: Quantity = q(0.0, 1_000_000.0, "t a day"), "Tonnes it sends on a day.";
    }
}
