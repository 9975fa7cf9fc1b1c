//! Summary text and report page.
//!
//! Figures arrive as charts, words and numbers as plain view data; nothing here reads a run or a file.
//! [`html`] gives one page that stands alone and asks nothing of any network; [`summary`] gives the terminal text.

mod anchor;
mod claims;
mod day;
mod evidence;
mod figure;
pub mod number;
mod page;
mod rich;
mod section;
mod sheet;
mod summary;
mod table;
mod view;
mod width;

pub use figure::Figure;
pub use page::html;
pub use sheet::{Sheet, sheet};
pub use summary::{Summary, TextTable, summary};
pub use view::{Align, Claim, Question, Report, ReportNote, Rich, Run, Section, Table, plain};
pub use width::display_width;
