//! Summary text and report page.
//!
//! Figures arrive as charts, words and numbers as plain view data; nothing here reads a run or a file.
//! [`html`] gives one page that stands alone and asks nothing of any network; [`summary`] gives the terminal text.

mod anchor;
pub mod border;
pub mod capacity;
mod claims;
mod compare;
mod contingency;
mod day;
mod evidence;
mod figure;
mod flows;
mod page;
mod rich;
mod section;
mod sheet;
mod summary;
mod table;
mod train;
mod view;
mod width;

pub use compare::{bearers, compare_page, cost, pictures, queue, service};
pub use contingency::contingency_sheet;
pub use figure::Figure;
pub use flows::{FlowPeriod, flow_route, flows, still_crosses};
pub use page::html;
pub use sheet::{Sheet, sheet};
pub use summary::{Summary, TextTable, summary};
pub use train::train;
pub use view::{Claim, Question, Report, ReportNote, Section, Table};
pub use width::display_width;
pub use yalu_number::{Align, Rich, Run, plain};
