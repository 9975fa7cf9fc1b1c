//! Punctuality along a path: how late trains are at each point, and where their delay arose.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, missing};
use crate::svg::{Canvas, Ground};
use crate::text::{Data, datum, number};

/// What delayed a train.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DelayCause {
    /// Waited for an opposing train.
    Meet,
    /// Followed another train.
    Following,
    /// No free track at the station ahead.
    StationFull,
    /// Held so that trains cannot block each other for good.
    Safety,
    /// Border procedures.
    Border,
    /// Possession or closed hours.
    Possession,
    /// Failure of line or signals.
    Failure,
    /// No power or locomotive.
    Power,
    /// Late entry to the line.
    Entry,
}

impl DelayCause {
    /// Every cause, in the order in which bars are stacked.
    pub const ALL: [Self; 9] = [
        Self::Entry,
        Self::Border,
        Self::Meet,
        Self::Following,
        Self::StationFull,
        Self::Safety,
        Self::Failure,
        Self::Power,
        Self::Possession,
    ];

    /// The cause's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Meet => "meet",
            Self::Following => "following",
            Self::StationFull => "station full",
            Self::Safety => "safety",
            Self::Border => "border",
            Self::Possession => "possession",
            Self::Failure => "failure",
            Self::Power => "power",
            Self::Entry => "entry",
        }
    }

    /// Draws a box in the form of the cause: colour and, where two are alike, a frame or a hatch.
    pub(crate) fn fill(self, canvas: &mut Canvas, x: f64, y: f64, w: f64, h: f64) {
        let style = match self {
            Self::Meet => "fill:var(--rail)",
            Self::Following => "fill:var(--rail);fill-opacity:.42",
            Self::StationFull => "fill:var(--sea)",
            Self::Safety => "fill:var(--sea);fill-opacity:.42",
            Self::Border => "fill:var(--road)",
            Self::Failure => "fill:var(--plum)",
            Self::Power => "fill:var(--plum);fill-opacity:.42",
            Self::Entry => "fill:var(--grey)",
            Self::Possession => {
                canvas.rect(x, y, w, h, "fill:var(--susp-wash);stroke:var(--susp);stroke-width:.8");
                canvas.fill(x, y, w, h, Ground::Shut);
                return;
            }
        };
        canvas.rect(x, y, w, h, style);
    }
}

/// A point along the path: lateness there and the delay that arose on the way to it and at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PunctualityPoint {
    /// Name.
    pub name: String,
    /// Distance, km.
    pub km: f64,
    /// Median lateness, min; NaN where not known; early is negative.
    pub p50_min: f64,
    /// Lateness that nine in ten stay under, min.
    pub p90_min: f64,
    /// Lateness that ninety-nine in a hundred stay under, min.
    pub p99_min: f64,
    /// Mean delay a train that arose since the point before, by cause, min.
    pub arose: Vec<(DelayCause, f64)>,
}

impl PunctualityPoint {
    /// Minutes that arose by one cause.
    pub(crate) fn of(&self, cause: DelayCause) -> f64 {
        self.arose.iter().filter(|a| a.0 == cause && a.1.is_finite()).map(|a| a.1.clamp(0.0, 1e9)).sum()
    }

    pub(crate) fn total(&self) -> f64 {
        DelayCause::ALL.iter().map(|c| self.of(*c)).sum()
    }

    pub(crate) fn known(&self) -> bool {
        self.p50_min.is_finite() && self.p90_min.is_finite() && self.p99_min.is_finite()
    }
}

/// Lateness along a path and where it arose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PunctualityChart {
    /// Words around the chart.
    pub caption: Caption,
    /// Trains and runs the figures stand on, such as `F 1, 200 runs`; may be empty.
    pub of: String,
    /// Points in order along the path.
    pub points: Vec<PunctualityPoint>,
}

pub(crate) const NAME: &str = "Punctuality along a path";

impl PunctualityChart {
    pub(crate) fn told(&self) -> bool {
        self.points.iter().any(|p| p.known() || p.total() > 0.0)
    }

    /// Causes with any delay, largest first, with their minutes a train.
    pub(crate) fn causes(&self) -> Vec<(DelayCause, f64)> {
        let sum = |c: DelayCause| self.points.iter().map(|p| p.of(c)).sum::<f64>();
        let mut out: Vec<_> = DelayCause::ALL.into_iter().map(|c| (c, sum(c))).filter(|c| c.1 > 0.0).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }
}

impl Chart for PunctualityChart {
    fn svg_at(&self, width: f64) -> String {
        if self.points.is_empty() || !self.told() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        self.draw(width)
    }

    fn data(&self) -> Data {
        let mut head = vec!["point", "km", "p50_min", "p90_min", "p99_min"];
        head.extend(DelayCause::ALL.iter().map(|c| c.word()));
        let mut data = Data::new(&head);
        for p in &self.points {
            let mut row = vec![p.name.clone()];
            row.extend([p.km, p.p50_min, p.p90_min, p.p99_min].map(datum));
            row.extend(DelayCause::ALL.map(|c| datum(p.of(c))));
            data.row(row);
        }
        data
    }

    fn summary(&self) -> String {
        if self.points.is_empty() {
            return "Not yet answered: no points along the path are given.".into();
        }
        if !self.told() {
            return "Not yet answered: no lateness is known at any point.".into();
        }
        let mut out = format!("{} points", self.points.len());
        if let Some(p) = self.points.iter().rev().find(|p| p.known()) {
            let _ = write!(
                out,
                "; late at {}: {} min (median), {} (P90), {} (P99)",
                p.name,
                number(p.p50_min),
                number(p.p90_min),
                number(p.p99_min)
            );
        }
        if let Some((cause, minutes)) = self.causes().first() {
            let _ = write!(out, "; most delay by {}: {} min a train", cause.word(), number(*minutes));
        }
        out.push('.');
        out
    }
}
