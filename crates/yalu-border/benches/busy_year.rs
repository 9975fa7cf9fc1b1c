//! A year of a busy crossing: 30 trains a day of 50 wagons, two stations, twelve activities a train, hours; and customers
//! a second through one server. In processor time where the system tells it, so that neighbours do not count.

use yalu_border::{
    Activity, ActivityId, Amount, Arrivals, AtClosing, Calendar, ClockRule, Duration, Items, Kept, Layout, Link,
    MayStart, Need, Network, Procedure, Record, Records, Resolution, Resource, ResourceId, ResourceKind, Sampled,
    Station, Subject, Track, Traffic, Way, run_alone,
};
use yalu_units::{IndexVec, Instant, Span, StreamKey};

const DAYS: i64 = 365;

fn main() {
    let network = match Network::new(IndexVec::from_vec(vec![station("near"), station("far")])) {
        Ok(network) => network,
        Err(faults) => panic!("{faults:?}"),
    };
    println!("a year, 30 trains a day of 50 wagons, 12 activities at each of two stations, the quickest of 5");
    for resolution in [Resolution::Cuts, Resolution::Wagons] {
        let layout = layout(resolution);
        for recorded in [false, true] {
            let mut least = f64::INFINITY;
            let mut told = String::new();
            for _ in 0..5 {
                let mut records = Records::default();
                let mut push = |r: Record| records.push(r);
                let watch: Option<&mut dyn FnMut(Record)> = if recorded { Some(&mut push) } else { None };
                let begin = clock_s();
                let outcome = run_alone(&network, &layout, StreamKey { seed: 4, replication: 0 }, watch);
                least = least.min(clock_s() - begin);
                told = outcome.map_or_else(
                    |e| format!("{e:?}"),
                    |o| format!("{} trains, {} left, {} events", o.came, o.left, o.events),
                );
            }
            println!("{resolution:?}, recorded {recorded}: {least:.3} s ({told})");
        }
    }
    customers();
}

/// Time this thread has run, s (Linux); elsewhere time that has passed.
fn clock_s() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|t| t.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()));
    ns.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0.0, |d| d.as_secs_f64() * 1e9)
    }) / 1e9
}

fn layout(resolution: Resolution) -> Layout {
    let until = Instant(0) + Span::days(DAYS);
    let traffic = [Way::Out, Way::Back].map(|way| Traffic {
        name: format!("{way:?}"),
        way,
        loaded: true,
        arrivals: Arrivals::Poisson { mean: Span::minutes(96) },
        wagons: 50,
        consignments: 50,
        load: 0,
    });
    let link = Link { run: [Span::minutes(15); 2], headway: Span::minutes(10) };
    Layout { traffic: traffic.into(), link, from: Instant(0), arrivals_until: until, until, resolution }
}

fn station(name: &str) -> Station {
    let resource =
        |name: &str, kind, count, hours| Resource { name: name.into(), kind, count, hours, away_when_idle: None };
    let day = Calendar::daily(6, 22, 0..DAYS + 30);
    let resources = vec![
        resource("technical", ResourceKind::Team, 6, Calendar::Always),
        resource("customs", ResourceKind::Team, 10, day.clone()),
        resource("shunter", ResourceKind::Shunter, 3, Calendar::Always),
        resource("stands", ResourceKind::BogieStand, 60, Calendar::Always),
        resource("sanitary", ResourceKind::Team, 5, day),
        resource("crews", ResourceKind::Crew, 12, Calendar::Always),
    ];
    Station {
        name: name.into(),
        tracks: IndexVec::from_vec(vec![Track::default(); 40]),
        most_tracks: [None; 2],
        quota: [Vec::new(), Vec::new()],
        resources: IndexVec::from_vec(resources),
        procedures: [Way::Out, Way::Back].into_iter().map(procedure).collect(),
    }
}

/// Twelve activities: five by wagon with a draw each, one in rounds, some in parallel.
fn procedure(way: Way) -> Procedure {
    let min = Span::minutes;
    let need = |r: u32, amount| vec![Need { resource: ResourceId(r), amount, kept: Kept::ForItself }];
    let one = |r: u32| need(r, Amount::Fixed(1));
    let after = |ids: &[u32]| ids.iter().map(|i| ActivityId(*i)).collect::<Vec<_>>();
    let each = |mean_s: i64| Items::OneByOne(Duration::Exponential { mean: Span::seconds(mean_s) });
    let step = |name: &str, minutes: i64, of: &[u32], needs: Vec<Need>| Activity {
        after: after(of),
        needs,
        ..Activity::new(
            name,
            Duration::Triangular { least: min(minutes / 2), likely: min(minutes), most: min(minutes * 2) },
        )
    };
    let by_wagon = |name: &str, minutes: i64, of: &[u32], needs: Vec<Need>, mean_s: i64| Activity {
        subject: Subject::Wagon,
        items: each(mean_s),
        ..step(name, minutes, of, needs)
    };
    let documents = Activity { may_start: MayStart::IfItCanFinish, ..step("documents", 20, &[0], one(1)) };
    let inspection = Activity {
        sampled: Sampled::Items(0.2),
        at_closing: AtClosing::Interrupted,
        ..by_wagon("inspection", 5, &[3, 4], one(1), 120)
    };
    let disinfection = Activity {
        at_closing: AtClosing::Interrupted,
        clock: ClockRule::Always,
        ..by_wagon("disinfection", 10, &[0], one(4), 20)
    };
    let gauge = Activity {
        subject: Subject::Wagon,
        items: Items::Rounds { places_of: 0, each: Duration::Fixed(min(45)) },
        ..step("gauge", 10, &[5], need(3, Amount::Places { least: 10, most: 25 }))
    };
    let activities = vec![
        step("receive", 5, &[], one(2)),
        by_wagon("technical handover", 5, &[0], one(0), 40),
        by_wagon("commercial handover", 5, &[0], one(0), 30),
        documents,
        disinfection,
        inspection,
        gauge,
        step("shunting", 20, &[1, 2, 6], one(2)),
        step("crew", 10, &[7], one(5)),
        by_wagon("brake test", 10, &[7], one(0), 15),
        step("papers", 5, &[8, 9], Vec::new()),
        step("leave", 5, &[10], one(2)),
    ];
    Procedure { name: format!("{way:?}"), way, loaded: true, activities: IndexVec::from_vec(activities) }
}

/// A million customers through one server, and how many a second.
fn customers() {
    let resource = Resource {
        name: "server".into(),
        kind: ResourceKind::Team,
        count: 1,
        hours: Calendar::Always,
        away_when_idle: None,
    };
    let needs = vec![Need { resource: ResourceId(0), amount: Amount::Fixed(1), kept: Kept::ForItself }];
    let serve = Activity { needs, ..Activity::new("serve", Duration::Exponential { mean: Span::hours(1) }) };
    let procedure =
        Procedure { name: "all".into(), way: Way::Out, loaded: true, activities: IndexVec::from_vec(vec![serve]) };
    let station = Station {
        name: "queue".into(),
        tracks: IndexVec::from_vec(vec![Track::default(); 512]),
        most_tracks: [None; 2],
        quota: [Vec::new(), Vec::new()],
        resources: IndexVec::from_vec(vec![resource]),
        procedures: IndexVec::from_vec(vec![procedure]),
    };
    let Ok(network) = Network::new(IndexVec::from_vec(vec![station])) else { return };
    let until = Instant(0) + Span::minutes(75 * 1_000_000);
    let traffic = Traffic {
        name: "customers".into(),
        way: Way::Out,
        loaded: true,
        arrivals: Arrivals::Poisson { mean: Span::minutes(75) },
        wagons: 1,
        consignments: 1,
        load: 0,
    };
    let layout = Layout {
        traffic: vec![traffic],
        link: Link::default(),
        from: Instant(0),
        arrivals_until: until,
        until,
        resolution: Resolution::Cuts,
    };
    let mut most = 0.0f64;
    for replication in 0..5 {
        let begin = clock_s();
        if let Ok(o) = run_alone(&network, &layout, StreamKey { seed: 4, replication }, None) {
            most = most.max(o.came as f64 / (clock_s() - begin));
        }
    }
    println!("M/M/1: {:.2} million customers a second", most / 1e6);
}
