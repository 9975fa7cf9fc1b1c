//! Goods, the demand for them, and the rules that refuse some.

use crate::{GoodId, HsCode, PointId, Quantity, WagonId};
use std::ops::{Index, IndexMut};
use yalu_units::Instant;

/// Direction of trade.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// From the first country to the second (`CN-KP`).
    Forward,
    /// From the second to the first (`KP-CN`).
    Back,
}

impl Direction {
    /// Both, in the order of [`PerDirection`].
    pub const BOTH: [Direction; 2] = [Direction::Forward, Direction::Back];
}

/// Something for each direction of trade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PerDirection<T> {
    /// From the first country to the second.
    pub forward: T,
    /// From the second to the first.
    pub back: T,
}

impl<T> PerDirection<T> {
    /// What a rule gives for each direction.
    pub fn of(mut rule: impl FnMut(Direction) -> T) -> Self {
        Self { forward: rule(Direction::Forward), back: rule(Direction::Back) }
    }
}

impl<T> Index<Direction> for PerDirection<T> {
    type Output = T;
    fn index(&self, d: Direction) -> &T {
        match d {
            Direction::Forward => &self.forward,
            Direction::Back => &self.back,
        }
    }
}

impl<T> IndexMut<Direction> for PerDirection<T> {
    fn index_mut(&mut self, d: Direction) -> &mut T {
        match d {
            Direction::Forward => &mut self.forward,
            Direction::Back => &mut self.back,
        }
    }
}

/// A commodity group (`trade.toml`, `[[good]]`).
#[derive(Clone, Debug)]
pub struct Good {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// HS chapters or headings it covers (`hs = ["10", "1701"]`).
    pub hs: Vec<HsCode>,
    /// Direction (`direction`).
    pub direction: Direction,
    /// Value asked for in a normal month, million USD (`level_musd_per_month`).
    pub level_musd_per_month: Quantity,
    /// Value of a tonne, USD (`unit_value_usd_per_t`).
    pub unit_value_usd_per_t: Quantity,
    /// Twelve monthly factors, January first (`season`).
    pub season: [f64; 12],
    /// Cost of a day's delay, USD per tonne (`day_usd_per_t`).
    pub day_usd_per_t: Quantity,
    /// Days after which a late order is given up (`patience_days`).
    pub patience_days: Quantity,
    /// Share of orders that wait at all when no route runs; the rest is not placed (`postponed_share`).
    pub postponed_share: Quantity,
    /// Who gets leave to ship first where a regime allots by priority, 1 the first (`rank`).
    pub rank: u8,
    /// Carried by no vehicle (electricity): counted in customs, not moved (`no_vehicle`).
    pub no_vehicle: bool,
    /// What handling and rules make of it (`flags`).
    pub flags: Flags,
}

/// What handling and rules make of goods (`flags`).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags {
    /// Dangerous goods (`dangerous`).
    pub dangerous: bool,
    /// Spoils (`perishable`).
    pub perishable: bool,
    /// Exempt from rules that refuse goods, as humanitarian exemptions are (`exempt`).
    pub exempt: bool,
}

/// State of a consignment's documents (`documents`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Documents {
    /// All there (`complete`).
    Complete,
    /// Something has to be sent after (`incomplete`).
    Incomplete,
    /// None there (`missing`).
    Missing,
}

/// A consignment that someone means to send (`consignments.csv`): checked against rules, wagons and documents.
#[derive(Clone, Debug)]
pub struct Consignment {
    /// Short name (`id`).
    pub id: String,
    /// Commodity group it is counted in (`good`), if any.
    pub good: Option<GoodId>,
    /// Six digits of the Harmonized System (`hs6`).
    pub hs6: HsCode,
    /// Direction (`direction`).
    pub direction: Direction,
    /// Where it is loaded (`origin`).
    pub origin: PointId,
    /// Where it is unloaded (`destination`).
    pub destination: PointId,
    /// Class of its wagons (`wagon`).
    pub wagon: WagonId,
    /// Wagons (`wagons`).
    pub wagons: u32,
    /// Tonnes of a loaded wagon, its own among them (`gross_t`).
    pub gross_t: Quantity,
    /// Tonnes of an empty wagon; none: its class's (`tare_t`).
    pub tare_t: Option<Quantity>,
    /// State of its documents (`documents`).
    pub documents: Documents,
    /// What handling and rules make of it (`flags`).
    pub flags: Flags,
    /// Index in [`crate::Corridor::rules`] of the first that refuses it: it never travels.
    pub refused_by: Option<usize>,
}

/// A dated factor on demand (`trade.toml`, `[[demand_factor]]`): policy, not events.
#[derive(Clone, Debug)]
pub struct DemandFactor {
    /// What it is (`title`).
    pub title: String,
    /// From, local midnight at the border.
    pub from: Instant,
    /// To, exclusive.
    pub to: Instant,
    /// Direction it applies to.
    pub direction: Direction,
    /// Factor on the level of all goods (`factor`).
    pub factor: Quantity,
}

/// A law or rule (`rules.csv`).
#[derive(Clone, Debug)]
pub struct Rule {
    /// Short name (`id`).
    pub id: String,
    /// Title (`rule`).
    pub rule: String,
    /// Content (`content`).
    pub content: String,
    /// First instant (`from`), if dated.
    pub from: Option<Instant>,
    /// Direction it forbids (`direction`), if it forbids.
    pub direction: Option<Direction>,
    /// HS chapters or headings it forbids (`refuses_hs`, parted by `;`).
    pub refuses_hs: Vec<HsCode>,
    /// Publisher (`source`).
    pub source: String,
    /// Link (`url`).
    pub url: String,
}

impl Rule {
    /// Whether it refuses goods of a heading in a direction, once it is in force.
    pub fn refuses(&self, direction: Direction, hs: HsCode) -> bool {
        self.direction == Some(direction) && self.refuses_hs.iter().any(|r| r.covers(hs))
    }
    /// What it refuses of the goods of a code, where that is not all of them.
    pub fn refuses_within(&self, direction: Direction, hs: HsCode) -> Option<HsCode> {
        let within = |r: &&HsCode| hs.covers(**r) && **r != hs;
        self.refuses_hs.iter().filter(|_| self.direction == Some(direction)).find(within).copied()
    }
}

crate::words! {
    Documents { "complete" => Self::Complete, "incomplete" => Self::Incomplete, "missing" => Self::Missing }
}
