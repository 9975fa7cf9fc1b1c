//! Crossings, regimes, reports, reported values, and the day of the story.

use crate::{Basis, CrossingId, Direction, HsCode, LatLon, Quantity};
use yalu_calendar::CivilDay;
use yalu_units::Instant;

/// A mode of transport.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Rail freight.
    Rail,
    /// Rail passengers.
    Passenger,
    /// Road.
    Road,
    /// Sea.
    Sea,
    /// Air.
    Air,
    /// A place all its routes depend on (a city, a port).
    Place,
}

/// A border crossing in one mode (`crossings.csv`).
#[derive(Clone, Debug)]
pub struct Crossing {
    /// Short name as reports use it (`id`).
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Mode (`mode`).
    pub mode: Mode,
    /// Position (`lat`, `lon`), if known.
    pub position: Option<LatLon>,
    /// Colour token (`colour`).
    pub colour: String,
    /// Share of the two countries' trade it carries in normal times, 0 to 1, if known (`trade_share`).
    pub trade_share: Option<f64>,
}

/// Service state of a crossing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Never opened.
    NotOpened,
    /// Nothing runs.
    Suspended,
    /// Runs with a quota or restriction.
    Limited,
    /// Runs.
    Open,
    /// Not known; carries nothing in a declared regime.
    Unknown,
}

/// A word that restricts beside the state. Activities of border stations name words of their own (`only_under`); those
/// of [`ACTING_WORDS`] act on trains and vehicles.
pub type Restriction = String;

/// Words that act without an activity that names them.
///
/// `convoy`: the day's trains go one after another from the first departure on. `directional`: one way at a time, from the
/// first country until noon, from the second after. `alternate_days`: one way a day, by turns. `trial`: one train a day
/// each way where the regime names no number.
pub const ACTING_WORDS: [&str; 4] = ["convoy", "directional", "alternate_days", "trial"];

/// Who may ship where more is asked of a crossing than it takes (`allotment`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Allotment {
    /// Whoever comes first: what is too much stands in line (`first_come`).
    #[default]
    FirstCome,
    /// Leave to ship is given before goods move, to each good in proportion to what is asked for (`proportional`).
    Proportional,
    /// The same, to goods of a better rank first (`priority`).
    Priority,
}

impl Allotment {
    /// Whether who ships is set before goods move.
    pub fn is_set_before(self) -> bool {
        self != Allotment::FirstCome
    }
}

/// Goods that a regime does not let pass (`bans_hs`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ban {
    /// Direction it holds for; none: both.
    pub direction: Option<Direction>,
    /// HS code; none: all goods.
    pub hs: Option<HsCode>,
}

impl Ban {
    /// Whether goods of a direction with these headings are banned: each heading must be.
    pub fn all_of(bans: &[Ban], direction: Direction, headings: &[HsCode]) -> bool {
        let here = || bans.iter().filter(|b| b.direction.is_none_or(|d| d == direction));
        let banned = |hs: &HsCode| here().any(|b| b.hs.is_some_and(|own| own.covers(*hs)));
        here().any(|b| b.hs.is_none()) || !headings.is_empty() && headings.iter().all(banned)
    }
}

/// A dated service state (`regimes.csv`).
#[derive(Clone, Debug)]
pub struct Regime {
    /// Crossing (`crossing`).
    pub crossing: CrossingId,
    /// First instant (`from`), local midnight at the border.
    pub from: Instant,
    /// End (`to`, exclusive here; the file gives the last day, empty for open).
    pub to: Instant,
    /// State (`state`).
    pub state: State,
    /// Days the start may lie earlier or later (`start_uncertainty_days`).
    pub start_uncertainty_days: f64,
    /// Trains a day (`trains_per_day`).
    pub trains_per_day: Option<Quantity>,
    /// Wagons a train (`wagons_per_train`).
    pub wagons_per_train: Option<Quantity>,
    /// Wagons a day each way, all trains together (`wagons_per_day`).
    pub wagons_per_day: Option<Quantity>,
    /// Share of a route's vehicles a day (`capacity_share`).
    pub capacity_share: Option<Quantity>,
    /// Days goods are held after crossing (`hold_days`).
    pub hold_days: Option<Quantity>,
    /// Restrictions (`restrictions`, parted by `;`).
    pub restrictions: Vec<Restriction>,
    /// Days before its first that it is known (`notice_days`); none: an opening three days ahead, a closure not at all.
    pub notice_days: Option<Quantity>,
    /// Days in which trains and vehicles a day grow evenly to what it allows (`ramp_days`).
    pub ramp_days: Option<Quantity>,
    /// Goods that may not pass (`bans_hs`, parted by `;`).
    pub bans: Vec<Ban>,
    /// Who may ship (`allotment`); none: first come while it runs, and as before while it is shut.
    pub allotment: Option<Allotment>,
    /// high, medium, low (`confidence`).
    pub confidence: String,
    /// What the boundary rests on (`start_basis`).
    pub start_basis: String,
    /// Why (`reasoning`).
    pub reasoning: String,
    /// Source or assumed.
    pub basis: Basis,
}

impl Regime {
    /// Whether anything may cross.
    pub fn runs(&self) -> bool {
        matches!(self.state, State::Open | State::Limited)
    }
    /// Whether it keeps any goods from passing.
    pub fn bans_goods(&self) -> bool {
        self.import_ban() || !self.bans.is_empty()
    }
    /// Whether goods of a direction with these headings may not pass: by its bans, or because the second country takes nothing
    /// in by this crossing (restriction `import_ban`).
    pub fn refuses(&self, direction: Direction, headings: &[HsCode]) -> bool {
        self.import_ban() && direction == Direction::Forward || Ban::all_of(&self.bans, direction, headings)
    }
    fn import_ban(&self) -> bool {
        self.restrictions.iter().any(|w| w == "import_ban")
    }
}

/// In place of a crossing in a report: all by land.
pub const ALL_LAND: &str = "ALL-LAND";

/// In place of modes in a report: all of them.
pub const ALL_MODES: &str = "all";

/// Kinds of source that have a record of being right. A report of any other kind counts for less than all of these.
pub const SOURCE_TYPES: [&str; 8] = [
    "official_party",
    "agency_observation",
    "third_country_official",
    "international_org",
    "satellite",
    "state_media",
    "media_other",
    "media_anon",
];

/// What a report says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Runs.
    Running,
    /// Does not run.
    Suspended,
    /// Has begun again.
    Resumed,
    /// Something was seen.
    Observed,
    /// Will begin.
    Planned,
    /// Is said not to be so.
    Denied,
    /// Is not confirmed.
    Unconfirmed,
    /// Was opened.
    Opened,
    /// Its source takes back, or took down, the report that this one corrects; it says nothing of its own.
    Retracted,
}

/// How exactly a report dates what it speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Precision {
    /// To the day.
    #[default]
    Day,
    /// About that day.
    Approx,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl Precision {
    /// Days by which a day may be off. One dated to the day may be off by one, for zones differ.
    pub fn slack_days(self) -> i32 {
        match self {
            Precision::Day => 1,
            Precision::Approx => 14,
            Precision::Month => 31,
            Precision::Year => 366,
        }
    }
}

/// A report: what someone published of a crossing, with the day it speaks of and the day it became known.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Short name (`id`).
    pub id: String,
    /// Day it became known (`reported`).
    pub reported: CivilDay,
    /// How well that day is known (`reported_prec`).
    pub reported_prec: Precision,
    /// First day it speaks of (`event_start`).
    pub event_start: Option<CivilDay>,
    /// Last day it speaks of (`event_end`).
    pub event_end: Option<CivilDay>,
    /// How well these days are known (`prec`).
    pub prec: Precision,
    /// Crossing as written (`crossing`); `ALL-LAND` reaches all land crossings.
    pub crossing: String,
    /// Mode as written (`mode`).
    pub mode: String,
    /// What it says (`claim`).
    pub claim: Claim,
    /// Count (`qty`), if any.
    pub qty: Option<f64>,
    /// Standard deviation of the count (`qty_noise`), if stated, in its unit.
    pub qty_noise: Option<f64>,
    /// Unit of the count (`unit`).
    pub unit: String,
    /// In our words (`detail`).
    pub detail: String,
    /// Publisher (`source`).
    pub source: String,
    /// Kind of source (`source_type`).
    pub source_type: String,
    /// Reports that go back to one source share it (`origin`).
    pub origin: String,
    /// A plain copy (`derived`).
    pub derived: bool,
    /// Link (`url`).
    pub url: String,
    /// Remark of whoever keeps the record (`note`).
    pub note: String,
    /// Id of the report that this one corrects (`corrects`).
    pub corrects: String,
    /// Admiralty letters as given (`admiralty`), `B2`: shown, never a probability.
    pub admiralty: String,
    /// Who judged what it says (`judged_by`).
    pub judged_by: String,
    /// When (`judged_on`).
    pub judged_on: Option<CivilDay>,
    /// Why so (`judged_why`).
    pub judged_why: String,
}

impl Report {
    /// First and last day it speaks of; the day it became known where it names none.
    pub fn event(&self) -> (CivilDay, CivilDay) {
        let start = self.event_start.or(self.event_end).unwrap_or(self.reported);
        (start, self.event_end.unwrap_or(start))
    }
    /// Whether it speaks of a day after it became known, as far as both are known.
    pub fn speaks_of_later(&self) -> bool {
        self.event().0.since(self.reported) > self.prec.slack_days().max(self.reported_prec.slack_days())
    }
}

/// A reported monthly value (`observed.csv`), million USD.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Year and month (`month`).
    pub month: (i16, i8),
    /// First to second country (`exports_musd`).
    pub exports_musd: Option<f64>,
    /// Second to first country (`imports_musd`).
    pub imports_musd: Option<f64>,
    /// Both (`total_musd`).
    pub total_musd: Option<f64>,
    /// Exports derived from rates or totals, not reported (`exports_kind` = `D`).
    pub exports_derived: bool,
    /// Day of publication as written (`source_date`): a day, a month, or nothing.
    pub source_date: String,
    /// Publisher (`source`).
    pub source: String,
    /// Link (`url`).
    pub url: String,
}

/// The day the report opens with (`story.toml`).
#[derive(Clone, Debug)]
pub struct Story {
    /// The day, local midnight at the border (`day`).
    pub day: Instant,
    /// Headline.
    pub headline: String,
    /// Lead.
    pub lead: String,
    /// Crossing it is about (`crossing`).
    pub crossing: CrossingId,
    /// Times of trains that someone saw (`[[seen]]`).
    pub seen: Vec<SeenTrain>,
    /// Questions (`[[question]]`).
    pub questions: Vec<StoryQuestion>,
    /// Claims (`[[claim]]`).
    pub claims: Vec<StoryClaim>,
}

/// A train that someone saw at a point.
#[derive(Clone, Debug)]
pub struct SeenTrain {
    /// When (`day`, `time`, `zone`).
    pub at: Instant,
    /// Where (`point`).
    pub point: crate::PointId,
    /// Who saw what (`text`).
    pub text: String,
}

/// What a question of the day asks after (`about`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Whether it runs.
    Running,
    /// What it can carry.
    Carry,
    /// What its closure costs.
    Cost,
    /// How it recovers.
    Recover,
    /// What comes next.
    Next,
}

/// The figure of the model that stands beside a claim (`model`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ModelFigure {
    /// Wagons a train.
    Cars,
    /// Share of trade that goes by rail.
    RailShare,
    /// Share of trade that goes by sea.
    SeaShare,
    /// Goods that cross.
    Goods,
    /// Chance that it runs.
    Running,
    /// What comes next.
    Next,
    /// No figure.
    None,
}

/// One question of the day's page.
#[derive(Clone, Debug)]
pub struct StoryQuestion {
    /// What it asks after (`about`).
    pub about: About,
    /// The question (`question`).
    pub question: String,
    /// The finding (`answer`).
    pub answer: String,
    /// Text (`text`).
    pub text: String,
    /// Sourced facts: label, value (`facts = [["Seen", "1 train a day"]]`).
    pub facts: Vec<(String, String)>,
    /// Report ids and other sources (`sources`).
    pub sources: Vec<String>,
}

/// One claim of the story beside the record.
#[derive(Clone, Debug)]
pub struct StoryClaim {
    /// What was said (`said`).
    pub said: String,
    /// What the record says (`record`).
    pub record: String,
    /// Which figure of the model stands beside it (`model`).
    pub model: ModelFigure,
    /// Sources (`sources`).
    pub sources: Vec<String>,
    /// high, medium, low (`confidence`).
    pub confidence: String,
    /// Verdict (`verdict`).
    pub verdict: String,
}

crate::words! {
    Mode {
        "rail" => Self::Rail,
        "passenger" => Self::Passenger,
        "road" => Self::Road,
        "sea" => Self::Sea,
        "air" => Self::Air,
        "place" => Self::Place,
    }
    State {
        "not_opened" => Self::NotOpened,
        "suspended" => Self::Suspended,
        "limited" => Self::Limited,
        "open" => Self::Open,
        "unknown" => Self::Unknown,
    }
    Allotment {
        "first_come" => Self::FirstCome,
        "proportional" => Self::Proportional,
        "priority" => Self::Priority,
    }
    Claim {
        "running" => Self::Running,
        "suspended" => Self::Suspended,
        "resumed" => Self::Resumed,
        "observed" => Self::Observed,
        "planned" => Self::Planned,
        "denied" => Self::Denied,
        "unconfirmed" => Self::Unconfirmed,
        "opened" => Self::Opened,
        "retracted" => Self::Retracted,
    }
    Precision {
        "day" => Self::Day,
        "approx" => Self::Approx,
        "month" => Self::Month,
        "year" => Self::Year,
    }
    About {
        "running" => Self::Running,
        "carry" => Self::Carry,
        "cost" => Self::Cost,
        "recover" => Self::Recover,
        "next" => Self::Next,
    }
    ModelFigure {
        "cars" => Self::Cars,
        "rail_share" => Self::RailShare,
        "sea_share" => Self::SeaShare,
        "goods" => Self::Goods,
        "running" => Self::Running,
        "next" => Self::Next,
        "none" => Self::None,
    }
}
