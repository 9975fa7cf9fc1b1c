//! The border of the small corridor of `yalu new`: what adds up, what a change must do, pairs.
use std::fs;
use yalu_model::{Corridor, State};
use yalu_plan::{Draw, Plan, compile};
use yalu_scenario::{load, read_folder, template};
use yalu_sim::{Recorded, simulate};
use yalu_study::{
    BorderFigure, BorderMeasures, BorderRuns, Cause, CountSeen, border_measures, border_runs, changed, fit,
};
use yalu_units::Span;

fn corridor(set: &[(&str, &str)]) -> Corridor {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in template("mine") {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    let set: Vec<(String, String)> = set.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
    let loaded = load(&read_folder(dir.path()).expect("it is there"), &set);
    loaded.corridor.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn compiled(c: &Corridor) -> Plan {
    compile(c, c.horizon.from).expect("it compiles")
}

fn runs(set: &[(&str, &str)], replications: u32) -> BorderRuns {
    let c = corridor(set);
    border_runs(&c, &compiled(&c), 7, replications, None, &|| {})
}

fn central(c: &Corridor, station: Option<usize>) -> BorderMeasures {
    let plan = compiled(c);
    let draw = Draw::central(7);
    let (outcome, trace) = simulate(c, &plan, draw, Recorded::Trains);
    border_measures(c, &plan, draw, (&outcome, &trace.expect("recorded")), station).0
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-6 * a.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn waits_and_work_add_up_to_the_dwell_of_each_step() {
    let m = central(&corridor(&[]), None);
    let loaded = m.flows.iter().find(|f| f.loaded).expect("loaded trains");
    assert!(loaded.cuts > 20 && loaded.wagons >= loaded.cuts as u64, "{} cuts", loaded.cuts);
    for s in &loaded.steps {
        near(s.train.mean, s.work[0] + s.waits_train.iter().sum::<f64>());
        near(s.wagon.mean, s.work[1] + s.waits_wagon.iter().sum::<f64>());
        assert!(s.train.p50 <= s.train.p90 && s.wagon.p50 <= s.wagon.p90);
    }
    // One activity after another: what is done and waited at the border is the whole.
    assert!(loaded.waiting[0] < loaded.train.mean);
}

#[test]
fn use_by_open_hour_is_the_mean_of_its_hours_and_above_that_by_the_clock() {
    let m = central(&corridor(&[]), None);
    for r in &m.resources {
        near(r.by_open_hour, r.busy_h / (r.open_h * f64::from(r.count)));
        assert!(r.by_open_hour >= r.busy_h / (r.clock_h * f64::from(r.count)) - 1e-12);
        let hours: Vec<f64> = r.by_hour_of_day.iter().flatten().copied().collect();
        let (low, high) = hours.iter().fold((1.0_f64, 0.0_f64), |x, h| (x.0.min(*h), x.1.max(*h)));
        assert!(low <= r.by_open_hour && r.by_open_hour <= high, "{low} {} {high}", r.by_open_hour);
    }
    // Customs at B2 sleep at night; the yard at A2 never does.
    let closed = |r: &yalu_study::ResourceUse| r.by_hour_of_day.iter().filter(|h| h.is_none()).count();
    assert_eq!(m.resources.iter().map(closed).collect::<Vec<_>>(), [0, 14]);
}

#[test]
fn a_change_that_changes_nothing_differs_in_no_pair() {
    let (a, b) = (runs(&[], 4), runs(&[("station.B2.yard_tracks", "3")], 4));
    for f in BorderFigure::ALL {
        let x = changed(&a, &b, f, 0);
        assert_eq!((x.difference.defined(), x.grew_fell, x.difference.p95()), (4, (0, 0), 0.0), "{}", f.name());
    }
}

#[test]
fn hours_that_bind_are_named_and_longer_ones_help_in_every_pair() {
    // One team for two hours a day: an inspection of 40 min and some for each wagon.
    let short = [("hours.customs.daily", "10:00-12:00"), ("station.B2.team.customs.count", "1")];
    let longer = [("hours.customs.daily", "00:00-24:00"), ("station.B2.team.customs.count", "1")];
    let (a, b) = (runs(&short, 4), runs(&longer, 4));
    let at = a.central.binding.at_stations.expect("something waits");
    assert!(matches!(at.cause, Cause::Hours(1, 0)), "{at:?}");
    let x = changed(&a, &b, BorderFigure::TrainMean, 0);
    assert_eq!(x.grew_fell, (0, 4));
    assert!(x.difference.p95() < -1.0, "hours less, {:?}", x.difference);
    let shares: f64 = a.central.binding.all.iter().map(|c| c.share).sum();
    near(shares, 1.0);
}

#[test]
fn what_keeps_trains_from_running_binds_and_not_their_number() {
    // More is asked for than trains take. Two a day may run; papers for one take most of a day of one clerk.
    let many = ("good.grain.unit_value_usd_per_t", "35");
    let slow = ("station.A2.activity.papers.minutes", "1300");
    let open = |set: &[(&str, &str)]| {
        let mut c = corridor(set);
        for r in &mut c.border.regimes {
            (r.state, r.trains_per_day, r.wagons_per_train, r.hold_days) = (State::Open, None, None, None);
        }
        c
    };
    let m = central(&open(&[many, slow]), None);
    let first = m.binding.first().expect("something waits");
    assert!(matches!(first.cause, Cause::Resource(0, 0)), "{first:?} {:?}", m.routes);
    assert!(first.used.is_some_and(|u| u > 0.8), "{first:?}");
    // With quick papers and room and wagons enough beyond, all trains run, and it is their number.
    let quick = [
        many,
        ("station.A2.activity.papers.minutes", "30"),
        ("station.B2.yard_tracks", "12"),
        ("station.B2.team.customs.count", "8"),
        ("route.rail.rail.fleet_wagons", "2000"),
        ("service.bridge.trains_per_day", "1"),
        ("hold.quarantine.capacity_t", "900000"),
    ];
    let free = central(&open(&quick), None);
    let first = free.binding.first().expect("goods wait");
    assert!(matches!(first.cause, Cause::TrainsADay(_)), "{first:?} {:?}", free.routes);
    for m in [&m, &free] {
        for f in &m.routes {
            // Quotas are no part of what is due.
            let told = f.trains + f.not_run[..3].iter().sum::<u32>() + f.not_away;
            assert!(told >= f.due && told <= f.due + 2, "{f:?}");
        }
    }
}

#[test]
fn a_station_alone_tells_of_its_own() {
    let c = corridor(&[]);
    let m = central(&c, Some(1));
    assert!(m.resources.iter().all(|r| r.station == 1) && m.tracks.iter().all(|t| t.station == 1));
    assert!(m.flows.iter().flat_map(|f| &f.steps).all(|s| s.station == Some(1)));
    assert_eq!(m.stays.len(), 1);
    // Little's law holds of what is counted: wagons there on the mean are those that came, times how long each stood.
    let (s, whole) = (m.stays[0], central(&c, None));
    near(s.stock, s.wagons as f64 * s.hours / (m.running_days * 24.0));
    assert!(whole.stays.len() == 2 && whole.stays[1] == s);
}

#[test]
fn counts_that_hold_are_told_from_those_that_do_not() {
    let c = corridor(&[]);
    let plan = compiled(&c);
    let all = CountSeen { from: c.horizon.from, to: c.horizon.to, low: 0.0, high: 1e6 };
    let none = CountSeen { low: 1e6, ..all };
    let first = CountSeen { to: c.horizon.from + Span::days(7), ..all };
    let f = fit(&c, &plan, (7, 3), 0, &[all, none, first], &|| {});
    assert_eq!((f.each.as_slice(), f.all, f.runs), ([3, 0, 3].as_slice(), 0, 3));
    near(f.central[2], f.by_week[0]);
    // The mean of all days is the mean of the weeks, each as long as it is.
    let days = (c.horizon.to - c.horizon.from).as_days();
    let sum: f64 = f.by_week.iter().enumerate().map(|(i, w)| w * (days - 7.0 * i as f64).min(7.0)).sum();
    near(f.central[0], sum / days);
}
