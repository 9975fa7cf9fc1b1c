//! `trade.toml` and `rules.csv`.

use super::{FileSpec, Format, Kind, TableSpec, What, lim, opt, q, req, root};

pub(super) static TRADE: FileSpec = FileSpec {
    name: "trade.toml",
    format: Format::Toml,
    required: false,
    doc: "Goods and the demand for them.",
    root: &root(&[
        req("good", Kind::Tables(&GOOD), "Commodity groups."),
        opt("demand_factor", Kind::Tables(&FACTOR), "Dated factors on demand."),
    ]),
};

static GOOD: TableSpec = TableSpec {
    name: "good",
    defines: Some(What::Good),
    key: &["id"],
    basis: true,
    fields: &[
        req("id", Kind::Id, "Short name."),
        req("title", Kind::Text, "Name for people."),
        req("hs", Kind::Texts, "HS chapters or headings it covers, as texts."),
        req("direction", Kind::Direction, "Direction."),
        req("level_musd_per_month", q(0.0, 20_000.0, "million USD a month"), "Value asked for in a normal month."),
        req("unit_value_usd_per_t", q(1.0, 10_000_000.0, "USD/t"), "Value of a tonne."),
        opt("season", Kind::Numbers(12, lim(0.0, 12.0, "")), "Twelve monthly factors, January first."),
        req("day_usd_per_t", q(0.0, 10_000.0, "USD/t a day"), "Cost of a day's delay."),
        req("patience_days", q(0.0, 3_650.0, "days"), "Days after which a late order is given up."),
        req("postponed_share", q(0.0, 1.0, ""), "Share of orders that wait when no route runs."),
        opt("no_vehicle", Kind::Flag, "Counted in customs, not moved (electricity)."),
        opt("flags", Kind::Texts, FLAGS_DOC),
    ],
};

/// What `flags` may hold.
pub(crate) const FLAGS: [&str; 3] = ["dangerous", "perishable", "exempt"];
const FLAGS_DOC: &str = "What handling and rules make of it: dangerous, perishable, exempt (no rule refuses it).";

static FACTOR: TableSpec = TableSpec {
    name: "demand_factor",
    defines: None,
    key: &[],
    basis: true,
    fields: &[
        req("title", Kind::Text, "What it is."),
        req("from", Kind::Date, "First day."),
        req("to", Kind::Date, "Last day."),
        req("direction", Kind::Direction, "Direction it applies to."),
        req("factor", q(0.0, 100.0, ""), "Factor on the level of all goods."),
    ],
};

pub(super) static RULES: FileSpec = FileSpec {
    name: "rules.csv",
    format: Format::Csv,
    required: false,
    doc: "Laws and rules.",
    root: &TableSpec {
        name: "rule",
        defines: None,
        key: &["id"],
        basis: false,
        fields: &[
            req("id", Kind::Id, "Short name."),
            req("rule", Kind::Text, "Title."),
            opt("content", Kind::Text, "Content."),
            opt("from", Kind::LooseDate, "First day, if dated."),
            opt("direction", Kind::Direction, "Direction it forbids."),
            opt("refuses_hs", Kind::Texts, "HS chapters or headings it forbids."),
            opt("source", Kind::Text, "Publisher."),
            opt("url", Kind::Text, "Link."),
        ],
    },
};

pub(super) static CONSIGNMENTS: FileSpec = FileSpec {
    name: "consignments.csv",
    format: Format::Csv,
    required: false,
    doc: "Consignments that someone means to send, checked against rules, wagons and documents; demand is trade.toml's.",
    root: &TableSpec {
        name: "consignment",
        defines: None,
        key: &["id"],
        basis: true,
        fields: &[
            req("id", Kind::Id, "Short name."),
            opt("good", Kind::Ref(What::Good), "Commodity group it is counted in."),
            req("hs6", Kind::Text, "Six digits of the Harmonized System."),
            req("direction", Kind::Direction, "Direction."),
            req("origin", Kind::Ref(What::Point), "Where it is loaded."),
            req("destination", Kind::Ref(What::Point), "Where it is unloaded."),
            req("wagon", Kind::Ref(What::Wagon), "Class of its wagons."),
            req("wagons", Kind::Integer(1, 10_000), "Wagons."),
            req("gross_t", q(0.0, 400.0, "t"), "Tonnes of a loaded wagon, its own among them."),
            opt("tare_t", q(0.0, 200.0, "t"), "Tonnes of an empty wagon; its class's if not given."),
            req("documents", Kind::Word(&["complete", "incomplete", "missing"]), "State of its documents."),
            opt("flags", Kind::Texts, FLAGS_DOC),
        ],
    },
};
