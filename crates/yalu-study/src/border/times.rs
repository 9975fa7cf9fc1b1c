//! Times as intervals in order and apart, and what of them lies within others.

use yalu_units::{Instant, Span};

/// An interval, end exclusive.
pub(super) type Time = (Instant, Instant);

/// How much of a time lies within others, which are in order and apart.
pub(super) fn within(times: &[Time], from: Instant, to: Instant) -> Span {
    let first = times.partition_point(|t| t.1 <= from);
    times[first..].iter().take_while(|t| t.0 < to).map(|t| t.1.min(to) - t.0.max(from)).sum()
}

/// What two lists have in common.
pub(super) fn common(a: &[Time], b: &[Time]) -> Vec<Time> {
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let both = (x.0.max(y.0), x.1.min(y.1));
        if both.0 < both.1 {
            out.push(both);
        }
        if x.1 <= y.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// All of some times together.
pub(super) fn length(times: &[Time]) -> Span {
    times.iter().map(|t| t.1 - t.0).sum()
}

/// When at least so many of some uses are going on at once; each use counts with its amount.
pub(super) fn at_least(uses: &[(Instant, Instant, u32)], count: u32) -> Vec<Time> {
    let mut turns: Vec<(Instant, i64)> =
        uses.iter().filter(|u| u.0 < u.1).flat_map(|u| [(u.0, i64::from(u.2)), (u.1, -i64::from(u.2))]).collect();
    // Ends before beginnings: a use that follows another at once is not beside it.
    turns.sort_unstable();
    let (mut now, mut since, mut out) = (0_i64, None, Vec::<Time>::new());
    for (at, by) in turns {
        now += by;
        match since {
            None if now >= i64::from(count) => since = Some(at),
            Some(from) if now < i64::from(count) => {
                match out.last_mut() {
                    Some(last) if last.1 == from => last.1 = at,
                    _ if from < at => out.push((from, at)),
                    _ => {}
                }
                since = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(a: i64, b: i64) -> Time {
        (Instant(a), Instant(b))
    }

    #[test]
    fn parts_within_and_in_common() {
        let open = [t(0, 10), t(20, 30)];
        assert_eq!(within(&open, Instant(5), Instant(25)).0, 10);
        assert_eq!(within(&open, Instant(10), Instant(20)).0, 0);
        assert_eq!(common(&open, &[t(5, 22), t(28, 40)]), [t(5, 10), t(20, 22), t(28, 30)]);
        assert_eq!(length(&open).0, 20);
    }

    #[test]
    fn all_of_two_are_in_use_only_where_uses_overlap() {
        let uses = [(Instant(0), Instant(10), 1), (Instant(5), Instant(12), 1), (Instant(12), Instant(20), 2)];
        assert_eq!(at_least(&uses, 2), [t(5, 10), t(12, 20)]);
        assert_eq!(at_least(&uses, 1), [t(0, 20)]);
        assert_eq!(at_least(&uses, 3), []);
    }
}
