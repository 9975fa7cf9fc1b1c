//! Hours compiled: is it open, when next, and when work begun now will end.

use crate::{AtClosing, Calendar, ClockRule, MayStart, Reason, Waits};
use yalu_units::{Instant, Span};

/// How far ahead an opening that is long enough is looked for: hours repeat by the week.
const WEEK: Span = Span::days(7);

/// Open intervals, with what is needed to judge them at once. Without hours it is always open.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Hours {
    always: bool,
    open: Vec<(Instant, Instant)>,
    /// After each, the longest opening of the week that follows it, ms.
    longest_next: Vec<i64>,
}

impl Hours {
    pub fn new(calendar: &Calendar) -> Self {
        let (always, all) = match calendar {
            Calendar::Always => (true, &[][..]),
            Calendar::Open(all) => (false, all.as_slice()),
        };
        // Openings that touch are one: there is no closing between them.
        let mut open: Vec<(Instant, Instant)> = Vec::with_capacity(all.len());
        for i in all {
            match open.last_mut() {
                Some(last) if last.1 == i.0 => last.1 = i.1,
                _ => open.push(*i),
            }
        }
        let longest_next = (0..open.len())
            .map(|i| {
                let week = open[i + 1..].iter().take_while(|next| next.0 <= open[i].1 + WEEK);
                week.map(|next| (next.1 - next.0).0).max().unwrap_or(0)
            })
            .collect();
        Self { always, open, longest_next }
    }

    pub fn is_always(&self) -> bool {
        self.always
    }

    /// The first interval that ends after an instant, looked for from an earlier one on.
    pub fn seek(&self, mut from: usize, now: Instant) -> usize {
        while self.open.get(from).is_some_and(|i| i.1 <= now) {
            from += 1;
        }
        from
    }

    /// Whether it is open, given the interval that [`Hours::seek`] found.
    pub fn is_open(&self, at: usize, now: Instant) -> bool {
        self.always || self.open.get(at).is_some_and(|i| i.0 <= now)
    }

    /// The next opening after now, given the interval that [`Hours::seek`] found.
    pub fn next_opening(&self, at: usize, now: Instant) -> Option<Instant> {
        self.open.get(at..)?.iter().map(|i| i.0).find(|from| *from > now)
    }

    /// Whether work of a length may start at an open instant; `shortest` is its length with all places there are.
    pub fn may_start(&self, at: usize, now: Instant, lasts: Span, shortest: Span, rule: MayStart) -> bool {
        if self.always || rule == MayStart::AnyOpenTime {
            return true;
        }
        let closes = self.open.get(at).map_or(Instant::FAR, |i| i.1);
        now + lasts <= closes || self.none_longer(at, shortest)
    }

    /// No opening of the week after this one is long enough.
    fn none_longer(&self, at: usize, lasts: Span) -> bool {
        self.longest_next.get(at).is_none_or(|longest| *longest < lasts.0)
    }

    /// When work of a length that began at an instant, within an interval, ends; none: it never does.
    pub fn finish(
        &self,
        at: usize,
        begin: Instant,
        lasts: Span,
        closing: AtClosing,
        clock: ClockRule,
    ) -> Option<Instant> {
        let end = begin + lasts;
        if self.always || closing == AtClosing::RunsOn {
            return Some(end);
        }
        let open = self.open.get(at..)?;
        if clock == ClockRule::Always {
            let first = open.iter().find(|i| end <= i.1)?;
            return Some(end.max(first.0));
        }
        let (mut now, mut left) = (begin, lasts.0);
        for i in open {
            now = now.max(i.0);
            let room = (i.1 - now).0;
            if left <= room {
                return Some(now + Span(left));
            }
            left -= room;
        }
        None
    }

    /// Waiting from ready to begin by reason: closed; open but too near to closing; the rest for want of a resource.
    pub fn waits(&self, ready: Instant, begin: Instant, lasts: Span, shortest: Span, rule: MayStart) -> Waits {
        let mut waits = Waits::default();
        let all = begin - ready;
        if all.0 <= 0 {
            return waits;
        }
        if self.always {
            waits.add(Reason::NoResource, all);
            return waits;
        }
        let first = self.open.partition_point(|i| i.1 <= ready);
        let (mut open, mut near) = (0, 0);
        for (at, i) in self.open.iter().enumerate().skip(first).take_while(|(_, i)| i.0 < begin) {
            let (from, to) = (i.0.max(ready), i.1.min(begin));
            open += (to - from).0;
            if rule == MayStart::IfItCanFinish && !self.none_longer(at, shortest) {
                let last_start = Instant(i.1.0 - lasts.0);
                near += (to - from.max(last_start)).0.max(0);
            }
        }
        waits.add(Reason::Closed, Span(all.0 - open));
        waits.add(Reason::ClosingTooNear, Span(near));
        waits.add(Reason::NoResource, Span(open - near));
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: fn() -> Hours = || {
        let h = |a: i64, b: i64| (Instant(a * 3_600_000), Instant(b * 3_600_000));
        Hours::new(&Calendar::Open(vec![h(8, 12), h(14, 18), h(32, 36)]))
    };

    fn at(t: i64) -> Instant {
        Instant(t * 3_600_000)
    }

    #[test]
    fn what_cannot_end_before_closing_may_not_start() {
        let h = DAY();
        let may = |t, lasts| {
            let i = h.seek(0, at(t));
            h.is_open(i, at(t))
                && h.may_start(i, at(t), Span::hours(lasts), Span::hours(lasts), MayStart::IfItCanFinish)
        };
        assert!(may(9, 3) && !may(10, 3) && !may(12, 1) && may(14, 4) && !may(7, 1));
        // Longer than any opening to come: it may start at any of them.
        assert!(may(15, 5) && may(34, 3));
        assert_eq!(h.next_opening(h.seek(0, at(9)), at(9)), Some(at(14)));
        assert_eq!(h.next_opening(h.seek(0, at(32)), at(32)), None);
    }

    #[test]
    fn work_runs_on_or_is_interrupted_and_clocks_run_by_night() {
        let h = DAY();
        let end = |closing, clock, lasts| h.finish(0, at(10), Span::hours(lasts), closing, clock);
        assert_eq!(end(AtClosing::RunsOn, ClockRule::OpenHours, 9), Some(at(19)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::OpenHours, 2), Some(at(12)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::OpenHours, 3), Some(at(15)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::OpenHours, 7), Some(at(33)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::OpenHours, 11), None);
        assert_eq!(end(AtClosing::Interrupted, ClockRule::Always, 3), Some(at(14)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::Always, 5), Some(at(15)));
        assert_eq!(end(AtClosing::Interrupted, ClockRule::Always, 9), Some(at(32)));
    }

    #[test]
    fn waiting_is_split_to_the_millisecond() {
        let w = DAY().waits(at(7), at(15), Span::hours(3), Span::hours(3), MayStart::IfItCanFinish);
        // 7-8 and 12-14 closed; 9-12 too near (openings of 4 h are to come); 8-9 and 14-15 for want of a resource.
        assert_eq!(w.of(Reason::Closed), Span::hours(3));
        assert_eq!(w.of(Reason::ClosingTooNear), Span::hours(3));
        assert_eq!(w.of(Reason::NoResource), Span::hours(2));
        assert_eq!(w.total(), Span::hours(8));
    }
}
