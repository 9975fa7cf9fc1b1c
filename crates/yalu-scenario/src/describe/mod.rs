//! What each file of a scenario holds: the one description that decoding, checks, suggestions and schemas follow.

mod border;
mod disturbances;
mod evidence;
mod network;
mod procedure;
mod services;
mod stock;
mod trade;

pub(crate) use network::CHOICE_DOC;
pub(crate) use stock::{FORMULAS, Formula};
pub(crate) use trade::FLAGS;

/// What a name refers to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
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
    pub fn noun(self) -> &'static str {
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
    pub fn place(self) -> &'static str {
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
pub struct Limits {
    /// Smallest sensible value.
    pub min: f64,
    /// Largest sensible value.
    pub max: f64,
    /// Unit, empty for counts and shares.
    pub unit: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Letters, digits, `-` and `_`.
    Id,
    /// Any text.
    Text,
    /// One of some words.
    Word(&'static [&'static str]),
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
pub struct Field {
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
pub struct TableSpec {
    /// Name in paths (`service` in `service.bridge.max_wagons`).
    pub name: &'static str,
    /// What its rows are, if others refer to them.
    pub defines: Option<What>,
    /// Fields that together name a row; none: rows are counted from 0.
    pub key: &'static [&'static str],
    /// Whether `source` and `assumed` may stand beside its numbers.
    pub basis: bool,
    /// Its fields in order.
    pub fields: &'static [Field],
}

impl TableSpec {
    /// All keys allowed.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let basis: &'static [&'static str] = if self.basis { &["source", "assumed"] } else { &[] };
        let fields: &'static [Field] = self.fields;
        fields.iter().map(|f| f.name).chain(basis.iter().copied())
    }
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let fields: &'static [Field] = self.fields;
        fields.iter().find(|f| f.name == name)
    }
}

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// TOML; the spec is of its root table.
    Toml,
    /// CSV; the spec is of a row.
    Csv,
}

/// A file of the folder.
#[derive(Debug)]
pub struct FileSpec {
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
pub const FILES: &[&FileSpec] = &[
    &network::SCENARIO,
    &network::POINTS,
    &network::SECTIONS,
    &network::PROFILES,
    &network::TRAFFIC,
    &stock::ROLLING_STOCK,
    &services::SERVICES,
    &disturbances::DISTURBANCES,
    &services::ROUTES,
    &border::BORDER,
    &trade::TRADE,
    &trade::RULES,
    &trade::CONSIGNMENTS,
    &evidence::CROSSINGS,
    &evidence::REGIMES,
    &evidence::REPORTS,
    &evidence::OBSERVED,
    &evidence::STORY,
];

const fn req(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: true, doc }
}
const fn opt(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: false, doc }
}
const fn lim(min: f64, max: f64, unit: &'static str) -> Limits {
    Limits { min, max, unit }
}
const fn q(min: f64, max: f64, unit: &'static str) -> Kind {
    Kind::Quantity(lim(min, max, unit))
}
const fn n(min: f64, max: f64, unit: &'static str) -> Kind {
    Kind::Number(lim(min, max, unit))
}
const fn root(fields: &'static [Field]) -> TableSpec {
    TableSpec { name: "", defines: None, key: &[], basis: false, fields }
}
/// The words of a list of words and what they mean.
const fn words<T: Copy, const N: usize>(list: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut i = 0;
    while i < N {
        out[i] = list[i].0;
        i += 1;
    }
    out
}
