//! What the ledger is told: crossings, statements, monthly trade.

use crate::Day;
use yalu_model::{Claim, Crossing, Mode, Observed, Precision, Report};

/// Days after a month's end at which customs publish its trade (the customs' calendar: around the 18th to 20th).
const CUSTOMS_LAG_DAYS: i32 = 20;

/// A crossing as the ledger needs it.
#[derive(Clone, PartialEq, Debug)]
pub struct Watched {
    /// Short name as reports use it.
    pub id: String,
    /// What its crossings in other modes share: `DAN-SIN` of `DAN-SIN-RAIL`.
    pub place: String,
    /// Mode.
    pub mode: Mode,
    /// Whether statements on all land crossings reach it.
    pub land: bool,
    /// Share of the two countries' trade it carries in normal times, 0 to 1; monthly trade speaks of it in this measure.
    pub trade_share: f64,
}

impl Watched {
    /// A crossing by its name and mode: its place is the name without the last part; rail, passengers and road are
    /// land; its share of the trade is not known (0).
    pub fn new(id: &str, mode: Mode) -> Self {
        let place = id.rsplit_once('-').map_or(id, |(place, _)| place).to_owned();
        let land = matches!(mode, Mode::Rail | Mode::Passenger | Mode::Road);
        Self { id: id.to_owned(), place, mode, land, trade_share: 0.0 }
    }

    /// A crossing of a scenario.
    pub fn of(crossing: &Crossing) -> Self {
        let trade_share = crossing.trade_share.unwrap_or_default();
        Self { trade_share, ..Self::new(&crossing.id, crossing.mode) }
    }
}

/// What a report says, in days: the ledger's view of a report.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// Short name of the report.
    pub id: String,
    /// Day it became known.
    pub reported: Day,
    /// First and last day it speaks of; none: the day it became known.
    pub event: Option<(Day, Day)>,
    /// How exactly it dates these days.
    pub precision: Precision,
    /// Crossing as written; [`Statement::ALL_LAND`] reaches all land crossings.
    pub crossing: String,
    /// Mode as written: words joined by `+`, or `all`.
    pub mode: String,
    /// What it says.
    pub claim: Claim,
    /// Count, if any.
    pub quantity: Option<f64>,
    /// Unit of the count.
    pub unit: String,
    /// Kind of source.
    pub source_type: String,
    /// Reports that go back to one source share it; empty: the report stands alone.
    pub origin: String,
    /// A plain copy.
    pub derived: bool,
}

impl Statement {
    /// The name of all land crossings.
    pub const ALL_LAND: &'static str = yalu_model::ALL_LAND;

    /// Its origin; a report without one is its own.
    pub fn own_origin(&self) -> &str {
        if self.origin.is_empty() { &self.id } else { &self.origin }
    }

    /// What a report says. What is said to run on a day to come is a plan.
    pub fn of(report: &Report) -> Self {
        let runs = matches!(report.claim, Claim::Running | Claim::Resumed | Claim::Observed | Claim::Opened);
        Self {
            id: report.id.clone(),
            reported: report.reported,
            event: report.event_start.or(report.event_end).map(|_| report.event()),
            precision: report.prec,
            crossing: report.crossing.clone(),
            mode: report.mode.clone(),
            claim: if runs && report.speaks_of_later() { Claim::Planned } else { report.claim },
            quantity: report.qty,
            unit: report.unit.clone(),
            source_type: report.source_type.clone(),
            origin: report.origin.clone(),
            derived: report.derived,
        }
    }
}

/// The trade of one month, first to second country.
#[derive(Clone, PartialEq, Debug)]
pub struct MonthlyTrade {
    /// First and last day of the month.
    pub month: (Day, Day),
    /// Day it was published.
    pub published: Day,
    /// Exports, million USD.
    pub exports_musd: f64,
}

impl MonthlyTrade {
    /// A reported value of a scenario, published on its source's date, else 20 days after the month's end; nothing
    /// where exports are not known.
    pub fn of(observed: &Observed) -> Option<Self> {
        let month = Day::month(observed.month.0, observed.month.1)?;
        let published = Day::read(&observed.source_date).unwrap_or(month.1 + CUSTOMS_LAG_DAYS).max(month.1 + 1);
        Some(Self { month, published, exports_musd: observed.exports_musd? })
    }
}
