//! How long closures lasted: spells of any crossings in a file, and what they say of one more.
//!
//! The file (`durations.csv`) is shared with the monitor: the ledger writes the spells it believes in, the monitor those that counts show, and
//! people add what they know. A row is one closure:
//!
//! | column | holds |
//! |---|---|
//! | `crossing` | name, for people |
//! | `kind` | mode of the crossing: rail, road, passenger, sea, air |
//! | `cause` | administrative, physical, labour, security or unknown |
//! | `from`, `to` | first and last day shut; `to` is empty while it lasts |
//! | `seen_to` | of one that lasts: the last day on which it is known to have lasted |
//! | `back` | the day on which as much crossed as before, where that is known |
//! | `source` | who says so |
mod class;
mod file;

pub use class::{AGES, Class, Test, compare, log_rank};
pub use file::{read_durations, write_durations};

use crate::Day;
use yalu_model::Mode;

/// Why a crossing was shut. Durations of one cause say nothing of another until a test has not told them apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ClosureCause {
    /// An order: quarantine, politics, a holiday.
    Administrative,
    /// Flood, snow, a broken bridge.
    Physical,
    /// A strike.
    Labour,
    /// Fighting, an attack, a threat.
    Security,
    /// Not known.
    Unknown,
}

yalu_model::words! {
    ClosureCause {
        "administrative" => ClosureCause::Administrative,
        "physical" => ClosureCause::Physical,
        "labour" => ClosureCause::Labour,
        "security" => ClosureCause::Security,
        "unknown" => ClosureCause::Unknown,
    }
}

/// One closure of one crossing.
#[derive(Clone, PartialEq, Debug)]
pub struct Closure {
    /// Name of the crossing, for people.
    pub crossing: String,
    /// Mode of the crossing.
    pub kind: Mode,
    /// Why it was shut.
    pub cause: ClosureCause,
    /// First day shut.
    pub from: Day,
    /// Last day shut, or the last on which it is known to have lasted.
    pub to: Day,
    /// Whether it ended with that day.
    pub ended: bool,
    /// The day on which as much crossed as before.
    pub back: Option<Day>,
    /// Who says so.
    pub source: String,
}

impl Closure {
    /// Days shut, at least one.
    pub fn days(&self) -> u32 {
        u32::try_from(self.to.since(self.from) + 1).unwrap_or(1).max(1)
    }
}
