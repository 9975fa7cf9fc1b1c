//! Civil days in words and data.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::fmt;
use yalu_calendar::{date_of, iso_date};

/// A civil day: days since 1970-01-01; in words and data `2022-09-26`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct Day(pub i32);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&iso_date(date_of(self.0)))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_written_as_in_files() {
        assert_eq!(Day(19_261).to_string(), "2022-09-26");
        assert_eq!(serde_json::to_value(Day(-1)).unwrap(), "1969-12-31");
    }
}
