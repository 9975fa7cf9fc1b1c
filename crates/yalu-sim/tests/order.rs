//! Who goes first and how close behind: priorities, blocks, entries, route setting, the yard at the end.
mod support;

use support::{fixed, last, line, run, since, took, trains};
use yalu_trace::Cause;
use yalu_units::Span;

#[test]
fn a_train_of_low_priority_is_through_before_its_waiting_makes_it_the_first() {
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    trains(&mut c, "fast", "A B", 40, (0, 600, 140)).priority = 8;
    trains(&mut c, "slow", "B A", 40, (0, 60, 1));
    let r = run(&c);
    r.arrived(&c, "fast", 140);
    let slow = r.of(&c, "slow")[0];
    let waited = (slow[0].depart - c.horizon.from) + took(slow) - r.least(&c, "slow", 0, 2).1;
    // Priority rises by one an hour: at nine hours it goes before all of priority 8, at most twice (yard and loop).
    assert!(waited < Span::hours(18), "waited {waited:?}");
    assert!(waited > Span::minutes(1), "the stream does hinder it");
}

#[test]
fn the_train_of_higher_priority_goes_first() {
    // A train each way waits while a third holds the block; who goes then is a matter of priority, not of order.
    for (priority, first) in [(5, "late"), (0, "early")] {
        let mut c = line("A=900,900 5 L=900,900,900 10 B=900,900");
        trains(&mut c, "ahead", "B L", 40, (0, 60, 1));
        trains(&mut c, "early", "B L", 40, (60, 60, 1));
        trains(&mut c, "late", "L B", 40, (120, 60, 1)).priority = priority;
        let r = run(&c);
        let depart = |id: &str| r.of(&c, id)[0][0].depart;
        let clear = last(r.of(&c, "ahead")[0]).section_clear;
        let second = if first == "late" { "early" } else { "late" };
        assert_eq!(depart(first), clear, "priority {priority}");
        assert!(depart(second) > clear);
    }
}

#[test]
fn trains_follow_each_other_block_by_block() {
    let mut before = Span::hours(1);
    for blocks in 1..=4 {
        let mut c = line(&format!("A=900,900,900 24b{blocks} B=900,900,900"));
        trains(&mut c, "ab", "A B", 40, (0, 60, 10));
        let r = run(&c);
        let l = &r.plan.lines[0];
        let (ends, end) = (l.times.blocks(0, 0), l.times.at(0, 1));
        // Each block must be clear when the next train would have to brake for it; the first when it starts.
        let clear = ends.iter().map(|b| b.clear_ms).chain([end.section_clear_stopping_ms]);
        let sees = [0].into_iter().chain(ends.iter().map(|b| b.pass_ms - l.approach_ms));
        let headway = clear.zip(sees).map(|(c, s)| c - s).max().expect("a block");
        let ab = r.of(&c, "ab");
        for w in ab.windows(2) {
            assert_eq!(w[1][0].depart - w[0][0].depart, Span(headway), "{blocks} blocks");
            assert!(w[1][1].enter >= w[0][1].section_clear, "in order, never two in the last block");
            assert_eq!(w[1][0].cause, Cause::Following);
        }
        assert!(Span(headway) < before, "more blocks, shorter headway");
        before = Span(headway);
    }
    assert!(before < Span::minutes(8), "four blocks of 6 km: {before:?}");
}

#[test]
fn trains_from_both_sides_enter_one_after_another_where_they_must() {
    let entries = |mark: &str, apart_s: f64| {
        let mut c = line(&format!("A=900,900 10 L=900,900{mark} 10 B=900,900"));
        c.line.operation.non_simultaneous_s = fixed("apart", apart_s);
        trains(&mut c, "ab", "A B", 40, (0, 60, 1));
        trains(&mut c, "ba", "B A", 40, (0, 60, 1));
        let r = run(&c);
        let (ab, ba) = (r.of(&c, "ab")[0][1], r.of(&c, "ba")[0]);
        (ba[1].enter - ab.enter, ab.section_clear - ab.enter, ba[0].cause)
    };
    assert_eq!(entries("", 240.0).0, Span(0), "level and alike: both at once");
    for apart in [0, 60, 240] {
        let (later, clear, cause) = entries("!", apart as f64);
        assert_eq!(later, clear + Span::seconds(apart), "{apart} s after the tail of the other is in");
        assert_eq!(cause, Cause::StationEntry);
    }
}

#[test]
fn a_route_takes_its_time_to_set() {
    for setting in [0, 60, 300] {
        let mut c = line("A=900,900 10 B=900,900,900");
        c.line.operation.route_setting_s = fixed("setting", setting as f64);
        trains(&mut c, "ab", "A B", 40, (0, 60, 4));
        let r = run(&c);
        for w in r.of(&c, "ab").windows(2) {
            assert_eq!(w[1][0].depart, w[0][1].section_clear + Span::seconds(setting));
        }
    }
}

#[test]
fn the_yard_takes_a_train_from_its_track_after_a_while() {
    for yard in [0, 900, 3600] {
        let mut c = line("A=900,900,900 10 B=900");
        c.line.operation.into_yard_s = fixed("into yard", yard as f64);
        trains(&mut c, "ab", "A B", 40, (0, 60, 3));
        let r = run(&c);
        let ab = r.of(&c, "ab");
        for w in ab.windows(2) {
            let free = w[0][1].arrive + Span::seconds(yard);
            assert_eq!(w[0][1].track_clear, free);
            // The next one passes the entry when the only track is free, or starts when the one before has arrived.
            assert_eq!(w[1][1].enter, free.max(w[0][1].arrive + (w[1][1].enter - w[1][0].depart)));
            assert!(since(&c, w[1][0].depart).0 > 0);
        }
    }
}
