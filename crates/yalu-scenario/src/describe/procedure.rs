//! `[[station.activity]]` of `border.toml`.

use super::{Kind, TableSpec, n, opt, q, req, words};
use yalu_model::{ActivityKind, Subject};

pub(super) static ACTIVITY: TableSpec = TableSpec {
    name: "activity",
    defines: None,
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        opt("kind", Kind::Word(KINDS), "What it is; other if not given."),
        opt("on", Kind::Word(SUBJECTS), "What it is done to; cut if not given."),
        req("applies_to", Kind::Word(&["loaded", "empty"]), "Which cuts."),
        req("direction", Kind::Direction, "Direction of the cut."),
        opt("after", Kind::Texts, "What must have ended before; the one written before it if not given."),
        opt("team", Kind::Text, "One team of the same station; none needs no staff."),
        opt("uses", Kind::Tables(&USES), "Resources of the same station, taken all at once."),
        opt("keeps_until", Kind::Text, "The later activity until whose end it keeps them, or departure."),
        opt("minutes", q(0.0, 20_160.0, "min"), "Minutes for the subject as a whole, drawn each time."),
        opt("days", q(0.0, 365.0, "days"), "Days in place of minutes, of a quarantine."),
        opt("shape", Kind::Word(SHAPES), "How minutes scatter about their mean; as the range says if not given."),
        opt("cv", n(0.01, 5.0, ""), "Standard deviation over mean of a lognormal shape."),
        opt("at_least_min", n(0.0, 20_160.0, "min"), "Minutes it never falls below, of a shape."),
        opt("minutes_per_wagon", q(0.0, 1_440.0, "min"), "Minutes for each wagon in addition."),
        opt("shape_per_wagon", Kind::Word(SHAPES), "How minutes_per_wagon scatter from wagon to wagon."),
        opt("batch", Kind::Table(&BATCH), "Rounds of wagons in addition."),
        opt("share", q(0.0, 1.0, ""), "Share of subjects it is done to; all if not given."),
        opt("red", Kind::Table(&RED), "The red channel: subjects that are looked at longer."),
        opt("returned_share", q(0.0, 1.0, ""), "Share of cuts sent back after it."),
        req("may_start", Kind::Word(&["if_it_can_finish", "any_open_time"]), "When it may start."),
        opt("interruptible", Kind::Flag, "Whether closing interrupts it; no if not given."),
        opt("clock", Kind::Word(&["open_hours", "always"]), "Whether its time runs while it is interrupted."),
        opt("release", Kind::Word(&["own_days", "regime_days"]), "What ends a quarantine; own_days if not given."),
        opt(
            "frees_track",
            Kind::Word(&["at_begin", "at_end"]),
            "When the cut gives its yard track back; it stays if not given.",
        ),
        opt("only_under", Kind::Text, "Only while a regime names this restriction."),
    ],
};

static KINDS: &[&str] = &words(&ActivityKind::WORDS);
static SUBJECTS: &[&str] = &words(&Subject::WORDS);
static SHAPES: &[&str] = &["exponential", "erlang2", "lognormal"];

static USES: TableSpec = TableSpec {
    name: "uses",
    defines: None,
    key: &["resource"],
    basis: true,
    fields: &[
        req("resource", Kind::Text, "A resource or team of the same station."),
        opt("count", Kind::Integer(1, 2_000), "How many; 1 if not given."),
        opt("per", Kind::Word(&["wagon", "tonne"]), "For each of what; for the activity as a whole if not given."),
    ],
};

static BATCH: TableSpec = TableSpec {
    name: "batch",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("resource", Kind::Text, "The resource of the same station that gives the places."),
        opt("places", q(1.0, 2_000.0, "places"), "Wagons at a time; all of the resource if not given."),
        req("minutes", q(0.0, 20_160.0, "min"), "Minutes of a round, drawn each time."),
    ],
};

static RED: TableSpec = TableSpec {
    name: "red",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("share", q(0.0, 1.0, ""), "Share of subjects that take it."),
        req("minutes", q(0.0, 20_160.0, "min"), "Minutes of a red subject, drawn each time."),
    ],
};
