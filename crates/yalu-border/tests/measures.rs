//! What is measured, of a station small enough to be worked out by hand.

use yalu_border::measures::{Period, What, measure};
use yalu_border::{
    Activity, Amount, Arrivals, Calendar, Duration, Kept, Layout, Link, Need, Network, Procedure, Reason, Records,
    Resolution, Resource, ResourceId, ResourceKind, Station, Track, Traffic, Way, run_alone,
};
use yalu_units::{IndexVec, Instant, Span, StreamKey};

fn at(h: i64) -> Instant {
    Instant(0) + Span::hours(h)
}

/// Trains at 0, 6, 12, 18 of one day; a team 8 to 16, 3 h each; a shunter round the clock, an hour after it.
fn day() -> (Network, Records) {
    let resource =
        |name: &str, kind, hours| Resource { name: name.into(), kind, count: 1, hours, away_when_idle: None };
    let takes = |r| vec![Need { resource: ResourceId(r), amount: Amount::Fixed(1), kept: Kept::ForItself }];
    let step = |name, h, r| Activity { needs: takes(r), ..Activity::new(name, Duration::Fixed(Span::hours(h))) };
    let activities =
        vec![step("customs", 3, 0), Activity { after: vec![yalu_border::ActivityId(0)], ..step("shunt", 1, 1) }];
    let station = Station {
        name: "s".into(),
        tracks: IndexVec::from_vec(vec![Track::default(); 2]),
        most_tracks: [None; 2],
        quota: [Vec::new(), Vec::new()],
        resources: IndexVec::from_vec(vec![
            resource("team", ResourceKind::Team, Calendar::daily(8, 16, 0..9)),
            resource("shunter", ResourceKind::Shunter, Calendar::Always),
        ]),
        procedures: IndexVec::from_vec(vec![Procedure {
            name: "out".into(),
            way: Way::Out,
            loaded: true,
            activities: IndexVec::from_vec(activities),
        }]),
    };
    let network = Network::new(IndexVec::from_vec(vec![station])).unwrap();
    let traffic = Traffic {
        name: "t".into(),
        way: Way::Out,
        loaded: true,
        arrivals: Arrivals::Every { first: Span(0), every: Span::hours(6) },
        wagons: 10,
        consignments: 1,
        load: 0,
    };
    let layout = Layout {
        traffic: vec![traffic],
        link: Link::default(),
        from: at(0),
        arrivals_until: at(24),
        until: at(200),
        resolution: Resolution::Cuts,
    };
    let mut records = Records::default();
    let outcome = run_alone(&network, &layout, StreamKey { seed: 1, replication: 0 }, Some(&mut |r| records.push(r)));
    assert_eq!(outcome.unwrap().left, 4);
    (network, records)
}

#[test]
fn a_day_worked_out_by_hand() {
    let (network, records) = day();
    // Customs 8-11, 11-14, 14-17 (it runs on), and 8-11 of the next day. The third waits outside from 12 to 12: the first
    // has left its track then. So all four are in at once when they come.
    let begins: Vec<i64> =
        records.activities.iter().filter(|a| a.activity.0 == 0).map(|a| a.begin.0 / 3_600_000).collect();
    assert_eq!(begins, [8, 11, 14, 32]);
    let m = &measure(&network, &records, Period { from: at(0), to: at(48), ahead: Span(0) })[0];
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    let customs = &m.activities[0];
    // Waits 8, 5, 2, 14.
    near(customs.wait.train.mean_h, 29.0 / 4.0);
    near(customs.wait.wagon.p50_h, 5.0);
    near(customs.dwell.train.p90_h, 17.0);
    assert_eq!(customs.waits.of(Reason::Closed), Span::hours(8 + 2 + 14));
    assert_eq!(customs.waits.of(Reason::NoResource), Span::hours(3 + 2));
    // Taken 8 + 3 of 16 open hours; 12 of 48 in all; one hour after closing.
    near(m.resources[0].utilisation, 11.0 / 16.0);
    near(m.resources[0].naive_utilisation, 12.0 / 48.0);
    near(m.resources[0].closed_unit_h, 1.0);
    near(m.resources[0].by_hour[8], 1.0);
    near(m.resources[0].by_hour[12], 0.5);
    near(m.resources[1].utilisation, 4.0 / 48.0);
    assert_eq!(m.resources[0].caused, Span::hours(29));
    assert_eq!(m.binding[0].what, What::Resource(ResourceId(0)));
    near(m.binding[0].share_of_waiting, 1.0);
    // On tracks: 0-12, 6-15, 12-18, 18-36; worked on 4 h each.
    near(m.tracks.held, 45.0 / 96.0);
    near(m.tracks.worked, 16.0 / 96.0);
    near(m.tracks.full, (6.0 + 3.0) / 48.0);
    near(m.throughput_per_day[0], 2.0);
    near(m.throughput_per_day[1], 20.0);
    near(m.dwell.train.mean_h, 45.0 / 4.0);
    // Waiting: 8 + 5 + 2 + 6 h on the first day, 8 on the second.
    near(m.waiting_by_day[0], 21.0 / 24.0);
    near(m.waiting_by_day[1], 8.0 / 24.0);
}
