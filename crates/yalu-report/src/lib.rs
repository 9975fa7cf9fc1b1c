//! Pictures and pages of what a command found; nothing here reads a file.
//!
//! [`run::page`] is the report of a run, [`watch::page`] the page of the monitor, [`diagram`] the trains of a line by time and
//! distance. [`html`] gives one page that stands alone and asks nothing of any network.

mod anchor;
pub mod border;
pub mod capacity;
mod claims;
mod compare;
mod contingency;
mod day;
pub mod diagram;
mod drawn;
mod evidence;
mod figure;
mod flows;
mod page;
mod rich;
pub mod run;
mod section;
mod sheet;
pub mod strips;
mod table;
mod train;
mod view;
pub mod watch;

pub use compare::{bearers, compare_page, cost, pictures, queue, service};
pub use contingency::contingency_sheet;
pub use figure::Figure;
pub use flows::{FlowPeriod, flow_route, flows, still_crosses};
pub use page::html;
pub use sheet::{Sheet, sheet};
pub use train::train;
pub use view::{Claim, Question, Report, ReportNote, Section, Table};
pub use yalu_number::{Align, Rich, Run, plain};
