//! What the tables are filled from, beside the trace.

/// Names of things the trace knows by number.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Operational points.
    pub points: Vec<String>,
    /// Routes.
    pub routes: Vec<String>,
    /// Goods.
    pub goods: Vec<String>,
    /// Services.
    pub services: Vec<String>,
    /// Rows of other traffic.
    pub traffic: Vec<String>,
    /// Border stations, each with its activities.
    pub activities: Vec<(String, Vec<String>)>,
    /// Country pairs, first direction first.
    pub directions: [String; 2],
}

impl Names {
    pub(crate) fn of(list: &[String], i: usize) -> &str {
        list.get(i).map_or("", String::as_str)
    }
}

/// Goods of one kind over one route in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRow {
    /// Month, `2022-09`.
    pub month: String,
    /// Good.
    pub good: String,
    /// Route.
    pub route: String,
    /// Country pair.
    pub direction: String,
    /// Net tonnes that crossed.
    pub tonnes: f64,
    /// Their value, US dollars.
    pub usd: f64,
}

/// A crossing on a border day.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingDay {
    /// Day, `2022-09-26`.
    pub day: String,
    /// Crossing.
    pub crossing: String,
    /// State applied.
    pub state: String,
    /// Whether anything may cross.
    pub running: bool,
    /// Freight trains of rail routes over it.
    pub trains: u32,
    /// Loaded wagons over it.
    pub wagons_loaded: u32,
    /// Empty wagons over it.
    pub wagons_empty: u32,
}

/// A band over replications.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// What is measured, with its unit.
    pub metric: String,
    /// Month, `2022-09`.
    pub month: String,
    /// Route, or empty for all.
    pub route: String,
    /// Central run.
    pub central: f64,
    /// 5, 25, 50, 75 and 95 of a hundred.
    pub band: [f64; 5],
}

/// Figures beside the trace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Goods by month and route.
    pub flows: Vec<FlowRow>,
    /// Bands over replications.
    pub bands: Vec<BandRow>,
    /// Crossings by day.
    pub crossings: Vec<CrossingDay>,
    /// Trains on the line.
    pub line: LineRows,
}

/// What trains on the line came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineRows {
    /// Lateness by service or other traffic, direction and point.
    pub punctuality: Vec<PunctualityRow>,
    /// Where delay arose, and why.
    pub delays: Vec<DelayRow>,
}

/// How late trains were at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PunctualityRow {
    /// Service or row of other traffic.
    pub line: String,
    /// `out` or `back`.
    pub direction: &'static str,
    /// Operational point.
    pub point: String,
    /// Trains.
    pub trains: u32,
    /// Minutes late: mean, and what half, one in ten and one in a hundred exceed.
    pub late_min: [f64; 4],
}

/// Delay of one cause at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayRow {
    /// Cause.
    pub cause: &'static str,
    /// Operational point.
    pub point: String,
    /// Whether it arose on the way to the point, not at it.
    pub on_the_way: bool,
    /// Times it did.
    pub times: u32,
    /// Train-hours.
    pub train_hours: f64,
}
