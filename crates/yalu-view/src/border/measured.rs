//! What one run comes to at the border: dwell, use of staff, plant and tracks, what crossed.

use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_model::Corridor;
use yalu_study::{BorderMeasures, FlowDwell, ResourceUse, Spread, Stand as Stood, StepDwell, TrackUse};

/// What the central run comes to at the border.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Measured {
    /// Days looked at.
    pub days: f64,
    /// Days of these on which a crossing that rail uses ran.
    pub running_days: f64,
    /// Hours at the border, by rail route, loaded and empty.
    pub dwell: Vec<Dwell>,
    /// Use of staff and plant.
    pub resources: Vec<Resource>,
    /// Use of yard tracks.
    pub tracks: Vec<Tracks>,
    /// How long wagons stand at each station.
    pub stands: Vec<Stand>,
    /// What crossed by each rail route, and what waited for it.
    pub routes: Vec<RouteFlow>,
}

/// Hours of trains, or of wagons.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Hours {
    /// Mean.
    pub mean_h: f64,
    /// Half take longer.
    pub p50_h: f64,
    /// One in ten takes longer.
    pub p90_h: f64,
}

/// The same of a train and of a wagon; a wagon counts as often as its train has wagons.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct TrainAndWagon<T> {
    /// Each train counts once.
    pub train: T,
    /// Each wagon counts once.
    pub wagon: T,
}

/// Hours at the border of the trains of a route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Dwell {
    /// Id of the route.
    pub route: String,
    /// Route, load and direction in words.
    pub title: String,
    /// Title of the route.
    pub route_title: String,
    /// Whether the trains are loaded.
    pub loaded: bool,
    /// Trains that were done with the border.
    pub trains: usize,
    /// Their wagons.
    pub wagons: u64,
    /// Hours at the border, trains.
    pub train: Hours,
    /// Hours at the border, wagons.
    pub wagon: Hours,
    /// Of these, waiting.
    pub waiting_mean_h: TrainAndWagon<f64>,
    /// By step, in the order trains go through them.
    pub steps: Vec<Step>,
}

/// Hours of one step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Step {
    /// Id of the station; null inland.
    pub station: Option<String>,
    /// Name of the station; null inland.
    pub station_title: Option<String>,
    /// An activity's id, or `entering`, `over_border`, `onward`, `into_hold`, `loading`, `unloading`, `turnaround`.
    pub step: String,
    /// The step in words.
    pub title: String,
    /// Trains that went through it.
    pub trains: usize,
    /// Their wagons.
    pub wagons: u64,
    /// Hours from ready to end, trains.
    pub train: Hours,
    /// Hours from ready to end, wagons.
    pub wagon: Hours,
    /// Of these, at work.
    pub work_mean_h: TrainAndWagon<f64>,
    /// Of these, waiting by reason.
    pub waits_mean_h: TrainAndWagon<Waits>,
}

/// Hours of waiting by reason.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Waits {
    /// Staff or plant was in use.
    pub no_resource: f64,
    /// Staff or plant was closed.
    pub closed: f64,
    /// It would not have ended before closing.
    pub closing_too_near: f64,
    /// No yard track was free.
    pub no_track: f64,
    /// The neighbour took no more.
    pub quota: f64,
    /// Its train's time had not come, or no path was free.
    pub path: f64,
}

impl Waits {
    /// Reasons in words, in the order of tables.
    pub const REASONS: [&'static str; 6] =
        ["staff or plant in use", "closed", "too near closing", "no yard track", "quota", "its train’s time, a path"];

    fn of([no_resource, closed, closing_too_near, no_track, quota, path]: [f64; 6]) -> Waits {
        Waits { no_resource, closed, closing_too_near, no_track, quota, path }
    }

    /// Hours in the order of [`Waits::REASONS`].
    pub fn hours(&self) -> [f64; 6] {
        [self.no_resource, self.closed, self.closing_too_near, self.no_track, self.quota, self.path]
    }

    /// Hours for all reasons.
    pub fn sum(&self) -> f64 {
        self.hours().iter().sum()
    }
}

/// Use of a resource of a border station.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Resource {
    /// Id of the station.
    pub station: String,
    /// Name of the station.
    pub station_title: String,
    /// Id of the resource.
    pub resource: String,
    /// How many there are.
    pub count: u32,
    /// Hours open on days the border ran.
    pub open_h: f64,
    /// Hours of these days by the clock.
    pub clock_h: f64,
    /// Hours in use.
    pub busy_h: f64,
    /// Hours in use after closing.
    pub busy_beyond_closing_h: f64,
    /// Share of open hours in use.
    pub used_by_open_hour: f64,
    /// Share of all hours in use: misleading, for closed hours are no room.
    pub used_by_clock_hour: f64,
    /// Share in use by hour of the day; null where it is closed.
    pub used_by_hour_of_day: [Option<f64>; 24],
    /// Wagon-hours that waited for it.
    pub caused_wagon_h: ResourceWaits,
}

/// Wagon-hours that waited for a resource, by reason.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct ResourceWaits {
    /// It was in use.
    pub no_resource: f64,
    /// It was closed.
    pub closed: f64,
    /// Work would not have ended before closing.
    pub closing_too_near: f64,
}

impl Resource {
    /// Wagon-hours that waited for it, all reasons.
    pub fn waited_wagon_h(&self) -> f64 {
        let w = self.caused_wagon_h;
        w.no_resource + w.closed + w.closing_too_near
    }
}

/// Use of the yard tracks of a station.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tracks {
    /// Id of the station.
    pub station: String,
    /// Name of the station.
    pub station_title: String,
    /// Yard tracks.
    pub tracks: u32,
    /// Tracks held, mean.
    pub held_mean: f64,
    /// Tracks held, most.
    pub held_most: usize,
    /// Share of the time in which all are held.
    pub all_held_share: f64,
    /// Wagon-hours that waited for a track or the quota.
    pub caused_wagon_h: TrackWaits,
}

/// Wagon-hours that waited to enter a station.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct TrackWaits {
    /// No track was free.
    pub no_track: f64,
    /// The station took no more.
    pub quota: f64,
}

/// How long wagons stand at a station.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Stand {
    /// Id of the station.
    pub station: String,
    /// Name of the station.
    pub station_title: String,
    /// Hours a wagon stands there, mean.
    pub mean_h: f64,
    /// Wagons counted.
    pub wagons: u64,
    /// Trains counted.
    pub trains: u64,
    /// Wagons there, mean.
    pub wagons_there_mean: f64,
}

/// What crossed by a rail route, and what waited for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RouteFlow {
    /// Id of the route.
    pub route: String,
    /// Title of the route.
    pub title: String,
    /// Loaded trains that crossed.
    pub trains: u32,
    /// Loaded wagons that crossed.
    pub wagons: u32,
    /// Trains a day that timetable and regimes allow on days the border ran.
    pub allowed_trains_per_day: f64,
    /// Trains formed.
    pub formed: u32,
    /// Trains that were not formed, or shorter, by cause.
    pub not_formed_or_short: Short,
    /// Trains that timetable and regimes had.
    pub due: u32,
    /// Trains that did not run, by cause; what was due ran or is here, quotas apart.
    pub not_run: NotRun,
    /// Loaded trains that wait to cross at the end of each day, to tenths.
    pub queue_by_day: Vec<f64>,
    /// The most of them.
    pub queue_most_trains: f64,
}

/// Trains that were not formed, or shorter than they may be, by cause.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Short {
    /// No empty wagons at the loading point.
    pub no_wagons: u32,
    /// No goods.
    pub no_goods: u32,
    /// No room beyond the border.
    pub no_place_beyond: u32,
    /// The quota.
    pub quota: u32,
}

/// Trains that did not run, by cause.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct NotRun {
    /// No empty wagons at the loading point.
    pub no_wagons: u32,
    /// Too little waited to cross.
    pub no_goods: u32,
    /// No room beyond the border.
    pub no_place_beyond: u32,
    /// Formed, or kept from being formed by others formed, and held by stations or line.
    pub not_away: u32,
    /// Taken from the service by regimes, and so not due.
    pub quota: u32,
}

impl Measured {
    /// The view of one run.
    pub fn of(c: &Corridor, m: &BorderMeasures) -> Measured {
        Measured {
            days: m.days,
            running_days: m.running_days,
            dwell: m.flows.iter().map(|f| dwell(c, f)).collect(),
            resources: m.resources.iter().map(|r| resource(c, r)).collect(),
            tracks: m.tracks.iter().map(|t| tracks(c, t)).collect(),
            stands: m.stays.iter().map(|s| stand(c, s)).collect(),
            routes: m.routes.iter().map(|r| route(c, r)).collect(),
        }
    }
}

fn hours(s: Spread) -> Hours {
    Hours { mean_h: s.mean, p50_h: s.p50, p90_h: s.p90 }
}

fn dwell(c: &Corridor, f: &FlowDwell) -> Dwell {
    let route_title = names::route(c, f.route).to_owned();
    let home = c.trade.routes.as_slice().get(f.route).map_or(0, yalu_model::Route::exports);
    let (from, to) = (&c.about.countries[home], &c.about.countries[1 - home]);
    let title = if f.loaded {
        format!("{route_title}, loaded {from}–{to}")
    } else {
        format!("{route_title}, empties {to}–{from}")
    };
    Dwell {
        route: names::route_id(c, f.route).to_owned(),
        title,
        route_title,
        loaded: f.loaded,
        trains: f.cuts,
        wagons: f.wagons,
        train: hours(f.train),
        wagon: hours(f.wagon),
        waiting_mean_h: TrainAndWagon { train: f.waiting[0], wagon: f.waiting[1] },
        steps: f.steps.iter().map(|s| step(c, s)).collect(),
    }
}

fn step(c: &Corridor, s: &StepDwell) -> Step {
    Step {
        station: s.station.map(|i| names::station_id(c, i).to_owned()),
        station_title: s.station.map(|i| names::station(c, i).to_owned()),
        step: names::step_id(c, s.what),
        title: names::step(c, s.what),
        trains: s.cuts,
        wagons: s.wagons,
        train: hours(s.train),
        wagon: hours(s.wagon),
        work_mean_h: TrainAndWagon { train: s.work[0], wagon: s.work[1] },
        waits_mean_h: TrainAndWagon { train: Waits::of(s.waits_train), wagon: Waits::of(s.waits_wagon) },
    }
}

fn resource(c: &Corridor, r: &ResourceUse) -> Resource {
    let [no_resource, closed, closing_too_near] = r.caused_wagon_h;
    Resource {
        station: names::station_id(c, r.station).to_owned(),
        station_title: names::station(c, r.station).to_owned(),
        resource: names::resource(c, r.station, r.resource).to_owned(),
        count: r.count,
        open_h: r.open_h,
        clock_h: r.clock_h,
        busy_h: r.busy_h,
        busy_beyond_closing_h: r.beyond_h,
        used_by_open_hour: r.by_open_hour,
        used_by_clock_hour: r.by_clock_hour,
        used_by_hour_of_day: r.by_hour_of_day,
        caused_wagon_h: ResourceWaits { no_resource, closed, closing_too_near },
    }
}

fn tracks(c: &Corridor, t: &TrackUse) -> Tracks {
    Tracks {
        station: names::station_id(c, t.station).to_owned(),
        station_title: names::station(c, t.station).to_owned(),
        tracks: t.tracks,
        held_mean: t.mean,
        held_most: t.most,
        all_held_share: t.full_share,
        caused_wagon_h: TrackWaits { no_track: t.caused_wagon_h, quota: t.quota_wagon_h },
    }
}

fn stand(c: &Corridor, s: &Stood) -> Stand {
    Stand {
        station: names::station_id(c, s.station).to_owned(),
        station_title: names::station(c, s.station).to_owned(),
        mean_h: s.hours,
        wagons: s.wagons,
        trains: s.trains,
        wagons_there_mean: s.stock,
    }
}

fn route(c: &Corridor, f: &yalu_study::RouteFlow) -> RouteFlow {
    let [no_wagons, no_goods, no_place_beyond, quota] = f.short;
    RouteFlow {
        route: names::route_id(c, f.route).to_owned(),
        title: names::route(c, f.route).to_owned(),
        trains: f.trains,
        wagons: f.wagons,
        allowed_trains_per_day: f.allowed_per_day,
        formed: f.formed,
        not_formed_or_short: Short { no_wagons, no_goods, no_place_beyond, quota },
        due: f.due,
        not_run: not_run(f),
        queue_by_day: f.queue.iter().map(|q| (q * 10.0).round() / 10.0).collect(),
        queue_most_trains: f.queue_most,
    }
}

fn not_run(f: &yalu_study::RouteFlow) -> NotRun {
    let [no_wagons, no_goods, no_place_beyond, quota] = f.not_run;
    NotRun { no_wagons, no_goods, no_place_beyond, not_away: f.not_away, quota }
}
