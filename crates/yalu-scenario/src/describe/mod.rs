//! What each file of a scenario holds: the one description that decoding, checks, suggestions and schemas follow.

#[macro_use]
pub(crate) mod declare;
mod border;
mod disturbances;
mod evidence;
mod network;
mod procedure;
mod services;
mod stock;
mod trade;

pub(crate) use border::{BorderFile, HoursRow, QuotaRow, QuotaUnit, StationRow, WeekRow};
pub(crate) use disturbances::{
    DisturbancesFile, LocomotiveFailureRow, PossessionRow, PowerCutRow, SpeedRestrictionRow,
};
pub(crate) use evidence::{CrossingRow, ObservedRow, REPORT_FIELDS, REPORTS, RegimeRow, SeenRow, StoryFile, Told};
pub(crate) use network::{CHOICE_DOC, PointRow, ProfileRow, ScenarioFile, SectionRow, TrafficRow};
pub(crate) use procedure::{ActivityRow, Load, ShapeWord};
pub(crate) use services::{RailRow, RouteRow, RoutesFile, ServiceRow, ServicesFile};
pub(crate) use stock::{Law, LocomotiveRow, RollingStockFile, WagonRow};
pub(crate) use trade::{ConsignmentRow, Flag, GoodRow, RuleRow, TradeFile};

use crate::row::Filed as _;

/// What a name refers to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum What {
    /// A row of `network/points.csv`.
    Point,
    /// A row of `network/sections.csv`.
    Section,
    /// `[[locomotive]]`.
    Locomotive,
    /// `[[wagon]]`.
    Wagon,
    /// `[[service]]`.
    Service,
    /// `[[route]]`.
    Route,
    /// A row of `crossings.csv`.
    Crossing,
    /// `[[hours]]`.
    Hours,
    /// `[[station]]`, by its point.
    Station,
    /// `[[hold]]`.
    Hold,
    /// `[[good]]`.
    Good,
}

impl What {
    /// For messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            What::Point => "point",
            What::Section => "section",
            What::Locomotive => "locomotive",
            What::Wagon => "wagon",
            What::Service => "service",
            What::Route => "route",
            What::Crossing => "crossing",
            What::Hours => "set of hours",
            What::Station => "border station",
            What::Hold => "hold",
            What::Good => "good",
        }
    }
    /// Where such are declared.
    pub(crate) fn place(self) -> &'static str {
        match self {
            What::Point => "network/points.csv",
            What::Section => "network/sections.csv",
            What::Locomotive => "rolling_stock.toml, [[locomotive]]",
            What::Wagon => "rolling_stock.toml, [[wagon]]",
            What::Service => "services.toml, [[service]]",
            What::Route => "routes.toml, [[route]]",
            What::Crossing => "crossings.csv",
            What::Hours => "border.toml, [[hours]]",
            What::Station => "border.toml, [[station]]",
            What::Hold => "border.toml, [[hold]]",
            What::Good => "trade.toml, [[good]]",
        }
    }
}

/// Smallest and largest value and the unit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Limits {
    /// Smallest sensible value.
    pub min: f64,
    /// Largest sensible value.
    pub max: f64,
    /// Above this a value is taken with a warning.
    pub usual: f64,
    /// Unit, empty for counts and shares.
    pub unit: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Letters, digits, `-` and `_`.
    Id,
    /// Any text.
    Text,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A list of some words.
    Words(&'static [&'static str]),
    /// An HS code of six digits.
    Hs6,
    /// A list of HS codes.
    HsCodes,
    /// A list of HS codes or `*`, each perhaps of one direction (`AA-BB:27`).
    Bans,
    /// The name of something declared elsewhere.
    Ref(What),
    /// Two capital letters.
    Country,
    /// An IANA time zone.
    Zone,
    /// `AA-BB`, a pair of the corridor's countries.
    Direction,
    /// A whole number.
    Integer(i64, i64),
    /// A plain number.
    Number(Limits),
    /// A number that may be a range and has a basis.
    Quantity(Limits),
    /// true or false.
    Flag,
    /// A civil day.
    Date,
    /// A civil day, month or year.
    LooseDate,
    /// A civil month.
    Month,
    /// Days of the week: `daily` or a list.
    Weekdays,
    /// A list of texts.
    Texts,
    /// A list of names of things declared elsewhere.
    Refs(What),
    /// Two country codes.
    Countries,
    /// A list of directions.
    Directions,
    /// A list of quantities.
    Quantities(Limits),
    /// A fixed count of plain numbers.
    Numbers(usize, Limits),
    /// A list of plain numbers whose count and limits another field decides.
    List,
    /// A list of pairs of plain numbers: what depends on what (speed and force).
    Curve(Limits, Limits),
    /// A list of times of day.
    Times,
    /// A list of civil days.
    Dates,
    /// A list of `HH:MM-HH:MM`.
    Intervals,
    /// A list of pairs of texts.
    Pairs,
    /// A table.
    Table(&'static TableSpec),
    /// A list of tables.
    Tables(&'static TableSpec),
}

/// A key of a table or a column of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Key or column.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, in a line.
    pub doc: &'static str,
}

/// A table, or a row of a CSV file.
#[derive(Debug)]
pub(crate) struct TableSpec {
    /// Name in paths (`service` in `service.bridge.max_wagons`).
    pub name: &'static str,
    /// What its rows are, if others refer to them.
    pub defines: Option<What>,
    /// Fields that together name a row; none: rows are counted from 0.
    pub key: &'static [&'static str],
    /// Whether `source` and `assumed` may stand beside its numbers.
    pub basis: bool,
    /// Whether the order of its rows means something.
    pub ordered: bool,
    /// Its fields in order.
    pub fields: &'static [Field],
}

impl TableSpec {
    /// All keys allowed.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let basis: &'static [&'static str] = if self.basis { &["source", "assumed"] } else { &[] };
        let fields: &'static [Field] = self.fields;
        fields.iter().map(|f| f.name).chain(basis.iter().copied())
    }
    /// The field of a name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        let fields: &'static [Field] = self.fields;
        fields.iter().find(|f| f.name == name)
    }
}

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    /// TOML; the spec is of its root table.
    Toml,
    /// CSV; the spec is of a row.
    Csv,
}

/// A file of the folder.
#[derive(Debug)]
pub(crate) struct FileSpec {
    /// Path in the folder.
    pub name: &'static str,
    /// TOML or CSV.
    pub format: Format,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds, in a line.
    pub doc: &'static str,
    /// The root table, or a row.
    pub root: &'static TableSpec,
}

/// All files, in the order in which they are read.
pub(crate) const FILES: &[&FileSpec] = &[
    ScenarioFile::FILE,
    PointRow::FILE,
    SectionRow::FILE,
    ProfileRow::FILE,
    TrafficRow::FILE,
    RollingStockFile::FILE,
    ServicesFile::FILE,
    DisturbancesFile::FILE,
    RoutesFile::FILE,
    BorderFile::FILE,
    TradeFile::FILE,
    RuleRow::FILE,
    ConsignmentRow::FILE,
    CrossingRow::FILE,
    RegimeRow::FILE,
    REPORTS,
    ObservedRow::FILE,
    StoryFile::FILE,
];
