//! `[[station.activity]]` of `border.toml`.

use super::declare::{DIRECTION, FLAG, ID, TEXT, TEXTS, many, n, q, table, tables, whole, word};
use crate::row::{Placed, Rows};
use yalu_model::{Clock, Direction, Quantity, Release, StartRule, Subject, TrackUse, UsePer, words};

/// Which cuts an activity is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Load {
    Loaded,
    Empty,
}

/// How minutes scatter, where they do not as their range says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ShapeWord {
    Exponential,
    Erlang2,
    Lognormal,
}

words! {
    Load { "loaded" => Self::Loaded, "empty" => Self::Empty }
    ShapeWord { "exponential" => Self::Exponential, "erlang2" => Self::Erlang2, "lognormal" => Self::Lognormal }
}

table! {
    ActivityRow ActivityAt: "activity", key [id], with basis, in order {
        req id: String = ID, "Short name.";
        req title: String = TEXT, "Name for people.";
        opt on: Subject = word(), "What it is done to; cut if not given.";
        req applies_to: Load = word(), "Which cuts.";
        req direction: Direction = DIRECTION, "Direction of the cut.";
        opt after: Vec<Placed<String>> = TEXTS, "What must have ended before; the one written before it if not given.";
        opt team: String = TEXT, "One team of the same station; none needs no staff.";
        any uses: Rows<UsesRow> = tables(), "Resources of the same station, taken all at once.";
        opt keeps_until: String = TEXT, "The later activity until whose end it keeps them, or departure.";
        opt minutes: Quantity = q(0.0, 20_160.0, "min"), "Minutes for the subject as a whole, drawn each time.";
        opt days: Quantity = q(0.0, 365.0, "days"), "Days in place of minutes, of a hold.";
        opt shape: ShapeWord = word(), "How minutes scatter about their mean; as the range says if not given.";
        opt cv: f64 = n(0.01, 5.0, ""), "Standard deviation over mean of a lognormal shape.";
        opt at_least_min: f64 = n(0.0, 20_160.0, "min"), "Minutes it never falls below, of a shape.";
        opt minutes_per_wagon: Quantity = q(0.0, 1_440.0, "min"), "Minutes for each wagon in addition.";
        opt shape_per_wagon: ShapeWord = word(), "How minutes_per_wagon scatter from wagon to wagon.";
        opt batch: BatchRow = table(), "Rounds of wagons in addition.";
        opt share: Quantity = q(0.0, 1.0, ""), "Share of subjects it is done to; all if not given.";
        opt red: RedRow = table(), "The red channel: subjects that are looked at longer.";
        opt returned_share: Quantity = q(0.0, 1.0, ""), "Share of cuts sent back after it.";
        req may_start: StartRule = word(), "When it may start.";
        any interruptible: bool = FLAG, "Whether closing interrupts it; no if not given.";
        opt clock: Clock = word(), "Whether its time runs while it is interrupted.";
        opt release: Release = word(), "What ends a hold; own_days if not given.";
        opt frees_track: TrackUse = word(), "When the cut gives its yard track back; it stays if not given.";
        opt only_under: String = TEXT, "Only while a regime names this restriction.";
    }
}

table! {
    UsesRow UsesAt: "uses", key [resource], with basis {
        req resource: String = TEXT, "A resource or team of the same station.";
        opt count: u32 = whole(1, 1_000_000), "How many; 1 if not given.";
        opt per: UsePer = word(), "For each of what; for the activity as a whole if not given.";
    }
}

table! {
    BatchRow BatchAt: "batch", with basis {
        req resource: String = TEXT, "The resource of the same station that gives the places.";
        opt places: Quantity = many(1.0, 2_000.0, "places"), "Wagons at a time; all of the resource if not given.";
        req minutes: Quantity = q(0.0, 20_160.0, "min"), "Minutes of a round, drawn each time.";
    }
}

table! {
    RedRow RedAt: "red", with basis {
        req share: Quantity = q(0.0, 1.0, ""), "Share of subjects that take it.";
        req minutes: Quantity = q(0.0, 20_160.0, "min"), "Minutes of a red subject, drawn each time.";
    }
}
