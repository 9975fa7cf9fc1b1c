//! `trade.toml` and `rules.csv`.

use super::{FileSpec, Format, Kind, TableSpec, lim, opt, q, req, root};

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
    defines: None,
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
    ],
};

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
