//! A scenario folder read into a [`Corridor`](yalu_model::Corridor), or into [`Diagnostic`]s.
//!
//! One description of every file ([`describe`]) drives decoding, range checks, suggestions and the JSON Schema.
//! [`read_folder`] is the only input and output; [`load`] works on bytes, so that anything can be tried on it.
mod assemble;
mod check;
mod closures;
mod decode;
mod describe;
mod diagnostic;
mod disk;
mod load;
mod monthly;
mod order;
mod overrides;
mod parse;
mod places;
mod render;
pub mod reports;
mod row;
mod schema;
mod sheet;
mod show;
mod study_file;
mod template;
mod tree;
mod upgrade;
mod value;

pub use closures::close;
pub use diagnostic::{At, Diagnostic, Severity, Sink, Source, in_order, nearest};
pub use disk::{Folder, MAX_FILE_BYTES, ReadError, Refused, read_file, read_folder};
pub use load::{Loaded, load};
pub use monthly::{Declared, MonthSeries, MonthValue, Unit, read_monthly};
pub use places::Places;
pub use render::render;
pub use schema::schemas;
pub use sheet::{Cell, Sheet, SheetRow, lossy_text, not_utf8};
pub use show::show;
pub use study_file::{AS_DECLARED, Method, Moved, MovedInput, StudyCase, StudyFile, read_study};
pub use template::{BorderKind, border_template, template};
pub use upgrade::{FORMAT, upgraded, upgraded_border};
pub use value::{COMMA_HELP, NumberError, number};
