//! Every rule of trains on the line is broken once on a line of its own, and seen.
#[path = "../../yalu-sim/tests/support/mod.rs"]
mod support;

use support::{fixed, line, point, run, trains};
use yalu_check::{Violation, check};
use yalu_model::{Corridor, FailureWhen, LocomotiveFailure, Possession, SectionId};
use yalu_trace::{Cause, OpenLineStop, PointTime, Trace};
use yalu_units::{Idx, Instant, Span};

/// What breaks when the trace of a corridor is changed; nothing does before.
fn broken(c: &Corridor, change: impl FnOnce(&mut Trace)) -> Vec<&'static str> {
    let mut t = run(c).trace;
    change(&mut t);
    let mut out: Vec<_> = check(c, &t).iter().map(Violation::code).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Moves a train in time.
fn shift(t: &mut Trace, train: usize, by: Span) {
    let (first, len) = (t.trains[train].first as usize, t.trains[train].len as usize);
    t.trains[train].scheduled = t.trains[train].scheduled - Span::days(1);
    for x in &mut t.times[first..first + len] {
        for m in [&mut x.enter, &mut x.arrive, &mut x.depart, &mut x.section_clear, &mut x.track_clear] {
            *m = *m + by;
        }
    }
}

/// A time of the train that comes to a number by its start.
fn time(t: &mut Trace, train: usize, place: usize) -> &mut PointTime {
    let mut order: Vec<usize> = (0..t.trains.len()).collect();
    order.sort_by_key(|&i| t.times[t.trains[i].first as usize].depart);
    let first = t.trains[order[train]].first as usize;
    &mut t.times[first + place]
}

fn two_trains(ways: &str) -> Corridor {
    let mut c = line(ways);
    trains(&mut c, "ab", "A B", 20, (0, 3600, 2));
    c
}

#[test]
fn a_train_on_track_under_possession() {
    let mut c = two_trains("A=900,900 10 B=900,900");
    // Both trains run before and after it.
    let windows = vec![(c.horizon.from + Span::minutes(30), c.horizon.from + Span::minutes(50))];
    c.line.disturbances.possessions.push(Possession { id: "p".into(), section: SectionId(0), tracks: 1, windows });
    assert_eq!(broken(&c, |_| {}), [""; 0]);
    assert_eq!(broken(&c, |t| shift(t, 0, Span::minutes(25))), ["K18"]);
    assert_eq!(broken(&c, |t| shift(t, 1, Span::minutes(-15))), ["K18"]);
}

#[test]
fn two_tracks_of_which_one_is_under_possession_carry_one_direction_at_a_time() {
    let mut c = line("A=900,900 10x2 B=900,900");
    trains(&mut c, "ab", "A B", 20, (0, 3600, 1));
    trains(&mut c, "ba", "B A", 20, (0, 3600, 1));
    assert_eq!(broken(&c, |_| {}), [""; 0]);
    let meets = run(&c).trace;
    let windows = vec![(c.horizon.from, c.horizon.from + Span::minutes(5))];
    c.line.disturbances.possessions.push(Possession { id: "p".into(), section: SectionId(0), tracks: 1, windows });
    assert_eq!(check(&c, &meets).iter().map(Violation::code).collect::<Vec<_>>(), ["K05"]);
}

#[test]
fn trains_that_enter_together_where_they_must_not() {
    let mut c = line("A=900,900 10 L=900,900! 10 B=900,900");
    c.line.operation.non_simultaneous_s = fixed("apart", 240.0);
    trains(&mut c, "ab", "A B", 20, (0, 60, 1));
    trains(&mut c, "ba", "B A", 20, (0, 60, 1));
    assert_eq!(broken(&c, |_| {}), [""; 0]);
    let mut apart = c.clone();
    apart.line.operation.non_simultaneous_s = fixed("apart", 241.0);
    let seen = check(&apart, &run(&c).trace);
    assert_eq!(seen.iter().map(Violation::code).collect::<Vec<_>>(), ["K19"], "a second less than asked");
}

#[test]
fn a_train_too_close_behind_another() {
    let c = two_trains("A=900,900 24b3 B=900,900");
    let headway = |by: i64| {
        broken(&c, |t| {
            let (a, b) = (time(t, 0, 0).depart, time(t, 1, 0).depart);
            let second = usize::from(t.times[t.trains[0].first as usize].depart == a);
            shift(t, second, (a - b) + Span::seconds(by));
        })
    };
    // Alike and six minutes apart they keep to their blocks of 8 km; a minute apart the first block is not left.
    assert_eq!(headway(600), [""; 0]);
    assert!(headway(60).contains(&"K05"));
    // A train that overtakes the one ahead within the way.
    let overtakes = broken(&c, |t| {
        let (a, b) = (time(t, 0, 0).depart, time(t, 1, 0).depart);
        let second = usize::from(t.times[t.trains[0].first as usize].depart == a);
        shift(t, second, (a - b) + Span::seconds(600));
        let first = 1 - second;
        let x = &mut t.times[t.trains[first].first as usize + 1];
        for v in [&mut x.enter, &mut x.arrive, &mut x.depart, &mut x.section_clear, &mut x.track_clear] {
            *v = *v + Span::minutes(30);
        }
    });
    assert!(overtakes.contains(&"K05"), "{overtakes:?}");
}

#[test]
fn a_route_used_before_it_could_be_set() {
    let mut c = line("A=900 10 B=900,900,900");
    c.line.operation.route_setting_s = fixed("setting", 120.0);
    trains(&mut c, "ab", "A B", 20, (0, 60, 2));
    let t = run(&c).trace;
    c.line.operation.route_setting_s = fixed("setting", 121.0);
    // The way ahead a second too soon.
    let seen: Vec<_> = check(&c, &t).iter().map(Violation::code).collect();
    assert!(seen.contains(&"K05"), "{seen:?}");
    // A track a second too soon.
    let mut c = line("A=900,900,900 10 B=900");
    c.line.operation.route_setting_s = fixed("setting", 120.0);
    c.line.operation.into_yard_s = fixed("into yard", 1800.0);
    trains(&mut c, "ab", "A B", 20, (0, 60, 2));
    let t = run(&c).trace;
    c.line.operation.route_setting_s = fixed("setting", 121.0);
    assert_eq!(check(&c, &t).iter().map(Violation::code).collect::<Vec<_>>(), ["K06"]);
}

#[test]
fn planned_stops_and_turns_are_kept() {
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    trains(&mut c, "stops", "A L:10 B", 20, (0, 60, 1));
    assert_eq!(broken(&c, |_| {}), [""; 0]);
    assert_eq!(broken(&c, |t| time(t, 0, 1).stopped = false), ["K20"]);
    assert_eq!(broken(&c, |t| time(t, 0, 1).arrive = time(t, 0, 1).arrive + Span(1)), ["K20"], "a millisecond short");
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    trains(&mut c, "turns", "A B:10r A", 20, (0, 60, 1));
    assert_eq!(broken(&c, |t| time(t, 0, 2).stopped = false), ["K20", "K21"]);
    // A stop of another place does not count.
    let mut elsewhere = c.clone();
    let l = point(&c, "L");
    for s in &mut elsewhere.trains.services {
        s.stops[0].point = l;
    }
    let seen = check(&elsewhere, &run(&c).trace);
    assert_eq!(seen.iter().map(Violation::code).collect::<Vec<_>>(), ["K20"]);
    assert_eq!(l.index(), 1);
}

#[test]
fn no_train_is_faster_than_the_line() {
    let c = two_trains("A=900,900 10 B=900,900");
    // From exit to entry are 8.2 km, 369 s at 80 km/h; the train takes longer as it starts.
    let seen = broken(&c, |t| {
        let x = time(t, 0, 1);
        x.enter = x.enter - Span::minutes(3);
    });
    assert_eq!(seen, ["K22"]);
}

#[test]
fn stands_on_the_open_line_are_told_truly() {
    let mut c = two_trains("A=900,900 10 B=900,900");
    let (when, minutes) = (FailureWhen::Dated(yalu_model::ServiceId(0), point(&c, "A"), Instant(0)), fixed("m", 30.0));
    let fails = c.clone();
    c.line.disturbances.failures.push(LocomotiveFailure { id: "f".into(), when, minutes });
    let held = run(&c).trace;
    assert_eq!((held.open_line_stops.len(), check(&c, &held).len()), (1, 0));
    let with = |c: &Corridor, change: fn(&mut OpenLineStop)| {
        let mut t = held.clone();
        change(&mut t.open_line_stops[0]);
        check(c, &t).iter().map(Violation::code).collect::<Vec<_>>()
    };
    assert_eq!(with(&c, |s| s.place = 0), ["K23"]);
    assert_eq!(with(&c, |s| s.train = 99), ["K23"]);
    assert_eq!(with(&c, |s| s.held_ms = -1), ["K23"]);
    assert_eq!(with(&c, |s| s.cause = Cause::Meet), ["K23"]);
    assert_eq!(with(&c, |s| s.cause = Cause::Power), ["K23"], "no power cut is told of");
    assert_eq!(with(&fails, |_| {}), ["K23"], "no failure is told of");
    // It took half an hour more; three quarters it cannot have stood.
    assert_eq!(with(&c, |s| s.held_ms = 45 * 60_000), ["K22"]);
}
