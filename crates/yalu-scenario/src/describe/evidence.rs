//! `crossings.csv`, `regimes.csv`, `reports.csv`, `observed.csv`, `story.toml`.

use super::{FileSpec, Format, Kind, TableSpec, What, n, opt, q, req, root};

const CONFIDENCE: Kind = Kind::Word(&["high", "medium", "low"]);

pub(super) static CROSSINGS: FileSpec = FileSpec {
    name: "crossings.csv",
    format: Format::Csv,
    required: false,
    doc: "Border crossings by mode.",
    root: &TableSpec {
        name: "crossing",
        defines: Some(What::Crossing),
        key: &["id"],
        basis: false,
        fields: &[
            req("id", Kind::Id, "Short name as reports use it."),
            req("title", Kind::Text, "Name for people."),
            req("mode", Kind::Word(&["rail", "passenger", "road", "sea", "air", "place"]), "Mode."),
            opt("lat", n(-90.0, 90.0, "degrees"), "Latitude."),
            opt("lon", n(-180.0, 180.0, "degrees"), "Longitude."),
            opt("colour", Kind::Text, "Colour token."),
            opt("trade_share", n(0.0, 1.0, ""), "Share of the two countries' trade it carries in normal times."),
        ],
    },
};

pub(super) static REGIMES: FileSpec = FileSpec {
    name: "regimes.csv",
    format: Format::Csv,
    required: false,
    doc: "Dated service states of crossings.",
    root: &TableSpec {
        name: "regime",
        defines: None,
        key: &["crossing", "from"],
        basis: true,
        fields: &[
            req("crossing", Kind::Ref(What::Crossing), "Crossing."),
            req("from", Kind::Date, "First day."),
            opt("to", Kind::Date, "Last day, empty for open."),
            req("state", Kind::Word(&["not_opened", "suspended", "limited", "open", "unknown"]), "State."),
            opt("start_uncertainty_days", n(0.0, 1_000.0, "days"), "Days the start may lie earlier or later."),
            opt("trains_per_day", q(0.0, 100.0, "trains a day"), "Trains a day."),
            opt("wagons_per_train", q(0.0, 120.0, "wagons"), "Wagons a train."),
            opt("wagons_per_day", q(0.0, 10_000.0, "wagons a day"), "Wagons a day each way, all trains together."),
            opt("capacity_share", q(0.0, 10.0, ""), "Share of a route's vehicles a day."),
            opt("hold_days", q(0.0, 365.0, "days"), "Days goods are held after crossing."),
            opt("restrictions", Kind::Texts, "Restrictions, parted by `;`."),
            opt("notice_days", q(0.0, 365.0, "days"), "Days before its first day that it is known."),
            opt("ramp_days", q(0.0, 1_000.0, "days"), "Days in which trains and vehicles grow to what it allows."),
            opt(
                "bans_hs",
                Kind::Texts,
                "Goods that may not pass: HS headings or *, with AA-BB: before it for one direction; parted by `;`.",
            ),
            opt("confidence", CONFIDENCE, "high, medium or low."),
            opt("start_basis", Kind::Text, "What the boundary rests on."),
            opt("reasoning", Kind::Text, "Why."),
        ],
    },
};

pub(super) static REPORTS: FileSpec = FileSpec {
    name: "reports.csv",
    format: Format::Csv,
    required: false,
    doc: "Reports as published.",
    root: &TableSpec {
        name: "report",
        defines: None,
        // Reports given twice are the record's matter: a copy is told otherwise than a clash.
        key: &[],
        basis: false,
        fields: &[
            req("id", Kind::Id, "Short name."),
            req("reported", Kind::LooseDate, "Day it became known."),
            opt("reported_prec", Kind::Text, "Precision of that day."),
            opt("event_start", Kind::LooseDate, "First day it speaks of."),
            opt("event_end", Kind::LooseDate, "Last day it speaks of."),
            opt("prec", Kind::Text, "Precision of these days."),
            req("crossing", Kind::Text, "Crossing as written; ALL-LAND reaches all land crossings."),
            opt("mode", Kind::Text, "Mode as written."),
            req(
                "claim",
                Kind::Word(&[
                    "running",
                    "suspended",
                    "resumed",
                    "observed",
                    "planned",
                    "denied",
                    "unconfirmed",
                    "opened",
                ]),
                "What it says.",
            ),
            opt("qty", n(0.0, 1e12, ""), "Count, if any."),
            opt("unit", Kind::Text, "Unit of the count."),
            opt("detail", Kind::Text, "In our words."),
            req("source", Kind::Text, "Publisher."),
            opt("source_type", Kind::Text, "Kind of source."),
            opt("origin", Kind::Text, "Reports that go back to one source share it."),
            opt("derived", Kind::Flag, "A plain copy."),
            opt("url", Kind::Text, "Link."),
            opt("qty_noise", n(0.0, 1e12, ""), "Standard deviation of the count, in its unit."),
            opt("note", Kind::Text, "Remark of whoever keeps the record."),
            opt("corrects", Kind::Text, "Report that this one corrects."),
            opt("admiralty", Kind::Text, "Admiralty letters, as in B2; shown, never a probability."),
        ],
    },
};

pub(super) static OBSERVED: FileSpec = FileSpec {
    name: "observed.csv",
    format: Format::Csv,
    required: false,
    doc: "Reported monthly values, million USD.",
    root: &TableSpec {
        name: "observed",
        defines: None,
        key: &["month"],
        basis: false,
        fields: &[
            req("month", Kind::Month, "Month, YYYY-MM."),
            opt("exports_musd", n(0.0, 1e6, "million USD"), "First to second country."),
            opt("imports_musd", n(0.0, 1e6, "million USD"), "Second to first country."),
            opt("total_musd", n(0.0, 1e6, "million USD"), "Both."),
            opt("exports_kind", Kind::Word(&["R", "D"]), "Reported or derived."),
            opt("imports_kind", Kind::Word(&["R", "D"]), "Reported or derived."),
            opt("source", Kind::Text, "Publisher."),
            opt("source_date", Kind::Text, "Day of publication."),
            opt("url", Kind::Text, "Link."),
            opt("confidence", Kind::Text, "Confidence."),
        ],
    },
};

pub(super) static STORY: FileSpec = FileSpec {
    name: "story.toml",
    format: Format::Toml,
    required: false,
    doc: "The day the report opens with.",
    root: &root(&[
        req("day", Kind::Date, "The day."),
        req("headline", Kind::Text, "Headline."),
        req("lead", Kind::Text, "Lead."),
        req("crossing", Kind::Ref(What::Crossing), "Crossing it is about."),
        opt("seen", Kind::Tables(&SEEN), "Times of trains that someone saw."),
        opt("question", Kind::Tables(&QUESTION), "Questions of the day."),
        opt("claim", Kind::Tables(&CLAIM), "Claims beside the record."),
    ]),
};

static SEEN: TableSpec = TableSpec {
    name: "seen",
    defines: None,
    key: &[],
    basis: false,
    fields: &[
        req("day", Kind::Date, "Day in the zone."),
        req("times", Kind::Times, "Times of day in the zone."),
        req("zone", Kind::Zone, "Zone of the day and the times."),
        req("point", Kind::Ref(What::Point), "Where."),
        req("text", Kind::Text, "Who saw what."),
    ],
};

static QUESTION: TableSpec = TableSpec {
    name: "question",
    defines: None,
    key: &[],
    basis: false,
    fields: &[
        req("about", Kind::Word(&["running", "carry", "cost", "recover", "next"]), "What it asks after."),
        req("question", Kind::Text, "The question."),
        req("answer", Kind::Text, "The finding."),
        opt("text", Kind::Text, "Text."),
        opt("facts", Kind::Pairs, "Sourced facts: label and value."),
        opt("sources", Kind::Texts, "Report ids and other sources."),
    ],
};

static CLAIM: TableSpec = TableSpec {
    name: "claim",
    defines: None,
    key: &[],
    basis: false,
    fields: &[
        req("said", Kind::Text, "What was said."),
        req("record", Kind::Text, "What the record says."),
        req(
            "model",
            Kind::Word(&["cars", "rail_share", "sea_share", "goods", "running", "next", "none"]),
            "Which model figure stands beside it.",
        ),
        opt("sources", Kind::Texts, "Sources."),
        req("confidence", CONFIDENCE, "high, medium or low."),
        req("verdict", Kind::Text, "Verdict."),
    ],
};
