//! Variants side by side, in words, tables, charts and JSON.
pub mod charts;
pub mod csv;
pub mod json;
pub mod page;
pub mod summary;
mod words;

pub use words::fluid;

use yalu_model::Corridor;
use yalu_study::{Comparison, Window};
use yalu_units::{Instant, Span};

/// One variant beside the base.
pub struct Beside {
    /// The corridor of the variant.
    pub corridor: Corridor,
    /// Days looked at, and what changes in them.
    pub window: Window,
    /// What came of it.
    pub comparison: Comparison,
}

/// What the command came to.
pub struct Told {
    /// The corridor that the others are set beside.
    pub base: Corridor,
    /// The others.
    pub variants: Vec<Beside>,
    /// Seed used.
    pub seed: u64,
    /// Replications asked for.
    pub replications: u32,
    /// Command that makes the same results.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
}

impl Told {
    /// The zone of days.
    pub fn zone(&self) -> &str {
        crate::period::zone(&self.base)
    }
    /// A date in data.
    pub fn date(&self, t: Instant) -> String {
        crate::period::shown(self.zone(), t)
    }
    /// The last day before an end.
    pub fn last(&self, t: Instant) -> String {
        self.date(t + Span(-1))
    }
    /// A day counted from 1970-01-01.
    pub fn day(&self, t: Instant) -> i32 {
        let (y, m, d, ..) = yalu_calendar::civil(self.zone(), t);
        yalu_chart::day(y, m, d)
    }
    /// A file name for a variant: letters, digits and hyphens of its name.
    pub fn file(&self, at: usize, what: &str) -> String {
        if self.variants.len() == 1 {
            return what.to_owned();
        }
        let name = &self.variants[at].comparison.names[1];
        let plain: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        format!("{}-{}-{what}", at + 1, plain.trim_matches('-'))
    }
}

impl Beside {
    /// Titles of the crossings that change, `Dandong–Sinŭiju rail and 2 more`.
    pub fn crossings(&self) -> String {
        let title = |id: &String| {
            let found = self.corridor.crossings.iter().find(|x| &x.id == id);
            found.map_or_else(|| id.clone(), |x| x.title.clone())
        };
        match self.window.crossings.as_slice() {
            [] => "no crossing".into(),
            [one] => title(one),
            [one, rest @ ..] => format!("{} and {} more", title(one), rest.len()),
        }
    }
}
