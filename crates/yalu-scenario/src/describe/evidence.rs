//! `crossings.csv`, `regimes.csv`, `reports.csv`, `observed.csv`, `story.toml`.

use super::declare::{
    As, BANS, DATE, FLAG, ID, LOOSE_DATE, MONTH, PAIRS, TEXT, TEXTS, TIMES, ZONE, n, named, one_of, q, tables, word,
};
use super::{Field, FileSpec, Format, Kind, TableSpec};
use crate::row::{Placed, Rows};
use crate::value::Day;
use yalu_model::{
    About, Allotment, Ban, Claim, CrossingId, Mode, ModelFigure, PointId, Precision, Quantity, State, Words as _, words,
};

const CONFIDENCE: As<String> = one_of(&["high", "medium", "low"]);

/// Whether a value was reported or derived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    Reported,
    Derived,
}

words! {
    Told { "R" => Self::Reported, "D" => Self::Derived }
}

file! { CrossingRow: "crossings.csv", Csv, optional, "Border crossings by mode." }

table! {
    CrossingRow CrossingAt: "crossing", defines Crossing, key [id] {
        req id: String = ID, "Short name as reports use it.";
        req title: String = TEXT, "Name for people.";
        req mode: Mode = word(), "Mode.";
        opt lat: f64 = n(-90.0, 90.0, "degrees"), "Latitude.";
        opt lon: f64 = n(-180.0, 180.0, "degrees"), "Longitude.";
        any colour: String = TEXT, "Colour token.";
        opt trade_share: f64 = n(0.0, 1.0, ""), "Share of the two countries' trade it carries in normal times.";
    }
}

file! { RegimeRow: "regimes.csv", Csv, optional, "Dated service states of crossings." }

table! {
    RegimeRow RegimeAt: "regime", key [crossing from], with basis {
        req crossing: CrossingId = named(), "Crossing.";
        req from: Day = DATE, "First day.";
        opt to: Day = DATE, "Last day, empty for open.";
        req state: State = word(), "State.";
        opt start_uncertainty_days: f64 = n(0.0, 1_000.0, "days"), "Days the start may lie earlier or later.";
        opt trains_per_day: Quantity = q(0.0, 100.0, "trains a day"), "Trains a day.";
        opt wagons_per_train: Quantity = q(0.0, 120.0, "wagons"), "Wagons a train.";
        opt wagons_per_day: Quantity = q(0.0, 10_000.0, "wagons a day"), "Wagons a day each way, all trains together.";
        opt capacity_share: Quantity = q(0.0, 10.0, ""), "Share of a route's vehicles a day.";
        opt hold_days: Quantity = q(0.0, 365.0, "days"), "Days goods are held after crossing.";
        any restrictions: Vec<Placed<String>> = TEXTS, "Restrictions, parted by `;`.";
        opt notice_days: Quantity = q(0.0, 365.0, "days"), "Days before its first day that it is known.";
        opt ramp_days: Quantity = q(0.0, 1_000.0, "days"), "Days in which trains and vehicles grow to what it allows.";
        any bans_hs: Vec<Ban> = BANS, "Goods that may not pass: HS codes or *, with AA-BB: before it for one direction; parted by `;`.";
        opt allotment: Allotment = word(), "Who may ship where more is asked than passes: first_come, proportional or priority.";
        any confidence: String = CONFIDENCE, "high, medium or low.";
        any start_basis: String = TEXT, "What the boundary rests on.";
        any reasoning: String = TEXT, "Why.";
    }
}

/// `reports.csv`, which has a reader of its own ([`crate::reports`]): JSON Lines hold the same.
pub(crate) const REPORTS: &FileSpec = &FileSpec {
    name: "reports.csv",
    format: Format::Csv,
    required: false,
    doc: "Reports as published.",
    root: &TableSpec { name: "report", defines: None, key: &[], basis: false, ordered: true, fields: REPORT_FIELDS },
};

const fn field(name: &'static str, required: bool, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required, doc }
}

/// The fields of a report.
pub(crate) const REPORT_FIELDS: &[Field] = &[
    field("id", true, ID.kind, "Short name."),
    field("reported", true, LOOSE_DATE.kind, "Day it became known."),
    field("reported_prec", false, Kind::Word(Precision::NAMES), "Precision of that day."),
    field("event_start", false, LOOSE_DATE.kind, "First day it speaks of."),
    field("event_end", false, LOOSE_DATE.kind, "Last day it speaks of."),
    field("prec", false, Kind::Word(Precision::NAMES), "Precision of these days."),
    field("crossing", true, TEXT.kind, "Crossing as written; ALL-LAND reaches all land crossings."),
    field("mode", false, TEXT.kind, "Modes parted by `+`: rail, passenger, road, sea, air; or all."),
    field("claim", true, Kind::Word(Claim::NAMES), "What it says."),
    field("qty", false, n(0.0, 1e12, "").kind, "Count, if any."),
    field("unit", false, TEXT.kind, "Unit of the count."),
    field("detail", false, TEXT.kind, "In our words."),
    field("source", true, TEXT.kind, "Publisher."),
    field("source_type", false, TEXT.kind, "Kind of source; one not in the list counts for less than all that are."),
    field("origin", false, TEXT.kind, "Reports that go back to one source share it."),
    field("derived", false, FLAG.kind, "A plain copy."),
    field("url", false, TEXT.kind, "Link."),
    field("qty_noise", false, n(0.0, 1e12, "").kind, "Standard deviation of the count, in its unit."),
    field("note", false, TEXT.kind, "Remark of whoever keeps the record."),
    field("corrects", false, TEXT.kind, "Report that this one corrects."),
    field("admiralty", false, TEXT.kind, "Admiralty letters, as in B2; shown, never a probability."),
    field("judged_by", false, TEXT.kind, "Who judged what it says."),
    field("judged_on", false, LOOSE_DATE.kind, "Day of that judgement."),
    field("judged_why", false, TEXT.kind, "Why it was judged so."),
];

file! { ObservedRow: "observed.csv", Csv, optional, "Reported monthly values, million USD." }

table! {
    ObservedRow ObservedAt: "observed", key [month] {
        req month: (i16, i8) = MONTH, "Month, YYYY-MM.";
        opt exports_musd: f64 = n(0.0, 1e6, "million USD"), "First to second country.";
        opt imports_musd: f64 = n(0.0, 1e6, "million USD"), "Second to first country.";
        opt total_musd: f64 = n(0.0, 1e6, "million USD"), "Both.";
        opt exports_kind: Told = word(), "Reported or derived.";
        #[expect(dead_code, reason = "for people")]
        opt imports_kind: Told = word(), "Reported or derived.";
        any source: String = TEXT, "Publisher.";
        any source_date: String = TEXT, "Day of publication.";
        any url: String = TEXT, "Link.";
        #[expect(dead_code, reason = "for people")]
        any confidence: String = TEXT, "Confidence.";
    }
}

file! { StoryFile: "story.toml", Toml, optional, "The day the report opens with." }

table! {
    StoryFile StoryFileAt: "" {
        req day: Day = DATE, "The day.";
        req headline: String = TEXT, "Headline.";
        req lead: String = TEXT, "Lead.";
        req crossing: CrossingId = named(), "Crossing it is about.";
        any seen: Rows<SeenRow> = tables(), "Times of trains that someone saw.";
        any question: Rows<QuestionRow> = tables(), "Questions of the day.";
        any claim: Rows<ClaimRow> = tables(), "Claims beside the record.";
    }
}

table! {
    SeenRow SeenAt: "seen", in order {
        req day: Day = DATE, "Day in the zone.";
        req times: Vec<Placed<u32>> = TIMES, "Times of day in the zone.";
        req zone: String = ZONE, "Zone of the day and the times.";
        req point: PointId = named(), "Where.";
        req text: String = TEXT, "Who saw what.";
    }
}

table! {
    QuestionRow QuestionAt: "question", in order {
        req about: About = word(), "What it asks after.";
        req question: String = TEXT, "The question.";
        req answer: String = TEXT, "The finding.";
        any text: String = TEXT, "Text.";
        any facts: Vec<(String, String)> = PAIRS, "Sourced facts: label and value.";
        any sources: Vec<Placed<String>> = TEXTS, "Report ids and other sources.";
    }
}

table! {
    ClaimRow ClaimAt: "claim", in order {
        req said: String = TEXT, "What was said.";
        req record: String = TEXT, "What the record says.";
        req model: ModelFigure = word(), "Which model figure stands beside it.";
        any sources: Vec<Placed<String>> = TEXTS, "Sources.";
        req confidence: String = CONFIDENCE, "high, medium or low.";
        req verdict: String = TEXT, "Verdict.";
    }
}
