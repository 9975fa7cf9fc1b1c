//! Border stations compiled to what the engine works: per replication, for their numbers are drawn.

use crate::{Draw, Plan};
use yalu_border::{
    Activity, ActivityId, Amount, AtClosing, BorderError, Calendar, ClockRule, Duration, Items, Kept, MayStart, Need,
    Network, Procedure, QuotaWindow, Resource, ResourceId, ResourceKind, Sampled, Station, StationId, Subject, Track,
    TrackUse, Way, Word,
};
use yalu_model::{BorderStation, Corridor, Dist, Keeps, Quantity, QuotaPer, Shape, StartRule, UsePer};
use yalu_units::{Idx, IndexVec, Span, address};

/// Tracks a station has at least where trains both ways stand in its yard: one each, or they could block each other.
pub const LEAST_TRACKS_BOTH_WAYS: usize = 2;
/// Restriction words the engine can tell apart.
const MOST_WORDS: usize = 64;

/// Border stations of a corridor in one replication.
#[derive(Clone, Debug, Default)]
pub struct BorderPlan {
    /// The stations, in the corridor's order; each has four procedures, see [`BorderPlan::procedure`]. After them the places
    /// of `places`, each a station without tracks: one resource, one procedure of one activity.
    pub network: Network,
    /// Where the cuts of each route are loaded and unloaded; none for a route without rail.
    pub places: Vec<Option<RoutePlaces>>,
    /// Restriction words by the engine's numbers.
    pub words: Vec<String>,
    /// Whether cuts of both ways stand in a station's yard.
    pub both_ways: Vec<bool>,
    /// By station and procedure: the index in the corridor's list of each activity.
    pub activities: Vec<[Vec<u16>; 4]>,
}

/// Places of a rail route to load and unload wagons, as stations of [`BorderPlan::network`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoutePlaces {
    /// At its first point.
    pub loading: StationId,
    /// At its end.
    pub unloading: StationId,
    /// At its quarantine hold; routes that share a hold share its places.
    pub hold: Option<StationId>,
}

impl BorderPlan {
    /// The number of a procedure in its station: loaded and empty cuts from the first country, then from the second.
    pub fn procedure(way: Way, loaded: bool) -> usize {
        way.index() * 2 + usize::from(!loaded)
    }
}

/// The way of cuts that leave the first country (0) or the second (1).
pub fn way_of(direction: usize) -> Way {
    if direction == 0 { Way::Out } else { Way::Back }
}

/// Compiles the border stations of a corridor with the numbers of a replication.
///
/// Ranges of counts, tracks, shares and minutes a wagon are drawn once; minutes without a shape scatter over their range each
/// time. A resource has at least as many as an activity takes at once.
pub fn border(c: &Corridor, plan: &Plan, draw: Draw) -> Result<BorderPlan, Vec<BorderError>> {
    let mut words: Vec<String> = Vec::new();
    for word in c.border.stations.iter().flat_map(|s| &s.activities).filter_map(|a| a.only_under.as_ref()) {
        if !words.contains(word) && words.len() < MOST_WORDS {
            words.push(word.clone());
        }
    }
    let mut stations = IndexVec::new();
    let (mut activities, mut both_ways) = (Vec::new(), Vec::new());
    for (i, s) in c.border.stations.iter().enumerate() {
        let one = Compiling { c, plan, draw, station: i, s, words: &words };
        let (station, of) = one.station();
        stations.push(station);
        activities.push(of);
        both_ways.push(one.both_ways());
    }
    let places = places(c, draw, &mut stations);
    Ok(BorderPlan { network: Network::new(stations)?, places, words, both_ways, activities })
}

/// Adds the places of the rail routes to the stations.
fn places(c: &Corridor, draw: Draw, stations: &mut IndexVec<StationId, Station>) -> Vec<Option<RoutePlaces>> {
    let mut holds: Vec<Option<StationId>> = vec![None; c.border.holds.len()];
    let mut add = |name: String, count: &Quantity, hours: &Quantity| {
        stations.push(place(name, draw.value(count), draw.value(hours)));
        StationId::new(stations.len() - 1)
    };
    let mut of = |route: &yalu_model::Route, rail: &yalu_model::RailRoute| RoutePlaces {
        loading: add(format!("loading, {}", route.id), &rail.loading_places, &rail.loading_h),
        unloading: add(format!("unloading, {}", route.id), &rail.unloading_places, &rail.unloading_h),
        hold: rail.hold.map(|id| {
            let h = &c.border.holds[id];
            *holds[id.index()].get_or_insert_with(|| add(format!("into {}", h.id), &h.platform_places, &h.unloading_h))
        }),
    };
    c.trade.routes.iter().map(|r| r.rail.as_ref().map(|rail| of(r, rail))).collect()
}

/// Places that take a wagon each for some hours, whatever cut it is of.
fn place(name: String, count: f64, hours: f64) -> Station {
    let places = Resource {
        name: "places".into(),
        kind: ResourceKind::Other,
        count: count.round().max(1.0) as u32,
        hours: Calendar::Always,
        away_when_idle: None,
    };
    let each = Duration::Fixed(Span::from_seconds(hours * 3600.0));
    let need = Need { resource: ResourceId(0), amount: Amount::Fixed(1), kept: Kept::ForItself };
    let work = Activity {
        subject: Subject::Wagon,
        needs: vec![need],
        items: Items::AsPlacesFree(each),
        ..Activity::new("wagons", Duration::Fixed(Span(0)))
    };
    let activities = IndexVec::from_vec(vec![work]);
    let procedure = Procedure { name: "cuts".into(), way: Way::Out, loaded: true, activities };
    Station {
        name,
        tracks: IndexVec::new(),
        most_tracks: [None; 2],
        quota: [Vec::new(), Vec::new()],
        resources: IndexVec::from_vec(vec![places]),
        procedures: IndexVec::from_vec(vec![procedure]),
    }
}

/// One station being compiled.
struct Compiling<'a> {
    c: &'a Corridor,
    plan: &'a Plan,
    draw: Draw,
    station: usize,
    s: &'a BorderStation,
    words: &'a [String],
}

impl Compiling<'_> {
    fn station(&self) -> (Station, [Vec<u16>; 4]) {
        let (s, draw) = (self.s, self.draw);
        let count = |q: &Quantity, least: f64| draw.value(q).round().max(least) as u32;
        let tracks = count(&s.yard_tracks, 1.0) as usize;
        let tracks = if self.both_ways() { tracks.max(LEAST_TRACKS_BOTH_WAYS) } else { tracks };
        let fits_wagons = s.track_wagons.as_ref().map(|q| count(q, 1.0));
        let most = |d: usize| s.most_tracks[d].as_ref().map(|q| count(q, 1.0));
        let mut of: [Vec<u16>; 4] = Default::default();
        let mut procedures = IndexVec::new();
        for way in [Way::Out, Way::Back] {
            for loaded in [true, false] {
                let mine = s.activities.iter().enumerate().filter(|(_, a)| a.loaded == loaded);
                let mine = mine.filter(|(_, a)| a.forward == (way == Way::Out)).map(|(i, _)| i as u16);
                let list = &mut of[BorderPlan::procedure(way, loaded)];
                list.extend(mine);
                let made = list.iter().map(|i| self.activity(usize::from(*i), list)).collect();
                let cuts = if loaded { "loaded" } else { "empty" };
                let name = format!("{} to {}", cuts, self.c.about.countries[1 - way.index()]);
                procedures.push(Procedure { name, way, loaded, activities: made });
            }
        }
        let resources = s.resources.iter().enumerate().map(|(i, r)| Resource {
            name: r.id.clone(),
            kind: kind(r.kind),
            count: count(&r.count, 1.0).max(self.most_taken(i)),
            hours: self.hours(r.hours),
            away_when_idle: r
                .away_when_idle_min
                .as_ref()
                .map(|q| scatter(q, 60.0))
                .filter(|d| d.fixed().is_none_or(|span| span.0 >= 1_000)),
        });
        let station = Station {
            name: self.c.line.points[s.point].id.clone(),
            tracks: (0..tracks).map(|_| Track { fits_wagons }).collect(),
            most_tracks: [most(0), most(1)],
            quota: self.quota(),
            resources: resources.collect(),
            procedures,
        };
        (station, of)
    }

    /// Whether cuts of both ways stand in the yard: loaded ones of two routes, or empties that come home.
    fn both_ways(&self) -> bool {
        let at = |p: yalu_model::PointId| p == self.s.point;
        let mut ways = [false; 2];
        for route in &self.c.trade.routes {
            let Some(rail) = &route.rail else { continue };
            let (service, d) = (&self.c.trains.services[rail.over_border], route.exports());
            let near = self.c.line.points[self.s.point].country == self.c.about.countries[d];
            if near || at(service.to) {
                ways[d] = true;
            }
            if near && service.turn.is_some() {
                ways[1 - d] = true;
            }
        }
        ways[0] && ways[1]
    }

    /// The most of a resource that an activity takes whatever the cut.
    fn most_taken(&self, resource: usize) -> u32 {
        let fixed = |a: &yalu_model::Activity| {
            let mine = a.uses.iter().filter(|u| u.resource == resource && u.per == UsePer::Activity);
            mine.map(|u| u.count).max().unwrap_or(0)
        };
        self.s.activities.iter().map(fixed).max().unwrap_or(0)
    }

    fn hours(&self, hours: Option<usize>) -> Calendar {
        let open = hours.and_then(|h| self.plan.hours.get(self.station)?.get(h));
        open.map_or(Calendar::Always, |open| Calendar::Open(open.clone()))
    }

    /// Trains taken over from the neighbour, by way; a fraction is drawn for each window.
    fn quota(&self) -> [Vec<QuotaWindow>; 2] {
        let mut out = [Vec::new(), Vec::new()];
        let Some(q) = &self.s.quota else { return out };
        let windows = match q.per {
            QuotaPer::Day => self.plan.station_days.get(self.station),
            QuotaPer::Shift(hours) => self.plan.hours.get(self.station).and_then(|h| h.get(hours)),
        };
        let trains = self.draw.value(&q.trains).max(0.0);
        let id = address(&["trains taken over", &self.c.line.points[self.s.point].id]);
        let of = |i: usize| {
            let u = self.draw.key().stream(id, i as u64 * 2).unit();
            trains.floor() as u32 + u32::from(u < trains - trains.floor())
        };
        let all = windows.into_iter().flatten().enumerate();
        // From the other country: out at stations of the second, back at those of the first.
        let way = usize::from(self.c.line.points[self.s.point].country == self.c.about.countries[0]);
        out[way] = all.map(|(i, &(from, to))| QuotaWindow { from, to, trains: of(i) }).collect();
        out
    }

    fn activity(&self, i: usize, list: &[u16]) -> Activity {
        let (a, draw) = (&self.s.activities[i], self.draw);
        let own = |j: usize| list.iter().position(|x| usize::from(*x) == j).map(ActivityId::new);
        let kept = match a.keeps {
            Keeps::Itself => Kept::ForItself,
            Keeps::Until(j) => own(j).map_or(Kept::ForItself, Kept::Until),
            Keeps::Departure => Kept::UntilDeparture,
        };
        let mut needs: Vec<Need> = Vec::new();
        for u in &a.uses {
            let amount = match u.per {
                UsePer::Activity => Amount::Fixed(u.count),
                UsePer::Wagon => Amount::PerWagon(u.count),
                UsePer::Tonne => Amount::Load,
            };
            needs.push(Need { resource: ResourceId::new(u.resource), amount, kept });
        }
        let of_wagons = matches!(a.subject, yalu_model::Subject::Wagon | yalu_model::Subject::Consignment);
        let whole = shaped(&a.duration, draw, 60.0);
        let mut each = per_wagon(&a.per_wagon, draw);
        let mut per_train = whole;
        if let Some(red) = &a.red {
            let red_share = draw.value(&red.share).clamp(0.0, 1.0);
            let channels = |green: Duration| Duration::Channels {
                red_share,
                green: Box::new(green),
                red: Box::new(scatter(&red.minutes, 60.0)),
            };
            if of_wagons {
                each = Some(channels(each.unwrap_or(Duration::Fixed(Span(0)))));
            } else {
                per_train = channels(per_train);
            }
        }
        let items = match &a.batch {
            Some(b) => {
                let most = b.places.as_ref().map_or(u32::MAX, |q| draw.value(q).round().max(1.0) as u32);
                let resource = ResourceId::new(b.resource);
                needs.retain(|n| n.resource != resource);
                needs.push(Need { resource, amount: Amount::Places { least: 1, most }, kept });
                Items::Rounds { places_of: needs.len() - 1, each: scatter(&b.minutes, 60.0) }
            }
            None => each.map_or(Items::None, Items::OneByOne),
        };
        let share = a.share.as_ref().map(|q| draw.value(q).clamp(0.0, 1.0));
        let subject = match a.subject {
            yalu_model::Subject::Consignment => Subject::Consignment,
            // What is done to a cut and takes time by wagon has its wagons as items.
            _ if of_wagons || items != Items::None => Subject::Wagon,
            yalu_model::Subject::Train => Subject::Train,
            yalu_model::Subject::Locomotive => Subject::Locomotive,
            yalu_model::Subject::Crew => Subject::Crew,
            _ => Subject::Cut,
        };
        Activity {
            name: a.id.clone(),
            subject,
            after: a.after.iter().filter_map(|j| own(*j)).collect(),
            needs,
            per_train,
            items,
            sampled: match share {
                None => Sampled::All,
                Some(share) if of_wagons => Sampled::Items(share),
                Some(share) => Sampled::Cuts(share),
            },
            may_start: match a.may_start {
                StartRule::IfItCanFinish => MayStart::IfItCanFinish,
                StartRule::AnyOpenTime => MayStart::AnyOpenTime,
            },
            at_closing: if a.interruptible { AtClosing::Interrupted } else { AtClosing::RunsOn },
            clock: match a.clock {
                yalu_model::Clock::OpenHours => ClockRule::OpenHours,
                yalu_model::Clock::Always => ClockRule::Always,
            },
            track: match a.track {
                yalu_model::TrackUse::Holds => TrackUse::Holds,
                yalu_model::TrackUse::FreedAtBegin => TrackUse::FreedAtBegin,
                yalu_model::TrackUse::FreedAtEnd => TrackUse::FreedAtEnd,
            },
            is_hold: a.release == yalu_model::Release::RegimeDays,
            only_under: a.only_under.as_ref().and_then(|w| self.word(w)),
            returned: a.returned_share.as_ref().map_or(0.0, |q| draw.value(q).clamp(0.0, 1.0)),
        }
    }

    fn word(&self, word: &str) -> Option<Word> {
        self.words.iter().position(|w| w == word).map(|i| Word(i as u8))
    }
}

/// A range as a distribution of times, its unit so many seconds.
fn scatter(q: &Quantity, unit_s: f64) -> Duration {
    let span = |v: f64| Span::from_seconds((v * unit_s).max(0.0));
    match q.dist {
        Dist::Fixed(v) => Duration::Fixed(span(v)),
        Dist::Uniform(a, b) => Duration::Uniform { least: span(a), most: span(b) },
        Dist::Triangular(a, m, b) => Duration::Triangular { least: span(a), likely: span(m), most: span(b) },
    }
}

/// A duration with its shape: the range itself, or a distribution about a mean drawn once.
fn shaped(d: &yalu_model::Duration, draw: Draw, unit_s: f64) -> Duration {
    if d.shape == Shape::AsRange {
        return scatter(&d.minutes, unit_s);
    }
    about(d, draw.value(&d.minutes), unit_s)
}

/// Time for each wagon: the number drawn once, with a shape scattered about it; none where it is nothing.
fn per_wagon(d: &yalu_model::Duration, draw: Draw) -> Option<Duration> {
    let mean = draw.value(&d.minutes);
    (mean > 0.0).then(|| about(d, mean, 60.0))
}

fn about(d: &yalu_model::Duration, mean: f64, unit_s: f64) -> Duration {
    let least = d.at_least_min.clamp(0.0, mean.max(0.0));
    let span = |v: f64| Span::from_seconds((v * unit_s).max(0.0));
    let rest = span(mean - least);
    let shape = match d.shape {
        Shape::AsRange => return Duration::Fixed(span(mean)),
        Shape::Exponential => Duration::Exponential { mean: rest },
        Shape::Erlang(k) => Duration::Erlang { k, mean: rest },
        Shape::Lognormal { cv } => {
            // Mean m and coefficient of variation cv: median m / sqrt(1 + cv²), variance of the logarithm ln(1 + cv²).
            let square = 1.0 + cv * cv;
            let median = span((mean - least) / square.sqrt());
            Duration::LogNormal { median, sigma: libm::log(square).max(0.0).sqrt() }
        }
    };
    if least > 0.0 { Duration::Shifted { by: span(least), rest: Box::new(shape) } } else { shape }
}

fn kind(k: yalu_model::ResourceKind) -> ResourceKind {
    match k {
        yalu_model::ResourceKind::Team => ResourceKind::Team,
        yalu_model::ResourceKind::BogieStands => ResourceKind::BogieStand,
        yalu_model::ResourceKind::Cranes => ResourceKind::Crane,
        yalu_model::ResourceKind::Shunters => ResourceKind::Shunter,
        yalu_model::ResourceKind::Locomotives => ResourceKind::Locomotive,
        yalu_model::ResourceKind::Crews => ResourceKind::Crew,
        yalu_model::ResourceKind::QuarantinePlaces => ResourceKind::QuarantinePlace,
        yalu_model::ResourceKind::Other => ResourceKind::Other,
    }
}
