//! What `yalu show` gives: a corridor as it was read.

use crate::SCHEMA_VERSION;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_calendar::{iso_date, local_date};
use yalu_model::{Basis, Corridor, Direction, Dist, PointId, Quantity, Words as _};
use yalu_study::assumed_share;
use yalu_units::{Instant, Span};

/// A corridor as it was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub id: String,
    /// Its title.
    pub title: String,
    /// First day of the horizon.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Time zone of the border.
    pub zone: String,
    /// The two countries, exporter of the first direction first.
    pub countries: [String; 2],
    /// Seed of the draws.
    pub seed: u64,
    /// Replications where none are asked for.
    pub replications: u32,
    /// Operational points.
    pub points: Vec<ShownPoint>,
    /// Sections of line.
    pub sections: Vec<ShownSection>,
    /// Services.
    pub services: Vec<ShownService>,
    /// Routes for goods.
    pub routes: Vec<ShownRoute>,
    /// Crossings with what was in force there.
    pub crossings: Vec<ShownCrossing>,
    /// Goods.
    pub goods: Vec<ShownGood>,
    /// Numbers read.
    pub inputs: usize,
    /// Share of them without a source.
    pub assumed_share: f64,
}

/// A number with its range and where it comes from.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ShownNumber {
    /// The value, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The least, where it is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The likeliest, where one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<f64>,
    /// The greatest, where it is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it is assumed, where nobody says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
}

/// An operational point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPoint {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in the local script.
    pub local_name: String,
    /// Its country.
    pub country: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Its time zone.
    pub zone: String,
    /// What it is.
    pub kind: &'static str,
    /// Lengths of its tracks.
    pub track_lengths_m: Vec<ShownNumber>,
}

/// A section of line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownSection {
    /// Its short name.
    pub id: String,
    /// Point at one end.
    pub from: String,
    /// Point at the other.
    pub to: String,
    /// Its length.
    pub length_m: ShownNumber,
    /// Running tracks.
    pub tracks: u8,
    /// Gauge.
    pub gauge_mm: u32,
    /// Supply of traction power.
    pub electrification: String,
    /// Line speed.
    pub speed_kmh: ShownNumber,
    /// Ruling gradient.
    pub gradient_permille: ShownNumber,
}

/// A service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownService {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// The crossing it uses; null where it stays in one country.
    pub crossing: Option<String>,
    /// Trains a day.
    pub trains_per_day: ShownNumber,
    /// Most wagons of a train.
    pub max_wagons: ShownNumber,
}

/// A route for goods.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownRoute {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Crossings it uses.
    pub crossings: Vec<String>,
    /// Vehicles a day; null for rail.
    pub vehicles_per_day: Option<ShownNumber>,
    /// Tonnes a vehicle; null for rail.
    pub payload_t: Option<ShownNumber>,
}

/// A crossing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownCrossing {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What was in force when.
    pub regimes: Vec<ShownRegime>,
}

/// A dated state of a crossing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownRegime {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The state.
    pub state: &'static str,
    /// How sure its author is.
    pub confidence: String,
    /// Words that restrict.
    pub restrictions: Vec<String>,
}

/// A group of goods.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownGood {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// HS codes.
    pub hs: Vec<String>,
    /// Direction, as `AA-BB`.
    pub direction: String,
    /// Value ordered a month, millions of US dollars.
    pub level_musd_per_month: ShownNumber,
    /// US dollars a tonne.
    pub unit_value_usd_per_t: ShownNumber,
}

impl ShownNumber {
    fn of(q: &Quantity) -> ShownNumber {
        let (source, assumed) = match &q.basis {
            Basis::Source(s) => (Some(s.clone()), None),
            Basis::Assumed(a) => (None, Some(a.clone())),
            Basis::Unstated => (None, Some("not stated".to_owned())),
        };
        let told = ShownNumber { source, assumed, ..ShownNumber::default() };
        match q.dist {
            Dist::Fixed(v) => ShownNumber { value: Some(v), ..told },
            Dist::Uniform(low, high) => ShownNumber { low: Some(low), high: Some(high), ..told },
            Dist::Triangular(low, mode, high) => {
                ShownNumber { low: Some(low), mode: Some(mode), high: Some(high), ..told }
            }
        }
    }
}

impl Shown {
    /// The view of a corridor.
    pub fn of(c: &Corridor) -> Shown {
        let zone = &c.horizon.zones[c.horizon.zone].name;
        let date = |t| iso_date(local_date(zone, t));
        let last = |to: Instant| date(to + Span(-1));
        let point = |p: PointId| c.line.points[p].id.clone();
        let number = ShownNumber::of;
        let [first, second] = &c.about.countries;
        Shown {
            schema_version: SCHEMA_VERSION,
            id: c.about.id.clone(),
            title: c.about.title.clone(),
            from: date(c.horizon.from),
            to: last(c.horizon.to),
            zone: zone.clone(),
            countries: c.about.countries.clone(),
            seed: c.sampling.seed,
            replications: c.sampling.replications,
            points: (c.line.points.iter())
                .map(|p| ShownPoint {
                    id: p.id.clone(),
                    name: p.name.clone(),
                    local_name: p.local_name.clone(),
                    country: p.country.clone(),
                    lat: p.position.lat,
                    lon: p.position.lon,
                    zone: c.horizon.zones[p.zone].name.clone(),
                    kind: p.kind.word(),
                    track_lengths_m: p.track_lengths_m.iter().map(number).collect(),
                })
                .collect(),
            sections: (c.line.sections.iter())
                .map(|s| ShownSection {
                    id: s.id.clone(),
                    from: point(s.from),
                    to: point(s.to),
                    length_m: number(&s.length_m),
                    tracks: s.tracks,
                    gauge_mm: s.gauge_mm,
                    electrification: s.electrification.clone(),
                    speed_kmh: number(&s.speed_kmh),
                    gradient_permille: number(&s.gradient_permille),
                })
                .collect(),
            services: (c.trains.services.iter())
                .map(|s| ShownService {
                    id: s.id.clone(),
                    title: s.title.clone(),
                    from: point(s.from),
                    to: point(s.to),
                    crossing: s.crossing.map(|x| c.border.crossings[x].id.clone()),
                    trains_per_day: number(&s.trains_per_day),
                    max_wagons: number(&s.max_wagons),
                })
                .collect(),
            routes: (c.trade.routes.iter())
                .map(|r| ShownRoute {
                    id: r.id.clone(),
                    title: r.title.clone(),
                    crossings: r.crossings.iter().map(|x| c.border.crossings[*x].id.clone()).collect(),
                    vehicles_per_day: r.vehicles_per_day.as_ref().map(number),
                    payload_t: r.payload_t.as_ref().map(number),
                })
                .collect(),
            crossings: (c.border.crossings.enumerated())
                .map(|(id, x)| ShownCrossing {
                    id: x.id.clone(),
                    title: x.title.clone(),
                    regimes: (c.border.regimes.iter().filter(|r| r.crossing == id))
                        .map(|r| ShownRegime {
                            from: date(r.from),
                            to: last(r.to),
                            state: r.state.word(),
                            confidence: r.confidence.clone(),
                            restrictions: r.restrictions.clone(),
                        })
                        .collect(),
                })
                .collect(),
            goods: (c.trade.goods.iter())
                .map(|g| ShownGood {
                    id: g.id.clone(),
                    title: g.title.clone(),
                    hs: g.hs.iter().map(ToString::to_string).collect(),
                    direction: match g.direction {
                        Direction::Forward => format!("{first}-{second}"),
                        Direction::Back => format!("{second}-{first}"),
                    },
                    level_musd_per_month: number(&g.level_musd_per_month),
                    unit_value_usd_per_t: number(&g.unit_value_usd_per_t),
                })
                .collect(),
            inputs: c.inputs.len(),
            assumed_share: assumed_share(c),
        }
    }
}
