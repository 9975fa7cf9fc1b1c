//! Reports picked out of a record.

use crate::Day;
use yalu_model::Claim;
use yalu_model::Report;

/// What is looked for; what is not given does not restrict.
#[derive(Clone, Default, Debug)]
pub struct Query {
    /// Crossing as written.
    pub crossing: Option<String>,
    /// Claim.
    pub claim: Option<Claim>,
    /// Origin.
    pub origin: Option<String>,
    /// The event ends on this day or later.
    pub from: Option<Day>,
    /// The event begins on this day or earlier.
    pub to: Option<Day>,
    /// Known by this day.
    pub known_by: Option<Day>,
}

impl Query {
    /// Whether a report is one of those looked for.
    pub fn holds(&self, r: &Report) -> bool {
        let (start, end) = r.event();
        self.crossing.as_ref().is_none_or(|c| *c == r.crossing)
            && self.claim.is_none_or(|c| c == r.claim)
            && self.origin.as_ref().is_none_or(|o| *o == r.origin)
            && self.from.is_none_or(|d| end >= d)
            && self.to.is_none_or(|d| start <= d)
            && self.known_by.is_none_or(|d| r.reported <= d)
    }
}

/// The reports looked for, by the day they became known, then by id.
pub fn find<'a>(reports: impl IntoIterator<Item = &'a Report>, query: &Query) -> Vec<&'a Report> {
    let mut out: Vec<&Report> = reports.into_iter().filter(|r| query.holds(r)).collect();
    out.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
    out
}
