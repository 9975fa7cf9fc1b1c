//! Random stations, procedures and traffic.

use yalu_border::{
    Activity, ActivityId, Amount, Arrivals, AtClosing, Calendar, ClockRule, Duration, Items, Kept, Layout, Link,
    MayStart, Need, Procedure, QuotaWindow, Resolution, Resource, ResourceId, ResourceKind, Sampled, Station, Subject,
    Track, TrackUse, Traffic, Way,
};
use yalu_units::{IndexVec, Instant, Span, Stream, StreamKey};

/// Days that hours and quotas are known for; long enough for all to be served.
const DAYS: i64 = 250;

pub struct Dice(Stream);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(StreamKey { seed, replication: 0 }.stream(99, 0))
    }
    fn below(&mut self, n: u64) -> u64 {
        self.0.below(n)
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    fn minutes(&mut self, most: u64) -> Span {
        Span::minutes(self.below(most) as i64)
    }
}

pub fn stations(d: &mut Dice, single: bool) -> IndexVec<yalu_border::StationId, Station> {
    let n = 1 + d.below(2);
    (0..n).map(|i| station(d, &format!("station {i}"), single)).collect()
}

fn station(d: &mut Dice, name: &str, single: bool) -> Station {
    let resources: IndexVec<ResourceId, Resource> = (0..=d.below(4))
        .map(|i| Resource {
            name: format!("resource {i}"),
            kind: ResourceKind::Team,
            count: 1 + d.below(4) as u32,
            hours: calendar(d),
            away_when_idle: (!single && d.one_in(8))
                .then(|| Duration::Uniform { least: Span::minutes(5), most: Span::hours(3) }),
        })
        .collect();
    let quota = |d: &mut Dice| {
        if d.one_in(4) {
            (0..DAYS)
                .map(|day| QuotaWindow {
                    from: Instant(0) + Span::days(day) + Span::hours(6),
                    to: Instant(0) + Span::days(day) + Span::hours(20),
                    trains: 2 + (day % 3) as u32,
                })
                .collect()
        } else {
            Vec::new()
        }
    };
    let procedures = [Way::Out, Way::Back].map(|way| procedure(d, way, &resources, single));
    let lengths: Vec<u32> = (0..2 + d.below(4)).map(|_| 3 + d.below(20) as u32).collect();
    Station {
        name: name.into(),
        tracks: lengths.iter().enumerate().map(|(i, l)| Track { fits_wagons: (i > 1).then_some(*l) }).collect(),
        most_tracks: [None; 2],
        procedures: procedures.into_iter().collect(),
        quota: [quota(d), quota(d)],
        resources,
    }
}

fn calendar(d: &mut Dice) -> Calendar {
    match d.below(3) {
        0 => Calendar::Always,
        1 => Calendar::daily(8, 20, 0..DAYS),
        // Split days, each a bit different.
        _ => Calendar::Open(
            (0..DAYS)
                .flat_map(|day| {
                    let at = |m: u64| Instant(0) + Span::days(day) + Span::minutes(m as i64);
                    let lunch = 660 + d.below(60);
                    [(at(480 + d.below(60)), at(lunch)), (at(lunch + 30 + d.below(40)), at(1000 + d.below(100)))]
                })
                .collect(),
        ),
    }
}

fn procedure(d: &mut Dice, way: Way, resources: &IndexVec<ResourceId, Resource>, single: bool) -> Procedure {
    let n = 1 + d.below(6) as u32;
    let mut activities = Vec::new();
    for i in 0..n {
        let mut after: Vec<ActivityId> = (0..i).filter(|_| d.one_in(2)).map(ActivityId).collect();
        if d.one_in(3) && i > 0 {
            after = vec![ActivityId(i - 1)];
        }
        let mut needs = Vec::new();
        for r in resources.ids() {
            if d.one_in(resources.len() as u64) && needs.len() < 3 {
                let count = resources[r].count;
                let amount = match d.below(5) {
                    _ if single => Amount::Fixed(1),
                    0 => Amount::PerWagon(1),
                    1 => Amount::Places { least: 1 + d.below(u64::from(count)) as u32, most: count },
                    2 => Amount::Load,
                    _ => Amount::Fixed(1 + d.below(u64::from(count)) as u32),
                };
                let kept = match d.below(20) {
                    0 => Kept::UntilDeparture,
                    1 if i + 1 < n => Kept::Until(ActivityId(i + 1 + d.below(u64::from(n - i - 1)) as u32)),
                    _ => Kept::ForItself,
                };
                needs.push(Need { resource: r, amount, kept });
            }
        }
        let places = needs.iter().position(|n| matches!(n.amount, Amount::Places { .. }));
        let items = match (places, d.below(3)) {
            (Some(places_of), _) => Items::Rounds { places_of, each: duration(d, 60) },
            (None, 0) => Items::OneByOne(duration(d, 12)),
            _ => Items::None,
        };
        activities.push(Activity {
            subject: [Subject::Train, Subject::Wagon, Subject::Consignment][d.below(3) as usize],
            after,
            needs,
            items,
            sampled: match d.below(5) {
                0 => Sampled::Cuts(0.6),
                1 => Sampled::Items(0.4),
                _ => Sampled::All,
            },
            may_start: [MayStart::AnyOpenTime, MayStart::IfItCanFinish][d.below(2) as usize],
            at_closing: [AtClosing::RunsOn, AtClosing::Interrupted][d.below(2) as usize],
            clock: [ClockRule::OpenHours, ClockRule::Always][d.below(2) as usize],
            track: if d.one_in(14) { TrackUse::FreedAtEnd } else { TrackUse::Holds },
            returned: if d.one_in(8) { 0.3 } else { 0.0 },
            ..Activity::new(&format!("activity {i}"), duration(d, 180))
        });
    }
    Procedure { name: format!("{way:?}"), way, loaded: true, activities: IndexVec::from_vec(activities) }
}

fn duration(d: &mut Dice, most: u64) -> Duration {
    let mean = d.minutes(most);
    match d.below(6) {
        0 => Duration::Fixed(mean),
        1 => Duration::Uniform { least: mean, most: mean + d.minutes(most) },
        2 => Duration::Exponential { mean },
        3 => Duration::Erlang { k: 1 + d.below(4) as u32, mean },
        4 => Duration::Fixed(Span(0)),
        _ => Duration::Channels {
            red_share: 0.3,
            green: Box::new(Duration::Fixed(Span(mean.0 / 4))),
            red: Box::new(Duration::Shifted { by: mean, rest: Box::new(Duration::Exponential { mean }) }),
        },
    }
}

pub fn layout(d: &mut Dice) -> Layout {
    let ways: &[Way] = [&[Way::Out][..], &[Way::Back], &[Way::Out, Way::Back]][d.below(3) as usize];
    let traffic = ways.iter().map(|way| Traffic {
        name: format!("{way:?}"),
        way: *way,
        loaded: true,
        arrivals: match d.below(3) {
            0 => Arrivals::Poisson { mean: Span::minutes(30 + d.below(300) as i64) },
            1 => Arrivals::Batches { mean: Span::hours(8), size: 1 + d.below(6) as u32 },
            _ => Arrivals::Every { first: d.minutes(600), every: Span::minutes(40 + d.below(300) as i64) },
        },
        wagons: 1 + d.below(30) as u32,
        consignments: d.below(10) as u32,
        load: d.below(6) as u32,
    });
    Layout {
        traffic: traffic.collect(),
        link: Link { run: [d.minutes(60), d.minutes(60)], headway: d.minutes(30) },
        from: Instant(0),
        arrivals_until: Instant(0) + Span::days(4),
        until: Instant(0) + Span::days(DAYS),
        resolution: Resolution::Cuts,
    }
}
