//! What hinders trains: possessions, restrictions of speed, failures, power cuts, late entries.
mod support;

use support::{Ran, fixed, job_r1, last, line, point, run, since, took, trains, uniform};
use yalu_model::{
    Corridor, CutWhen, EntryDelay, FailureWhen, LocomotiveFailure, Possession, PowerCut, ProfilePiece, SectionId,
    ServiceId, SpeedRestriction, Supply,
};
use yalu_trace::Cause;
use yalu_units::{Instant, Span};

const FIRST: SectionId = SectionId(0);

fn at(c: &Corridor, minutes: i64) -> Instant {
    c.horizon.from + Span::minutes(minutes)
}

fn possess(c: &mut Corridor, tracks: u8, from: i64, to: i64) {
    let windows = vec![(at(c, from), at(c, to))];
    c.line.disturbances.possessions.push(Possession { id: "p".into(), section: FIRST, tracks, windows });
}

#[test]
fn nobody_is_on_a_single_track_under_possession() {
    let mut c = line("A=900,900,900 10 B=900,900,900");
    possess(&mut c, 1, 65, 185);
    trains(&mut c, "ab", "A B", 40, (0, 1800, 10));
    let r = run(&c);
    let (ab, least) = (r.of(&c, "ab"), r.least(&c, "ab", 0, 1).1);
    assert!(least < Span::minutes(30) && least > Span::minutes(5));
    assert!(ab.iter().all(|t| took(t) == least));
    // At 0:00 and 0:30 as due; those of 1:00 to 3:00 wait for 3:05, one behind the other; those after them catch up.
    assert_eq!([ab[0][0].depart, ab[1][0].depart], [c.horizon.from, at(&c, 30)]);
    assert_eq!((ab[2][0].depart, ab[2][0].cause), (at(&c, 185), Cause::Possession));
    for w in ab[2..7].windows(2) {
        assert_eq!(w[1][0].depart, w[0][1].section_clear);
    }
    assert_eq!(ab[9][0].depart, at(&c, 270), "the last one is on time again");
}

#[test]
fn trains_behind_a_possession_that_outlasts_the_run_wait_and_do_not_lock() {
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    possess(&mut c, 1, 0, 1_000 * 1440);
    // The way beyond the loop is taken, not the one before it.
    for p in &mut c.line.disturbances.possessions {
        p.section = SectionId(1);
    }
    trains(&mut c, "ab", "A B", 40, (0, 1800, 4));
    let r = run(&c);
    assert_eq!((r.out.deadlocks, r.out.asked[0][0]), (0, 4));
    assert!(r.of(&c, "ab").is_empty(), "none can arrive");
}

#[test]
fn one_track_of_two_under_possession_is_run_as_single_track() {
    let mut c = line("A=900,900,900 10x2 B=900,900,900");
    possess(&mut c, 1, 55, 185);
    trains(&mut c, "ab", "A B", 40, (0, 1800, 10));
    trains(&mut c, "ba", "B A", 40, (0, 1800, 10));
    let r = run(&c);
    let (ab, ba) = (r.of(&c, "ab"), r.of(&c, "ba"));
    for (n, (a, b)) in (0..).zip(ab.iter().zip(&ba)) {
        let due = at(&c, 30 * n);
        assert_eq!(a[0].depart, due);
        if (2..7).contains(&n) {
            assert_eq!((b[0].depart, b[0].cause), (a[1].section_clear, Cause::Meet), "train {n} waits for the other");
        } else {
            assert_eq!(b[0].depart, due, "train {n} has a track of its own");
        }
    }
}

#[test]
fn a_restriction_slows_exactly_the_trains_of_its_period() {
    let ways = "A=900,900 20 L=900,900 20 B=900,900";
    for load in [None, Some(uniform("load", 10.0, 60.0))] {
        let with = |c: &mut Corridor| {
            trains(c, "ab", "A B", 40, (0, 3600, 10)).load_t = load.clone().or(Some(fixed("load", 60.0)));
        };
        let mut c = line(ways);
        let mut slow = c.clone();
        let mut free = c.clone();
        let period = (at(&c, 175), at(&c, 365));
        let (id, from_m, to_m) = ("soft".into(), 5_000.0, 7_000.0);
        c.line.disturbances.restrictions.push(SpeedRestriction {
            id,
            section: FIRST,
            from_m,
            to_m,
            speed_kmh: 25.0,
            period,
        });
        // The same for ever, told as the line's own profile: what the physics makes of it.
        let piece = ProfilePiece { from_m, to_m, gradient_permille: None, speed_kmh: Some(25.0), curve_radius_m: None };
        slow.line.sections[FIRST].profile.push(piece);
        with(&mut c);
        with(&mut slow);
        with(&mut free);
        let (r, always, never) = (run(&c), run(&slow), run(&free));
        for n in 0..10 {
            let of = |r: &Ran, c: &Corridor| took(r.of(c, "ab")[n]);
            let want = if (3..=6).contains(&n) { of(&always, &slow) } else { of(&never, &free) };
            assert!((of(&r, &c) - want).0.abs() <= 2, "train {n}: {:?}, the physics says {want:?}", of(&r, &c));
            assert!(of(&always, &slow) > of(&never, &free) + Span::minutes(3));
        }
    }
}

fn fails(c: &mut Corridor, when: FailureWhen, low: f64, high: f64) {
    let minutes = uniform("minutes", low, high);
    c.line.disturbances.failures.push(LocomotiveFailure { id: "fails".into(), when, minutes });
}

#[test]
fn a_dated_failure_holds_one_train_on_the_open_line() {
    let mut c = line("A=900,900 10 L=900,900 10 B=900,900");
    trains(&mut c, "ab", "A B", 40, (0, 3600, 6));
    trains(&mut c, "ba", "B A", 40, (1800, 3600, 6));
    let when = FailureWhen::Dated(ServiceId(0), point(&c, "L"), at(&c, 125));
    fails(&mut c, when, 45.0, 45.0);
    let r = run(&c);
    let least = r.least(&c, "ab", 0, 2).1;
    // The train of 2:00 leaves L after 2:05 and stands 45 minutes; no other does.
    let held: Vec<_> = r.trace.open_line_stops.iter().map(|s| (s.place, s.cause, s.held_ms)).collect();
    assert_eq!(held, [(2, Cause::Failure, 45 * 60_000)]);
    let ab: Vec<Span> = r.of(&c, "ab").iter().map(|t| took(t) - least).collect();
    assert_eq!(ab[..3], [Span(0), Span(0), Span::minutes(45)]);
    assert!(ab[3] < Span::minutes(6) && ab[4..] == [Span(0), Span(0)], "one more meets a train it made late: {ab:?}");
    // The opposing train of 2:30 waits for it in the loop or beyond.
    let ba = r.of(&c, "ba");
    assert!(took(ba[2]) + (ba[2][0].depart - at(&c, 150)) > least + Span::minutes(20));
}

#[test]
fn failures_at_random_come_as_often_and_last_as_long_as_said() {
    let mut c = line("A=900,900 10x2 L=900,900 10x2 B=900,900");
    c.horizon.to = c.horizon.from + Span::days(30);
    trains(&mut c, "ab", "A B", 40, (0, 7200, 300));
    fails(&mut c, FailureWhen::Rate(fixed("rate", 20_000.0), None), 10.0, 30.0);
    let r = run(&c);
    // 600 legs of 10 km, each with 0.2: 120 with a standard error of 9.8; their mean of 20 minutes within 0.53.
    let held: Vec<i64> = r.trace.open_line_stops.iter().map(|s| s.held_ms).collect();
    assert!((held.len() as f64 - 120.0).abs() < 4.0 * 9.8, "{} failures", held.len());
    let mean = held.iter().sum::<i64>() as f64 / held.len() as f64 / 60_000.0;
    assert!((mean - 20.0).abs() < 4.0 * 0.53, "{mean} minutes");
    // Each train is late by what held it, or by less where the one ahead was held longer.
    let least = r.least(&c, "ab", 0, 2).1;
    assert_eq!(r.of(&c, "ab").iter().map(|t| (took(t) - least).0).sum::<i64>(), held.iter().sum::<i64>());
}

#[test]
fn a_dead_contact_line_stops_electric_trains_alone() {
    let mut c = line("A=900,900,900 10x2 B=900,900,900");
    let mut electric = c.trains.locomotives.iter().next().expect("one").clone();
    (electric.id, electric.supply) = ("e".into(), Supply::Electric);
    let electric = c.trains.locomotives.push(electric);
    trains(&mut c, "e", "A B", 40, (0, 1800, 6)).locomotive = electric;
    trains(&mut c, "d", "B A", 40, (0, 1800, 6));
    let when = CutWhen::Dated(vec![(at(&c, 65), at(&c, 100))]);
    c.line.disturbances.power_cuts.push(PowerCut { id: "dead".into(), sections: vec![FIRST], when });
    let r = run(&c);
    let least = r.least(&c, "e", 0, 1).1;
    assert!(r.of(&c, "d").iter().all(|t| took(t) == least));
    let e = r.of(&c, "e");
    for (n, t) in e.iter().enumerate() {
        // The train of 1:00 stands on the line for the whole cut, that of 1:30 waits for its end.
        let more = if n == 2 { Span::minutes(35) } else { Span(0) };
        assert_eq!(took(t), least + more, "train {n}");
    }
    assert_eq!((e[3][0].depart, e[3][0].cause), (e[2][1].section_clear.max(at(&c, 100)), Cause::Power));
    assert_eq!(r.trace.open_line_stops.len(), 1);
    assert_eq!(r.trace.open_line_stops[0].cause, Cause::Power);
}

#[test]
fn power_fails_at_random_as_often_as_said() {
    let mut c = line("A=900,900,900 10 B=900,900,900");
    c.horizon.to = c.horizon.from + Span::days(60);
    c.trains.locomotives.iter_mut().for_each(|l| l.supply = Supply::Electric);
    trains(&mut c, "ab", "A B", 40, (0, 3600, 1440));
    let when = CutWhen::Rate(fixed("rate", 365.25), fixed("hours", 1.0));
    c.line.disturbances.power_cuts.push(PowerCut { id: "dead".into(), sections: vec![FIRST], when });
    let r = run(&c);
    // A cut a day of an hour: each stops the one train of its hour, and one more where it begins during its run.
    let late = r
        .of(&c, "ab")
        .iter()
        .zip(0..)
        .filter(|(t, n)| last(t).arrive > at(&c, 60 * n) + r.least(&c, "ab", 0, 1).1)
        .count();
    assert!((40..100).contains(&late), "{late} of 1440 trains late by 60 cuts");
}

#[test]
fn trains_enter_late_as_often_and_as_much_as_said() {
    let mut c = line("A=900,900 10x2 B=900,900");
    c.horizon.to = c.horizon.from + Span::days(50);
    trains(&mut c, "ab", "A B", 40, (0, 7200, 500));
    let minutes = uniform("minutes", 10.0, 30.0);
    c.line.disturbances.entry_delays.push(EntryDelay {
        id: "late".into(),
        service: None,
        share: fixed("share", 0.4),
        minutes,
    });
    let r = run(&c);
    let late: Vec<f64> = r.trace.trains.iter().map(|t| (t.ready - t.scheduled).0 as f64 / 60_000.0).collect();
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    // 0.4 of 20 minutes; the standard error of 500 is 0.47.
    assert!((mean - 8.0).abs() < 3.0 * 0.47, "mean {mean} minutes");
    let share = late.iter().filter(|m| **m > 0.0).count() as f64 / late.len() as f64;
    assert!((share - 0.4).abs() < 3.0 * 0.022, "share {share}");
    assert!(late.iter().all(|m| *m == 0.0 || (10.0..30.0).contains(m)));
    for t in &r.trace.trains {
        let times = r.trace.times_of(t);
        assert_eq!(times[0].depart, t.ready, "it goes when it is ready: nothing else hinders it");
    }
}

#[test]
fn job_r1_of_a_day_is_what_its_own_file_says() {
    let c = job_r1(1);
    let r = run(&c);
    assert_eq!(r.trace.trains.len(), 24);
    assert!(since(&c, r.trace.times.iter().map(|t| t.arrive).max().expect("times")) < Span::hours(25));
}
