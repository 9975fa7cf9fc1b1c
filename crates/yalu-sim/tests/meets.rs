//! Trains that meet: single track, loops too few, too short or full, ends with one track, branches, a shut border.
mod support;

use support::{add_line, last, line, point, run, shut_for_a_day, since, took, trains};
use yalu_plan::{Draw, compile};
use yalu_sim::simulate_without_lookahead;
use yalu_trace::{Cause, PointTime};
use yalu_units::{Idx, Span};

#[test]
fn of_two_opposing_trains_on_one_block_the_second_starts_when_the_first_is_through() {
    let mut c = line("A=900,900 10 B=900,900");
    trains(&mut c, "ab", "A B", 40, (0, 60, 1));
    trains(&mut c, "ba", "B A", 40, (0, 60, 1));
    let r = run(&c);
    let (ab, ba) = (r.of(&c, "ab")[0], r.of(&c, "ba")[0]);
    let least = r.least(&c, "ab", 0, 1).1;
    assert_eq!((took(ab), took(ba)), (least, least), "both run the level way in the least time");
    assert_eq!(ab[0].depart, c.horizon.from);
    assert_eq!(ba[0].depart, ab[1].section_clear, "it goes the moment the tail is in, before the other has stopped");
    assert_eq!(ba[0].cause, Cause::Meet);
    assert!(ab[1].section_clear < ab[1].arrive);
}

#[test]
fn three_trains_and_one_loop() {
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    trains(&mut c, "ab", "A B", 40, (0, 60, 2));
    trains(&mut c, "ba", "B A", 40, (0, 60, 1));
    let r = run(&c);
    let (ab, ba) = (r.of(&c, "ab"), r.of(&c, "ba")[0]);
    // The first two meet in the loop; the third follows when the opposing one has left the way.
    assert!(ab[0][1].stopped && ba[1].stopped && ab[0][1].track != ba[1].track);
    assert_eq!(ab[1][0].depart, ba[2].section_clear);
    assert!(!ab[1][1].stopped, "nothing is in its way any more");
    assert_eq!(took(ab[1]), r.least(&c, "ab", 0, 2).1);
}

#[test]
fn two_loops_are_not_filled_from_both_sides() {
    for each in [2, 3, 6] {
        let mut c = line("A=900,900,900 10 L=900,900 10 M=900,900 10 B=900,900,900");
        trains(&mut c, "ab", "A L:30 B", 40, (0, 60, each));
        trains(&mut c, "ba", "B M:30 A", 40, (0, 60, each));
        let r = run(&c);
        r.arrived(&c, "ab", each as usize);
        r.arrived(&c, "ba", each as usize);
        assert!(r.out.refused_for_safety > 0 && r.out.refused_beyond_window == 0);
        // No worse than one train after another over the whole line.
        let alone = r.least(&c, "ab", 0, 1).1 + r.least(&c, "ab", 1, 3).1 + Span::minutes(30);
        let end = r.trace.times.iter().map(|t| t.arrive).max().expect("times");
        assert!(since(&c, end).0 < alone.0 * i64::from(2 * each), "{each} trains each way");
        // Without the look-ahead they are: the test can fail.
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let stuck = simulate_without_lookahead(&c, &plan, Draw::central(1)).0.deadlocks;
        assert!(stuck >= 4, "{stuck} trains stuck without the look-ahead");
    }
}

#[test]
fn a_train_longer_than_a_loop_passes_it_and_never_stands_there() {
    let mut c = line("A=900,900 10 L=300,300 10 M=300,300 10 B=900,900");
    trains(&mut c, "ab", "A B", 40, (0, 60, 2));
    trains(&mut c, "ba", "B A", 40, (0, 60, 2));
    let r = run(&c);
    let mut all: Vec<&[PointTime]> = r.of(&c, "ab").into_iter().chain(r.of(&c, "ba")).collect();
    assert!(all.iter().all(|t| t[1..3].iter().all(|p| !p.stopped)));
    // Two such trains meet nowhere: each opposing one waits until the whole line is clear.
    all.sort_by_key(|t| t[0].depart);
    for w in all.windows(2).filter(|w| w[0][0].point != w[1][0].point) {
        assert!(w[1][0].depart >= last(w[0]).section_clear);
    }
    r.arrived(&c, "ab", 2);
    r.arrived(&c, "ba", 2);
}

#[test]
fn a_short_train_lets_a_long_one_of_higher_priority_pass() {
    let mut c = line("A=900,900 10 L=300,300 10 B=900,900");
    trains(&mut c, "long", "A B", 40, (600, 60, 1)).priority = 8;
    trains(&mut c, "short", "B L:15 A", 10, (0, 60, 1));
    let r = run(&c);
    let (long, short) = (r.of(&c, "long")[0], r.of(&c, "short")[0]);
    assert_eq!(took(long), r.least(&c, "long", 0, 2).1, "the long one is never hindered");
    assert_eq!(long[0].depart, c.horizon.from + Span::seconds(600));
    assert!(!long[1].stopped && long[1].track != short[1].track, "it passes beside the short one");
    assert!(short[1].arrive < long[1].enter);
    assert_eq!(short[1].depart, long[1].section_clear.max(short[1].arrive + Span::minutes(15)));
}

#[test]
fn trains_that_turn_on_the_only_track_of_an_end_keep_it_from_others() {
    let mut c = line("A=900,900,900 10 L=900,900 10 T=900");
    trains(&mut c, "turn", "A T:20r A", 20, (0, 600, 4));
    trains(&mut c, "to", "A T", 20, (300, 1200, 3));
    trains(&mut c, "from", "T A", 20, (600, 1200, 3));
    let r = run(&c);
    for (id, n) in [("turn", 4), ("to", 3), ("from", 3)] {
        r.arrived(&c, id, n);
    }
    let turns = r.of(&c, "turn");
    for t in &turns {
        assert_eq!(t.len(), 5, "there and back");
        assert!(t[2].stopped && t[2].depart - t[2].arrive >= Span::minutes(20));
    }
    assert_eq!(turns[0][2].depart - turns[0][2].arrive, Span::minutes(20), "nothing hinders the first");
    // One train at a time at the end of the line.
    let at_end = |p: &&PointTime| p.point == point(&c, "T").index() as u32;
    let mut held: Vec<_> = r.trace.times.iter().filter(at_end).map(|p| (p.enter, p.track_clear)).collect();
    held.sort_unstable();
    assert_eq!(held.len(), 10);
    assert!(held.windows(2).all(|w| w[0].1 <= w[1].0));
}

#[test]
fn trains_reverse_in_the_dead_end_of_a_branch() {
    for (junction, tracks) in [("J=900", 1), ("J=900,900", 2)] {
        let mut c = line(&format!("A=900,900 10 {junction} 10 B=900,900"));
        add_line(&mut c, "J 5 D=900");
        trains(&mut c, "in-a", "A D:15r B", 20, (0, 1800, 4));
        trains(&mut c, "in-b", "B D:15r A", 20, (0, 1800, 4));
        trains(&mut c, "through", "A B", 20, (600, 1800, 4));
        let r = run(&c);
        for id in ["in-a", "in-b", "through"] {
            r.arrived(&c, id, 4);
        }
        let (j, d) = (point(&c, "J").index() as u32, point(&c, "D").index() as u32);
        for t in r.of(&c, "in-a") {
            assert_eq!(t.iter().map(|p| p.point).collect::<Vec<_>>()[1..4], [j, d, j]);
            assert!(t[2].depart - t[2].arrive >= Span::minutes(15));
        }
        let plan = compile(&c, c.horizon.from).expect("it compiles");
        let stuck = simulate_without_lookahead(&c, &plan, Draw::central(1)).0.deadlocks;
        assert!(stuck > 0, "{tracks} tracks at the junction: without the look-ahead trains block each other");
    }
}

#[test]
fn trains_for_a_shut_border_wait_where_others_can_pass_and_run_when_it_opens() {
    let mut c = line("A=900,900 10 L=900,900 10 M=900,900 5 N=900,900 10 B=900,900");
    let beyond = ["N", "B"].map(|name| point(&c, name));
    trains(&mut c, "over", "A B", 40, (0, 1800, 8));
    trains(&mut c, "back", "B A", 40, (0, 1800, 8));
    trains(&mut c, "there", "A M", 20, (900, 3600, 20));
    trains(&mut c, "home", "M A", 20, (900, 3600, 20));
    let opens = shut_for_a_day(&mut c, &beyond, Span::days(3));
    let r = run(&c);
    for (id, n) in [("over", 8), ("back", 8), ("there", 20), ("home", 20)] {
        r.arrived(&c, id, n);
    }
    let m = point(&c, "M").index() as u32;
    for id in ["over", "back"] {
        for t in r.of(&c, id) {
            let k = t.iter().position(|p| p.point == m).expect("M");
            let crosses = if id == "over" { t[k].depart } else { t[k - 1].depart };
            assert!(crosses >= opens, "none crosses while it is shut");
        }
    }
    // Local trains are not held up by those that wait: each is through within twice its least run.
    let least = r.least(&c, "there", 0, 2).1;
    for id in ["there", "home"] {
        for (t, n) in r.of(&c, id).iter().zip(0..) {
            let due = c.horizon.from + Span::seconds(900 + 3600 * n);
            assert!(last(t).arrive - due <= Span(least.0 * 2), "{id} {n}");
        }
    }
    // Before it opens at least one of those for the border waits on the line, as near as it may.
    assert!(r.of(&c, "over").iter().any(|t| t[0].depart < opens && t[1].depart.max(t[2].arrive) <= t[2].depart));
    // After it has opened they follow each other without another day's wait.
    assert!(r.of(&c, "over").iter().chain(&r.of(&c, "back")).all(|t| last(t).arrive < opens + Span::hours(8)));
    assert_eq!(r.trace.regimes.len(), 2);
}

#[test]
fn trains_on_their_way_at_the_end_of_the_horizon_cross_a_border_that_shuts_then() {
    let mut c = line("A=900,900 10 L=900,900 10 M=900,900 5 N=900,900 10 B=900,900");
    let beyond = ["N", "B"].map(|name| point(&c, name));
    // Twenty minutes before the end of the third day: the border is twenty kilometres away.
    trains(&mut c, "over", "A B", 40, (3 * 86_400 - 1200, 600, 2));
    shut_for_a_day(&mut c, &beyond, Span::days(3));
    let r = run(&c);
    r.arrived(&c, "over", 2);
    let m = point(&c, "M").index() as u32;
    let crosses = |t: &[PointTime]| t.iter().find(|p| p.point == m).expect("M").depart;
    assert!(r.of(&c, "over").iter().any(|t| crosses(t) > c.horizon.to), "one crosses after the horizon");
    // A border that was shut before it stays shut.
    let last = c.border.regimes.len() - 1;
    c.border.regimes[last].to = c.horizon.to - Span::days(1);
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let trace = yalu_sim::simulate(&c, &plan, Draw::central(1), yalu_sim::Recorded::Trains).1.expect("a trace");
    assert!(trace.times.iter().all(|t| t.point != point(&c, "N").index() as u32));
}
