//! What the words of the procedure language mean, case by case.

use yalu_border::flow::DailyOpening;
use yalu_border::reference::Queue;
use yalu_border::{
    Activity, ActivityId, Amount, Arrival, Arrivals, AtClosing, BorderError, Calendar, ClockRule, Duration, Ending,
    Event, Items, Kept, Layout, Link, MayStart, Need, Network, Notice, Outbox, Procedure, ProcedureId, QuotaWindow,
    Reason, Records, Refusal, Resolution, Resource, ResourceId, ResourceKind, Station, StationId, Subject, Track,
    TrackId, TrackUse, Traffic, Waits, Way, Word, run_watched,
};
use yalu_units::{IndexVec, Instant, Span, StreamKey};

const KEY: StreamKey = StreamKey { seed: 3, replication: 0 };

fn at(h: f64) -> Instant {
    Instant((h * 3_600_000.0).round() as i64)
}

fn resource(name: &str, count: u32, hours: Calendar) -> Resource {
    Resource { name: name.into(), kind: ResourceKind::Other, count, hours, away_when_idle: None }
}

fn takes(r: u32) -> Need {
    Need { resource: ResourceId(r), amount: Amount::Fixed(1), kept: Kept::ForItself }
}

fn lasts(name: &str, h: i64) -> Activity {
    Activity::new(name, Duration::Fixed(Span::hours(h)))
}

fn station<const N: usize>(name: &str, tracks: usize, resources: Vec<Resource>, activities: [Activity; N]) -> Station {
    let activities: IndexVec<ActivityId, Activity> = activities.into_iter().collect();
    let procedure = |way| Procedure { name: format!("{way:?}"), way, loaded: true, activities: activities.clone() };
    Station {
        name: name.into(),
        tracks: IndexVec::from_vec(vec![Track::default(); tracks]),
        most_tracks: [None; 2],
        quota: [Vec::new(), Vec::new()],
        resources: IndexVec::from_vec(resources),
        procedures: [Way::Out, Way::Back].into_iter().map(procedure).collect(),
    }
}

fn one(s: Station) -> Network {
    Network::new(IndexVec::from_vec(vec![s])).unwrap()
}

/// A host for tests: one agenda, all notices kept.
struct Hosted<'a> {
    border: yalu_border::Border<'a>,
    out: Outbox,
    notices: Vec<(Instant, Notice)>,
    now: Instant,
}

impl<'a> Hosted<'a> {
    fn new(network: &'a Network) -> Self {
        let border = yalu_border::Border::new(network, KEY, Resolution::Cuts);
        let out = Outbox { records: Some(Records::default()), ..Outbox::default() };
        Self { border, out, notices: Vec::new(), now: Instant(0) }
    }
    fn arrive(&mut self, now: Instant, serial: u64, wagons: u32) -> yalu_border::VisitId {
        self.until(now);
        let track = self.border.admit(now, StationId(0), Way::Out, wagons, &mut self.out).unwrap();
        let arrival = Arrival {
            station: StationId(0),
            procedure: ProcedureId(0),
            track: Some(track),
            serial,
            wagons,
            consignments: 1,
            load: wagons * 60,
            hold: None,
            asked: now,
            waits: Waits::default(),
        };
        let visit = self.border.arrive(now, &arrival, &mut self.out).unwrap();
        self.note(now);
        visit
    }
    fn note(&mut self, now: Instant) {
        self.notices.extend(self.out.notices.drain(..).map(|n| (now, n)));
    }
    /// Hands back events up to an instant, in their order.
    fn until(&mut self, to: Instant) {
        loop {
            let next: Option<(Instant, Event)> = self.out.events.iter().min().copied();
            let Some((now, event)) = next.filter(|n| n.0 <= to) else { break };
            self.out.events.retain(|e| *e != (now, event));
            self.border.handle(now, event, &mut self.out);
            self.note(now);
        }
        self.now = to;
    }
    fn ready(&self) -> Vec<(u64, Instant)> {
        let of = self.notices.iter().filter_map(|(t, n)| match n {
            Notice::Ready { serial, .. } => Some((*serial, *t)),
            _ => None,
        });
        of.collect()
    }
}

#[test]
fn bogies_are_changed_in_rounds() {
    for (wagons, stands, round_min, minutes) in [(50, 12, 45, 225), (54, 30, 60, 120)] {
        let gauge = Activity {
            subject: Subject::Wagon,
            needs: vec![Need { amount: Amount::Places { least: 1, most: 99 }, ..takes(0) }],
            items: Items::Rounds { places_of: 0, each: Duration::Fixed(Span::minutes(round_min)) },
            ..lasts("gauge", 0)
        };
        let network = one(station("s", 1, vec![resource("stands", stands, Calendar::Always)], [gauge]));
        let mut h = Hosted::new(&network);
        h.arrive(at(0.0), 1, wagons);
        h.until(at(100.0));
        assert_eq!(h.ready(), [(1, Instant(0) + Span::minutes(minutes))]);
    }
}

/// Cuts of so many wagons, each with the hour it is ready, at places that take each wagon some hours: when each is done.
fn at_places(places: u32, each_h: i64, cuts: &[(f64, u32)]) -> Vec<f64> {
    let load = Activity {
        subject: Subject::Wagon,
        needs: vec![takes(0)],
        items: Items::AsPlacesFree(Duration::Fixed(Span::hours(each_h))),
        ..lasts("load", 0)
    };
    let network = one(station("s", 0, vec![resource("places", places, Calendar::Always)], [load]));
    let mut h = Hosted::new(&network);
    for (serial, &(ready, wagons)) in cuts.iter().enumerate() {
        h.until(at(ready));
        let arrival = Arrival {
            station: StationId(0),
            procedure: ProcedureId(0),
            track: None,
            serial: serial as u64,
            wagons,
            consignments: 0,
            load: 0,
            hold: None,
            asked: at(ready),
            waits: Waits::default(),
        };
        h.border.arrive(at(ready), &arrival, &mut h.out).unwrap();
    }
    h.until(at(100_000.0));
    let mut done = vec![f64::NAN; cuts.len()];
    for (t, notice) in &h.notices {
        if let Notice::GoodsReleased { serial, .. } = notice {
            done[*serial as usize] = t.0 as f64 / 3_600_000.0;
        }
    }
    let wagon_hours: i64 = h.out.records.unwrap().uses.iter().map(|u| (u.to - u.from).0 * i64::from(u.amount)).sum();
    let wagons: u32 = cuts.iter().map(|c| c.1).sum();
    assert_eq!(wagon_hours, i64::from(wagons) * Span::hours(each_h).0);
    done
}

#[test]
fn places_work_side_by_side() {
    // 1,000 places of 12 h: a train of 50 wagons an hour needs 600 of them; none waits.
    let hourly: Vec<(f64, u32)> = (0..48).map(|h| (f64::from(h), 50)).collect();
    assert!(at_places(1_000, 12, &hourly).iter().zip(&hourly).all(|(done, cut)| *done == cut.0 + 12.0));
    // 400 places, cuts of 5 wagons four times a day: none waits.
    let small: Vec<(f64, u32)> = (0..40).map(|i| (f64::from(i) * 6.0, 5)).collect();
    assert!(at_places(400, 12, &small).iter().zip(&small).all(|(done, cut)| *done == cut.0 + 12.0));
    // Ten places of 4 h. The twelve of the first: ten to 4, two to 8; the second's five begin at 4 beside these; the
    // third's three take the three left at 4; the fourth's waits to 8.
    assert_eq!(at_places(10, 4, &[(0.0, 12), (1.0, 5), (2.0, 3), (3.0, 10)]), [8.0, 8.0, 8.0, 12.0]);
    // Always asked for, k places of s hours finish k / s wagons an hour whatever the cuts: 40 of 4 h, 57 at a time.
    let many: Vec<(f64, u32)> = (0..80).map(|_| (0.0, 57)).collect();
    assert_eq!(at_places(40, 4, &many).last(), Some(&(80.0 * 57.0 / 10.0)));
}

#[test]
fn opening_hours_come_to_the_fluid_as_trains_get_small() {
    let exact = DailyOpening { rate_per_h: 1.0, open_h: 8.0, service_per_h: 3.5 }.queue().unwrap();
    // So many trains where the fluid has one. What is left off falls as one over their number.
    for grain in [10, 50, 200] {
        let queue = Queue {
            arrivals: Arrivals::Every { first: Span(3_600_000 / grain), every: Span(3_600_000 / grain) },
            hours: Calendar::daily(16, 24, 0..60),
            ..Queue::new(Span(1), Duration::Fixed(Span((3_600_000.0 / (3.5 * grain as f64)).round() as i64)), 1)
        };
        let seen = queue.run(24 * 40 * grain as u64, KEY).unwrap();
        let off = seen.wait_h.mean - exact.mean_wait_h;
        println!("opening hours, {grain} trains for one: {:.4} h, fluid {:.4} h", seen.wait_h.mean, exact.mean_wait_h);
        assert!(off.abs() < 0.4 / grain as f64, "{grain}: {off}");
    }
}

#[test]
fn branches_run_in_parallel_and_join() {
    let after = |a: Activity, ids: &[u32]| Activity { after: ids.iter().map(|i| ActivityId(*i)).collect(), ..a };
    let network = one(station(
        "s",
        1,
        vec![],
        [
            lasts("receive", 1),
            after(lasts("short", 1), &[0]),
            after(lasts("long", 3), &[0]),
            after(lasts("join", 1), &[1, 2]),
        ],
    ));
    let mut h = Hosted::new(&network);
    h.arrive(at(0.0), 1, 5);
    h.until(at(100.0));
    assert_eq!(h.ready(), [(1, at(5.0))]);
}

#[test]
fn a_hold_frees_the_track_and_its_clock_runs_by_night() {
    let places = |kept| Need { resource: ResourceId(0), amount: Amount::PerWagon(1), kept };
    let unload =
        Activity { needs: vec![places(Kept::Until(ActivityId(1)))], track: TrackUse::FreedAtEnd, ..lasts("unload", 4) };
    let hold = Activity {
        after: vec![ActivityId(0)],
        needs: vec![takes(1)],
        is_hold: true,
        at_closing: AtClosing::Interrupted,
        clock: ClockRule::Always,
        ..lasts("hold", 30)
    };
    let resources = vec![resource("places", 10, Calendar::Always), resource("guard", 9, Calendar::daily(8, 18, 0..99))];
    let network = one(station("s", 2, resources, [unload, hold]));
    let mut h = Hosted::new(&network);
    h.arrive(at(8.0), 1, 6);
    h.arrive(at(8.0), 2, 6);
    h.until(at(13.0));
    assert!(
        matches!(h.notices[..], [(t, Notice::TrackFree { .. }), (_, Notice::WagonsFreed { serial: 1, .. })] if t == at(12.0))
    );
    assert_eq!((h.border.free_tracks(StationId(0)), h.border.inside(StationId(0))), (1, 2));
    h.until(at(500.0));
    // 30 h from noon is 18:00 of the next day; the second was unloaded then, and 30 h run out at night: at 08:00.
    let released: Vec<_> = h
        .notices
        .iter()
        .filter_map(|(t, n)| match n {
            Notice::GoodsReleased { serial, .. } => Some((*serial, *t)),
            _ => None,
        })
        .collect();
    assert_eq!(released[0], (1, at(42.0)));
    // Unloading from 42 to 46; the guard comes at 56 and the hold begins: 86 is 14:00.
    assert_eq!(released[1], (2, at(86.0)));
    assert!(h.out.records.as_ref().unwrap().visits.iter().all(|v| v.ending == Ending::Released));
}

#[test]
fn what_is_kept_until_departure_is_given_back_then() {
    let keep = Need { kept: Kept::UntilDeparture, ..takes(0) };
    let network = one(station(
        "s",
        3,
        vec![resource("locomotive", 1, Calendar::Always)],
        [Activity { needs: vec![keep], ..lasts("attach", 1) }],
    ));
    let mut h = Hosted::new(&network);
    let first = h.arrive(at(0.0), 1, 5);
    h.arrive(at(0.0), 2, 5);
    h.until(at(5.0));
    assert_eq!(h.ready(), [(1, at(1.0))]);
    h.border.holds_back(at(3.0), first, Reason::NoTrack);
    assert!(h.border.depart(at(5.0), first, &mut h.out));
    assert!(!h.border.depart(at(5.0), first, &mut h.out), "it is gone");
    h.note(at(5.0));
    h.until(at(9.0));
    assert_eq!(h.ready(), [(1, at(1.0)), (2, at(6.0))]);
    let visit = h.out.records.as_ref().unwrap().visits[0];
    assert_eq!(
        (visit.waits_after.of(Reason::Path), visit.waits_after.of(Reason::NoTrack)),
        (Span::hours(2), Span::hours(2))
    );
}

#[test]
fn a_withdrawn_cut_frees_all_it_held() {
    let network = one(station(
        "s",
        1,
        vec![resource("team", 1, Calendar::Always)],
        [Activity { needs: vec![takes(0)], ..lasts("check", 5) }],
    ));
    let mut h = Hosted::new(&network);
    let visit = h.arrive(at(0.0), 1, 5);
    assert_eq!(h.border.admit(at(1.0), StationId(0), Way::Out, 5, &mut h.out), Err(Refusal::NoTrack));
    assert!(h.border.withdraw(at(2.0), visit, &mut h.out));
    assert!(!h.border.withdraw(at(2.0), visit, &mut h.out));
    assert_eq!((h.border.taken(StationId(0), ResourceId(0)), h.border.inside(StationId(0))), (0, 0));
    // The end that is still on the agenda is nobody's; the next cut has its own.
    h.arrive(at(2.0), 2, 5);
    h.until(at(20.0));
    assert_eq!(h.ready(), [(2, at(7.0))]);
    let records = h.out.records.as_ref().unwrap();
    assert!(records.activities[0].broken_off && records.activities[0].end == at(2.0));
    assert_eq!(records.visits[0].ending, Ending::Withdrawn);
}

#[test]
fn a_word_in_force_adds_an_activity() {
    let network = one(station("s", 1, vec![], [Activity { only_under: Some(Word(3)), ..lasts("disinfection", 3) }]));
    for (in_force, end) in [(false, 0.0), (true, 3.0)] {
        let mut h = Hosted::new(&network);
        h.border.restrict(StationId(0), Word(3), in_force);
        h.arrive(at(0.0), 1, 5);
        h.until(at(9.0));
        assert_eq!(h.ready(), [(1, at(end))]);
    }
}

#[test]
fn small_cuts_do_not_starve_a_large_one() {
    let cut = Activity { needs: vec![Need { amount: Amount::PerWagon(1), ..takes(0) }], ..lasts("cranes", 2) };
    let network = one(station("s", 9, vec![resource("crane", 3, Calendar::Always)], [cut]));
    let mut h = Hosted::new(&network);
    for (serial, hour, wagons) in [(1, 0.0, 1), (2, 0.5, 3), (3, 1.0, 1), (4, 1.5, 1)] {
        h.arrive(at(hour), serial, wagons);
    }
    h.until(at(20.0));
    // The second wants all three: what is free is kept for it from 0.5 on.
    assert_eq!(h.ready(), [(1, at(2.0)), (2, at(4.0)), (3, at(6.0)), (4, at(6.0))]);
}

#[test]
fn a_quota_counts_trains_of_its_window_and_tells_when_it_opens() {
    let mut s = station("s", 9, vec![], [lasts("check", 1)]);
    s.quota[0] = [6.0, 30.0].map(|h| QuotaWindow { from: at(h), to: at(h + 8.0), trains: 2 }).into();
    let network = one(s);
    let mut h = Hosted::new(&network);
    let ask = |h: &mut Hosted, t: f64, way| {
        h.until(at(t));
        h.border.admit(at(t), StationId(0), way, 5, &mut h.out)
    };
    assert_eq!(ask(&mut h, 1.0, Way::Out), Err(Refusal::Quota));
    assert!(ask(&mut h, 1.0, Way::Back).is_ok(), "the other way has no quota");
    assert!(ask(&mut h, 6.0, Way::Out).is_ok() && ask(&mut h, 7.0, Way::Out).is_ok());
    assert_eq!(ask(&mut h, 8.0, Way::Out), Err(Refusal::Quota));
    h.until(at(30.0));
    let open: Vec<Instant> =
        h.notices.iter().filter(|n| matches!(n.1, Notice::QuotaOpen { .. })).map(|n| n.0).collect();
    assert_eq!(open, [at(6.0), at(30.0)]);
    assert!(ask(&mut h, 30.0, Way::Out).is_ok());
    assert_eq!(ask(&mut h, 40.0, Way::Out), Err(Refusal::QuotaOver));
    assert_eq!(ask(&mut h, 40.0, Way::Out).ok(), None::<TrackId>);
}

/// A closed second station fills first, then the first, then the line before it; opened, it empties in the same order.
#[test]
fn a_closed_second_station_blocks_upstream() {
    let near = station("near", 3, vec![], [lasts("check", 1)]);
    let hours = Calendar::Open(vec![(at(40.0), at(2000.0))]);
    let far =
        station("far", 2, vec![resource("team", 1, hours)], [Activity { needs: vec![takes(0)], ..lasts("check", 1) }]);
    let network = Network::new(IndexVec::from_vec(vec![near, far])).unwrap();
    let traffic = Traffic {
        name: "out".into(),
        way: Way::Out,
        loaded: true,
        arrivals: Arrivals::Every { first: Span::hours(1), every: Span::hours(2) },
        wagons: 5,
        consignments: 1,
        load: 0,
    };
    let layout = Layout {
        traffic: vec![traffic],
        link: Link { run: [Span::minutes(20); 2], headway: Span::minutes(10) },
        from: at(0.0),
        arrivals_until: at(30.0),
        until: at(2000.0),
        resolution: Resolution::Cuts,
    };
    let mut seen: Vec<(Instant, [u64; 4])> = Vec::new();
    let mut look = |t: &yalu_border::Tick| {
        let c = t.counts;
        seen.push((t.at, [c.inside[1], c.on_link, c.inside[0], c.outside[0]]));
    };
    let mut records = Records::default();
    let outcome = run_watched(&network, &layout, KEY, Some(&mut |r| records.push(r)), Some(&mut look)).unwrap();
    let first = |what: usize, n: u64| seen.iter().find(|s| s.1[what] >= n).map(|s| s.0).unwrap();
    let (far_full, near_full, line) = (first(0, 2), first(2, 3), first(3, 1));
    println!("far full {far_full:?}, near full {near_full:?}, the line {line:?}");
    assert!(far_full < near_full && near_full < line && line < at(40.0));
    // No train is on its way into no track, and none is lost.
    assert!(seen.iter().all(|s| s.1[0] + s.1[1] <= 2 && s.1[2] <= 3));
    assert_eq!((outcome.came, outcome.left), (15, 15));
    let last = |what: usize| seen.iter().rev().find(|s| s.1[what] > 0).map(|s| s.0).unwrap();
    assert!(last(3) < last(2) && last(2) < last(0));
    // Why they waited: at the first for a track beyond, before it for one of its own.
    let wait = |of: fn(&yalu_border::VisitRecord) -> Waits, s: u32| -> i64 {
        let own = records.visits.iter().filter(|v| v.station == StationId(s));
        own.map(|v| of(v).of(Reason::NoTrack).0).sum()
    };
    assert!(wait(|v| v.waits_after, 0) > 0 && wait(|v| v.waits_before, 0) > 0);
    assert_eq!((wait(|v| v.waits_after, 1), wait(|v| v.waits_before, 1)), (0, 0));
}

#[test]
fn faults_are_all_told() {
    let mut s = station(
        "s",
        0,
        vec![resource("none", 0, Calendar::Open(vec![(at(5.0), at(4.0))]))],
        [
            Activity { after: vec![ActivityId(7)], ..lasts("a", 1) },
            Activity { needs: vec![Need { amount: Amount::Fixed(3), ..takes(0) }], returned: 2.0, ..lasts("b", 1) },
            Activity { needs: vec![takes(5)], ..Activity::new("c", Duration::Fixed(Span(-1))) },
            Activity { needs: vec![takes(0)], items: Items::AsPlacesFree(Duration::Fixed(Span(1))), ..lasts("d", 1) },
        ],
    );
    s.quota[1] = vec![QuotaWindow { from: at(2.0), to: at(1.0), trains: 1 }];
    let faults = Network::new(IndexVec::from_vec(vec![s])).unwrap_err();
    let count = |f: fn(&BorderError) -> bool| faults.iter().filter(|e| f(e)).count();
    assert_eq!(count(|e| matches!(e, BorderError::None { .. })), 1);
    assert_eq!(count(|e| matches!(e, BorderError::Intervals { .. })), 2);
    // Two procedures hold the same activities.
    assert_eq!(count(|e| matches!(e, BorderError::PlacesAlone { .. })), 2);
    assert_eq!(count(|e| matches!(e, BorderError::Dangling { .. })), 4);
    assert_eq!(count(|e| matches!(e, BorderError::TooMany { .. })), 4);
    assert_eq!(count(|e| matches!(e, BorderError::OutOfRange { .. })), 4);
}

#[test]
fn circles_are_told_by_name() {
    let after = |name, ids: &[u32]| Activity { after: ids.iter().map(|i| ActivityId(*i)).collect(), ..lasts(name, 1) };
    let s = station("s", 1, vec![], [after("a", &[1]), after("b", &[0])]);
    let faults = Network::new(IndexVec::from_vec(vec![s])).unwrap_err();
    assert!(faults[0].to_string().contains("a, b"), "{}", faults[0]);
    // Each keeps one crane and wants another.
    let keeps = Activity { needs: vec![Need { kept: Kept::UntilDeparture, ..takes(0) }], ..lasts("first", 1) };
    let more = Activity { needs: vec![takes(0)], ..after("second", &[0]) };
    let s = station("s", 2, vec![resource("crane", 2, Calendar::Always)], [keeps.clone(), more]);
    let faults = Network::new(IndexVec::from_vec(vec![s])).unwrap_err();
    assert!(matches!(&faults[..], [BorderError::KeptInCircle { circle }] if circle == &["s: crane"]), "{faults:?}");
    // In tandem: trains out keep the locomotive until a track beyond is free, trains back need it here.
    let s = || station("s", 2, vec![resource("locomotive", 1, Calendar::Always)], [keeps.clone()]);
    let network = Network::new(IndexVec::from_vec(vec![s(), s()])).unwrap();
    assert!(matches!(network.check_tandem(), Err(BorderError::KeptInCircle { .. })));
    let s = station(
        "s",
        1,
        vec![resource("r", 1, Calendar::Always)],
        [Activity { needs: vec![Need { kept: Kept::Until(ActivityId(0)), ..takes(0) }], ..after("b", &[]) }],
    );
    assert!(matches!(Network::new(IndexVec::from_vec(vec![s])).unwrap_err()[0], BorderError::KeptTooLong { .. }));
}

#[test]
fn may_start_only_if_it_can_finish() {
    let check = Activity { needs: vec![takes(0)], may_start: MayStart::IfItCanFinish, ..lasts("check", 3) };
    let network = one(station("s", 2, vec![resource("team", 1, Calendar::daily(8, 12, 0..9))], [check]));
    let mut h = Hosted::new(&network);
    h.arrive(at(7.0), 1, 5);
    h.arrive(at(7.0), 2, 5);
    h.until(at(99.0));
    assert_eq!(h.ready(), [(1, at(11.0)), (2, at(35.0))]);
    let waits = h.out.records.as_ref().unwrap().activities[1].waits;
    // 7 to 8 and 12 to 8 closed; 9 to 12 too near; 8 to 9 the team was taken.
    assert_eq!(waits.of(Reason::Closed), Span::hours(21));
    assert_eq!(waits.of(Reason::ClosingTooNear), Span::hours(3));
    assert_eq!(waits.of(Reason::NoResource), Span::hours(1));
}
