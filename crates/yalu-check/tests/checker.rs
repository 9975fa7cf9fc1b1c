//! Every rule is broken once, and seen.
use yalu_check::{Violation, check};
use yalu_model::Corridor;
use yalu_plan::{Draw, compile};
use yalu_scenario::{Folder, load, template};
use yalu_sim::{Recorded, simulate};
use yalu_trace::{GoodsAccount, ResourceUse, StepKind, Trace, TrainKind, Turns, WagonAccount};
use yalu_units::{Instant, Mass, Span};

fn good() -> (Corridor, Trace) {
    let files = template("example").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let c = load(&Folder { files, ..Folder::default() }, &[]).corridor.expect("the template loads");
    let plan = compile(&c, c.horizon.from).expect("it compiles");
    let (_, trace) = simulate(&c, &plan, Draw::central(1), Recorded::Trains);
    (c, trace.expect("a trace"))
}

/// What breaks when the trace is changed.
fn broken(change: impl FnOnce(&Corridor, &mut Trace)) -> Vec<&'static str> {
    let (c, mut t) = good();
    change(&c, &mut t);
    let mut out: Vec<_> = check(&c, &t).iter().map(Violation::code).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Index of the time entry at which a loaded freight train leaves for the border.
fn leaves_for_the_border(c: &Corridor, t: &Trace) -> usize {
    let country = |p: u32| c.line.points.as_slice()[p as usize].country.as_str();
    for run in t.trains.iter().filter(|r| r.kind == TrainKind::Freight && r.loaded > 0) {
        let w = t.times_of(run);
        let over = (1..w.len()).find(|&k| country(w[k - 1].point) != country(w[k].point));
        if let Some(k) = over {
            return run.first as usize + k - 1;
        }
    }
    panic!("no train crosses")
}

/// Index of the first entry that takes goods from a queue.
fn leaves_a_queue(t: &Trace) -> usize {
    t.goods.iter().position(|g| matches!(g.from, GoodsAccount::Waiting(_))).expect("goods that leave")
}

#[test]
fn a_simulated_trace_breaks_nothing() {
    let (c, t) = good();
    assert_eq!(check(&c, &t), []);
    assert!(t.trains.len() > 50 && t.goods.len() > 100 && t.wagons.len() > 20 && t.days.len() > 100);
}

#[test]
fn trains_that_break_a_rule_are_seen() {
    assert!(broken(|_, t| t.times[0].point = 999).contains(&"K01"));
    assert!(broken(|_, t| t.times[1].arrive = t.times[0].depart - Span::seconds(1)).contains(&"K02"));
    assert!(broken(|_, t| t.trains[0].scheduled = t.trains[0].scheduled + Span::hours(1)).contains(&"K03"));
    let seen = broken(|_, t| {
        // A train that is at its first point twice went nowhere: no line joins a point to itself.
        let run = t.trains[0].clone();
        t.times[run.first as usize + 1].point = t.times[run.first as usize].point;
    });
    assert!(seen.contains(&"K04"), "{seen:?}");
    let seen = broken(|_, t| {
        // The same train once more, ten seconds later.
        let run = t.trains[0].clone();
        let mut times = t.times_of(&run).to_vec();
        for x in &mut times {
            for m in [&mut x.enter, &mut x.arrive, &mut x.depart, &mut x.section_clear, &mut x.track_clear] {
                *m = *m + Span::seconds(10);
            }
        }
        let first = t.times.len() as u32;
        t.times.extend(times);
        t.trains.push(yalu_trace::TrainRun { first, ..run });
    });
    assert!(seen.contains(&"K05") && seen.contains(&"K06"), "{seen:?}");
    let seen = broken(|_, t| {
        let first = t.trains[0].first as usize;
        t.trains[0].length_m = 5000;
        t.times[first].arrive = t.times[first].arrive - Span::seconds(1);
        t.times[first].enter = t.times[first].arrive;
    });
    assert_eq!(seen, ["K07"]);
}

#[test]
fn a_closed_border_and_its_quotas_are_kept() {
    let seen = broken(|c, t| {
        let at = t.times[leaves_for_the_border(c, t)].depart;
        t.regimes.iter_mut().filter(|r| r.from <= at && at < r.to).for_each(|r| r.running = false);
    });
    assert_eq!(seen, ["K08"]);
    assert_eq!(broken(|_, t| t.regimes.iter_mut().for_each(|r| r.trains_per_day = 0)), ["K09"]);
    assert_eq!(broken(|_, t| t.regimes.iter_mut().for_each(|r| r.wagons_per_train = 3)), ["K10"]);
}

#[test]
fn books_that_do_not_balance_are_seen() {
    assert!(broken(|_, t| t.goods[5].at = Instant(0)).contains(&"K11"));
    assert!(broken(|_, t| t.wagons[1].at = Instant(0)).contains(&"K11"));
    let more = |by: i64| {
        move |_: &Corridor, t: &mut Trace| {
            let i = leaves_a_queue(t);
            t.goods[i].mass += Mass(by);
        }
    };
    assert!(broken(more(100_000_000)).contains(&"K12"));
    assert!(broken(|_, t| t.goods[0].mass = Mass(-1)).contains(&"K13"));
    // A kilogram that vanishes is missed at the end of the day.
    assert!(broken(more(-1)).contains(&"K14"));
    assert_eq!(broken(|_, t| t.days[20].waiting_forward += Mass(1)), ["K14"]);
    assert_eq!(broken(|_, t| t.days[20].wagons_stock += 1), ["K14"]);
    assert_eq!(broken(|_, t| t.days[20].wagons_far += 1), ["K14"]);
    assert_eq!(broken(|_, t| t.days[20].approaching += Mass(1)), ["K14"]);
    assert_eq!(broken(|_, t| t.days.iter_mut().for_each(|d| d.crossed_loaded += 1)), ["K14"]);
    assert!(broken(|_, t| t.cuts[0].wagons += 1).contains(&"K15"));
    assert!(broken(|_, t| t.cuts[0].ended = None).contains(&"K16"));
    assert_eq!(broken(|_, t| t.steps[0].begin = t.steps[0].ready - Span::seconds(1)), ["K17"]);
}

#[test]
fn turns_and_wagons_a_day_are_kept() {
    assert_eq!(broken(|_, t| t.regimes.iter_mut().for_each(|r| r.wagons_per_day = 3)), ["K24"]);
    assert_eq!(broken(|_, t| t.regimes.iter_mut().for_each(|r| r.turns = Turns::HalfDays)), ["K25"]);
    assert_eq!(broken(|_, t| t.regimes.iter_mut().for_each(|r| r.turns = Turns::Days)), ["K25"]);
}

#[test]
fn border_stations_that_break_a_rule_are_seen() {
    // A cut that stays on its track until the next has gone; one track fewer than are used; one team fewer.
    let seen = broken(|_, t| {
        let (first, next) = same_track(t);
        t.yards[first].to = t.yards[next].to;
    });
    assert_eq!(seen, ["K26"]);
    assert_eq!(broken(|_, t| t.stations[1].tracks = 0), ["K01"]);
    let of_a_team = |u: &&mut ResourceUse| u.station == 1;
    assert_eq!(broken(|_, t| t.uses.iter_mut().find(of_a_team).expect("a use").amount = 9), ["K27"]);
    assert_eq!(broken(|_, t| t.stations[1].resources[0] = 0), ["K27"]);
    // After the two border stations come the places to load of the first rail route.
    assert_eq!(broken(|_, t| t.stations[2].resources[0] = 3), ["K27"]);
    // Inspection of the far station is what disinfection comes after.
    let seen = broken(|_, t| {
        let i = activity(t, 1, 1);
        t.steps[i].ready = t.steps[i].ready - Span::minutes(1);
    });
    assert!(seen.contains(&"K28"), "{seen:?}");
    let seen = broken(|_, t| t.stations[1].open[1].clear());
    assert_eq!(seen, ["K29"]);
    let seen = broken(|_, t| {
        // Closes a second before the inspection ends; later openings are long enough.
        let end = t.steps[activity(t, 1, 0)].end;
        let open = t.stations[1].open[1].iter_mut().find(|o| o.0 < end && end <= o.1).expect("it is open");
        open.1 = end - Span::seconds(1);
    });
    assert_eq!(seen, ["K29"]);
    // More waiting told than there was.
    assert_eq!(broken(|_, t| t.steps[0].waits.0[0] = Span::days(9)), ["K17"]);
}

/// Index of the first step of an activity at a station.
fn activity(t: &Trace, station: u16, number: u16) -> usize {
    let is = |s: &yalu_trace::Step| s.what == StepKind::Activity(station, number);
    t.steps.iter().position(is).expect("the activity takes place")
}

/// Two cuts one after the other on one yard track.
fn same_track(t: &Trace) -> (usize, usize) {
    let alike = |i: usize, j: usize| (t.yards[i].station, t.yards[i].track) == (t.yards[j].station, t.yards[j].track);
    (1..t.yards.len()).find(|j| alike(0, *j)).map(|j| (0, j)).expect("a track is used twice")
}

/// A small generator of odd numbers, the same each time.
struct Odd(u64);

impl Odd {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn of(&mut self, len: usize) -> usize {
        (self.next() >> 8) as usize % len.max(1)
    }
}

#[test]
fn wild_numbers_are_told_and_never_panic() {
    let (c, t) = good();
    let mut odd = Odd(88_172_645_463_325_252);
    for _ in 0..150 {
        let mut w = t.clone();
        for _ in 0..4 {
            let x = odd.next();
            let (time, train) = (odd.of(w.times.len()), odd.of(w.trains.len()));
            let (goods, wagon, day) = (odd.of(w.goods.len()), odd.of(w.wagons.len()), odd.of(w.days.len()));
            let (step, cut) = (odd.of(w.steps.len()), odd.of(w.cuts.len()));
            let (yard, held) = (odd.of(w.yards.len()), odd.of(w.uses.len()));
            match odd.next() % 16 {
                0 => w.times[time].point = x as u32,
                1 => w.times[time].track = x as u8,
                2 => w.times[time].depart = Instant(x as i64 >> 2),
                3 => w.trains[train].first = x as u32 >> 1,
                4 => w.trains[train].line = x as u32,
                5 => w.goods[goods].good = x as u16,
                6 => w.goods[goods].to = GoodsAccount::Held(x as u16),
                7 => w.wagons[wagon].to = WagonAccount::InCut(x as u32),
                8 => w.days[day].route = x as u16,
                9 => w.steps[step].cut = x as u32,
                10 => w.midnights.truncate(day),
                11 => w.yards[yard].station = x as u16,
                12 => w.uses[held].resource = x as u16,
                13 => w.steps[step].what = StepKind::Activity(x as u16 % 3, (x >> 20) as u16),
                14 => w.stations.truncate(x as usize % 2),
                _ => w.cuts[cut].route = x as u32,
            }
        }
        let _ = check(&c, &w);
    }
}
