//! Opening hours as intervals of UTC.

use yalu_units::{Instant, Span};

/// When something is open: always, or in sorted intervals that do not overlap; those that touch count as one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Calendar {
    /// Round the clock.
    #[default]
    Always,
    /// From, to (exclusive); after the last it never opens again.
    Open(Vec<(Instant, Instant)>),
}

impl Calendar {
    /// Open every day from one hour to another (0 to 24, on UTC days), for days counted from 1970-01-01.
    pub fn daily(from_h: i64, to_h: i64, days: std::ops::Range<i64>) -> Self {
        let at = |day: i64, h: i64| Instant(Span::days(day).0 + Span::hours(h).0);
        Self::Open(days.map(|d| (at(d, from_h), at(d, to_h))).collect())
    }

    /// Whether intervals are sorted, not empty, and do not overlap.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Always => true,
            Self::Open(all) => all.iter().all(|i| i.0 < i.1) && all.windows(2).all(|w| w[0].1 <= w[1].0),
        }
    }

    /// When both are open.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (Self::Open(a), Self::Open(b)) = (self, other) else {
            return if *self == Self::Always { other.clone() } else { self.clone() };
        };
        let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
        while i < a.len() && j < b.len() {
            let (from, to) = (a[i].0.max(b[j].0), a[i].1.min(b[j].1));
            if from < to {
                out.push((from, to));
            }
            if a[i].1 <= b[j].1 {
                i += 1;
            } else {
                j += 1;
            }
        }
        Self::Open(out)
    }

    /// Open time within a period.
    pub fn open_within(&self, from: Instant, to: Instant) -> Span {
        match self {
            Self::Always => Span((to - from).0.max(0)),
            Self::Open(all) => {
                let first = all.partition_point(|i| i.1 <= from);
                let inside = all[first..].iter().take_while(|i| i.0 < to);
                inside.map(|i| i.1.min(to) - i.0.max(from)).sum()
            }
        }
    }
}
